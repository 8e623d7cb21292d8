"""Comments: looked through by the lead, then read by everybody without a trace of who wrote them."""

import re

import pytest
from django.urls import reverse

from assessments.models import Comment, Invitation
from assessments.operations import rounds
from assessments.operations.comments import judge_comments
from assessments.operations.invitations import issue_link
from assessments.policies.base import NotNow
from partnerships.models.audit import AuditEvent
from tests.made_once import made_once

from ..results_room import SizedPartnership

SECRET = "Ask the ferry people about the tide tables"
KIND = "The new hub works well"
OFTEN = "<script>alert(1)</script> and =1+1"


@made_once
def room():
    return SizedPartnership(7)


@made_once
def round(room):
    """Comments on actions 1 and 3; those on action 2, which too few rated, must never show."""
    said = [
        {1: (4, SECRET), 3: (2, OFTEN)},
        {1: (5, KIND), 2: (1, "Nobody may read this one")},
        *[{1: 4, 3: 3}] * 5,
    ]
    return room.round(*said, state="revealed")


@pytest.fixture
def as_lead(room, client):
    client.force_login(room.lead.user)
    return client


def address(name, round):
    return reverse(f"assessments:{name}", args=[round.pk])


def html(response):
    return response.content.decode()


def finish(room, round):
    return rounds.finish_comments(by=room.lead.user, round=round)


def post_all(client, url):
    """Press the button of a page of comments as it stands; the address it leads to."""
    names = re.findall(r'name="([0-9a-f-]{36})" value="shown"', html(client.get(url)))
    assert len(names) <= 100  # however many there are, a form stays far below what a server accepts
    return client.post(url, dict.fromkeys(names, "shown")).url


class TestLookingThrough:
    def test_very_many_comments_come_a_hundred_a_page(self, room, as_lead, round):
        action = round.comments.filter(text=SECRET).get().action
        Comment.objects.bulk_create(
            Comment(round=round, action=action, text=f"Remark {n}") for n in range(210)
        )
        here, pages = address("comments_review", round), 0
        while f"?page={pages + 2}" in (there := post_all(as_lead, f"{here}?page={pages + 1}")):
            pages += 1
            assert pages < 40, there
        assert pages == 4  # three about one action, one about another; the next asks whether to finish
        waiting = round.comments.filter(standing=Comment.Judgement.WAITING)
        assert not waiting.exists()
        assert round.comments.filter(standing=Comment.Judgement.SHOWN).count() == 213

    def test_one_action_a_page_without_who_wrote_it(self, room, as_lead, round):
        said = html(as_lead.get(address("comments_review", round)))
        assert SECRET in said
        assert KIND in said
        assert "&lt;script&gt;" not in said  # stands on the next page
        assert "1 of 2 actions" in said
        for member in room.members:
            assert member.name not in said
        assert "Body A" not in said

    def test_markup_stays_text(self, as_lead, round):
        said = html(as_lead.get(address("comments_review", round) + "?page=2"))
        assert "&lt;script&gt;alert(1)&lt;/script&gt; and =1+1" in said

    def test_a_comment_on_a_hidden_action_is_nowhere(self, as_lead, round):
        for page in (1, 2, 3):
            assert "Nobody may read" not in html(
                as_lead.get(address("comments_review", round) + f"?page={page}")
            )

    def test_hold_back_go_on_and_finish(self, room, as_lead, round):
        review = address("comments_review", round)
        choices = {
            str(comment.pk): "held_back" if comment.text == SECRET else "shown"
            for comment in round.comments.filter(action__number=1)
        }
        assert as_lead.post(review, choices).url == review + "?page=2"
        third = round.comments.get(action__number=3)
        assert as_lead.post(review + "?page=2", {str(third.pk): "shown"}).url == review + "?page=3"
        end = html(as_lead.get(review + "?page=3"))
        assert "There are 3 comments." in end
        assert "You hold back 1." in end
        assert as_lead.post(review + "?page=3").url == address("comments", round)
        said = html(as_lead.get(address("comments", round)))
        assert KIND in said
        assert SECRET not in said

    def test_a_missing_choice_is_an_error_and_changes_nothing(self, as_lead, round):
        first = round.comments.filter(action__number=1).first()
        response = as_lead.post(address("comments_review", round), {str(first.pk): "held_back"})
        assert response.status_code == 200
        assert "There is a problem" in html(response)
        assert not round.comments.exclude(standing="waiting").exists()

    @pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 5000, "٣", ""])
    def test_any_page_number_opens(self, as_lead, round, page):
        assert as_lead.get(address("comments_review", round), {"page": page}).status_code == 200

    def test_members_and_officers_may_not(self, room, client, round):
        rounds.share_round(by=room.lead.user, round=round)
        for user in (room.members[0].user, room.officer):
            client.force_login(user)
            assert client.get(address("comments_review", round)).status_code == 403
            assert client.post(address("comments_review", round) + "?page=9").status_code == 403
        round.refresh_from_db()
        assert round.comments_looked_through_at is None

    def test_a_comment_of_another_round_is_passed_over(self, room, round, edition):
        other = SizedPartnership(6)
        elsewhere = other.round(*[{1: (4, KIND)}] * 6).comments.first()
        judge_comments(by=room.lead.user, round=round, judgements={elsewhere.pk: "held_back"})
        elsewhere.refresh_from_db()
        assert elsewhere.standing == Comment.Judgement.WAITING

    def test_not_before_the_freeze(self, room):
        with pytest.raises(NotNow):
            judge_comments(by=room.lead.user, round=room.round(4, state="closed"), judgements={})

    def test_the_audit_trail_holds_no_comment(self, room, round):
        judge_comments(
            by=room.lead.user,
            round=round,
            judgements=dict.fromkeys(round.comments.values_list("pk", flat=True), "shown"),
        )
        finish(room, round)
        trail = str(list(AuditEvent.objects.values()))
        assert "comments looked through" in trail
        for key in (SECRET, KIND, *round.comments.values_list("pk", flat=True)):
            assert str(key) not in trail


