"""Texts a site may replace with its own."""

from django.template.loader import render_to_string

from ..models import SiteText


def text_of(key):
    """The site's own text where an administrator has written one, ours otherwise."""
    own = SiteText.objects.filter(key=key).values_list("body", flat=True).first()
    return own or default_text(key)


def default_text(key):
    """Our words; plain text, so nothing in it is escaped before the page that shows it does so."""
    return render_to_string(f"partnerships/texts/{key}.txt")
