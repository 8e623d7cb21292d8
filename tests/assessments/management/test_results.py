"""``manage.py results``: the same figures as the page, for a program or a terminal."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from tests.factories import everybody
from tests.made_once import made_once

from ..results_room import SizedPartnership
from ..round_room import make_place
from ..workshop_room import make_hall


def printed(*arguments):
    out = io.StringIO()
    call_command("results", *map(str, arguments), stdout=out)
    return out.getvalue()


@made_once
def room():
    return SizedPartnership(6, 6)


def test_json(room):
    round = room.round(*[2] * 6, *[4] * 2, state="shared")
    data = json.loads(printed(round.pk, "--format", "json"))
    assert (data["round"], data["partnership"]) == (round.pk, room.partnership.slug)
    assert (data["invited"], data["answered"]) == (13, 8)
    assert data["actions"][0] == {
        "number": 1, "code": "citizens-places", "n": 8, "counts": [0, 6, 0, 2, 0], "dont_know": 0,
        "mean": 2.5, "median": 2.0, "average_deviation": 0.5, "consensus": data["actions"][0]["consensus"],
        "verdict": "agreed_weak", "band": "needs_attention", "hidden": False, "agreed": None, "second": None,
    }  # fmt: skip
    assert [entry["number"] for entry in data["attention"]] == list(range(1, 12))
    assert data["attention"][0]["reasons"] == ["low"]
    assert {entry["firm"] for entry in data["attention"]} == {True}
    assert data["close_to_list"] == []
    assert data["areas"][0] == {"code": "convene", "n": 2, "mean": 2.5}
    assert data["too_few"] == []


def test_too_few_answers_hide_everything(room):
    round = room.round(1, 5, 5, 5)
    data = json.loads(printed(round.pk, "--format", "json"))
    assert data["answered"] == 4
    assert data["too_few"] == list(range(1, 12))
    for action in data["actions"]:
        assert action["hidden"] is True
        assert {action[key] for key in action if key not in ("number", "code", "hidden")} == {None}
    assert data["attention"] == []


def test_text(room):
    said = printed(room.round(*[2] * 6, *[4] * 2).pk)
    assert said.splitlines()[0] == "Northmoor Ageing Well: Autumn 2026"
    assert "Answered: 8 of 13" in said
    assert "The average of 2.5 is below 3.0: 6 of 8 rated it 1 or 2. People agree about it." in said


def test_text_of_what_is_close_to_the_line(room):
    cells = [{1: 1, 2: 3, 3: 4, 4: 3}] * 7 + [{1: 2, 2: 2, 3: 5, 4: 3}]
    said = printed(room.round(*cells).pk)
    listed, close = said.split(
        "Close to the line: three people rating one level differently would change this."
    )
    assert "The average of 1.1 is below 3.0: 8 of 8 rated it 1 or 2. People agree about it." in listed
    assert "The average of 2.9 is just below 3.0: 1 of 8 rated it 1 or 2, 7 said 3." in close
    assert "Not on the list, but as close to it: action 4." in close


def test_text_of_too_few_says_no_number(room):
    said = printed(room.round(1, 5, 5, 5).pk)
    assert "Too few ratings to show" in said
    assert "1.0" not in said


@pytest.mark.parametrize("state", ["draft", "open", "closed"])
def test_nothing_before_the_results_are_opened(room, state):
    round = room.round(*[2] * 8, state=state)
    with pytest.raises(CommandError, match="have not been opened yet"):
        printed(round.pk, "--format", "json")


def test_an_unknown_round(room):
    with pytest.raises(CommandError, match="There is no round 987654"):
        printed(987654)


def test_what_a_workshop_agreed_and_the_second_ratings(edition):
    hall = make_hall(people=7)
    hall.reveal(1, 1, 1, 1, 5, 5, 5, 5)
    hall.again(1, 3, 3, 3, 3, 3, 3, 4)
    hall.agree(1, 3, "By talking")
    hall.agree(2, 2, "Too few rated it")
    hall.reveal(3, 1, 1, 1, 5, 5, 5, 5)
    hall.move("again")
    hall.rate(3, 2, 2, 2, 2)
    round = hall.finish()
    actions = json.loads(printed(round.pk, "--format", "json"))["actions"]
    assert [(a["agreed"], a["second"]) for a in actions[:4]] == [
        (3, [0, 0, 6, 1, 0]),
        (2, None),
        (None, None),
        (None, None),
    ]
    assert (actions[0]["counts"], actions[1]["hidden"]) == ([3, 0, 0, 0, 4], False)
    assert actions[1]["n"] is None  # nobody was asked: it is agreed, and not rated


def test_nothing_of_a_workshop_before_it_is_finished(edition):
    place = make_place(people=6)
    rated = everybody(place.members, 1, 1, 1, 5, 5, 5)
    hall = make_hall(people=6, place=place, state="shared", answers=rated)
    hall.agree(1, 3)
    assert json.loads(printed(hall.round.pk, "--format", "json"))["actions"][0]["agreed"] is None
    hall.finish()
    assert json.loads(printed(hall.round.pk, "--format", "json"))["actions"][0]["agreed"] == 3
