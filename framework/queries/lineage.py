"""Whether an action means the same in two editions, by the typed changes recorded between them.

Editions are made from one another, so any two of a framework have a way between them: up from both to the
edition they come from. Every change on that way counts, whichever of the two was used first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from framework.models import Action, Change, Edition

SCALE = ""
"""Stands for the labels of the levels, where a change is about no single action."""

BREAKING = frozenset({"meaning_changed", "split", "merged", "retired", "new"})
OTHER_FRAMEWORK = "other_framework"
UNRELATED = "unrelated"
SCALE_CHANGED = "scale_changed"


@dataclass(frozen=True)
class Lineage:
    """Some editions, what each was made from, and what was changed in it.

    ``changes`` holds for each edition the codes whose meaning it breaks, with how; ``SCALE`` is a code, too.
    """

    codes: Mapping[int, frozenset[str]] = field(default_factory=dict)
    frameworks: Mapping[int, int] = field(default_factory=dict)
    predecessors: Mapping[int, int | None] = field(default_factory=dict)
    changes: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    def why(self, earlier: int, later: int, code: str) -> str:
        """Why ratings of the action may not be compared between the editions with these keys.

        A kind of ``framework.Change``, or ``scale_changed``, ``unrelated`` (no way between the editions is
        recorded), ``other_framework``; empty where they may.
        """
        if earlier == later:
            return ""
        if self.frameworks[earlier] != self.frameworks[later]:
            return OTHER_FRAMEWORK
        way = self._way(earlier, later)
        if way is None:
            return UNRELATED
        return self._recorded(way, code) or self._missing(earlier, later, code)

    def _recorded(self, way: list[int], code: str) -> str:
        found = [self.changes.get(edition, {}) for edition in way]
        of_action = next((each[code] for each in found if code in each), "")
        return of_action or next((SCALE_CHANGED for each in found if SCALE in each), "")

    def _missing(self, earlier: int, later: int, code: str) -> str:
        if code not in self.codes[earlier]:
            return "new"
        return "" if code in self.codes[later] else "retired"

    def _way(self, one: int, other: int) -> list[int] | None:
        """The editions whose changes lie between the two, the newest first; None where no way is known."""
        mine, theirs = self._ancestors(one), self._ancestors(other)
        common = next((edition for edition in mine if edition in theirs), None)
        if common is None:
            return None
        return theirs[: theirs.index(common)] + mine[: mine.index(common)]

    def _ancestors(self, edition: int) -> list[int]:
        """The edition itself, what it was made from, and so on."""
        found: list[int] = []
        at: int | None = edition
        while at is not None and at not in found:
            found.append(at)
            at = self.predecessors.get(at)
        return found


def lineage(editions: Iterable[int]) -> Lineage:
    """What is known of the editions with these keys: no query for one edition, else three."""
    keys = set(editions)
    if len(keys) < 2:
        return Lineage()
    frameworks = Edition.objects.filter(pk__in=keys).order_by().values("framework")
    rows = Edition.objects.filter(framework__in=frameworks).order_by()
    found = {pk: (framework, before) for pk, framework, before in rows.values_list(*EDITION)}
    return Lineage(
        codes=_codes(keys),
        frameworks={pk: framework for pk, (framework, _before) in found.items()},
        predecessors={pk: before for pk, (_framework, before) in found.items()},
        changes=_changes(found),
    )


EDITION = ("pk", "framework_id", "predecessor_id")


def _codes(editions) -> dict[int, frozenset[str]]:
    codes: dict[int, set[str]] = {edition: set() for edition in editions}
    for edition, code in Action.objects.filter(edition__in=editions).values_list("edition_id", "code"):
        codes[edition].add(code)
    return {edition: frozenset(found) for edition, found in codes.items()}


def _changes(editions) -> dict[int, dict[str, str]]:
    rows = Change.objects.filter(edition__in=editions, kind__in=BREAKING).order_by("pk")
    found: dict[int, dict[str, str]] = {}
    for edition, kind, *codes in rows.values_list("edition_id", "kind", "before__code", "after__code"):
        for code in filter(None, codes):
            found.setdefault(edition, {})[code] = kind
        if not any(codes):
            found.setdefault(edition, {})[SCALE] = kind
    return found
