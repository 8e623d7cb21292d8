"""What talking in a workshop brought, in words: who moved, and what was agreed.

The screens of the room and the results say the same because they all ask here.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from ..analysis.change import Reading
from .moved import AFTER_TALKING, said
from .results import joined

MOVED = {
    Reading.HIGHER: lazy("After talking, people rate it higher."),
    Reading.LOWER: lazy("After talking, people rate it lower."),
    Reading.NO_CLEAR_CHANGE: lazy("No clear change between the two ratings."),
    Reading.TOO_FEW: lazy("Too few rated both times to say whether people moved."),
    Reading.NOT_COMPARABLE: lazy("The two ratings cannot be compared."),
}


def movement(change):
    """Whether the same people moved between their two ratings, with the counts where they may be shown."""
    return f"{MOVED[change.reading]} {said(change, AFTER_TALKING)}".strip()


MOVED_BRIEFLY = {
    Reading.HIGHER: lazy("Rated higher after talking"),
    Reading.LOWER: lazy("Rated lower after talking"),
    Reading.NO_CLEAR_CHANGE: lazy("Rated again, no clear change"),
    Reading.TOO_FEW: lazy("Rated again by too few to say"),
}


def movements(changes):
    """Where people moved, a line for each way: "Rated higher after talking: actions 3 and 6".

    ``changes`` is action number -> change, of the actions rated again.
    """
    found: dict[Reading, list[int]] = {reading: [] for reading in MOVED_BRIEFLY}
    for number, change in changes.items():
        if change.reading in found:
            found[change.reading].append(number)
    return [_numbered(str(MOVED_BRIEFLY[reading]), numbers) for reading, numbers in found.items() if numbers]


def _numbered(words, numbers):
    return ngettext("%(words)s: action %(numbers)s", "%(words)s: actions %(numbers)s", len(numbers)) % {
        "words": words,
        "numbers": joined(numbers),
    }


def agreed_hover(title, level, label):
    """What a diamond of the radar says: "Citizens and places: agreed 4, Mostly"."""
    return _("%(title)s: agreed %(level)d, %(label)s") % {"title": title, "level": level, "label": label}
