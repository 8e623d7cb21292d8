"""The latest round of each partnership in a line, for the pages that list partnerships."""

from django.utils.translation import gettext as _

from partnerships.templatetags.together import long_date

from ..models import Round
from ..states import RoundState
from .partnership import turnouts


def has_rounds(partnership):
    return partnership.rounds.exists()


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
