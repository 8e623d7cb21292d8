"""What is said of next steps beside results, and in which order."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments import queries
from assessments.models import NextStep
from assessments.operations import nextsteps
from framework.models import Action
from tests.assessments.round_room import make_place
from tests.factories import make_round
from tests.made_once import made_once

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


# --- In words ---


def step(state="open", owner="", due_on=None):
    return NextStep(state=state, owner=owner, due_on=due_on)


LATE, SOON = date(2026, 11, 13), date(2026, 12, 24)


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([], "No next step yet."),
        ([step()], "One next step under way."),
        ([step(owner="NHS")], "One next step under way, by NHS."),
        ([step(due_on=TODAY)], "One next step under way, due 14 November 2026."),
        ([step(owner="NHS", due_on=SOON)], "One next step under way, by NHS, due 24 December 2026."),
        (
            [step(owner="NHS", due_on=LATE)],
            "One next step under way, by NHS, overdue since 13 November 2026.",
        ),
        ([step(due_on=LATE)], "One next step under way, overdue since 13 November 2026."),
        ([step(), step()], "2 next steps under way."),
        ([step(due_on=SOON), step()], "2 next steps under way, the first due 24 December 2026."),
        ([step(due_on=LATE), step(due_on=SOON)], "2 next steps under way, 1 of them overdue."),
        ([step("done")], "One next step done since, none under way."),
        ([step("done"), step("done"), step("dropped")], "2 next steps done since, none under way."),
        ([step("dropped")], "One next step was dropped, none is under way."),
        ([step("dropped"), step("dropped")], "2 next steps were dropped, none is under way."),
        ([step(owner="NHS"), step("dropped"), step("done")], "One next step under way, by NHS."),
        ([step(owner="50% of us")], "One next step under way, by 50% of us."),
    ],
)
def test_what_the_results_say(steps, said):
    assert queries.nextsteps.in_words(steps, TODAY) == said


def of_results(round, codes, *, is_lead):
    return queries.nextsteps.of_results(
        queries.changing.read(round, is_lead=is_lead).steps, codes, today=TODAY
    )


def test_the_results_count_what_is_under_way_now_and_what_has_ended_since(place):
    before = nextsteps.finish_next_step(by=place.by, step=add(place, 1), seen=1)
    round = make_round(place.partnership, by=place.by, state="revealed")
    add(place, 2, text="Older, still under way")
    nextsteps.finish_next_step(by=place.by, step=add(place, 3, round=round), seen=1)
    assert before.closed_at < round.revealed_at
    codes = [action(number).code for number in (1, 2, 3)]
    said = of_results(round, codes, is_lead=True)
    assert [said[code].words for code in codes] == [
        "No next step yet.",
        "One next step under way.",
        "One next step done since, none under way.",
    ]
    member = of_results(round, codes, is_lead=False)
    assert member[codes[2]].words == "No next step yet."


@pytest.mark.parametrize("is_lead", [True, False])
def test_the_results_read_the_steps_as_every_other_page_does(place, is_lead):
    """Written out for speed; this holds it to what the ORM says."""
    ended = nextsteps.finish_next_step(by=place.by, step=add(place, 1), seen=1)
    hidden = make_round(place.partnership, by=place.by, state="revealed")
    shared = make_round(place.partnership, by=place.by, state="shared", title="Shared")
    later = TODAY + timedelta(days=9)
    for number, round, due_on in ((2, hidden, None), (3, shared, later), (4, None, TODAY), (5, shared, None)):
        add(place, number, round=round, due_on=due_on, owner=f"Owner {number}")
    nextsteps.finish_next_step(by=place.by, step=add(place, 6, round=hidden), seen=1)
    since = Q(state="open") | Q(closed_at__gte=hidden.revealed_at)
    steps = place.partnership.next_steps.readable_by(is_lead=is_lead).filter(since).soonest_first()
    found = queries.changing.read(hidden, is_lead=is_lead).steps
    assert list(found) == list(steps.values_list("action__code", "owner", "due_on", "state"))
    assert len(found) == (5 if is_lead else 3)
    assert ended.action.code not in {code for code, *_rest in found}


def test_a_step_is_matched_across_editions_by_its_code(place, edition):
    """The action was moved to number 3 and renamed in the next edition."""
    add(place, 8)
    other = newer_edition(edition)
    round = make_round(place.partnership, by=place.by, state="revealed", title="Newer", edition=other)
    said = of_results(round, ["learning"], is_lead=True)
    assert said["learning"].words == "One next step under way."
    (shown, _lines), *_rest = queries.nextsteps.listing(place.partnership, is_lead=True, today=TODAY).groups
    assert (shown.number, shown.title) == (1, "Learn")


def test_an_action_that_is_no_more_keeps_its_words_and_comes_last(place, edition):
    add(place, 2)
    add(place, 8)
    make_round(place.partnership, by=place.by, state="open", edition=newer_edition(edition))
    groups = queries.nextsteps.listing(place.partnership, is_lead=True, today=TODAY).groups
    assert [shown.title for shown, _lines in groups] == ["Learn", "Develop honest, committed relationships"]


def newer_edition(edition):
    from framework.models import Area, Edition, Level

    newer = Edition.objects.create(framework=edition.framework, number=2, predecessor=edition)
    area = Area.objects.create(
        edition=newer, code="one", name="One area", about="All", order=1, colour="system"
    )
    for value in range(1, 6):
        Level.objects.create(edition=newer, value=value, label=f"Level {value}")
    for number, code, title in ((1, "learning", "Learn"), (2, "brand-new", "Brand new")):
        Action.objects.create(
            edition=newer,
            area=area,
            code=code,
            number=number,
            title=title,
            short_title=title,
            statement="We do.",
            question="Do we?",
        )
    newer.status, newer.published_at = "published", timezone.now()
    newer.save()
    return newer


def test_what_the_latest_results_still_ask_for(place):
    assert queries.nextsteps.gap(place.partnership) is None
    said = [(member, dict.fromkeys(range(1, 12), 4) | {3: 1, 8: 2}) for member in place.members]
    round = make_round(place.partnership, by=place.by, state="revealed", answers=said)
    found = queries.nextsteps.gap(place.partnership)
    assert (found.round, [one.number for one in found.actions]) == (round, [3, 8])
    add(place, 8)
    assert [one.number for one in queries.nextsteps.gap(place.partnership).actions] == [3]
    add(place, 3)
    assert queries.nextsteps.gap(place.partnership) is None


def test_one_query_says_it_for_all_listed_actions(place):
    round = make_round(place.partnership, by=place.by, state="revealed")
    for number in range(1, 12):
        add(place, number)
        add(place, number, text="Second", round=round)
    codes = list(Action.objects.values_list("code", flat=True))
    of_results(round, codes, is_lead=False)  # planned
    with CaptureQueriesContext(connection) as queries:
        said = of_results(round, codes, is_lead=False)
    # Around it stand the savepoints of a test's transaction.
    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) == 1
    assert {one.words for one in said.values()} == {"One next step under way."}
