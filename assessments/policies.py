"""What the state of a round allows. Each function raises NotNow with the sentence the person reads."""

from django.utils.translation import gettext as _

from .states import FROZEN, MOVES, RoundState


class NotNow(Exception):
    """The person may do this, but not at this moment; the message says why and what to do instead."""


WRONG_MOVE = {
    "open": lambda: _("This round is already open or has been closed."),
    "close": lambda: _("Only an open round can be closed."),
    "reopen": lambda: _(
        "This round cannot be re-opened: its results have been opened, so its ratings no longer change. "
        "Start a new round instead."
    ),
    "reveal": lambda: _("Close the round first. Results can be opened once nobody is rating any more."),
    "share": lambda: _("Open the results first. Then you can share them with the members."),
}


def require_move(round, name):
    if round.state != MOVES[name].source:
        raise NotNow(WRONG_MOVE[name]())


def require_people(count):
    if not count:
        raise NotNow(_("Add the people you want to ask before you open the round."))


def require_reason(reason):
    if not reason.strip():
        raise NotNow(_("Write why the round is opened again. The reason is kept in the history."))


def require_draft(round):
    if round.state != RoundState.DRAFT:
        raise NotNow(_("This round has been opened, so it can no longer be deleted."))


FIXED_ONCE_OPEN = {"confidentiality", "edition"}
FIXED_ONCE_FROZEN = {"grouping", "is_baseline", "least_number", "closing_on"}


def require_changeable(round, changes, least_before):
    """Which settings may still change: what people were told stands, and the least number only rises."""
    if round.state != RoundState.DRAFT and FIXED_ONCE_OPEN & changes.keys():
        raise NotNow(_("People have been invited. Who can see the ratings can no longer be changed."))
    if round.state in FROZEN and FIXED_ONCE_FROZEN & changes.keys():
        raise NotNow(_("The results have been opened. Only the title can still be changed."))
    if round.state != RoundState.DRAFT and changes.get("least_number", least_before) < least_before:
        raise NotNow(_("The least number of ratings to show can be raised, but not lowered."))


def require_open(round):
    if round.state == RoundState.DRAFT:
        raise NotNow(_("This round has not been opened yet."))
    if round.state != RoundState.OPEN:
        raise NotNow(_("This round is closed. Answers can no longer be changed."))


def require_frozen(round):
    if not round.is_frozen:
        raise NotNow(_("The results of this round have not been opened yet."))


def require_not_frozen(round):
    if round.is_frozen:
        raise NotNow(_("The results of this round have been opened, so this can no longer be changed."))


def require_not_answered(answered):
    if answered:
        raise NotNow(_("This person has answered, so they cannot be marked as away."))


def require_started(responses):
    if not responses:
        raise NotNow(_("This person has not begun yet, so there is nothing to take away."))


def require_still_member(membership):
    if membership is None or membership.ended_at:
        raise NotNow(
            _(
                "This person has left the partnership and could not start again. What they saved stays, and "
                "it counts."
            )
        )


def require_same_address(changed):
    if changed:
        raise NotNow(
            _(
                "The e-mail address of this person has been changed since they were asked, so they might "
                "never learn of it. What they saved stays, and it counts."
            )
        )


def require_address(invitation):
    membership = invitation.participant.membership
    if membership is None or not membership.email:
        raise NotNow(_("There is no e-mail address for this person. Copy a link for them instead."))


def require_another_lead(others):
    if not others:
        raise NotNow(_("A partnership needs a lead. Make somebody else a lead first."))


def require_imported(participant):
    if not participant.imported_as or participant.membership_id:
        raise NotNow(_("This person is a member. Erase them from the list of members."))


# --- Next steps ---


class ChangedMeanwhile(NotNow):
    """Somebody else has changed it since the person's page was made; nothing of theirs is overwritten."""


def require_framework(edition):
    if edition is None:
        raise NotNow(_("There is no published framework yet, so there are no actions to choose from."))


def require_seen(step, seen):
    if step.revision != seen:
        raise ChangedMeanwhile(
            _(
                "Somebody else has changed this next step since you opened it, so nothing was saved. "
                "What you wrote is still here. Look above at what it says now, then save again or cancel."
            )
        )


def require_opened(round):
    if round and round.state == RoundState.DRAFT:
        raise NotNow(_("This round has not been opened yet, so nothing can have been decided in it."))


def require_under_way(step):
    if not step.is_open:
        raise NotNow(
            _("This next step is done or dropped already. If there is more to do, take it up again first.")
        )


def require_ended(step):
    if step.is_open:
        raise NotNow(_("This next step is under way already."))


def require_why(word):
    if not word.strip():
        raise NotNow(_("Write in a word why it is dropped. Whoever looks at it later will ask."))
