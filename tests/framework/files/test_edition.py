"""An edition as a file: the same out and in again, and refused whole where anything is wrong."""

import string
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framework.changes.proposals import TypedChange
from framework.files.edition import EditionFile, write
from framework.files.reader import COLOURS, read_edition
from framework.files.yamltree import MOST_BYTES, BadFile
from framework.files.yamlvalues import LONGEST_CODE
from framework.models import Action, Area, Framework, Level
from framework.queries.wording import wording
from framework.wording.limits import ONE_LINE, is_control
from tests.framework.words import action, edition

TRUST, PURPOSE = action("trust", 1), action("purpose", 2, "plan")
SMALL = EditionFile("trust", edition(TRUST, PURPOSE), note="The first.")
CHANGED = replace(
    SMALL,
    made_from=1,
    changes=(
        TypedChange("clarified"),
        TypedChange("split", "hope", "purpose"),
        TypedChange("new", "", "trust"),
    ),
)
GOOD = write(CHANGED)


def read(text):
    return read_edition(text.encode())


def faults(text):
    with pytest.raises(BadFile) as refusal:
        read(text)
    return [str(fault) for fault in refusal.value.faults]


def instead(old, new, text=GOOD):
    assert old in text
    return text.replace(old, new, 1)


def line_of(words, text=GOOD):
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def test_out_and_in_again_is_the_same():
    assert read(write(SMALL)) == SMALL
    assert set(read(GOOD).changes) == set(CHANGED.changes)
    assert write(read(GOOD)) == GOOD


def test_edition_1_out_and_in_again_is_the_same(edition):
    words = wording(edition, "en")
    text = write(EditionFile("transforming-together", words))

    found = read(text).words
    assert write(EditionFile("transforming-together", found)) == text
    assert [replace(each, id=0) for each in words.actions] == list(found.actions)
    assert max(map(len, text.splitlines())) < 110


def test_the_example_in_the_documentation_is_read():
    text = (Path(__file__).parents[3] / "docs" / "framework-file.md").read_text(encoding="utf-8")

    found = read(text.partition("```yaml\n")[2].partition("```")[0])
    assert found.words.action(1).code == "citizens-places"
    assert found.changes == (
        TypedChange("typo"),
        TypedChange("clarified", "citizens-places", "citizens-places"),
    )


def test_a_person_can_read_it():
    assert GOOD.startswith(
        "format: 2\n"
        "framework:\n"
        "  slug: trust\n"
        "  name: Trust\n"
        "  source: A book\n"
        "edition:\n"
        "  number: 1\n"
        "  made_from: 1\n"
        "  note: The first.\n"
    )
    assert (
        "      - number: 1\n"
        "        code: trust\n"
        "        title: Build trust with care\n"
        "        short_title: Trust\n"
        "        statement: We build trust between us in every meeting we hold, week after week.\n"
    ) in GOOD
    assert GOOD.endswith(
        "changes:\n"
        "  level_labels: clarified\n"
        "  actions:\n"
        "    - kind: split\n"
        "      before: hope\n"
        "      after: purpose\n"
        "    - kind: new\n"
        "      after: trust\n"
    )


TRICKY = [*" \n:#-'\"|>&*!%@{}[],?~\t\u200b", "\n\n", "  ", "😀", "مر", "no ", "1", "a long word "]
REFUSED = "\u2028\u202e\u2066\ufeff"
SIGNS = st.characters(exclude_characters="\ufffe\uffff").filter(
    lambda sign: not is_control(sign, one_line=False)
)
WRITABLE = st.lists(st.one_of(st.sampled_from(TRICKY), SIGNS), max_size=120).map("".join).map(str.strip)


@settings(max_examples=60, deadline=None)
@given(WRITABLE)
def test_any_text_comes_back_as_it_was(text):
    line = " ".join(text.split())
    words = edition(replace(TRUST, statement=text, prompts=(line,)), PURPOSE)
    found = read(write(EditionFile("trust", words))).words.action(1)

    assert (found.statement, found.prompts) == (text, (line,))


@pytest.mark.parametrize("sign", REFUSED)
def test_signs_that_turn_words_round_or_end_a_line_unseen_are_refused(sign):
    for text in ("We meet.", "We"):
        assert "unreadable character" in faults(write(replace(SMALL, note=f"{text}{sign}rest")))[0]


