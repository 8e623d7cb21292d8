"""A round from state to state, and the e-mail that goes out with it."""

import pytest
from django.core import mail
from django.urls import reverse

from assessments.models import Round
from partnerships.models.audit import AuditEvent
from tests.assessments.round_room import make_place, words
from tests.factories import (
    MembershipFactory,
    PartnershipFactory,
    UserFactory,
    everybody,
    make_lead,
    make_round,
)
from tests.made_once import made_once

pytestmark = pytest.mark.usefixtures("edition")


@made_once
def place():
    return make_place()


def answers(place, *levels):
    return everybody(place.members[: len(levels)], *levels)


def page(name, round):
    return reverse(f"assessments:{name}", args=[round.pk])


def test_opening_the_results_ends_on_them(place):
    round = make_round(place.partnership, by=place.by, state="closed", answers=answers(place, *[3] * 6))
    assert page("round_reveal", round) in place.web.get(place.url).content.decode()
    asked = place.web.get(page("round_reveal", round))
    assert f'href="{round.get_absolute_url()}">Cancel' in asked.content.decode()
    for _press in range(2):
        assert place.web.post(page("round_reveal", round)).url == page("results", round)
    member = place.as_(place.members[0].user).get(place.url)
    assert page("round_reveal", round) not in member.content.decode()


MOVES = {
    "round_open": ("draft", "open"),
    "round_close": ("open", "closed"),
    "round_reveal": ("closed", "revealed"),
    "round_share": ("revealed", "shared"),
}


@pytest.mark.parametrize("name", MOVES)
def test_looking_changes_nothing_and_pressing_twice_moves_once(place, name):
    before, after = MOVES[name]
    round = make_round(place.partnership, by=place.by, state=before, answers=answers(place, 3, 3, 3, 3, 3))
    url = page(name, round)
    assert place.web.get(url).status_code == 200
    round.refresh_from_db()
    assert round.state == before
    other = make_lead(place.partnership, name="Jo Fell")
    assert place.web.post(url).status_code == 302
    sent = len(mail.outbox)
    second = place.as_(other.user).post(url, follow=True)
    assert "already" in words(second)
    assert len(mail.outbox) == sent
    round.refresh_from_db()
    assert round.state == after
    event = {"round_open": "opened", "round_close": "closed"}.get(name, after)
    assert AuditEvent.objects.filter(event=f"round {event}", target_key=str(round.pk)).count() == 1


@pytest.mark.parametrize("name", [*MOVES, "round_reopen", "round_delete", "round_mail", "round_settings"])
def test_only_leads_move_a_round(place, name):
    round = make_round(place.partnership, by=place.by)
    for user, status in ((place.members[0].user, 403), (place.officer, 403), (UserFactory(), 404)):
        assert place.as_(user).get(page(name, round)).status_code == status
        assert place.as_(user).post(page(name, round)).status_code == status
    round.refresh_from_db()
    assert round.state == "draft"


def test_a_move_out_of_turn_says_what_to_do_instead(place):
    round = make_round(place.partnership, by=place.by, state="open")
    early = place.web.get(page("round_reveal", round))
    assert early.status_code == 409
    assert "Close the round first" in words(early)
    assert place.web.post(page("round_share", round)).status_code == 409


def test_opening_sends_each_member_their_own_link(place):
    round = make_round(place.partnership, by=place.by)
    answer = place.web.post(page("round_open", round), follow=True)
    assert "The round is open. 7 e-mails sent." in words(answer)
    assert sorted(message.to[0] for message in mail.outbox)[1] == "sam0@northmoor.example"
    links = {message.body.split("/r/")[1].split()[0] for message in mail.outbox}
    assert len(links) == 7


def test_a_round_without_people_is_not_opened(client):
    lead = make_lead(PartnershipFactory(), organisation=None)
    lead.ended_at = None
    round = make_round(lead.partnership, by=lead.user)
    lead.partnership.memberships.update(email="")
    client.force_login(lead.user)
    assert client.post(page("round_open", round)).status_code == 302
    assert mail.outbox == []


def test_reopening_asks_why_and_keeps_the_reason(place):
    round = make_round(place.partnership, by=place.by, state="closed")
    empty = place.web.post(page("round_reopen", round), {"reason": "  "})
    assert "Write why the round is opened again" in words(empty)
    place.web.post(page("round_reopen", round), {"reason": "The NHS was on leave"})
    round.refresh_from_db()
    assert round.state == "open"
    event = AuditEvent.objects.get(event="round re-opened")
    assert event.after == {"reason": "The NHS was on leave"}


def test_a_round_whose_results_are_open_is_never_reopened(place):
    round = make_round(place.partnership, by=place.by, state="revealed")
    refused = place.web.post(page("round_reopen", round), {"reason": "Someone was late"})
    assert refused.status_code == 409
    assert "Start a new round instead" in words(refused)
    round.refresh_from_db()
    assert round.state == "revealed"


def test_opening_the_results_says_first_what_it_means(place):
    round = make_round(place.partnership, by=place.by, state="closed", answers=answers(place, 3, 3, 3, 3))
    seen = words(place.web.get(page("round_reveal", round)))
    assert "This cannot be undone" in seen
    assert "no rating changes" in seen
    assert "4 of 7" in seen
    assert "fewer than 5" in seen


def test_fewer_than_half_is_said_kindly(place):
    MembershipFactory.create_batch(8, partnership=place.partnership)
    round = make_round(place.partnership, by=place.by, state="closed", answers=answers(place, *[3] * 6))
    seen = words(place.web.get(page("round_reveal", round)))
    assert "fewer than half" in seen
    assert "least number" not in seen


def test_sharing_tells_members_only_if_wanted(place):
    quiet = make_round(place.partnership, by=place.by, state="revealed")
    place.web.post(page("round_share", quiet), {})
    assert mail.outbox == []
    told = make_round(place.partnership, by=place.by, state="revealed", title="Second")
    seen = words(place.web.get(page("round_share", told)))
    assert "7 people have an e-mail address" in seen
    assert "Northmoor Council (1 person)" in seen
    place.web.post(page("round_share", told), {"tell": "on"})
    assert len(mail.outbox) == 7
    assert "/results/" in mail.outbox[0].body


def test_a_draft_can_be_deleted_an_opened_round_cannot(place):
    draft = make_round(place.partnership, by=place.by)
    answer = place.web.post(page("round_delete", draft), follow=True)
    assert "The draft is deleted" in words(answer)
    assert not Round.objects.exists()
    opened = make_round(place.partnership, by=place.by, state="open")
    assert place.web.post(page("round_delete", opened)).status_code == 409
    assert Round.objects.count() == 1


# --- Sending ---


def test_what_one_page_has_no_time_for_goes_out_from_the_next(place, settings):
    settings.MAIL_SECONDS = 0
    round = make_round(place.partnership, by=place.by)
    answer = place.web.post(page("round_open", round), follow=True)
    assert "1 of 7 sent" in words(answer)
    for _ in range(5):
        place.web.post(page("round_mail", round))
    part = place.web.post(page("round_mail", round), HTTP_HX_REQUEST="true")
    assert part.content.decode().strip().startswith("<section")
    assert "7 of 7 sent" in words(part)
    assert "Go on sending" not in words(part)
    assert len({message.to[0] for message in mail.outbox}) == len(mail.outbox) == 7


def test_looking_at_the_progress_sends_nothing(place):
    round = make_round(place.partnership, by=place.by, state="open")
    seen = words(place.web.get(page("round_mail", round)))
    assert "0 of 7 sent" in seen
    assert mail.outbox == []
