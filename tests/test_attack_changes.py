"""The promise of a confidential round, attacked by laying rounds over each other.

Small rounds of the same partnership are brought in, and everything that is kept of them (which is all that
any page, file or command can show) is turned into linear algebra. The unknowns are the sums of the levels
that sets of people gave: a set is those who were in the same groups, or absent, in every round, for that is
what somebody may know of them. Shown group means and whole means are sums of unknowns. Where a change says
that nobody moved, each set gave the same in both rounds. Nothing of it may combine to the sum of fewer than
five people.
"""

from collections import defaultdict
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assessments import analysis, counting
from assessments.models import RoundChange, RoundCounts
from framework.queries.lineage import lineage
from tests.assessments.analysis.test_attack import reduced, remainder
from tests.assessments.compare_room import bring_in
from tests.factories import PartnershipFactory
from tests.made_once import made_once

LEAST = 5
ABSENT, POOLED = None, ""
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


def says_nobody_moved(change):
    return bool(change.same) and change.lower == change.higher == 0


def learned(rounds, people, change_between=kept):
    """Sets of fewer than five people whose sum in one of the rounds follows from what is shown."""
    unknowns = [(place, key) for key in people for place in range(len(rounds)) if key[place] is not ABSENT]
    rows = [row for place, round in enumerate(rounds) for row in _sums(place, shown(round), unknowns)]
    for one, other in combinations(range(len(rounds)), 2):
        if says_nobody_moved(change_between(rounds[one], rounds[other])):
            rows += _the_same(one, other, people, unknowns)
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


def _the_same(one, other, people, unknowns):
    for key in people:
        if ABSENT not in (key[one], key[other]):
            sign = {(one, key): Fraction(1), (other, key): Fraction(-1)}
            yield [sign.get(each, Fraction(0)) for each in unknowns]


# --- Where the sums of some parts tell how each of their people moved ---


def told_by_sums(rounds, people, change):
    """Sets of fewer than five people whose sum follows where the counts say that nobody went lower. Parts
    that hold the same people both times tell how far these went together. Is that nought, or one for each of
    them and nobody stayed, then it is known how far each of them went.
    """
    if change.lower != 0:
        return []
    unknowns = [(place, key) for key in people for place in (0, 1) if key[place] is not ABSENT]
    rows = [row for place, round in enumerate(rounds) for row in _sums(place, shown(round), unknowns)]
    for keys in _the_same_people(rounds, people):
        went = _said(rounds[1], keys, 1) - _said(rounds[0], keys, 0)
        all_went_one = went == sum(people[key] for key in keys) and not change.same
        if went == 0 or all_went_one:
            rows += _the_same(0, 1, keys, unknowns)
    return _follow(rows, people, unknowns)


def _the_same_people(rounds, people):
    """Sets of people that are some parts of the one round and some of the other."""
    sides = [_unions(place, round, people) for place, round in enumerate(rounds)]
    return sides[0] & sides[1]


def _unions(place, round, people):
    names = {group.name for group in shown(round).groups}
    parts = defaultdict(set)
    for key in people:
        if key[place] is not ABSENT:
            parts[key[place] if key[place] in names else POOLED].add(key)
    some = (chosen for n in range(1, len(parts) + 1) for chosen in combinations(parts.values(), n))
    return {frozenset().union(*chosen) for chosen in some}


def _said(round, keys, place):
    """What these people said together, which their parts show."""
    action, names = shown(round), {key[place] for key in keys}
    groups = {group.name: group.distribution for group in action.groups}
    of_pool = names - groups.keys()
    parts = [groups[name] for name in names & groups.keys()] + ([action.pooled] if of_pool else [])
    return sum(level * count for part in parts for level, count in enumerate(part.counts, 1))


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


@pytest.mark.parametrize("people", [SCATTERED, OTHERS_HIDDEN, THIRD], ids=["scattered", "hidden", "third"])
def test_the_attack_works_where_nobody_guards_it(partnership, people):
    """Counts hidden only by how many rated one time alone would give these sets away."""

    def unguarded(earlier, later):
        return counting.movements.between(later, [earlier], lineage([]))[earlier.pk].changes[0]

    assert learned(bring_in_all(partnership, people), people, unguarded)


@CALM
@given(sets_of_people(2).filter(fits), st.booleans())
def test_counts_of_a_change_leave_nobody_over_alone(partnership, people, moved):
    """From the counts of a change and of both rounds: those who rated one time alone are none or enough."""
    partnership = PartnershipFactory(council=partnership.council)
    rounds = bring_in_all(partnership, people, moved)
    change = kept(*rounds)
    if change.matched is None:
        assert (change.p, change.p_holm, change.hidden) == (None, None, True)
        return
    assert change.matched >= 6
    alone = [shown(round).whole.n - change.matched for round in rounds]
    assert all(count == 0 or count >= LEAST for count in alone)


SWAPPED = {("A", "A"): 5, ("A", "C"): 1, ("C", "C"): 5}
OTHERS_MOVED = SWAPPED | {("B", "B"): 5}


@CALM
@example(SWAPPED, set(SWAPPED))
@example(OTHERS_MOVED, {("B", "B")})
@given(sets_of_people(2).filter(fits), st.sets(st.tuples(groups, groups)))
def test_the_sums_of_some_parts_do_not_tell_how_few_people_moved(partnership, people, stepped):
    partnership = PartnershipFactory(council=partnership.council)
    rounds = bring_in_all(partnership, people, stepped=stepped)
    assert told_by_sums(rounds, people, kept(*rounds)) == []


@pytest.mark.parametrize(
    ("people", "stepped"), [(SWAPPED, SWAPPED), (OTHERS_MOVED, {("B", "B")})], ids=["all", "others"]
)
def test_they_would_where_nobody_guards_it(partnership, people, stepped):
    rounds = bring_in_all(partnership, people, stepped=stepped)
    unguarded = counting.movements.between(rounds[1], rounds[:1], lineage([]))[rounds[0].pk].changes[0]
    assert unguarded.matched
    assert told_by_sums(rounds, people, unguarded)


def test_counts_stand_where_the_sums_leave_it_open(partnership):
    """The few who came from one group to the other moved, and others of both did not."""
    rounds = bring_in_all(partnership, OTHERS_MOVED, stepped={("A", "C")})
    change = kept(*rounds)
    assert (change.lower, change.same, change.higher) == (0, 15, 1)
