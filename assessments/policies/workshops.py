"""What the state of a workshop, of an action in it or of a seat allows."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from ..states import RATED, STAGE_MOVES, WORKSHOP_MOVES, Stage, WorkshopState
from .base import NotNow
from .rounds import require_no_room


def require_room_for_workshop(round, has_one):
    if has_one:
        raise NotNow(_("There is a workshop on this round already. Go on with that one."))
    require_no_room(round)


WRONG_WORKSHOP_MOVE = {
    "begin": lazy("The workshop has begun already."),
    "call_off": lazy("The workshop has begun, so the screen you pressed this on is old. Look again."),
    "break_off": lazy("Only a workshop that has not come to its end can be called off."),
    "end": lazy("The workshop comes to its end from the actions. It is not there now."),
    "resume": lazy("You can go back to the actions from the end of the workshop only."),
    "finish": lazy("Go to the end of the workshop first. Then you can finish it."),
}
WRONG_STAGE_MOVE = {
    "start": lazy("People are rating this action already, or have rated it."),
    "reveal": lazy("Nobody is rating this action, so there is nothing to reveal."),
    "show": lazy("What people said of this action is on the screens already."),
    "again": lazy("People can rate an action again once, after its ratings have been revealed."),
    "reveal_again": lazy("Nobody is rating this action again, so there is nothing to reveal."),
    "stop_again": lazy("Nobody is rating this action again."),
}


def require_workshop_move(workshop, name):
    if workshop.state != WORKSHOP_MOVES[name].source:
        raise NotNow(WRONG_WORKSHOP_MOVE[name])


def require_stage_move(workshop, stage, name):
    require_running(workshop)
    move = STAGE_MOVES[name]
    if stage != move.source or not move.fits(workshop.mode):
        raise NotNow(WRONG_STAGE_MOVE[name])


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


def require_real(partnership):
    if partnership.is_rehearsal:
        raise NotNow(_("This is a rehearsal: it writes to nobody."))


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
    """``missing`` is how many more people have to rate before the ratings may be revealed."""
    if missing:
        raise NotNow(
            ngettext(
                "%(count)d more person has to rate before these can be shown, to protect people. "
                "You can also talk, and agree a level without them.",
                "%(count)d more people have to rate before these can be shown, to protect people. "
                "You can also talk, and agree a level without them.",
                missing,
            )
            % {"count": missing}
        )


def require_open_door(workshop):
    require_unfinished(workshop)
    if workshop.is_locked:
        raise NotNow(
            _("The door is closed to guests. Join with your e-mail address, or ask the workshop's lead.")
        )


def require_not_disowned(disowned):
    """Whether the person has said that whoever typed their address was not them."""
    if disowned:
        raise NotNow(
            _(
                "The person with this e-mail address has said that somebody else joined with it, so it opens "
                "no seat any more. If it is yours, open the link in the e-mail we have sent you, or sign in "
                "first."
            )
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


# ``require_rating`` in SQL, of rows called ``workshop`` and, for its action on the screens, ``here``.
RATING = "workshop.state = 'running' AND here.stage IN ('rating', 'rating_again')"


def require_voting(workshop):
    require_unfinished(workshop)
    if workshop.state != WorkshopState.ENDING:
        raise NotNow(_("This question comes at the end of the workshop."))
