"""What is kept of two rounds together, when the second of them opens its results."""

from django.db.models import Q

from framework.lineage import lineage

from .. import moves, ties
from ..models import Round, RoundChange
from ..states import FROZEN


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
    found = ties.hidden_where_tied(round, others, moves.between(round, others, related))
    by_key = {each.pk: each for each in others}
    return RoundChange.objects.bulk_create(
        _row(round, by_key[pk], between) for pk, between in sorted(found.items())
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
