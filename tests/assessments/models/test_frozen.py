"""Every way through the ORM refuses to touch ratings, responses and counts of a frozen round."""

import asyncio
from itertools import product

import pytest
from asgiref.sync import sync_to_async
from django.db import connections, transaction
from django.db.models import F

from assessments.models import Rating, Response, Round, RoundCounts
from assessments.models.frozen import FrozenRatingsChanged
from assessments.operations import rounds
from tests.assessments.round_room import make_place
from tests.factories import make_round
from tests.made_once import made_once

pytestmark = pytest.mark.usefixtures("edition")

MODELS = (Rating, Response, RoundCounts)
ROWS = [5, 5, 1]
# A field of each that has no meaning of its own, to write to.
HARMLESS = {Rating: "comment", Response: "standpoint", RoundCounts: "data"}


def answers(place):
    """Five people and one action: as few rows as make a result."""
    return [(member, {1: level}) for level, member in enumerate(place.members[:5], 1)]


@made_once
def place():
    return make_place(people=5)


@pytest.fixture(params=["revealed", "shared"])
def frozen(place, request):
    return make_round(place.partnership, by=place.by, state=request.param, answers=answers(place))


def everything():
    return {model: list(model.objects.order_by("pk").values()) for model in MODELS}


@pytest.fixture
def _unchanged(frozen):
    before = everything()
    assert [len(rows) for rows in before.values()] == ROWS
    yield
    assert everything() == before


def copy_of(row):
    """A new row that says the same; of the counts, whose key is the round, the row itself."""
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    if row._meta.pk.attname == "id":
        fields.pop("id")
    return type(row)(**fields)


def values_of(model):
    return {HARMLESS[model]: getattr(model.objects.first(), HARMLESS[model])}


def via_instance_save(model):
    model.objects.first().save()


def via_new_instance_save(model):
    copy_of(model.objects.first()).save()


def via_instance_delete(model):
    model.objects.first().delete()


def via_update(model):
    model.objects.update(**values_of(model))


def via_update_of_a_slice_of_them(model):
    model.objects.filter(pk=model.objects.first().pk).update(**values_of(model))


def via_update_with_an_expression(model):
    model.objects.update(**{HARMLESS[model]: F(HARMLESS[model])})


def via_queryset_delete(model):
    model.objects.all().delete()


def via_delete_of_a_joined_queryset(model):
    path = {Rating: "response__round__title"}.get(model, "round__title")
    model.objects.filter(**{path: "Autumn 2026"}).delete()


def via_bulk_update(model):
    model.objects.bulk_update(list(model.objects.all()), [HARMLESS[model]])


def via_bulk_create(model):
    model.objects.bulk_create([copy_of(model.objects.first())])


def via_bulk_create_over_conflicts(model):
    fields = [HARMLESS[model]]
    model.objects.bulk_create(
        [model.objects.first()], update_conflicts=True, update_fields=fields, unique_fields=["pk"]
    )


def via_create(model):
    row = copy_of(model.objects.first())
    model.objects.create(
        **{f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname != "id"}
    )


def via_update_or_create(model):
    model.objects.update_or_create(pk=model.objects.first().pk, defaults=values_of(model))


def via_base_manager(model):
    model._base_manager.update(**values_of(model))


def via_base_manager_delete(model):
    model._base_manager.all().delete()


WAYS = [way for name, way in sorted(globals().items()) if name.startswith("via_")]


@pytest.mark.usefixtures("frozen")
def test_every_way_is_closed(subtests):
    before = everything()
    assert [len(rows) for rows in before.values()] == ROWS
    for way, model in product(WAYS, MODELS):
        with subtests.test(way=way.__name__, model=model.__name__), transaction.atomic():
            with pytest.raises(FrozenRatingsChanged):
                way(model)
            assert everything() == before


@pytest.mark.usefixtures("_unchanged")
def test_get_or_create_makes_nothing_new(frozen, place):
    response = frozen.responses.first()
    with pytest.raises(FrozenRatingsChanged):
        Response.objects.get_or_create(round=frozen, participant=_late(place))
    with pytest.raises(FrozenRatingsChanged):
        response.ratings.get_or_create(action=response.ratings.first().action, layer="second")


def _late(place):
    from partnerships.models import Participant

    return Participant.objects.create(partnership=place.partnership)


