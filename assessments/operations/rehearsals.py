"""A workshop tried alone with invented people.

It is held in a partnership of its own, invented for it, by the same operations as every workshop: so nothing
that asks for a partnership, its rounds, its next steps or its mail can come across anything of it.
"""

import secrets

from django.db import transaction
from django.utils import timezone

from framework.queries.wording import wording
from partnerships.models import Membership, Organisation, Partnership
from partnerships.models.audit import actor_key
from partnerships.operations.audit import record

from .. import policies, queries
from ..models import Rating, Response, Round, Seat, Workshop
from ..states import RoundState, Stage, WorkshopMode, WorkshopState
from ..workshops import invented
from . import room
from .discarding import throw_away
from .locking import lock_partnership, locked
from .rounds import create_round, open_round
from .workshops import _held, start_workshop

COPIED = ("title", "confidentiality", "grouping", "least_number", "is_baseline")


def mode_of(round):
    """How a workshop on the round is held: the one there is, else the one there would be."""
    held = Workshop.objects.not_called_off().filter(round=round).first()
    if held:
        return WorkshopMode(held.mode)
    return WorkshopMode.ROOM if round.state == RoundState.DRAFT else WorkshopMode.WALK


@transaction.atomic
def begin_rehearsal(*, by, round):
    """A workshop with the settings of the round and invented people in it; returns the workshop.

    Somebody has one rehearsal in a partnership: an earlier one is thrown away.
    """
    lock_partnership(round.partnership)
    round = Round.objects.select_related("partnership").get(pk=round.pk)  # not deleted, while we waited
    mine = {"rehearsal_of": round.partnership, "rehearsed_by": actor_key(by)}
    for earlier in Partnership.with_rehearsals.filter(**mine):
        throw_away(by=by, rehearsal=earlier)
    mode = mode_of(round)
    partnership = _invent_partnership(by, round.partnership)
    members = _invent_people(partnership, invented.people(round.least_number))
    settings = {name: getattr(round, name) for name in COPIED}
    edition = queries.editions.at_opening(round)
    policies.rounds.require_edition_in_use(edition)
    rehearsed = create_round(by=by, partnership=partnership, rehearsal_of=round, edition=edition, **settings)
    if mode == WorkshopMode.WALK:
        rehearsed = open_round(by=by, round=rehearsed)
        _rate_beforehand(rehearsed, members)
    workshop = start_workshop(by=by, round=rehearsed)
    for member in members:
        seat = room.join(workshop=workshop, email=member.email, device=secrets.token_urlsafe(20))
        seat.proofs = _proofs(seat.participant_id)
        seat.save(update_fields=["proofs"])
    record("rehearsal begun", by=by, target=round, partnership=round.partnership)
    return workshop


def _invent_partnership(by, real):
    return Partnership.with_rehearsals.create(
        name=real.name,
        slug=f"rehearsal-{secrets.token_hex(8)}",
        council=real.council,
        system=real.system,
        review_months=real.review_months,
        rehearsal_of=real,
        rehearsed_by=actor_key(by),
    )


def _invent_people(partnership, count):
    """Members without an account: nobody can sign in as one of them."""
    bodies = Organisation.objects.bulk_create(
        Organisation(partnership=partnership, name=name, sector=sector)
        for name, sector in invented.ORGANISATIONS
    )
    people = []
    for number in range(1, count + 1):
        name, email = invented.person(number)
        body = bodies[number % len(bodies)]
        standpoint = invented.STANDPOINTS[number % len(invented.STANDPOINTS)]
        people.append(
            Membership(
                partnership=partnership, name=name, email=email, organisation=body, standpoint=standpoint
            )
        )
    return Membership.objects.bulk_create(people)


def _proofs(participant_pk):
    """Invented people are who they say they are."""
    return [f"invented:{participant_pk}"]


def _rate_beforehand(round, members):
    """What the invented people said by link, for a workshop that walks through it."""
    now, invitations = timezone.now(), round.invitations.order_by("participant__membership")
    responses = Response.objects.bulk_create(
        Response(
            round=round,
            participant_id=invitation.participant_id,
            organisation_id=invitation.organisation_id,
            standpoint=invitation.standpoint,
            answered_at=now,
            submitted_at=now,
            proofs=_proofs(invitation.participant_id),
        )
        for invitation in invitations
    )
    Rating.objects.bulk_create(
        Rating(response=response, action_id=action.id, **_cell(said))
        for action in wording(round.edition_id, "en").actions
        for response, said in zip(
            responses, invented.first(action.number, len(members), round.least_number), strict=True
        )
        if said is not None
    )


def _cell(said):
    return {"dont_know": True} if said == invented.DONT_KNOW else {"level": said}


@transaction.atomic
def let_people_rate(*, by, workshop, seen):
    """The invented people rate the action on the screens, as they would on phones; at the end they vote.

    Pressed again, they say the same again.
    """
    locked(Round(pk=workshop.round_id))
    workshop = _held(workshop, seen)
    policies.workshops.require_rehearsal(workshop.round.partnership)
    seats = list(workshop.seats.filter(is_guest=False, state=Seat.State.IN).order_by("participant"))
    if workshop.state == WorkshopState.ENDING:
        for seat, worth in zip(seats, invented.worth(len(seats)), strict=True):
            room.vote(seat=seat, worth=worth)
    else:
        _rate(workshop, seats)
    record("invented people rated", by=by, target=workshop, partnership=workshop.round.partnership)
    return workshop


def _rate(workshop, seats):
    policies.workshops.require_running(workshop)
    number = workshop.action.number
    stage = workshop.actions.get(action=workshop.action_id).stage
    policies.workshops.require_rating(workshop, stage)
    says = invented.again if stage == Stage.RATING_AGAIN else invented.first
    for seat, said in zip(seats, says(number, len(seats), workshop.round.least_number), strict=True):
        if said is not None:
            room.rate(seat=seat, number=number, **_cell(said))
