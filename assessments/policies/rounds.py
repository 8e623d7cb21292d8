"""What the state of a round allows: its moves, its settings, its people, its groups, looking back."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from ..states import FROZEN, MOVES, RoundState
from .base import NotNow

WRONG_MOVE = {
    "open": lazy("This round is already open or has been closed."),
    "take_back": lazy("Only a round that is open can be a draft again."),
    "close": lazy("Only an open round can be closed."),
    "reopen": lazy(
        "This round cannot be re-opened: its results have been opened, so its ratings no longer change. "
        "Start a new round instead."
    ),
    "reveal": lazy("Close the round first. Results can be opened once nobody is rating any more."),
    "share": lazy("Open the results first. Then you can share them with the members."),
}


def require_move(round, name):
    require_no_room(round)
    if round.state != MOVES[name].source:
        raise NotNow(WRONG_MOVE[name])


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


# ``require_by_link`` in SQL, of a row called ``round``.
BY_LINK = "round.state = 'open' AND NOT round.is_in_room"


def require_frozen(round):
    if not round.is_frozen:
        raise NotNow(_("The results of this round have not been opened yet."))


def require_not_frozen(round):
    if round.is_frozen:
        raise NotNow(_("The results of this round have been opened, so this can no longer be changed."))


def require_organisations_settled(changed):
    """``changed`` is how many say they are of another organisation than was written down."""
    if changed:
        raise NotNow(
            ngettext(
                "%(count)d person has chosen another organisation than you had written down. Settle that on "
                "the page of the people, and then the results can be opened.",
                "%(count)d people have chosen another organisation than you had written down. Settle that "
                "on the page of the people, and then the results can be opened.",
                changed,
            )
            % {"count": changed}
        )


def require_not_answered(answered):
    if answered:
        raise NotNow(_("This person has answered, so they cannot be marked as away."))


def require_started(responses):
    if not responses:
        raise NotNow(_("This person has not begun yet, so there is nothing to take away."))


def require_unproved(responses):
    """Somebody says that what was begun in their name is not theirs."""
    if not responses:
        raise NotNow(_("Nothing is saved in your name any more, so there is nothing to take away."))
    if any(response.proofs for response in responses):
        raise NotNow(_("What is saved now was begun from your own e-mail or account, so it stays."))


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


def require_framework(edition):
    if edition is None:
        raise NotNow(
            _(
                "There is no published framework yet, so there are no actions to rate or to choose from. Ask "
                "the people who run this site."
            )
        )


def require_settled(edition):
    """Words that can still change, or be dropped, are nobody's to rate."""
    if not edition.is_published:
        raise NotNow(
            _("%(edition)s is still a draft, so nobody can rate with it yet.") % {"edition": edition}
        )


def require_edition_in_use(edition):
    if edition is None:
        raise NotNow(
            _(
                "No edition of this round's framework is used for new rounds any more. Choose another "
                "framework in the settings of the round, or ask the people who run this site."
            )
        )


def require_seen_edition(edition, seen):
    if seen is not None and edition.pk != seen:
        raise NotNow(
            _(
                "The wording has changed while you were looking: it would now be opened with %(edition)s. "
                "Nothing has happened yet. Look at what is different, then decide."
            )
            % {"edition": edition}
        )


GROUPED_BY = {
    "organisation": lazy("organisation"),
    "sector": lazy("sector"),
    "standpoint": lazy("standpoint"),
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
        raise NotNow(sentence % {"own": GROUPED_BY[round.grouping]})


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
