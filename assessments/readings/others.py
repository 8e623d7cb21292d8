"""Where the middle half of a council's other partnerships lie, in words."""

from django.utils.translation import gettext as _

from .. import readings


def between(half):
    """ "2.8 to 3.6"; an en dash where there are too few others."""
    if half is None:
        return readings.results.NOTHING
    low, high = half
    return _("%(low)s to %(high)s") % {"low": readings.results.mean(low), "high": readings.results.mean(high)}


def hover(title, half):
    """What the band says at a spoke."""
    return _("%(title)s: the middle half of the other partnerships, %(half)s") % {
        "title": title,
        "half": between(half),
    }


def in_short(results, halves, others):
    """On how many actions the partnership lies outside that middle half, in a sentence."""
    means = [(each.mean, halves[each.code]) for each in results.actions if each.mean and each.code in halves]
    return _(
        "Beside the middle half of the council's %(others)d other partnerships, %(below)d of %(shown)d "
        "averages are lower and %(above)d higher."
    ) % {
        "others": others,
        "below": sum(mean < low for mean, (low, _high) in means),
        "shown": len(means),
        "above": sum(mean > high for mean, (_low, high) in means),
    }
