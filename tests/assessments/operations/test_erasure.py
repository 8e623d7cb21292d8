import json

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import serializers
from django.test import Client

from assessments.models import (
    Comment,
    Invitation,
    InvitationLink,
    NextStep,
    Rating,
    Response,
    Round,
    RoundCounts,
    Seat,
)
from assessments.operations import erasure, invitations, nextsteps, room
from assessments.policies.base import NotNow
from assessments.policies.nextsteps import ChangedMeanwhile
from framework.models import Edition
from partnerships.models import Membership, Participant, User
from partnerships.models.audit import AuditEvent
from tests.assessments.round_room import make_place
from tests.assessments.workshop_room import levels, make_hall, say
from tests.factories import MembershipFactory, everybody, make_lead, make_round, make_step
from tests.made_once import made_once

pytestmark = pytest.mark.usefixtures("edition")


@made_once
def place():
    return make_place()


@made_once
def member(place):
    return MembershipFactory(
        partnership=place.partnership,
        name="Ottoline Quill",
        email="ottoline@northmoor.example",
        organisation=place.members[0].organisation,
    )


def everything_kept():
    """All rows that could still hold a name or an address."""
    rows = [
        row
        for model in (User, Membership, Participant, Invitation, InvitationLink, Response, Rating, Round)
        for row in model.objects.all()
    ]
    return serializers.serialize("json", [*rows, *EmailAddress.objects.all(), *AuditEvent.objects.all()])


def rated(place, member, **settings):
    answers = [*everybody(place.members, 1, 2, 3, 4, 5, 5), (member, {1: (2, "I wrote this"), 2: 4})]
    return make_round(place.partnership, by=place.by, answers=answers, **settings)


def test_name_and_address_go_frozen_figures_stay(place, member):
    round = rated(place, member, state="shared")
    invitations.issue_link(by=place.by, invitation=place.invitation(round, member))
    counts = RoundCounts.objects.get(round=round).data
    assert "ottoline" in everything_kept().lower()
    erasure.erase_person(by=place.by, membership=member)
    assert "ottoline" not in everything_kept().lower()
    assert "quill" not in everything_kept().lower()
    assert RoundCounts.objects.get(round=round).data == counts
    response = Response.objects.get(round=round, participant__membership=None)
    assert response.ratings.count() == 2
    assert response.participant.name == "Someone without a name"
    assert [comment.text for comment in Comment.objects.all()] == ["I wrote this"]
    assert not InvitationLink.objects.filter(invitation__participant=response.participant).exists()


@pytest.mark.parametrize("state", ["open", "closed"])
def test_where_nobody_has_seen_results_nothing_of_the_person_stays(place, member, state):
    round = rated(place, member, state=state)
    erasure.erase_person(by=place.by, membership=member)
    assert not Rating.objects.filter(comment="I wrote this").exists()
    assert round.invitations.count() == 7
    assert round.responses.count() == 6
    assert not Participant.objects.filter(membership=None).exists()


def test_the_rest_of_the_partnership_is_untouched(place, member):
    round = rated(place, member, state="closed")
    before = list(Rating.objects.exclude(response__participant__membership=member).order_by("pk").values())
    erasure.erase_person(by=place.by, membership=member)
    assert list(Rating.objects.order_by("pk").values()) == before
    assert round.invitations.filter(participant__membership=place.lead).exists()


def test_the_account_its_addresses_and_sessions_go(place, member):
    user = member.user
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    browser = Client()
    browser.force_login(user)
    other = Client()
    other.force_login(place.by)
    assert erasure.erase_person(by=place.by, membership=member) is True
    assert not User.objects.filter(pk=user.pk).exists()
    assert not EmailAddress.objects.exists()
    assert [s.get_decoded()["_auth_user_id"] for s in Session.objects.all()] == [str(place.by.pk)]
    assert browser.get(place.url).status_code == 302


@pytest.mark.parametrize("power", ["is_staff", "is_editor", "another partnership", "officer"])
def test_an_account_something_else_holds_stays(place, member, power):
    user = member.user
    if power.startswith("is_"):
        User.objects.filter(pk=user.pk).update(**{power: True})
        user.refresh_from_db()
    elif power == "officer":
        place.partnership.council.officers.add(user)
    else:
        MembershipFactory(user=user, email=user.email, name="Ottoline Quill")
    assert erasure.erase_person(by=place.by, membership=member) is False
    assert User.objects.filter(pk=user.pk).exists()
    assert not Membership.objects.filter(pk=member.pk).exists()


def test_the_trail_says_that_somebody_was_erased_not_who(place, member):
    pk = member.pk
    erasure.erase_person(by=place.by, membership=member)
    event = AuditEvent.objects.get(event="person erased")
    assert (event.actor, event.target_kind, event.target_key) == (
        f"user:{place.by.pk}",
        "membership",
        str(pk),
    )
    assert event.target_text == ""
    assert json.dumps([event.before, event.after]) == "[null, null]"


def test_the_last_lead_cannot_be_erased(place):
    with pytest.raises(NotNow, match="somebody else a lead"):
        erasure.erase_person(by=place.by, membership=place.lead)
    make_lead(place.partnership)
    erasure.erase_person(by=place.by, membership=place.lead)
    assert not Membership.objects.filter(name="Robin Ashdown").exists()


