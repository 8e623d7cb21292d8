"""What is kept of two rounds together, when the second of them opens its results."""

from dataclasses import replace

from django.db import transaction
from django.db.models import Q

from framework.queries.lineage import lineage
from partnerships.operations.audit import record

from .. import analysis, counting
from ..models import Round, RoundChange
from ..states import FROZEN
from .locking import lock_partnership


def store_changes(round):
    """Store how people moved between this round and every other one that still holds its ratings.

    Called at the freeze, when the counts of ``round`` are stored. The partnership is held, so that of two
    rounds that open their results at the same moment the second finds the first. A round that was already
    stored with another is left as it is.
    """
    stored = set(_pairs_of(round))
    others = [each for each in _kept(round) if each.pk not in stored]
    if not others:
        return []
    related = lineage(each.edition_id for each in (round, *others))
    found = counting.ties.hidden_where_tied(round, others, counting.movements.between(round, others, related))
    by_key = {each.pk: each for each in others}
    return RoundChange.objects.bulk_create(
        _row(round, by_key[pk], between) for pk, between in sorted(found.items())
    )


@transaction.atomic
def catch_up(*, partnership):
    """Store what is missing of rounds that opened their results before this was counted at the freeze.

    Returns how many changes were stored. Running it again does no harm.
    """
    lock_partnership(partnership)
    stored = 0
    frozen = partnership.rounds.filter(state__in=FROZEN).select_related("edition")
    for round in frozen.order_by("closed_at", "pk"):
        if round.ratings_removed_at is None:
            stored += len(store_changes(round))
        set_previous(round)
        round.save(update_fields=["previous"])
    if stored:
        record(
            "changes between rounds counted",
            by=None,
            target=partnership,
            partnership=partnership,
            after={"changes": stored},
        )
    return stored


def unlike_their_ratings(partnership):
    """Stored changes that the ratings do not bear out, of rounds that both still hold theirs."""
    rows = RoundChange.objects.filter(
        later__partnership=partnership, earlier__ratings_removed_at=None, later__ratings_removed_at=None
    )
    for row in rows.select_related("earlier__edition", "later__edition"):
        related = lineage((row.earlier.edition_id, row.later.edition_id))
        counted = counting.movements.between(row.later, [row.earlier], related)[row.earlier.pk]
        if not _is_borne_out(analysis.Between.from_json(row.data), counted):
            yield row


def _is_borne_out(stored, counted):
    """Counts may be hidden beyond the rule for two rounds, where three are tied together."""
    pairs = zip(stored.changes, counted.changes, strict=True)
    return replace(stored, changes=()) == replace(counted, changes=()) and all(
        kept in (fresh, fresh.without_counts()) for kept, fresh in pairs
    )


def set_previous(round):
    """Let the round be read beside the one that closed last before it, and the next one beside it."""
    frozen = _comparable(round).order_by("closed_at", "pk")
    before = frozen.filter(_closed_before(round)).last()
    after = frozen.exclude(_closed_before(round)).first()
    round.previous = before
    if after:
        Round.objects.filter(pk=after.pk).update(previous=round)


def _comparable(round):
    """The other rounds of the partnership with open results, of the same framework and confidentiality."""
    return Round.objects.filter(
        partnership=round.partnership_id,
        state__in=FROZEN,
        confidentiality=round.confidentiality,
        edition__framework=round.edition.framework_id,
    ).exclude(pk=round.pk)


def _closed_before(round):
    return Q(closed_at__lt=round.closed_at) | Q(closed_at=round.closed_at, pk__lt=round.pk)


def _kept(round):
    return list(_comparable(round).filter(ratings_removed_at=None).order_by("closed_at", "pk"))


def _pairs_of(round):
    rows = RoundChange.objects.filter(Q(earlier=round) | Q(later=round)).values_list("earlier", "later")
    return (pk for pair in rows for pk in pair if pk != round.pk)


def _row(one, other, between):
    earlier, later = sorted((one, other), key=lambda each: each.order)
    return RoundChange(earlier=earlier, later=later, data=between.to_json())
