"""What the page of a partnership says: its rounds, when the next review is due, what to do next."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from framework.queries.wording import wording
from partnerships.models import Membership

from .. import readings
from ..analysis.dates import months_after
from ..analysis.portfolio import Review
from ..models import Comment, Grouping, Invitation, Response, Round, RoundCounts
from ..states import FROZEN, RoundState
from . import results


@dataclass(frozen=True, slots=True)
class RoundWithTurnout:
    """One round in the list, with who has answered of whom."""

    round: Round
    answered: int
    invited: int


@dataclass(frozen=True, slots=True)
class WhatNext:
    """The one thing for the lead to do now; without an address there is nothing to do."""

    title: str
    text: str
    url: str = ""
    label: str = ""


def lines(partnership, *, with_drafts):
    """The rounds, newest first; drafts for those who may prepare them."""
    who = turnouts(round__partnership=partnership)
    rounds = partnership.rounds.newest_first()
    if not with_drafts:
        rounds = rounds.exclude(state=RoundState.DRAFT)
    return [RoundWithTurnout(round, *who.get(round.pk, (0, 0))) for round in rounds]


def turnouts(**rounds):
    """Round id -> (answered, invited) of the rounds that are looked for, by two queries.

    Frozen rounds say what was counted at the freeze; they say it still when the people are gone.
    """
    answered = Response.objects.filter(
        round=OuterRef("round"), participant=OuterRef("participant"), answered_at__isnull=False
    )
    rows = (
        Invitation.objects.filter(**rounds)
        .annotate(has_answered=Exists(answered))
        .exclude(is_away=True, has_answered=False)
        .values_list("round")
        .annotate(here=Count("pk", filter=Q(has_answered=True)), people=Count("pk"))
        .order_by()
    )
    stored = RoundCounts.objects.filter(**rounds).values_list("round", "data__turnout")
    return {pk: (here, people) for pk, here, people in rows} | {
        pk: (turnout["answered"], turnout["invited"]) for pk, turnout in stored
    }


def review(partnership, rounds, today):
    closed = [round.closed_at for round in rounds if round.closed_at]
    under_way = any(round.state == RoundState.OPEN for round in rounds)
    due = months_after(timezone.localdate(max(closed)), partnership.review_months) if closed else None
    return Review(due, is_overdue=bool(due and due < today and not under_way), is_under_way=under_way)


def readable(rounds, *, is_lead):
    """Those whose results the reader may see, newest first like ``rounds``."""
    states = FROZEN if is_lead else {RoundState.SHARED}
    return [round for round in rounds if round.state in states]


def change(rounds, *, is_lead):
    """(round, the one before, what changed in words) of the latest results the reader may see, or None.

    ``rounds`` are all of the partnership's, so that what is read beside each is among them.
    """
    seen = {round.pk: round for round in readable(rounds, is_lead=is_lead)}
    latest = next(iter(seen.values()), None)
    before = seen.get(latest.previous_id) if latest else None
    found = results.between(before, latest) if before else None
    if found is None:
        return None
    return (
        latest,
        before,
        readings.change.since(found, wording(latest.edition_id, get_language()), before.title),
    )


def organisations(partnership):
    """With how many current members each has."""
    people = Count("memberships", filter=Q(memberships__ended_at=None))
    return partnership.organisations.annotate(people=people)


def leads(partnership):
    return partnership.memberships.current().filter(role=Membership.Role.LEAD)


def what_next(partnership, found, review, *, organisations, members, overdue=0):
    """The next action of a lead, from what there is already. ``found`` are the lines, ``overdue`` is how
    many next steps are."""
    if not organisations:
        return _set_up_organisations(partnership)
    if members < 2:
        return _set_up_members(partnership)
    if not found:
        return _first_round(partnership)
    step = STEP_OF_STATE[found[0].round.state](found[0], review)
    return step if step.url or not overdue else _when_overdue(partnership, overdue)


def _set_up_organisations(partnership):
    return WhatNext(
        _("Add the organisations"),
        _("Start with the bodies that work together: the council, the NHS, voluntary organisations."),
        reverse("organisation_new", args=[partnership.slug]),
        _("Add an organisation"),
    )


def _set_up_members(partnership):
    return WhatNext(
        _("Add the people you want to ask"),
        _("One by one, by pasting a list, or from a spreadsheet."),
        reverse("members", args=[partnership.slug]),
        _("Add members"),
    )


def _first_round(partnership):
    return WhatNext(
        _("Plan the first round"),
        _("In a round everybody says how far some short statements are true today. It takes five minutes."),
        reverse("assessments:round_new", args=[partnership.slug]),
        _("Plan a round"),
    )


def _when_draft(line, _review):
    return WhatNext(
        _("Open “%(round)s” when you are ready") % {"round": line.round},
        _("Look through who will be asked. Nobody has had an e-mail yet."),
        line.round.get_absolute_url(),
        _("Look through the draft"),
    )


def _when_open(line, _review):
    if line.round.is_in_room:
        return WhatNext(
            _("“%(round)s” is being rated in the room") % {"round": line.round},
            _("People join with the code on the screen. At the end of the workshop the results open."),
            line.round.get_absolute_url(),
            _("Go to the round"),
        )
    answered = _("%(answered)d of %(invited)d have answered.") % {
        "answered": line.answered,
        "invited": line.invited,
    }
    return WhatNext(
        _("“%(round)s” is being rated") % {"round": line.round},
        f"{answered} {days_left(line.round, timezone.localdate())}".strip(),
        line.round.get_absolute_url(),
        _("See who has answered"),
    )


def _when_closed(line, _review):
    return WhatNext(
        _("Open the results of “%(round)s”") % {"round": line.round},
        _("The round is closed. From the moment you open the results, no rating changes."),
        line.round.get_absolute_url(),
        _("Go to the round"),
    )


def _when_revealed(line, _review):
    if comments_wait(line.round):
        return WhatNext(
            _("Look through the comments of “%(round)s”") % {"round": line.round},
            _("Nobody else reads a comment before you have looked."),
            reverse("assessments:comments_review", args=[line.round.pk]),
            _("Look through the comments"),
        )
    return WhatNext(
        _("Share the results of “%(round)s”") % {"round": line.round},
        _("So far you alone have seen them."),
        line.round.get_absolute_url(),
        _("Go to the round"),
    )


def _when_shared(line, review):
    if not review.is_overdue:
        return WhatNext(_("Nothing to do just now"), _("The latest results are shared with the members."))
    return WhatNext(
        _("Time for the next round"),
        _("The last one closed longer ago than the partnership wishes between two reviews."),
        reverse("assessments:round_new", args=[line.round.partnership.slug]),
        _("Plan a round"),
    )


def _when_overdue(partnership, overdue):
    return WhatNext(
        ngettext("%(count)d next step is overdue", "%(count)d next steps are overdue", overdue)
        % {"count": overdue},
        _("Say what is done, give it another day, or drop it and say why."),
        reverse("assessments:next_steps", args=[partnership.slug]),
        _("Look at the next steps"),
    )


STEP_OF_STATE = {
    RoundState.DRAFT: _when_draft,
    RoundState.OPEN: _when_open,
    RoundState.CLOSED: _when_closed,
    RoundState.REVEALED: _when_revealed,
    RoundState.SHARED: _when_shared,
}


def comments_wait(round):
    waiting = round.comments.filter(standing=Comment.Judgement.WAITING)
    return round.comments_looked_through_at is None and waiting.exists()


def days_left(round, today):
    """A sentence about the intended closing date; empty where there is none."""
    if round.closing_on is None:
        return ""
    days = (round.closing_on - today).days
    if days < 0:
        return _("The intended closing date has passed.")
    if days == 0:
        return _("It is meant to close today.")
    return ngettext("%(days)d day left.", "%(days)d days left.", days) % {"days": days}


def largest_group(members, grouping):
    """How many people the biggest group has when these members are counted by ``grouping``."""
    group = GROUP_OF[grouping]
    sizes = Counter(group(member) for member in members if member.organisation or grouping == "standpoint")
    sizes.pop("", None)
    return max(sizes.values(), default=0)


GROUP_OF = {
    Grouping.ORGANISATION: lambda member: member.organisation_id,
    Grouping.SECTOR: lambda member: member.organisation.sector,
    Grouping.STANDPOINT: lambda member: member.standpoint,
}


def newcomers(round):
    """Members who joined after the round was opened and have not been asked."""
    return round.partnership.memberships.current().exclude(participant__invitations__round=round)
