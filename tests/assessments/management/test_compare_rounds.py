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
    autumn = bring_in(partnership, "Autumn", crowd(*[steady | {1: 5, 7: 1}] * 12, *[steady] * 3, *[4] * 5))
    data = compared(spring, autumn)
    assert list(data) == ["matched", "new", "gone", "actions"]
    assert (data["matched"], data["new"], data["gone"]) == (15, 5, 0)
    assert data["actions"][0] == {
        "number": 1, "code": "citizens-places", "comparable": True, "why": None, "lower": 0, "same": 3,
        "higher": 12, "p": 2 / 2**12, "p_holm": 22 / 2**12, "reading": "higher", "hidden": False,
    }  # fmt: skip
    assert data["actions"][1]["reading"] == "no_clear_change"
    assert data["actions"][1]["p"] == data["actions"][1]["p_holm"] == 1
    assert data["actions"][6]["reading"] == "lower"


def test_what_is_hidden_is_null_and_the_reading_stands(partnership):
    spring = bring_in(partnership, "Spring", crowd(*[2] * 14))
    data = compared(spring, bring_in(partnership, "Autumn", crowd(*[4] * 14, 5)))
    assert {key: data["actions"][0][key] for key in ("lower", "same", "higher", "p", "p_holm", "hidden")} == {
        "lower": None, "same": None, "higher": None, "p": None, "p_holm": None, "hidden": True,
    }  # fmt: skip
    assert {action["reading"] for action in data["actions"]} == {"higher"}
    assert data["new"] == 1


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
    assert "More rate it higher. Of the 15 who rated both times, 12 went up and 3 stayed the same." in said


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
    assert compared(spring, autumn)["new"] == 6
