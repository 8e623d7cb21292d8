"""What the state of a round or a workshop allows.

Each function raises NotNow with the sentence the person reads.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .analysis import LEVELS
from .states import (
    FROZEN,
    MOVES,
    RATED,
    STAGE_MOVES,
    WORKSHOP_MOVES,
    RoundState,
    Stage,
    WorkshopState,
)


class NotNow(Exception):
    """The person may do this, but not at this moment; the message says why and what to do instead."""


WRONG_MOVE = {
    "open": lambda: _("This round is already open or has been closed."),
    "take_back": lambda: _("Only a round that is open can be a draft again."),
    "close": lambda: _("Only an open round can be closed."),
    "reopen": lambda: _(
        "This round cannot be re-opened: its results have been opened, so its ratings no longer change. "
        "Start a new round instead."
    ),
    "reveal": lambda: _("Close the round first. Results can be opened once nobody is rating any more."),
    "share": lambda: _("Open the results first. Then you can share them with the members."),
}


def require_move(round, name):
    require_no_room(round)
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


FIXED_ONCE_OPEN = {"confidentiality", "edition", "looks_back_to"}
FIXED_ONCE_FROZEN = {"grouping", "is_baseline", "least_number", "closing_on"}


def require_changeable(round, changes, least_before):
    """Which settings may still change: what people were told stands, and the least number only rises."""
    if round.state != RoundState.DRAFT and FIXED_ONCE_OPEN & changes.keys():
        raise NotNow(_("People have been invited. What they were told can no longer be changed."))
    if round.is_in_room and FIXED_ONCE_FROZEN & changes.keys():
        raise NotNow(_("This round is being rated in the room. Only the title can still be changed."))
    if round.state in FROZEN and FIXED_ONCE_FROZEN & changes.keys():
        raise NotNow(_("The results have been opened. Only the title can still be changed."))
    if round.state != RoundState.DRAFT and changes.get("least_number", least_before) < least_before:
        raise NotNow(_("The least number of ratings to show can be raised, but not lowered."))


def require_open(round):
    if round.state == RoundState.DRAFT:
        raise NotNow(_("This round has not been opened yet."))
    if round.state != RoundState.OPEN:
        raise NotNow(_("This round is closed. Answers can no longer be changed."))


def require_no_room(round):
    if round.is_in_room:
        raise NotNow(_("This round is being rated in the room. Finish the workshop, and its results open."))


def require_rated_in_room(round):
    if not round.is_in_room:
        raise NotNow(_("This round is not being rated in the room."))


def require_by_link(round):
    """Rating by private link: not while the room rates together."""
    require_open(round)
    if round.is_in_room:
        raise NotNow(
            _("This round is being rated in the room. Join the workshop there, with the code on the screen.")
        )


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


# --- The workshop ---


def require_room_for_workshop(round, has_one):
    if has_one:
        raise NotNow(_("There is a workshop on this round already. Go on with that one."))
    require_no_room(round)


GROUPED_BY = {
    "organisation": lambda: _("organisation"),
    "sector": lambda: _("sector"),
    "standpoint": lambda: _("standpoint"),
}


def require_grouping(round, grouping, *, sees_names=True):
    """Whether the groups of a frozen round may be read by this grouping, at whatever door.

    ``sees_names``: whether the reader may see who gave which rating where the round is a named one.
    """
    if grouping not in GROUPED_BY:
        raise NotNow(
            _("There is no such grouping. Groups can be read by organisation, by sector or by standpoint.")
        )
    if grouping != round.grouping and (sentence := _why_only_its_own(round, sees_names)):
        raise NotNow(sentence % {"own": GROUPED_BY[round.grouping]()})


def _why_only_its_own(round, sees_names):
    if round.is_confidential:
        return _(
            "The groups of this round are read by %(own)s only. It is confidential, and from two tables of "
            "the same people, grouped in two ways, it could be worked out what a few of them said."
        )
    if not sees_names:
        return _(
            "You can read the groups of this round by %(own)s only. Several ways of grouping together could "
            "show who gave which rating, which only the lead and the members may see."
        )
    if round.ratings_removed_at:
        return _(
            "The groups of this round are read by %(own)s only. That is what was counted when the results "
            "were opened, and the ratings have been removed since."
        )
    return ""


WRONG_WORKSHOP_MOVE = {
    "begin": lambda: _("The workshop has begun already."),
    "call_off": lambda: _("The workshop has begun, so the screen you pressed this on is old. Look again."),
    "break_off": lambda: _("Only a workshop that has not come to its end can be called off."),
    "end": lambda: _("The workshop comes to its end from the actions. It is not there now."),
    "resume": lambda: _("You can go back to the actions from the end of the workshop only."),
    "finish": lambda: _("Go to the end of the workshop first. Then you can finish it."),
}
WRONG_STAGE_MOVE = {
    "start": lambda: _("People are rating this action already, or have rated it."),
    "reveal": lambda: _("Nobody is rating this action, so there is nothing to reveal."),
    "show": lambda: _("What people said of this action is on the screens already."),
    "again": lambda: _("People can rate an action again once, after its ratings have been revealed."),
    "reveal_again": lambda: _("Nobody is rating this action again, so there is nothing to reveal."),
    "stop_again": lambda: _("Nobody is rating this action again."),
}


def require_workshop_move(workshop, name):
    if workshop.state != WORKSHOP_MOVES[name].source:
        raise NotNow(WRONG_WORKSHOP_MOVE[name]())


def require_stage_move(workshop, stage, name):
    require_running(workshop)
    move = STAGE_MOVES[name]
    if stage != move.source or not move.fits(workshop.mode):
        raise NotNow(WRONG_STAGE_MOVE[name]())


def require_nothing_shown(shown, recorded):
    """What a room has seen or settled stands: it is finished, not called off."""
    if shown or recorded:
        raise NotNow(
            _(
                "The room has seen ratings, agreed a level or decided a next step, and that stands. Go to "
                "the end and finish the workshop instead."
            )
        )


def require_rehearsal(partnership):
    if not partnership.is_rehearsal:
        raise NotNow(_("This is no rehearsal: only the people in the room rate, and it counts."))


def require_unfinished(workshop):
    if workshop.state == WorkshopState.CALLED_OFF:
        raise NotNow(_("This workshop was called off."))
    if workshop.state == WorkshopState.FINISHED:
        raise NotNow(_("This workshop is finished."))


def require_running(workshop):
    require_unfinished(workshop)
    if workshop.state == WorkshopState.LOBBY:
        raise NotNow(_("The workshop has not begun yet."))
    if workshop.state != WorkshopState.RUNNING:
        raise NotNow(_("The workshop has come to its end. Go back to the actions to change this."))


def require_agreeing(workshop):
    require_unfinished(workshop)
    if workshop.state == WorkshopState.LOBBY:
        raise NotNow(_("The workshop has not begun yet."))


def require_shown(stage):
    if stage not in STAGES_SHOWN:
        raise NotNow(_("Nothing has been revealed that could be covered."))


STAGES_SHOWN = {Stage.REVEALED, Stage.REVEALED_AGAIN}


def require_enough(missing):
    """``missing`` is how many more levels are needed at least before the ratings may be revealed."""
    if missing:
        raise NotNow(
            ngettext(
                "At least %(count)d more rating is needed before these can be shown, to protect people. "
                "You can also talk, and agree a level without them.",
                "At least %(count)d more ratings are needed before these can be shown, to protect people. "
                "You can also talk, and agree a level without them.",
                missing,
            )
            % {"count": missing}
        )


def require_asked(asked):
    if not asked:
        raise NotNow(_("You are not asked to look back on this action."))


def require_can_look_back(round):
    before = round.looks_back_to
    if before and not (
        before.closed_at
        and before.pk != round.pk
        and before.partnership_id == round.partnership_id
        and before.confidentiality == round.confidentiality
        and before.edition.framework_id == round.edition.framework_id
    ):
        raise NotNow(_("People can look back only to a closed round of this partnership, of the same kind."))


def require_level(level):
    if level is not None and level not in LEVELS:
        raise NotNow(_("Choose a level from 1 to 5."))


def require_open_door(workshop):
    require_unfinished(workshop)
    if workshop.is_locked:
        raise NotNow(
            _("The door is closed to guests. Join with your e-mail address, or ask the workshop's lead.")
        )


def require_in_the_room(seat):
    if seat.state == "asking":
        raise NotNow(_("The person who leads the workshop has to let this device in first."))
    if seat.state != "in":
        raise NotNow(_("This device is no longer in the workshop. Join again with the code on the screen."))


def require_still_a_member(ended):
    if ended:
        raise NotNow(_("You are no longer a member of this partnership, so you cannot rate here."))


def require_asking(seat):
    if seat.state != "asking":
        raise NotNow(_("This device is not waiting any more."))


def require_guest(seat):
    if not seat.is_guest:
        raise NotNow(_("Only a guest who is in the workshop can be removed."))


def require_rating(workshop, stage):
    require_running(workshop)
    if stage not in RATED:
        raise NotNow(_("This action is not being rated now. Watch the screen: it says when it is."))


def require_voting(workshop):
    require_unfinished(workshop)
    if workshop.state != WorkshopState.ENDING:
        raise NotNow(_("This question comes at the end of the workshop."))
