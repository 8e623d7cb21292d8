"""What is kept of two rounds together when the second opens its results."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from assessments.analysis import Between, ChangeReading
from assessments.models import Round, RoundChange
from assessments.models.frozen import FrozenRatingsChanged
from assessments.operations import retention, rounds
from assessments.operations.erasure import erase_imported
from assessments.policies.base import NotNow
from tests.assessments.compare_room import bring_in, crowd
from tests.assessments.workshop_room import make_hall
from tests.factories import MembershipFactory, PartnershipFactory, everybody, make_round
from tests.made_once import made_once

pytestmark = pytest.mark.usefixtures("edition")


@made_once
def partnership():
    return PartnershipFactory()


def kept(earlier, later):
    return Between.from_json(RoundChange.objects.get(earlier=earlier, later=later).data)


def test_how_the_same_people_moved(partnership):
    spring = bring_in(partnership, "Spring", crowd(*[2] * 12, 3, 3, 3))
    autumn = bring_in(partnership, "Autumn", crowd(*[4] * 12, 3, 3, 2))
    found = kept(spring, autumn)
    assert (found.matched, found.new, found.gone) == (15, 0, 0)
    first = found.changes[0]
    assert (first.number, first.code, first.lower, first.same, first.higher) == (
        1,
        "citizens-places",
        1,
        2,
        12,
    )
    assert first.reading is ChangeReading.HIGHER
    assert spring.previous is None
    assert autumn.previous == spring


def test_who_is_new_and_who_has_gone(partnership):
    spring = bring_in(partnership, "Spring", crowd(*[3] * 14))
    autumn = bring_in(partnership, "Autumn", crowd(*[4] * 14, first=6))
    found = kept(spring, autumn)
    assert (found.matched, found.new, found.gone) == (9, 5, 5)
    assert found.changes[0].higher == 9
    assert not found.is_mostly_new


def test_a_few_who_rated_one_time_alone_hide_the_counts(partnership):
    spring = bring_in(partnership, "Spring", crowd(*[3] * 10))
    autumn = bring_in(partnership, "Autumn", crowd(*[4] * 10, first=4))
    change = kept(spring, autumn).changes[0]
    assert (change.hidden, change.higher, change.p) == (True, None, None)
    assert change.reading is ChangeReading.NO_CLEAR_CHANGE  # seven up among eleven tests


def test_only_levels_count_and_each_action_by_itself(partnership):
    said = {1: 3, 2: "dk", 3: 3}
    spring = bring_in(partnership, "Spring", crowd(*[said] * 8))
    autumn = bring_in(partnership, "Autumn", crowd(*[{1: 4, 2: 4}] * 8))
    one, two, three, *_rest = kept(spring, autumn).changes
    assert one.higher == 8
    assert (two.reading, two.hidden) == (ChangeReading.TOO_FEW, True)
    assert (three.reading, three.hidden) == (ChangeReading.TOO_FEW, True)


def test_every_pair_is_kept_whichever_round_is_opened_last(partnership):
    people = crowd(*[3] * 7)
    first = bring_in(partnership, "First", people, closed_on=_day(300))
    third = bring_in(partnership, "Third", crowd(*[5] * 7), closed_on=_day(100))
    assert third.previous == first
    second = bring_in(partnership, "Second", crowd(*[4] * 7), closed_on=_day(200))
    third.refresh_from_db()
    assert (second.previous, third.previous) == (first, second)
    assert {(each.earlier, each.later) for each in RoundChange.objects.all()} == {
        (first, second),
        (first, third),
        (second, third),
    }
    assert kept(second, third).changes[0].higher == 7


def _day(days_ago):
    return timezone.localdate() - timedelta(days=days_ago)


def test_named_and_confidential_are_never_matched(partnership):
    members = MembershipFactory.create_batch(7, partnership=partnership)
    for kind in ("confidential", "named"):
        make_round(
            partnership,
            title=kind,
            state="revealed",
            answers=everybody(members, *[3] * 7),
            confidentiality=kind,
        )
    assert not RoundChange.objects.exists()


def test_a_round_of_another_partnership_is_nothing_to_this_one(partnership):
    bring_in(PartnershipFactory(), "Spring", crowd(*[3] * 7))
    autumn = bring_in(partnership, "Autumn", crowd(*[3] * 7))
    assert autumn.previous is None
    assert not RoundChange.objects.exists()


def test_what_is_kept_outlives_the_ratings(partnership):
    spring = bring_in(partnership, "Spring", crowd(*[2] * 9))
    autumn = bring_in(partnership, "Autumn", crowd(*[4] * 9))
    before = kept(spring, autumn)
    retention.remove_old_ratings(by=None, today=_day(-365 * 9))
    assert kept(spring, autumn) == before
    winter = bring_in(partnership, "Winter", crowd(*[4] * 9))
    assert winter.previous == autumn
    assert not RoundChange.objects.filter(later=winter).exists()


def test_erasing_somebody_leaves_them_one_person(partnership):
    spring = bring_in(partnership, "Spring", crowd(*[2] * 9))
    erase_imported(by=None, participant=partnership.participants.first())
    assert kept(spring, bring_in(partnership, "Autumn", crowd(*[4] * 9))).matched == 8


def test_a_round_rated_in_the_room_is_matched_as_well(partnership):
    """The end of a workshop stores what opening the results of any other round does; guests are new."""
    hall = make_hall(people=8, guests=5)
    members = hall.place.members
    before = make_round(
        hall.place.partnership, title="Before", state="revealed", answers=everybody(members, *[2] * 8)
    )
    hall.reveal(1, *[4] * 13)
    hall.reveal(2, *[4] * 8)
    after = hall.finish()
    found = kept(before, after)
    assert (found.matched, found.new, found.gone) == (8, 5, 0)
    assert [each.higher for each in found.changes[:3]] == [8, 8, None]
    assert after.previous == before


def test_opening_the_results_again_is_refused_and_changes_nothing(partnership):
    spring = bring_in(partnership, "Spring", crowd(*[2] * 9))
    bring_in(partnership, "Autumn", crowd(*[4] * 9))
    with pytest.raises(NotNow, match="Close the round first"):
        rounds.reveal_round(by=None, round=spring)
    assert RoundChange.objects.count() == 1


class TestWhereNobodyMoved:
    """Then two rounds are one table of the same people, and what one shows can be taken from the other."""

    PEOPLE = crowd(2, 3, 4, 5, 2, 3, 4, 5, 2, 3)

    def shown(self, *rounds):
        return not kept(*rounds).changes[0].hidden

    def test_the_very_same_people_and_groups_show_nothing_new(self, partnership):
        found = [bring_in(partnership, title, self.PEOPLE) for title in ("One", "Two", "Three")]
        assert kept(*found[:2]).changes[0].same == 10
        assert self.shown(*found[1:])
        assert self.shown(found[0], found[2])

    def test_enough_new_people_in_one_group(self, partnership):
        more = self.PEOPLE | crowd(1, 1, 2, 2, 5, first=20)
        where = dict.fromkeys(self.PEOPLE, "Trust") | dict.fromkeys(
            (f"p{n}" for n in range(20, 25)), "Council"
        )
        one = bring_in(partnership, "One", self.PEOPLE, organisations=where)
        assert self.shown(one, bring_in(partnership, "Two", more, organisations=where))

    def test_new_people_scattered_over_groups_could_be_worked_out(self, partnership):
        """Five are new, but only two of them in the council: its mean less what it was would be theirs."""
        more = self.PEOPLE | crowd(1, 1, 2, 2, 5, first=20)
        where = {who: "Trust" if place % 2 else "Council" for place, who in enumerate(more)}
        one = bring_in(partnership, "One", self.PEOPLE, organisations=where)
        two = bring_in(partnership, "Two", more, organisations=where)
        assert not self.shown(one, two)
        assert kept(one, two).changes[0].reading is ChangeReading.NO_CLEAR_CHANGE

    def test_another_grouping_is_another_table_of_the_same_people(self, partnership):
        where = {who: "Trust" if place % 2 else "Council" for place, who in enumerate(self.PEOPLE)}
        one = bring_in(partnership, "One", self.PEOPLE, organisations=where)
        two = bring_in(partnership, "Two", self.PEOPLE, organisations=where, grouping="standpoint")
        assert self.shown(one, two)  # all are of no standpoint, so that table has one part

    def test_two_rounds_tied_to_the_same_third(self, partnership):
        """The second and third differ by one person; each alone differs from the first by five or six."""
        first = bring_in(partnership, "One", self.PEOPLE | crowd(1, 1, 2, 2, 5, 5, first=20))
        second = bring_in(partnership, "Two", self.PEOPLE)
        third = bring_in(partnership, "Three", self.PEOPLE | crowd(1, first=20))
        assert self.shown(first, second)
        assert kept(second, third).changes[0].hidden
        assert not self.shown(first, third)

    def test_where_somebody_moved_it_is_no_table(self, partnership):
        more = crowd(3, 2, 4, 5, 2, 3, 4, 5, 2, 3) | crowd(1, 1, 2, 2, 5, first=20)
        where = {who: "Trust" if place % 2 else "Council" for place, who in enumerate(more)}
        one = bring_in(partnership, "One", self.PEOPLE, organisations=where)
        assert self.shown(one, bring_in(partnership, "Two", more, organisations=where))

    def test_everybody_of_one_mind_shows_anyway(self, partnership):
        more = crowd(*[3] * 10) | crowd(*[3] * 5, first=20)
        where = {who: "Trust" if place % 2 else "Council" for place, who in enumerate(more)}
        one = bring_in(partnership, "One", crowd(*[3] * 10), organisations=where)
        assert self.shown(one, bring_in(partnership, "Two", more, organisations=where))


class TestCatchingUp:
    """A site that had rounds before changes were counted at the freeze."""

    @pytest.fixture
    def before(self, partnership):
        found = [bring_in(partnership, title, crowd(*[n + 2] * 9)) for n, title in enumerate("ABC")]
        _forget_changes()
        Round.objects.update(previous=None)
        return found

    def test_what_is_missing_is_stored_once(self, before):
        assert "Stored 3 changes" in run()
        assert "Stored 0 changes" in run()
        assert kept(*before[:2]).changes[0].higher == 9
        assert [round.previous for round in Round.objects.order_by("closed_at")] == [None, *before[:2]]

    def test_what_the_ratings_do_not_bear_out_is_said(self, before):
        run()
        row = RoundChange.objects.first()
        with connection.cursor() as cursor:
            data = json.dumps(row.data).replace('"higher": 9', '"higher": 8')
            cursor.execute("UPDATE assessments_roundchange SET data = %s WHERE id = %s", [data, row.pk])
        with pytest.raises(CommandError, match="1 stored changes are not what the ratings say"):
            run()

    def test_a_change_hidden_because_rounds_are_tied_is_no_fault(self, partnership):
        people = crowd(2, 3, 4, 5, 2, 3, 4, 5, 2, 3)
        bring_in(partnership, "One", people | crowd(1, 1, 2, 2, 5, 5, first=20))
        bring_in(partnership, "Two", people)
        bring_in(partnership, "Three", people | crowd(1, first=20))
        assert "3 are there" in run()


def _forget_changes():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM assessments_roundchange")


def run():
    out = io.StringIO()
    call_command("store_changes", stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.mark.parametrize("attempt", ["save", "delete", "update", "queryset delete", "ignore"])
def test_what_is_kept_is_never_written_again(partnership, attempt):
    bring_in(partnership, "Spring", crowd(*[2] * 9))
    bring_in(partnership, "Autumn", crowd(*[4] * 9))
    row, rows = RoundChange.objects.get(), RoundChange.objects.all()
    with pytest.raises(FrozenRatingsChanged):
        {
            "save": row.save,
            "delete": row.delete,
            "update": lambda: rows.update(data={}),
            "queryset delete": rows.delete,
            "ignore": lambda: RoundChange.objects.bulk_create([row], ignore_conflicts=True),
        }[attempt]()
