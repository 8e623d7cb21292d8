"""What the portfolio of a council reads, and what it leaves alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments import analysis, readings
from framework.queries.wording import wording
from tests.factories import MembershipFactory, make_round
from tests.made_once import made_once

from ...framework.editions import next_edition
from ..council_room import Hall, another_edition, another_framework

LOW, MIDDLE, HIGH = [2] * 6, [3] * 6, [4] * 6


@made_once
def hall():
    return Hall()


def names(found):
    return [line.partnership.name for line in found.lines]


def days_ago(days):
    return timezone.localdate() - timedelta(days=days)


class TestWhichRoundIsRead:
    def test_the_one_that_closed_last_of_those_shared(self, hall):
        made = hall.partnership("A", *LOW, days_ago=50, title="Old")
        hall.round(made, *HIGH, days_ago=20, title="New")
        hall.round(made, *MIDDLE, days_ago=5, state="revealed", title="Not shared")
        [line] = hall.read().lines
        assert (line.round.title, line.cells[0].mean, line.cells[0].n) == ("New", 4.0, 6)

    def test_one_that_is_not_shared_says_nothing(self, hall):
        hall.partnership("A", *LOW, state="revealed")
        [line] = hall.read().lines
        assert (line.round, line.standing, line.cells) == (None, None, ())

    def test_those_that_closed_in_the_days_asked_for(self, hall):
        made = hall.partnership("A", *LOW, days_ago=50, title="Old")
        hall.round(made, *HIGH, days_ago=20, title="New")
        read = {
            "since": hall.read(since=days_ago(20)).lines[0].round.title,
            "until": hall.read(until=days_ago(21)).lines[0].round.title,
            "neither": hall.read(since=days_ago(49), until=days_ago(21)).lines[0].round,
        }
        assert read == {"since": "New", "until": "Old", "neither": None}

    def test_only_partnerships_the_council_hosts_and_of_the_system(self, hall):
        hall.partnership("A", *LOW)
        hall.partnership("B", *LOW, system="other")
        Hall("Southmoor Council").partnership("C", *LOW)
        assert names(hall.read()) == ["A", "B"]
        assert names(hall.read(system="other")) == ["B"]


@made_once
def found(hall):
    hall.partnership("a small one", *LOW, days_ago=300)
    hall.partnership("Big", *HIGH, days_ago=10)
    hall.partnership("Cold")
    hall.partnership("Done", *[{1: 2, **dict.fromkeys(range(2, 12), 4)}] * 6, days_ago=100)
    return hall


class TestTheOrder:
    @pytest.mark.parametrize(
        ("sort", "order"),
        [
            ("name", ["a small one", "Big", "Cold", "Done"]),
            ("attention", ["a small one", "Done", "Big", "Cold"]),
            ("due", ["a small one", "Done", "Big", "Cold"]),
            ("age", ["Cold", "a small one", "Done", "Big"]),
        ],
    )
    def test_by_name_unless_asked_otherwise(self, found, sort, order):
        assert names(found.read(sort=sort)) == order


class TestCells:
    def test_a_hidden_action_leaves_nothing_and_its_partnership_is_not_counted(self, hall):
        few = {1: 1, 2: 2}
        hall.partnership("A", *[few] * 4, *[{1: 1, 2: "dk"}] * 2)
        hall.partnership("B", *LOW)
        found = hall.read()
        assert found.lines[0].cells[1] == analysis.portfolio.PortfolioCell("hidden", reasons=("unknown",))
        second = next(each for each in readings.portfolio.across(found) if each.words.number == 2)
        assert (len(second.lines), second.of) == (1, 1)

    def test_with_too_few_answers_all_is_hidden(self, hall):
        hall.partnership("A", 1, 1, 5, 5)
        [line] = hall.read().lines
        assert {cell.kind for cell in line.cells} == {"hidden"}
        assert (line.standing.share_high, line.listed) == (None, 0)

    def test_a_named_round_with_few_shows_figures_without_a_reading(self, hall):
        hall.partnership("A", 1, 1, 2, confidentiality="named")
        cell = hall.read().lines[0].cells[0]
        assert (cell.kind, cell.n, cell.step, cell.reasons) == ("few", 3, None, ())
        assert readings.portfolio.across(hall.read()) == []

    def test_reasons_stand_beside_the_mean(self, hall):
        hall.partnership("A", 1, 1, 1, 5, 5, 5)
        cell = hall.read().lines[0].cells[0]
        assert (cell.mean, cell.step, cell.reasons) == (3.0, 3, ("split",))


class TestWhatHasFallen:
    def fallen(self, hall, state):
        made = hall.partnership("A", *[5] * 12, days_ago=200, state=state)
        hall.round(made, *[4] * 12, title="Later")
        return hall.read().lines[0]

    def test_since_the_round_before(self, hall):
        line = self.fallen(hall, "shared")
        assert (line.cells[0].mean, line.cells[0].reasons, line.listed) == (4.0, ("falling",), 11)
        [look] = readings.portfolio.where_to_look(hall.read(), lambda _line: hall.read().words)
        assert look.most_pressing == (
            "Most pressing: 1 Citizens and places. More people rate it lower than in the round before."
        )

    def test_only_where_the_officer_may_see_that_one_too(self, hall):
        assert self.fallen(hall, "revealed").listed == 0


class TestOtherWords:
    def test_of_another_edition_what_meant_the_same_is_shown_and_counted(self, hall, edition):
        first, second, third, *_rest = (action.code for action in edition.actions.order_by("number"))
        hall.partnership("A", *LOW)
        hall.partnership("B", *LOW)
        newer = next_edition(edition, {first: "clarified", second: "meaning_changed"}, new=["brand-new"])
        hall.partnership("C", *[1] * 6, edition=newer)
        found = hall.read()
        line = found.lines[2]
        assert (line.kind, line.edition) == ("edition", f"{edition.framework.name}, edition 2")
        assert [cell.mean for cell in line.cells[:3]] == [1.0, None, 1.0]
        counted = {each.words.code: (len(each.lines), each.of) for each in readings.portfolio.across(found)}
        assert (counted[first], counted[second], counted[third]) == ((3, 3), (2, 2), (3, 3))
        assert "only actions that meant the same are shown" in readings.portfolio.remarks(line)[0]

    def test_editions_nobody_has_compared_are_not(self, hall, edition):
        hall.partnership("A", *LOW)
        hall.partnership("B", *LOW)
        hall.partnership("C", *[{1: 1, 2: 1}] * 6, edition=another_edition(edition))
        assert {cell.kind for cell in hall.read().lines[2].cells} == {"none"}

    def test_another_framework_has_no_cells_and_is_still_looked_at(self, hall, edition):
        hall.partnership("A", *HIGH)
        hall.partnership("B", *HIGH)
        hall.partnership("C", *[{1: 1, 2: 1}] * 6, edition=another_framework(edition))
        found = hall.read()
        line = found.lines[2]
        assert (line.kind, line.cells, line.listed) == ("framework", (), 2)
        [look] = readings.portfolio.where_to_look(found, lambda line: wording(line.round.edition_id, "en-gb"))
        assert look.line is line
        assert "1 citizens-places" in look.most_pressing

    def test_the_columns_are_of_the_edition_most_were_rated_with(self, hall, edition):
        hall.partnership("A", *LOW)
        newer = another_edition(edition)
        for name in "BC":
            hall.partnership(name, *[{1: 1, 2: 1}] * 6, edition=newer)
        found = hall.read()
        assert (found.words.edition_id, [line.kind for line in found.lines]) == (
            newer.pk,
            ["edition", "same", "same"],
        )


class TestTheNextRound:
    def test_due_overdue_and_under_way(self, hall):
        hall.partnership("Due", *HIGH, days_ago=10)
        hall.partnership("Late", *HIGH, days_ago=300)
        hall.partnership("None")
        rated = hall.partnership("Rated", *HIGH, days_ago=300)
        MembershipFactory(partnership=rated)
        make_round(rated, state="open", title="Now")
        said = {line.partnership.name: readings.portfolio.next_round(line) for line in hall.read().lines}
        assert said["Late"].startswith("Overdue since ")
        assert (said["None"], said["Rated"]) == ("No round yet", "Being rated now")
        assert said["Due"].endswith(str((timezone.localdate() + timedelta(days=172)).year))
        assert readings.portfolio.overdue(hall.read()) == ("1", "Late")


def test_as_many_queries_for_one_as_for_many(hall, django_assert_num_queries):
    hall.partnership("A", *LOW)
    hall.read()
    with django_assert_num_queries(3):  # partnerships, rounds, editions
        hall.read()
    for name in "BCD":
        hall.partnership(name, *LOW)
    with django_assert_num_queries(4):  # and once the counts of all that are new
        hall.read()
    with django_assert_num_queries(3):
        hall.read()
