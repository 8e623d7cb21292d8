"""What happened to an edition, out of the audit trail, by who did it and when."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils import timezone

from partnerships.queries.audit import actor_names

from ..changes.differences import Piece, pieces
from ..changes.events import sentences
from ..wording.translating import name_of_language
from .trail import TRANSLATION_CHANGED, other_events, word_changes


@dataclass(frozen=True)
class Entry:
    """Something one person did. Of changed words, ``pieces`` are what differs."""

    at: datetime
    who: str
    sentence: str
    pieces: tuple[Piece, ...] = ()


def story(edition, names):
    """Everything that happened to the edition, the newest first. ``names`` are titles and names by part."""
    found = [*_changes_of_words(edition, names), *_other(edition, names)]
    return sorted(found, key=lambda entry: entry.at, reverse=True)


def by_day_and_person(entries):
    """Entries in their order as days, each with what one person after the other did on it."""
    return [
        (day, [(who, list(of_one)) for who, of_one in groupby(of_day, key=lambda entry: entry.who)])
        for day, of_day in groupby(entries, key=lambda entry: timezone.localdate(entry.at))
    ]


def _changes_of_words(edition, names):
    for change in (*word_changes(edition), *word_changes(edition, event=TRANSLATION_CHANGED)):
        where = names.get(change.part, "")
        what = f"{change.name} ({name_of_language(change.language)})" if change.language else change.name
        sentence = f"{where}: {what}" if where else what[:1].upper() + what[1:]
        yield Entry(change.at, change.who, sentence, pieces(change.before, change.after))


def _other(edition, names):
    rows = list(other_events(edition).values_list("at", "actor", "event", "before", "after"))
    people = actor_names({actor for _at, actor, *_rest in rows})
    for at, actor, event, before, after in rows:
        for sentence in sentences(event, before or {}, after or {}, names):
            yield Entry(at, people[actor], sentence)
