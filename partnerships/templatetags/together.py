"""Small pieces of the pages: bars, figures and dates as people read them."""

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils import formats
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

register = template.Library()

LEVELS = (1, 2, 3, 4, 5)

STATES = (
    ("draft", lazy("Draft")),
    ("open", lazy("Open")),
    ("closed", lazy("Closed")),
    ("revealed", lazy("Results opened")),
    ("shared", lazy("Shared")),
)


@register.inclusion_tag("components/disc.html")
def disc(number, area):
    """The number of an action on the colour of its area."""
    return {"number": number, "area": area}


@register.inclusion_tag("components/distribution.html")
def distribution(counts, dont_know=0, label=""):
    """How the ratings fall, as a bar; what "don't know" takes stands outside it, at the right."""
    whole = sum(counts) + dont_know
    return {
        "segments": bar_segments(counts, whole),
        "unknown": unknown_segment(dont_know, whole),
        "text": distribution_words(counts, dont_know),
        "label": plain(label),
    }


def bar_segments(counts, whole):
    """Left edge and width of each level somebody gave, in hundredths of the bar, gaps taken off."""
    segments, left = [], 0.0
    for level, count in zip(LEVELS, counts, strict=True):
        width = 100 * count / whole if whole else 0
        if count:
            segments.append({"level": level, "x": f"{left:.2f}", "width": f"{max(width - 0.7, 0.6):.2f}"})
        left += width
    return segments


def unknown_segment(dont_know, whole):
    """Where the people who don't know stand: after the bar, with a wider gap, so not in anybody's average."""
    if not dont_know:
        return None
    width = 100 * dont_know / whole
    return {"x": f"{101.5 - width:.2f}", "width": f"{max(width - 2, 0.6):.2f}"}


def distribution_words(counts, dont_know=0):
    """The same numbers in words: the bar's text alternative."""
    parts = [level_words(level, count) for level, count in zip(LEVELS, counts, strict=True)]
    if dont_know:
        parts.append(_("don't know: %(count)d") % {"count": dont_know})
    return ", ".join(parts)


def level_words(level, count):
    """ "2: 5 people"."""
    people = ngettext("%(count)d person", "%(count)d people", count) % {"count": count}
    return f"{level}: {people}"


@register.inclusion_tag("components/level_key.html")
def level_key(labels=()):
    """What the colours of the bars stand for."""
    padded = list(labels) + [""] * (len(LEVELS) - len(labels))
    return {"levels": list(zip(LEVELS, padded, strict=False))}


@register.inclusion_tag("components/stepper.html")
def stepper(state):
    """Where a round is on its way from draft to shared."""
    now = [key for key, _words in STATES].index(state)
    steps = [{"words": words, "place": place(index, now)} for index, (_key, words) in enumerate(STATES)]
    return {"steps": steps}


def place(index, now):
    """Whether a step lies behind us, is the present one or is still to come."""
    if index < now:
        return "done"
    return "now" if index == now else "next"


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*pairs):
    """The way here: label, address, label, address; the page itself may close it with an empty address."""
    return {"trail": list(zip(pairs[::2], pairs[1::2], strict=True))}


@register.simple_tag(takes_context=True)
def nav_link(context, name, label):
    """One item of the top bar; the one we are in is marked for eyes and for screen readers.

    Put together here: every page has five, and a template for each took as long as a query.
    """
    try:
        url = reverse(name)
    except NoReverseMatch:
        return ""
    here = (
        (url, "/rounds/") if name == "assessments:partnerships" else url
    )  # a round belongs to a partnership
    request = context.get("request")
    is_current = bool(request) and request.path.startswith(here)
    return format_html(CURRENT_LINK if is_current else LINK, url, label)


LINK = '<li><a href="{}">{}</a></li>'
CURRENT_LINK = '<li><a href="{}" aria-current="page">{}</a></li>'


@register.filter
def plain(text):
    """The words alone, for a title or an attribute, where no mark of their language can stand."""
    return str(text)


@register.filter
def unprompted(field):
    """The field without a placeholder: it would only repeat the label, and vanish when typed over."""
    field.field.widget.attrs.pop("placeholder", None)
    return field


@register.filter
def anchor(field):
    """Where the summary of errors leads: the field, or the first of its radio buttons."""
    if field.use_fieldset and field.subwidgets:
        return field.subwidgets[0].id_for_label
    return field.id_for_label


@register.filter
def long_date(day):
    """14 November 2026."""
    return "" if day is None else formats.date_format(day, "j F Y")
