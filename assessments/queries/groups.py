"""The results of a round by its groups: the one way to them, which every door takes."""

from dataclasses import replace

from .. import analysis, counting, policies
from ..counting.taking import GROUP_FIELD, LABELS
from ..kept import FOR_EVER, kept
from ..models import Grouping, RoundCounts
from . import results


def of(round, grouping, *, sees_names, beside=None):
    """The results of a frozen round with its groups by ``grouping``; ``beside`` as for ``results.of``.

    ``sees_names``: whether the reader may see who gave which rating in a named round. For those who may
    not, small groups are hidden there as in a confidential round. Raises NotNow where the round's groups
    may not be read like that.
    """
    policies.rounds.require_grouping(round, grouping, sees_names=sees_names)
    whole, hides = results.of(round, beside=beside), not (sees_names or round.is_confidential)
    if grouping == round.grouping and not hides:
        return whole
    facts = (round.pk, round.revealed_at, beside and beside.pk, grouping, hides)
    found = kept("groups", facts, lambda: _analyse(round, grouping, hides, whole.since), seconds=FOR_EVER)
    return _talked(found, whole)


def _analyse(round, grouping, hides, since):
    return analysis.analyse(_counts(round, grouping, hides), _rules(round, grouping, hides), since)


def _rules(round, grouping, hides):
    return replace(results.rules(round), grouping=grouping, confidential=hides or round.is_confidential)


def _counts(round, grouping, hides):
    """From what was stored where groups are hidden, else from the ratings: those of a named round, which no
    longer change, while they are kept."""
    stored = analysis.RoundCounts.from_json(RoundCounts.objects.get(round=round).data)
    if not hides:
        return replace(stored, actions=counting.taking.count_by(round, grouping))
    answered = stored.answered or analysis.at_least_answered(stored.actions)
    safe = tuple(analysis.as_if_confidential(each, round.least_number, answered) for each in stored.actions)
    return replace(stored, actions=safe)


def _talked(found, whole):
    """With what a workshop added to the results."""
    agreed = {each.number: each.agreed for each in whole.actions if each.agreed is not None}
    second = {each.number: each.second for each in whole.actions if each.second is not None}
    return analysis.with_workshop(found, agreed=agreed, second=second)


def silent(round, grouping, answered):
    """Names of the groups of which somebody was invited and nobody answered; ``answered`` are the others'.

    Organisations are remembered with the counts. Of sectors and standpoints that is known while the
    invitations are kept.
    """
    if grouping == Grouping.ORGANISATION:
        return [name for name in results.of(round).turnout.absent if name not in answered]
    field = GROUP_FIELD[grouping]
    invited = set(round.invitations.filter(is_away=False).values_list(field, flat=True))
    # As they are today, too: an organisation's sector can have been changed since the freeze.
    there = set(round.responses.exclude(answered_at=None).values_list(field, flat=True))
    names = [str(label) for key, label in LABELS[grouping] if key in invited - there]
    return [name for name in names if name not in answered]
