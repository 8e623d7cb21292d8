"""What a partnership will do: every write, what the database refuses, who reads what, and in which words."""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from assessments import queries
from assessments.models import NextStep
from assessments.operations import nextsteps, rounds
from assessments.policies.base import NotNow
from assessments.policies.nextsteps import ChangedMeanwhile
from framework.models import Action
from partnerships.models.audit import AuditEvent
from tests.assessments.round_room import make_place
from tests.factories import MembershipFactory, make_round
from tests.made_once import made_once

from .test_answers import together

pytestmark = pytest.mark.usefixtures("edition")

SECRET = "Ottoline rings the trust"
TODAY = date(2026, 11, 14)


@made_once
def place():
    return make_place()


def action(number):
    return Action.objects.get(edition__number=1, number=number)


def add(place, number=8, text=SECRET, **facts):
    return nextsteps.add_next_step(
        by=place.by, partnership=place.partnership, action=action(number), text=text, **facts
    )


def events(step):
    found = AuditEvent.objects.filter(target_kind="nextstep", target_key=str(step.pk)).order_by("pk")
    return [(event.event, event.after) for event in found]


# --- Writing ---


def test_a_step_is_kept_with_who_by_when_and_where_it_was_decided(place):
    round = make_round(place.partnership, by=place.by, state="revealed")
    step = add(place, round=round, owner="Moorside Carers", due_on=TODAY)
    step.refresh_from_db()
    assert (step.text, step.owner, step.due_on, step.round) == (SECRET, "Moorside Carers", TODAY, round)
    assert (step.state, step.revision, step.created_by) == ("open", 1, f"user:{place.by.pk}")
    assert events(step) == [("next step added", {"action": "learning", "round": round.pk})]


def test_a_second_press_of_the_button_adds_nothing(place):
    first = add(place, owner="NHS")
    assert add(place, owner="NHS") == first
    assert add(place, owner="Moorside Carers") != first
    assert NextStep.objects.count() == 2
    assert len(events(first)) == 1


def test_the_same_can_be_decided_again_once_it_is_done(place):
    first = add(place)
    nextsteps.finish_next_step(by=place.by, step=first, seen=1)
    assert add(place) != first


def test_nothing_is_decided_in_a_draft(place):
    draft = make_round(place.partnership, by=place.by)
    with pytest.raises(NotNow, match="not been opened"):
        add(place, round=draft)
    step = add(place)
    with pytest.raises(NotNow, match="not been opened"):
        nextsteps.change_next_step(by=place.by, step=step, seen=1, round=draft)
    rounds.delete_draft(by=place.by, round=draft)


def test_a_round_or_action_of_somewhere_else_is_refused(place):
    elsewhere = make_round(make_place(town="Elsewhere").partnership, state="open")
    with pytest.raises(ValidationError, match="round of this partnership"):
        add(place, round=elsewhere)
    assert not NextStep.objects.exists()


def test_a_step_says_something(place):
    with pytest.raises(ValidationError):
        add(place, text="")


def test_a_change_says_in_the_trail_which_fields_not_to_what(place):
    step = add(place, owner="Sam Tarn 1")
    step = nextsteps.change_next_step(
        by=place.by, step=step, seen=1, text=SECRET, owner="Sam Tarn 2", due_on=TODAY
    )
    assert (step.owner, step.due_on, step.revision) == ("Sam Tarn 2", TODAY, 2)
    assert events(step)[1] == ("next step changed", {"changed": ["due_on", "owner"]})


def test_no_free_text_reaches_the_trail(place):
    step = add(place, owner="Sam Tarn 1")
    step = nextsteps.change_next_step(by=place.by, step=step, seen=1, text=f"{SECRET} again")
    step = nextsteps.drop_next_step(by=place.by, step=step, seen=2, word="Sam Tarn 1 has left")
    step = nextsteps.take_up_next_step(by=place.by, step=step, seen=3)
    step = nextsteps.finish_next_step(by=place.by, step=step, seen=4, word="Sam Tarn 1 did it")
    assert [event for event, _after in events(step)] == [
        "next step added",
        "next step changed",
        "next step dropped",
        "next step taken up again",
        "next step done",
    ]
    trail = json.dumps([*AuditEvent.objects.values_list("event", "target_text", "before", "after")])
    for secret in ("Ottoline", "Sam Tarn"):
        assert secret not in trail


