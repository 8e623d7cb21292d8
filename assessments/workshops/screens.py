"""What the screens of a workshop show, as plain values: one assembly for all of them.

Nothing here names anybody or says who has rated; the one exception, who asks to come in with a second
device, has to be asked for. Before an action is revealed no figure of its ratings is in any of these, and
while what was revealed is covered, neither.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from framework.queries.lineage import lineage
from framework.queries.wording import wording
from framework.wording.values import ActionWording

from .. import analysis, queries
from ..analysis import Band, Change, Distribution, Verdict
from ..models import AgreedRating, Letter, Rating, Round, Seat, Workshop
from ..states import FROZEN, OVER, RATED, REVEALED, Stage, WorkshopMode, WorkshopState
from .prompts import prompts, prompts_without_ratings


@dataclass(frozen=True, slots=True)
class Shown:
    """A distribution that has been revealed, with what is read from it.

    Has what the functions of ``readings`` ask of an action, so that wording comes from there.
    """

    distribution: Distribution
    mean: float | None
    median: float | None
    verdict: Verdict
    band: Band | None
    hidden: bool = False
    rated: bool = True

    @property
    def counts(self):
        return self.distribution.counts

    @property
    def n(self):
        return self.distribution.n

    @property
    def dont_know(self):
        return self.distribution.dont_know


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the room settled on. ``revision`` grows each time it is changed."""

    level: int
    why: str
    revision: int


@dataclass(frozen=True, slots=True)
class Step:
    """A stepping stone: one action and how far it has come."""

    number: int
    code: str
    colour: str
    short_title: str
    stage: Stage
    agreed: int | None
    is_current: bool

    @property
    def was_shown(self):
        return self.stage in REVEALED


@dataclass(frozen=True, slots=True)
class Current:
    """The action on the screens.

    ``rated`` of ``present`` have rated, at a stage at which people rate (elsewhere ``rated`` is nought).
    ``needed``: how many more have to rate before a reveal. ``is_hidden``: too few gave it a level to show
    it, and nothing has been shown since; ``is_hidden_again``: that is so of the second ratings alone.
    ``last_median`` is that of the round ``last_title``. ``suggested``: the median last revealed, where it
    is a whole level.
    """

    words: ActionWording
    stage: Stage
    rated: int
    present: int
    needed: int
    is_hidden: bool
    is_hidden_again: bool
    first: Shown | None
    second: Shown | None
    movement: Change | None
    last_median: float | None
    last_title: str
    agreed: Agreed | None
    suggested: int | None
    prompts: tuple[str, ...]

    @property
    def shown(self):
        """What was shown last: the second ratings also where too few had rated at first."""
        return self.second or self.first


@dataclass(frozen=True, slots=True)
class People:
    """Who is in the room, in numbers; ``asking`` is (seat id, name) for the lead, else empty.

    ``guest_seats`` is (seat id, guest number) of the guests in the room, for the lead, else empty;
    so is ``given_back``, how many have said that somebody else had joined with their address.
    """

    here: int
    guests: int
    asking: tuple[tuple[int, str], ...] = ()
    guest_seats: tuple[tuple[int, int], ...] = ()
    given_back: int = 0


@dataclass(frozen=True, slots=True)
class Worth:
    """Was this worth your time? ``n`` have voted. How many gave 1 to 5 shows once the workshop is finished,
    if enough voted to show it: each vote would show if counts were told one by one."""

    n: int
    counts: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Screen:
    """Everything a screen of the workshop shows. ``current`` is None in the lobby and at the end."""

    workshop_id: int
    round_id: int
    title: str
    partnership: str
    is_rehearsal: bool
    state: WorkshopState
    mode: WorkshopMode
    is_confidential: bool
    least_number: int
    code: str
    is_locked: bool
    revision: int
    count_revision: int
    timer_ends_at: datetime | None
    is_covered: bool
    steps: tuple[Step, ...]
    current: Current | None
    people: People
    worth: Worth | None

    @property
    def is_over(self):
        return self.state in OVER


def screen(workshop, language, *, for_lead=False):
    """What the screens show now, read afresh. The number of queries does not grow with people."""
    workshop = _read(workshop.pk)
    words = wording(workshop.round.edition_id, language)
    stages, agreed = _stages(workshop), _agreed(workshop)
    people = _people(workshop, for_lead=for_lead)
    return Screen(
        workshop_id=workshop.pk,
        round_id=workshop.round_id,
        title=workshop.round.title,
        partnership=workshop.round.partnership.name,
        is_rehearsal=workshop.round.partnership.is_rehearsal,
        state=WorkshopState(workshop.state),
        mode=WorkshopMode(workshop.mode),
        is_confidential=workshop.round.is_confidential,
        least_number=workshop.round.least_number,
        code=workshop.code,
        is_locked=workshop.is_locked,
        revision=workshop.revision,
        count_revision=workshop.count_revision,
        timer_ends_at=workshop.timer_ends_at,
        is_covered=workshop.is_covered,
        steps=_steps(workshop, words, stages, agreed),
        current=_current(workshop, words, stages, agreed, people),
        people=people,
        worth=_worth(workshop),
    )


def _read(pk):
    return Workshop.objects.select_related("round__partnership", "round__edition", "action").get(pk=pk)


def _stages(workshop):
    return {number: Stage(stage) for number, stage in workshop.actions.values_list("action__number", "stage")}


def _agreed(workshop):
    found = AgreedRating.objects.filter(round=workshop.round_id)
    rows = found.values_list("action__number", "level", "why", "revision")
    return {number: Agreed(level, why, revision) for number, level, why, revision in rows}


