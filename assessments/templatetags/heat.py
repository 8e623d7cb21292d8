"""The cells of a portfolio's table, put together here and kept: a council has more than a thousand of them,
and a template would take a tenth of a second for that."""

from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .. import readings

register = template.Library()

CELL = '<td data-label="{}" class="heat heat-{}">{}</td>'
SHOWN = (
    '<span class="heat-mean">{}{}</span>'
    '<span class="heat-n">{}<span class="visually-hidden"> {}</span></span>'
)
SIGNS = '<span aria-hidden="true"> {}</span><span class="visually-hidden"> {}</span>'


@register.simple_tag
def portfolio_cells(cells, numbers):
    """A cell for each action: its average with signs, and how many people it comes from. ``cells`` are a
    line's of a portfolio, ``numbers`` those of the actions, both as tuples."""
    return _drawn(cells, numbers, get_language())


@lru_cache(maxsize=2000)
def _drawn(cells, numbers, language):
    drawn = (_cell(number, cell) for number, cell in zip(numbers, cells, strict=True))
    return format_html_join("", CELL, drawn)


def _cell(number, cell):
    return number, cell.step or cell.kind, _inside(cell)


def _inside(cell):
    if cell.kind == "none":
        return readings.portfolio.NOTHING
    shown, said = readings.portfolio.signs(cell.reasons)
    signs = format_html(SIGNS, shown, said) if shown else ""
    if cell.kind == "hidden":
        return format_html("{}{}", _("hidden"), signs)
    return format_html(SHOWN, readings.portfolio.mean(cell), signs, cell.n, _("people"))
