"""The plain case of saving an answer, in two statements.

Five hundred phones save within seconds of each other, and nearly every save is the same plain case: a
good link, an open round, the browser that began, somebody who has answered before, and nobody else has
changed this action since. That case is done here, under the conditions of ``answers.answer``. Everything
else is left to ``answers.answer``, which knows what to say: None means "not done, ask there".
"""

from django.db import connection
from django.utils import timezone

from framework.queries.wording import wording

from .. import keys
from ..models import InvitationLink
from ..policies.rounds import BY_LINK
from ..prepared import Prepared
from .answers import WRITES_OVER

FIND = Prepared(
    "assessments_find_response",
    ["varchar"],
    f"""
    SELECT response.id, response.round_id, response.participant_id, response.code_hash, invitation.id,
           round.edition_id
    FROM assessments_invitationlink link
    JOIN assessments_invitation invitation ON invitation.id = link.invitation_id
    JOIN assessments_round round ON round.id = invitation.round_id
    JOIN assessments_response response
      ON response.round_id = invitation.round_id AND response.participant_id = invitation.participant_id
    JOIN partnerships_participant participant ON participant.id = invitation.participant_id
    JOIN partnerships_membership membership ON membership.id = participant.membership_id
    WHERE link.token_hash = %s AND {InvitationLink.VALID}
      AND response.answered_at IS NOT NULL AND round.looks_back_to_id IS NULL
    """,  # noqa: S608  a text of our own
)
# The round first, as everywhere. The response, too: the careful way and taking answers away hold it,
# and a save beside either would overwrite an answer unasked or meet a row that has gone.
LOCKS = "FOR SHARE OF round FOR NO KEY UPDATE OF response"
# One statement, so one transaction. On PostgreSQL it shares a lock on the round: closing waits until it is
# done, and if it had to wait for closing, it reads the round again and finds it closed. SQLite has one
# writer at a time.
SAVE = Prepared(
    "assessments_save_rating",
    ["bigint", "smallint", "boolean", "text", "varchar", "timestamptz", "bigint", "varchar", "integer"],
    f"""
    INSERT INTO assessments_rating AS said
        (response_id, action_id, layer, level, dont_know, comment, revision, saved_from, saved_at)
    SELECT response.id, %s, 'first', %s, %s, %s, 1, %s, %s
    FROM assessments_response response JOIN assessments_round round ON round.id = response.round_id
    WHERE response.id = %s AND response.code_hash = %s AND {BY_LINK} {{held}}
    ON CONFLICT (response_id, action_id, layer) DO UPDATE SET
        level = excluded.level, dont_know = excluded.dont_know, comment = excluded.comment,
        revision = said.revision + 1,
        saved_from = excluded.saved_from, saved_at = excluded.saved_at
    WHERE {WRITES_OVER}
    RETURNING revision
    """,  # noqa: S608  texts of our own
    held=LOCKS,
)


def answer_at_once(*, token, code_of, number, language, level, dont_know, comment, seen, page):
    """Save a level or don't know for the action with ``number``; the words of the round's edition, or None.

    ``code_of`` gives the return code the browser holds for an invitation's key. ``language`` is that of
    the page, whose words are kept already. ``seen`` and ``page`` are those of ``answers.answer``.
    """
    found = FIND.first(keys.hash_token(token))
    if found is None:
        return None
    response, round, participant, code_hash, invitation, edition = found
    if not keys.code_fits(code_hash, code_of(invitation), round_id=round, participant_id=participant):
        return None
    words = wording(edition, language)
    actions = {action.number: action.id for action in words.actions}
    if number not in actions:
        return None
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    saved = SAVE.first(actions[number], level, dont_know, comment, page, now, response, code_hash, seen)
    return words if saved else None
