"""Next steps beside the results."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models import NextStep
from assessments.operations import nextsteps, rounds
from partnerships.models import Partnership
from partnerships.templatetags.together import long_date
from tests.factories import make_step
from tests.made_once import made_once

from ..results_room import SizedPartnership
from .results_pages import page, private_address, text, text_of


@made_once
def room():
    return SizedPartnership(6, 6)


@pytest.fixture
def as_lead(room, client):
    client.force_login(room.lead.user)
    return client


MIXED = [
    *[{**dict.fromkeys(range(1, 12), 4), 8: 1, 10: 1}] * 4,
    *[{**dict.fromkeys(range(1, 12), 5), 8: 2}] * 4,
]


class TestNextSteps:
    """Action 8 needs attention and action 10 divides people; the page is kept from the first look on."""

    def entry(self, response, number):
        """What the attention list says of one action."""
        html = response.content.decode()
        listed = html[html.index("attention-title") : html.index("A prompt for a conversation")]
        return next(text_of(part) for part in listed.split("<li>")[1:] if f'href="#action-{number}"' in part)

    @pytest.mark.parametrize("first", ["lead", "member"])
    def test_each_entry_says_whether_there_is_one_as_far_as_the_reader_may_know(self, room, client, first):
        older = room.round(*MIXED, title="Older", state="shared")
        unshared = room.round(*MIXED, title="Not shared")
        users = {"lead": room.lead.user, "member": room.members[0].user}
        due = timezone.localdate() + timedelta(days=9)
        make_step(room.partnership, 8, "Secret", round=unshared, owner="Ottoline Quill", due_on=due)
        make_step(room.partnership, 10, "Known", round=older, owner="Body B", due_on=due)
        quill = f"One next step under way, by Ottoline Quill, due {long_date(due)}."
        known = f"One next step under way, by Body B, due {long_date(due)}."
        order = ["lead", "member"] if first == "lead" else ["member", "lead"]
        for who in order * 2:
            client.force_login(users[who])
            response = page(client, older)
            assert (quill if who == "lead" else "No next step yet.") in self.entry(response, 8)
            assert known in self.entry(response, 10)
            assert ("Quill" in text(response)) == (who == "lead")

    def test_it_follows_what_is_done_at_once(self, room, as_lead):
        round = room.round(*MIXED)
        assert "No next step yet." in self.entry(page(as_lead, round), 8)
        step = make_step(room.partnership, 8, round=round)
        assert "One next step under way." in self.entry(page(as_lead, round), 8)
        nextsteps.finish_next_step(by=None, step=step, seen=1)
        assert "One next step done since, none under way." in self.entry(page(as_lead, round), 8)

    def test_new_names_show_at_once_though_the_page_is_kept(self, room, as_lead):
        round = room.round(*MIXED)
        page(as_lead, round)
        Partnership.objects.update(name="Moor and Fell")
        assert "Moor and Fell · confidential round" in text(page(as_lead, round))

    def test_what_is_due_today_is_overdue_tomorrow_though_the_page_is_kept(self, room, as_lead):
        round = room.round(*MIXED)
        today = timezone.localdate()
        make_step(room.partnership, 8, round=round, due_on=today)
        assert f"due {long_date(today)}" in self.entry(page(as_lead, round), 8)
        NextStep.objects.update(due_on=today - timedelta(days=1))
        assert "overdue since" in self.entry(page(as_lead, round), 8)

    def test_leads_add_one_from_here_and_others_read(self, room, client):
        round = room.round(*MIXED, state="shared")
        new = reverse("assessments:next_step_new", args=[room.partnership.slug])
        steps = reverse("assessments:next_steps", args=[room.partnership.slug])
        client.force_login(room.lead.user)
        lead = page(client, round).content.decode()
        assert f'href="{new}?action=learning&amp;round={round.pk}"' in lead
        assert "Plan next steps" in lead
        for user in (room.members[0].user, room.officer):
            client.force_login(user)
            other = page(client, round).content.decode()
            assert new not in other
            assert steps in other
            assert "No next step yet." in other

    def test_by_private_link_the_words_stand_without_a_way_on(self, room, client):
        round = room.round(*MIXED, state="open")
        private = private_address(room, round, "link_results")
        for move in (rounds.close_round, rounds.reveal_round, rounds.share_round):
            round = move(by=room.lead.user, round=round)
        unshared = room.round(*MIXED, title="Not shared")
        make_step(room.partnership, 8, round=unshared, owner="Ottoline Quill")
        make_step(room.partnership, 10, owner="Body B")
        response = client.get(private)
        assert "No next step yet." in self.entry(response, 8)
        assert "One next step under way, by Body B." in self.entry(response, 10)
        assert "next-steps" not in response.content.decode()
        assert "Quill" not in response.content.decode()

    def test_markup_in_an_owner_is_text(self, room, as_lead):
        round = room.round(*MIXED)
        make_step(room.partnership, 8, owner="<b>NHS</b>")
        assert "by &lt;b&gt;NHS&lt;/b&gt;" in page(as_lead, round).content.decode()
