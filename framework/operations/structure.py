"""Which actions a draft has, and where they stand. What was done decides about comparisons, so that it is
said of the changes at once: see ``framework.changes.origins``."""

from django.db import transaction

from partnerships.operations.audit import record

from .. import policies, queries
from ..models import Action, ActionLevel
from ..queries.trail import WORDING_CHANGED
from ..wording.parts import of_action
from .codes import free_code
from .drafts import hold_draft
from .kinds import follow
from .places import arranged, put, settle, the_action, the_area
from .translations import copy_part, forget_part

WORDS = ("statement", "question", "prompts", "helps", "hinders", "skills_question")
TITLES = ("title", "short_title")


@transaction.atomic
def add_action(*, by, edition, area, title):
    """A new action at the end of the area with this code. All its words but the title are still to write."""
    edition = hold_draft(edition)
    area, said = the_area(edition, area), queries.drafts.typed_changes(edition)
    was = queries.drafts.origins_of(edition, said)
    action = _new(edition, area, title, {})
    _gone, come = follow(edition, was, was.with_new(action.code), said)
    record(
        "action added",
        by=by,
        target=edition,
        after={"code": action.code, "area": area.code, "title": title, "changes": come},
    )
    return action


@transaction.atomic
def move_action(*, by, edition, code, area, after=""):
    """Let the action stand first in the area, or behind the one with the code ``after``, wherever that is."""
    edition = hold_draft(edition)
    action, behind = the_action(edition, code), the_action(edition, after) if after else None
    area = behind.area if behind else the_area(edition, area)
    if behind == action:
        return action
    others = [each for each in arranged(edition)[area] if each != action]
    return _move(by, edition, action, area, others.index(behind) + 1 if behind else 0)


@transaction.atomic
def step_action(*, by, edition, code, step):
    """One place up (-1) or down (1) among the actions of its area, as far as there is one."""
    edition = hold_draft(edition)
    action = the_action(edition, code)
    others = arranged(edition)[action.area]
    at = others.index(action) + step
    return _move(by, edition, action, action.area, at) if 0 <= at < len(others) else action


@transaction.atomic
def split_action(*, by, edition, code, title):
    """Make two of one: the first keeps its code and words, the second stands behind it with a copy of them.

    The second has its own title, and no short title yet: two alike could not be told apart on a chart.
    """
    edition = hold_draft(edition)
    action, said = the_action(edition, code), queries.drafts.typed_changes(edition)
    was = queries.drafts.origins_of(edition, said)
    part = _new(edition, action.area, title, _words(action), _looks_like(action), behind=action)
    copied = [*WORDS, *(f"level_{value}" for value in _looks_like(action))]
    copy_part(edition, of_action(code), to=of_action(part.code), fields=copied)
    gone, come = follow(edition, was, was.with_split(code, part.code), said)
    record(
        "action split",
        by=by,
        target=edition,
        before={"code": code, "changes": gone},
        after={"codes": [code, part.code], "title": title, "changes": come},
    )
    return part


@transaction.atomic
def merge_actions(*, by, edition, into, source):
    """Make one of two: ``into`` keeps its code and words and takes the prompts of ``source``, which goes."""
    edition = hold_draft(edition)
    policies.require_two_actions(into, source)
    kept, goes = the_action(edition, into), the_action(edition, source)
    said = queries.drafts.typed_changes(edition)
    was = queries.drafts.origins_of(edition, said)
    _take_prompts(by, edition, kept, goes)
    _remove(edition, goes)
    gone, come = follow(edition, was, was.with_merged(into, source), said)
    record(
        "actions merged",
        by=by,
        target=edition,
        before={"codes": [into, source], "title": goes.title, "changes": gone},
        after={"code": into, "changes": come},
    )
    kept.refresh_from_db()
    return kept


@transaction.atomic
def retire_action(*, by, edition, code):
    """The action is not in this edition any more; one that was new in the draft is gone altogether."""
    edition = hold_draft(edition)
    action, said = the_action(edition, code), queries.drafts.typed_changes(edition)
    was = queries.drafts.origins_of(edition, said)
    _remove(edition, action)
    gone, come = follow(edition, was, was.without(code), said)
    record(
        "action retired",
        by=by,
        target=edition,
        before={"code": code, "title": action.title, "changes": gone},
        after={"changes": come},
    )


