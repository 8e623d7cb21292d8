from pathlib import Path

import pytest

from assessments.states import FROZEN, MOVES, RoundState, WrongMove, after, diagram, moves_from

PAGE = Path(__file__).resolve().parents[2] / "docs" / "round-states.md"


def test_the_way_of_a_round():
    state = RoundState.DRAFT
    for name in ("open", "close", "reopen", "close", "reveal", "share"):
        state = after(state, name)
    assert state == RoundState.SHARED


@pytest.mark.parametrize("state", RoundState)
@pytest.mark.parametrize("name", MOVES)
def test_every_move_starts_from_one_state_alone(state, name):
    if MOVES[name].source == state:
        assert after(state, name) == MOVES[name].target
    else:
        with pytest.raises(WrongMove):
            after(state, name)


def test_nothing_leads_out_of_the_frozen_states():
    assert {MOVES[name].target for state in FROZEN for name in moves_from(state)} <= FROZEN


def test_a_closed_round_can_go_two_ways():
    assert moves_from(RoundState.CLOSED) == ("reopen", "reveal")


def test_the_documented_diagram_is_that_of_the_table():
    assert f"```mermaid\n{diagram()}```" in PAGE.read_text()
