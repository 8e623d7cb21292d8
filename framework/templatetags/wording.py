"""What a page says about the words of the framework on it."""

from django import template
from django.utils.translation import get_language

from .. import queries
from ..wording.languages import ENGLISH, AllInEnglish, has_english
from ..wording.translating import LANGUAGES, name_of_language

register = template.Library()


@register.simple_tag
def other_languages():
    """The languages wording can be translated into, each with its own name."""
    return [(code, name_of_language(code)) for code in LANGUAGES]


@register.inclusion_tag("framework/_english_note.html")
def english_note(words):
    """A sentence at the top where some of these words stand in English for want of a translation.

    ``words`` are wording or a part of it, or the key of an edition.
    """
    language = get_language()
    if language.partition("-")[0] == ENGLISH:
        return {"is_mixed": False, "is_english": False}
    if isinstance(words, int):
        words = queries.wording.wording(words, language)
    return {"is_mixed": has_english(words), "is_english": has_english(words, AllInEnglish)}
