"""What stands in the way of publishing, and what is advice."""

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framework.changes.differences import differences
from framework.changes.kinds import unanswered
from framework.changes.proposals import TypedChange, propose
from framework.checks.drafts import check
from framework.checks.findings import stops
from framework.checks.radarlabels import CHART_LINES, CHART_WIDTH
from framework.queries.wording import wording
from tests.framework.words import action, edition, looks_like

TRUST = action("trust", 1)
PURPOSE = action("purpose", 2, "plan", title="Aims", statement="Our aims are clear.", question="Are they?")
GOOD = edition(TRUST, PURPOSE)


def must(words, before=None, changes=()):
    return [str(finding) for finding in stops(check(words, before, changes))]


def advice(words):
    return [str(finding) for finding in check(words) if not finding.must]


def test_nothing_stands_in_the_way_of_edition_1(edition):
    assert check(wording(edition, "en-gb")) == ()


@pytest.mark.parametrize("field", ["title", "statement", "question"])
def test_a_missing_text_says_where(field):
    found = stops(check(edition(replace(TRUST, **{field: " "}), PURPOSE)))
    of = "Action 1 “trust”" if field == "title" else "Action 1 “Build trust with care”"

    assert [str(each) for each in found] == [f"{of}, {field}: Still empty. Write the words."]
    assert [(each.code, each.field) for each in found] == [("trust", field)]


def test_prompts_and_each_level_are_missed_too():
    later = replace(looks_like(TRUST, 3, ""), prompts=())
    without = replace(PURPOSE, levels=PURPOSE.levels[:4])

    assert must(edition(later, without)) == [
        "Action 1 “Build trust with care”, what level 3 looks like: Still empty. Write the words.",
        "Action 1 “Build trust with care”, prompts to talk about: Still empty. Write the words.",
        "Action 2 “Aims”, what level 5 looks like: Still empty. Write the words.",
    ]


def test_what_is_shown_only_where_it_is_there_is_advice():
    words = edition(replace(TRUST, helps="", skills_question=""), PURPOSE)

    assert must(words) == []
    assert advice(words) == [
        "Action 1 “Build trust with care”, what helps: Still empty. Write the words.",
        "Action 1 “Build trust with care”, question about leaders' own skills: Still empty. Write the words.",
    ]


def test_an_edition_needs_labels_actions_and_whose_words_they_are():
    assert must(edition(areas=(), labels=("Not yet", "", "Partly", "Mostly"), scale_note="")) == [
        "Edition, whose wording this is: Still empty. Write the words.",
        "Edition: There is no action in it. Add at least one action.",
        "Level 2, label: Still empty. Write the words.",
        "Level 5, label: Still empty. Write the words.",
    ]


def test_an_area_without_actions_or_words():
    words = edition(TRUST, PURPOSE, areas=("meet", "plan", "dare"))
    nameless = replace(words, areas=(*words.areas[:2], replace(words.areas[2], name="", about="")))

    assert must(words) == [
        "Area “Dare”: There is no action in it. Move an action here, or take the area away."
    ]
    assert len(must(nameless)) == 3


@pytest.mark.parametrize(("numbers", "said"), [((1, 3), "1, 3"), ((1, 1), "1, 1"), ((2, 3), "2, 3")])
def test_a_gap_in_the_numbers(numbers, said):
    words = edition(replace(TRUST, number=numbers[0]), replace(PURPOSE, number=numbers[1]))
    assert must(words) == [
        f"Numbers of the actions: They are {said}. Number the actions from 1 to 2, each once."
    ]


def test_a_code_that_exists_twice():
    assert must(edition(TRUST, replace(PURPOSE, code="trust"))) == [
        "Code “trust”: 2 of the same kind have it. Give each its own code."
    ]


@pytest.mark.parametrize(
    "short",
    [
        "Honest, committed relationships for all",
        "Interdependencies",
        "Everything together, everybody together",
    ],
)
def test_a_short_title_too_long_for_the_chart(short):
    found = stops(check(edition(replace(TRUST, short_title=short), PURPOSE)))
    assert [(each.code, each.field) for each in found] == [("trust", "short_title")]
    assert str(CHART_LINES) in found[0].mend
    assert str(CHART_WIDTH) in found[0].mend


def test_spelling_and_hard_words_are_advice():
    statement = "Organizational interdependencies necessitate multidisciplinary collaboration."
    words = edition(replace(TRUST, statement=statement, question=statement, helps="A new center."), PURPOSE)

    assert must(words) == []
    assert advice(words)[0] == (
        "Action 1 “Build trust with care”, statement: “organizational” is not the British spelling. "
        "Write “organisational”, if that is meant."
    )
    assert "what helps: “center” is not the British spelling. Write “centre”" in advice(words)[2]
    assert "hard to read" in advice(words)[3]


AFTER = edition(
    replace(TRUST, title="Build trust with great care"),
    action("money", 2, "plan", title="Share", statement="We share what we have.", question="Do we share?"),
    labels=("No", "Starting", "Partly", "Mostly", "Fully"),
)


