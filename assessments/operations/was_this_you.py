"""What a person answers to a letter: it was me, or it was not.

Each holds the round before its workshop before anything else, as whoever rates in it does.
"""

from django.db import transaction
from django.utils import timezone

from partnerships.operations.audit import record

from .. import policies
from ..models import Invitation, Letter, Response, Seat
from ..queries.room import typed_seats
from .letters import give_way_in
from .locking import locked, locked_workshop
from .proving import of_mail
from .seats import count_changed, take_unseen

Said = Letter.Said


@transaction.atomic
def it_was_me(*, letter, seats):
    """The devices with these seats are the person's: each has proved the address the letter went to.

    Only those the person has been shown: one that has joined since has to be asked about, too.
    """
    workshop = locked_workshop(letter.round.workshop)
    policies.workshops.require_unfinished(workshop)
    proofs = of_mail(letter.mailed_to, letter.participant)
    for seat in typed_seats(workshop, letter.participant_id):
        if seat.pk in seats:
            seat.proofs = sorted({*seat.proofs, *proofs})
            seat.save(update_fields=["proofs"])
    _answer(letter, Said.YES)


@transaction.atomic
def it_was_not_me(*, letter):
    """The seats of who typed the address are given back, with what nobody has seen of what was rated there.

    The address alone opens no seat in this workshop any more. The person gets a way in of their own.
    """
    round = locked(letter.round)
    workshop = locked_workshop(letter.round.workshop)
    policies.workshops.require_unfinished(workshop)
    seats = Seat.objects.filter(workshop=workshop, participant=letter.participant_id, proofs=[])
    devices = [device[:32] for device in seats.values_list("device_hash", flat=True)]
    take_unseen(workshop, letter.participant_id, devices)
    seats.update(state=Seat.State.GONE, worth=None)
    _answer(letter, Said.NO)
    give_way_in(round, letter.participant)
    count_changed(workshop)
    record("seat given back", by=letter.participant, target=workshop, partnership=round.partnership)


@transaction.atomic
def answers_are_not_mine(*, letter):
    """Take away what was begun in the person's name, and every link the lead has had made for them."""
    round = locked(letter.round)
    policies.rounds.require_by_link(round)
    begun = Response.objects.select_for_update().filter(round=round, participant=letter.participant_id)
    policies.rounds.require_unproved(begun)
    begun.delete()
    invitation = Invitation.objects.get(round=round, participant=letter.participant_id)
    invitation.links.filter(mailed_to="", withdrawn_at=None).update(withdrawn_at=timezone.now())
    _answer(letter, Said.NO)
    facts = {"target": invitation, "partnership": round.partnership}
    record("answers taken away as another's", by=letter.participant, **facts)


def _answer(letter, said):
    letter.said = said
    letter.save(update_fields=["said"])
