"""Later editions for the tests, until somebody can write them on a page."""

from django.utils import timezone

from framework.models import Action, ActionLevel, Area, Change, Edition, Level

WORDS = ("title", "short_title", "statement", "question", "prompts")


def next_edition(before, kinds, *, new=(), split=None, scale="", number=2):
    """A published edition made from another. ``kinds`` says of an action's code what was changed in it, a
    retired one is left out; ``new`` are codes of actions it has besides, ``split`` which came of which.
    """
    edition = Edition.objects.create(framework=before.framework, number=number, predecessor=before)
    split = split or {}
    gone = {code for code, kind in kinds.items() if kind == "retired"} | split.keys()
    areas = {area.code: _area(edition, area) for area in before.areas.all()}
    levels = {level.value: _level(edition, level) for level in before.levels.all()}
    made = {
        action.code: _action(edition, action, areas, levels, at)
        for at, action in enumerate(before.actions.exclude(code__in=gone).select_related("area"), 1)
    }
    model = before.actions.select_related("area").first()
    for code in new:
        made[code] = _action(edition, model, areas, levels, len(made) + 1, code=code, title=code.title())
    _record(
        edition, before, kinds, made, {*new} - {part for parts in split.values() for part in parts}, split
    )
    if scale:
        Change.objects.create(edition=edition, kind=scale)
    edition.status, edition.published_at = Edition.Status.PUBLISHED, timezone.now()
    edition.save()
    return edition


def _record(edition, before, kinds, made, new, split):
    old = {action.code: action for action in before.actions.all()}
    rows = [
        Change(edition=edition, kind=kind, before=old[code], after=made.get(code))
        for code, kind in kinds.items()
    ]
    rows += [Change(edition=edition, kind="new", after=made[code]) for code in sorted(new)]
    rows += [
        Change(edition=edition, kind="split", before=old[code], after=made[part])
        for code, parts in split.items()
        for part in parts
    ]
    Change.objects.bulk_create(rows)


def _area(edition, area):
    facts = {name: getattr(area, name) for name in ("code", "name", "about", "order", "colour")}
    return Area.objects.create(edition=edition, **facts)


def _level(edition, level):
    return Level.objects.create(edition=edition, value=level.value, label=level.label)


def _action(edition, action, areas, levels, number, **other):
    facts = {name: getattr(action, name) for name in ("code", *WORDS)} | other
    made = Action.objects.create(edition=edition, area=areas[action.area.code], number=number, **facts)
    ActionLevel.objects.bulk_create(
        ActionLevel(action=made, level=levels[each.level.value], looks_like=each.looks_like)
        for each in action.action_levels.select_related("level")
    )
    return made
