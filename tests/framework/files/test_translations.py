"""Other languages in an edition's file: out and in again the same, and every fault with its place."""

from dataclasses import replace

import pytest

from framework.files.edition import EditionFile, write
from framework.files.reader import read_edition
from framework.files.yamltree import BadFile
from framework.operations import drop_draft, import_edition, publish, start_draft, write_texts
from framework.queries.drafts import edition_file, translated
from framework.queries.wording import forget, wording
from framework.wording.translating import Translated
from tests.framework.welsh import SOME, all_of, translate
from tests.framework.words import action, edition

TRUST = action("trust", 1)
PLAIN = EditionFile("trust", edition(TRUST), note="The first.")
BILINGUAL = replace(
    PLAIN,
    translations=(
        Translated("cy", "", "framework_name", "Ymddiriedaeth", "Trust"),
        Translated("cy", "action:trust", "level_1", "Ddim o gwbl", TRUST.levels[0].looks_like),
        Translated("cy", "action:trust", "prompts", "Pryd?\nBle?", "\n".join(TRUST.prompts)),
        Translated("cy", "action:trust", "title", "Ymddiried yn ein gilydd", "What it was called before"),
        Translated("cy", "area:" + TRUST.area_code, "name", "Cynllun", TRUST.area_name),
        Translated("cy", "levels", "level_1", "Ddim eto", PLAIN.words.levels[0].label),
    ),
)
GOOD = write(BILINGUAL)


def faults(text):
    with pytest.raises(BadFile) as refusal:
        read_edition(text.encode())
    return [str(fault) for fault in refusal.value.faults]


def test_out_and_in_again_is_the_same():
    assert read_edition(GOOD.encode()) == BILINGUAL
    assert write(read_edition(GOOD.encode())) == GOOD


def test_a_translator_has_a_language_in_one_place_after_the_english():
    assert GOOD.startswith(write(PLAIN).rstrip("\n"))
    assert GOOD.partition("translations:\n")[2] == (
        "  cy:\n"
        "    edition:\n"
        "      framework_name: Ymddiriedaeth\n"
        "    levels:\n"
        "      1: Ddim eto\n"
        "    areas:\n"
        f"      {TRUST.area_code}:\n"
        "        name: Cynllun\n"
        "    actions:\n"
        "      trust:\n"
        "        title: Ymddiried yn ein gilydd\n"
        "        prompts:\n"
        "          - Pryd?\n"
        "          - Ble?\n"
        "        levels:\n"
        "          1: Ddim o gwbl\n"
        "    written_for:\n"
        "      actions:\n"
        "        trust:\n"
        "          title: What it was called before\n"
    )


def test_a_file_of_format_1_is_read():
    assert read_edition(write(PLAIN).replace("format: 2", "format: 1").encode()) == PLAIN


FAULTS = {
    "an unknown language": ("  cy:", "  tlh:", "translations.tlh: This is not known here."),
    "english": ("  cy:", "  en:", "translations.en: This is not known here."),
    "an unknown section": (
        "    edition:",
        "    editions:",
        "cy.editions: This is not known here. Is “edition” meant?",
    ),
    "an unknown text": (
        "        title: Y",
        "        titel: Y",
        "trust.titel: This is not known here. Is “title” meant?",
    ),
    "no such action": (
        "      trust:\n        title",
        "      hope:\n        title",
        "actions.hope: There is nothing with this code",
    ),
    "no such level": ("      1: Ddim eto", "      9: Ddim eto", "levels.9: This is not known here."),
    "too long": ("name: Cynllun", "name: " + "x" * 201, "name: The text has 201 letters; at most 200 fit."),
    "a list for a text": ("name: Cynllun", "name: [a, b]", "name: Here the file needs a text."),
    "a text for a map": (
        "    edition:\n      framework_name: Ymddiriedaeth",
        "    edition: x",
        "cy.edition: Here the file needs",
    ),
    "a text for codes": (
        "    areas:\n      meet:\n        name: Cynllun",
        "    areas: x",
        "cy.areas: Here the file needs a map",
    ),
    "the english of nothing": (
        "        title: Ymddiried yn ein gilydd\n",
        "",
        "written_for: There is no translation of “action:trust title” it could be of.",
    ),
    "format 1": ("format: 2", "format: 1", "translations: Translations need format 2."),
    "a list of languages": (
        "translations:\n  cy:",
        "translations:\n  - cy:",
        "translations: Here the file needs: cy.",
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), FAULTS.values(), ids=FAULTS)
def test_each_fault_is_told_with_its_place(old, new, said):
    assert old in GOOD
    found = faults(GOOD.replace(old, new, 1))
    assert any(said in fault for fault in found), found
    assert all(fault.startswith("line ") for fault in found)


def test_what_has_no_english_cannot_be_translated():
    nothing = replace(PLAIN.words, actions=(replace(TRUST, helps=""),))
    areas = (replace(nothing.areas[0], actions=nothing.actions),)
    text = write(replace(PLAIN, words=replace(nothing, areas=areas)))
    found = faults(text + "translations:\n  cy:\n    actions:\n      trust:\n        helps: Cymorth\n")
    assert len(found) == 1
    assert "actions.trust.helps: There is no English here to be translated." in found[0]


@pytest.mark.django_db
class TestOnASite:
    def test_an_edition_goes_out_and_comes_in_with_its_languages(self, edition):
        forget()
        draft = start_draft(by=None, framework=edition.framework)
        translate(draft, all_of(draft))
        out = write(edition_file(draft))
        said = translated(draft)
        drop_draft(by=None, edition=draft)
        back = import_edition(by=None, file=read_edition(out.encode()))
        assert translated(back) == said
        assert write(edition_file(back)) == out
        assert wording(publish(by=None, edition=back, note="Welsh."), "cy").action(1).title.startswith("¶")

    def test_what_was_stale_is_stale_when_it_comes_in_again(self, edition):
        draft = start_draft(by=None, framework=edition.framework)
        translate(draft, SOME)
        title = wording(draft, "en").action(1).title
        write_texts(
            by=None,
            edition=draft,
            part="action:citizens-places",
            texts={"title": "People and places"},
            seen={"title": title},
        )
        out = write(edition_file(draft))
        assert f"title: {title}" in out.partition("written_for:")[2]
        back = import_edition(by=None, file=read_edition(out.encode()), replace_draft=True)
        assert [each.of for each in translated(back) if each.field == "title"] == [title]
        assert write(edition_file(back)) == out
