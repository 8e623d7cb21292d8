from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from partnerships.models.audit import actor_key
from partnerships.operations.audit import record

from .. import policies, queries
from ..models import Comment, Invitation, Response, Round
from ..states import MOVES
from .discarding import forget_called_off, throw_away
from .freezing import freeze
from .invitations import invite, to_tell
from .locking import lock_partnership, lock_responses, locked
from .settling import require_organisations_settled

SETTINGS = (
    "title",
    "edition",
    "confidentiality",
    "grouping",
    "is_baseline",
    "least_number",
    "closing_on",
    "looks_back_to",
)


def _facts(round):
    return {name: str(getattr(round, name)) for name in SETTINGS}


@transaction.atomic
def create_round(*, by, partnership, title, edition=None, **settings):
    """A draft. Without an edition it uses the newest of the framework of the last round."""
    lock_partnership(partnership)  # a second press of the button finds the title taken
    edition = edition or queries.editions.usual(partnership)
    policies.rounds.require_framework(edition)
    policies.rounds.require_settled(edition)
    round = Round(
        partnership=partnership,
        title=title,
        edition=edition,
        created_by=actor_key(by),
        **settings,
    )
    policies.rounds.require_can_look_back(round)
    round.full_clean()
    round.save()
    record("round created", by=by, target=round, partnership=partnership, after=_facts(round))
    return round


@transaction.atomic
def change_round(*, by, round, **changes):
    lock_partnership(round.partnership)
    round = locked(round)
    changes = {name: value for name, value in changes.items() if getattr(round, name) != value}
    policies.rounds.require_changeable(round, changes, round.least_number)
    before = _facts(round)
    if "edition" in changes:
        policies.rounds.require_settled(changes["edition"])
        forget_called_off(round)  # its screens have the actions of the other edition
    for name, value in changes.items():
        setattr(round, name, value)
    policies.rounds.require_can_look_back(round)
    round.full_clean()
    round.save()
    if changes:
        record(
            "round changed",
            by=by,
            target=round,
            partnership=round.partnership,
            before=before,
            after=_facts(round),
        )
    return round


@transaction.atomic
def delete_draft(*, by, round):
    """With its rehearsals; whoever begins one at this moment waits, and finds no round any more."""
    lock_partnership(round.partnership)
    round = locked(round)
    policies.rounds.require_draft(round)
    record("round deleted", by=by, target=round, partnership=round.partnership, before=_facts(round))
    forget_called_off(round)
    for rehearsed in Round.objects.filter(rehearsal_of=round).select_related("partnership__rehearsal_of"):
        throw_away(by=by, rehearsal=rehearsed.partnership)
    round.delete()


@transaction.atomic
def open_round(*, by, round, seen=None):
    """Open for rating: every current member gets an invitation, and an e-mail where there is an address.

    ``seen`` is the key of the edition that the person was told it will be opened with.
    """
    round = _move(by, round, "open", "opened", first=partial(_take_newest_edition, by=by, seen=seen))
    invited = invite(by=by, round=round)
    policies.rounds.require_people(len(invited))
    return round


@transaction.atomic
def open_in_room(*, by, round, seen=None):
    """Open a draft for a workshop: everybody has a place in it, nobody gets a link by e-mail."""

    def prepare(round):
        _take_newest_edition(round, by=by, seen=seen)
        round.is_in_room = True

    round = _move(by, round, "open", "opened", first=prepare)
    policies.rounds.require_people(len(invite(by=by, round=round)))
    return round


@transaction.atomic
def take_back_draft(*, by, round):
    """A round opened for a workshop that is called off is a draft again, as if nobody had been asked.

    The answers go, which nobody has seen: ``workshops.call_off`` sees to that, and holds the round and the
    workshop, so that none is being saved.
    """
    round = locked(round)
    policies.rounds.require_rated_in_room(round)
    Response.objects.filter(round=round).delete()
    Invitation.objects.filter(round=round).delete()
    round.is_in_room, round.state = False, MOVES["take_back"].target
    round.opened_at, round.opened_by = None, ""
    round.save()
    record("round a draft again", by=by, target=round, partnership=round.partnership)
    return round


