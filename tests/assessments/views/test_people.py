import json
from datetime import date

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments import keys
from assessments.models import Invitation, InvitationLink, Rating, Response, Round
from assessments.operations import answers, invitations, rounds
from assessments.operations.mail import deliver
from assessments.operations.proving import Browser
from partnerships.models import Membership, Participant, User
from tests.assessments.round_room import make_place, words
from tests.factories import MembershipFactory, UserFactory, advance, make_lead, make_round, make_step, rate
from tests.made_once import made_once

pytestmark = pytest.mark.usefixtures("edition")


@made_once
def place():
    return make_place(people=4)


@made_once
def round(place):
    return make_round(place.partnership, by=place.by, state="open")


def people(round, rest=""):
    return f"/rounds/{round.pk}/people/{rest}"


def person(place, round, member, word):
    return people(round, f"{place.invitation(round, member).pk}/{word}/")


def row(page, name):
    """What the list says of one person."""
    return words(page).split(f"Actions for {name}")[0].rsplit(name, 1)[1]


def test_the_list_says_how_far_each_is_and_never_what_they_said(place, round):
    deliver(by=place.by, round=round)
    sent, answered, started, away = place.members
    rate(round, sent, {1: (5, "LEAKED COMMENT"), 2: 1})
    rate(round, answered, {1: 5}, submit=False)
    rate(round, started, {}, submit=False)
    invitations.mark_away(by=place.by, invitation=place.invitation(round, away))
    invitations.withdraw_links(by=place.by, invitation=place.invitation(round, place.lead))
    page = place.web.get(people(round))
    assert "2 of 4 have answered" in words(page)
    assert "Answers sent E-mail sent" in row(page, "Sam Tarn 0")
    assert "Answered, not sent yet" in row(page, "Sam Tarn 1")
    assert "Started" in row(page, "Sam Tarn 2")
    assert "Away" in row(page, "Sam Tarn 3")
    assert "Not started Link withdrawn" in row(page, "Robin Ashdown")
    assert "LEAKED" not in page.content.decode()
    assert "1 of 11" not in words(page)


def test_mail_that_waits_failed_or_has_no_address_is_told(place, round):
    MembershipFactory(partnership=place.partnership, name="Kit Marsh", email="", user=None)
    invitations.invite(by=place.by, round=round)
    refused = place.invitation(round, place.members[0])
    Invitation.objects.filter(pk=refused.pk).update(mail_error="The mail server refused this address.")
    page = place.web.get(people(round))
    assert "E-mail not sent. The mail server refused this address." in row(page, "Sam Tarn 0")
    assert "E-mail waiting to be sent" in row(page, "Sam Tarn 1")
    assert "give them a link yourself" in row(page, "Kit Marsh")
    assert "1 e-mail could not be sent" in words(page)


def test_the_list_asks_as_often_for_many_as_for_few(place):
    def queries(round):
        with CaptureQueriesContext(connection) as found:
            assert place.web.get(people(round)).status_code == 200
        return len(found)

    few = make_round(place.partnership, by=place.by, state="open", title="Few")
    place.web.get(people(few))
    first = queries(few)
    MembershipFactory.create_batch(5, partnership=place.partnership)
    many = make_round(place.partnership, by=place.by, state="open", title="Many")
    assert many.invitations.count() == 10
    assert queries(many) == first


def test_before_opening_the_list_is_empty_and_says_so(place):
    draft = make_round(place.partnership, by=place.by)
    assert "Nobody has been asked yet" in words(place.web.get(people(draft)))


@pytest.mark.parametrize("word", ["link", "renew", "withdraw", "away", "again", "restart"])
def test_only_leads_do_anything_for_a_person(place, round, word):
    url = person(place, round, place.members[0], word)
    for user, status in ((place.members[1].user, 403), (place.officer, 403), (UserFactory(), 404)):
        assert place.as_(user).get(url).status_code == status
        assert place.as_(user).post(url).status_code == status
    assert not InvitationLink.objects.exists()