@transaction.atomic
def bring_back_action(*, by, edition, code, area=""):
    """An action of the edition the draft was made from, as it was there and, as far as can be, where it was.

    ``area`` is the code of the area it is to stand in, if its own is not in the draft any more.
    """
    edition = hold_draft(edition)
    old = _of_before(edition, code)
    policies.require_gone(edition.actions.filter(code=code).first(), old.title)
    policies.require_room_for_action(edition.actions.count())
    home = edition.areas.filter(code=old.area.code).first() or the_area(edition, area)
    said = queries.drafts.typed_changes(edition)
    was = queries.drafts.origins_of(edition, said)
    words = _words(old) | {name: getattr(old, name) for name in TITLES}
    action = _write(edition, home, code, words, _looks_like(old))
    put(edition, action, home, _place_of(old, arranged(edition)[home]))
    copy_part(edition.predecessor, of_action(code), to=of_action(code), into=edition)
    gone, come = follow(edition, was, was.with_back(code), said)
    record(
        "action brought back",
        by=by,
        target=edition,
        before={"changes": gone},
        after={"code": code, "area": home.code, "changes": come},
    )
    action.refresh_from_db()
    return action


def _move(by, edition, action, area, at):
    before = _where(action, action.area)
    put(edition, action, area, at)
    action.refresh_from_db()
    if before != (after := _where(action, area)):
        record("action moved", by=by, target=edition, before=before, after=after)
    return action


def _where(action, area):
    return {"code": action.code, "area": area.code, "number": action.number}


def _new(edition, area, title, words, looks_like=None, behind=None):
    """A new action in the area, at its end or behind another."""
    titles = list(edition.actions.values_list("title", flat=True))
    policies.require_room_for_action(len(titles))
    policies.require_free_title(title, titles)
    code = free_code(edition.framework, title, "action", len(titles) + 1)
    action = _write(edition, area, code, words | {"title": title}, looks_like or {})
    others = arranged(edition)[area]
    put(edition, action, area, others.index(behind) + 1 if behind else len(others) - 1)
    action.refresh_from_db()
    return action


def _write(edition, area, code, words, looks_like):
    """An action behind all others, with a text for each level."""
    last = edition.actions.order_by("number").last()
    action = Action.objects.create(
        edition=edition, area=area, code=code, number=last.number + 1 if last else 1, **words
    )
    ActionLevel.objects.bulk_create(
        ActionLevel(action=action, level=level, looks_like=looks_like.get(level.value, ""))
        for level in edition.levels.all()
    )
    return action


def _remove(edition, action):
    action.delete()
    forget_part(edition, of_action(action.code))
    settle(arranged(edition))


def _words(action):
    return {name: getattr(action, name) for name in WORDS}


def _looks_like(action):
    return dict(action.action_levels.values_list("level__value", "looks_like"))


def _take_prompts(by, edition, kept, goes):
    before = kept.prompts
    prompts = before + [each for each in goes.prompts if each not in before]
    if prompts == before:
        return
    policies.require_room_for_prompts(prompts)
    kept.prompts = prompts
    kept.save()
    texts = [
        {"part": of_action(kept.code), "field": "prompts", "text": "\n".join(each)}
        for each in (before, prompts)
    ]
    record(WORDING_CHANGED, by=by, target=edition, before=texts[0], after=texts[1])


def _of_before(edition, code):
    actions = Action.objects.filter(edition=edition.predecessor_id).select_related("area")
    found = actions.filter(code=code).first()
    policies.require_known_before(found)
    return found


def _place_of(old, others):
    """Behind the last of the others that stood before it in the edition before."""
    earlier = set(
        Action.objects.filter(edition=old.edition_id, number__lt=old.number).values_list("code", flat=True)
    )
    places = [at for at, each in enumerate(others, 1) if each.code in earlier]
    return max(places, default=0)
