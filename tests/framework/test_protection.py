"""Published wording does not change, whichever way somebody tries."""

import pytest
from asgiref.sync import async_to_sync
from django.core.management import call_command
from django.db import transaction
from django.db.models import F

from framework.models import (
    Action,
    ActionLevel,
    Area,
    Edition,
    Level,
    PublishedEditionChanged,
)

MODELS = [Edition, Area, Action, Level, ActionLevel]
# A field of each that somebody might want to change, and what to.
CHANGE = {
    Edition: {"note": "changed"},
    Area: {"name": "changed"},
    Action: {"statement": "changed"},
    Level: {"label": "changed"},
    ActionLevel: {"looks_like": "changed"},
}


def everything():
    """Every row of every edition, as values, to compare before with after."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in MODELS}


def change(row):
    for field, value in CHANGE[type(row)].items():
        setattr(row, field, value)
    return row


def copy(row):
    """The same row as a new one."""
    row.pk = None
    row._state.adding = True
    return row


WAYS = {
    "save": lambda m: change(m.objects.first()).save(),
    "save some fields": lambda m: change(m.objects.first()).save(update_fields=list(CHANGE[m])),
    "async save": lambda m: async_to_sync(change(m.objects.first()).asave)(),
    "save by the key alone": lambda m: m(pk=m.objects.first().pk, **parents(m)).save(),
    "delete": lambda m: m.objects.first().delete(),
    "async delete": lambda m: async_to_sync(m.objects.first().adelete)(),
    "queryset update": lambda m: m.objects.update(**CHANGE[m]),
    "async queryset update": lambda m: async_to_sync(m.objects.all().aupdate)(**CHANGE[m]),
    "update with what is there": lambda m: m.objects.update(**{next(iter(CHANGE[m])): F("pk")}),
    "queryset delete": lambda m: m.objects.all().delete(),
    "async queryset delete": lambda m: async_to_sync(m.objects.all().adelete)(),
    "bulk update": lambda m: m.objects.bulk_update([change(m.objects.first())], list(CHANGE[m])),
    "async bulk update": lambda m: async_to_sync(m.objects.all().abulk_update)(
        [change(m.objects.first())], list(CHANGE[m])
    ),
    "bulk create over it": lambda m: m.objects.bulk_create(
        [change(m.objects.first())],
        update_conflicts=True,
        update_fields=list(CHANGE[m]),
        unique_fields=["pk"],
    ),
    "update or create": lambda m: m.objects.update_or_create(pk=m.objects.first().pk, defaults=CHANGE[m]),
    "base manager update": lambda m: m._base_manager.update(**CHANGE[m]),
    "a filtered, sorted update": lambda m: m.objects.order_by("-pk").filter(pk__gt=0).update(**CHANGE[m]),
}
WAYS_IN = {
    "create": lambda m: copy(m.objects.first()).save(),
    "forced insert": lambda m: copy(m.objects.first()).save(force_insert=True),
    "bulk create": lambda m: m.objects.bulk_create([copy(m.objects.first())]),
    "bulk create from a generator": lambda m: m.objects.bulk_create(copy(row) for row in m.objects.all()[:1]),
    "async bulk create": lambda m: async_to_sync(m.objects.all().abulk_create)([copy(m.objects.first())]),
    "bulk create that skips what is there": lambda m: m.objects.bulk_create(
        [copy(m.objects.first())], ignore_conflicts=True
    ),
}


def set_status(edition, status):
    """As loading a fixture would: past save()."""
    edition.status = status
    edition.save_base(raw=True)


def parents(model):
    row = model.objects.first()
    links = [field for field in model._meta.fields if field.many_to_one]
    return {field.attname: getattr(row, field.attname) for field in links}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("status", ["published", "retired"])
def test_settled_rows_refuse_every_write(published, model, way, status):
    set_status(published, status)
    before = everything()

    with pytest.raises(PublishedEditionChanged, match="Start a new edition instead"), transaction.atomic():
        way(model)

    assert everything() == before


@pytest.mark.parametrize("way", WAYS_IN.values(), ids=WAYS_IN.keys())
@pytest.mark.parametrize("model", [Area, Action, Level, ActionLevel])
def test_nothing_new_gets_into_a_published_edition(published, model, way):
    before = everything()

    with pytest.raises(PublishedEditionChanged), transaction.atomic():
        way(model)

    assert everything() == before


RELATED = {
    "create": lambda e: e.areas.create(code="x", name="x", about="x", order=9, colour="edge"),
    "get or create": lambda e: (
        e.levels.get_or_create(value=1, defaults={"label": "x"})
        and e.areas.get_or_create(
            code="x", defaults={"name": "x", "about": "x", "order": 9, "colour": "edge"}
        )
    ),
    "update or create": lambda e: e.levels.update_or_create(value=1, defaults={"label": "x"}),
    "add": lambda e: e.areas.add(Area.objects.get(edition__number=2)),
    "add one by one": lambda e: e.areas.add(Area.objects.get(edition__number=2), bulk=False),
    "set": lambda e: e.areas.set(Area.objects.filter(edition__number=2)),
    "update": lambda e: e.actions.update(title="x"),
    "delete": lambda e: e.actions.all().delete(),
    "levels of an action": lambda e: e.actions.get(number=1).action_levels.update(looks_like="x"),
    "async add": lambda e: async_to_sync(e.areas.aadd)(Area.objects.get(edition__number=2)),
    "move by update": lambda e: Area.objects.filter(edition__number=2).update(edition=e, code="y", order=9),
    "move by save": lambda e: move(Area.objects.get(edition__number=2), e),
    "action into a published area": lambda e: Action.objects.filter(edition__number=2).update(
        edition=e, code="y", number=20
    ),
}


def move(area, edition):
    area.edition, area.code, area.order = edition, "y", 9
    area.save()


@pytest.mark.parametrize("way", RELATED.values(), ids=RELATED.keys())
def test_related_managers_and_moves_refuse_too(published, draft, way):
    before = everything()

    with pytest.raises(PublishedEditionChanged), transaction.atomic():
        way(published)

    assert everything() == before


def test_what_is_in_memory_does_not_decide(published):
    published.status = Edition.Status.DRAFT
    published.published_at = None

    with pytest.raises(PublishedEditionChanged):
        published.save()

    assert Edition.objects.get(pk=published.pk).status == "published"


def test_a_draft_changes_freely_and_can_then_be_published(draft, day):
    draft.actions.update(title="Begin with places")
    draft.areas.create(code="edge", name="Dare", about="Try.", order=2, colour="edge")
    ActionLevel.objects.filter(action__edition=draft).update(looks_like="We begin elsewhere")
    draft.status, draft.published_at = Edition.Status.PUBLISHED, day
    draft.save()

    assert draft.actions.get().title == "Begin with places"
    assert Edition.objects.newest_published() == draft
    with pytest.raises(PublishedEditionChanged):
        draft.actions.update(title="Too late")


def test_a_draft_can_be_thrown_away_whole(published, draft):
    words = Action.objects.filter(edition=published).count()

    draft.delete()

    assert not Edition.objects.filter(number=2).exists()
    assert Action.objects.count() == words == 11


def test_an_update_of_drafts_and_published_together_changes_neither(published, draft):
    with pytest.raises(PublishedEditionChanged):
        Action.objects.update(title="x")

    assert not Action.objects.filter(title="x").exists()


def test_a_fixture_can_be_loaded_over_a_published_edition(published):
    before = everything()

    call_command("loaddata", "transforming_together", verbosity=0)

    assert everything() == before


def test_a_retired_edition_is_not_published_again_by_loading_it(published):
    set_status(published, "retired")
    before = everything()

    call_command("loaddata", "transforming_together", verbosity=0)

    assert everything() == before
    assert Edition.objects.newest_published() is None
