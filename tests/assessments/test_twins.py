"""Rules that are written down a second time, in SQL: each says what the rule beside it says.

Every statement that is planned once is here, with the tests that hold the whole of it to the careful way;
here its conditions are held to the rules they stand beside, and the database is asked whether it takes it.
"""

import importlib
import pkgutil
from itertools import product

import pytest
from django.db import connection
from django.utils import timezone

import assessments
from assessments.models import InvitationLink, NextStep, Round, Seat, Workshop
from assessments.models.nextsteps import NextStepQuerySet
from assessments.models.workshops import SeatQuerySet
from assessments.operations import nextsteps
from assessments.policies import rounds, workshops
from assessments.policies.base import NotNow
from assessments.prepared import STATEMENTS
from assessments.queries.room import LAYER, LAYER_HERE
from assessments.states import RoundState, Stage, WorkshopState
from framework.models import Action
from partnerships.models import Membership, Participant
from tests.assessments.rating_room import ask_a_member
from tests.assessments.round_room import make_place
from tests.assessments.workshop_room import make_hall
from tests.factories import make_round

HELD_BY = {
    "assessments_find_response": "tests.assessments.operations.test_at_once",
    "assessments_save_rating": "tests.assessments.operations.test_at_once",
    "assessments_rate_in_room": "tests.assessments.operations.test_room_at_once",
    "assessments_changing": "tests.assessments.queries.test_nextsteps",
    "assessments_phone": "tests.assessments.views.test_room",
    "assessments_newest_for_phone": "tests.assessments.views.test_room",
}
"""Statement -> the tests that hold its answers to those of the ORM, or to what people then see."""


def own_statements():
    return {name: each for name, each in STATEMENTS.items() if not name.startswith("tests_")}


@pytest.fixture(autouse=True, scope="module")
def _all_modules():
    """A statement is listed once its module has been imported."""
    for module in pkgutil.walk_packages(assessments.__path__, "assessments."):
        if ".migrations" not in module.name:
            importlib.import_module(module.name)


def test_every_statement_is_held_to_something():
    assert own_statements().keys() == HELD_BY.keys()
    assert all(importlib.util.find_spec(module) for module in HELD_BY.values())


@pytest.mark.django_db
@pytest.mark.parametrize("name", HELD_BY)
def test_the_database_takes_it_with_these_types(name):
    statement = STATEMENTS[name]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DEALLOCATE ALL; {statement._prepare}")
            cursor.execute("SELECT name, parameter_types::text[] FROM pg_prepared_statements")
            assert cursor.fetchall() == [
                (statement.known_as, [LONG.get(each, each) for each in statement.types])
            ]
        else:
            cursor.execute(f"EXPLAIN {statement.sql}", [None] * len(statement.types))
            assert cursor.fetchall()


LONG = {"varchar": "character varying", "timestamptz": "timestamp with time zone"}


def holds(condition, **rows):
    """Whether an SQL condition holds of rows made up of these values: name of the row -> its columns."""
    tables = [
        f"(SELECT {', '.join(f'%s AS {column}' for column in columns)}) {name}"
        for name, columns in rows.items()
    ]
    values = [value for columns in rows.values() for value in columns.values()]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {', '.join(tables)} WHERE {condition}", values)
        return cursor.fetchone() == (1,)


def allows(require, *of):
    try:
        require(*of)
    except NotNow:
        return False
    return True


@pytest.mark.django_db
def test_rating_by_link():
    said = {}
    for state, is_in_room in product(RoundState, (False, True)):
        said[state, is_in_room] = holds(
            rounds.BY_LINK, round={"state": state.value, "is_in_room": is_in_room}
        )
        assert said[state, is_in_room] == allows(
            rounds.require_by_link, Round(state=state, is_in_room=is_in_room)
        )
    assert [each for each, is_allowed in said.items() if is_allowed] == [(RoundState.OPEN, False)]


