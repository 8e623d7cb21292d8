"""On whose device answers stay open, and for how long."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from assessments.models import Response
from assessments.operations import invitations, rounds
from tests.assessments.rating_room import ask_a_member, code_of, save, start
from tests.assessments.round_room import words
from tests.factories import MembershipFactory, PartnershipFactory, UserFactory, make_lead
from tests.made_once import made_once

DAY = 24 * 60 * 60


@pytest.fixture(autouse=True)
def _no_wrong_tries_yet(db):
    caches["default"].clear()


@made_once
def room():
    return ask_a_member()


def answered(room, user=None):
    """A browser, signed in or not, in which the member has rated an action."""
    browser = Client()
    if user:
        browser.force_login(user)
    start(browser, room)
    save(browser, room, 1, level="2")
    return browser


def fresh_link(room):
    return f"/r/{invitations.issue_link(by=room.lead.user, invitation=room.invitation)}/"


def is_open(browser, room):
    """Whether any link of the person shows their answers there."""
    pages = (f"{fresh_link(room)}{page}" for page in ("", "1/", "review/", "sent/", "data/"))
    return any(browser.get(page).status_code == 200 for page in pages)


def seconds_kept(answer, room):
    return int(answer.cookies[f"answers-{room.invitation.pk}"]["max-age"])


class TestFinishing:
    @pytest.mark.parametrize("page", ["review/", "sent/"])
    def test_the_page_offers_it_and_it_forgets_the_answers_there(self, room, page):
        browser = answered(room)
        browser.post(room.url("review/"))
        assert "Finish on this device" in words(browser.get(room.url(page)))
        assert is_open(browser, room)
        gone = browser.post(room.url("finish/"), follow=True)
        assert "It no longer opens here" in words(gone)
        assert not is_open(browser, room)
        assert Response.objects.get(submitted_at__isnull=False).ratings.count() == 1

    def test_without_sending_what_was_saved_counts(self, room):
        browser = answered(room)
        browser.post(room.url("finish/"))
        assert not is_open(browser, room)
        assert room.levels() == {1: 2}

    def test_the_code_opens_them_again(self, room):
        browser = answered(room)
        code = code_of(browser, room)
        browser.post(room.url("finish/"))
        browser.post(room.url("code/"), {"code": code})
        assert is_open(browser, room)

    def test_the_answers_of_somebody_else_stay_open_there(self, room):
        """Two who share a computer."""
        other = MembershipFactory(partnership=room.partnership, name="Kim Beck", email="kim@x.example")
        theirs = invitations.invite_one(round=room.round, member=other)
        browser = answered(room)
        link = f"/r/{invitations.issue_link(by=room.lead.user, invitation=theirs)}/"
        page = browser.get(link)
        ticket = page.context["form"]["ticket"].value()
        browser.post(link, {"ticket": ticket})
        browser.post(f"{link}finish/")
        assert is_open(browser, room)

    def test_also_once_the_round_is_closed(self, room):
        browser = answered(room)
        rounds.close_round(by=room.lead.user, round=room.round)
        browser.post(room.url("finish/"))
        assert browser.get(room.url("data/")).status_code == 302

    def test_whoever_has_answers_open_has_not_finished(self, room):
        browser = answered(room)
        assert browser.get(room.url("finish/")).url == room.url()


class TestOnTheDeviceOfALead:
    def signed_in(self, room, who):
        return {
            "lead": room.lead.user,
            "another lead": make_lead(room.partnership, email="lee@x.example").user,
            "administrator": UserFactory(is_superuser=True),
            "member": MembershipFactory(partnership=room.partnership, user=UserFactory()).user,
            "lead elsewhere": make_lead(PartnershipFactory(), name="Pat").user,
            "themselves": room.member.user,
        }[who]

    @pytest.mark.parametrize("who", ["lead", "another lead", "administrator"])
    def test_sending_is_finishing_and_the_page_says_so_before(self, room, who):
        user = self.signed_in(room, who)
        browser = answered(room, user)
        said = words(browser.get(room.url("review/")))
        assert f"{user.name} is signed in on this device" in said
        assert "they close on this device when you send them" in said
        code = code_of(browser, room)
        assert f"{code[:4]} {code[4:]}" in said
        answer = browser.post(room.url("review/"))
        assert answer.url == room.url("finish/")
        assert Response.objects.get().submitted_at
        assert not is_open(browser, room)

    @pytest.mark.parametrize("who", ["member", "lead elsewhere", "themselves"])
    def test_anybody_elses_stays_as_it_is(self, room, who):
        browser = answered(room, self.signed_in(room, who))
        assert "is signed in on this device" not in words(browser.get(room.url("review/")))
        assert browser.post(room.url("review/")).url == room.url("sent/")
        assert is_open(browser, room)

    def test_a_leads_own_answers_stay_open_there(self, room):
        own = room.round.invitations.get(participant__membership=room.lead)
        link = f"/r/{invitations.issue_link(by=room.lead.user, invitation=own)}/"
        browser = Client()
        browser.force_login(room.lead.user)
        browser.post(link, {"ticket": browser.get(link).context["form"]["ticket"].value()})
        assert "is signed in on this device" not in words(browser.get(f"{link}review/"))
        browser.post(f"{link}1/", {"level": "2", "seen": "0", "page": "x"})
        assert browser.post(f"{link}review/").url == f"{link}sent/"

    def test_what_was_sent_and_opened_again_with_the_code_is_closed_by_hand(self, room):
        code = code_of(answered(room), room)
        browser = Client()
        browser.force_login(room.lead.user)
        browser.post(room.url("code/"), {"code": code})
        browser.post(room.url("review/"))
        browser.post(room.url("code/"), {"code": code})
        page = browser.get(room.url("review/")).content.decode()
        assert page.count(room.url("finish/")) == 1
        assert "Send my answers" not in page

    def test_what_is_not_sent_is_held_for_two_hours(self, room):
        browser = Client()
        browser.force_login(room.lead.user)
        assert seconds_kept(start(browser, room), room) == 2 * 60 * 60


class TestHowLong:
    def test_thirty_days_with_no_day_to_close_and_anew_at_each_visit(self, room):
        browser = Client()
        assert seconds_kept(start(browser, room), room) == 30 * DAY
        assert seconds_kept(browser.get(room.url("1/")), room) == 30 * DAY

    @pytest.mark.parametrize(("days", "kept"), [(10, 40), (-10, 20)])
    def test_until_thirty_days_after_the_day_to_close(self, room, days, kept):
        self.close_on(room, days)
        seconds = seconds_kept(start(Client(), room), room)
        # Until the end of that day, which is at most a day and an hour of summer time away.
        assert kept * DAY - 3600 < seconds <= (kept + 1) * DAY + 3600

    def test_a_round_open_long_after_the_day_lets_nobody_lose_what_they_say(self, room):
        self.close_on(room, -60)
        assert seconds_kept(start(Client(), room), room) == DAY

    def test_a_later_day_is_taken_up_at_the_next_visit(self, room):
        browser = answered(room)
        self.close_on(room, 300)
        assert seconds_kept(browser.get(room.url("review/")), room) > 329 * DAY

    def test_once_closed_nothing_is_held_anew(self, room):
        browser = answered(room)
        rounds.close_round(by=room.lead.user, round=room.round)
        assert f"answers-{room.invitation.pk}" not in browser.get(room.url()).cookies

    def close_on(self, room, days):
        day = timezone.localdate() + timedelta(days=days)
        type(room.round).objects.filter(pk=room.round.pk).update(closing_on=day)
