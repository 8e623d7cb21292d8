"""Who takes part in a rehearsal, and what they say: invented, and the same each time.

One action after another shows another pattern, so that whoever rehearses sees what each looks like.
"""

from itertools import cycle, islice
from statistics import median_low

DONT_KNOW = "dk"
FEWEST = 12

ORGANISATIONS = (
    ("Invented Council", "council"),
    ("Invented Hospital", "nhs"),
    ("Invented Charity", "voluntary"),
)
STANDPOINTS = ("elected", "senior", "middle", "frontline", "citizen", "other")


def people(least):
    """How many take part in a round that shows nothing of fewer than ``least``."""
    return max(FEWEST, least + least // 2 + 1)


def person(number):
    """(name, e-mail address) of one of them. The address reaches nobody: .example is kept free for that."""
    return f"Invented person {number}", f"person{number}@rehearsal.example"


def first(number, count, least):
    """What each of ``count`` people says of the action with this number: a level, ``dk``, or nothing."""
    said = PATTERNS[(number - 1) % len(PATTERNS)](count, least)
    turn = 5 * number % count  # it is not always the same person who differs
    return said[turn:] + said[:turn]


def again(number, count, least):
    """What they say after talking: every second one moves a step towards the middle, or finds a level."""
    before = first(number, count, least)
    middle = median_low(level for level in before if level not in (None, DONT_KNOW))
    return [_moved(said, middle) if place % 2 else _said(said, middle) for place, said in enumerate(before)]


def _moved(said, middle):
    if said in (None, DONT_KNOW):
        return middle
    return said + (said < middle) - (said > middle)


def _said(said, middle):
    """Whoever said nothing at first does so now; whoever did not know may still not."""
    return middle if said is None else said


def worth(count):
    """How they vote at the end on whether it was worth their time."""
    return _some((5, 4, 4, 3), count)


# --- The patterns ---


def _some(levels, count):
    return list(islice(cycle(levels), count))


def _split(count, _least):
    low = count // 2
    return _some((1, 2, 2), low) + _some((4, 5), count - low)


def _lone_voice(count, _least):
    return [1, *_some((4, 4, 5), count - 1)]


def _agreed_low(count, _least):
    return _some((2, 2, 1), count)


def _many_dont_know(count, _least):
    unknown = -(-count // 4)
    return [DONT_KNOW] * unknown + _some((3, 2, 3, 4), count - unknown)


def _agreed_high(count, _least):
    return _some((5, 4), count)


def _too_few(count, least):
    rate = least - 2
    return _some((2, 3, 4), rate) + [None] * (count - rate)


def _spread(count, _least):
    low, middle = count // 4, count // 4
    return _some((1, 1, 2), low) + [3] * middle + _some((4, 5), count - low - middle)


def _agreed_middling(count, _least):
    return _some((3, 3, 4, 2), count)


PATTERNS = (
    _split,
    _lone_voice,
    _agreed_low,
    _many_dont_know,
    _agreed_high,
    _too_few,
    _spread,
    _agreed_middling,
)
