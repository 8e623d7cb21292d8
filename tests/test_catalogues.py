"""The catalogues of the interface's words can be filled in without breaking a page."""

import re

import pytest
from babel.messages.pofile import read_po

from scripts.catalogues import ROOT, catalogues

PLACE = re.compile(r"%\(\w+\)[a-z]|%%|\{\w+\}")
TAG = re.compile(r"</?\w+[^>]*>")


def translated():
    for path in catalogues():
        with path.open("rb") as file:
            for message in read_po(file, locale=path.parts[-3]):
                if message.id and any(_forms(message.string)):
                    yield path.parts[-3], message


def _forms(texts):
    return texts if isinstance(texts, list | tuple) else (texts,)


def _places(text, pattern=PLACE):
    return sorted(set(pattern.findall(text)))


def test_there_is_a_catalogue_for_each_language():
    assert [path.parts[-3] for path in catalogues()] == ["cy", "en"]


def test_what_is_filled_in_stands_in_every_translation_and_nothing_else():
    wrong = [
        (language, message.id, form)
        for language, message in translated()
        for form in _forms(message.string)
        if _places(form) not in [_places(text) for text in _forms(message.id)]
    ]
    assert wrong == []


def test_a_translation_has_the_markup_of_the_english_and_is_no_longer_than_a_page_can_bear():
    wrong = [
        (language, message.id, form)
        for language, message in translated()
        for form in _forms(message.string)
        if not form.strip()
        or _places(form, TAG) != _places(_forms(message.id)[-1], TAG)
        or len(form) > 40 + 2 * len(_forms(message.id)[-1])
    ]
    assert wrong == []


MEMBERS_READ = re.compile(
    r"templates/(base|base_plain|home|4\d\d|500|components/|framework/(edition|_about|_action|_edition_line|_english)"
    r"|partnerships/list|assessments/(partnership|rate/|results/|compare/|sheet/|next_steps/list|preview/(phone|paper|screen|_band)"
    r"|workshop/(join|code|kind|room|_room|projector|_scene|_result|_lobby)))"
)


def test_every_string_of_a_page_members_read_is_in_welsh():
    """Whatever a page says only now and then as well: walking through the pages does not meet all of it."""
    with (ROOT / "locale/cy/LC_MESSAGES/django.po").open("rb") as file:
        missing = [
            message.id
            for message in read_po(file, locale="cy")
            if message.id
            and not any(_forms(message.string))
            and any(MEMBERS_READ.match(path) for path, _line in message.locations)
        ]
    assert missing == []


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 person"), (2, "2 berson"), (3, "3 pherson"), (5, "5 o bobl")]
)
def test_welsh_counts_in_its_own_way(count, said):
    from django.utils import translation

    from partnerships.templatetags.together import level_words

    with translation.override("cy"):
        assert level_words(4, count) == f"4: {said}"
