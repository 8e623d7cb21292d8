"""What is counted of looking back, once, at the freeze."""

from collections import Counter, defaultdict

from .. import analysis
from ..models import Rating


def changes(round, actions, turnout):
    """How people say they moved: from what they say now it was then, to what they rate today.

    ``actions`` are the counts of the round, made safe. Two queries; called once, at the freeze.
    """
    if not round.looks_back_to_id:
        return ()
    then, now = _said(round, Rating.Layer.LOOKING_BACK), _said(round, Rating.Layer.FIRST)
    people = Counter(code for said in then.values() for code in said)
    pairs = [_pair(action, people[action.code]) for action in actions]
    found = analysis.compare(
        pairs,
        [analysis.both_times(pairs, then[key], now[key]) for key in then if _may_be_matched(round, key)],
        answered=analysis.Answered(len(then), turnout.people),
        least=round.least_number,
        confidential=round.is_confidential,
    )
    return found.actions


def _said(round, layer):
    """(response, whether it is proved whose it is) -> action code -> level."""
    rows = Rating.objects.filter(response__round=round, layer=layer, level__isnull=False)
    found = defaultdict(dict)
    for response, proofs, code, level in rows.values_list(
        "response", "response__proofs", "action__code", "level"
    ):
        found[response, bool(proofs)][code] = level
    return found


def _may_be_matched(round, key):
    """As between rounds: whoever begins answers for others would else choose what all but one said."""
    _response, is_proved = key
    return is_proved or not round.is_confidential


def _pair(action, people):
    return analysis.Pair(
        action.number,
        action.code,
        after=action.whole,
        looked_back=people,
        has_cells=bool(action.groups),
    )