@pytest.mark.django_db
def test_rating_in_the_room():
    allowed = set()
    for state, stage in product(WorkshopState, Stage):
        rows = {"workshop": {"state": state.value}, "here": {"stage": stage.value}}
        assert holds(workshops.RATING, **rows) == allows(
            workshops.require_rating, Workshop(state=state), stage
        )
        if holds(workshops.RATING, **rows):
            allowed.add((state, stage))
    assert allowed == {(WorkshopState.RUNNING, Stage.RATING), (WorkshopState.RUNNING, Stage.RATING_AGAIN)}


@pytest.mark.django_db
def test_which_layer_is_rated():
    for stage in Stage:
        layer = LAYER.get(stage)
        condition = f"{LAYER_HERE} = '{layer}'" if layer else f"({LAYER_HERE}) IS NULL"
        assert holds(condition, here={"stage": stage.value})


def keys(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [key for (key,) in cursor.fetchall()]


@pytest.mark.usefixtures("edition")
@pytest.mark.django_db
def test_who_is_in_the_room():
    hall = make_hall(people=4, guests=2)
    Seat.objects.filter(pk__in=[hall.seats[0].pk, hall.guests[0].pk]).update(state="asking")
    Membership.objects.filter(pk=hall.place.members[1].pk).update(ended_at=timezone.now())
    hall.seats[2].participant.membership = None
    hall.seats[2].participant.save()
    found = keys(
        f"""SELECT seat.id FROM assessments_seat seat
            JOIN partnerships_participant participant ON participant.id = seat.participant_id
            LEFT JOIN partnerships_membership membership ON membership.id = participant.membership_id
            WHERE {SeatQuerySet.TAKEN}"""
    )
    assert sorted(found) == sorted(Seat.objects.taken().values_list("pk", flat=True))
    assert sorted(found) == sorted([hall.seats[3].pk, hall.guests[1].pk])


@pytest.mark.usefixtures("edition")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "is_valid"),
    [("nothing", True), ("withdrawn", False), ("has left", False), ("is no member", False)],
)
def test_which_links_open_anything(change, is_valid):
    room = ask_a_member()
    if change == "withdrawn":
        InvitationLink.objects.update(withdrawn_at=timezone.now())
    if change == "has left":
        Membership.objects.filter(pk=room.member.pk).update(ended_at=timezone.now())
    if change == "is no member":
        Participant.objects.filter(membership=room.member).update(membership=None)
    found = keys(
        f"""SELECT link.id FROM assessments_invitationlink link
            JOIN assessments_invitation invitation ON invitation.id = link.invitation_id
            JOIN partnerships_participant participant ON participant.id = invitation.participant_id
            LEFT JOIN partnerships_membership membership ON membership.id = participant.membership_id
            WHERE {InvitationLink.VALID}"""
    )
    assert found == [link.pk for link in InvitationLink.objects.all() if link.is_valid]
    assert bool(found) == is_valid


@pytest.mark.usefixtures("edition")
@pytest.mark.django_db
@pytest.mark.parametrize(("is_lead", "count"), [(True, 4), (False, 2)])
def test_who_reads_which_next_steps_and_in_which_order(is_lead, count):
    place = make_place()
    decided = [
        make_round(place.partnership, by=place.by, state=state, title=state)
        for state in ("revealed", "shared")
    ]
    day = timezone.localdate()
    for round, due_on in ((None, None), (decided[0], None), (decided[0], day), (decided[1], day)):
        action = Action.objects.get(edition=decided[0].edition, number=1)
        nextsteps.add_next_step(
            by=place.by, partnership=place.partnership, round=round, action=action, text="Meet", due_on=due_on
        )
    found = keys(
        f"""SELECT step.id FROM assessments_nextstep step
            WHERE {NextStepQuerySet.READABLE} ORDER BY {NextStepQuerySet.SOONEST}""",
        is_lead,
    )
    steps = NextStep.objects.readable_by(is_lead=is_lead).soonest_first()
    assert found == list(steps.values_list("pk", flat=True))
    assert len(found) == count
