"""Which language a page is in.

What somebody chose is kept in a cookie; without one it goes by what their browser asks for. A view says by
``translated`` that its pages are in every language of the site. All others are in English, whole: half a
translation would announce to a screen reader that English sentences are Welsh.
"""

from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

ENGLISH = "en"


def base_of(code):
    """``en`` for ``en-gb``: the language without the country, as wording is kept."""
    return code.partition("-")[0]


NAMES = {
    code: translation.get_language_info(base_of(code))["name_local"] for code, _name in settings.LANGUAGES
}
"""Each language of the site by its own name: ``Cymraeg``."""

OTHERS = {base_of(code): name for code, name in NAMES.items() if base_of(code) != ENGLISH}
"""The languages that wording can be translated into."""


class LanguageMiddleware(LocaleMiddleware):
    """Django's, and English for the pages that are in no other language."""

    def process_view(self, request, view, args, kwargs):
        request.language_asked = translation.get_language()
        if request.language_asked != settings.LANGUAGE_CODE and not _is_translated(view):
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE

    def process_response(self, request, response):
        if response.status_code == 204:  # what phones are answered all the time has no language
            return response
        return super().process_response(request, response)


def _is_translated(view):
    return getattr(getattr(view, "view_class", None), "translated", False) is True


def choice(request):
    """What a page says of languages: those there are, the one chosen, and whether the page is not in it."""
    here = translation.get_language()
    asked = getattr(request, "language_asked", here)
    return {
        "languages": NAMES,
        "language_asked": asked,
        "is_not_in_language_asked": asked != here,
        "is_translated": here != settings.LANGUAGE_CODE,
    }
