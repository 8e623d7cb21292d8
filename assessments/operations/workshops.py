"""What the lead does in a workshop. Every change says which revision its screen showed.

The round is held first, where it is held at all, then the workshop. Ratings being saved hold the workshop,
too: what is revealed is counted when the last of them is in.
"""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from framework.queries.wording import wording
from partnerships.models.audit import actor_key
from partnerships.operations.audit import record

from .. import analysis, keys, policies, queries
from ..models import AgreedRating, NextStep, RevealedCounts, Round, Seat, Workshop, WorkshopAction
from ..states import STAGE_MOVES, WORKSHOP_MOVES, RoundState, WorkshopMode
from .discarding import forget_called_off
from .locking import lock_partnership, locked, locked_workshop
from .nextsteps import add_next_step
from .proving import prove_in_room
from .rounds import close_round, finish_in_room, open_in_room, reveal_round, take_back_draft
from .seats import count_changed, take_unseen
from .settling import require_organisations_settled

LONGEST_TIMER = 60
"""Minutes."""


class MovedOn(Exception):
    """Another screen has changed the workshop since this one showed it; ``workshop`` is how it is now."""

    def __init__(self, workshop):
        super().__init__(
            _("The workshop has moved on since your screen showed it. Look again, then decide what to do.")
        )
        self.workshop = workshop


@transaction.atomic
def start_workshop(*, by, round, seen=None):
    """A workshop on the round: the room rates a draft, and walks through what was rated by link.

    ``seen`` is the key of the edition that the person was told a draft will be opened with.

    An open round closes first. Its results are opened when the workshop begins, not before: one that was
    started by mistake can be called off until then, and the round opened again.
    """
    lock_partnership(round.partnership)
    round = locked(round)
    policies.workshops.require_room_for_workshop(
        round, Workshop.objects.not_called_off().filter(round=round).exists()
    )
    forget_called_off(round)
    mode = WorkshopMode.ROOM if round.state == RoundState.DRAFT else WorkshopMode.WALK
    bring = {RoundState.DRAFT: partial(open_in_room, seen=seen), RoundState.OPEN: close_round}
    if round.state in bring:
        round = bring[round.state](by=by, round=round)
    require_organisations_settled(round)
    workshop = Workshop.objects.create(round=round, mode=mode, code=_free_code(), started_by=actor_key(by))
    actions = wording(round.edition_id, "en").actions
    WorkshopAction.objects.bulk_create(
        WorkshopAction(workshop=workshop, action_id=action.id) for action in actions
    )
    _record("workshop started", by, workshop, after={"mode": mode})
    return workshop


def _free_code():
    while True:
        code = keys.new_room_code()
        if not Workshop.objects.filter(code=code).exists():
            return code


@transaction.atomic
def move(*, by, workshop, name, seen):
    """One named move: of the workshop, of the action on the screens, or covering what was revealed."""
    if name == "finish":
        return finish(by=by, workshop=workshop, seen=seen)
    if name in CALLING_OFF:
        return call_off(by=by, workshop=workshop, name=name, seen=seen)
    if name == "begin":
        locked(Round(pk=workshop.round_id))
    workshop = _held(workshop, seen)
    if name in WORKSHOP_MOVES:
        _move_workshop(by, workshop, name)
    elif name in STAGE_MOVES:
        _move_stage(workshop, name)
    else:
        _cover(workshop, COVERING[name])
    _save(workshop)
    _record("workshop moved", by, workshop, after={"move": name, "action": _number(workshop)})
    return workshop


COVERING = {"hide": True, "unhide": False}
CALLING_OFF = {"call_off", "break_off"}


def _move_workshop(by, workshop, name):
    policies.workshops.require_workshop_move(workshop, name)
    workshop.state = WORKSHOP_MOVES[name].target
    workshop.timer_ends_at = None
    if name == "begin":
        if not workshop.is_room:
            _open_results(by, workshop.round)
        _turn_to(workshop, _actions(workshop).order_by("action__number").first())


def _open_results(by, round):
    """Walking through begins: from here on no rating changes. It may have been opened again meanwhile."""
    if round.state == RoundState.OPEN:
        round = close_round(by=by, round=round)
    if round.state == RoundState.CLOSED:
        reveal_round(by=by, round=round)


def _move_stage(workshop, name):
    """The action on the screens goes on; what its move takes or gives is done before the stage changes."""
    policies.workshops.require_running(workshop)
    here = _actions(workshop).get(action=workshop.action_id)
    policies.workshops.require_stage_move(workshop, here.stage, name)
    if name in TAKING:
        TAKING[name](workshop, here)
    here.stage = STAGE_MOVES[name].target
    here.save(update_fields=["stage", "revealed_at"])
    workshop.is_covered, workshop.timer_ends_at = False, None


