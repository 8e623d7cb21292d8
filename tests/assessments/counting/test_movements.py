"""What is kept of two rounds together when the second opens its results."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from assessments.analysis import BROUGHT_IN, NOT_PROVED, NOT_SAID_SAME, Between, ChangeReading, Counts
from assessments.models import Round, RoundChange, Seat
from assessments.models.frozen import FrozenRatingsChanged
from assessments.operations import retention, rounds
from assessments.operations.erasure import erase_imported
from assessments.policies.base import NotNow
from tests.assessments.compare_room import bring_in, crowd
from tests.assessments.workshop_room import make_hall
from tests.factories import MembershipFactory, PartnershipFactory, everybody, make_round, proved
from tests.made_once import made_once

pytestmark = pytest.mark.usefixtures("edition")


@made_once
def partnership():
    return PartnershipFactory()


def kept(earlier, later):
    return Between.from_json(RoundChange.objects.get(earlier=earlier, later=later).data)


def test_how_the_same_people_moved(partnership):
    spring = bring_in(partnership, "Spring", crowd(*[2] * 12, 3, 3, 3))
    autumn = bring_in(partnership, "Autumn", crowd(*[4] * 12, 3, 2, 2))
    found = kept(spring, autumn)
    assert (found.matched, found.new, found.gone) == (15, 0, 0)
    first = found.changes[0]
    assert (first.number, first.code, first.lower, first.same, first.higher) == (
        1,
        "citizens-places",
        2,
        1,
        12,
    )
    assert first.reading is ChangeReading.HIGHER
    assert spring.previous is None
    assert autumn.previous == spring


def test_who_is_new_and_who_has_gone(partnership):
    levels = [1, 2, 3, 4, 2, 3] * 3
    spring = bring_in(partnership, "Spring", crowd(*levels))
    autumn = bring_in(partnership, "Autumn", crowd(*(level + 1 for level in levels), first=7))
    found = kept(spring, autumn)
    assert (found.matched, found.new, found.gone) == (12, 6, 6)
    assert (found.changes[0].higher_at_least, found.changes[0].lower_at_most) == (11, 1)
    assert not found.is_mostly_new


def test_a_few_who_rated_one_time_alone_hide_the_counts(partnership):
    spring = bring_in(partnership, "Spring", crowd(*[3] * 10))
    autumn = bring_in(partnership, "Autumn", crowd(*[4] * 10, first=4))
    found = kept(spring, autumn)
    assert (found.changes[0].hidden, found.changes[0].counts) == (True, Counts())
    assert (found.overall.matched, found.overall.higher_at_least) == (7, 6)  # over all it is said coarsely


def test_only_levels_count_and_each_action_by_itself(partnership):
    said = {1: 3, 2: "dk", 3: 3}
    spring = bring_in(partnership, "Spring", crowd(*[said] * 8))
    autumn = bring_in(partnership, "Autumn", crowd(*[{1: 4, 2: 4}] * 8))
    one, two, three, *_rest = kept(spring, autumn).changes
    assert one.higher_at_least == 7
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
    assert kept(second, third).changes[0].higher_at_least == 6


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


def test_a_round_rated_in_the_room_is_matched_with_who_proved_who_they_are(partnership):
    """The end of a workshop stores what opening the results of any other round does; guests are new."""
    hall = make_hall(people=8, guests=5)
    members = hall.place.members
    before = make_round(
        hall.place.partnership, title="Before", state="revealed", answers=everybody(members, *[2] * 8)
    )
    hall.reveal(1, *[4] * 13)
    hall.reveal(2, *[4] * 8)
    for seat in hall.seats:
        Seat.objects.filter(pk=seat.pk).update(proofs=proved(seat))
    after = hall.finish()
    found = kept(before, after)
    assert (found.matched, found.new, found.gone) == (8, 5, 0)
    assert [(each.reading, each.matched) for each in found.changes[:3]] == [
        (ChangeReading.HIGHER, None),
        (ChangeReading.TOO_FEW, None),  # the eight who rated it may have been three of those and five guests
        (ChangeReading.NOT_COMPARABLE, None),  # nobody was asked
    ]
    assert after.previous == before


def test_opening_the_results_again_is_refused_and_changes_nothing(partnership):
    spring = bring_in(partnership, "Spring", crowd(*[2] * 9))
    bring_in(partnership, "Autumn", crowd(*[4] * 9))
    with pytest.raises(NotNow, match="Close the round first"):
        rounds.reveal_round(by=None, round=spring)
    assert RoundChange.objects.count() == 1


class TestWhoIsMatched:
    """Answers are one person's only where something the lead does not hold says so, both times."""

    def rounds(self, partnership, *levels, proofs=()):
        """Two rounds of the same members; ``proofs`` are what the first so many prove in the second."""
        members = MembershipFactory.create_batch(9, partnership=partnership)
        for title, level in zip(("Spring", "Autumn"), levels, strict=True):
            round = make_round(
                partnership, title=title, state="closed", answers=everybody(members, *[level] * 9)
            )
            for response, shown in zip(
                round.responses.order_by("pk"), proofs if title == "Autumn" else (), strict=False
            ):
                response.proofs = shown
                response.save()
            yield rounds.reveal_round(by=None, round=round)

    def test_who_proves_it_both_times(self, partnership):
        change = kept(*self.rounds(partnership, 2, 4)).changes[0]
        assert (change.matched, change.higher_at_least, change.reading) == (9, 8, ChangeReading.HIGHER)

    def test_who_proves_something_else_or_nothing_is_there_once(self, partnership):
        found = kept(*self.rounds(partnership, 2, 4, proofs=[["mail:of another"], []]))
        assert (found.matched, found.new, found.gone) == (9, 0, 0)  # they answered both times
        assert {(each.matched, each.reading, each.hidden) for each in found.changes} == {
            (None, ChangeReading.TOO_FEW, True)
        }
        assert found.overall.matched == 7

    def test_where_nobody_proves_anything_nothing_is_compared(self, partnership):
        found = kept(*self.rounds(partnership, 2, 4, proofs=[[]] * 9))
        assert {(each.reading, each.why, each.hidden) for each in (*found.changes, found.overall)} == {
            (ChangeReading.NOT_COMPARABLE, NOT_PROVED, False)
        }

    def test_a_file_is_never_matched_with_what_was_answered_here(self, partnership):
        members = MembershipFactory.create_batch(9, partnership=partnership)
        spring = make_round(
            partnership, title="Spring", state="revealed", answers=everybody(members, *[2] * 9)
        )
        autumn = bring_in(partnership, "Autumn", {each.email: 4 for each in members})
        found = kept(spring, autumn)
        assert (found.matched, found.new, found.gone) == (None, None, None)
        assert {(each.reading, each.why) for each in (*found.changes, found.overall)} == {
            (ChangeReading.NOT_COMPARABLE, BROUGHT_IN)
        }

    @pytest.mark.parametrize("said", [(False, False), (True, False), (False, True)])
    def test_people_of_two_files_are_the_same_only_where_both_say_so(self, partnership, said):
        spring, autumn = (
            bring_in(partnership, title, crowd(*[level] * 9), same_people=same)
            for title, level, same in zip(("Spring", "Autumn"), (2, 4), said, strict=True)
        )
        found = kept(spring, autumn)
        assert {each.why for each in (*found.changes, found.overall)} == {NOT_SAID_SAME}


