"""What to ask a room, by the pattern of its ratings.

Written for somebody who facilitates people of very different seniority: open questions, nobody singled
out, those with least power first. None asks who gave which rating.
"""

from enum import StrEnum

from django.utils.translation import gettext_lazy as lazy

from ..analysis import Verdict


class Pattern(StrEnum):
    SPLIT = "split"
    AGREED_LOW = "agreed_low"
    LONE_VOICE = "lone_voice"
    MANY_DONT_KNOW = "many_dont_know"
    AGREED_HIGH = "agreed_high"
    AGREED_MIDDLING = "agreed_middling"
    SPREAD = "spread"
    TOO_FEW = "too_few"


OF_VERDICT = {
    Verdict.TOO_FEW: Pattern.TOO_FEW,
    Verdict.SPLIT: Pattern.SPLIT,
    Verdict.LONE_VOICE: Pattern.LONE_VOICE,
    Verdict.AGREED_STRONG: Pattern.AGREED_HIGH,
    Verdict.AGREED_MIDDLING: Pattern.AGREED_MIDDLING,
    Verdict.AGREED_WEAK: Pattern.AGREED_LOW,
    Verdict.SPREAD: Pattern.SPREAD,
}

PROMPTS = {
    Pattern.SPLIT: (
        lazy("Two pictures of the same partnership. What might somebody see who rates this high? And low?"),
        lazy("Take two minutes in pairs first. Then let us hear from those who speak least in meetings."),
        lazy("Is it that we see different things, or that we mean different things by the words?"),
    ),
    Pattern.AGREED_LOW: (
        lazy("We see this alike, and we see a gap. What would one step up look like in daily work?"),
        lazy("What has held this back that is not any one organisation's fault?"),
        lazy("What small thing could we start within a month, without asking anybody's permission?"),
    ),
    Pattern.LONE_VOICE: (
        lazy("Nearly all see this alike. What might the rest of us be missing?"),
        lazy(
            "Nobody needs to say how they rated. Who can argue the other side, whether they hold it or not?"
        ),
        lazy("Where in the system would this look quite different from how it looks here?"),
    ),
    Pattern.MANY_DONT_KNOW: (
        lazy("Many cannot say. Where would we look to find out?"),
        lazy("Who would know, and are they in this room?"),
        lazy("What could those who do know tell the others in one minute?"),
    ),
    Pattern.AGREED_HIGH: (
        lazy("We see this alike, and it is a strength. What do we do that makes it so?"),
        lazy("What could put it at risk in the next year?"),
        lazy("Would citizens and frontline staff who are not here rate it as high?"),
    ),
    Pattern.AGREED_MIDDLING: (
        lazy("We see this alike: it is partly there. Where does it work well, and why there?"),
        lazy("What would have to be true next year for us to rate it one level higher?"),
    ),
    Pattern.SPREAD: (
        lazy("There are many views. What did each of us think of when we rated: which place, which people?"),
        lazy("Let us hear one example of this at its best, and one where it was missing."),
    ),
    Pattern.TOO_FEW: (
        lazy("Too few have rated this to show it. What do we know about it all the same?"),
        lazy("What would each of us need to see to be able to say?"),
    ),
}


def patterns(verdict, *, n, dont_know):
    """The patterns an action shows, the most telling first. ``n`` and ``dont_know`` are people."""
    found = [OF_VERDICT[verdict]]
    if dont_know and 5 * dont_know >= n + dont_know:
        found.insert(1 if verdict is Verdict.SPLIT else 0, Pattern.MANY_DONT_KNOW)
    return tuple(found)


def prompts(shown):
    """Prompts for what has been revealed (it has ``verdict``, ``n`` and ``dont_know``): three at most."""
    first, *rest = patterns(shown.verdict, n=shown.n, dont_know=shown.dont_know)
    texts = PROMPTS[first]
    return _spoken((*texts[:2], PROMPTS[rest[0]][0]) if rest else texts)


def prompts_without_ratings():
    """Where too few ratings are there to show, and the room talks all the same."""
    return _spoken(PROMPTS[Pattern.TOO_FEW])


def _spoken(texts):
    """In the language that is active now."""
    return tuple(map(str, texts))