def _take_first(workshop, here):
    """Take the counts the room will see, for good. From here on the first ratings do not change."""
    _require_enough(workshop, here)
    _keep(here, "first", analysis.action_to_json(queries.room.first(workshop, here.action)))
    here.revealed_at = timezone.now()


def _take_second(workshop, here):
    _require_enough(workshop, here)
    if counts := queries.room.second(workshop, here.action):
        _keep(here, "second", counts.to_json())


def _show(workshop, here):
    """Walking through: the counts were taken when the results were opened."""
    here.revealed_at = timezone.now()


TAKING = {"reveal": _take_first, "show": _show, "reveal_again": _take_second}


def _require_enough(workshop, here):
    rated = queries.room.rated(workshop, here.action, here.stage)
    policies.workshops.require_enough(queries.room.missing(workshop.round, rated))


def _keep(here, layer, data):
    RevealedCounts.objects.create(workshop_action=here, layer=layer, data=data)


def _cover(workshop, covered):
    policies.workshops.require_running(workshop)
    policies.workshops.require_shown(_actions(workshop).get(action=workshop.action_id).stage)
    workshop.is_covered = covered


@transaction.atomic
def go_to(*, by, workshop, number, seen):
    """Bring an action to the screens; how far it has come stays as it was."""
    workshop = _held(workshop, seen)
    policies.workshops.require_running(workshop)
    _turn_to(workshop, _actions(workshop).get(action__number=number))
    _save(workshop)
    _record("workshop moved", by, workshop, after={"move": "go_to", "action": number})
    return workshop


def _turn_to(workshop, here):
    workshop.action = here.action
    workshop.is_covered, workshop.timer_ends_at = False, None


@transaction.atomic
def set_timer(*, by, workshop, minutes, seen):
    """A countdown on all screens; nought takes it away."""
    workshop = _held(workshop, seen)
    policies.workshops.require_running(workshop)
    minutes = min(max(minutes, 0), LONGEST_TIMER)
    workshop.timer_ends_at = timezone.now() + timedelta(minutes=minutes) if minutes else None
    _save(workshop)
    _record("timer set", by, workshop, after={"minutes": minutes})
    return workshop


@transaction.atomic
def agree(*, by, workshop, number, level, why, seen):
    """The level the room settled on for an action, and why; None takes it back."""
    workshop = _held(workshop, seen)
    policies.workshops.require_agreeing(workshop)
    policies.base.require_level(level)
    action = _actions(workshop).get(action__number=number).action
    agreed = AgreedRating.objects.filter(round=workshop.round, action=action).first()
    before = agreed and agreed.level
    _agree(by, workshop, action, agreed, level, why.strip())
    _save(workshop)
    _record("level agreed", by, workshop, before={"level": before}, after={"action": number, "level": level})
    return workshop


@transaction.atomic
def decide_step(*, by, workshop, number, text, owner="", due_on=None):
    """A next step for an action, decided in the room. It undoes nothing, so no revision is asked."""
    lock_partnership(workshop.round.partnership)
    workshop = locked_workshop(workshop)
    policies.workshops.require_agreeing(workshop)
    step = add_next_step(
        by=by,
        partnership=workshop.round.partnership,
        action=_actions(workshop).get(action__number=number).action,
        round=workshop.round,
        text=text,
        owner=owner,
        due_on=due_on,
    )
    _save(workshop)
    return step


def _agree(by, workshop, action, agreed, level, why):
    if level is None:
        if agreed:
            agreed.delete()
        return
    agreed = agreed or AgreedRating(round=workshop.round, action=action, revision=0)
    agreed.level, agreed.why = level, why
    agreed.revision += 1
    agreed.agreed_at, agreed.agreed_by = timezone.now(), actor_key(by)
    agreed.full_clean()
    agreed.save()


@transaction.atomic
def renew_code(*, by, workshop, code):
    """Another code instead of ``code``, which opens nothing any more. Whoever is in stays in.

    Pressed twice, or by two leads at once, it is renewed once.
    """
    workshop = locked_workshop(workshop)
    policies.workshops.require_unfinished(workshop)
    if workshop.code != code:
        return workshop
    workshop.code = _free_code()
    count_changed(workshop, "code")
    _record("code renewed", by, workshop)
    return workshop