def test_each_prompt_is_one_line():
    # On the pages for editors they stand one a line: two lines would become two prompts.
    two = instead("- What went well?", '- "What went\\nwell?"')
    assert faults(two)[0].partition(": ")[0].endswith("areas.1.actions.1.prompts.2")
    welsh = GOOD + 'translations: {cy: {actions: {trust: {prompts: ["Pwy?\\nBle?"]}}}}\n'
    assert faults(welsh)[0].partition(": ")[0].endswith("translations.cy.actions.trust.prompts.1")


@pytest.mark.parametrize(
    "text",
    ["no", "1", "null", "~", "2026-11-14", "<script>alert(1)</script>", "=1+1", "مرحبا 🙂", "a: b # c"],
)
def test_words_stay_words(text):
    words = edition(replace(TRUST, title=text), PURPOSE)
    assert read(write(EditionFile("trust", words))).words.action(1).title == text


def test_what_a_person_writes_by_hand_is_read():
    by_hand = instead("title: Build trust with care", "title: 'Build trust'\r")
    by_hand = instead("helps: Time.", "helps:", by_hand)
    found = read_edition(b"\xef\xbb\xbf# Ours\n" + by_hand.encode()).words.by_code("trust")
    assert (found.title, found.helps) == ("Build trust", "")


def test_the_limits_are_those_of_the_database():
    def most(model, name):
        return model._meta.get_field(name).max_length

    assert (most(Action, "title"), most(Action, "short_title")) == (
        ONE_LINE["title"],
        ONE_LINE["short_title"],
    )
    assert most(Area, "name") == most(Framework, "name") == ONE_LINE["name"]
    assert (most(Level, "label"), most(Action, "code")) == (ONE_LINE["label"], LONGEST_CODE)
    assert list(COLOURS) == Area.Colour.values