@pytest.mark.parametrize("word", ["link", "renew", "withdraw", "away", "again", "restart"])
def test_a_person_of_another_round_is_not_found_through_this_one(place, round, word):
    other = make_place(people=1, town="Southmoor")
    theirs = make_round(other.partnership, by=other.by, state="open")
    url = people(round, f"{other.invitation(theirs, other.members[0]).pk}/{word}/")
    assert place.web.get(url).status_code == 404
    assert place.web.post(url).status_code == 404
    assert not InvitationLink.objects.exists()
    assert not Invitation.objects.filter(is_away=True).exists()


@pytest.mark.parametrize("word", ["link", "renew", "withdraw", "away", "again", "restart"])
def test_looking_changes_nothing(place, round, word):
    rate(round, place.members[0], {1: 3}, submit=False)
    before = list(Invitation.objects.order_by("pk").values())
    assert place.web.get(person(place, round, place.members[0], word)).status_code == 200
    assert list(Invitation.objects.order_by("pk").values()) == before
    assert not InvitationLink.objects.exists()
    assert Rating.objects.count() == 1
    assert mail.outbox == []


def test_a_fresh_link_is_shown_once_and_works(place, round):
    page = place.web.post(person(place, round, place.members[0], "link"))
    token = page.content.decode().split("/r/")[1].split("/")[0]
    link = InvitationLink.objects.get(token_hash=keys.hash_token(token))
    assert link.invitation == place.invitation(round, place.members[0])
    assert "shown once" in words(page)
    assert page["Cache-Control"] == "no-store"
    assert token not in place.web.get(people(round)).content.decode()


def test_a_new_link_stops_the_old_ones(place, round):
    old = invitations.issue_link(by=place.by, invitation=place.invitation(round, place.members[0]))
    page = place.web.post(person(place, round, place.members[0], "renew"))
    assert "Every earlier link of this person has stopped working" in words(page)
    assert InvitationLink.objects.get(token_hash=keys.hash_token(old)).withdrawn_at


def test_once_shared_the_link_leads_to_the_results(place, round):
    for move in (rounds.close_round, rounds.reveal_round, rounds.share_round):
        move(by=place.by, round=round)
    page = place.web.post(person(place, round, place.members[0], "link"))
    assert "/results/" in page.content.decode().split("/r/")[1].split('"')[0]


def test_away_and_back(place, round):
    url = person(place, round, place.members[0], "away")
    place.web.post(url, {"away": "yes"})
    place.web.post(url, {"away": "yes"})
    assert place.invitation(round, place.members[0]).is_away
    assert "0 of 4 have answered" in words(place.web.get(people(round)))
    place.web.post(url, {"away": "no"})
    assert not place.invitation(round, place.members[0]).is_away


def test_one_invitation_is_sent_again(place, round):
    deliver(by=place.by, round=round)
    mail.outbox.clear()
    answer = place.web.post(person(place, round, place.members[0], "again"), follow=True)
    assert "1 e-mail sent" in words(answer)
    assert [message.to for message in mail.outbox] == [["sam0@northmoor.example"]]


def test_starting_again_is_explained_done_and_told(place, round):
    deliver(by=place.by, round=round)
    mail.outbox.clear()
    rate(round, place.members[0], {1: 3, 2: 5})
    url = person(place, round, place.members[0], "restart")
    asked = words(place.web.get(url))
    assert "deleted, unread" in asked
    assert "They are told by e-mail" in asked
    assert Rating.objects.count() == 2
    place.web.post(url)
    assert Rating.objects.count() == 0
    assert [message.subject.split(":")[0] for message in mail.outbox] == ["Please start again"]


