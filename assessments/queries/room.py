"""What a workshop counts: what is said of an action, who is there, and what a room has been shown of it."""

from collections import defaultdict

from django.db.models import Count

from framework.queries.wording import wording

from .. import analysis, counting, queries
from ..analysis import LEVELS, Distribution
from ..models import Rating, RoundCounts, Seat
from ..states import Stage

FIRST, SECOND = Rating.Layer.FIRST, Rating.Layer.SECOND
DEVICE = 32
"""So many signs of a seat's device stand beside what it saved."""

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


def rated(workshop, action, stage):
    """How many have said anything of the action, a level or don't know, in the layer rated at this stage."""
    return _said(workshop, action, LAYER[stage]).count()


def _said(workshop, action, layer):
    return Rating.objects.filter(response__round=workshop.round_id, action=action, layer=layer)


def people_who_rated(workshop):
    """How many have said something of any action while the room rates its round."""
    return (
        workshop.round.responses.filter(ratings__isnull=False).distinct().count() if workshop.is_room else 0
    )


def missing(round, rated):
    """How many more people have to rate before an action is revealed; nought where none have to.

    It goes by how many have said anything, a level or don't know. Were it to wait for levels, whoever asks
    after each rating would see who said don't know. Where too few gave a level the reveal shows nothing.
    """
    return max(0, round.least_number - rated) if round.is_confidential else 0


def _is_too_few(round, distribution):
    """Whether so few gave a level that nothing of it is shown, nor kept."""
    return round.is_confidential and distribution.n < round.least_number


def second(workshop, action):
    """The second ratings of an action with the movement since the first, safe to store and to show; None
    where too few gave a level."""
    said = distribution(workshop, action, Stage.RATING_AGAIN)
    if _is_too_few(workshop.round, said):
        return None
    first = next(counts for counts in taken(workshop).values() if counts.code == action.code)
    if first.whole is None:  # of what is hidden nothing may speak
        return analysis.SecondCounts(said, None)
    round = workshop.round
    change = analysis.compare_in_room(
        analysis.Pair(first.number, first.code, first.whole, said, has_cells=bool(first.groups)),
        _said_twice(workshop, action),
        answered=analysis.Answered(*(each.n + each.dont_know for each in (first.whole, said))),
        of=len(wording(round.edition_id, "en").actions),
        least=round.least_number,
        confidential=round.is_confidential,
    )
    return analysis.SecondCounts(said, change)


def _said_twice(workshop, action):
    """The two levels of each who said something of an action both times and may be matched."""
    said = _said(workshop, action, FIRST).exclude(level=None, dont_know=False)
    first = {row.response_id: row for row in said}
    again = _said(workshop, action, SECOND).select_related("response")
    proofs = _proofs_of_seats(workshop)
    return [
        None
        if None in (first[row.response_id].level, row.level)
        else (first[row.response_id].level, row.level)
        for row in again
        if row.response_id in first and _is_of_one(workshop.round, first[row.response_id], row, proofs)
    ]


def _proofs_of_seats(workshop):
    """(participant's key, how its device signs ratings) -> what proves whose seat it is."""
    seats = workshop.seats.values_list("participant", "device_hash", "proofs")
    return {(person, device[:DEVICE]): proofs for person, device, proofs in seats}


def _is_of_one(round, first, again, proofs):
    """Whether the two were given on one device in the room, or by somebody who proved who they are twice."""
    if not round.is_confidential or first.saved_from == again.saved_from:
        return True
    seat = proofs.get((again.response.participant_id, again.saved_from), ())
    return not set(seat).isdisjoint(again.response.proofs)


def taken(workshop):
    """Action number -> counts of the first ratings that the room has seen, or that the results hold."""
    if not workshop.is_room:
        stored = analysis.RoundCounts.from_json(RoundCounts.objects.get(round=workshop.round_id).data)
        return {action.number: action for action in stored.actions}
    found = queries.results.revealed(workshop, FIRST)
    return {counts.number: counts for counts in map(analysis.action_from_json, found.values())}


def typed_seats(workshop, participant_pk):
    """Seats of a person for which nothing but their address was typed, as far as anything came of them."""
    seats = Seat.objects.filter(workshop=workshop, participant=participant_pk, is_guest=False, proofs=[])
    said = Rating.objects.filter(response__round=workshop.round_id, response__participant=participant_pk)
    rated = set(said.values_list("saved_from", flat=True).order_by())
    return [
        seat for seat in seats.order_by("pk") if seat.state == Seat.State.IN or seat.device_hash[:32] in rated
    ]


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
