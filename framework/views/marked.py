"""What differs between two editions as it stands on a page: names people read, and words marked."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from ..changes.breaks import Compared
from ..changes.differences import ActionDifference, Piece
from ..models import Area
from ..wording import parts
from ..wording.values import ActionWording


@dataclass(frozen=True)
class Text:
    """A text that differs."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Marked:
    """An action that differs, with where it stood and stands, and whether its ratings are compared."""

    difference: ActionDifference
    action: ActionWording
    texts: tuple[Text, ...]
    notes: tuple[str, ...]
    compared: Compared


@dataclass(frozen=True)
class Page:
    """All that differs, in the order in which it is shown."""

    labels: tuple[Text, ...]
    around: tuple[Text, ...]
    areas: tuple[tuple[str, tuple[str, ...], tuple[Text, ...]], ...]
    actions: tuple[Marked, ...]
    renumbered: tuple[ActionDifference, ...]


def marked(found, before, after, compared):
    """What ``framework.changes.differences`` found, for a page. ``compared`` by the codes of the actions."""
    return Page(
        labels=texts_of(parts.OF_LEVELS, found.levels),
        around=texts_of(parts.OF_EDITION, found.around),
        areas=tuple(_area(each, before, after) for each in found.areas),
        actions=tuple(
            _action(each, compared[each.code]) for each in found.actions if each not in found.renumbered
        ),
        renumbered=found.renumbered,
    )


def texts_of(part, texts):
    """Texts that differ, as people read them."""
    return tuple(Text(parts.name_of_text(part, each.field), each.pieces) for each in texts)


def _action(found, compared):
    return Marked(
        difference=found,
        action=found.after or found.before,
        texts=texts_of(parts.of_action(found.code), found.texts),
        notes=tuple(_notes(found)),
        compared=compared,
    )


def _notes(found):
    if found.is_added:
        yield _("Added.")
    if found.is_removed:
        yield _("Not there any more.")
    if found.is_moved:
        areas = {"from": found.before.area_name, "to": found.after.area_name}
        yield _("Moved from “%(from)s” to “%(to)s”.") % areas
    if found.is_renumbered:
        numbers = {"from": found.before.number, "to": found.after.number}
        yield _("It was number %(from)d and is number %(to)d.") % numbers


def _area(found, before, after):
    names = {area.code: area.name for words in (before, after) for area in words.areas}
    notes = [
        (found.is_added, _("Added.")),
        (found.is_removed, _("Not there any more.")),
        (found.is_moved, _("It stands elsewhere in the order.")),
    ]
    texts = texts_of(parts.of_area(found.code), map(_readable, found.texts))
    return names[found.code], tuple(note for holds, note in notes if holds), texts


def _readable(text):
    """A colour by its name."""
    if text.field != "colour":
        return text
    colours = dict(Area.Colour.choices)
    return replace(text, before=str(colours[text.before]), after=str(colours[text.after]))