BAD = {
    "an anchor": ("name: Trust", "name: &a Trust", "Anchors and aliases"),
    "an alias": ("name: Trust", "name: *a", "Anchors and aliases"),
    "a tag": ("name: Trust", "name: !!python/object/apply:os.system ['ls']", "Tags (!) are not allowed"),
    "a tag of one's own": ("name: Trust", "name: !ours Trust", "Tags (!) are not allowed"),
    "a key twice": ("name: Trust", "slug: other\n  name: Trust", "line 4: The key “slug” stands here twice."),
    "a second document": ("changes:", "---\nchanges:", "There is a second document"),
    "no YAML": ("name: Trust", 'name: "Trust', "This cannot be read as YAML"),
    "an unreadable character": ("name: Trust", "name: Tr\x07st", "cannot stand in a text"),
    "a code of no character": ("name: Trust", r'name: "\UFFFFFFFF"', "line 4: There is a character here"),
    "a code beyond the last": ("name: Trust", r'name: "\U00110000"', "line 4: There is a character here"),
    "a version without end": ("format", f"%YAML 1.{'9' * 5000}\n---\nformat", "line 1: There is a"),
    "too deep": ("name: Trust", "name: [[[[[[[[a]]]]]]]]", "nested too deep"),
    "a list as a key": ("name: Trust", "? [a]\n  : b", "cannot be a key"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_could_explode_is_refused_with_its_line(case):
    old, new, said = BAD[case]
    found = faults(instead(old, new))

    assert len(found) == 1
    assert said in found[0]
    assert found[0].startswith("line ")


def test_no_fault_tells_a_terminal_what_to_do():
    found = faults(GOOD + '"\\e[31m\\u202e": red\n')
    assert found[0].startswith("line 73, \ufffd[31m\ufffd: This is not known here.")


def test_a_billion_laughs_stop_at_the_first_anchor():
    laughs = "a: &a [ha, ha]\n" + "".join(
        f"{name}: &{name} [*{last}, *{last}, *{last}]\n"
        for last, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert faults(laughs) == ["line 1: Anchors and aliases (& and *) are not allowed. Write the text out."]


def test_a_million_actions_are_too_many_whichever_way():
    assert faults("a:\n" + "- {a: 1}\n" * 1_000_000) == [
        f"line 1: The file is too large: {MOST_BYTES // 1000} kB at most."
    ]
    assert "There is too much in the file: 10000 values" in faults("a:\n" + "- 1\n" * 11_000)[0]
    assert (
        "The list has 61 items; at most 60"
        in faults(instead("    actions:\n", "    actions:\n" + "      - {number: 1}\n" * 60))[0]
    )


def test_a_file_in_another_encoding_says_where():
    with pytest.raises(BadFile, match="line 3: This is not UTF-8"):
        read_edition("a: 1\nb: 2\nc: é".encode("latin-1"))


WRONG = {
    "10,000 letters": (
        "title: Build trust with care",
        "title: " + "x" * 10_000,
        "areas.1.actions.1.title: The text has 10000 letters; at most 200 fit.",
    ),
    "a key nobody knows": ("helps: Time.", "help: Time.", "help: This is not known here. Is “helps” meant?"),
    "a key that is missing": (
        "        question: Do we build trust",
        "        helps_: Do we",
        "“question” is missing.",
    ),
    "a number that is none": (
        "number: 1\n        code",
        "number: one\n        code",
        "a whole number from 1 to 9999",
    ),
    "a number twice": (
        "number: 2\n",
        "number: 1\n",
        "areas.2.actions.1.number: “1” stands in the file twice.",
    ),
    "a code twice": (
        "number: 2\n        code: purpose",
        "number: 2\n        code: trust",
        "areas.2.actions.1.code: “trust” stands in the file twice.",
    ),
    "an area's code twice": (
        "- code: plan",
        "- code: meet",
        "areas.2.code: “meet” stands in the file twice.",
    ),
    "a code with a space": ("- code: plan", "- code: our plan", "A code is 1 to 40 letters"),
    "another colour": ("colour: convene", "colour: red", "one of: convene, system, edge, ethos"),
    "a list for a text": ("title: Build trust with care", "title: [a, b]", "Here the file needs a text."),
    "a text for a list": ("  actions:\n    - kind", "  actions: Why?\n  more:\n    - kind", "needs a list"),
    "a line break in a title": ("title: Build trust with care", 'title: "Build\\ntrust"', "a line break"),
    "a sign no database takes": ("title: Build trust with care", 'title: "Build\\0"', "unreadable character"),
    "half a sign": ("title: Build trust with care", 'title: "Build\\ud800"', "unreadable character"),
    "a sixth level": ("  5: Fully", "  6: Fully", "levels.6: This is not known here."),
    "a level without a label": ("  5: Fully\n", "", "levels.5: This level has no label under “levels”."),
    "another format": ("format: 2", "format: 3", "format: This version reads the formats 1, 2."),
    "a kind nobody knows": ("kind: split", "kind: divided", "needs one of: typo, clarified, meaning_changed"),
    "an action that is not there": (
        "after: purpose",
        "after: hope",
        "There is no action “hope” in this file.",
    ),
    "a new action with a past": ("kind: split", "kind: new", "“new” has no such action."),
    "a slip between two actions": ("kind: split", "kind: typo", "have to be the same action"),
    "labels that split": ("level_labels: clarified", "level_labels: split", "one of: typo, clarified"),
    "two answers for one": ("after: trust\n", "after: purpose\n", "speaks of the same action"),
    "changes of nothing": ("  made_from: 1\n", "", "changes: Say which edition this one was made from"),
}


@pytest.mark.parametrize("case", WRONG)
def test_each_fault_has_its_place_and_says_what_is_wanted(case):
    old, new, said = WRONG[case]
    found = faults(instead(old, new))

    assert any(said in fault for fault in found), found


def test_the_line_is_that_of_the_fault():
    bad = instead("title: Build purpose with care", "title: " + "x" * 201)
    assert faults(bad) == [
        f"line {line_of('title: xxx', bad)}, areas.2.actions.1.title: "
        "The text has 201 letters; at most 200 fit."
    ]


def test_every_fault_is_told_at_once_in_the_order_of_the_file():
    bad = instead("colour: convene", "colour: red", instead("after: purpose", "after: hope"))
    found = faults(instead("slug: trust", "slug: a b", bad))

    assert [fault.split(": ")[0].split(", ")[1] for fault in found] == [
        "framework.slug",
        "areas.1.colour",
        "changes.actions.1.after",
    ]


@pytest.mark.parametrize("text", ["", "   ", "# nothing", "word", "- a\n- b", "{}", "null"])
def test_what_is_no_edition_at_all(text):
    found = faults(text)
    assert all("the file needs: format, framework" in each or "is missing" in each for each in found)


def test_many_faults_are_cut_short():
    bad = "\n".join(f"{letter}{number}: x" for letter in string.ascii_lowercase[:10] for number in range(5))
    with pytest.raises(BadFile) as refusal:
        read(bad)
    assert str(refusal.value).endswith("and 25 more faults")