def test_every_change_wants_an_answer_and_says_what_it_looks_like():
    say = "Say what kind of change this is. It looks like"
    clearer = "The same is asked in clearer words, so ratings before and after are compared."

    assert must(AFTER, GOOD) == [
        f"Labels of the levels: The words are not those of edition 1. {say} “the meaning changed”: "
        "People now rate something else, so ratings before and after are not compared.",
        "Action 1 “Build trust with great care”: The words are not those of edition 1. "
        f"{say} “said more clearly”: {clearer}",
        f"Action 2 “Share”: It was not in edition 1. {say} “new”: "
        "It was not asked before, so there is nothing to compare it with.",
        f"Action 2 “Aims”: It was in edition 1 and is not in this one. {say} “no longer asked”: "
        "It is no longer asked, so nothing new is compared with it. Earlier ratings are kept.",
    ]


def test_answered_they_stand_in_nobodys_way():
    assert must(AFTER, GOOD, propose(differences(GOOD, AFTER))) == []
    answers = [
        TypedChange("clarified"),
        TypedChange("typo", "trust", "trust"),
        TypedChange("split", "purpose", "money"),
    ]
    assert must(AFTER, GOOD, answers) == []
    assert [each.split(":")[0] for each in must(AFTER, GOOD, answers[1:])] == ["Labels of the levels"]


def test_a_finding_knows_the_page_where_it_is_mended():
    bare = edition(TRUST, action("money", 1, "plan", title=""), areas=("meet", "plan", "dare"), scale_note="")
    found = {(each.page, each.code, each.field) for each in stops(check(bare, GOOD))}

    assert found == {
        ("around", "", "scale_note"),
        ("overview", "dare", ""),
        ("overview", "", ""),
        ("action", "money", "title"),
        ("kinds", "money", ""),
        ("kinds", "purpose", ""),
    }
    areas = [replace(GOOD.areas[0], about=""), GOOD.areas[1]]
    assert [(each.page, each.field) for each in stops(check(replace(GOOD, areas=areas)))] == [
        ("area", "about")
    ]


def test_what_cannot_be_told_apart():
    same = replace(PURPOSE, title=TRUST.title.upper(), short_title=TRUST.short_title)
    again = looks_like(same, 4, same.levels[1].looks_like)

    assert must(edition(TRUST, again, labels=("Not yet", "Partly", "Partly", "Mostly", "Fully"))) == [
        f"Action 2 “{same.title}”, title: “{same.title}” is also that of action 1. "
        "Write another one, so that people can tell them apart.",
        f"Action 2 “{same.title}”, short title: “Trust” is also that of action 1. "
        "Write another one, so that people can tell them apart.",
        "Level 3, label: “Partly” is also that of level 2. "
        "Write another one, so that people can tell them apart.",
        f"Action 2 “{same.title}”, what level 4 looks like: It is the same as level 2. "
        "Write what is different, so that people can choose between them.",
    ]


def test_what_nobody_can_see_is_no_text_and_tells_nothing_apart():
    unseen = replace(TRUST, statement="\u200b", prompts=("Who?", "\u200b \u2060"))
    twin = replace(PURPOSE, title=f"{TRUST.title}\u200b", question="🥚")
    assert must(edition(unseen, twin)) == [
        f"Action 2 “{twin.title}”, title: “{twin.title}” is also that of action 1. "
        "Write another one, so that people can tell them apart.",
        "Action 1 “Build trust with care”, statement: Still empty. Write the words.",
        "Action 1 “Build trust with care”, prompts to talk about: One of them is empty. Take it out.",
    ]


def test_areas_that_look_alike():
    words = edition(TRUST, PURPOSE)
    alike = replace(words, areas=[words.areas[0], replace(words.areas[1], name="Meet", colour="convene")])

    assert must(alike) == [
        "Area “Meet”: Another area has this name. Write another one, so that people can tell them apart."
    ]
    assert advice(alike) == [
        "Area “Meet”: It has the colour of area “Meet”. "
        "Choose another colour, if one is free, so that charts can be read at a glance."
    ]


def test_an_empty_prompt_among_others_and_american_words_anywhere():
    words = edition(replace(TRUST, prompts=("Who?", " ")), PURPOSE, scale_note="We analyze it.")

    assert must(words) == [
        "Action 1 “Build trust with care”, prompts to talk about: One of them is empty. Take it out."
    ]
    assert advice(words) == [
        "Edition, whose wording this is: “analyze” is not the British spelling. "
        "Write “analyse”, if that is meant."
    ]


CODES = st.lists(st.sampled_from("abcdef"), unique=True)
STATEMENTS = st.sampled_from(["We meet.", TRUST.statement, f"{TRUST.statement} {PURPOSE.statement}"])
EDITIONS = CODES.flatmap(
    lambda codes: st.tuples(
        *(
            st.builds(partial(action, code, number), statement=STATEMENTS)
            for number, code in enumerate(codes, 1)
        )
    )
).map(lambda actions: edition(*actions))


@settings(max_examples=60, deadline=None)
@given(EDITIONS, EDITIONS)
def test_the_proposals_answer_everything_once(before, after):
    found = differences(before, after)
    proposed = propose(found)

    assert unanswered(found, proposed) == ()
    assert len({(each.before, each.after) for each in proposed}) == len(proposed)
    for codes in ("before", "after"):
        kinds = {(getattr(each, codes), each.kind) for each in proposed if getattr(each, codes)}
        assert len(kinds) == len({code for code, _kind in kinds})
    check(after, before)


def test_an_edition_made_from_nothing_has_nothing_to_answer():
    assert must(AFTER) == []