class TestReading:
    def test_the_lead_is_sent_to_look_through_them_first(self, as_lead, round):
        assert as_lead.get(address("comments", round)).url == address("comments_review", round)
        assert address("comments_review", round) in html(as_lead.get(address("results", round)))

    def test_members_wait_until_they_are_looked_through(self, room, client, round):
        rounds.share_round(by=room.lead.user, round=round)
        client.force_login(room.members[0].user)
        response = client.get(address("comments", round))
        assert response.status_code == 409
        assert "not ready yet" in html(response)
        assert SECRET not in html(response)
        assert "Read the comments" not in html(client.get(address("results", round)))

    def test_then_they_read_them_in_the_order_of_the_random_keys(self, room, client, round):
        finish(room, rounds.share_round(by=room.lead.user, round=round))
        client.force_login(room.members[0].user)
        assert address("comments", round) in html(client.get(address("results", round)))
        said = html(client.get(address("comments", round)))
        by_key = [c.text for c in round.comments.filter(action__number=1).order_by("id")]
        assert re.findall(rf"{SECRET}|{KIND}", said) == by_key
        for leak in ("Body A", room.members[1].name, 'class="bar"', "radar", "Average", "4.0"):
            assert leak not in said
        assert "<script>alert" not in said

    def test_by_private_link(self, room, client, edition):
        round = room.round({1: (4, KIND)}, *[4] * 5, state="open", title="By link")
        invitation = Invitation.objects.get(round=round, participant__membership=room.members[0])
        token = issue_link(by=room.lead.user, invitation=invitation)
        private = reverse("assessments:link_comments", args=[token])
        for move in (rounds.close_round, rounds.reveal_round, rounds.share_round):
            round = move(by=room.lead.user, round=round)
        assert client.get(private).status_code == 409
        finish(room, round)
        assert KIND in html(client.get(private))

    def test_none_to_read(self, room, as_lead):
        round = finish(room, room.round(*[4] * 6, title="Silent"))
        assert "There are no comments to read" in html(as_lead.get(address("comments", round)))
        assert "the comments" not in html(as_lead.get(address("results", round)))
