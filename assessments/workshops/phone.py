"""One phone in the room: its seat, how new what it can show is, and what it has said itself.

Read in one statement, planned once for each connection: five hundred phones ask within a second of a reveal.
"""

from dataclasses import dataclass

from ..models import Rating
from ..prepared import Prepared
from ..queries.room import LAYER, LAYER_HERE

NEWEST = Prepared(
    "assessments_newest_for_phone",
    ["bigint", "varchar"],
    """
    SELECT seat.state, workshop.revision, workshop.count_revision
    FROM assessments_seat seat JOIN assessments_workshop workshop ON workshop.id = seat.workshop_id
    WHERE seat.workshop_id = %s AND seat.device_hash = %s
    ORDER BY seat.id DESC LIMIT 1
    """,
)
# Only what was said on this device, in the layer rated now, of the action on the screens: a phone shows
# nothing rated by link, in an earlier round or on another device. ``has_said`` asks the same of an answer.
PHONE = Prepared(
    "assessments_phone",
    ["bigint", "varchar"],
    f"""
    SELECT seat.id, workshop.id, workshop.revision, seat.state, seat.is_guest, seat.guest_number, seat.worth,
           seat.came_by = 'typed' AND CAST(seat.proofs AS text) = '[]', rating.level, rating.dont_know
    FROM assessments_seat seat
    JOIN assessments_workshop workshop ON workshop.id = seat.workshop_id
    LEFT JOIN assessments_workshopaction here
      ON here.workshop_id = workshop.id AND here.action_id = workshop.action_id
    LEFT JOIN assessments_response response
      ON response.round_id = workshop.round_id AND response.participant_id = seat.participant_id
    LEFT JOIN assessments_rating rating
      ON rating.response_id = response.id AND rating.action_id = here.action_id
     AND rating.layer = {LAYER_HERE}
     AND rating.saved_from = substr(seat.device_hash, 1, 32)
    WHERE seat.workshop_id = %s AND seat.device_hash = %s
    ORDER BY seat.id DESC LIMIT 1
    """,  # noqa: S608  a text of our own
)


@dataclass(frozen=True, slots=True)
class Phone:
    """A seat as its phone shows it. ``revision`` is that of the workshop when this was read.

    ``level`` and ``dont_know`` are what this phone has said of the action on the screens in the layer rated
    now; ``worth`` is its vote. ``is_typed``: an address was typed here, and whose it is has not been proved.
    """

    seat_id: int
    workshop_id: int
    revision: int
    state: str
    is_guest: bool
    guest_number: int | None
    worth: int | None
    is_typed: bool
    level: int | None
    dont_know: bool | None


def newest(workshop_pk, device_hash):
    """(state of the seat, revision of the stage, revision of the counts), or None where there is no seat."""
    return NEWEST.first(workshop_pk, device_hash)


def find_phone(workshop_pk, device_hash):
    """The phone with this device in a workshop, or None."""
    found = PHONE.first(workshop_pk, device_hash)
    return found and Phone(*found)


def has_said(seat, number, stage, *, level=None, dont_know=False):
    """Whether exactly this is saved from this device, for the action while it was rated at ``stage``."""
    if stage not in LAYER:
        return False
    return Rating.objects.filter(
        response__round=seat.workshop.round_id,
        response__participant=seat.participant_id,
        action__number=number,
        layer=LAYER[stage],
        level=level,
        dont_know=dont_know,
        saved_from=seat.device_hash[:32],
    ).exists()
