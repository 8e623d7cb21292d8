from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from assessments import queries
from assessments.analysis.dates import months_after
from assessments.models import Comment, Invitation, InvitationLink, Rating, Response, Round, RoundCounts, Seat
from assessments.operations import invitations
from assessments.operations.retention import remove_old_ratings
from partnerships.models import Participant
from partnerships.models.audit import AuditEvent
from tests.assessments.round_room import make_place, words
from tests.assessments.workshop_room import make_hall, say
from tests.factories import everybody, make_round
from tests.made_once import made_once

pytestmark = pytest.mark.usefixtures("edition")

SINGLE = (Rating, Response, InvitationLink, Comment, Invitation)


@made_once
def place():
    return make_place()


def opened_on(place, year, month, day, state="shared", title="Autumn 2026", **settings):
    answers = [(place.lead, {1: (3, "Old words")}), *everybody(place.members, 1, 2, 3, 4, 5, 5)]
    round = make_round(place.partnership, by=place.by, state=state, answers=answers, title=title, **settings)
    invitations.issue_link(by=place.by, invitation=round.invitations.first())
    at = datetime(year, month, day, 12, tzinfo=UTC)
    Round.objects.filter(pk=round.pk).update(revealed_at=at)
    return Round.objects.get(pk=round.pk)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 11, 23), 1, date(2026, 12, 23)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 1, 31), 24, date(2028, 1, 31)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_months_are_counted_as_people_do(start, months, end):
    assert months_after(start, months) == end


def test_after_the_months_only_the_counts_are_left(place):
    round = opened_on(place, 2024, 11, 23)
    before = queries.results.of(round)
    assert all(model.objects.exists() for model in SINGLE)
    assert remove_old_ratings(by=None, today=date(2026, 11, 23)) == [round]
    assert not any(model.objects.exists() for model in SINGLE)
    from django.core.cache import caches

    caches["pages"].clear()
    round.refresh_from_db()
    assert queries.results.of(round) == before
    assert round.ratings_removed_at is not None


def test_a_day_too_early_nothing_happens(place):
    opened_on(place, 2024, 11, 23)
    assert remove_old_ratings(by=None, today=date(2026, 11, 22)) == []
    assert Rating.objects.exists()


def test_the_council_s_months_count(place):
    round = opened_on(place, 2026, 8, 1)
    place.partnership.council.retention_months = 3
    place.partnership.council.save()
    assert remove_old_ratings(by=None, today=date(2026, 11, 1)) == [round]


def test_other_rounds_keep_theirs(place):
    old = opened_on(place, 2020, 1, 1, title="Old")
    kept = opened_on(place, 2026, 11, 1, title="Recent")
    opened = make_round(
        place.partnership, by=place.by, state="open", title="Now", answers=everybody(place.members[:2], 1, 5)
    )
    remove_old_ratings(by=None, today=date(2026, 11, 23))
    assert Response.objects.filter(round=old).count() == 0
    assert Response.objects.filter(round=kept).count() == 7
    assert Response.objects.filter(round=opened).count() == 2


def test_again_does_no_harm(place):
    opened_on(place, 2020, 1, 1)
    remove_old_ratings(by=None, today=date(2026, 11, 23))
    assert remove_old_ratings(by=None, today=date(2026, 11, 24)) == []
    assert AuditEvent.objects.filter(event="ratings removed after retention").count() == 1
    assert RoundCounts.objects.count() == 1


def test_names_from_a_file_go_with_their_last_round_members_stay(place):
    opened_on(place, 2020, 1, 1)
    participant = Participant.objects.get(membership=place.members[0])
    participant.membership, participant.imported_as = None, "Old Name"
    participant.save()
    remove_old_ratings(by=None, today=date(2026, 11, 23))
    assert not Participant.objects.filter(imported_as="Old Name").exists()
    assert Participant.objects.filter(membership=place.members[1]).exists()


def test_the_page_says_that_names_are_gone(place):
    round = opened_on(place, 2020, 1, 1, confidentiality="named")
    remove_old_ratings(by=None, today=timezone.localdate())
    seen = words(place.web.get(round.get_absolute_url()))
    assert "Ratings and names have been removed" in seen
    assert "7 of 7" in seen
    assert "7 of 7 answered" in words(place.web.get(place.url))
    assert "Ratings and names have been removed" in words(place.web.get(f"/rounds/{round.pk}/people/"))


def test_the_command_shows_first_and_then_does(place, capsys):
    round = opened_on(place, 2020, 1, 1)
    call_command("apply_retention", "--dry-run")
    assert f"Would remove the ratings of round {round.pk}" in capsys.readouterr().out
    assert Rating.objects.exists()
    call_command("apply_retention")
    assert f"Removed the ratings of round {round.pk}" in capsys.readouterr().out
    assert not Rating.objects.exists()


def test_of_a_workshop_the_counts_stay_and_both_layers_and_the_seats_go(db):
    hall = make_hall(people=6, guests=1)
    hall.reveal(1, 1, 2, 3, 4, 5, 5, 5)
    hall.again(1, 3, 3, 3, 3, 3, 3, 3)
    hall.agree(1, 3, "By talking")
    round = hall.finish()
    before = queries.results.of(round)
    Round.objects.update(revealed_at=datetime(2024, 11, 23, 12, tzinfo=UTC))
    remove_old_ratings(by=None, today=date(2026, 11, 23))
    assert not any(model.objects.exists() for model in (*SINGLE, Seat))
    assert not Participant.objects.filter(membership=None).exists()
    from django.core.cache import caches

    caches["pages"].clear()
    found = queries.results.of(Round.objects.get())
    assert found == before
    assert found.actions[0].second.distribution.counts == (0, 0, 7, 0, 0)
    assert found.actions[0].agreed == 3


def test_a_guest_who_has_not_rated_yet_survives_the_end_of_another_round(db):
    """Participants that point at nobody go with their last round: not one who sits in a workshop."""
    hall = make_hall(people=1, guests=1, members=6)
    opened_on(hall.place, 2020, 1, 1, title="Old")
    remove_old_ratings(by=None, today=date(2026, 11, 23))
    hall.move("start")
    assert say(hall.guests[0], 1, 3).pk