def test_a_name_from_a_file_is_erased_and_the_figures_stay(place):
    round = rated(place, place.lead, state="revealed")
    participant = Participant.objects.get(membership=place.lead)
    participant.membership, participant.imported_as = None, "R. Ashdown (paper)"
    participant.save()
    erasure.erase_imported(by=place.by, participant=participant)
    participant.refresh_from_db()
    assert participant.imported_as == ""
    assert round.responses.count() == 7
    assert Edition.objects.count() == 1


def test_a_step_they_were_to_do_names_nobody_then_and_no_other_changes(place, member):
    theirs = make_step(place.partnership, 1, "Ring the carers", owner="ottoline quill")
    ended = make_step(place.partnership, 2, owner="Ottoline Quill", state="done")
    shared = make_step(place.partnership, 3, owner="Ottoline Quill and NHS")
    nobody = make_step(place.partnership, 4)
    elsewhere = make_step(make_place(town="Elsewhere").partnership, 5, owner="Ottoline Quill")
    erasure.erase_person(by=place.by, membership=member)
    found = {step.pk: (step.owner, step.revision) for step in NextStep.objects.all()}
    assert found == {
        theirs.pk: ("", 2),
        ended.pk: ("", 3),
        shared.pk: ("Ottoline Quill and NHS", 1),
        nobody.pk: ("", 1),
        elsewhere.pk: ("Ottoline Quill", 1),
    }


def test_a_page_open_while_somebody_is_erased_does_not_put_the_name_back(place, member):
    step = make_step(place.partnership, 1, owner="Ottoline Quill")
    erasure.erase_person(by=place.by, membership=member)
    with pytest.raises(ChangedMeanwhile):
        nextsteps.change_next_step(by=place.by, step=step, seen=1, owner="Ottoline Quill")


def test_a_name_from_a_file_goes_from_the_steps_too(place):
    participant = Participant.objects.create(partnership=place.partnership, imported_as="O. Quill (paper)")
    step = make_step(place.partnership, 1, owner="O. Quill (paper)")
    erasure.erase_imported(by=place.by, participant=participant)
    step.refresh_from_db()
    assert step.owner == ""


@pytest.mark.django_db
class TestInARunningWorkshop:
    """What the room has seen stands; what nobody has seen goes, and the seat with it."""

    def test_what_was_shown_stands_and_the_rest_goes(self):
        hall = make_hall(people=7)
        hall.reveal(1, 1, 2, 3, 4, 5, 5, 5)
        hall.move("again")
        hall.rate(1, 3, 3, 3)
        hall.go_to(2)
        hall.move("start")
        hall.rate(2, 1, 2, 3)
        person = hall.place.members[0]
        participant = person.participant
        erasure.erase_person(by=hall.by, membership=person)
        assert levels(1) == [1, 2, 3, 4, 5, 5, 5]
        assert (levels(1, "second"), levels(2)) == ([3, 3], [2, 3])
        assert not Seat.objects.filter(participant=participant).exists()
        assert "Sam Tarn 0" not in everything_kept()
        turnout = hall.finish().counts.data["turnout"]
        assert (turnout["invited"], turnout["answered"]) == (9, 7)

    def test_somebody_of_whom_nothing_was_shown_leaves_nothing(self):
        hall = make_hall(people=3)
        hall.move("start")
        hall.rate(1, 1, 2, 3)
        person = hall.place.members[0]
        participant = person.participant.pk
        erasure.erase_person(by=hall.by, membership=person)
        assert levels(1) == [2, 3]
        assert not Participant.objects.filter(pk=participant).exists()
        assert hall.round.invitations.count() == 8

    def test_second_ratings_nobody_has_seen_go_from_a_round_that_was_walked_through(self):
        place = make_place(people=7)
        rated = everybody(place.members[:6], 1, 1, 1, 5, 5, 5)
        hall = make_hall(people=7, place=place, state="shared", answers=rated)
        hall.move("show", "again")
        hall.rate(1, 2, 3, 3, 3, 3, 3, 3)
        counts = RoundCounts.objects.get().data
        erasure.erase_person(by=hall.by, membership=place.members[0])
        assert levels(1, "second") == [3] * 6
        assert levels(1) == [1, 1, 1, 5, 5, 5]
        assert RoundCounts.objects.get().data == counts

    def test_after_the_end_all_layers_stay_and_the_seat_goes(self):
        hall = make_hall(people=6)
        hall.reveal(1, 1, 2, 3, 4, 5, 5)
        hall.again(1, 3, 3, 3, 3, 3, 3)
        hall.move("end")
        for seat in hall.seats:
            room.vote(seat=seat, worth=4)
        hall.move("finish")
        erasure.erase_person(by=hall.by, membership=hall.place.members[0])
        assert (len(levels(1)), len(levels(1, "second")), Seat.objects.count()) == (6, 6, 5)
        assert hall.fresh().worth["n"] == 6

    def test_the_phone_of_somebody_erased_can_rate_no_more(self):
        hall = make_hall(people=2)
        hall.move("start")
        erasure.erase_person(by=hall.by, membership=hall.place.members[0])
        with pytest.raises(Seat.DoesNotExist):
            say(hall.seats[0], 1, 3)
        assert not Rating.objects.exists()
