"""What is recorded between editions, for ``framework.changes.lineage`` to say what is compared."""

from collections.abc import Iterable

from ..changes.lineage import BREAKING, SCALE, Lineage
from ..models import Action, Change, Edition


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
