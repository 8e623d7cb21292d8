"""Somebody says they are of another organisation than the lead wrote down."""

import pytest

from assessments import counting
from assessments.models import Response, Round
from assessments.operations import answers, rounds, workshops
from assessments.operations.settling import settle_organisations
from assessments.policies.base import NotNow
from partnerships.models.audit import AuditEvent
from tests.assessments.compare_room import bring_in, crowd
from tests.assessments.round_room import make_place
from tests.factories import everybody, make_round
from tests.made_once import made_once

pytestmark = pytest.mark.usefixtures("edition")


@made_once
def place():
    return make_place()


@made_once
def round(place):
    return make_round(place.partnership, by=place.by, state="open", answers=everybody(place.members[:1], 3))


def say(place, round, member, organisation):
    """The person begins, or goes on, and chooses the organisation."""
    invitation = place.invitation(round, member)
    Response.objects.filter(round=round, participant=invitation.participant).delete()
    return answers.start_response(
        invitation=invitation, code="KTM482QX", organisation=organisation, standpoint=""
    )


def other(place, member):
    return place.partnership.organisations.exclude(pk=member.organisation_id).first()


def waiting(round):
    return [each.participant.membership for each in round.invitations.with_changed_organisation()]


def settle(place, round, member, organisation, *, accept):
    seen = {place.invitation(round, member).pk: organisation and organisation.pk}
    return settle_organisations(by=place.by, round=round, seen=seen, accept=accept)


def at_a_time(place, round, member):
    """(what they are counted with, what was written down) by their answers and their invitation."""
    invitation = place.invitation(round, member)
    response = Response.objects.get(round=round, participant=invitation.participant)
    assert response.organisation == invitation.organisation
    return invitation.organisation, invitation.entered_organisation


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("entered", "said", "waits"),
    [
        ("own", "own", False),
        ("own", "other", True),
        ("own", None, True),
        (None, "own", True),
        (None, None, False),
    ],
)
def test_who_has_chosen_another_one(place, entered, said, waits):
    member = place.members[0]
    named = {"own": member.organisation, "other": other(place, member), None: None}
    member.organisation = named[entered]
    member.save()
    round = make_round(place.partnership, by=place.by, state="open")
    say(place, round, member, named[said])
    assert waiting(round) == ([member] if waits else [])


@pytest.mark.both_databases
class TestBeforeTheResults:
    @pytest.fixture
    def changed(self, place, round):
        """A member who says they are of another organisation."""
        member = place.members[0]
        say(place, round, member, other(place, member))
        return member

    def test_they_do_not_open_until_it_is_settled(self, place, round, changed):
        rounds.close_round(by=place.by, round=round)
        with pytest.raises(NotNow, match="1 person has chosen another organisation"):
            rounds.reveal_round(by=place.by, round=round)
        settle(place, round, changed, other(place, changed), accept=True)
        assert rounds.reveal_round(by=place.by, round=round).state == "revealed"

    def test_no_workshop_walks_through_it_either_and_the_round_stays_open(self, place, round, changed):
        with pytest.raises(NotNow, match="1 person has chosen"):
            workshops.start_workshop(by=place.by, round=round)
        assert Round.objects.get(pk=round.pk).state == "open"

    def test_accepted_it_is_what_they_are_counted_with(self, place, round, changed):
        theirs = other(place, changed)
        assert settle(place, round, changed, theirs, accept=True) == 1
        assert at_a_time(place, round, changed) == (theirs, theirs)
        assert waiting(round) == []

    def test_put_back_the_one_written_down_is(self, place, round, changed):
        assert settle(place, round, changed, other(place, changed), accept=False) == 1
        assert at_a_time(place, round, changed) == (changed.organisation, changed.organisation)
        counted = {each.name: each.invited for each in counting.taking.turnout(round).organisations}
        assert (counted["Moorside Carers"], counted["NHS"]) == (3, 3)

    def test_whoever_changes_it_again_is_looked_at_again(self, place, round, changed):
        settle(place, round, changed, other(place, changed), accept=True)
        say(place, round, changed, None)
        assert waiting(round) == [changed]

    def test_what_has_been_changed_since_the_page_was_shown_is_left(self, place, round, changed):
        seen = other(place, changed)
        say(place, round, changed, None)
        assert settle(place, round, changed, seen, accept=True) == 0
        assert waiting(round) == [changed]

    def test_nothing_of_another_round_is_settled(self, place, round, changed):
        elsewhere = make_round(place.partnership, title="Another", by=place.by, state="open")
        seen = {place.invitation(round, changed).pk: other(place, changed).pk}
        assert settle_organisations(by=place.by, round=elsewhere, seen=seen, accept=True) == 0
        assert waiting(round) == [changed]

    def test_the_trail_says_from_what_to_what_and_nobody_by_name(self, place, round, changed):
        settle(place, round, changed, other(place, changed), accept=False)
        event = AuditEvent.objects.get(event="organisation put back")
        assert event.actor == f"user:{place.by.pk}"
        assert (event.before, event.after) == (
            {"organisation": "Moorside Carers"},
            {"organisation": "NHS"},
        )
        assert changed.name not in f"{event.target_text} {event.before} {event.after}"


def test_once_opened_nothing_is_settled_any_more(place):
    round = make_round(place.partnership, by=place.by, state="revealed")
    with pytest.raises(NotNow, match="have been opened"):
        settle_organisations(by=place.by, round=round, seen={}, accept=True)


def test_what_comes_from_a_file_is_as_written_down(place):
    round = bring_in(place.partnership, "Of a file", crowd(3), organisations={"p1": "Arts"})
    assert waiting(round) == []