@transaction.atomic
def lock_door(*, by, workshop, locked):
    """Let no more guests in, or let them in again. Members always come in."""
    workshop = locked_workshop(workshop)
    policies.workshops.require_unfinished(workshop)
    workshop.is_locked = locked
    count_changed(workshop, "is_locked")
    _record("door locked" if locked else "door opened", by, workshop)
    return workshop


@transaction.atomic
def admit(*, by, seat):
    """Let a second device of a member in; it takes the place of the first, and is told nothing of it."""
    workshop = locked_workshop(seat.workshop)
    policies.workshops.require_unfinished(workshop)
    seat = _seat(seat)
    if seat.state == Seat.State.IN:
        return seat
    policies.workshops.require_asking(seat)
    Seat.objects.filter(workshop=workshop, participant=seat.participant_id, state=Seat.State.IN).update(
        state=Seat.State.GONE
    )
    seat.state = Seat.State.IN
    seat.save()
    count_changed(workshop)
    _record("second device let in", by, workshop)
    return seat


@transaction.atomic
def refuse(*, by, seat):
    workshop = locked_workshop(seat.workshop)
    seat = _seat(seat)
    if seat.state == Seat.State.GONE:
        return seat
    policies.workshops.require_asking(seat)
    seat.state = Seat.State.GONE
    seat.save()
    count_changed(workshop)
    _record("second device refused", by, workshop)
    return seat


@transaction.atomic
def remove_guest(*, by, seat):
    """Take a guest out, with everything of theirs that nobody has seen; what was revealed stands."""
    locked(seat.workshop.round)
    workshop = locked_workshop(seat.workshop)
    policies.workshops.require_unfinished(workshop)
    seat = _seat(seat)
    policies.workshops.require_guest(seat)
    take_unseen(workshop, seat.participant_id)
    if seat.state == Seat.State.GONE:
        return seat
    seat.state, seat.worth = Seat.State.GONE, None
    seat.save()
    count_changed(workshop)
    _record("guest removed", by, workshop)
    return seat


@transaction.atomic
def finish(*, by, workshop, seen):
    """The end: the code opens nothing any more; a round rated in the room closes and opens its results."""
    lock_partnership(workshop.round.partnership)
    locked(Round(pk=workshop.round_id))
    workshop = _held(workshop, seen)
    policies.workshops.require_workshop_move(workshop, "finish")
    if workshop.is_room:
        prove_in_room(workshop)
        finish_in_room(by=by, round=workshop.round, taken=queries.room.taken(workshop))
    workshop.worth = queries.room.worth(workshop)
    _shut(by, workshop, "finish")
    _record("workshop finished", by, workshop)
    return locked_workshop(workshop)


@transaction.atomic
def call_off(*, by, workshop, name, seen):
    """A workshop started by mistake, before the room has seen anything: as if it had not been.

    A round rated in the room is a draft again, and what was rated, hidden from all, is thrown away. A round
    rated by link stays closed, and opened if its results were opened. The screens and phones say so.
    """
    locked(Round(pk=workshop.round_id))
    workshop = _held(workshop, seen)
    policies.workshops.require_workshop_move(workshop, name)
    policies.workshops.require_nothing_shown(*shown_and_settled(workshop))
    if workshop.is_room:
        take_back_draft(by=by, round=workshop.round)
    _shut(by, workshop, name)
    _record("workshop called off", by, workshop)
    return locked_workshop(workshop)


def shown_and_settled(workshop):
    """Whether the room has seen ratings, and whether it has agreed a level or decided a next step."""
    shown = workshop.actions.filter(revealed_at__isnull=False).exists()
    steps = NextStep.objects.filter(round=workshop.round_id, created_at__gte=workshop.started_at)
    return shown, AgreedRating.objects.filter(round=workshop.round_id).exists() or steps.exists()


def _shut(by, workshop, name):
    """The last move: the code opens nothing any more."""
    workshop.state, workshop.code = WORKSHOP_MOVES[name].target, ""
    workshop.timer_ends_at, workshop.is_covered = None, False
    workshop.finished_at, workshop.finished_by = timezone.now(), actor_key(by)
    _save(workshop)


def _held(workshop, seen):
    """The workshop, held, if it is still as the screen showed it."""
    workshop = locked_workshop(workshop)
    if workshop.revision != seen:
        raise MovedOn(workshop)
    return workshop


def _save(workshop):
    workshop.revision += 1
    workshop.save()


def _actions(workshop):
    return workshop.actions.select_related("action__area")


def _seat(seat):
    return Seat.objects.get(pk=seat.pk)


def _number(workshop):
    return workshop.action.number if workshop.action else None


def _record(event, by, workshop, **facts):
    record(event, by=by, target=workshop, partnership=workshop.round.partnership, **facts)