def _steps(workshop, words, stages, agreed):
    here = workshop.action.number if workshop.state == WorkshopState.RUNNING else None
    return tuple(
        Step(
            number=action.number,
            code=action.code,
            colour=action.colour,
            short_title=action.short_title,
            stage=stages[action.number],
            agreed=agreed[action.number].level if action.number in agreed else None,
            is_current=action.number == here,
        )
        for action in words.actions
    )


def _people(workshop, *, for_lead):
    seats = Seat.objects.filter(workshop=workshop)
    found = seats.taken().aggregate(here=Count("pk"), guests=Count("pk", filter=Q(is_guest=True)))
    if not for_lead:
        return People(**found)
    asking = seats.filter(state=Seat.State.ASKING, participant__membership__isnull=False).order_by("pk")
    guests = seats.taken().filter(is_guest=True).order_by("guest_number")
    return People(
        **found,
        asking=tuple(asking.values_list("pk", "participant__membership__name")),
        guest_seats=tuple(guests.values_list("pk", "guest_number")),
        given_back=Letter.objects.disowned().filter(round=workshop.round_id).count(),
    )


def _worth(workshop):
    if workshop.state not in (WorkshopState.ENDING, WorkshopState.FINISHED):
        return None
    if workshop.is_finished:
        counts = workshop.worth["counts"]
        return Worth(workshop.worth["n"], counts and tuple(counts))
    return Worth(Seat.objects.filter(workshop=workshop, worth__isnull=False).count(), None)


# --- The action on the screens ---


def _current(workshop, words, stages, agreed, people):
    if workshop.state != WorkshopState.RUNNING:
        return None
    number = workshop.action.number
    stage = stages[number]
    first, second, movement = _revealed(workshop, stage)
    is_hidden = stage in REVEALED and not (second or first)
    is_hidden_again = stage == Stage.REVEALED_AGAIN and bool(first) and not second
    if workshop.is_covered:
        first = second = movement = None
    title, median = _last(workshop) if second or first else ("", None)
    return Current(
        words=words.action(number),
        stage=stage,
        **_rated(workshop, stage, people),
        is_hidden=is_hidden,
        is_hidden_again=is_hidden_again,
        first=first,
        second=second,
        movement=movement,
        last_median=median,
        last_title=title,
        agreed=agreed.get(number),
        suggested=_suggested(second or first),
        prompts=_prompts(words.action(number), stage, second or first, is_covered=workshop.is_covered),
    )


def _rated(workshop, stage, people):
    """How many have rated of how many could, and how many more are needed before a reveal."""
    if stage not in RATED:
        return {"rated": 0, "present": people.here, "needed": 0}
    rated = queries.room.rated(workshop, workshop.action, stage)
    return {
        "rated": rated,
        "present": people.here + _gone(workshop, stage),
        "needed": queries.room.missing(workshop.round, rated),
    }


def _gone(workshop, stage):
    """How many have rated the action and left the room since."""
    here = Seat.objects.filter(workshop=workshop).taken().values("participant")
    said = Rating.objects.filter(
        response__round=workshop.round_id, action=workshop.action_id, layer=queries.room.LAYER[stage]
    )
    return said.exclude(response__participant__in=here).count()


def _revealed(workshop, stage):
    """(first, second, movement) as the room has been shown them."""
    if stage not in REVEALED:
        return None, None, None
    number = workshop.action.number
    first = _shown(workshop, queries.room.taken(workshop)[number].whole)
    second = queries.results.second(workshop).get(number) if stage == Stage.REVEALED_AGAIN else None
    if second is None:
        return first, None, None
    return first, _shown(workshop, second.distribution), second.change


def _shown(workshop, distribution):
    """None where it may not be shown."""
    round = workshop.round
    if distribution is None or (round.is_confidential and distribution.n < round.least_number):
        return None
    has_band = distribution.n >= round.least_number and not round.is_baseline
    return Shown(
        distribution=distribution,
        mean=distribution.mean,
        median=distribution.median,
        verdict=analysis.verdict(distribution, round.least_number),
        band=analysis.band(distribution) if has_band else None,
    )


def _last(workshop):
    """(title, median) of the previous round that can be compared; nothing where it was hidden there."""
    before = _previous(workshop.round)
    if before is None or _means_something_else(before, workshop):
        return "", None
    for action in queries.results.of(before).actions:
        if action.code == workshop.action.code and action.median is not None:
            return before.title, action.median
    return "", None


def _means_something_else(before, workshop):
    editions = before.edition_id, workshop.round.edition_id
    return bool(lineage(editions).why(*editions, workshop.action.code))


def _previous(round):
    """The last round before this one of the same framework and the same confidentiality, with results."""
    found = Round.objects.filter(
        partnership=round.partnership_id,
        edition__framework=round.edition.framework_id,
        confidentiality=round.confidentiality,
        state__in=FROZEN,
    ).exclude(pk=round.pk)
    if round.closed_at:
        found = found.filter(closed_at__lte=round.closed_at)
    return found.order_by("-closed_at", "-pk").first()


def _suggested(shown):
    if shown is None or shown.median is None or shown.median % 1:
        return None
    return int(shown.median)


def _prompts(words, stage, shown, *, is_covered):
    """What to ask the room: by the pattern where there is one to see, then the action's own."""
    if is_covered or stage not in REVEALED:
        return words.prompts
    return (*(prompts(shown) if shown else prompts_without_ratings()), *words.prompts)