def test_done_may_say_what_came_of_it(place):
    step = nextsteps.finish_next_step(by=place.by, step=add(place), seen=1, word="Fewer wait now.")
    assert (step.state, step.closing_word, step.closed_by) == (
        "done",
        "Fewer wait now.",
        f"user:{place.by.pk}",
    )
    assert step.closed_at
    other = nextsteps.finish_next_step(by=place.by, step=add(place, 3), seen=1)
    assert (other.state, other.closing_word) == ("done", "")


@pytest.mark.parametrize("word", ["", "  \n"])
def test_dropped_says_why(place, word):
    step = add(place)
    with pytest.raises(NotNow, match="why it is dropped"):
        nextsteps.drop_next_step(by=place.by, step=step, seen=1, word=word)
    step.refresh_from_db()
    assert step.is_open


def test_what_is_taken_up_again_is_as_if_it_had_never_ended(place):
    step = nextsteps.drop_next_step(by=place.by, step=add(place), seen=1, word="No money")
    step = nextsteps.take_up_next_step(by=place.by, step=step, seen=2)
    assert (step.state, step.closing_word, step.closed_at, step.closed_by) == ("open", "", None, "")
    assert step.revision == 3


def test_pressing_twice_ends_and_takes_up_once(place):
    step = add(place)
    for _ in range(2):
        nextsteps.finish_next_step(by=place.by, step=step, seen=1, word="Yes")
    for _ in range(2):
        nextsteps.take_up_next_step(by=place.by, step=step, seen=2)
    for _ in range(2):
        nextsteps.change_next_step(by=place.by, step=step, seen=3, text="Another")
    assert len(events(step)) == 4
    step.refresh_from_db()
    assert step.revision == 4


def test_what_has_ended_ends_no_second_time_in_another_way(place):
    step = nextsteps.finish_next_step(by=place.by, step=add(place), seen=1)
    with pytest.raises(NotNow, match="take it up again first"):
        nextsteps.drop_next_step(by=place.by, step=step, seen=2, word="No")
    step.refresh_from_db()
    assert step.state == "done"


# --- Two at once ---


def test_the_slower_of_two_leads_overwrites_nothing(place):
    step = add(place)
    nextsteps.change_next_step(by=place.by, step=step, seen=1, text="By the quicker one")
    for write in (
        lambda: nextsteps.change_next_step(by=place.by, step=step, seen=1, text="By the slower one"),
        lambda: nextsteps.finish_next_step(by=place.by, step=step, seen=1),
        lambda: nextsteps.drop_next_step(by=place.by, step=step, seen=1, word="Why"),
    ):
        with pytest.raises(ChangedMeanwhile, match="Somebody else"):
            write()
    step.refresh_from_db()
    assert (step.text, step.state, step.revision) == ("By the quicker one", "open", 2)


def test_a_step_that_ended_again_meanwhile_is_not_taken_up_unseen(place):
    step = nextsteps.finish_next_step(by=place.by, step=add(place), seen=1)
    step = nextsteps.change_next_step(by=place.by, step=step, seen=2, closing_word="Better words")
    with pytest.raises(ChangedMeanwhile):
        nextsteps.take_up_next_step(by=place.by, step=step, seen=2)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_is_told(place):
    step = add(place)

    def write(text):
        return lambda: nextsteps.change_next_step(by=place.by, step=step, seen=1, text=text)

    raised = together(write("One"), write("Other"))
    assert [type(error) for error in raised] == [ChangedMeanwhile]
    step.refresh_from_db()
    assert (step.revision, step.text in ("One", "Other")) == (2, True)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_add_one(place):
    assert together(lambda: add(place), lambda: add(place)) == []
    assert NextStep.objects.count() == 1


