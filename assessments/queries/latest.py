"""Somebody's partnerships by what they are there, each with its latest round in a line."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from partnerships.models import Membership, Partnership
from partnerships.permissions import Role
from partnerships.templatetags.together import long_date

from ..models import Round
from ..states import RoundState
from .partnership import turnouts

SECTIONS = (
    (Role.LEAD, lazy("You lead")),
    (Role.MEMBER, lazy("You belong to")),
    (Role.OFFICER, lazy("Your council hosts")),
)


def by_role(user):
    """Title and partnerships of each role the person has; a partnership stands once, under the strongest."""
    found = {role: [] for role, _title in SECTIONS}
    belongs = dict(Membership.objects.current().filter(user=user).values_list("partnership", "role"))
    leads = set(
        Membership.objects.current()
        .filter(user=user, role=Membership.Role.LEAD)
        .values_list("partnership", flat=True)
    )
    partnerships = list(_with_counts(Partnership.objects.visible_to(user)))
    news = latest(partnerships, leads)
    for partnership in partnerships:
        partnership.round_line = news.get(partnership.pk) or _("No round yet")
        role = Role.LEAD if partnership.pk in leads else belongs.get(partnership.pk, Role.OFFICER)
        found[role].append(partnership)
    return [(title, found[role]) for role, title in SECTIONS if found[role]]


def _with_counts(partnerships):
    return partnerships.select_related("council").annotate(
        people=Count("memberships", filter=Q(memberships__ended_at=None), distinct=True),
        bodies=Count("organisations", distinct=True),
    )


def latest(partnerships, led):
    """Partnership id -> a line about its latest round, by three queries at most.

    A draft is for those who lead the partnership; that results are open but not shared, too.
    """
    rounds = _newest(partnerships, led)
    asking = [round.pk for round in rounds if round.state in (RoundState.OPEN, RoundState.CLOSED)]
    who = turnouts(round__in=asking)
    return {
        round.partnership_id: _line(round, round.partnership_id in led, who.get(round.pk, (0, 0)))
        for round in rounds
    }


def _newest(partnerships, led):
    rounds = Round.objects.filter(partnership__in=[each.pk for each in partnerships]).newest_first()
    found = {}
    for round in rounds.only("partnership_id", "title", "state", "shared_at", "revealed_at"):
        if round.state != RoundState.DRAFT or round.partnership_id in led:
            found.setdefault(round.partnership_id, round)
    return list(found.values())


def _line(round, is_led, turnout):
    answered, invited = turnout
    facts = {
        "round": round.title,
        "answered": answered,
        "invited": invited,
        "day": long_date(round.shared_at or round.revealed_at),
    }
    if round.state == RoundState.DRAFT:
        return _("%(round)s is a draft: nobody has been asked yet") % facts
    if round.state == RoundState.OPEN:
        return _("%(round)s is open: %(answered)d of %(invited)d have answered") % facts
    if round.state == RoundState.SHARED:
        return _("Results of %(round)s shared %(day)s") % facts
    if not is_led:
        return _("%(round)s is closed: results not shared yet") % facts
    if round.state == RoundState.CLOSED:
        return _("%(round)s is closed: %(answered)d of %(invited)d answered") % facts
    return _("Results of %(round)s opened %(day)s, not shared yet") % facts
