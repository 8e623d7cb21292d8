import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.analysis import (
    ActionCounts,
    GroupCounts,
    OrganisationTurnout,
    ResponseNote,
    RoundCounts,
    Turnout,
)

from .strategies import distributions

names = st.text(min_size=1, max_size=12)
group_counts = st.builds(GroupCounts, names, names, distributions())
action_counts = st.builds(
    ActionCounts,
    code=names,
    number=st.integers(1, 99),
    area=names,
    whole=distributions(),
    groups=st.lists(group_counts, max_size=3).map(tuple),
    pooled=st.none() | distributions(),
    hidden_groups=st.lists(st.tuples(names, names), max_size=3).map(tuple),
)
organisations = st.builds(
    lambda name, a, more: OrganisationTurnout(name, a + more, a), names, st.integers(0, 9), st.integers(0, 9)
)
turnouts = st.builds(
    lambda a, more, away, guests, each: Turnout(a + more, a, away, guests, tuple(each)),
    *[st.integers(0, 99)] * 4,
    st.lists(organisations, max_size=4),
)


answered = st.none() | st.dictionaries(names, st.integers(0, 99), max_size=4)


@given(st.builds(RoundCounts, st.lists(action_counts, max_size=4).map(tuple), turnouts, answered=answered))
def test_counts_come_back_from_json_as_they_went(counts):
    assert RoundCounts.from_json(json.loads(json.dumps(counts.to_json()))) == counts


def test_first_ratings_are_stored_as_a_layer():
    stored = RoundCounts((), Turnout(0, 0)).to_json()
    assert stored["version"] == 2
    assert stored["layers"] == {"first": {"actions": []}}


def test_counts_of_the_first_version_are_read_without_who_answered():
    stored = RoundCounts((), Turnout(3, 2), answered={"a": 2}).to_json() | {"version": 1}
    del stored["answered"]
    assert RoundCounts.from_json(stored) == RoundCounts((), Turnout(3, 2))


@pytest.mark.parametrize("version", [None, 0, 3, "1"])
def test_counts_of_another_version_are_refused(version):
    stored = RoundCounts((), Turnout(0, 0)).to_json() | {"version": version}
    with pytest.raises(ValueError, match="cannot be read"):
        RoundCounts.from_json(stored)


@pytest.mark.parametrize(
    ("answered", "invited", "note"),
    [
        (13, 20, ResponseNote.NONE),  # 65 % exactly
        (649, 1000, ResponseNote.WITH_CARE),
        (10, 20, ResponseNote.WITH_CARE),  # 50 % exactly
        (499, 1000, ResponseNote.NOT_A_PICTURE),
        (0, 7, ResponseNote.NOT_A_PICTURE),
        (7, 7, ResponseNote.NONE),
        (0, 0, ResponseNote.NONE),
    ],
)
def test_how_to_read_the_response_rate(answered, invited, note):
    assert Turnout(invited, answered).note is note


def test_nobody_invited_has_no_rate():
    assert Turnout(0, 0, guests=3).rate is None
    assert Turnout(8, 2).rate == 0.25


def test_guests_and_people_away_are_outside_the_rate():
    turnout = Turnout(invited=8, answered=4, away=3, guests=5)
    assert (turnout.rate, turnout.people) == (0.5, 9)


def test_absent_are_the_organisations_invited_of_which_nobody_answered():
    turnout = Turnout(
        6,
        2,
        organisations=(
            OrganisationTurnout("Northmoor Council", 4, 2),
            OrganisationTurnout("Northmoor Hospital", 2, 0),
            OrganisationTurnout("Everyone away", 0, 0),
        ),
    )
    assert turnout.absent == ("Northmoor Hospital",)
    assert (turnout.organisations_answered, turnout.organisations_invited) == (1, 2)


@pytest.mark.parametrize(("invited", "answered"), [(3, 4), (-1, -1), (3, -1)])
def test_more_cannot_have_answered_than_were_invited(invited, answered):
    with pytest.raises(ValueError, match="cannot have answered"):
        Turnout(invited, answered)
    with pytest.raises(ValueError, match="cannot have answered"):
        OrganisationTurnout("Northmoor Council", invited, answered)


def test_fewer_than_no_guests_cannot_be():
    with pytest.raises(ValueError, match="below nought"):
        Turnout(3, 3, guests=-1)
