"""What happened to an edition, out of the audit trail, as sentences people read."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from framework.changes.breaks import as_said
from framework.changes.differences import Piece
from framework.changes.differences import pieces as pieces_of
from framework.changes.proposals import TypedChange
from framework.queries.trail import TRANSLATION_CHANGED, other_events, word_changes
from framework.wording.parts import ACTION, AREA, name_of_text
from framework.wording.translating import name_of_language
from partnerships.models.audit import actor_names


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
        yield Entry(change.at, change.who, sentence, pieces_of(change.before, change.after))


def _other(edition, names):
    rows = list(other_events(edition).values_list("at", "actor", "event", "before", "after"))
    people = actor_names({actor for _at, actor, *_rest in rows})
    for at, actor, event, before, after in rows:
        said = SENTENCES.get(event, _plain(f"{event[:1].upper()}{event[1:]}."))
        for sentence in said(Facts(before or {}, after or {}, names)):
            yield Entry(at, people[actor], sentence)


@dataclass(frozen=True)
class Facts:
    """What an event says of before and after, with the names of what it speaks of."""

    before: dict
    after: dict
    names: dict

    def action(self, side, key="code"):
        return self._named(ACTION, getattr(self, side).get(key, ""))

    def area(self, side, key="area"):
        return self._named(AREA, getattr(self, side).get(key, ""))

    def _named(self, kind, code):
        return self.names.get(f"{kind}:{code}", code)

    @property
    def titles(self):
        begin = f"{ACTION}:"
        return {part.removeprefix(begin): name for part, name in self.names.items() if part.startswith(begin)}

    def changes(self, side):
        return [TypedChange(*each) for each in getattr(self, side).get("changes") or ()]


def _started(facts):
    return [_("Started the draft from edition %(number)s.") % {"number": facts.after.get("made_from", "")}]


def _added(facts):
    return [_("Added the action “%(title)s”.") % {"title": facts.after.get("title", "")}]


def _moved(facts):
    title = {"title": facts.action("after")}
    if facts.before.get("area") != facts.after.get("area"):
        return [_("Moved “%(title)s” to “%(area)s”.") % (title | {"area": facts.area("after")})]
    numbers = {"from": facts.before.get("number"), "to": facts.after.get("number")}
    return [_("Moved “%(title)s” from number %(from)s to %(to)s.") % (title | numbers)]


def _split(facts):
    names = {"title": facts.action("before"), "part": facts.after.get("title", "")}
    return [_("Split “%(title)s”: “%(part)s” is an action of its own now.") % names]


def _merged(facts):
    names = {"title": facts.before.get("title", ""), "into": facts.action("after")}
    return [_("Merged “%(title)s” into “%(into)s”.") % names]


def _retired(facts):
    return [_("Took out the action “%(title)s”.") % {"title": facts.before.get("title", "")}]


def _brought_back(facts):
    return [_("Brought back the action “%(title)s”.") % {"title": facts.action("after")}]


def _kind_said(facts):
    titles = facts.titles
    for change in facts.changes("after"):
        what = as_said([change], titles)[0]
        if change.kind in ("split", "merged"):
            yield what
        elif change.of_labels:
            yield _("Kind of change of the labels of the levels: %(what)s") % {"what": what}
        else:
            code = change.after or change.before
            yield _("Kind of change of “%(title)s”: %(what)s") % {
                "title": titles.get(code, code),
                "what": what,
            }


def _kind_taken_back(facts):
    titles = facts.titles
    codes = {change.after or change.before: None for change in facts.changes("before")}
    for code in codes:
        title = titles.get(code, code) if code else _("the labels of the levels")
        yield _("Took back what kind of change it was: %(title)s.") % {"title": title}


def _plain(sentence):
    return lambda _facts: [str(sentence)]


def _of_area(sentence):
    return lambda facts: [str(sentence) % {"name": facts.after.get("name") or facts.before.get("name", "")}]


def _confirmed(facts):
    """Somebody looked at translations whose English had changed."""
    part = facts.after.get("part", "")
    names = ", ".join(name_of_text(part, field) for field in facts.after.get("fields", ()))
    where = facts.names.get(part, "")
    said = {"what": f"{where}: {names}" if where else names}
    language = {"language": name_of_language(facts.after.get("language", "cy"))}
    return [_("Said that the translation is still right (%(language)s): %(what)s.") % (said | language)]


SENTENCES = {
    "draft started": _started,
    "edition imported": _plain(gettext_lazy("Brought the draft in from a file.")),
    "edition published": _plain(gettext_lazy("Published the edition.")),
    "edition retired": _plain(gettext_lazy("Retired the edition.")),
    "edition used again": _plain(gettext_lazy("Put the edition back in use.")),
    "action added": _added,
    "action moved": _moved,
    "action split": _split,
    "actions merged": _merged,
    "action retired": _retired,
    "action brought back": _brought_back,
    "area added": _of_area(gettext_lazy("Added the area “%(name)s”.")),
    "area removed": _of_area(gettext_lazy("Took out the area “%(name)s”.")),
    "area brought back": _of_area(gettext_lazy("Brought back the area “%(name)s”.")),
    "areas reordered": _plain(gettext_lazy("Changed the order of the areas.")),
    "kind of change said": _kind_said,
    "kind of change taken back": _kind_taken_back,
    "translation confirmed": _confirmed,
}
"""What is said of an event of the trail; one that is not here is called by its own name."""
