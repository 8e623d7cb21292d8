"""Published wording does not change, whichever way somebody tries."""

import pytest
from asgiref.sync import async_to_sync
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django.db.models.deletion import Collector

from framework.models import (
    Action,
    ActionLevel,
    Area,
    Change,
    Edition,
    Framework,
    Level,
    PublishedEditionChanged,
)
from partnerships.models import Council
from tests.factories import CouncilFactory, UserFactory
from tests.framework.editions import next_edition

MODELS = [Framework, Edition, Area, Action, Level, ActionLevel]
# A field of each that somebody might want to change, and what to.
CHANGE = {
    Framework: {"name": "changed"},
    Change: {"kind": "clarified"},
    Edition: {"note": "changed"},
    Area: {"name": "changed"},
    Action: {"statement": "changed"},
    Level: {"label": "changed"},
    ActionLevel: {"looks_like": "changed"},
}


def everything():
    """Every row of every edition, as values, to compare before with after."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in (*MODELS, Change)}


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
    "bulk create over what is alike": lambda m: m.objects.bulk_create(
        [copy(change(m.objects.first()))],
        update_conflicts=True,
        update_fields=list(CHANGE[m]),
        unique_fields=ALIKE[m],
    ),
    "async update or create": lambda m: async_to_sync(m.objects.all().aupdate_or_create)(
        pk=m.objects.first().pk, defaults=CHANGE[m]
    ),
    "save past save()": lambda m: change(m.objects.first()).save_base(),
    "delete in the raw": lambda m: m.objects.all()._raw_delete("default"),
    "base manager update": lambda m: m._base_manager.update(**CHANGE[m]),
    "a filtered, sorted update": lambda m: m.objects.order_by("-pk").filter(pk__gt=0).update(**CHANGE[m]),
}
# By what else than its key a row is told from others.
ALIKE = {
    Framework: ["slug"],
    Edition: ["framework", "number"],
    Area: ["edition", "code"],
    Action: ["edition", "code"],
    Level: ["edition", "value"],
    ActionLevel: ["action", "level"],
    Change: ["edition", "before", "after"],
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

    with pytest.raises(PublishedEditionChanged, match=str(model.refusal)), transaction.atomic():
        way(model)

    assert everything() == before


@pytest.mark.parametrize("model", [Edition, Area, Action, Level, ActionLevel])
def test_collecting_rows_by_hand_deletes_none(published, model):
    before = everything()
    collector = Collector(using="default")
    collector.collect([model.objects.first()])

    with pytest.raises(PublishedEditionChanged), transaction.atomic():
        collector.delete()

    assert everything() == before


def test_what_was_said_of_the_changes_is_settled_too(published):
    later = next_edition(published, {"citizens-places": "typo", "systemic": "meaning_changed"})
    before = everything()

    for way in WAYS.values():
        with pytest.raises(PublishedEditionChanged), transaction.atomic():
            way(Change)
    for said in ({"before": published.actions.first()}, {"edition": later}, {"after": later.actions.last()}):
        with pytest.raises(PublishedEditionChanged), transaction.atomic():
            Change.objects.filter(kind="typo").update(**said)
    with pytest.raises(PublishedEditionChanged), transaction.atomic():
        later.changes.create(kind="typo")

    assert everything() == before


EDITION = {
    "number": 7,
    "predecessor": None,
    "status": "draft",
    "published_at": None,
    "published_by": None,
    "note": "Another note",
    "scale_note": "Somebody else's",
    "owner": None,
    "framework": None,
}


def test_no_fact_about_a_published_edition_changes(published, other_framework):
    later = next_edition(published, {}, number=2)
    others = {"framework": other_framework, "owner": CouncilFactory(), "published_by": UserFactory()}
    before = everything()

    for field, value in (EDITION | others).items():
        with pytest.raises(PublishedEditionChanged), transaction.atomic():
            Edition.objects.filter(pk=later.pk).update(**{field: value})
        row = Edition.objects.get(pk=later.pk)
        setattr(row, field, value)
        with pytest.raises(PublishedEditionChanged), transaction.atomic():
            row.save(update_fields=[field])

    assert everything() == before


FROM_AFAR = {
    "editions of a framework": lambda e, draft: e.framework.editions.update(note="x"),
    "into another framework": lambda e, draft: draft.framework.editions.add(e),
    "editions of a council, added": lambda e, draft: Council.objects.first().editions.add(e),
    "editions of a council, set": lambda e, draft: Council.objects.first().editions.set([e]),
    "what it was made from, removed": lambda e, draft: e.predecessor.successors.remove(e),
    "what it was made from, cleared": lambda e, draft: e.predecessor.successors.clear(),
    "what it was made from, added": lambda e, draft: draft.successors.add(e),
}


@pytest.mark.parametrize("way", FROM_AFAR.values(), ids=FROM_AFAR.keys())
def test_related_rows_are_no_way_round(published, other_framework, way):
    later = next_edition(published, {}, number=2)
    CouncilFactory()
    draft = Edition.objects.create(framework=other_framework, number=1)
    before = everything()

    with pytest.raises(PublishedEditionChanged), transaction.atomic():
        way(later, draft)

    assert everything() == before


@pytest.mark.parametrize("field", ["name", "source", "slug"])
def test_what_every_edition_shows_is_settled_with_the_first(published, field):
    framework = published.framework
    setattr(framework, field, "changed")

    with pytest.raises(PublishedEditionChanged, match="shows its name and source"):
        framework.save()
    with pytest.raises(PublishedEditionChanged, match="shows its name and source"):
        Framework.objects.update_or_create(pk=framework.pk, defaults={field: "changed"})

    assert not Framework.objects.filter(**{field: "changed"}).exists()


def test_a_framework_without_a_published_edition_can_still_be_named(other_framework):
    Edition.objects.create(framework=other_framework, number=1)
    other_framework.name = "Ten better actions"
    other_framework.save()
    assert Framework.objects.filter(name="Ten better actions").update(source="A list") == 1


def test_an_update_into_a_published_part_is_found_by_either_end(published, draft):
    """An action stands in an edition and in an area, a level of an action by its action and by its level."""
    with pytest.raises(PublishedEditionChanged), transaction.atomic():
        Action.objects.filter(edition=draft).update(area=published.areas.first())
    with pytest.raises(PublishedEditionChanged), transaction.atomic():
        ActionLevel.objects.filter(action__edition=draft).update(level=published.levels.first())


def test_the_administration_has_no_page_for_any_of_it():
    assert [
        model for model in apps.get_app_config("framework").get_models() if admin.site.is_registered(model)
    ] == []


def test_only_whether_new_rounds_use_it_can_be_said_of_a_settled_edition(published, draft):
    editions = Edition.objects.all()
    assert editions.move("published", "retired") == 1
    assert editions.move("published", "retired") == 0
    for wrong in (("draft", "published"), ("published", "draft"), ("published", "published")):
        with pytest.raises(ValueError, match=wrong[0]):
            editions.move(*wrong)
    assert sorted(editions.values_list("number", "status")) == [(1, "retired"), (2, "draft")]


def test_bringing_many_rows_in_asks_once(published, draft, django_assert_num_queries):
    area = draft.areas.get()
    with django_assert_num_queries(2):  # which editions they go to, and the rows
        Action.objects.bulk_create(
            Action(edition=draft, area=area, code=f"more-{number}", number=number) for number in range(2, 40)
        )


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
