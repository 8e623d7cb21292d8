"""What is to be mended in the translations of an edition before it is published."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..wording import parts
from ..wording.translating import TextToTranslate, Translated, all_lines, name_of_language, place_of
from ..wording.values import EditionWording
from .findings import LANGUAGE, Finding
from .radarlabels import CHART_LINES, CHART_WIDTH


def check_translations(words: EditionWording, said: Iterable[Translated]) -> Iterator[Finding]:
    """What is to be mended in translations before the edition is published; what is missing, as advice."""
    said = tuple(said)
    for language in sorted({each.language for each in said}):
        mine = [each for each in said if each.language == language]
        found = all_lines(words, mine)
        every = [line for of in found.values() for line in of]
        yield from (_stale(words, language, line) for line in every if line.state == "stale")
        yield from _short_titles(words, language, found)
        if missing := sum(line.state == "missing" for line in every):
            yield _missing(language, missing)


def _where(words: EditionWording, language: str, line: TextToTranslate) -> str:
    return f"{name_of_language(language)}, {place_of(words, line.part)}, {line.name}"


def _stale(words: EditionWording, language: str, line: TextToTranslate) -> Finding:
    return Finding(
        _where(words, language, line),
        _("The English has changed since it was translated."),
        _("Translate it again, or say that the translation is still right."),
        code=language,
        field=f"{line.part}.{line.field}",
        page=LANGUAGE,
    )


def _short_titles(
    words: EditionWording, language: str, found: Mapping[str, tuple[TextToTranslate, ...]]
) -> Iterator[Finding]:
    for action in words.actions:
        for line in found.get(parts.of_action(action.code), ()):
            label = textwrap.wrap(f"{action.number} {line.text}", CHART_WIDTH, break_long_words=False)
            too_long = len(label) > CHART_LINES or max(map(len, label), default=0) > CHART_WIDTH
            if line.field == "short_title" and line.text and too_long:
                yield Finding(
                    _where(words, language, line),
                    _("“%(text)s” is too long for the chart.") % {"text": line.text},
                    _("Shorten it to %(lines)d lines of %(width)d letters, the number among them.")
                    % {"lines": CHART_LINES, "width": CHART_WIDTH},
                    code=language,
                    field=f"{line.part}.{line.field}",
                    page=LANGUAGE,
                )


def _missing(language: str, count: int) -> Finding:
    what = ngettext(
        "%(count)d text is not translated: it stands in English.",
        "%(count)d texts are not translated: they stand in English.",
        count,
    )
    return Finding(
        name_of_language(language),
        what % {"count": count},
        _("Translate what is missing, if you can."),
        must=False,
        code=language,
        page=LANGUAGE,
    )
