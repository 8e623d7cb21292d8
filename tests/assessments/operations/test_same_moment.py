"""Two things at the same moment: neither is lost, and nobody is shown a failure of the database."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from assessments.models import InvitationLink, Letter, Response, Round, RoundChange
from assessments.operations import answers, erasure, invitations, mail, rounds
from assessments.operations.locking import lock_responses, locked
from assessments.operations.proving import Browser
from assessments.policies.base import NotNow
from framework.operations import publish, retire_edition, start_draft
from partnerships import operations as partnerships
from partnerships.models import User
from tests.assessments.rating_room import ask_a_member
from tests.factories import MembershipFactory, advance, everybody, make_round, rate

from .test_answers import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room(edition):
    return ask_a_member()


def test_erasing_waits_for_the_round_before_it_holds_answers(room):
    """The other way round, closing would wait for the answers and erasing for the round."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one writer in at a time anyway")
    rate(room.round, room.member, {1: 4})
    holding = threading.Event()

    def close():
        with transaction.atomic():
            locked(room.round)
            holding.set()
            threading.Event().wait(0.4)  # time for erasing to begin
            lock_responses(room.round)

    def erase():
        holding.wait(10)
        erasure.erase_person(by=room.lead.user, membership=room.member)

    assert together(close, erase) == []
    assert not Response.objects.exists()


def test_whoever_takes_over_a_beginning_does_not_wait_for_the_round_that_closes(room):
    """Closing holds the round and waits for the response: the letter that tells of it must not wait back."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one writer in at a time anyway")
    browser = Browser(InvitationLink(invitation=room.invitation))
    who = {"invitation": room.invitation, "organisation": None, "standpoint": "", "browser": browser}
    answers.start_response(code="KTM482QX", **who)
    Letter.objects.all().delete()
    holding = threading.Event()

    def take_over():
        with transaction.atomic():
            list(Response.objects.select_for_update().filter(round=room.round))
            holding.set()
            threading.Event().wait(0.4)  # time for closing to begin
            answers.start_response(code="AAAAAAAA", **who)

    def close():
        holding.wait(10)
        rounds.close_round(by=room.lead.user, round=room.round)

    assert together(take_over, close) == []
    assert Letter.objects.get().kind == "begun"
    assert Round.objects.get().state == "closed"


def test_two_rounds_that_open_their_results_at_once_are_compared_all_the_same(room):
    """Neither sees the other open: the second has to wait for the first."""
    people = [room.member, *MembershipFactory.create_batch(6, partnership=room.partnership)]
    found = [
        make_round(room.partnership, state="closed", title=title, answers=everybody(people, *[3] * 7))
        for title in ("Spring", "Autumn")
    ]

    def open_results(round):
        return lambda: rounds.reveal_round(by=None, round=round)

    assert together(*map(open_results, found)) == []
    assert RoundChange.objects.count() == 1
    assert Round.objects.get(title="Autumn").previous == found[0]


def test_no_link_is_mailed_past_its_withdrawal(room):
    """The e-mail is being written while the lead withdraws the links: its link is withdrawn, too."""
    invitations.make_mail_due(by=None, invitation=room.invitation)
    claimed = threading.Event()

    def write():
        with transaction.atomic():
            mail._claim(None, room.invitation.pk)
            claimed.set()
            threading.Event().wait(0.4)  # time for the withdrawal to begin

    def withdraw():
        claimed.wait(10)
        invitations.withdraw_links(by=None, invitation=room.invitation)

    assert together(write, withdraw) == []
    assert InvitationLink.objects.count() == 2
    assert not InvitationLink.objects.filter(withdrawn_at=None).exists()


def test_answers_are_not_taken_away_from_a_round_that_has_just_closed(room):
    rate(room.round, room.member, {1: 4})
    assert room.invitation.round.state == "open"  # what the lead's page was made from
    advance(room.round, "closed")
    with pytest.raises(NotNow):
        invitations.restart_answers(by=room.lead.user, invitation=room.invitation)
    assert room.levels() == {1: 4}


def refused(raised, times):
    assert [type(error) for error in raised] == [ValidationError] * times


def test_one_organisation_of_a_name(room):
    def add():
        partnerships.add_organisation(by=None, partnership=room.partnership, name="Moor Voices", sector="nhs")

    refused(together(*[add] * 3), 2)
    assert room.partnership.organisations.filter(name="Moor Voices").count() == 1


def test_one_round_of_a_title(room):
    refused(together(*[lambda: make_round(room.partnership, title="Spring 2027")] * 3), 2)
    assert room.partnership.rounds.filter(title="Spring 2027").count() == 1


def test_one_partnership_of_a_name_in_a_council(room):
    def create():
        partnerships.create_partnership(
            by=None, name="Moor Climate", council=room.partnership.council, system="climate", review_months=6
        )

    refused(together(*[create] * 3), 2)
    assert room.partnership.council.partnerships.filter(name="Moor Climate").count() == 1


def test_one_member_of_an_address(room):
    members = MembershipFactory.create_batch(3, partnership=room.partnership)
    jobs = [
        lambda member=member: partnerships.change_member(by=None, membership=member, email="pat@moor.example")
        for member in members
    ]
    refused(together(*jobs), 2)
    assert room.partnership.memberships.filter(email="pat@moor.example").count() == 1


def test_two_partnerships_that_give_one_person_the_same_address_share_the_account(edition):
    members = MembershipFactory.create_batch(3)
    jobs = [
        lambda member=member: partnerships.change_member(by=None, membership=member, email="pat@moor.example")
        for member in members
    ]
    assert together(*jobs) == []
    assert User.objects.get(email="pat@moor.example").memberships.count() == 3


def test_deleting_a_draft_twice_shows_no_failure(room, client):
    draft = make_round(room.partnership, title="Spring 2027")
    client.force_login(room.lead.user)
    address = f"/rounds/{draft.pk}/delete/"
    statuses = []

    def press():
        browser = type(client)()
        browser.cookies = client.cookies
        statuses.append(browser.post(address).status_code)

    assert together(*[press] * 3) == []
    assert set(statuses) <= {302, 404}
    assert not room.partnership.rounds.filter(pk=draft.pk).exists()


def test_a_round_opened_while_an_edition_comes_out_and_another_goes_has_one_of_them_for_good(room, edition):
    """Whichever was first: it is rated with words that are published, and keeps them."""
    draft = start_draft(by=None, framework=edition.framework)
    waiting = [make_round(room.partnership, title=title) for title in ("Spring", "Autumn")]

    def publish_and_retire():
        publish(by=None, edition=draft, note="As it was.")
        retire_edition(by=None, edition=edition)

    def open_it(round):
        return lambda: rounds.open_round(by=None, round=round)

    assert together(publish_and_retire, *map(open_it, waiting)) == []
    opened = list(Round.objects.filter(pk__in=[each.pk for each in waiting]).select_related("edition"))
    kept = {each.pk: each.edition for each in opened}
    assert all(each.is_published for each in kept.values())
    for each in opened:
        closed = advance(each, "closed")
        assert rounds.reopen_round(by=None, round=closed, reason="One more.").edition == kept[each.pk]
        assert Round.objects.get(pk=each.pk).edition == kept[each.pk]
