"""What shows that answers are a person's own, by something the lead of the partnership does not hold.

A lead who could choose what five people "said" in one of two rounds would read the sixth in the other. So
answers are matched from round to round only where both hold a *proof* of the same person, a short text:

- ``mail:...``: a link that was mailed to this address and shown to nobody else
- ``user:...``: the account the person signs in with
- ``code:...``: a browser that has proved itself before, by the return code it holds since
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from .. import keys
from ..models import Invitation, InvitationLink, Rating, Response, Seat

CameBy = Response.CameBy


@dataclass(frozen=True, slots=True)
class Browser:
    """What a browser brings: the link it came by, who is signed in, if anybody, and the return codes it
    holds, by the key of their invitation."""

    link: InvitationLink
    user: object = None
    codes: Mapping[int, str] = field(default_factory=dict)


def mailed_to(invitation):
    """A browser that has come by a link mailed to the person's address."""
    address = keys.hash_address(invitation.participant.membership.email)
    return Browser(InvitationLink(invitation=invitation, mailed_to=address))


def prove_beginning(response, browser):
    """Note how somebody begins; the caller saves. Nothing stays of whoever began before and saved nothing.

    The browser's own return code proves the person from now on, if this browser has proved them: one that
    began by a link the lead had made may be the lead's, and goes on knowing the code.
    """
    response.came_by = _came_by(response, browser) if browser else ""
    proofs = _proofs(response, browser)
    own_code = {f"code:{response.pk}"} if proofs and not _is_of_another(browser, response) else set()
    response.proofs = sorted(proofs | own_code)


def prove_going_on(response, browser):
    """Note what shows that whoever goes on, with the return code, is the person; the caller saves."""
    response.proofs = sorted({*response.proofs, *_proofs(response, browser)})


def prove_in_room(workshop):
    """Before the results of a round rated in the room open: what the seats proved that people rated from.

    Of several devices only what all of them proved: one may be somebody else's, who typed the address.
    """
    seats = _seats(workshop)
    devices = defaultdict(set)
    said = Rating.objects.filter(response__round=workshop.round_id, layer=Rating.Layer.FIRST)
    for response, device in said.values_list("response", "saved_from").order_by().distinct():
        devices[response].add(device)
    responses = list(Response.objects.filter(pk__in=devices))
    for response in responses:
        proofs = [seats.get((response.participant_id, device), set()) for device in devices[response.pk]]
        response.proofs = sorted(set.intersection(*proofs))
    Response.objects.bulk_update(responses, ["proofs"], batch_size=500)


def _seats(workshop):
    """(person, device as ratings keep it) -> what was proved there."""
    seats = Seat.objects.filter(workshop=workshop).values_list("participant", "device_hash", "proofs")
    return {(participant, device[:32]): {*proofs} for participant, device, proofs in seats}


def _came_by(response, browser):
    if browser.link.mailed_to:
        return CameBy.MAILED
    return CameBy.SIGNED_IN if of_account(browser.user, response.participant) else CameBy.MADE


def _proofs(response, browser):
    if browser is None:
        return set()
    participant = response.participant
    codes = set() if _is_of_another(browser, response) else _from_codes(response, browser.codes)
    return of_mail(browser.link.mailed_to, participant) | of_account(browser.user, participant) | codes


def of_mail(mailed_to, participant):
    """A link mailed to the address the person has today proves it under the site's former secrets, too."""
    if not mailed_to:
        return set()
    membership = participant.membership
    today = keys.hashes_of_address(membership.email) if membership else set()
    return {f"mail:{each}" for each in (today if mailed_to in today else {mailed_to})}


def of_account(user, participant):
    """Only the person's own account: a lead who is signed in opens the links of others, too."""
    membership = participant.membership
    if not (user and user.is_authenticated and membership and membership.user_id == user.pk):
        return set()
    return {f"user:{user.pk}"}


def _is_of_another(browser, response):
    """Whether somebody else is signed in: a browser of theirs, whatever it holds."""
    user = browser.user
    return bool(user and user.is_authenticated and not of_account(user, response.participant))


def _from_codes(response, codes):
    """What the person's answers in other rounds prove to whoever holds their return codes."""
    held = Invitation.objects.filter(pk__in=codes, participant=response.participant_id)
    held = dict(held.exclude(round=response.round_id).values_list("round", "pk")) if codes else {}
    others = Response.objects.filter(participant=response.participant_id, round__in=held) if held else ()
    return {
        proof
        for other in others
        if keys.code_opens(other, codes[held[other.round_id]])
        for proof in other.proofs
        if proof.startswith("code:")
    }
