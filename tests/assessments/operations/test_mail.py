import smtplib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail as outgoing
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from assessments import keys, letters
from assessments.models import Invitation, InvitationLink
from assessments.operations import invitations, rounds
from assessments.operations.mail import deliver, retry_failed
from partnerships.mail import demo
from tests.assessments.round_room import make_place
from tests.factories import make_round, rate
from tests.made_once import made_once

pytestmark = pytest.mark.usefixtures("edition")


@made_once
def place():
    return make_place(people=3)


@made_once
def round(place):
    return make_round(place.partnership, by=place.by, state="open", closing_on=timezone.localdate())


def token_in(message):
    return message.body.split("/r/")[1].split("/")[0]


class PickyServer(EmailBackend):
    """A mail server that refuses one address and breaks off at another."""

    def send_messages(self, messages):
        for message in messages:
            if message.to == ["sam1@northmoor.example"]:
                raise smtplib.SMTPRecipientsRefused({message.to[0]: (550, b"no such user sam1")})
            if message.to == ["sam2@northmoor.example"]:
                raise smtplib.SMTPServerDisconnected("gone")
        return super().send_messages(messages)


class SilentServer(EmailBackend):
    """A mail server nobody answers at."""

    def open(self):
        raise ConnectionRefusedError(111, "Connection refused")


PICKY = f"{__name__}.PickyServer"


# --- What it says ---


def test_the_invitation_says_who_asks_why_how_long_until_when_and_who_sees(place, round):
    deliver(by=place.by, round=round)
    message = next(m for m in outgoing.outbox if m.to == ["sam0@northmoor.example"])
    assert message.reply_to == ["robin@northmoor.example"]
    assert message.subject == "How are we doing as a partnership? Northmoor Ageing Well, Autumn 2026"
    day = f"{timezone.localdate().day} {timezone.localdate():%B %Y}"
    for piece in (
        "Dear Sam Tarn 0,",
        "Robin Ashdown",
        "five minutes",
        day,
        "Nobody in the partnership can see who gave which rating",
        "do not forward",
        "http://localhost:8000/r/",
    ):
        assert piece in message.body
    assert message.body.count("\n\n\n") == 0


def test_a_named_round_says_so_in_the_invitation(place):
    named = make_round(place.partnership, by=place.by, state="open", confidentiality="named")
    deliver(by=place.by, round=named)
    assert "see your name beside your ratings" in outgoing.outbox[0].body
    assert "Nobody in the partnership" not in outgoing.outbox[0].body


def test_quotes_and_apostrophes_arrive_as_typed(place, round):
    place.partnership.name = 'Northmoor\'s <Ageing> & "Well"'
    place.partnership.save()
    deliver(by=place.by, round=round)
    assert 'Northmoor\'s <Ageing> & "Well" is asking' in outgoing.outbox[0].body


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\r", "\u2028", "\x0b"])
def test_a_name_cannot_write_headers(place, round, sign):
    place.partnership.name = f"Ageing{sign}Bcc: everybody@elsewhere.example"
    place.partnership.save()
    round.title = f"Autumn{sign}Reply-To: thief@elsewhere.example"
    round.save()
    assert deliver(by=place.by, round=round).sent == 4
    for message in outgoing.outbox:
        written = message.message()
        assert written["Bcc"] is None
        assert written["Reply-To"] == "robin@northmoor.example"
        assert message.recipients() == message.to


def test_marks_that_turn_text_around_are_left_out_letters_of_hebrew_are_not():
    assert letters.one_line("\u202egnp.exe שלום  é") == "gnp.exe שלום é"


def test_links_begin_with_the_address_of_the_site_whatever_the_visitor_says(place, settings):
    settings.SITE_URL = "https://together.northmoor.example"
    settings.ALLOWED_HOSTS = ["*"]
    draft = make_round(place.partnership, by=place.by)
    place.web.post(f"/rounds/{draft.pk}/open/", HTTP_HOST="thief.example")
    assert "https://together.northmoor.example/r/" in outgoing.outbox[0].body
    assert "thief" not in outgoing.outbox[0].body


def test_no_mail_holds_a_rating(place, round):
    rate(round, place.members[0], {1: (5, "LEAKED COMMENT")}, submit=False)
    round.invitations.update(mail_due="")
    invitations.remind(by=place.by, round=round)
    invitations.restart_answers(by=place.by, invitation=place.invitation(round, place.members[0]))
    deliver(by=place.by, round=round)
    assert {m.subject.split(":")[0] for m in outgoing.outbox} == {"Reminder", "Please start again"}
    assert not any("LEAKED" in message.body for message in outgoing.outbox)


# --- How it goes out ---


def test_each_gets_one_mail_with_a_link_that_works(place, round):
    delivery = deliver(by=place.by, round=round)
    assert (delivery.sent, delivery.failed, delivery.waiting) == (4, 0, 0)
    assert deliver(by=place.by, round=round).sent == 0
    for message in outgoing.outbox:
        link = InvitationLink.objects.get(token_hash=keys.hash_token(token_in(message)))
        assert link.invitation.participant.membership.email == message.to[0]
        assert link.withdrawn_at is None
    assert not round.invitations.filter(mailed_at=None).exists()


def test_time_runs_out_after_one_at_least(place, round):
    assert deliver(by=place.by, round=round, seconds=0).waiting == 3
    assert deliver(by=place.by, round=round, seconds=60).sent == 3


def test_a_refused_address_is_told_in_plain_words_and_its_link_is_dead(place, round, settings):
    settings.EMAIL_BACKEND = PICKY
    delivery = deliver(by=place.by, round=round)
    assert (delivery.sent, delivery.failed, delivery.waiting) == (2, 2, 0)
    refused, broken = (place.invitation(round, member) for member in place.members[1:])
    assert refused.mail_error == "The mail server refused this address."
    assert broken.mail_error == "The connection to the mail server broke off."
    for invitation in (refused, broken):
        assert invitation.mail_due == "invitation"
        assert invitation.mailed_at is None
        assert not invitation.links.exists()


