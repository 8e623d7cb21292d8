"""The promise of a confidential round, attacked by laying rounds over each other.

Small rounds of the same partnership are brought in, and everything that is kept of them (which is all that
any page, file or command can show) is turned into linear algebra. The unknowns are the sums of the levels
that sets of people gave: a set is those who were in the same groups, or absent, in every round, for that is
what somebody may know of them. Shown group means and whole means are sums of unknowns. Nothing of it may
combine to the sum of fewer than five people. How many moved adds no equation: it is never said that nobody
did. ``make audit`` looks for what inequalities and whole numbers would tell.
"""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assessments import analysis
from assessments.models import RoundChange, RoundCounts
from tests.assessments.analysis.test_attack import reduced, remainder
from tests.assessments.compare_room import bring_in
from tests.factories import PartnershipFactory
from tests.made_once import made_once

LEAST = 5
ABSENT = None
groups = st.sampled_from([ABSENT, "", "A", "B", "C"])


def sets_of_people(rounds):
    """(the group in each round) -> how many people were in just these."""
    return st.dictionaries(st.tuples(*[groups] * rounds), st.integers(1, 7), min_size=2, max_size=7)


def bring_in_all(partnership, people, moved=False, stepped=()):
    """A round for each place in the keys: everybody says the same each time, but one where somebody moved,
    and those of the keys in ``stepped``, who go a level higher from round to round.
    """
    rounds = []
    for place in range(len(next(iter(people)))):
        there, where = {}, {}
        for number, (key, size) in enumerate(sorted(people.items(), key=str)):
            if key[place] is not ABSENT:
                for n in range(size):
                    who = f"{number}-{n}"
                    there[who] = {1: (number + n) % 4 + 1 + place if key in stepped else (number + n) % 5 + 1}
                    where[who] = key[place]
        if moved and place:
            who = min(there)
            there[who] = {1: there[who][1] % 5 + 1}
        title = f"Round {place} of {partnership.rounds.count()}"
        rounds.append(bring_in(partnership, title, there, organisations=where))
    return rounds


def shown(round):
    """The action's counts as they are kept."""
    return analysis.RoundCounts.from_json(RoundCounts.objects.get(round=round).data).actions[0]


def kept(earlier, later):
    data = RoundChange.objects.get(earlier=earlier, later=later).data
    return analysis.Between.from_json(data).changes[0]


def learned(rounds, people):
    """Sets of fewer than five people whose sum in one of the rounds follows from what is shown."""
    unknowns = [(place, key) for key in people for place in range(len(rounds)) if key[place] is not ABSENT]
    rows = [row for place, round in enumerate(rounds) for row in _sums(place, shown(round), unknowns)]
    return _follow(rows, people, unknowns)


def _follow(rows, people, unknowns):
    """The small sets whose sum follows from the rows."""
    basis = reduced(rows)
    return [
        names
        for names in _small_sets(people, unknowns)
        if not any(remainder([Fraction(each in names) for each in unknowns], basis))
    ]


def _sums(place, action, unknowns):
    """The whole and each shown group, in the sums of the sets they are made of."""
    if action.whole is None:
        return
    yield [Fraction(at == place) for at, _key in unknowns]
    for group in action.groups:
        yield [Fraction(at == place and key[place] == group.name) for at, key in unknowns]


def _small_sets(people, unknowns):
    for place in {at for at, _key in unknowns}:
        few = [(at, key) for at, key in unknowns if at == place and people[key] < LEAST]
        for many in range(1, LEAST):
            for names in combinations(few, many):
                if sum(people[key] for _at, key in names) < LEAST:
                    yield set(names)


@made_once
def partnership():
    return PartnershipFactory()


CALM = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SCATTERED = {("A", "A"): 6, ("B", "B"): 6, (ABSENT, "A"): 2, (ABSENT, "B"): 3}
OTHERS_HIDDEN = {("A", "A"): 3, ("B", "B"): 5, ("C", "C"): 6, (ABSENT, "B"): 5}
THIRD = {("", "", ""): 7, ("", ABSENT, ABSENT): 5, ("", ABSENT, ""): 1}


def fits(people):
    """Somebody answered every round."""
    return all(any(key[place] is not ABSENT for key in people) for place in range(len(next(iter(people)))))


@CALM
@example(SCATTERED)
@example(OTHERS_HIDDEN)
@given(sets_of_people(2).filter(fits))
def test_two_rounds_beside_each_other_give_no_sum_of_fewer_than_five(partnership, people):
    partnership = PartnershipFactory(council=partnership.council)
    assert learned(bring_in_all(partnership, people), people) == []


@CALM
@example(THIRD)
@given(sets_of_people(3).filter(fits))
def test_nor_do_three(partnership, people):
    partnership = PartnershipFactory(council=partnership.council)
    assert learned(bring_in_all(partnership, people), people) == []


@CALM
@given(sets_of_people(2).filter(fits), st.booleans())
def test_counts_of_a_change_leave_nobody_over_alone(partnership, people, moved):
    """From the counts of a change and of both rounds: those who rated one time alone are none or enough."""
    partnership = PartnershipFactory(council=partnership.council)
    rounds = bring_in_all(partnership, people, moved)
    change = kept(*rounds)
    if change.matched is None:
        assert (change.counts, change.hidden) == (analysis.Counts(), True)
        return
    assert change.matched >= 6
    alone = [shown(round).whole.n - change.matched for round in rounds]
    assert all(count == 0 or count >= LEAST for count in alone)


@CALM
@given(sets_of_people(2).filter(fits), st.sets(st.tuples(groups, groups)), st.booleans())
def test_no_count_tells_one_person_from_nobody(partnership, people, stepped, moved):
    partnership = PartnershipFactory(council=partnership.council)
    rounds = bring_in_all(partnership, people, moved, stepped)
    for change in (kept(*rounds), overall(*rounds)):
        assert all(count is None or count >= 2 for count in (change.lower, change.higher))
        if change.same is not None:
            assert min(change.lower, change.higher) >= 2


def overall(earlier, later):
    return analysis.Between.from_json(RoundChange.objects.get(earlier=earlier, later=later).data).overall


SWAPPED = {("A", "A"): 5, ("A", "C"): 1, ("C", "C"): 5}
OTHERS_MOVED = SWAPPED | {("B", "B"): 5}


@pytest.mark.parametrize(
    ("people", "stepped"), [(SWAPPED, SWAPPED), (OTHERS_MOVED, {("B", "B")})], ids=["all", "others"]
)
def test_nothing_is_counted_where_one_person_changed_groups(partnership, people, stepped):
    """Sums of what two groups show both times would tell what the one said."""
    change = kept(*bring_in_all(partnership, people, stepped=stepped))
    assert (change.counts, change.hidden) == (analysis.Counts(), True)
