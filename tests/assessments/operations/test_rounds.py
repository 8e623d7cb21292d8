from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments.models import Round
from assessments.operations import rounds
from assessments.policies.base import NotNow
from partnerships.models.audit import AuditEvent
from tests.assessments.compare_room import bring_in, crowd
from tests.assessments.round_room import make_place
from tests.assessments.workshop_room import make_hall
from tests.factories import MembershipFactory, everybody, make_round
from tests.made_once import made_once

pytestmark = pytest.mark.usefixtures("edition")


@made_once
def place():
    return make_place()


def test_opening_invites_current_members_with_the_place_of_that_day(place):
    gone = MembershipFactory(partnership=place.partnership, ended_at="2026-01-01T12:00Z")
    mute = MembershipFactory(partnership=place.partnership, email="", user=None)
    round = make_round(place.partnership, by=place.by, state="open")
    assert round.invitations.count() == 8
    assert not round.invitations.filter(participant__membership=gone).exists()
    assert place.invitation(round, mute).mail_due == ""
    invitation = place.invitation(round, place.members[0])
    assert invitation.mail_due == "invitation"
    assert invitation.organisation == place.members[0].organisation
    assert invitation.standpoint == "middle"


def test_a_round_nobody_can_be_asked_in_stays_a_draft(place):
    place.partnership.memberships.update(ended_at="2026-01-01T12:00Z")
    round = make_round(place.partnership)
    with pytest.raises(NotNow, match="Add the people"):
        rounds.open_round(by=None, round=round)
    round.refresh_from_db()
    assert round.state == "draft"
    assert not AuditEvent.objects.filter(event="round opened").exists()


def test_a_stale_page_cannot_move_a_round_twice(place):
    round = make_round(place.partnership, by=place.by)
    stale = Round.objects.get(pk=round.pk)
    rounds.open_round(by=place.by, round=round)
    with pytest.raises(NotNow):
        rounds.open_round(by=place.by, round=stale)
    assert round.invitations.count() == 7


def test_every_move_is_in_the_trail_with_who_did_it(place):
    make_round(place.partnership, by=place.by, state="shared")
    trail = AuditEvent.objects.filter(target_kind="round").order_by("pk")
    assert list(trail.values_list("event", "actor")) == [
        (event, f"user:{place.by.pk}")
        for event in (
            "round created",
            "round opened",
            "people invited",
            "round closed",
            "round revealed",
            "round shared",
        )
    ]


def test_the_trail_tells_nothing_anybody_answered(place):
    answers = [(place.members[0], {1: (5, "LEAKED COMMENT")}), *everybody(place.members[1:5], 4, 4, 4, 4)]
    make_round(place.partnership, by=place.by, state="shared", answers=answers)
    for event in AuditEvent.objects.all():
        told = f"{event.event} {event.target_text} {event.before} {event.after}"
        assert "LEAKED" not in told
        assert "level" not in told
        assert "Sam Tarn" not in told


def test_closing_forgets_mail_that_would_lead_to_a_closed_door(place):
    round = make_round(place.partnership, by=place.by, state="open")
    assert round.invitations.mail_waiting().count() == 7
    rounds.close_round(by=place.by, round=round)
    assert round.invitations.mail_waiting().count() == 0


def test_two_rounds_of_one_title_cannot_be(place):
    first = make_round(place.partnership, title="Autumn 2026")
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(
            partnership=place.partnership, edition=first.edition, title="AUTUMN 2026", created_by="command"
        )


def test_a_time_without_who_did_it_cannot_be(place):
    round = make_round(place.partnership, state="open")
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=round.pk).update(opened_by="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=round.pk).update(state="closed")


class TestAClockThatJumpsBack:
    """Rounds follow each other as they closed."""

    @pytest.fixture
    def ahead(self, place):
        """A round closed while the clock was a day ahead."""
        round = make_round(place.partnership, title="Earlier", by=place.by, state="closed")
        Round.objects.filter(pk=round.pk).update(closed_at=timezone.now() + timedelta(days=1))
        round.refresh_from_db()
        return round

    def test_a_later_closing_comes_after_it(self, place, ahead):
        later = make_round(place.partnership, title="Later", by=place.by, state="closed")
        assert later.order > ahead.order

    def test_also_of_a_round_that_was_planned_before(self, place):
        planned = make_round(place.partnership, title="Planned first", by=place.by, state="open")
        other = make_round(place.partnership, title="Closed first", by=place.by, state="closed")
        Round.objects.filter(pk=other.pk).update(closed_at=timezone.now() + timedelta(days=1))
        other.refresh_from_db()
        assert rounds.close_round(by=place.by, round=planned).order > other.order

    def test_in_the_room_too(self, place, ahead):
        hall = make_hall(place=place)
        assert hall.finish().order > ahead.order

    def test_of_a_file_without_a_day_too_and_one_with_a_day_stands_where_it_says(self, place, ahead):
        assert bring_in(place.partnership, "Of today", crowd(3)).order > ahead.order
        day = timezone.localdate() - timedelta(days=30)
        claimed = bring_in(place.partnership, "Of last month", crowd(3), closed_on=day)
        assert timezone.localtime(claimed.closed_at).replace(tzinfo=None) == datetime.combine(day, time(12))

    def test_another_partnership_has_a_time_of_its_own(self, ahead):
        other = make_round(make_place(town="Southmoor").partnership, state="closed")
        assert other.closed_at <= timezone.now()