# --- What the database refuses ---


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("next_step_state_known", {"state": "later", "closed_at": timezone.now(), "closed_by": "user:1"}),
        ("next_step_says_what", {"text": ""}),
        ("next_step_created_by_somebody", {"created_by": ""}),
        ("next_step_closed_at_and_by_together", {"state": "done", "closed_at": timezone.now()}),
        ("next_step_closed_at_and_by_together", {"closed_by": "user:1"}),
        ("next_step_closed_unless_open", {"state": "done"}),
        ("next_step_closed_unless_open", {"closed_at": timezone.now(), "closed_by": "user:1"}),
        ("next_step_open_has_no_closing_word", {"closing_word": "Why"}),
        (
            "next_step_dropped_says_why",
            {"state": "dropped", "closed_at": timezone.now(), "closed_by": "user:1"},
        ),
        ("next_step_revision_from_1", {"revision": 0}),
    ],
)
def test_the_database_refuses(place, name, changes):
    step = add(place)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        NextStep.objects.filter(pk=step.pk).update(**changes)
    step.refresh_from_db()
    assert (step.state, step.text, step.revision) == ("open", SECRET, 1)


def test_a_round_and_a_partnership_with_steps_are_not_deleted(place):
    round = make_round(place.partnership, by=place.by, state="open")
    add(place, round=round)
    with pytest.raises(ProtectedError):
        round.delete()
    with pytest.raises(ProtectedError):
        place.partnership.delete()


def test_its_text_is_in_no_error_report(place):
    assert SECRET not in f"{add(place)!s} {add(place)!r}"


# --- Who reads what ---


@pytest.mark.parametrize("state", ["open", "closed", "revealed", "shared"])
def test_others_read_a_step_of_a_round_once_it_is_shared(place, state):
    round = make_round(place.partnership, by=place.by, state=state)
    inside, outside = add(place, round=round), add(place, text="Outside a round")
    steps = place.partnership.next_steps
    assert set(steps.readable_by(is_lead=True)) == {inside, outside}
    assert set(steps.readable_by(is_lead=False)) == ({inside, outside} if state == "shared" else {outside})


def test_counts_are_of_what_the_reader_sees(place):
    round = make_round(place.partnership, by=place.by, state="revealed")
    yesterday, today = TODAY - timedelta(days=1), TODAY
    add(place, 1, round=round, due_on=yesterday)
    add(place, 2, due_on=yesterday)
    add(place, 3, due_on=today)
    nextsteps.finish_next_step(by=place.by, step=add(place, 4, due_on=yesterday), seen=1)
    add(make_place(town="Elsewhere"), 5, due_on=yesterday)
    lead = queries.nextsteps.counts(place.partnership, is_lead=True, today=TODAY)
    member = queries.nextsteps.counts(place.partnership, is_lead=False, today=TODAY)
    assert (lead.under_way, lead.overdue) == (3, 2)
    assert (member.under_way, member.overdue) == (2, 1)


def test_the_list_stands_in_the_order_of_the_framework_and_the_most_pressing_first(place):
    for number, day in ((10, None), (2, 9), (10, 3), (10, 1)):
        add(place, number, text=f"{number} {day}", due_on=day and date(2026, 12, day))
    ended = [nextsteps.finish_next_step(by=place.by, step=add(place, n), seen=1) for n in (7, 1)]
    listing = queries.nextsteps.listing(place.partnership, is_lead=True, today=TODAY)
    assert [(action.number, [line.step.text for line in lines]) for action, lines in listing.groups] == [
        (2, ["2 9"]),
        (10, ["10 1", "10 3", "10 None"]),
    ]
    assert [line.step for line in listing.ended] == ended[::-1]


def test_the_first_look_shows_the_most_pressing_and_counts_the_rest(place):
    assert queries.nextsteps.first_look(place.partnership, today=TODAY) is None
    for day in range(1, 9):
        add(place, 3, text=f"Day {day}", due_on=date(2026, 11, 20 - day))
    look = queries.nextsteps.first_look(place.partnership, today=TODAY)
    assert [line.step.text for line in look.lines] == ["Day 8", "Day 7", "Day 6", "Day 5", "Day 4"]
    assert [line.is_overdue for line in look.lines] == [True, True, False, False, False]
    assert look.more == 3


def test_who_is_suggested(place):
    MembershipFactory(partnership=place.partnership, name="Gone Away", ended_at=timezone.now())
    found = queries.nextsteps.owners(place.partnership)
    assert {"Robin Ashdown", "Sam Tarn 1", "NHS", "Moorside Carers"} <= set(found)
    assert "Gone Away" not in found
