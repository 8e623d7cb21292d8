from types import SimpleNamespace

import pytest

from assessments import policies
from assessments.states import MOVES, RoundState


def a_round(state):
    return SimpleNamespace(state=state, is_frozen=state in ("revealed", "shared"), is_in_room=False)


def refusal(function, *args):
    with pytest.raises(policies.base.NotNow) as refused:
        function(*args)
    return str(refused.value)


@pytest.mark.parametrize("name", MOVES)
@pytest.mark.parametrize("state", RoundState)
def test_a_move_is_allowed_from_its_state_and_refused_in_a_sentence_elsewhere(name, state):
    if MOVES[name].source == state:
        policies.rounds.require_move(a_round(state), name)
    else:
        sentence = refusal(policies.rounds.require_move, a_round(state), name)
        assert sentence.endswith(".")
        assert state not in sentence.split('"')


def test_people_are_needed_to_open():
    policies.rounds.require_people(1)
    assert "Add the people" in refusal(policies.rounds.require_people, 0)


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_reopening_needs_words(reason):
    assert "reason" in refusal(policies.rounds.require_reason, reason)


@pytest.mark.parametrize("state", ["draft", "closed", "revealed", "shared"])
def test_only_an_open_round_takes_answers(state):
    sentence = refusal(policies.rounds.require_open, a_round(state))
    assert ("not been opened" in sentence) == (state == "draft")


@pytest.mark.parametrize(
    ("state", "changes", "said"),
    [
        ("open", {"confidentiality": "named"}, "can no longer be changed"),
        ("closed", {"edition": 2}, "can no longer be changed"),
        ("revealed", {"grouping": "sector"}, "Only the title"),
        ("shared", {"least_number": 9}, "Only the title"),
        ("open", {"least_number": 5}, "not lowered"),
    ],
)
def test_what_people_were_told_stands(state, changes, said):
    assert said in refusal(policies.rounds.require_changeable, a_round(state), changes, 7)


@pytest.mark.parametrize(
    ("state", "changes"),
    [
        ("draft", {"confidentiality": "named", "least_number": 5}),
        ("open", {"grouping": "sector", "least_number": 8}),
        ("shared", {"title": "Autumn"}),
    ],
)
def test_the_rest_may_change(state, changes):
    policies.rounds.require_changeable(a_round(state), changes, 7)


def test_nobody_who_answered_is_away():
    policies.rounds.require_not_answered(answered=False)
    assert "answered" in refusal(policies.rounds.require_not_answered, True)


def test_a_partnership_keeps_a_lead():
    policies.rounds.require_another_lead(others=True)
    assert "Make somebody else a lead first" in refusal(policies.rounds.require_another_lead, False)
