"""What an event of the trail says of a draft, in sentences people read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..wording.parts import ACTION, AREA, name_of_text
from ..wording.translating import name_of_language
from .breaks import as_said
from .proposals import TypedChange

Side = Literal["before", "after"]


@dataclass(frozen=True)
class Facts:
    """What an event says of before and after, with the names of what it speaks of."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]
    names: Mapping[str, str]

    def action(self, side: Side, key: str = "code") -> str:
        return self._named(ACTION, getattr(self, side).get(key, ""))

    def area(self, side: Side, key: str = "area") -> str:
        return self._named(AREA, getattr(self, side).get(key, ""))

    def _named(self, kind: str, code: str) -> str:
        return self.names.get(f"{kind}:{code}", code)

    @property
    def titles(self) -> dict[str, str]:
        begin = f"{ACTION}:"
        return {part.removeprefix(begin): name for part, name in self.names.items() if part.startswith(begin)}

    def changes(self, side: Side) -> list[TypedChange]:
        return [TypedChange(*each) for each in getattr(self, side).get("changes") or ()]


Say = Callable[[Facts], Iterable[str]]
"""How an event is told."""


def sentences(
    event: str, before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[str, str]
) -> tuple[str, ...]:
    """What is said of an event by what it holds of before and after; ``names`` are titles and names by part.

    An event nothing is known of is called by its own name.
    """
    facts = Facts(before, after, names)
    return tuple(SENTENCES[event](facts)) if event in SENTENCES else (f"{event[:1].upper()}{event[1:]}.",)


def _started(facts: Facts) -> Iterable[str]:
    return [_("Started the draft from edition %(number)s.") % {"number": facts.after.get("made_from", "")}]


def _added(facts: Facts) -> Iterable[str]:
    return [_("Added the action “%(title)s”.") % {"title": facts.after.get("title", "")}]


def _moved(facts: Facts) -> Iterable[str]:
    title = {"title": facts.action("after")}
    if facts.before.get("area") != facts.after.get("area"):
        return [_("Moved “%(title)s” to “%(area)s”.") % (title | {"area": facts.area("after")})]
    numbers = {"from": facts.before.get("number"), "to": facts.after.get("number")}
    return [_("Moved “%(title)s” from number %(from)s to %(to)s.") % (title | numbers)]


def _split(facts: Facts) -> Iterable[str]:
    names = {"title": facts.action("before"), "part": facts.after.get("title", "")}
    return [_("Split “%(title)s”: “%(part)s” is an action of its own now.") % names]


def _merged(facts: Facts) -> Iterable[str]:
    names = {"title": facts.before.get("title", ""), "into": facts.action("after")}
    return [_("Merged “%(title)s” into “%(into)s”.") % names]


def _retired(facts: Facts) -> Iterable[str]:
    return [_("Took out the action “%(title)s”.") % {"title": facts.before.get("title", "")}]


def _brought_back(facts: Facts) -> Iterable[str]:
    return [_("Brought back the action “%(title)s”.") % {"title": facts.action("after")}]


def _kind_said(facts: Facts) -> Iterable[str]:
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


def _kind_taken_back(facts: Facts) -> Iterable[str]:
    titles = facts.titles
    codes = {change.after or change.before: None for change in facts.changes("before")}
    for code in codes:
        title = titles.get(code, code) if code else _("the labels of the levels")
        yield _("Took back what kind of change it was: %(title)s.") % {"title": title}


def _plain(sentence: Promise) -> Say:
    return lambda _facts: [str(sentence)]


def _of_area(sentence: Promise) -> Say:
    return lambda facts: [str(sentence) % {"name": facts.after.get("name") or facts.before.get("name", "")}]


def _confirmed(facts: Facts) -> Iterable[str]:
    """Somebody looked at translations whose English had changed."""
    part = facts.after.get("part", "")
    names = ", ".join(name_of_text(part, field) for field in facts.after.get("fields", ()))
    where = facts.names.get(part, "")
    said = {"what": f"{where}: {names}" if where else names}
    language = {"language": name_of_language(facts.after.get("language", "cy"))}
    return [_("Said that the translation is still right (%(language)s): %(what)s.") % (said | language)]


SENTENCES: dict[str, Say] = {
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
"""What is said of each event of the trail."""
