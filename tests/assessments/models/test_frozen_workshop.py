"""What a room has been shown does not change, by any way through the ORM; what it rates now can."""

import asyncio
from itertools import product

import pytest
from asgiref.sync import sync_to_async
from django.db import IntegrityError, connections, transaction
from django.db.models import F, ProtectedError

from assessments.models import Rating, Response, RevealedCounts, WorkshopAction
from assessments.models.frozen import FrozenRatingsChanged
from framework.models import Action
from tests.assessments.round_room import make_place
from tests.assessments.workshop_room import levels, make_hall
from tests.factories import everybody, make_round
from tests.made_once import made_once

pytestmark = pytest.mark.usefixtures("edition")

FIRST, SECOND = Rating.Layer.FIRST, Rating.Layer.SECOND


def room_hall():
    """Action 1 shown twice; 2 being rated again; 3 being rated; 4 shown, and rating it again called off."""
    hall = make_hall(people=6)
    hall.reveal(1, 1, 1, 1, 5, 5, 5)
    hall.again(1, 3, 3, 3, 3, 3, 3)
    hall.reveal(4, 2, 2, 2, 2, 2, 2)
    hall.move("again")
    hall.rate(4, 4, 4)
    hall.move("stop_again")
    hall.reveal(2, 2, 2, 2, 2, 2, 2)
    hall.move("again")
    hall.rate(2, 4, 4)
    hall.go_to(3)
    hall.move("start")
    hall.rate(3, 1, 2)
    return hall


def walk_hall():
    """The same stages where they exist: the first layer of all is frozen."""
    place = make_place(people=8)
    rated = everybody(place.members[:6], 1, 1, 1, 5, 5, 5)
    hall = make_hall(people=7, place=place, state="revealed", answers=rated)
    for number in (1, 4, 2):
        hall.go_to(number)
        hall.move("show", "again")
        hall.rate(number, 3, 3, 3, 3, 3, 3)
        if number != 2:
            hall.move({1: "reveal_again", 4: "stop_again"}[number])
    return hall


@pytest.fixture(scope="module", params=[room_hall, walk_hall])  # the tests of the one, then of the other
def make(request):
    return request.param


@made_once
def hall(make):
    return make()


FROZEN = [(1, FIRST), (1, SECOND), (2, FIRST), (4, FIRST), (4, SECOND)]


def rows(number, layer):
    return Rating.objects.filter(action__number=number, layer=layer)


def copy_of(rating, **changes):
    fields = {field.attname: getattr(rating, field.attname) for field in Rating._meta.concrete_fields}
    return Rating(**fields | {"id": None} | changes)


def via_save(found):
    rating = found.first()
    rating.level = 4
    rating.save()


def via_save_of_some_fields(found):
    rating = found.first()
    rating.level = 4
    rating.save(update_fields=["level"])


def via_delete(found):
    found.first().delete()


def via_update(found):
    found.update(level=4)


def via_update_with_an_expression(found):
    found.update(level=F("level"))


def via_queryset_delete(found):
    found.delete()


def via_bulk_update(found):
    Rating.objects.bulk_update(list(found), ["level"])


def via_bulk_create(found):
    Rating.objects.bulk_create([copy_of(found.first())])


def via_bulk_create_over_conflicts(found):
    Rating.objects.bulk_create(
        [found.first()], update_conflicts=True, update_fields=["level"], unique_fields=["id"]
    )


def via_create(found):
    copy_of(found.first()).save()


def via_update_or_create(found):
    Rating.objects.update_or_create(pk=found.first().pk, defaults={"level": 4})


def via_base_manager(found):
    Rating._base_manager.filter(pk__in=found.values("pk")).update(level=4)


def via_related_manager(found):
    rating = found.first()
    rating.response.ratings.filter(action=rating.action, layer=rating.layer).update(level=4)


def via_delete_of_the_response(found):
    found.first().response.delete()


def via_queryset_delete_of_responses(found):
    Response.objects.filter(ratings__in=list(found)).delete()


def via_another_layer(found):
    """Out of its place: what was shown would be gone from it."""
    found.filter(pk=found.first().pk).update(action=Action.objects.get(number=9))


WAYS = [way for name, way in sorted(globals().items()) if name.startswith("via_")]


@pytest.mark.usefixtures("hall")
def test_every_way_is_closed(subtests):
    before = list(Rating.objects.order_by("pk").values())
    for (number, layer), way in product(FROZEN, WAYS):
        with subtests.test(number=number, layer=layer, way=way.__name__):
            assert rows(number, layer).exists()
            with pytest.raises(FrozenRatingsChanged), transaction.atomic():
                way(rows(number, layer))
    assert list(Rating.objects.order_by("pk").values()) == before


@pytest.mark.usefixtures("hall")
def test_nothing_is_moved_into_it(subtests):
    """A rating that may change does not slip into the place of one that may not."""
    free = rows(2, SECOND).first()
    for number, layer in FROZEN:
        action = Action.objects.get(number=number)
        for name, write in ways_in(free, action, layer).items():
            refused = pytest.raises(FrozenRatingsChanged)
            with subtests.test(number=number, layer=layer, way=name), refused, transaction.atomic():
                write()


