"""The counts of a round as they stand in the database, made safe to store.

SQL counts here, ``analysis`` does the rest.
"""

from collections import Counter, defaultdict
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Exists, OuterRef
from django.utils import translation

from framework.queries.wording import wording
from partnerships.models import Sector, Standpoint

from .. import analysis
from ..analysis import Distribution
from ..models import Grouping, Rating, Response, WorkshopAction
from ..states import Stage, WorkshopMode, WorkshopState
from . import looking_back

GROUP_FIELD = {
    Grouping.ORGANISATION: "organisation",
    Grouping.SECTOR: "organisation__sector",
    Grouping.STANDPOINT: "standpoint",
}
"""From a response to the group it belongs to."""

LABELS = {Grouping.SECTOR: Sector.choices, Grouping.STANDPOINT: Standpoint.choices}


class Groups(NamedTuple):
    """The groups of which somebody answered the round: key -> name, in order, and key -> how many answered,
    with those of no group under an empty one."""

    names: dict[str, str]
    answered: dict[str, int]


def count(round, taken=None):
    """The counts of a round as they stand in the database now, made safe to store.

    Called once, at the freeze. A handful of grouped queries, however many people answered. ``taken`` are
    counts by action number that a workshop has shown: they stand, with the names of groups that came later.
    """
    taken, left = taken or {}, _left_out(round)
    ratings, groups = _ratings(round), _groups(round)
    actions = []
    for action in wording(round.edition_id, "en").actions:
        if action.number in taken:
            seen = taken[action.number]
            safe = analysis.with_late_groups(seen, groups.names, confidential=round.is_confidential)
        elif action.number in left:
            safe = analysis.ActionCounts.never_asked(action.code, action.number, action.area_code)
        else:
            safe = _pool(round, action, ratings, groups)
        actions.append(safe)
    came = turnout(round)
    back = looking_back.changes(round, actions, came)
    return analysis.RoundCounts(tuple(actions), came, back, groups.answered)


def _left_out(round):
    """Numbers of the actions that a workshop which rated the round never put to the room."""
    left = WorkshopAction.objects.filter(
        workshop__round=round, workshop__mode=WorkshopMode.ROOM, stage=Stage.READING
    )
    left = left.exclude(workshop__state=WorkshopState.CALLED_OFF)
    return set(left.values_list("action__number", flat=True))


def count_action(round, action):
    """The counts of one action as they stand now, made safe to store; ``action`` is its wording.

    Groups are hidden by who has answered anything by now.
    """
    return _pool(round, action, _ratings(round, action=action.id), _groups(round))


def count_by(round, grouping):
    """The counts of each action by another grouping than the round's own, for ``grouped`` alone."""
    ratings, groups = _ratings(round, grouping), _groups(round, grouping)
    return tuple(_pool(round, each, ratings, groups) for each in wording(round.edition_id, "en").actions)


def _pool(round, action, ratings, groups):
    return analysis.pool(
        code=action.code,
        number=action.number,
        area=action.area_code,
        groups=[
            analysis.GroupCounts(key, name, _distribution(ratings[action.id, key]))
            for key, name in groups.names.items()
        ],
        ungrouped=_distribution(ratings[action.id, ""]),
        answered=groups.answered,
        least=round.least_number,
        confidential=round.is_confidential,
    )


def _ratings(round, grouping="", **which):
    """(action id, group key) -> {level, or None for don't know: how many}; "" is no group."""
    group = f"response__{GROUP_FIELD[grouping or round.grouping]}"
    rows = (
        Rating.objects.filter(response__round=round, layer=Rating.Layer.FIRST, **which)
        .exclude(level=None, dont_know=False)
        .values_list("action_id", group, "level")
        .annotate(people=Count("pk"))
        .order_by()
    )
    found = defaultdict(dict)
    for action, key, level, people in rows:
        found[action, key_of(key)][level] = people
    return found


def _groups(round, grouping=""):
    """The groups of which somebody answered the round, by name. One query, however many there are."""
    grouping = grouping or round.grouping
    path = GROUP_FIELD[grouping]
    called = "organisation__name" if grouping == Grouping.ORGANISATION else path
    answered = Response.objects.filter(round=round).exclude(answered_at=None).order_by()
    rows = answered.values_list(path, called).annotate(people=Count("pk"))
    people = Counter()
    for key, _name, count in rows:
        people[key_of(key)] += count
    return Groups(_names(grouping, {key_of(key): name for key, name, _people in rows if key}), dict(people))


def _names(grouping, found):
    """Key -> name: of organisations in order of name, of the others as they are listed."""
    if grouping == Grouping.ORGANISATION:
        return dict(sorted(found.items(), key=lambda pair: pair[1].casefold()))
    # Stored with the counts for everybody, so not in the language of whoever opens the results.
    with translation.override(settings.LANGUAGE_CODE):
        return {key: str(label) for key, label in LABELS[grouping] if key in found}


def key_of(value):
    return "" if value is None else str(value)


def _distribution(people_by_level):
    return Distribution(
        tuple(people_by_level.get(level, 0) for level in analysis.LEVELS), people_by_level.get(None, 0)
    )


def turnout(round):
    """Who answered: known at any time, as participation is not secret."""
    answered = Response.objects.filter(
        round=OuterRef("round"), participant=OuterRef("participant"), answered_at__isnull=False
    )
    rows = (
        round.invitations.annotate(has_answered=Exists(answered))
        .values_list("is_away", "has_answered", "organisation", "organisation__name")
        .annotate(people=Count("pk"))
        .order_by()
    )
    return _turnout(rows, guests=_guests(round))


def _guests(round):
    """Who answered without an invitation: only the room lets somebody in like that."""
    invited = round.invitations.order_by().values("participant")
    answered = Response.objects.filter(round=round).exclude(answered_at=None)
    return answered.exclude(participant__in=invited).count()


def _turnout(rows, *, guests):
    invited, organisations, away = [0, 0], defaultdict(lambda: [0, 0]), 0
    for is_away, has_answered, organisation, name, people in rows:
        if is_away and not has_answered:
            away += people
            continue
        counted = [invited, organisations[name, organisation]] if organisation else [invited]
        for pair in counted:
            pair[0] += people
            pair[1] += people if has_answered else 0
    return analysis.Turnout(
        invited=invited[0],
        answered=invited[1],
        away=away,
        guests=guests,
        organisations=tuple(
            analysis.OrganisationTurnout(name, *pair, key=str(key))
            for (name, key), pair in sorted(organisations.items(), key=lambda item: item[0][0].casefold())
        ),
    )
