"""How the ratings of one action fall, and who gives which: the same on every machine and every day."""

from random import Random
from statistics import median

DONT_KNOW = "dk"

# In hundredths: level 1, 2, 3, 4, 5, and don't know.
SHAPES = {
    "S": (0, 0, 14, 50, 36, 0),  # strong
    "G": (0, 14, 24, 44, 18, 0),  # good
    "M": (6, 18, 44, 24, 8, 0),  # middling
    "W": (12, 32, 34, 18, 4, 0),  # weak
    "L": (22, 46, 22, 10, 0, 0),  # low
    "P": (12, 14, 28, 24, 22, 0),  # spread
    "X": (26, 20, 8, 22, 24, 0),  # split
    "U": (6, 14, 34, 10, 2, 34),  # many don't know
    "V": (),  # agreed, with one different view
    "F": (),  # few give a level, the others don't know
}
LEANING = {"elected": 0.3, "senior": 0.6, "middle": 0.0, "frontline": -0.5, "citizen": -0.7}
SPLIT = "X"


def cells(shape, people, *about):
    """What ``people`` persons say: levels from low to high, then don't knows. ``about`` names the occasion:
    no two look quite alike."""
    if shape == "V":
        fives = people // 3
        return [1] + [4] * (people - 1 - fives) + [5] * fives
    if shape == "F":
        return [2, 3, 3, 4] + [DONT_KNOW] * (people - 4)
    *counts, unknown = _counts(_varied(shape, _dice(*about)), people)
    levels = [level for level, count in enumerate(counts, start=1) for _ in range(count)]
    return _without_a_lone_voice(levels) + [DONT_KNOW] * unknown


def _varied(shape, dice):
    """The shares with something moved to the level beside; a split keeps its two sides."""
    shares = list(SHAPES[shape])
    steps = [(0, 1), (3, 4)] if shape == SPLIT else [(0, 1), (1, 2), (2, 3), (3, 4)]
    for low, high in steps:
        move = min(dice.randint(0, 5), shares[low], shares[high])
        move *= dice.choice((-1, 1))
        shares[low], shares[high] = shares[low] - move, shares[high] + move
    return shares


def _without_a_lone_voice(levels):
    """In a small group one rating can stand far from the others by accident: bring it nearer."""
    middle = median(levels)
    far = [place for place, level in enumerate(levels) if abs(level - middle) >= 2]
    if len(far) == 1:
        levels[far[0]] += 1 if levels[far[0]] < middle else -1
    return sorted(levels)


def _counts(shares, people):
    """Whole numbers in these proportions that add up to ``people``: the largest remainders are rounded up."""
    exact = [share * people / 100 for share in shares]
    counts = [int(value) for value in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (counts[i] - exact[i], i))
    for i in by_remainder[: people - sum(counts)]:
        counts[i] += 1
    return counts


def spread_over(people, shape, action, *about):
    """Person's address -> cell. Somebody who sees things gladly does so in every round, more or less; a
    split runs along the sectors."""
    said = cells(shape, len(people), action, *about)
    levels = [cell for cell in said if cell != DONT_KNOW]
    knowing = sorted(people, key=lambda person: _chance(person, action, "knows"))
    rated, others = knowing[: len(levels)], knowing[len(levels) :]
    rated.sort(key=lambda person: _gladness(person, action, shape))
    found = {person.email: level for person, level in zip(rated, levels, strict=True)}
    return found | {person.email: DONT_KNOW for person in others}


def who_answers(people, count, absent, gone=0):
    """The people who answer: the same ones first in every round; nobody of an absent organisation, and the
    first ``gone`` no longer.
    """
    there = [person for person in people if person.organisation not in absent]
    return sorted(there, key=lambda person: _chance(person, "answers"))[gone : gone + count]


def _gladness(person, action, shape):
    own = _dice(person.email).gauss(0, 1) + LEANING.get(person.standpoint, 0)
    side = 4 if shape == SPLIT and person.sector in {"council", "police", "education"} else 0
    return own + side + _dice(person.email, action).gauss(0, 0.7)


def _chance(person, *about):
    return _dice(person.email, *about).random()


def _dice(*about):
    """Chance that falls the same way on every machine, which is what an example wants."""
    return Random(" ".join(map(str, about)))  # noqa: S311


def who_writes(by_action, comments):
    """(address, action) -> comment: by somebody who rated that way, nobody twice on one action."""
    found = {}
    for action, tone, text in comments:
        fitting = {"low": (1, 2, 3), "high": (4, 5)}[tone]
        writers = [
            email
            for email, cell in sorted(by_action[action - 1].items())
            if cell in fitting and (email, action) not in found
        ]
        found[_dice(text).choice(writers), action] = text
    return found
