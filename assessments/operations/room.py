"""What people in the room do: come in, rate, vote, leave.

Each holds the workshop, and the round before it where something new is put into it, so that what is being
saved when an action is revealed is either counted or refused. Ratings share what they hold: five hundred
come within seconds, and none waits for another.
"""

from contextlib import suppress

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from partnerships.models import Participant
from partnerships.operations.audit import record

from .. import keys, policies
from ..models import Invitation, Letter, Rating, Response, Round, Seat
from ..queries.room import LAYER
from .invitations import invite_one
from .letters import ask_whether_it_was_them
from .locking import locked, locked_workshop, shared_workshop
from .proving import of_account, of_mail
from .seats import count_changed, count_one, drop_other_votes, take_unseen

CameBy = Response.CameBy
IN, ASKING, GONE = Seat.State.IN, Seat.State.ASKING, Seat.State.GONE


class UnknownAddress(Exception):
    """No member of the partnership has this e-mail address."""


@transaction.atomic
def join(*, workshop, email, device, user=None):
    """A seat for the member with this address, on this device; returns the seat.

    Typing an address proves nothing; ``user``, whoever is signed in there, does if the address is theirs.
    ``device`` is the secret the browser holds; the same one joining again finds its seat.
    """
    workshop = _hold_all(workshop)
    policies.workshops.require_unfinished(workshop)
    participant = _place(workshop, _member(workshop, email))
    return _take_place(workshop, device, participant, of_account(user, participant))


@transaction.atomic
def join_signed_in(*, workshop, user, device):
    """A seat for the member whose account is signed in."""
    workshop = _hold_all(workshop)
    policies.workshops.require_unfinished(workshop)
    member = workshop.round.partnership.memberships.current().filter(user=user).first()
    if member is None:
        raise UnknownAddress
    participant = _place(workshop, member)
    return _take_place(workshop, device, participant, of_account(user, participant))


@transaction.atomic
def join_by_letter(*, letter, device):
    """A seat for whoever opens the way in that was mailed to them."""
    workshop = _hold_all(letter.round.workshop)
    policies.workshops.require_unfinished(workshop)
    participant = _place(workshop, letter.participant.membership)
    proofs = of_mail(letter.mailed_to, participant)
    return _take_place(workshop, device, participant, proofs, came_by=CameBy.MAILED)


def _take_place(workshop, device, participant, proofs, came_by=CameBy.SIGNED_IN):
    """A second device of a member who is in waits until the lead lets it in."""
    held = _of_device(workshop, device)
    is_theirs = held and held.participant_id == participant.pk
    if is_theirs and proofs <= {*held.proofs}:
        return held
    if not is_theirs:
        _give_up(workshop, held)
    state = IN if _is_free(workshop, device, participant, proofs) else ASKING
    if not proofs:
        came_by = CameBy.TYPED
        _require_not_disowned(workshop, participant)
        ask_whether_it_was_them(workshop, participant)
    return _sit(workshop, device, participant, state, came_by=came_by, proofs=proofs)


def _require_not_disowned(workshop, participant):
    disowned = Letter.objects.disowned().filter(round=workshop.round_id, participant=participant)
    policies.workshops.require_not_disowned(disowned.exists())


def _is_free(workshop, device, participant, proofs):
    """Whoever proves who they are need not ask to take the place of a device that typed their address."""
    others = Seat.objects.filter(workshop=workshop, participant=participant, state=IN)
    other = others.exclude(device_hash=keys.hash_token(device)).first()
    if other and proofs and not other.proofs:
        other.state = GONE
        other.save()
        return True
    return other is None


@transaction.atomic
def join_as_guest(*, workshop, device):
    """A seat for somebody nobody knows: in the whole room's figures, and in no group.

    Coming back on the same device is being the same guest, so that nobody is counted twice.
    """
    workshop = _hold_all(workshop)
    held = _of_device(workshop, device)
    if held and held.is_guest:
        policies.workshops.require_unfinished(workshop)
        return held
    policies.workshops.require_open_door(workshop)
    _give_up(workshop, held)
    earlier = _seats_of_device(workshop, device).filter(is_guest=True).first()
    participant = earlier.participant if earlier else _nobody(workshop)
    return _sit(workshop, device, participant, IN, is_guest=True, came_by=CameBy.GUEST)


def _nobody(workshop):
    return Participant.objects.create(partnership=workshop.round.partnership)


def _hold_all(workshop):
    locked(Round(pk=workshop.round_id))
    return locked_workshop(workshop)


def _member(workshop, email):
    members = workshop.round.partnership.memberships.current()
    member = members.filter(email__iexact=email.strip()).exclude(email="").first()
    if member is None:
        raise UnknownAddress
    return member


def _place(workshop, member):
    """The member's participant; in a round rated in the room somebody new is asked, too."""
    participant = Participant.objects.filter(membership=member).first()
    if not workshop.is_room:
        return participant or Participant.objects.create(
            membership=member, partnership=workshop.round.partnership
        )
    if participant and workshop.round.invitations.filter(participant=participant).exists():
        return participant
    invitation = invite_one(round=workshop.round, member=member)
    record(
        "people invited",
        by=invitation.participant,
        target=workshop.round,
        partnership=workshop.round.partnership,
        after={"people": 1},
    )
    return invitation.participant


def _seats_of_device(workshop, device):
    return Seat.objects.filter(workshop=workshop, device_hash=keys.hash_token(device))


def _of_device(workshop, device):
    return _seats_of_device(workshop, device).exclude(state=GONE).first()


