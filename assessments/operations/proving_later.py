"""What proves people of answers already given: before it was kept, and after somebody is erased."""

from collections import defaultdict

from django.db import transaction

from partnerships.models.audit import AuditEvent

from .. import keys
from ..models import Invitation, Response
from ..states import WorkshopMode, WorkshopState
from .proving import CameBy, of_mail

LINK_EVENTS = ("link mailed", "link made", "link renewed")


@transaction.atomic
def prove_earlier(partnership):
    """Work out, for answers given by link before it was kept, which began from the person's own mail.

    Only where the trail leaves no doubt: before the person answered no link of theirs had been made for the
    lead, and their address has not been changed since they were asked. Returns how many it proved; running it
    again proves no others.
    """
    responses = list(_unknown(partnership).select_related("participant__membership"))
    invitations = _invitations(responses)
    trail = AuditEvent.objects.filter(partnership=partnership.pk)
    links, changed = _links(trail), _address_changes(trail)
    proved = [
        response
        for response in responses
        if (invitation := invitations.get((response.round_id, response.participant_id)))
        and _by_mail_alone(response, links[str(invitation.pk)])
        and not _changed_since(invitation, changed[str(response.participant.membership_id)])
    ]
    for response in proved:
        response.came_by = CameBy.MAILED
        address = keys.hash_address(response.participant.membership.email)
        response.proofs = sorted(of_mail(address, response.participant))
    Response.objects.put_proofs(proved)
    return len(proved)


def _unknown(partnership):
    """Given here by link, by members who have an address, and without a word of how they came in."""
    found = Response.objects.filter(round__partnership=partnership, round__is_brought_in=False, came_by="")
    in_rooms = Response.objects.filter(round__workshop__mode=WorkshopMode.ROOM)
    in_rooms = in_rooms.exclude(round__workshop__state=WorkshopState.CALLED_OFF)
    return (
        found.exclude(pk__in=in_rooms.values("pk"))
        .filter(proofs=[], participant__membership__isnull=False)
        .exclude(participant__membership__email="")
    )


def _invitations(responses):
    found = Invitation.objects.filter(round__in={response.round_id for response in responses})
    return {(each.round_id, each.participant_id): each for each in found}


def _links(trail):
    """Key of an invitation -> (moment, event) of each link it was given."""
    found = defaultdict(list)
    for event in trail.filter(target_kind="invitation", event__in=LINK_EVENTS):
        found[event.target_key].append((event.at, event.event))
    return found


def _by_mail_alone(response, links):
    """Whoever answered had nothing but mailed links: until the first answer another browser could begin."""
    until = max(response.answered_at or response.started_at, response.started_at)
    events = {event for at, event in links if at <= until}
    return events == {"link mailed"}


def _address_changes(trail):
    """Key of a membership -> when its address was changed."""
    found = defaultdict(list)
    for event in trail.filter(event="member changed", target_kind="membership"):
        if "email" in event.after["changed"]:
            found[event.target_key].append(event.at)
    return found


def _changed_since(invitation, moments):
    return any(at >= invitation.created_at for at in moments)


def forget_proofs(participant):
    """Somebody is erased: by what they were known goes, address and account.

    That two of their answers were one person's stays, as all that was counted of both does: were they parted
    now, counting again would show by how much one person changes what has been read.
    """
    labels = {}
    responses = list(Response.objects.filter(participant=participant).order_by("pk"))
    for response in responses:
        named = {labels.setdefault(proof, f"erased:{len(labels)}") for proof in response.proofs}
        response.came_by, response.proofs = "", sorted(named)
    Response.objects.put_proofs(responses)
