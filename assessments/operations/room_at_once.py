"""The plain case of rating in the room, in two short statements.

Five hundred phones rate within seconds of a step, and nearly every rating is the same plain case: a phone
that is in, a person who has answered before, the action on the screens. It is done here under the
conditions of ``room.rate``, without one phone waiting for another. Everything else is left to
``room.rate``, which knows what to say.
"""

from django.db import connection
from django.utils import timezone

from ..models.workshops import SeatQuerySet
from ..policies.workshops import RATING
from ..prepared import Prepared
from ..queries.room import LAYER
from .room import CHANGES
from .seats import count_one

# Phones share these, so none waits for another. KEY SHARE lets the counting of others pass; the lead alone,
# who holds the workshop with FOR UPDATE before anything else, waits for the ratings under way. A rating that
# had to wait for the lead reads all of it again. The response last, because erasing somebody takes it away.
# SQLite has one writer at a time.
LOCKS = "FOR KEY SHARE OF workshop FOR SHARE OF here, seat FOR NO KEY UPDATE OF response"
RATE = Prepared(
    "assessments_rate_in_room",
    ["varchar", "smallint", "boolean", "timestamptz", "bigint", "smallint", "varchar"],
    f"""
    INSERT INTO assessments_rating AS said
        (response_id, action_id, layer, level, dont_know, comment, revision, saved_from, saved_at)
    SELECT response.id, here.action_id, %s, %s, %s, '', 1, substr(seat.device_hash, 1, 32), %s
    FROM assessments_workshop workshop
    JOIN assessments_seat seat ON seat.workshop_id = workshop.id
    JOIN assessments_workshopaction here
      ON here.workshop_id = workshop.id AND here.action_id = workshop.action_id
    JOIN framework_action action ON action.id = here.action_id
    JOIN assessments_response response
      ON response.round_id = workshop.round_id AND response.participant_id = seat.participant_id
    JOIN partnerships_participant participant ON participant.id = seat.participant_id
    LEFT JOIN partnerships_membership membership ON membership.id = participant.membership_id
    WHERE seat.id = %s AND action.number = %s AND here.stage = %s
      AND {RATING} AND {SeatQuerySet.TAKEN}
      AND (workshop.mode = 'walk' OR response.answered_at IS NOT NULL) {{held}}
    ON CONFLICT (response_id, action_id, layer) DO UPDATE SET
        level = excluded.level, dont_know = excluded.dont_know,
        revision = said.revision + 1,
        saved_from = excluded.saved_from, saved_at = excluded.saved_at
    WHERE {CHANGES}
    RETURNING id
    """,  # noqa: S608  texts of our own
    held=LOCKS,
)


def rate_at_once(*, phone, number, stage, level=None, dont_know=False):
    """Save a level, or don't know, for the action on the screens; whether it is done.

    ``stage`` is what the phone showed, one of those at which people rate.
    """
    layer, now = LAYER[stage], connection.ops.adapt_datetimefield_value(timezone.now())
    saved = RATE.first(layer, level, dont_know, now, phone.seat_id, number, stage)
    if saved:
        # On its own: holding what is shared, two phones would wait for each other. If this process dies
        # in between, the phone had no answer and sends again, which counts again.
        count_one(phone.workshop_id)
    return bool(saved)