def test_what_failed_is_tried_again_when_asked_and_not_before(place, round, settings):
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = PICKY
    deliver(by=place.by, round=round)
    settings.EMAIL_BACKEND = usual
    assert deliver(by=place.by, round=round).sent == 0
    assert retry_failed(by=place.by, round=round) == 2
    assert deliver(by=place.by, round=round).sent == 2
    assert not round.invitations.exclude(mail_error="").exists()


def test_a_mail_server_that_does_not_answer_is_tried_once(place, round, settings):
    settings.EMAIL_BACKEND = f"{__name__}.SilentServer"
    delivery = deliver(by=place.by, round=round)
    assert (delivery.sent, delivery.failed, delivery.waiting) == (0, 4, 0)
    assert set(round.invitations.values_list("mail_error", flat=True)) == {
        "The mail server could not be reached."
    }
    assert not InvitationLink.objects.exists()


def test_another_process_that_holds_a_mail_is_left_to_it(place, round):
    held = place.invitation(round, place.members[0])
    Invitation.objects.filter(pk=held.pk).update(mail_claimed_at=timezone.now())
    delivery = deliver(by=place.by, round=round)
    assert (delivery.sent, delivery.waiting) == (3, 1)
    assert "sam0@northmoor.example" not in [message.to[0] for message in outgoing.outbox]


def test_what_a_killed_process_left_goes_out_later(place, round):
    Invitation.objects.update(mail_claimed_at=timezone.now() - timedelta(minutes=6))
    assert deliver(by=place.by, round=round).sent == 4


def test_things_that_moved_on_are_not_mailed(place, round):
    ended, readdressed, _third = place.members
    type(ended).objects.filter(pk=ended.pk).update(ended_at=timezone.now())
    type(readdressed).objects.filter(pk=readdressed.pk).update(email="")
    assert deliver(by=place.by, round=round).sent == 2
    assert round.invitations.mail_waiting().count() == 0


def test_results_go_to_those_in_the_partnership_by_a_link_to_the_results(place, round):
    invitations.withdraw_links(by=place.by, invitation=place.invitation(round, place.members[0]))
    token = invitations.issue_link(by=place.by, invitation=place.invitation(round, place.members[1]))
    invitations.withdraw_links(by=place.by, invitation=place.invitation(round, place.members[1]))
    assert token
    for move in (rounds.close_round, rounds.reveal_round, rounds.share_round):
        move(by=place.by, round=round)
    deliver(by=place.by, round=round)
    told = sorted(message.to[0] for message in outgoing.outbox)
    assert told == ["robin@northmoor.example", "sam0@northmoor.example", "sam2@northmoor.example"]
    assert f"/r/{token_in(outgoing.outbox[0])}/results/" in outgoing.outbox[0].body


def test_the_command_sends_what_is_due_and_says_so(place, round, capsys):
    call_command("send_mail_due")
    assert "Sent: 4. Not sent: 0. Still waiting: 0." in capsys.readouterr().out
    assert len(outgoing.outbox) == 4


def test_the_command_tries_failed_ones_only_when_told(place, round, settings, capsys):
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = PICKY
    deliver(by=place.by, round=round)
    settings.EMAIL_BACKEND = usual
    call_command("send_mail_due")
    call_command("send_mail_due", "--retry-failed")
    assert [line[:8] for line in capsys.readouterr().out.splitlines()] == ["Sent: 0.", "Sent: 2."]


@pytest.mark.django_db(transaction=True)
def test_two_processes_at_once_send_each_mail_once(edition):
    place = make_place(people=8)
    round = make_round(place.partnership, by=place.by, state="open")

    def send(_number):
        try:
            return deliver(by=place.by, round=round).sent
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as processes:
        sent = list(processes.map(send, range(4)))
    assert sum(sent) == 9
    assert len({message.to[0] for message in outgoing.outbox}) == len(outgoing.outbox) == 9


# --- The demonstration's mailbox ---


@pytest.fixture
def mailbox(settings, tmp_path):
    settings.EMAIL_BACKEND = "partnerships.mail.demo.MailboxBackend"
    settings.DEMO_MAILBOX = tmp_path / "mail"


@pytest.mark.usefixtures("mailbox")
def test_the_demonstration_keeps_mail_newest_first(place, round):
    assert demo.messages() == []
    deliver(by=place.by, round=round)
    kept = demo.messages()
    assert [message.to for message in kept][-1] == "robin@northmoor.example"
    assert len(kept) == 4
    assert "http://localhost:8000/r/" in kept[0].body
    assert demo.message(kept[0].key) == kept[0]


@pytest.mark.usefixtures("mailbox")
@pytest.mark.parametrize(
    "key", ["", "..", "../secret", "/etc/passwd", "1-a", "x" * 29, "0" * 20 + "-zzzzzzzz"]
)
def test_a_key_reaches_no_other_file(key, settings):
    settings.DEMO_MAILBOX.mkdir()
    (settings.DEMO_MAILBOX.parent / "secret.eml").write_text("Subject: secret\n\nsecret")
    assert demo.message(key) is None


@pytest.mark.parametrize("kind", Invitation.Mail.values)
def test_a_letter_begins_with_a_capital(round, kind):
    said = letters.body(
        round, kind, url="https://x.example/r/1/", sender=letters.asker(round), name="sam tarn"
    )
    greeting, first = said.split("\n\n")[:2]
    assert greeting == "Dear sam tarn,"
    assert first[0].isupper()