def ways_in(free, action, layer):
    return {
        "update": lambda: Rating.objects.filter(pk=free.pk).update(action=action, layer=layer),
        "a new one": lambda: copy_of(free, action_id=action.pk, layer=layer).save(),
        "bulk_create": lambda: Rating.objects.bulk_create([copy_of(free, action_id=action.pk, layer=layer)]),
        "save": lambda: Rating(**{**_fields(free), "action_id": action.pk, "layer": layer}).save(),
    }


def _fields(rating):
    return {field.attname: getattr(rating, field.attname) for field in Rating._meta.concrete_fields}


def test_a_place_is_not_worked_out(hall):
    with pytest.raises((ValueError, FrozenRatingsChanged)), transaction.atomic():
        rows(2, SECOND).update(action=F("action"))


def test_what_is_being_rated_can_change(hall):
    rows(2, SECOND).update(level=5)
    rating = rows(2, SECOND).first()
    rating.level = 1
    rating.save()
    assert levels(2, SECOND)[:2] == [1, 5]
    rating.delete()


def test_a_first_rating_of_an_action_not_yet_shown_can_change(db):
    room_hall()
    rows(3, FIRST).update(level=5)
    assert levels(3) == [5, 5]


def test_a_second_rating_needs_an_action_that_is_rated_again(hall):
    response = Response.objects.first()
    action = Action.objects.get(number=11)
    with pytest.raises(FrozenRatingsChanged):
        response.ratings.create(action=action, layer=SECOND, level=1)


def test_a_second_rating_needs_a_workshop(db):
    place = make_place(people=6)
    make_round(place.partnership, by=place.by, state="open", answers=everybody(place.members[:2], 1, 2))
    response = Response.objects.first()
    with pytest.raises(FrozenRatingsChanged):
        response.ratings.create(action=Action.objects.get(number=1), layer=SECOND, level=1)


def test_after_the_end_nothing_changes(hall):
    hall.finish()
    assert not Rating.objects.exclude(pk__in=Rating.objects.frozen()).exists()


def test_a_response_that_holds_what_was_shown_is_not_carried_elsewhere(db):
    hall = room_hall()
    other = make_round(hall.place.partnership, by=hall.by, state="open", title="Other")
    response = Response.objects.filter(round=hall.round).first()
    response.round = other
    for write in (
        response.save,
        lambda: Response.objects.filter(pk=response.pk).update(round=other),
    ):
        with pytest.raises(FrozenRatingsChanged):
            write()


def test_one_who_came_late_comes_in_by_the_workshop_alone(db):
    hall = walk_hall()
    from partnerships.models import Participant

    late = Participant.objects.create(partnership=hall.place.partnership)
    with pytest.raises(FrozenRatingsChanged):
        Response.objects.create(round=hall.round, participant=late)
    hall.finish()
    with pytest.raises(FrozenRatingsChanged):
        Response.objects.add_latecomer(round=hall.round, participant=late)


def test_nobody_comes_late_into_a_round_rated_in_the_room(db):
    from partnerships.models import Participant

    hall = room_hall()
    late = Participant.objects.create(partnership=hall.place.partnership)
    with pytest.raises(FrozenRatingsChanged):
        Response.objects.add_latecomer(round=hall.round, participant=late)


class TestTheCountsShown:
    def test_they_are_written_once(self, hall):
        counts = RevealedCounts.objects.first()
        before = list(RevealedCounts.objects.values())
        for write in (
            counts.save,
            counts.delete,
            lambda: RevealedCounts.objects.update(layer="second"),
            lambda: RevealedCounts.objects.all().delete(),
            lambda: RevealedCounts.objects.bulk_update([counts], ["data"]),
            lambda: RevealedCounts._base_manager.update(layer="second"),
            lambda: RevealedCounts.objects.update_or_create(pk=counts.pk, defaults={"data": {}}),
            lambda: RevealedCounts.objects.bulk_create(
                [counts], update_conflicts=True, update_fields=["data"], unique_fields=["id"]
            ),
        ):
            with pytest.raises(FrozenRatingsChanged), transaction.atomic():
                write()
        assert list(RevealedCounts.objects.values()) == before

    def test_their_action_stays(self, hall):
        with pytest.raises((ProtectedError, FrozenRatingsChanged)):
            RevealedCounts.objects.first().workshop_action.delete()

    def test_what_was_revealed_is_not_taken_back(self, hall):
        with pytest.raises(IntegrityError, match="workshop_revealed_has_time"), transaction.atomic():
            WorkshopAction.objects.filter(action__number=1).update(stage="rating")


@pytest.mark.django_db(transaction=True)
def test_the_asynchronous_ways_refuse(edition):
    hall = room_hall()
    assert hall.stage(1) == "revealed_again"
    before = list(Rating.objects.order_by("pk").values())

    async def try_all():
        for layer in (FIRST, SECOND):
            row = await rows(1, layer).afirst()
            for write in (
                row.asave(),
                row.adelete(),
                rows(1, layer).adelete(),
                rows(1, layer).aupdate(level=4),
                Rating.objects.abulk_update([row], ["level"]),
                Rating.objects.abulk_create([copy_of(row)]),
            ):
                with pytest.raises(FrozenRatingsChanged):
                    await write
        await sync_to_async(connections.close_all)()  # those of the thread that did the work

    asyncio.run(try_all())
    assert list(Rating.objects.order_by("pk").values()) == before