def test_a_reminder_says_first_how_many_and_then_goes_to_those(place, round):
    deliver(by=place.by, round=round)
    mail.outbox.clear()
    rate(round, place.members[0], {1: 3})
    MembershipFactory(partnership=place.partnership, email="", user=None)
    invitations.invite(by=place.by, round=round)
    page = place.web.get(people(round, "remind/"))
    assert "4 people who have not sent" in words(page)
    assert "1 other has not sent theirs either" in words(page)
    seen_at = page.context["seen_at"]
    answer = place.web.post(people(round, "remind/"), {"seen_at": seen_at}, follow=True)
    assert "4 people are reminded" in words(answer)
    assert "sam0@northmoor.example" not in [message.to[0] for message in mail.outbox]
    again = place.web.post(people(round, "remind/"), {"seen_at": seen_at}, follow=True)
    assert "nobody to remind" in words(again)
    assert len(mail.outbox) == 4


@pytest.mark.parametrize("seen_at", ["yesterday", "9999-99-99", "<script>", "0001-01-01T00:00:00"])
def test_a_made_up_moment_does_no_harm(place, round, seen_at):
    deliver(by=place.by, round=round)
    assert place.web.post(people(round, "remind/"), {"seen_at": seen_at}).status_code == 302


def test_newcomers_are_shown_and_asked(place, round):
    deliver(by=place.by, round=round)
    mail.outbox.clear()
    MembershipFactory(partnership=place.partnership, name="Nova Reed", email="nova@northmoor.example")
    assert "1 member joined after" in words(place.web.get(people(round)))
    assert "Nova Reed" in words(place.web.get(people(round, "newcomers/")))
    place.web.post(people(round, "newcomers/"))
    assert [message.to for message in mail.outbox] == [["nova@northmoor.example"]]
    assert "joined after" not in words(place.web.get(people(round)))


def test_after_closing_nobody_is_reminded(place, round):
    rounds.close_round(by=place.by, round=round)
    refused = place.web.post(people(round, "remind/"))
    assert refused.status_code == 409
    assert "This round is closed" in words(refused)


def test_markup_in_a_name_is_text(place, round):
    Membership.objects.filter(pk=place.members[0].pk).update(name="<script>alert(1)</script>")
    for url in (people(round), person(place, round, place.members[0], "withdraw")):
        assert b"<script>alert(1)" not in place.web.get(url).content


# --- Erasing ---


def erase_url(place, member):
    return f"/partnerships/{place.partnership.slug}/members/{member.pk}/erase/"


def test_erasing_says_first_what_goes_and_what_stays(place, round):
    url = erase_url(place, place.members[0])
    asked = words(place.web.get(url))
    assert "What goes" in asked
    assert "What stays" in asked
    assert Membership.objects.filter(pk=place.members[0].pk).exists()
    place.web.post(url)
    assert not Membership.objects.filter(pk=place.members[0].pk).exists()
    assert "Sam Tarn 0" not in words(place.web.get(people(round)))


def test_only_a_lead_of_this_partnership_erases(place):
    url = erase_url(place, place.members[0])
    other = make_place(people=1, town="Southmoor")
    for user, status in ((place.members[1].user, 403), (place.officer, 403), (other.by, 404)):
        assert place.as_(user).post(url).status_code == status
    foreign = f"/partnerships/{place.partnership.slug}/members/{other.members[0].pk}/erase/"
    assert place.web.post(foreign).status_code == 404
    assert Membership.objects.filter(pk__in=[place.members[0].pk, other.members[0].pk]).count() == 2


def test_the_only_lead_is_told_to_name_another_first(place):
    refused = place.web.post(erase_url(place, place.lead))
    assert refused.status_code == 409
    assert "Make somebody else a lead first" in words(refused)


def test_a_lead_can_erase_themselves_and_is_signed_out(place):
    make_lead(place.partnership)
    answer = place.web.post(erase_url(place, place.lead))
    assert answer.status_code == 302
    assert answer["Location"] == "/"
    assert not User.objects.filter(pk=place.by.pk).exists()
    assert "_auth_user_id" not in place.web.session


