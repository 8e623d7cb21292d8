"""Which actions are compared between two editions, and why the others are not, in words."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from ..wording.values import ActionWording, EditionWording
from .kinds import SAME_ACTION
from .proposals import EFFECT, TypedChange

UNSAID, UNSAID_LABELS = "unsaid", "unsaid_labels"
COMPARED = gettext_lazy("Ratings before and after are compared.")
WHY = EFFECT | {
    "scale_changed": gettext_lazy(
        "The labels of the levels mean something else, so nothing is compared across it."
    ),
    "unrelated": gettext_lazy("No edition is recorded that both come from, so nothing is compared."),
    UNSAID: gettext_lazy("Nobody has said yet what kind of change this is."),
    UNSAID_LABELS: gettext_lazy("Nobody has said yet whether the labels of the levels mean what they meant."),
    "other_framework": gettext_lazy("They belong to different frameworks, so nothing is compared."),
}
"""Why an action is not compared: by what ``framework.changes.lineage`` says of it."""


@dataclass(frozen=True)
class Compared:
    """An action of either edition; ``why`` is empty where ratings are compared."""

    action: ActionWording
    why: str

    @property
    def sentence(self) -> str:
        return str(WHY[self.why] if self.why else COMPARED)


def compared(
    earlier: EditionWording,
    later: EditionWording,
    why: Callable[[int, int, str], str],
    unsaid: Collection[str] = (),
) -> tuple[Compared, ...]:
    """Every action of both editions, those of the later one first.

    ``why`` is ``framework.changes.lineage.Lineage.why``; ``unsaid`` are the codes of actions nobody has
    said the kind of change of, the empty one of the labels of the levels and so of all.
    """
    here = {action.code for action in later.actions}
    actions = (*later.actions, *(action for action in earlier.actions if action.code not in here))
    keys = earlier.edition_id, later.edition_id
    labels = UNSAID_LABELS if "" in unsaid else ""
    return tuple(
        Compared(action, UNSAID if action.code in unsaid else why(*keys, action.code) or labels)
        for action in actions
    )


def in_words(changes: Iterable[TypedChange]) -> list[str]:
    """What was said of the changes of an edition, counted by kind: "2 actions said more clearly"."""
    changes = list(changes)
    found = [str(LABELS[each.kind]) for each in changes if each.of_labels]
    for kind, counted in COUNTED.items():
        count = len({_counted(each) for each in changes if each.kind == kind and not each.of_labels})
        if count:
            found.append(counted % {"count": count})
    return found


def as_said(changes: Iterable[TypedChange], titles: Mapping[str, str]) -> list[str]:
    """What was said of one action, a sentence for each kind. ``titles`` are those of the actions by code."""
    found: dict[tuple[str, str], list[TypedChange]] = {}
    for each in changes:
        key = {"split": each.before, "merged": each.after}.get(each.kind, "")
        found.setdefault((each.kind, key), []).append(each)
    return [_sentence(kind, titles.get(key, key), rows, titles) for (kind, key), rows in found.items()]


def _sentence(kind: str, title: str, rows: list[TypedChange], titles: Mapping[str, str]) -> str:
    first = rows[0]
    if kind in SAME_ACTION and first.before != first.after:
        renamed = {
            end: titles.get(code, code) for end, code in (("before", first.before), ("after", first.after))
        }
        return f"{RENAMED % renamed} {SAID[kind]}"
    ends = [each.after if kind == "split" else each.before for each in rows]
    others = "; ".join(titles.get(code, code) for code in ends)
    return str(SAID[kind]) % {"title": title, "others": others}


RENAMED = gettext_lazy("“%(before)s” goes on as “%(after)s”.")
SAID = {
    "typo": gettext_lazy("A slip was put right."),
    "clarified": gettext_lazy("The same is said more clearly."),
    "meaning_changed": gettext_lazy("The meaning changed."),
    "split": gettext_lazy("“%(title)s” was split into: %(others)s."),
    "merged": gettext_lazy("“%(title)s” was made of: %(others)s."),
    "retired": gettext_lazy("It is no longer asked."),
    "new": gettext_lazy("It is new."),
}


def _counted(change: TypedChange) -> str:
    """A split counts once for what was split, a merger once for what came of it."""
    return change.before if change.kind == "split" else change.after or change.before


LABELS = {
    "typo": gettext_lazy("a slip put right in the labels of the levels"),
    "clarified": gettext_lazy("the labels of the levels said more clearly"),
    "meaning_changed": gettext_lazy("the labels of the levels with another meaning"),
}
COUNTED = {
    "typo": ngettext_lazy(
        "%(count)d action with a slip put right", "%(count)d actions with a slip put right", "count"
    ),
    "clarified": ngettext_lazy(
        "%(count)d action said more clearly", "%(count)d actions said more clearly", "count"
    ),
    "meaning_changed": ngettext_lazy(
        "%(count)d action with another meaning", "%(count)d actions with another meaning", "count"
    ),
    "split": ngettext_lazy("%(count)d action split", "%(count)d actions split", "count"),
    "merged": ngettext_lazy("%(count)d action made of several", "%(count)d actions made of several", "count"),
    "retired": ngettext_lazy(
        "%(count)d action no longer asked", "%(count)d actions no longer asked", "count"
    ),
    "new": ngettext_lazy("%(count)d new action", "%(count)d new actions", "count"),
}


def summary(found: Iterable[Compared]) -> str:
    """How many actions of both editions are compared."""
    found = list(found)
    facts = {"kept": sum(not each.why for each in found), "all": len(found)}
    if any(each.why in (UNSAID, UNSAID_LABELS) for each in found):
        return str(_("%(kept)d of %(all)d actions are sure to be compared so far.") % facts)
    return str(_("%(kept)d of %(all)d actions are compared across the change.") % facts)


def by_reason(found: Iterable[Compared]) -> list[tuple[str, list[ActionWording]]]:
    """Why actions are not compared, each reason once, with all the actions it holds for."""
    reasons: dict[str, list[ActionWording]] = {}
    for each in found:
        if each.why:
            reasons.setdefault(each.sentence, []).append(each.action)
    return list(reasons.items())


def family(of: Iterable[TypedChange], said: Iterable[TypedChange]) -> list[TypedChange]:
    """What was said ``of`` one action, with the other rows of the same split or merger."""
    keys = {_key(each) for each in of}
    return [each for each in said if _key(each) in keys]


def _key(change: TypedChange) -> tuple[str, ...]:
    ends = {"split": (change.before,), "merged": (change.after,)}
    return (change.kind, *ends.get(change.kind, (change.before, change.after)))
