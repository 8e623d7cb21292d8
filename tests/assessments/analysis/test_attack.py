"""An attacker who has everything that is shown, and linear algebra.

The ratings of the people in a group are taken as one unknown, their sum. Every number that
results show is some sum of those unknowns; how much of each is found by moving one person by
one level and looking at which numbers move, so that the test trusts no formula of ours. What
can be learned is then what those rows combine to.
"""

from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.analysis import Rules

from .rooms import NOBODY, action, everybody_gives, read

LEAST = 5
LOOSE = ""

rooms = st.dictionaries(st.sampled_from(["", "A", "B", "C", "D"]), st.integers(0, 9), min_size=1)


def shown_numbers(results):
    """Every number that moves with the sum of the ratings."""
    for each in results.actions:
        yield each.mean
        yield each.equal_weight_mean
        yield from (cell.mean for cell in each.groups)
    for area in results.areas:
        yield area.mean
        yield area.equal_weight_mean


def stored_action(number, sizes, moved, rules):
    def ratings(name):
        people = sizes[name]
        if name != moved:
            return everybody_gives(1, people)
        return everybody_gives(1, people - 1) + everybody_gives(2, 1)

    groups = {name: ratings(name) for name in sizes if name != LOOSE}
    loose = ratings(LOOSE) if LOOSE in sizes else NOBODY
    return action(groups, loose, number=number, rules=rules)


def numbers_when(rooms, moved, rules):
    actions = [
        stored_action(number, sizes, moved[1] if moved and moved[0] == number else None, rules)
        for number, sizes in enumerate(rooms)
    ]
    return list(shown_numbers(read(*actions, rules=rules)))


def rows(rooms, rules):
    """For each shown number, how far it moves when one person of each group goes up a level."""
    unknowns = [(i, name) for i, sizes in enumerate(rooms) for name, size in sizes.items() if size]
    still = numbers_when(rooms, None, rules)
    columns = [numbers_when(rooms, unknown, rules) for unknown in unknowns]
    matrix = [
        [Fraction(column[i] - still[i]).limit_denominator(10_000) for column in columns]
        for i in range(len(still))
        if still[i] is not None
    ]
    return unknowns, matrix


def reduced(matrix):
    """The same rows as echelon form: (column of the leading one, row)."""
    basis = []
    for row in matrix:
        rest = remainder(row, basis)
        lead = next((i for i, value in enumerate(rest) if value), None)
        if lead is not None:
            basis.append((lead, [value / rest[lead] for value in rest]))
    return basis


def remainder(row, basis):
    for lead, known in basis:
        if row[lead]:
            row = [a - row[lead] * b for a, b in zip(row, known, strict=True)]
    return row


def small_sets(rooms):
    """Every set of groups of one action that has 1 to 4 people together."""
    for number, sizes in enumerate(rooms):
        people = [name for name, size in sizes.items() if size]
        for many in range(1, len(people) + 1):
            for names in combinations(people, many):
                if sum(sizes[name] for name in names) < LEAST:
                    yield {(number, name) for name in names}


def learned(rooms, rules):
    """The sets of fewer than five people whose mean can be worked out from what is shown."""
    unknowns, matrix = rows(rooms, rules)
    basis = reduced(matrix)
    targets = ((names, [Fraction(u in names) for u in unknowns]) for names in small_sets(rooms))
    return [names for names, target in targets if not any(remainder(target, basis))]


def test_the_attack_works_where_nothing_is_hidden():
    # Two of three means and the whole give the third: a named round, which promises nothing.
    rooms = [{"A": 2, "B": 9, "C": 9}]
    assert learned(rooms, Rules(confidential=False)) == [{(0, "A")}]


def test_the_attack_finds_the_people_of_no_group():
    assert {(0, LOOSE)} in learned([{"A": 6, "B": 9, LOOSE: 2}], Rules(confidential=False))


@settings(max_examples=300, deadline=None)
@given(st.lists(rooms, min_size=1, max_size=3))
def test_no_mean_of_fewer_than_the_least_number_follows_from_what_is_shown(rooms):
    assert learned(rooms, Rules(least=LEAST)) == []


@settings(max_examples=100, deadline=None)
@given(st.lists(rooms, min_size=1, max_size=2), st.sampled_from(["sector", "standpoint"]))
def test_nor_with_another_grouping(rooms, grouping):
    assert learned(rooms, Rules(least=LEAST, grouping=grouping)) == []


def learned_by_a_member(rooms, rules, mine):
    """The same for somebody of the group ``mine``, who knows what they said: sets of fewer than four others.

    What they know of themselves can be taken from every number; where they are the whole group, the group
    is known.
    """
    unknowns, matrix = rows(rooms, rules)
    alone = [
        [Fraction(u == (i, mine)) for u in unknowns] for i, sizes in enumerate(rooms) if sizes.get(mine) == 1
    ]
    basis = reduced([*matrix, *alone])
    found = []
    for number, sizes in enumerate(rooms):
        others = {name: size - (name == mine) for name, size in sizes.items() if size - (name == mine) > 0}
        for many in range(1, len(others) + 1):
            for names in combinations(others, many):
                target = [Fraction(u[0] == number and u[1] in names) for u in unknowns]
                if sum(others[name] for name in names) < LEAST - 1 and not any(remainder(target, basis)):
                    found.append({(number, name) for name in names})
    return found


def test_the_member_s_attack_works_where_nothing_is_hidden():
    rooms = [{"A": 1, "B": 3, "C": 9}]
    assert {(0, "B")} in learned_by_a_member(rooms, Rules(confidential=False), "A")


@settings(max_examples=200, deadline=None)
@given(st.lists(rooms, min_size=1, max_size=2), st.sampled_from(["", "A", "B"]))
def test_nor_does_a_member_learn_a_mean_of_fewer_than_four_others(rooms, mine):
    assert learned_by_a_member(rooms, Rules(least=LEAST), mine) == []
