"""Who changed which words of an edition when, out of the audit trail."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from partnerships.models import AuditEvent
from partnerships.queries.audit import actor_names

from ..wording.parts import name_of_text

WORDING_CHANGED = "wording changed"
TRANSLATION_CHANGED = "translation changed"
TOGETHER = timedelta(minutes=10)
"""Words are saved while they are typed: what one person did to one text within this time is one change."""


@dataclass(frozen=True)
class WordChange:
    """One person's change of one text. ``actor`` is the key in the trail, ``who`` the name people read.

    ``language`` is that of a translation, empty where the edition's own words changed.
    """

    at: datetime
    actor: str
    who: str
    part: str
    field: str
    before: str
    after: str
    language: str = ""

    @property
    def name(self) -> str:
        """The name of the text as people read it."""
        return name_of_text(self.part, self.field)


def word_changes(edition, part=None, event=WORDING_CHANGED):
    """Changes of words in an edition, or in one part of it, the newest first; or of its translations.

    Saves of the same text by the same person are one change while nobody else changed it between; a text
    that is what it was before does not count.
    """
    rows = _rows(edition, part, event)
    names = actor_names({actor for _at, actor, _before, _after in rows})
    changes = [_change(at, actor, names[actor], before, after) for at, actor, before, after in rows]
    kept = [change for change in _together(changes) if change.before != change.after]
    return tuple(sorted(kept, key=lambda change: change.at, reverse=True))


def _change(at, actor, who, before, after):
    texts = (after["part"], after["field"], before["text"], after["text"])
    return WordChange(at, actor, who, *texts, language=after.get("language", ""))


def _rows(edition, part, event):
    events = AuditEvent.objects.filter(event=event, target_kind="edition", target_key=str(edition.pk))
    if part is not None:
        events = events.filter(after__part=part)
    return list(events.order_by("pk").values_list("at", "actor", "before", "after"))


def _together(changes):
    done, last = [], {}
    for change in changes:
        place = (change.part, change.field, change.language)
        run = last.get(place)
        if run and run.actor == change.actor and change.at - run.at <= TOGETHER:
            last[place] = replace(run, at=change.at, after=change.after)
            continue
        done += [run] if run else []
        last[place] = change
    return [*done, *last.values()]


@dataclass(frozen=True)
class Said:
    """Who said what kind of change it is, and when."""

    at: datetime
    who: str


def kinds_said(edition):
    """Who last said of each action what kind of change it had, by its code; of the labels, by no code.

    What a file said counts as said by whoever brought it in: under the code None, for all it spoke of.
    """
    last = {}
    events = other_events(edition).order_by("pk").values_list("at", "actor", "event", "after")
    for at, actor, event, after in events:
        changes = (after or {}).get("changes") or ()
        codes = {code for _kind, *both in changes for code in both if code}
        codes |= {""} if any(not any(both) for _kind, *both in changes) else set()
        codes |= {None} if event == "edition imported" else set()
        last |= dict.fromkeys(codes, (at, actor))
    names = actor_names({actor for _at, actor in last.values()})
    return {code: Said(at, names[actor]) for code, (at, actor) in last.items()}


def other_events(edition):
    """All that happened to an edition besides changes of its words."""
    of_it = AuditEvent.objects.filter(target_kind="edition", target_key=str(edition.pk))
    return of_it.exclude(event__in=[WORDING_CHANGED, TRANSLATION_CHANGED])
