"""The one crossing from the database to the arithmetic: SQL counts here, ``analysis`` does the rest."""

from collections import defaultdict

from django.db.models import OuterRef, Subquery

from .. import analysis
from ..kept import FOR_EVER, kept, kept_of_each
from ..models import (
    AgreedRating,
    Confidentiality,
    Rating,
    RevealedCounts,
    RoundChange,
    RoundCounts,
)


def of(round, *, beside=None):
    """The results of a frozen round, from its stored counts; kept in the process, as they never change.

    Once a workshop on the round is finished they carry what it agreed, and then that stands, too. ``beside``
    is an earlier round whose results the reader may see: what has fallen since is on the attention list.
    """
    return of_both(round, beside)[0] if beside else of_rounds([round])[round.pk]


def of_both(round, beside):
    """(results of the round, those of the earlier one as it was rated) for reading one beside the other."""
    facts = (*_facts(round), beside.pk)
    return kept("results beside", facts, lambda: _read_beside(round, beside), seconds=FOR_EVER)


def _read_beside(round, beside):
    change = RoundChange.objects.filter(earlier=beside, later=OuterRef("round")).values("data")
    rows = RoundCounts.objects.filter(round__in=[round, beside]).annotate(since=Subquery(change))
    read = {
        pk: (analysis.RoundCounts.from_json(data), since and analysis.Between.from_json(since))
        for pk, data, since in rows.values_list("round", "data", "since")
    }
    found = analysis.analyse(read[round.pk][0], rules(round), read[round.pk][1])
    if round.has_finished_workshop:
        found = _talked({round.pk: found})[round.pk]
    return found, analysis.analyse(read[beside.pk][0], rules(beside))


def of_rounds(rounds):
    """Round's key -> its results, for frozen rounds, by three queries however many they are."""
    by_key = {round.pk: round for round in rounds}
    facts = {pk: _facts(round) for pk, round in by_key.items()}
    found = kept_of_each(
        "results", facts, lambda missing: _read([by_key[pk] for pk in missing]), seconds=FOR_EVER
    )
    return {pk: found[pk] for pk in by_key}


def _facts(round):
    return round.pk, round.revealed_at, round.has_finished_workshop


def _read(rounds):
    by_key = {round.pk: round for round in rounds}
    rows = RoundCounts.objects.filter(round__in=by_key).values_list("round", "data") if by_key else ()
    found = {
        pk: analysis.analyse(analysis.RoundCounts.from_json(data), rules(by_key[pk])) for pk, data in rows
    }
    return found | _talked({round.pk: found[round.pk] for round in rounds if round.has_finished_workshop})


def _talked(results):
    """The same with what finished workshops added."""
    if not results:
        return {}
    agreed, second = defaultdict(dict), defaultdict(dict)
    for pk, number, level in AgreedRating.objects.filter(round__in=results).values_list(
        "round", "action__number", "level"
    ):
        agreed[pk][number] = level
    again = RevealedCounts.objects.filter(
        workshop_action__workshop__round__in=results, layer=Rating.Layer.SECOND
    )
    for pk, number, data in again.values_list(
        "workshop_action__workshop__round", "workshop_action__action__number", "data"
    ):
        second[pk][number] = analysis.SecondCounts.from_json(data)
    return {
        pk: analysis.with_workshop(each, agreed=agreed[pk], second=second[pk]) for pk, each in results.items()
    }


def between(earlier, later):
    """What was kept of the change between two rounds, the earlier of which closed first; else None."""
    stored = RoundChange.objects.filter(earlier=earlier, later=later).values_list("data", flat=True).first()
    return analysis.Between.from_json(stored) if stored else None


def second(workshop):
    """Action number -> the second ratings a room has been shown."""
    found = revealed(workshop, Rating.Layer.SECOND)
    return {number: analysis.SecondCounts.from_json(data) for number, data in found.items()}


def revealed(workshop, layer):
    """Action number -> the counts of a layer taken when the room saw them, as they are stored."""
    rows = RevealedCounts.objects.filter(workshop_action__workshop=workshop, layer=layer)
    return dict(rows.values_list("workshop_action__action__number", "data"))


def rules(round):
    """The rules of a round, or of a row with its settings."""
    return analysis.Rules(
        least=round.least_number,
        confidential=round.confidentiality == Confidentiality.CONFIDENTIAL,
        baseline=round.is_baseline,
        grouping=round.grouping,
    )
