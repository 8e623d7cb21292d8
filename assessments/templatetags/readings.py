"""A reading as a pill."""

from django import template

from ..readings.words import READINGS

register = template.Library()


@register.inclusion_tag("components/reading.html")
def reading(key, words=""):
    """A pill with a sign and a word for a band, a verdict or a reason."""
    tone, sign, usual = READINGS[key]
    return {"tone": tone, "sign": sign, "words": words or usual}
