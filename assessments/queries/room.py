"""What a workshop counts: what is said of an action, who is there, and what a room has been shown of it."""

from collections import defaultdict

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When

from framework.queries.wording import wording

from .. import analysis, counting, queries
from ..analysis import LEVELS, Distribution
from ..models import Rating, RoundCounts, Seat
from ..states import Stage

FIRST, SECOND = Rating.Layer.FIRST, Rating.Layer.SECOND
LAYER = {Stage.RATING: FIRST, Stage.RATING_AGAIN: SECOND}
"""Which layer people rate at a stage."""

# ``LAYER`` in SQL, of a row called ``here``, the action on the screens.
_WHEN = " ".join(f"WHEN '{stage}' THEN '{layer}'" for stage, layer in LAYER.items())
LAYER_HERE = f"CASE here.stage {_WHEN} END"


def first(workshop, action):
    """The counts of an action's first ratings as they stand now, made safe."""
    words = wording(workshop.round.edition_id, "en").by_code(action.code)
    return counting.taking.count_action(workshop.round, words)


def distribution(workshop, action, stage):
    """How many have given each level, and don't know, in the layer rated at this stage."""
    rows = _said(workshop, action, LAYER[stage]).values_list("level").annotate(people=Count("pk")).order_by()
    people = dict(rows)
    return Distribution(tuple(people.get(level, 0) for level in LEVELS), people.get(None, 0))


def _said(workshop, action, layer):
    return Rating.objects.filter(response__round=workshop.round_id, action=action, layer=layer)


def people_who_rated(workshop):
    """How many have said something of any action while the room rates its round."""
    return (
        workshop.round.responses.filter(ratings__isnull=False).distinct().count() if workshop.is_room else 0
    )


def missing(round, distribution):
    """How many more levels are needed at least before an action may be shown; nought where none are.

    Said so that it gives no don't knows away: their number would be what is missing beyond those who
    have rated.
    """
    if not round.is_confidential or distribution.n >= round.least_number:
        return 0
    return max(1, round.least_number - distribution.n - distribution.dont_know)


def second(workshop, action):
    """The second ratings of an action with the movement since the first, safe to store and to show.

    Corrected over the actions rated again so far, this one included; what the room was shown of the
    others stands.
    """
    found = _moves(workshop)
    round = workshop.round
    shown = analysis.changes(found.values(), least=round.least_number, confidential=round.is_confidential)
    change = next((each for each in shown if each.code == action.code), None)
    if _is_hidden(workshop, action):
        change = None
    return analysis.SecondCounts(distribution(workshop, action, Stage.RATING_AGAIN), change)


def _is_hidden(workshop, action):
    """Walking through, an action may have been shown as hidden: nothing may speak of its first ratings."""
    if workshop.is_room:
        return False
    results = queries.results.of(workshop.round)
    return next(each.hidden for each in results.actions if each.code == action.code)


def _moves(workshop):
    """Action code -> how the people moved, of every action rated again that has been shown, or is now."""
    before = Rating.objects.filter(
        response=OuterRef("response"), action=OuterRef("action"), layer=FIRST
    ).values("level")[:1]
    again = (
        Rating.objects.filter(response__round=workshop.round_id, layer=SECOND, level__isnull=False)
        .filter(action__in=_rated_again(workshop).values("action"))
        .annotate(before=Subquery(before))
        .values("action__number", "action__code")
        .annotate(
            lower=_count(level__lt=F("before")),
            same=_count(level=F("before")),
            higher=_count(level__gt=F("before")),
            people=Count("pk"),
        )
        .order_by("action__number")
    )
    return {row["action__code"]: _move(row, _first_n(workshop)) for row in again}


def _count(**which):
    return Count(Case(When(Q(**which), then=1)))


def _rated_again(workshop):
    return workshop.actions.filter(stage__in=[Stage.RATING_AGAIN, Stage.REVEALED_AGAIN])


def _first_n(workshop):
    """Action number -> how many gave it a level at first, where that may be known."""
    return {number: counts.whole.n for number, counts in taken(workshop).items() if counts.whole}


def _move(row, first_n):
    matched = row["lower"] + row["same"] + row["higher"]
    number = row["action__number"]
    return analysis.Movement(
        number=number,
        code=row["action__code"],
        lower=row["lower"],
        same=row["same"],
        higher=row["higher"],
        only_before=first_n.get(number, matched) - matched,
        only_after=row["people"] - matched,
    )


def taken(workshop):
    """Action number -> counts of the first ratings that the room has seen, or that the results hold."""
    if not workshop.is_room:
        stored = analysis.RoundCounts.from_json(RoundCounts.objects.get(round=workshop.round_id).data)
        return {action.number: action for action in stored.actions}
    found = queries.results.revealed(workshop, FIRST)
    return {counts.number: counts for counts in map(analysis.action_from_json, found.values())}


def worth(workshop):
    """How many voted at the end, and how many gave 1 to 5: None where too few voted to show that."""
    votes = defaultdict(int)
    votes.update(
        Seat.objects.filter(workshop=workshop, worth__isnull=False)
        .values_list("worth")
        .annotate(people=Count("pk"))
        .order_by()
    )
    counts = [votes[value] for value in LEVELS]
    enough = sum(counts) >= workshop.round.least_number
    return {"n": sum(counts), "counts": counts if enough else None}
