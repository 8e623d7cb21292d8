"""Words of a draft change, text by text, and nobody overwrites what somebody else wrote meanwhile."""

from dataclasses import dataclass, field

from django.db import transaction

from partnerships.operations.audit import record

from .. import policies, queries
from ..models import Action, ActionLevel, Area, Edition, Level
from ..queries.trail import WORDING_CHANGED
from ..queries.wording import wording
from ..wording import parts
from .drafts import hold
from .kinds import ask_again


@dataclass(frozen=True)
class Written:
    """What became of the texts somebody sent, by the names of their fields.

    ``left`` are texts somebody else changed and this person did not: they stay. ``conflicts`` are those
    both changed, with what is stored: nothing of them was written.
    """

    saved: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    conflicts: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def write_texts(*, by, edition, part, texts, seen):
    """Write texts of one part (``framework.wording.parts``) of a draft, as ``Written``.

    ``seen`` are the texts as they were when the person began to change them.
    """
    hold(edition)
    edition = Edition.objects.select_related("framework").filter(pk=edition.pk).first()
    policies.require_still_draft(edition)
    stored = _stored(edition, part)
    written = merge(stored, seen, texts)
    changed = {name: texts[name] for name in written.saved}
    if changed:
        _store(edition, part, changed)
        for name, text in changed.items():
            before, after = ({"part": part, "field": name, "text": said} for said in (stored[name], text))
            record(WORDING_CHANGED, by=by, target=edition, before=before, after=after)
        _ask_again(edition, part)
    return written


def _stored(edition, part):
    try:
        return parts.texts_in(wording(edition, queries.drafts.LANGUAGE), part)
    except KeyError:
        raise policies.part_gone() from None


def merge(stored, seen, texts):
    """What becomes of ``texts``, by what is ``stored`` and what the person had ``seen``, as ``Written``."""
    differing = {name: text for name, text in texts.items() if text != stored[name]}
    saved = [name for name in differing if stored[name] == seen.get(name)]
    left = [name for name, text in differing.items() if name not in saved and text == seen.get(name)]
    conflicts = {name: stored[name] for name in differing if name not in (*saved, *left)}
    return Written(tuple(saved), tuple(left), conflicts)


def _ask_again(edition, part):
    kind, _colon, code = part.partition(":")
    if kind in (parts.ACTION, parts.OF_LEVELS):
        ask_again(edition, code)


def _store(edition, part, texts):
    kind, _colon, code = part.partition(":")
    how = {
        parts.ACTION: _store_action,
        parts.AREA: _store_area,
        parts.OF_LEVELS: _store_labels,
        parts.OF_EDITION: _store_edition,
    }
    how[kind](edition, code, texts)


def _store_edition(edition, _code, texts):
    """What is said of the framework itself is not said again: an edition has only what differs from it."""
    shared = {"framework_name": edition.framework.name, "source": edition.framework.source}
    own = {name: "" if text == shared.get(name) else text for name, text in texts.items()}
    if "framework_name" in own:
        own["name"] = own.pop("framework_name")
    _set(edition, own)


def _store_labels(edition, _code, texts):
    for value, text in _of_levels(texts).items():
        Level.objects.update_or_create(edition=edition, value=value, defaults={"label": text})


def _store_area(edition, code, texts):
    _set(Area.objects.get(edition=edition, code=code), texts)


def _store_action(edition, code, texts):
    action = Action.objects.get(edition=edition, code=code)
    levels = _of_levels(texts)
    plain = {name: text for name, text in texts.items() if not name.startswith("level_")}
    if "prompts" in plain:
        plain["prompts"] = [line for line in plain["prompts"].split("\n") if line]
    _set(action, plain)
    for value, text in levels.items():
        level, _new = Level.objects.get_or_create(edition=edition, value=value)
        ActionLevel.objects.update_or_create(action=action, level=level, defaults={"looks_like": text})


def _of_levels(texts):
    found = {name: text for name, text in texts.items() if name.startswith("level_")}
    return {int(name.removeprefix("level_")): text for name, text in found.items()}


def _set(row, values):
    if values:
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))