def _give_up(workshop, seat):
    """One device, one seat. A guest who turns out to be a member is not counted twice."""
    if seat is None:
        return
    if seat.is_guest:
        take_unseen(workshop, seat.participant_id)
    seat.state, seat.worth = GONE, None
    seat.save()


def _sit(workshop, device, participant, state, *, came_by, proofs=frozenset(), is_guest=False):
    """The seat this person had on this device, or a new one. What has been proved there stays."""
    seat = _seats_of_device(workshop, device).filter(participant=participant).first()
    if seat is None:
        seat = Seat(workshop=workshop, participant=participant, device_hash=keys.hash_token(device))
        seat.is_guest, seat.guest_number = is_guest, _next_number(workshop) if is_guest else None
    if proofs or not seat.came_by:
        seat.came_by = came_by
    seat.proofs = sorted({*seat.proofs, *proofs})
    seat.state = state
    seat.save()
    count_changed(workshop)
    return seat


def _next_number(workshop):
    last = Seat.objects.filter(workshop=workshop).aggregate(last=Max("guest_number"))["last"]
    return (last or 0) + 1


@transaction.atomic
def leave(*, seat):
    """Get up. What was rated counts; coming back is joining again."""
    workshop = locked_workshop(seat.workshop)
    seat = Seat.objects.get(pk=seat.pk)
    if seat.state != GONE:
        seat.state = GONE
        seat.save()
        count_changed(workshop)
    return seat


def rate(*, seat, number, level=None, dont_know=False):
    """Save a level, or don't know, for an action that is being rated; returns the rating.

    Which layer it belongs to follows from the stage. The same again changes nothing.
    """
    policies.base.require_level(level)
    if (level is None) is not dont_know:
        raise ValueError("say a level or don't know")
    rating = _rate(seat, number, level, dont_know)
    # Also for the same again: the phone may never have heard that it was saved, nor the screens.
    count_one(seat.workshop_id)
    return rating


@transaction.atomic
def _rate(seat, number, level, dont_know):
    workshop = shared_workshop(seat.workshop)
    seat = _require_in(seat)
    here = workshop.actions.select_related("action").get(action__number=number)
    policies.workshops.require_rating(workshop, here.stage)
    response = _response(workshop, seat)
    rating, is_new = _write(response, here, seat, level, dont_know)
    if is_new:
        _answered(workshop, response)
    return rating


def _response(workshop, seat):
    """The person's response, held: a second click of theirs waits."""
    found = Response.objects.select_for_update().filter(
        round=workshop.round_id, participant=seat.participant_id
    )
    response = found.first()
    if response is None:
        with suppress(IntegrityError), transaction.atomic():  # the other click was quicker
            _begin(workshop, seat)
        response = found.get()
    return response


def _require_in(seat):
    seat = Seat.objects.select_related("participant__membership").get(pk=seat.pk)
    policies.workshops.require_in_the_room(seat)
    membership = seat.participant.membership
    policies.workshops.require_still_a_member(
        not seat.is_guest and (membership is None or membership.ended_at)
    )
    return seat


def _begin(workshop, seat):
    """A response with the organisation and standpoint of the invitation; a guest has neither."""
    if not workshop.is_room:
        latecomer = {"participant": seat.participant, "came_by": seat.came_by}
        Response.objects.add_latecomer(round=workshop.round, **latecomer)
        return
    invitation = Invitation.objects.filter(round=workshop.round_id, participant=seat.participant_id).first()
    Response.objects.create(
        round=workshop.round,
        participant=seat.participant,
        organisation_id=invitation and invitation.organisation_id,
        standpoint=invitation.standpoint if invitation else "",
        came_by=seat.came_by,
    )


def _write(response, here, seat, level, dont_know):
    """(the rating, whether anything changed). A comment given earlier stays.

    The same said on another device is said there: a phone that went on showing nothing would tell it.
    """
    layer = LAYER[here.stage]
    rating = response.ratings.filter(action=here.action_id, layer=layer).first()
    said = level, dont_know, seat.device_hash[:32]
    if rating and (rating.level, rating.dont_know, rating.saved_from) == said:
        return rating, False
    rating = rating or Rating(response=response, action_id=here.action_id, layer=layer, revision=0)
    rating.level, rating.dont_know, rating.saved_from = said
    rating.revision += 1
    rating.saved_at = timezone.now()
    rating.save()
    return rating, True


# ``_write`` in SQL, where there is a rating already: ``said`` is there, ``excluded`` comes.
CHANGES = """
    (COALESCE(said.level, 0) <> COALESCE(excluded.level, 0) OR said.dont_know <> excluded.dont_know
     OR said.saved_from <> excluded.saved_from)
"""


def _answered(workshop, response):
    """The first answer in a round rated in the room; walking through, who answered was counted before."""
    if not workshop.is_room or response.answered_at:
        return
    response.answered_at = timezone.now()
    response.save(update_fields=["answered_at"])
    Invitation.objects.filter(round=workshop.round_id, participant=response.participant_id).update(
        is_away=False
    )
    record("answered", by=response.participant, target=workshop, partnership=workshop.round.partnership)


@transaction.atomic
def vote(*, seat, worth):
    """Was this worth your time? 1 to 5, changeable until the workshop is finished."""
    policies.base.require_level(worth)
    workshop = locked_workshop(seat.workshop)
    seat = _require_in(seat)
    policies.workshops.require_voting(workshop)
    if seat.worth != worth:
        seat.worth = worth
        seat.save(update_fields=["worth"])
        drop_other_votes(seat)
        count_changed(workshop)
    return seat