class TestTied:
    """One person who changed groups could be worked out from the sums of what two rounds show."""

    PEOPLE = crowd(2, 3, 4, 5, 2, 3, 4, 5, 2, 3, 4, 5)
    LATER = crowd(3, 4, 5, 5, 3, 4, 5, 4, 2, 2, 3, 4)
    WHERE = {f"p{n}": "Trust" if n % 2 else "Council" for n in range(1, 13)}

    def shown(self, *rounds):
        return kept(*rounds).changes[0].matched is not None

    def test_the_same_groups_tie_nothing(self, partnership):
        one = bring_in(partnership, "One", self.PEOPLE, organisations=self.WHERE)
        assert self.shown(one, bring_in(partnership, "Two", self.LATER, organisations=self.WHERE))

    def test_one_who_changed_groups_hides_the_counts(self, partnership):
        one = bring_in(partnership, "One", self.PEOPLE, organisations=self.WHERE)
        two = bring_in(partnership, "Two", self.LATER, organisations=self.WHERE | {"p1": "Council"})
        assert not self.shown(one, two)
        assert kept(one, two).overall.matched == 12

    def test_a_third_round_hides_them_too(self, partnership):
        one = bring_in(partnership, "One", self.PEOPLE, organisations=self.WHERE)
        bring_in(partnership, "Two", self.LATER, organisations=self.WHERE | {"p1": "Council"})
        three = bring_in(partnership, "Three", self.PEOPLE, organisations=self.WHERE)
        assert not self.shown(one, three)


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
        assert kept(*before[:2]).changes[0].higher_at_least == 8
        assert [round.previous for round in Round.objects.order_by("closed_at")] == [None, *before[:2]]

    def test_what_the_ratings_do_not_bear_out_is_said(self, before):
        run()
        row = RoundChange.objects.first()
        with connection.cursor() as cursor:
            data = json.dumps(row.data).replace('"higher_at_least": 8', '"higher_at_least": 7')
            cursor.execute("UPDATE assessments_roundchange SET data = %s WHERE id = %s", [data, row.pk])
        with pytest.raises(CommandError, match="1 stored changes are not what the ratings say"):
            run()

    @pytest.mark.parametrize("version", [1, 2])
    def test_what_older_rules_stored_is_counted_again_and_what_changed_is_said(self, partnership, version):
        people = crowd(*[2] * 9)
        spring = bring_in(partnership, "Spring", people)
        autumn = bring_in(partnership, "Autumn", crowd(*[4] * 9, *[1] * 2))
        here = make_round(
            partnership,
            title="Here",
            state="revealed",
            answers=everybody(MembershipFactory.create_batch(9, partnership=partnership), *[4] * 9),
        )
        now = {row.pk: row.data for row in RoundChange.objects.all()}
        for pk in now:
            _write(pk, _by_older_rules(version, now[pk]))
        said = run()
        assert {row.pk: row.data for row in RoundChange.objects.all()} == now
        assert "Counted 3 again by today's rules: 22 actions are no longer compared" in said
        assert "of 11 the counts are no longer shown" in said
        assert kept(spring, autumn).changes[0].hidden
        assert kept(autumn, here).changes[0].why == BROUGHT_IN

    def test_a_change_hidden_because_rounds_are_tied_is_no_fault(self, partnership):
        people = crowd(2, 3, 4, 5, 2, 3, 4, 5, 2, 3)
        bring_in(partnership, "One", people | crowd(1, 1, 2, 2, 5, 5, first=20))
        bring_in(partnership, "Two", people)
        bring_in(partnership, "Three", people | crowd(1, first=20))
        assert "3 are there" in run()


def _by_older_rules(version, data):
    """As it was: everybody matched by name, all counts exact, with a p and without a line over all."""
    old = {"why": "", "reading": "higher", "lower": 0, "same": 0, "higher": 9, "p": 0.004, "p_holm": 0.043,
           "hidden": False, "could_show": True}  # fmt: skip
    changes = [{"number": each["number"], "code": each["code"]} | old for each in data["changes"]]
    return {"version": version, "matched": 9, "new": 0, "gone": 0, "changes": changes}


def _write(pk, data):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE assessments_roundchange SET data = %s WHERE id = %s", [json.dumps(data), pk])


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
