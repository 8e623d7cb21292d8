"""``manage.py compare_rounds``: how people moved between two rounds, for a program or a terminal."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from assessments.operations import retention, rounds
from tests.assessments.compare_room import bring_in, crowd
from tests.factories import PartnershipFactory, make_lead, make_round
from tests.framework.editions import next_edition
from tests.made_once import made_once

pytestmark = pytest.mark.usefixtures("edition")


@made_once
def partnership():
    return PartnershipFactory()


def printed(*arguments):
    out = io.StringIO()
    call_command("compare_rounds", *(str(getattr(each, "pk", each)) for each in arguments), stdout=out)
    return out.getvalue()


def compared(earlier, later):
    return json.loads(printed(earlier, later, "--format", "json"))


def refusal(*arguments):
    with pytest.raises(CommandError) as refused:
        printed(*arguments)
    return str(refused.value)


def test_json(partnership):
    steady = dict.fromkeys(range(1, 12), 3)
    spring = bring_in(partnership, "Spring", crowd(*[steady] * 15))
    autumn = bring_in(partnership, "Autumn", crowd(*[steady | {1: 5, 7: 1}] * 12, *[steady] * 3))
    data = compared(spring, autumn)
    assert list(data) == ["matched", "new", "gone", "actions", "overall"]
    assert (data["matched"], data["new"], data["gone"]) == (15, 0, 0)
    assert data["actions"][0] == {
        "number": 1, "code": "citizens-places", "comparable": True, "why": None, "lower": None, "same": None,
        "higher": 12, "lower_at_most": 1, "lower_at_least": None, "higher_at_most": None,
        "higher_at_least": None, "matched": 15, "reading": "higher", "hidden": False,
    }  # fmt: skip
    assert data["actions"][1]["reading"] == "no_clear_change"
    assert data["actions"][6]["reading"] == "lower"
    assert data["overall"] == {
        "why": None, "lower": None, "same": None, "higher": None, "lower_at_most": 1, "lower_at_least": None,
        "higher_at_most": 1, "higher_at_least": None, "matched": 15, "reading": "no_clear_change",
        "hidden": False,
    }  # fmt: skip


FIGURES = (
    "lower", "same", "higher", "lower_at_most", "lower_at_least", "higher_at_most", "higher_at_least",
    "matched",
)  # fmt: skip


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        ([4, 4, 4, 2, 2], {"lower": 2, "same": 8, "higher": 3, "matched": 13}),
        ([4] * 9, {"higher": 9, "lower_at_most": 1, "matched": 13}),
        ([2] * 9 + [4], {"lower": 9, "higher_at_most": 1, "matched": 13}),
        ([], {"lower_at_most": 1, "higher_at_most": 1, "matched": 13}),
        ([4] * 12, {"higher_at_least": 12, "lower_at_most": 1, "matched": 13}),
        ([2] * 13, {"lower_at_least": 12, "higher_at_most": 1, "matched": 13}),
    ],
)
def test_small_counts_are_said_coarsely(partnership, moved, said):
    spring = bring_in(partnership, "Spring", crowd(*[3] * 13))
    autumn = bring_in(partnership, "Autumn", crowd(*moved, *[3] * (13 - len(moved))))
    [first, *_rest] = compared(spring, autumn)["actions"]
    assert {name: first[name] for name in FIGURES} == dict.fromkeys(FIGURES) | said


def test_what_is_hidden_is_null_and_the_reading_stands(partnership):
    spring = bring_in(partnership, "Spring", crowd(*[2] * 14))
    data = compared(spring, bring_in(partnership, "Autumn", crowd(*[4] * 14, 5)))
    assert {name: data["actions"][0][name] for name in FIGURES} == dict.fromkeys(FIGURES)
    assert {(action["reading"], action["hidden"]) for action in data["actions"]} == {("higher", True)}
    assert (data["overall"]["reading"], data["overall"]["higher_at_least"]) == ("higher", 13)
    assert data["new"] == 1


@pytest.mark.parametrize("same", [(False, True), (True, False), (False, False)])
def test_files_whose_people_were_not_said_to_be_the_same(partnership, same):
    spring = bring_in(partnership, "Spring", crowd(*[2] * 14), same_people=same[0])
    data = compared(spring, bring_in(partnership, "Autumn", crowd(*[4] * 14), same_people=same[1]))
    assert (data["matched"], data["new"], data["gone"]) == (None, None, None)
    assert {
        (each["reading"], each["why"], each["hidden"], *(each[name] for name in FIGURES))
        for each in (*data["actions"], data["overall"])
    } == {("not_comparable", "not_said_same", False, *[None] * len(FIGURES))}


def test_the_typed_changes_between_two_editions_decide(partnership, edition):
    spring = bring_in(partnership, "Spring", crowd(*[2] * 14))
    later = next_edition(
        edition,
        {"citizens-places": "meaning_changed", "relationships": "clarified", "systemic": "retired"},
        new=["listening"],
    )
    data = compared(spring, bring_in(partnership, "Autumn", crowd(*[4] * 14), edition=later))
    found = {
        action["code"]: (action["comparable"], action["why"], action["reading"]) for action in data["actions"]
    }
    assert found["citizens-places"] == (False, "meaning_changed", "not_comparable")
    assert found["relationships"] == (True, None, "higher")
    assert found["systemic"] == (False, "retired", "not_comparable")
    assert found["listening"] == (False, "new", "not_comparable")
    assert len(found) == 12


def test_what_falls_is_among_the_reasons(partnership):
    bring_in(partnership, "Spring", crowd(*[5] * 14))
    autumn = bring_in(partnership, "Autumn", crowd(*[{1: 4, 2: 5} | dict.fromkeys(range(3, 12), 5)] * 14))
    out = io.StringIO()
    call_command("results", str(autumn.pk), "--format", "json", stdout=out)
    assert json.loads(out.getvalue())["attention"] == [{"number": 1, "reasons": ["falling"], "firm": True}]


def test_text(partnership):
    spring = bring_in(partnership, "Spring", crowd(*[2] * 15))
    said = printed(spring, bring_in(partnership, "Autumn", crowd(*[4] * 12, 2, 2, 2)))
    assert "Since Spring, more people rate 11 of 11 actions higher and none lower." in said
    assert "15 people answered both times." in said
    assert (
        "More rate it higher. Of the 15 who rated both times, 12 went up and at most one went down." in said
    )


def test_ratings_removed_before_the_later_round_leave_nothing_to_say(partnership):
    spring = bring_in(partnership, "Spring", crowd(*[2] * 9))
    retention.remove_old_ratings(by=None, today=timezone.localdate() + timedelta(days=4000))
    data = compared(spring, bring_in(partnership, "Autumn", crowd(*[4] * 9)))
    assert (data["matched"], data["new"], data["gone"]) == (None, None, None)
    assert {(each["reading"], each["why"]) for each in data["actions"]} == {
        ("not_comparable", "ratings_removed")
    }


class TestWhatIsRefused:
    @pytest.fixture
    def spring(self, partnership):
        return bring_in(partnership, "Spring", crowd(*[3] * 6))

    def test_no_such_round(self, spring):
        assert refusal(spring, 999999) == "There is no round 999999."

    def test_the_same_round_twice(self, spring):
        assert "cannot be compared with itself" in refusal(spring, spring)

    def test_rounds_of_two_partnerships(self, spring):
        other = bring_in(PartnershipFactory(), "Spring", crowd(*[3] * 6))
        assert "different partnerships" in refusal(spring, other)

    def test_the_later_one_first(self, spring, partnership):
        autumn = bring_in(partnership, "Autumn", crowd(*[3] * 6))
        assert "Give the earlier one first" in refusal(autumn, spring)

    def test_results_nobody_has_opened(self, spring, partnership):
        make_lead(partnership)
        closed = make_round(partnership, title="Closed", state="closed")
        assert "have not been opened yet" in refusal(spring, closed)

    def test_a_named_with_a_confidential_one(self, spring, partnership):
        make_lead(partnership)
        named = make_round(partnership, title="Named", state="revealed", confidentiality="named")
        assert "never compared with a confidential one" in refusal(spring, named)

    def test_no_action_in_common(self, spring, partnership, edition):
        codes = {action.code: "retired" for action in edition.actions.all()}
        others = next_edition(edition, codes, new=[f"other-{n}" for n in range(11)])
        autumn = bring_in(partnership, "Autumn", crowd(*[3] * 6), edition=others)
        assert "no action in common" in refusal(spring, autumn)


def test_rounds_that_were_opened_one_after_the_other_in_any_order(partnership):
    spring = make_lead(partnership) and make_round(partnership, title="Spring", state="closed")
    autumn = bring_in(partnership, "Autumn", crowd(*[3] * 6))
    spring = rounds.reveal_round(by=None, round=spring)
    assert compared(spring, autumn)["actions"][0]["why"] == "brought_in"
