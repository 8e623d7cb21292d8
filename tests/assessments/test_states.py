from pathlib import Path

import pytest

from assessments import states
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


class TestAWorkshop:
    def test_the_documented_diagrams_are_those_of_the_tables(self):
        page = (PAGE.parent / "workshop-states.md").read_text()
        assert f"```mermaid\n{states.workshop_diagram()}```" in page
        assert f"```mermaid\n{states.stage_diagram()}```" in page

    def test_the_way_of_a_workshop(self):
        moves = states.WORKSHOP_MOVES
        assert [moves[name].target for name in ("begin", "end", "resume", "finish")] == [
            "running", "ending", "running", "finished",
        ]  # fmt: skip
        assert states.workshop_moves("ending") == ("resume", "finish")
        assert states.workshop_moves("finished") == ()

    @pytest.mark.parametrize(
        ("stage", "mode", "names"),
        [
            ("reading", "room", ("start",)),
            ("reading", "walk", ("show",)),
            ("rating", "room", ("reveal",)),
            ("rating", "walk", ()),
            ("revealed", "room", ("again",)),
            ("revealed", "walk", ("again",)),
            ("rating_again", "walk", ("reveal_again", "stop_again")),
            ("revealed_again", "room", ()),
        ],
    )
    def test_what_can_be_done_with_an_action(self, stage, mode, names):
        assert states.stage_moves(stage, mode) == names

    def test_what_was_revealed_stays_revealed(self):
        for move in states.STAGE_MOVES.values():
            assert move.source not in states.REVEALED or move.target in states.REVEALED

    def test_an_action_that_is_being_rated_again_hides_only_its_second_ratings(self):
        assert {states.Stage.RATING_AGAIN} == states.RATED & states.REVEALED