def _unsaved(response):
    return Rating(action=response.ratings.first().action, layer="second", level=1)


@pytest.mark.usefixtures("_unchanged")
def test_related_managers_refuse(frozen):
    response = frozen.responses.first()
    for write in (
        lambda: response.ratings.all().delete(),
        lambda: response.ratings.update(level=1, dont_know=False),
        lambda: response.ratings.create(action=response.ratings.first().action, layer="second", level=1),
        lambda: response.ratings.bulk_create([copy_of(response.ratings.first())]),
        lambda: frozen.responses.all().delete(),
        lambda: frozen.responses.update(standpoint="senior"),
        lambda: response.ratings.add(_unsaved(response), bulk=False),
    ):
        with pytest.raises(FrozenRatingsChanged), transaction.atomic():
            write()


@pytest.mark.usefixtures("_unchanged")
def test_deleting_the_round_itself_is_refused(frozen):
    from django.db.models import ProtectedError

    with pytest.raises((ProtectedError, FrozenRatingsChanged)):
        frozen.delete()


def test_what_was_read_before_the_freeze_is_refused_after_it(place):
    round = make_round(place.partnership, by=place.by, state="closed", answers=answers(place))
    rating = Rating.objects.select_related("response__round").first()
    response = Response.objects.select_related("round").first()
    assert rating.response.round.state == "closed"
    rounds.reveal_round(by=place.by, round=Round.objects.get(pk=round.pk))
    rating.level = 1
    response.standpoint = "senior"
    for write in (rating.save, rating.delete, response.save, response.delete):
        with pytest.raises(FrozenRatingsChanged):
            write()
    assert sorted(Rating.objects.values_list("level", flat=True)) == [1, 2, 3, 4, 5]


def test_a_rating_is_not_smuggled_into_a_frozen_round_from_an_open_one(place):
    frozen = make_round(place.partnership, by=place.by, state="revealed", answers=answers(place))
    opened = make_round(
        place.partnership, by=place.by, state="open", title="Next", answers=answers(place)[:1]
    )
    rating = Rating.objects.get(response__round=opened, action__number=1)
    rating.response = frozen.responses.first()
    rating.layer = "second"
    with pytest.raises(FrozenRatingsChanged):
        rating.save()
    with pytest.raises(FrozenRatingsChanged):
        Rating.objects.filter(pk=rating.pk).update(response=frozen.responses.first(), layer="second")
    assert Rating.objects.filter(response__round=frozen).count() == 5


def test_a_rating_is_not_carried_out_of_a_frozen_round(place):
    frozen = make_round(place.partnership, by=place.by, state="revealed", answers=answers(place))
    opened = make_round(
        place.partnership, by=place.by, state="open", title="Next", answers=answers(place)[:1]
    )
    rating = Rating.objects.filter(response__round=frozen).first()
    rating.response, rating.layer = opened.responses.get(), "second"
    with pytest.raises(FrozenRatingsChanged):
        rating.save()
    assert Rating.objects.filter(response__round=frozen).count() == 5


@pytest.mark.django_db(transaction=True)
def test_the_asynchronous_ways_refuse(edition):
    place = make_place(people=5)
    make_round(place.partnership, by=place.by, state="revealed", answers=answers(place))
    before = everything()

    async def try_all():
        for model in MODELS:
            row = await model.objects.afirst()
            for write in (
                row.asave(),
                row.adelete(),
                model.objects.all().adelete(),
                model.objects.aupdate(**{HARMLESS[model]: getattr(row, HARMLESS[model])}),
                model.objects.abulk_update([row], [HARMLESS[model]]),
                model.objects.abulk_create([copy_of(row)]),
                model.objects.aupdate_or_create(
                    pk=row.pk, defaults={HARMLESS[model]: getattr(row, HARMLESS[model])}
                ),
            ):
                with pytest.raises(FrozenRatingsChanged):
                    await write
        await sync_to_async(connections.close_all)()  # those of the thread that did the work

    asyncio.run(try_all())
    assert everything() == before


def test_open_rounds_are_left_alone(place):
    round = make_round(place.partnership, by=place.by, state="open", answers=answers(place))
    assert Rating.objects.filter(response__round=round).update(comment="x") == 5
    assert Response.objects.filter(round=round).delete()[0] == 10
