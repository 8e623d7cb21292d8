import json

import pytest

from assessments.analysis import (
    Distribution,
    GroupCounts,
    RoundCounts,
    Rules,
    Turnout,
    analyse,
    pool,
)
from assessments.exports.data import as_data


def stored(number, counts, dont_know=0):
    ratings = GroupCounts("1", "Northmoor Council", Distribution(counts, dont_know))
    return pool(
        code=f"action-{number}",
        number=number,
        area="places",
        groups=[ratings],
        ungrouped=Distribution.empty(),
        least=5,
        confidential=True,
    )


def data(*actions):
    results = analyse(RoundCounts(actions, Turnout(31, 24)), Rules())
    return json.loads(json.dumps(as_data(results, round_id=7, partnership="ageing-well")))


def test_every_key_of_a_round():
    assert data(stored(1, (0, 0, 1, 5, 2), 1), stored(2, (3, 0, 0, 3, 0))) == {
        "round": 7,
        "partnership": "ageing-well",
        "invited": 31,
        "answered": 24,
        "actions": [
            {
                "number": 1,
                "code": "action-1",
                "n": 8,
                "counts": [0, 0, 1, 5, 2],
                "dont_know": 1,
                "mean": 4.125,
                "median": 4.0,
                "average_deviation": 0.375,
                "consensus": pytest.approx(0.8227819859426048, abs=1e-15),
                "verdict": "agreed_strong",
                "band": "strength",
                "hidden": False,
                "agreed": None,
                "second": None,
            },
            {
                "number": 2,
                "code": "action-2",
                "n": 6,
                "counts": [3, 0, 0, 3, 0],
                "dont_know": 0,
                "mean": 2.5,
                "median": 2.5,
                "average_deviation": 1.5,
                "consensus": pytest.approx(0.3219280948873623, abs=1e-15),
                "verdict": "split",
                "band": "needs_attention",
                "hidden": False,
                "agreed": None,
                "second": None,
            },
        ],
        "areas": [{"code": "places", "n": 2, "mean": 3.3125}],
        "attention": [{"number": 2, "reasons": ["low", "split"], "firm": True}],
        "close_to_list": [1],
        "too_few": [],
        "not_rated": [],
    }


def test_what_is_hidden_is_null_and_nowhere_else_to_be_found():
    found = data(stored(1, (4, 0, 0, 0, 0), 17))
    hidden = {"number": 1, "code": "action-1", "hidden": True}
    empty = dict.fromkeys(
        [
            "n",
            "counts",
            "dont_know",
            "mean",
            "median",
            "average_deviation",
            "consensus",
            "verdict",
            "band",
            "agreed",
            "second",
        ]
    )
    assert found["actions"] == [hidden | empty]
    assert found["areas"] == [{"code": "places", "n": 0, "mean": None}]
    assert found["attention"] == [{"number": 1, "reasons": ["unknown"], "firm": True}]
    assert (found["close_to_list"], found["too_few"]) == ([], [1])
    assert "17" not in json.dumps(found)
