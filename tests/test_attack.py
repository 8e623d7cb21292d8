"""The promise of a confidential round, attacked through the whole product.

Small rounds are brought in, frozen and read by every door that gives a mean: the ``results`` command, the
CSV file and what the page is drawn from, with and without equal weight. Each group's levels are one unknown,
their sum. How much of it a shown number carries is found by moving one person by one level, in a round of
its own. Whatever the numbers combine to, it must be no mean of fewer than five people.
"""

import csv
import io
import itertools
import json
from fractions import Fraction

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assessments import analysis, queries
from assessments.exports.portfolio import portfolio_csv
from assessments.models import RoundCounts
from assessments.operations.imports import import_round
from assessments.operations.rounds import share_round
from assessments.sheets.ratings import headings, read_sheet
from assessments.views import results_body
from tests.assessments.analysis.test_attack import reduced, remainder, small_sets
from tests.factories import PartnershipFactory, make_lead
from tests.made_once import made_once

ACTIONS = 2  # both of one area; nobody rates the others
TITLES = map("Round {}".format, itertools.count(1))
rooms = st.dictionaries(st.sampled_from(["", "A", "B", "C"]), st.integers(0, 7), min_size=1)


def rated(partnership, rooms, moved=None):
    """A frozen round in which each group gives all levels, and one of ``moved`` (action, group) one more."""
    names = sorted({name for sizes in rooms for name in sizes})
    rows = [headings(11), ["somebody who never answered"]]
    for first, name in enumerate(names):
        for person in range(max(sizes.get(name, 0) for sizes in rooms)):
            cells = [
                str((first + person) % 5 + 1 + ((number, name) == moved and not person))
                if person < sizes.get(name, 0)
                else ""
                for number, sizes in enumerate(rooms)
            ]
            rows.append([f"{name or 'nobody'} {person}", name, "", *cells])
    sheet = read_sheet([row + [""] * (len(rows[0]) - len(row)) for row in rows], actions=11)
    return import_round(by=None, partnership=partnership, title=next(TITLES), sheet=sheet)


def means_shown(round, lead):
    """Every mean somebody can read, by where it stands."""
    out = io.StringIO()
    call_command("results", str(round.pk), "--format", "json", "--by", "organisation", stdout=out)
    data = json.loads(out.getvalue())
    found = {
        ("command", part, i): each["mean"]
        for part in ("actions", "areas")
        for i, each in enumerate(data[part])
    }
    file = lead.get(f"/rounds/{round.pk}/results.csv").content.decode("utf-8-sig")
    found |= {("file", row["number"]): _number(row["average"]) for row in csv.DictReader(io.StringIO(file))}
    found |= _of_groups(data, round, lead) | _of_the_portfolio(round)
    for equal in (False, True):
        results = results_body.context(round, equal=equal)["results"]
        for each in (*results.actions, *results.areas):
            found |= {
                ("page", equal, each.code): each.mean,
                ("weighed", equal, each.code): each.equal_weight_mean,
            }
        found |= {
            ("group", equal, each.number, cell.key): cell.mean
            for each in results.actions
            for cell in each.groups
        }
    return found


def _of_groups(data, round, lead):
    """The groups as the command gives them, the page and the file."""
    found = {
        ("command", "groups", group["name"], each["number"]): each["mean"]
        for group in data["groups"]
        for each in group["actions"]
    }
    file = lead.get(f"/rounds/{round.pk}/groups.csv").content.decode("utf-8-sig")
    for row in csv.DictReader(io.StringIO(file)):
        found |= {("groups", row["number"], key): _number(row[key]) for key in row if "average" in key}
    page = lead.get(f"/rounds/{round.pk}/groups/?weight=organisation").context
    if page["is_readable"]:
        for row, words in page["rows"]:
            cells = {"everybody": row.everybody} | {cell.group: cell for cell in row.cells}
            found |= {("group page", words.number, name): cell.mean for name, cell in cells.items()}
    return found


def _of_the_portfolio(round):
    """What an officer reads of the round beside others once it is shared, on the page and in the file."""
    share_round(by=None, round=round, tell=False)
    found = queries.portfolio.read(
        round.partnership.council, queries.portfolio.Asked(), language="en-gb", today=timezone.localdate()
    )
    [line] = found.lines
    assert line.round.pk == round.pk
    shown = {("portfolio", number): cell.mean for number, cell in enumerate(line.cells)}
    [row] = csv.DictReader(io.StringIO(portfolio_csv(found).removeprefix("\ufeff")))
    return shown | {("portfolio file", key): _number(row[key]) for key in row if key.endswith(": average")}


def _number(cell):
    return None if cell in ("hidden", "hidden to protect people", "no one", "") else float(cell)


def learned(partnership, lead, rooms):
    unknowns = [(i, name) for i, sizes in enumerate(rooms) for name, size in sizes.items() if size]
    still = means_shown(rated(partnership, rooms), lead)
    moved = [means_shown(rated(partnership, rooms, unknown), lead) for unknown in unknowns]
    rows = [
        [Fraction(each[place] - value).limit_denominator(10_000) for each in moved]
        for place, value in still.items()
        if value is not None and all(each[place] is not None for each in moved)
    ]
    basis = reduced(rows)
    targets = ((names, [Fraction(each in names) for each in unknowns]) for names in small_sets(rooms))
    return rows, [names for names, target in targets if not any(remainder(target, basis))]


@made_once
def partnership():
    return PartnershipFactory()


@pytest.fixture
def lead(partnership):
    client = Client()
    client.force_login(make_lead(partnership).user)
    return client


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([{"A": 4, "B": 7, "": 1}, {"A": 5, "B": 6}])
@example([{"A": 2, "B": 3, "C": 7}, {"A": 5, "B": 5, "": 4}])
@given(st.lists(rooms, min_size=ACTIONS, max_size=ACTIONS))
def test_no_mean_of_fewer_than_five_people_follows_from_all_that_is_shown(partnership, lead, rooms):
    assert learned(partnership, lead, rooms)[1] == []


def test_the_attack_sees_the_numbers(partnership, lead):
    """It can fail: groups that may be shown are found in what it reads."""
    rows, _small = learned(partnership, lead, [{"A": 5, "B": 6}, {"A": 6, "B": 7}])
    basis = reduced(rows)
    assert not any(remainder([Fraction(1), Fraction(0), Fraction(0), Fraction(0)], basis))
    assert len(basis) == 4


def test_nothing_stored_divides_a_small_group_either(partnership):
    """What is kept for good, in every copy of the database: the parts a mean could be made of."""
    round = rated(partnership, [{"A": 4, "B": 7, "C": 2, "": 1}, {"A": 5, "B": 6, "C": 1}])
    counts = analysis.RoundCounts.from_json(RoundCounts.objects.get(round=round).data)
    for action in counts.actions[:ACTIONS]:
        parts = [group.distribution.n for group in action.groups]
        assert min([*parts, action.pooled.n]) >= 5
        assert sum(parts) + action.pooled.n == action.whole.n