@transaction.atomic
def finish_in_room(*, by, round, taken):
    """Close a round rated in a workshop and open its results, at one moment.

    ``taken`` are the counts the room has seen, by action number: they stand as they were shown. The
    caller holds the partnership.
    """
    lock_responses(round)
    round = locked(round)
    round.is_in_room = False
    round.save(update_fields=["is_in_room"])
    _move(by, round, "close", "closed")
    return _move(by, round, "reveal", "revealed", first=partial(freeze, taken=taken))


@transaction.atomic
def close_round(*, by, round):
    """Close. Waits for answers being saved at this moment, so that all that people saw saved is in."""
    lock_partnership(round.partnership)
    lock_responses(round)
    return _move(by, round, "close", "closed", then=forget_waiting_mail)


def forget_waiting_mail(round):
    """An e-mail about a round that has closed would send people to a closed door."""
    round.invitations.exclude(mail_due="").update(mail_due="", mail_error="")


@transaction.atomic
def reopen_round(*, by, round, reason):
    """Open a closed round again that nobody has seen the results of; the reason is kept."""
    policies.rounds.require_reason(reason)
    round = locked(round)
    policies.rounds.require_move(round, "reopen")
    round.state = MOVES["reopen"].target
    round.closed_at, round.closed_by = None, ""
    round.save()
    record("round re-opened", by=by, target=round, partnership=round.partnership, after={"reason": reason})
    return round


@transaction.atomic
def reveal_round(*, by, round):
    """Open the results: the counts are taken and stored, and from here on no rating changes."""
    lock_partnership(round.partnership)
    lock_responses(round)
    require_organisations_settled(round)
    return _move(by, round, "reveal", "revealed", first=freeze)


@transaction.atomic
def share_round(*, by, round, tell=True):
    """Let members and the council's officers read the results; ``tell`` sends members an e-mail."""
    round = _move(by, round, "share", "shared")
    if tell:
        pks = [invitation.pk for invitation in to_tell(round)]
        Invitation.objects.filter(pk__in=pks).update(mail_due=Invitation.Mail.RESULTS, mail_error="")
    return round


@transaction.atomic
def judge_comment(*, by, comment, judgement):
    """Show a comment to the others or hold it back; which one it was stays out of the audit trail."""
    policies.rounds.require_frozen(comment.round)
    comment.standing = judgement
    comment.save(update_fields=["standing"])
    return comment


@transaction.atomic
def finish_comments(*, by, round):
    """The lead has looked through the comments: those not held back are shown from now on."""
    round = locked(round)
    policies.rounds.require_frozen(round)
    round.comments.filter(standing=Comment.Judgement.WAITING).update(standing=Comment.Judgement.SHOWN)
    round.comments_looked_through_at = timezone.now()
    round.save(update_fields=["comments_looked_through_at"])
    record("comments looked through", by=by, target=round, partnership=round.partnership)
    return round


def closing_time(partnership):
    """Now, and after every round of the partnership that has closed, whatever the clock says.

    A clock can jump back, and rounds follow each other as they closed. The caller holds the partnership.
    """
    last = partnership.rounds.aggregate(last=Max("closed_at"))["last"]
    return max(timezone.now(), last + timedelta(microseconds=1)) if last else timezone.now()


def _take_newest_edition(round, *, by, seen):
    """People rate the newest wording, and the round keeps it. A rehearsal has that of the round it tries."""
    if round.rehearsal_of_id:
        return
    newest = queries.editions.at_opening(round)
    policies.rounds.require_edition_in_use(newest)
    policies.rounds.require_seen_edition(newest, seen)
    if newest == round.edition:
        return
    forget_called_off(round)  # its screens have the actions of the other edition
    record(
        "round moved to another edition",
        by=by,
        target=round,
        partnership=round.partnership,
        before={"edition": str(round.edition)},
        after={"edition": str(newest)},
    )
    round.edition = newest


def _move(by, round, name, moment, first=None, then=None):
    """Carry out a move of the table, with its time and who did it, and work around the change of state."""
    round = locked(round)
    policies.rounds.require_move(round, name)
    if first:
        first(round)
    round.state = MOVES[name].target
    setattr(round, f"{moment}_at", closing_time(round.partnership) if name == "close" else timezone.now())
    setattr(round, f"{moment}_by", actor_key(by))
    round.save()
    if then:
        then(round)
    record(f"round {moment}", by=by, target=round, partnership=round.partnership)
    return round