def test_a_name_from_a_file_is_erased_a_member_is_not(place):
    round = make_round(place.partnership, by=place.by, state="revealed")
    Participant.objects.filter(membership=place.members[0]).update(membership=None, imported_as="A. Paper")
    imported = round.invitations.get(participant__imported_as="A. Paper")
    url = people(round, f"{imported.pk}/erase/")
    assert "Erase A. Paper" in words(place.web.get(url))
    place.web.post(url)
    assert "Someone without a name" in words(place.web.get(people(round)))
    refused = place.web.post(person(place, round, place.members[1], "erase"))
    assert refused.status_code == 409


# --- How many can be matched ---


def test_how_many_proved_who_they_are_is_said_once_it_changes_no_more(place, round):
    """Nothing before: whoever watches the number as people answer, one after another, learns who did."""
    for n, member in enumerate(place.members):
        rate(round, member, {1: 4})
        Response.objects.filter(participant__membership=member).update(proofs=["mail:a"] if n else [])
    said = "3 of the 4 who answered proved who they are, and can be matched from one review to the next."
    assert said not in words(place.web.get(people(round)))
    moves = ((rounds.close_round, False), (rounds.reveal_round, True), (rounds.share_round, True))
    for move, is_said in moves:
        round = move(by=place.by, round=round)
        assert (said in words(place.web.get(people(round)))) is is_said


def test_of_a_round_from_a_file_nobody_can_say_that(place, round):
    rate(round, place.members[0], {1: 4})
    advance(round, "revealed", by=place.by)
    Round.objects.filter(pk=round.pk).update(is_brought_in=True)
    assert "proved who they are" not in words(place.web.get(people(round)))


# --- One's own data ---


def test_my_data_is_mine_and_holds_no_rating(place, round):
    member = place.members[0]
    rate(round, member, {1: (5, "LEAKED COMMENT")})
    rate(round, place.members[1], {1: 1})
    answer = place.as_(member.user).get("/account/data/")
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    data = json.loads(answer.content)
    assert data["account"]["email"] == "sam0@northmoor.example"
    assert data["account"]["officer_of"] == []
    assert data["account"]["last_sign_in"]
    assert [data["account"][right] for right in ("editor", "administrator")] == [False, False]
    assert [found["partnership"] for found in data["memberships"]] == ["Northmoor Ageing Well"]
    assert data["rounds"][0]["round"] == "Autumn 2026"
    assert data["rounds"][0]["first_answer"]
    assert data["rounds"][0]["came_in_by"] is None
    assert data["rounds"][0]["asked_by_email"] == []
    assert "return code" in data["about_ratings"]
    assert "LEAKED" not in answer.content.decode()
    assert "sam1@" not in answer.content.decode()
    assert "level" not in answer.content.decode()


def test_my_data_says_how_i_came_in_and_what_i_was_asked(place, round):
    for each in place.members[:2]:
        invitation = place.invitation(round, each)
        browser = Browser(InvitationLink(invitation=invitation))
        answers.start_response(
            invitation=invitation, code="KTM482QX", organisation=None, standpoint="", browser=browser
        )
    [found] = json.loads(place.as_(place.members[0].user).get("/account/data/").content)["rounds"]
    assert found["came_in_by"] == "a link the lead had made"
    assert found["asked_by_email"] == [
        {"about": "answers begun in your name", "sent": None, "you_said": None}
    ]


def test_my_data_has_the_next_steps_i_am_to_do_as_far_as_i_may_read_them(place, round):
    member = place.members[0]
    make_step(place.partnership, 2, "Have lunch", owner=member.name.upper(), due_on=date(2030, 5, 1))
    make_step(place.partnership, 3, "LEAKED STEP", owner=member.name, round=round)
    make_step(place.partnership, 4, "Of somebody else", owner=place.members[1].name)
    data = json.loads(place.as_(member.user).get("/account/data/").content)
    (step,) = data["next_steps"]
    assert (step["what"], step["by"], step["state"]) == ("Have lunch", "2030-05-01", "open")
    member.ended_at = timezone.now()
    member.save()
    assert json.loads(place.as_(member.user).get("/account/data/").content)["next_steps"] == []


def test_my_data_asks_who_is_there(client, db):
    assert client.get("/account/data/").status_code == 302
