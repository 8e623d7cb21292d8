"""What is kept of two rounds together, when the second of them opens its results."""

from dataclasses import dataclass, fields, replace

from django.db import transaction
from django.db.models import Q

from framework.queries.lineage import lineage
from partnerships.operations.audit import record

from .. import analysis, counting
from ..models import Round, RoundChange
from ..states import FROZEN
from .locking import lock_partnership
from .proving_later import prove_earlier


def store_changes(round):
    """Store how people moved between this round and every other one that still holds its ratings.

    Called at the freeze, when the counts of ``round`` are stored. The partnership is held, so that of two
    rounds that open their results at the same moment the second finds the first. A round that was already
    stored with another is left as it is.
    """
    kept = _kept(round)
    stored = set(_pairs_of(round))
    found = _between(round, [each for each in kept if each.pk not in stored], kept)
    by_key = {each.pk: each for each in kept}
    return RoundChange.objects.bulk_create(
        _row(round, by_key[pk], between) for pk, between in sorted(found.items())
    )


def _between(round, others, kept):
    if not others:
        return {}
    related = lineage(each.edition_id for each in (round, *others))
    return counting.movements.between(round, others, related, beside=kept)


@dataclass
class CaughtUp:
    """What was done to the stored changes of a partnership, in rows, and of how many actions what is said.

    ``proved``: of how many answers given before it was kept the trail says whose they were.
    """

    proved: int = 0
    stored: int = 0
    recounted: int = 0
    says_less: int = 0
    not_compared: int = 0
    reads_otherwise: int = 0

    def add(self, other):
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))


@transaction.atomic
def catch_up(*, partnership):
    """Store what is missing, and count again what was stored by older rules, where the ratings are kept.

    Returns what was done. Running it again does no harm.
    """
    lock_partnership(partnership)
    done = CaughtUp(proved=prove_earlier(partnership))
    frozen = partnership.rounds.filter(state__in=FROZEN).select_related("edition")
    for round in frozen.order_by("closed_at", "pk"):
        if round.ratings_removed_at is None:
            _recount(round, done)
            done.stored += len(store_changes(round))
        set_previous(round)
        round.save(update_fields=["previous"])
    if done != CaughtUp():
        record(
            "changes between rounds counted",
            by=None,
            target=partnership,
            partnership=partnership,
            after={"changes": done.stored, "recounted": done.recounted},
        )
    return done


def _recount(round, done):
    """Write over what was stored by older rules between this round and earlier ones."""
    kept = _kept(round)
    rows = RoundChange.objects.filter(later=round, earlier__in=kept).select_related("earlier__edition")
    old = {row.earlier_id: row for row in rows if not analysis.is_of_today(row.data)}
    for pk, between in _between(round, [row.earlier for row in old.values()], kept).items():
        _note(done, analysis.Between.from_json(old[pk].data), between)
        RoundChange.objects.put_right(old[pk].pk, between.to_json())


def _note(done, before, after):
    """Tell what will be said of each action from what was said of it."""
    done.recounted += 1
    said = {change.code: change for change in before.changes}
    for now in after.changes:
        then = said.get(now.code, now)
        done.not_compared += then.comparable and not now.comparable
        if now.comparable:
            done.says_less += then.matched is not None and now.matched is None
            done.reads_otherwise += then.reading is not now.reading


def unlike_their_ratings(partnership):
    """Stored changes that the ratings do not bear out, of rounds that both still hold theirs."""
    rows = RoundChange.objects.filter(
        later__partnership=partnership, earlier__ratings_removed_at=None, later__ratings_removed_at=None
    )
    for row in rows.select_related("earlier__edition", "later__edition"):
        beside = [each for each in _kept(row.later) if each.revealed_at <= _opened(row)]
        counted = _between(row.later, [row.earlier], beside)[row.earlier_id]
        if not _is_borne_out(analysis.Between.from_json(row.data), counted):
            yield row


def _opened(row):
    return max(row.earlier.revealed_at, row.later.revealed_at)


def _is_borne_out(stored, counted):
    """More may be hidden than would be today: the ratings of a round that was tied to these may be gone."""
    pairs = zip((*stored.changes, stored.overall), (*counted.changes, counted.overall), strict=True)
    return replace(stored, changes=(), overall=None) == replace(counted, changes=(), overall=None) and all(
        kept == fresh or (kept.hidden and kept.comparable) for kept, fresh in pairs
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
