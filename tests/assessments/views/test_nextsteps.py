"""The page of next steps as each role finds it, and the forms of the leads."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.models import NextStep
from assessments.operations import rounds
from partnerships.templatetags.together import long_date
from tests.assessments.round_room import make_place, words
from tests.factories import UserFactory, everybody, make_round, make_step
from tests.made_once import made_once

pytestmark = pytest.mark.usefixtures("edition")

SECRET = "Replace the chair nobody trusts"


@made_once
def place():
    return make_place()


def address(name, place, step=None):
    return reverse(f"assessments:{name}", args=[place.partnership.slug] + ([step.pk] if step else []))


def day(days):
    return timezone.localdate() + timedelta(days=days)


def seen(place, user=None):
    return words(place.as_(user or place.by).get(address("next_steps", place)))


def revealed(place, **settings):
    """A round whose results are open: everybody rates 8 low, the rest high."""
    said = [(member, dict.fromkeys(range(1, 12), 4) | {8: 1}) for member in place.members]
    return make_round(place.partnership, by=place.by, state="revealed", answers=said, **settings)


# --- The page ---


def test_what_is_under_way_with_who_and_by_when(place):
    make_step(place.partnership, 10, "Ring the carers", owner="Moorside Carers", due_on=day(-3))
    make_step(place.partnership, 2, "Meet at the fire station", owner="NHS", due_on=day(5))
    make_step(place.partnership, 2, "Have lunch")
    page = seen(place)
    assert "3 under way, 1 overdue" in page
    assert f"Ring the carers Decided outside a round, {long_date(timezone.localdate())}" in page
    assert f"Moorside Carers {long_date(day(-3))} Overdue" in page
    assert f"NHS {long_date(day(5))} Develop" not in page
    assert "nobody yet no day yet" in page
    assert page.count("Overdue") == 1
    second, tenth = page.index("Develop honest, committed"), page.index("Actively involve")
    assert second < page.index("Meet at the fire") < page.index("Have lunch") < tenth
    assert tenth < page.index("Ring the carers")


def test_what_is_due_today_is_not_overdue(place):
    make_step(place.partnership, due_on=day(0))
    assert "overdue" not in seen(place).lower()


def test_what_has_ended_with_its_word_why(place):
    make_step(place.partnership, 3, "One form", state="done", word="It took two years.", due_on=day(-9))
    make_step(place.partnership, 5, "Ask the cabinet", state="dropped", word="It changed twice.")
    page = seen(place)
    assert "Nothing is under way" in page
    today = long_date(timezone.localdate())
    assert f"Done {today} It took two years." in page
    assert f"Dropped {today} It changed twice." in page
    assert "overdue" not in page.lower()


def test_an_empty_page_says_what_to_do_next(place):
    assert "Add the first next step" in seen(place)
    for user in (place.members[0].user, place.officer):
        page = seen(place, user)
        assert "No next step to read yet" in page
        assert "Add the first next step" not in page


def test_leads_are_shown_what_the_latest_results_ask_for(place):
    round = revealed(place)
    page = place.web.get(address("next_steps", place))
    assert "Might need more attention, no next step yet" in words(page)
    assert f"?action=learning&amp;round={round.pk}" in page.content.decode()
    make_step(place.partnership, 8, round=round)
    assert "Might need more attention" not in seen(place)


class TestWhoIsNoLead:
    """The partnership holds a step of a round whose results nobody but the lead has seen."""

    @pytest.fixture
    def round(self, place):
        round = revealed(place)
        make_step(place.partnership, 8, SECRET, round=round, owner="Ottoline Quill", due_on=day(-9))
        make_step(place.partnership, 7, f"{SECRET} too", round=round, state="dropped", word="Quill left")
        make_step(place.partnership, 2, "Have lunch")
        return round

    def everything(self, place, user, round):
        """All that somebody who is no lead can open about the partnership."""
        pages = [address("next_steps", place), place.url, round.get_absolute_url()]
        pages += [
            reverse(f"assessments:{name}", args=[round.pk]) for name in ("results", "results_csv", "comments")
        ]
        return " ".join(place.as_(user).get(page).content.decode() for page in [*pages, "/account/data/"])

    @pytest.mark.parametrize("who", ["member", "officer"])
    def test_reads_nothing_of_an_unshared_round(self, place, round, who):
        user = place.members[0].user if who == "member" else place.officer
        page = self.everything(place, user, round)
        for secret in (SECRET, "Quill", "verdue", "3 under way", "2 under way"):
            assert secret not in page
        assert "Have lunch" in page
        assert "1 under way" in page
        assert SECRET in seen(place)
        assert "only leads see it until the results of that round are shared" in seen(place)

    @pytest.mark.parametrize("who", ["member", "officer"])
    def test_reads_it_once_the_round_is_shared_without_the_lead_s_links(self, place, round, who):
        rounds.share_round(by=place.by, round=round)
        user = place.members[0].user if who == "member" else place.officer
        page = place.as_(user).get(address("next_steps", place)).content.decode()
        assert SECRET in page
        assert "Quill left" in page
        assert "only leads see it" not in page
        for words_of_leads in ("Mark as done", "Take up again", "/next-steps/new/", "Add a next step"):
            assert words_of_leads not in page

    def test_changes_nothing(self, place, round):
        step = NextStep.objects.get(text="Have lunch")
        for user, status in (
            (place.members[0].user, 403),
            (place.officer, 403),
            (UserFactory(), 404),
        ):
            for name in ("next_step", "next_step_done", "next_step_drop", "next_step_take_up"):
                answer = place.as_(user).post(address(name, place, step), {"seen": 1, "word": "Ha"})
                assert answer.status_code == status
        step.refresh_from_db()
        assert (step.state, step.revision) == ("open", 1)


def test_markup_in_a_step_is_text(place):
    make_step(place.partnership, text="<script>alert(1)</script>", owner="<b>NHS</b>")
    page = place.web.get(address("next_steps", place)).content
    assert b"<script>alert(1)" not in page
    assert b"&lt;b&gt;NHS" in page


def test_the_page_asks_as_often_with_twelve_steps_as_with_two(place):
    def count():
        with CaptureQueriesContext(connection) as queries:
            seen(place)
        return len(queries)

    round = revealed(place)
    for number in (1, 2):
        make_step(place.partnership, number, round=round)
    make_step(place.partnership, 3, round=round, state="done")
    first = (count(), count())[1]
    for number in range(3, 12):
        make_step(place.partnership, number, round=round if number % 2 else None)
        make_step(place.partnership, number, "Ended", round=round, state="dropped", word="No")
    assert count() == first <= 13


# --- Where other pages begin with them ---


def test_the_partnership_says_how_many_and_how_many_are_overdue(place):
    assert "None under way" in words(place.web.get(place.url))
    make_step(place.partnership, 1, due_on=day(-1))
    make_step(place.partnership, 2)
    page = place.web.get(place.url)
    assert "2 under way 1 overdue" in words(page)
    assert address("next_steps", place) in page.content.decode()


def test_overdue_steps_are_what_to_do_next_when_nothing_presses_more(place):
    make_step(place.partnership, 1, due_on=day(-1))
    round = make_round(
        place.partnership, by=place.by, state="revealed", answers=everybody(place.members, *[3] * 6)
    )
    assert "Share the results" in words(place.web.get(place.url))
    rounds.share_round(by=place.by, round=round, tell=False)
    assert "1 next step is overdue" in words(place.web.get(place.url))
    NextStep.objects.update(due_on=day(1))
    assert "Nothing to do just now" in words(place.web.get(place.url))


LOOK = "First look at what you decided last time"


@pytest.mark.parametrize("state", ["draft", "open", "closed", "revealed", "shared"])
def test_a_round_that_lies_ahead_begins_with_them(place, state):
    round = make_round(place.partnership, by=place.by, state=state)
    assert LOOK not in words(place.web.get(round.get_absolute_url()))
    make_step(place.partnership, 8, "Ring the carers", owner="NHS", due_on=day(-2))
    make_step(place.partnership, 9, "Done long ago", state="done")
    page = words(place.web.get(round.get_absolute_url()))
    assert (LOOK in page) == (state in ("draft", "open"))
    if state in ("draft", "open"):
        assert f"Ring the carers NHS · {long_date(day(-2))} Overdue" in page
        assert "Done long ago" not in page
    if state != "draft":
        member = words(place.as_(place.members[0].user).get(round.get_absolute_url()))
        assert "Ring the carers" not in member


def test_planning_a_round_begins_with_them(place):
    url = reverse("assessments:round_new", args=[place.partnership.slug])
    assert LOOK not in words(place.web.get(url))
    for n in range(7):
        make_step(place.partnership, 8, f"Step {n}")
    page = words(place.web.get(url))
    assert LOOK in page
    assert "See these and 2 more" in page
    again = words(place.web.post(url, {"title": ""}))
    assert LOOK in again
