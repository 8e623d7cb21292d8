"""The forms of next steps, and two leads who use them at once."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models import NextStep
from assessments.operations import nextsteps
from tests.assessments.round_room import make_place, words
from tests.factories import make_lead, make_round, make_step
from tests.made_once import made_once

pytestmark = pytest.mark.usefixtures("edition")


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


# --- Writing ---


def new(place, **sent):
    sent = {"action": "learning", "text": "Look back once a quarter", "owner": "", "due_on": ""} | sent
    return place.web.post(address("next_step_new", place), sent, follow=True)


def test_a_lead_adds_one(place):
    round = revealed(place)
    answer = new(place, owner="  Moorside   Carers ", due_on=day(30).isoformat(), round=round.pk)
    assert "The next step is added." in words(answer)
    assert "Moorside Carers" in words(answer)
    step = NextStep.objects.get()
    assert (step.action.code, step.owner, step.due_on, step.round) == (
        "learning",
        "Moorside Carers",
        day(30),
        round,
    )


def test_the_form_comes_filled_in_from_the_results(place):
    round = revealed(place)
    page = place.web.get(address("next_step_new", place), {"action": "learning", "round": round.pk})
    html = page.content.decode()
    assert re.search(r'<option value="learning" selected', html)
    assert re.search(rf'<option value="{round.pk}" selected', html)
    assert "Sam Tarn 1" in html
    assert 'list="owners"' in html
    assert 'type="date"' in html


@pytest.mark.parametrize("query", [{"round": "x"}, {"round": "9" * 30}, {"action": "'"}, {"round": "-1"}])
def test_what_makes_no_sense_in_the_address_is_passed_over(place, query):
    page = place.web.get(address("next_step_new", place), query)
    assert page.status_code == 200
    assert " selected" not in re.sub(r'<option value="" selected', "", page.content.decode())


def test_a_draft_and_a_round_of_another_partnership_are_no_choice(place):
    draft = make_round(place.partnership, by=place.by, title="Secret plan")
    elsewhere = make_round(make_place(town="Elsewhere").partnership, state="open", title="Not ours")
    page = words(place.web.get(address("next_step_new", place), {"round": elsewhere.pk}))
    assert "Secret plan" not in page
    assert "Not ours" not in page
    for round in (draft, elsewhere):
        assert "Choose one of these" in words(new(place, round=round.pk))
    assert not NextStep.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"action": ""}, "Choose the action it is about."),
        ({"action": "no-such"}, "Choose one of these"),
        ({"text": "  "}, "Write what will be done."),
        ({"text": "x" * 501}, "at most 500 characters"),
        ({"owner": "x" * 121}, "at most 120 characters"),
        ({"due_on": "soon"}, "Write a day that exists."),
        ({"due_on": "2020-01-01"}, "This day has passed. Choose today or a later day."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(place, sent, said):
    answer = new(place, **{"owner": "Ottoline Quill"} | sent)
    assert answer.status_code == 422
    assert said in words(answer)
    assert "There is a problem" in words(answer)
    assert "Ottoline Quill" in answer.content.decode() or "owner" in sent
    assert not NextStep.objects.exists()


def test_an_overdue_step_keeps_its_day_when_something_else_changes(place):
    step = make_step(place.partnership, due_on=day(-9))
    sent = {"seen": 1, "action": "learning", "text": "Another text", "owner": ""}
    kept = place.web.post(address("next_step", place, step), sent | {"due_on": day(-9).isoformat()})
    assert kept.status_code == 302
    moved = place.web.post(
        address("next_step", place, step), sent | {"seen": 2, "due_on": day(-8).isoformat()}
    )
    assert "This day has passed" in words(moved)
    step.refresh_from_db()
    assert (step.text, step.due_on) == ("Another text", day(-9))


def test_what_has_ended_can_be_put_into_better_words(place):
    step = make_step(place.partnership, state="dropped", word="Sam Tarn 1 has left")
    page = place.web.get(address("next_step", place, step)).content.decode()
    assert "Sam Tarn 1 has left" in page
    sent = {"seen": 2, "action": "learning", "text": step.text, "owner": "", "due_on": ""}
    empty = place.web.post(address("next_step", place, step), sent | {"closing_word": ""})
    assert "Write why it is dropped" in words(empty)
    place.web.post(address("next_step", place, step), sent | {"closing_word": "Nobody had time"})
    step.refresh_from_db()
    assert (step.state, step.closing_word) == ("dropped", "Nobody had time")


def test_done_dropped_and_taken_up_again(place):
    step = make_step(place.partnership)
    page = place.web.get(address("next_step_done", place, step))
    assert step.text in words(page)
    done = place.web.post(
        address("next_step_done", place, step), {"seen": 1, "word": "Every Thursday"}, follow=True
    )
    assert "The next step is done." in words(done)
    assert "Every Thursday" in words(done)
    taken = place.web.post(address("next_step_take_up", place, step), {"seen": 2}, follow=True)
    assert "under way again" in words(taken)
    assert "Every Thursday" not in words(taken)
    why = place.web.post(address("next_step_drop", place, step), {"seen": 3, "word": " "})
    assert why.status_code == 422
    assert "Write why it is dropped" in words(why)
    dropped = place.web.post(
        address("next_step_drop", place, step), {"seen": 3, "word": "No money"}, follow=True
    )
    assert "No money" in words(dropped)


def test_looking_changes_nothing(place):
    step = make_step(place.partnership)
    for name in ("next_steps", "next_step_new"):
        place.web.get(address(name, place))
    for name in ("next_step", "next_step_done", "next_step_drop", "next_step_take_up"):
        place.web.get(address(name, place, step))
    assert list(NextStep.objects.values_list("state", "revision")) == [("open", 1)]


def test_out_of_turn_says_what_to_do_instead(place):
    step = make_step(place.partnership)
    early = place.web.get(address("next_step_take_up", place, step))
    assert (early.status_code, "under way already" in words(early)) == (409, True)
    nextsteps.finish_next_step(by=place.by, step=step, seen=1)
    for name in ("next_step_done", "next_step_drop"):
        late = place.web.get(address(name, place, step))
        assert (late.status_code, "take it up again first" in words(late)) == (409, True)


# --- Two leads at once ---


class TestTheSlowerOfTwo:
    @pytest.fixture
    def other(self, place):
        return place.as_(make_lead(place.partnership, name="Jo Fell").user)

    def change(self, browser, place, step, seen, text):
        sent = {"seen": seen, "action": "learning", "text": text, "owner": "", "due_on": ""}
        return browser.post(address("next_step", place, step), sent)

    def test_sees_both_and_decides(self, place, other):
        step = make_step(place.partnership)
        assert self.change(place.web, place, step, 1, "By the quicker one").status_code == 302
        told = self.change(other, place, step, 1, "By the slower one")
        assert told.status_code == 409
        assert "Somebody else has changed this next step" in words(told)
        assert "What it says now" in words(told)
        assert "By the quicker one" in words(told)
        assert "By the slower one" in told.content.decode()
        assert 'name="seen" value="2"' in told.content.decode()
        step.refresh_from_db()
        assert step.text == "By the quicker one"
        assert self.change(other, place, step, 2, "By the slower one").status_code == 302
        step.refresh_from_db()
        assert (step.text, step.revision) == ("By the slower one", 3)

    def test_sees_who_may_read_it_now(self, place, other):
        """The quicker one has put it into a round nobody else has seen: saving again would bring it out."""
        round = revealed(place)
        step = make_step(place.partnership)
        nextsteps.change_next_step(by=place.by, step=step, seen=1, round=round)
        told = self.change(other, place, step, 1, "By the slower one")
        assert f"Where it was decided {round.title}" in words(told)
        step.refresh_from_db()
        assert step.round == round

    def test_takes_away_no_word_they_never_saw(self, place, other):
        """The step was dropped while it lay open for changing: the form had no field for the word."""
        step = make_step(place.partnership)
        nextsteps.drop_next_step(by=place.by, step=step, seen=1, word="No money")
        told = self.change(other, place, step, 1, "By the slower one")
        assert told.status_code == 409
        assert "No money" in words(told)
        step.refresh_from_db()
        assert (step.text, step.closing_word) == ("Look back once a quarter", "No money")

    @pytest.mark.parametrize("name", ["next_step_done", "next_step_drop"])
    def test_who_ends_a_step_that_has_ended_keeps_what_was_typed(self, place, other, name):
        step = make_step(place.partnership, state="dropped", word="No money")
        told = other.post(address(name, place, step), {"seen": 1, "word": "Every Thursday"})
        assert told.status_code == 409
        assert "Somebody else was quicker" in words(told)
        assert "No money" in words(told)
        assert "Every Thursday" in words(told)

    @pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40])
    def test_a_page_that_does_not_say_what_was_seen_overwrites_nothing(self, place, other, seen):
        step = make_step(place.partnership)
        assert self.change(other, place, step, seen, "Blind").status_code == 409
        step.refresh_from_db()
        assert step.text == "Look back once a quarter"
