"""How many moved, in words: exactly, or as coarsely as the counts say it.

A direction of one person or nobody is never told apart, so no sentence here says which it was.
"""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as lazy


class Words(NamedTuple):
    """A sentence for each of the ways in which counts are said; ``people`` and ``count`` are people."""

    exact: str
    up: str
    down: str
    still: str
    all_up: str
    all_down: str


BETWEEN_ROUNDS = Words(
    exact=lazy(
        "Of the %(people)d who rated both times, %(higher)d went up, %(same)d stayed the same and "
        "%(lower)d went down."
    ),
    up=lazy("Of the %(people)d who rated both times, %(count)d went up and at most one went down."),
    down=lazy("Of the %(people)d who rated both times, %(count)d went down and at most one went up."),
    still=lazy("All of the %(people)d who rated both times, or all but at most two, stayed the same."),
    all_up=lazy("All %(people)d who rated both times, or all but one, went up."),
    all_down=lazy("All %(people)d who rated both times, or all but one, went down."),
)

OVER_ALL = Words(
    exact=lazy(
        "Over all actions: of the %(people)d who rated both times, %(higher)d rate more actions higher than "
        "lower, %(same)d as many, and %(lower)d more lower."
    ),
    up=lazy(
        "Over all actions: %(count)d of the %(people)d who rated both times rate more actions higher than "
        "lower, at most one more lower."
    ),
    down=lazy(
        "Over all actions: %(count)d of the %(people)d who rated both times rate more actions lower than "
        "higher, at most one more higher."
    ),
    still=lazy(
        "Over all actions: all of the %(people)d who rated both times, or all but at most two, rate as many "
        "actions higher as lower."
    ),
    all_up=lazy(
        "Over all actions: all %(people)d who rated both times, or all but one, rate more actions higher "
        "than lower."
    ),
    all_down=lazy(
        "Over all actions: all %(people)d who rated both times, or all but one, rate more actions lower "
        "than higher."
    ),
)

LOOKING_BACK = Words(
    exact=lazy(
        "Of the %(people)d who looked back, %(higher)d say it is higher now than then, %(same)d the same "
        "and %(lower)d lower."
    ),
    up=lazy(
        "Of the %(people)d who looked back, %(count)d say it is higher now than then, and at most one lower."
    ),
    down=lazy(
        "Of the %(people)d who looked back, %(count)d say it is lower now than then, and at most one higher."
    ),
    still=lazy("All of the %(people)d who looked back, or all but at most two, say it is the same."),
    all_up=lazy("All %(people)d who looked back, or all but one, say it is higher now than then."),
    all_down=lazy("All %(people)d who looked back, or all but one, say it is lower now than then."),
)

AFTER_TALKING = Words(
    exact=lazy(
        "Of those who rated both times, %(higher)d went higher, %(same)d stayed, %(lower)d went lower."
    ),
    up=lazy("Of the %(people)d who rated both times, %(count)d went higher, and at most one lower."),
    down=lazy("Of the %(people)d who rated both times, %(count)d went lower, and at most one higher."),
    still=lazy("All of the %(people)d who rated both times, or all but at most two, stayed."),
    all_up=lazy("All %(people)d who rated both times, or all but one, went higher."),
    all_down=lazy("All %(people)d who rated both times, or all but one, went lower."),
)


def said(change, words=BETWEEN_ROUNDS):
    """The sentence for the counts of a change; empty where none are shown, or nobody is matched."""
    if not change.matched:
        return ""
    form, count = _form(change.counts)
    facts = {"people": change.matched, "count": count}
    facts |= {name: getattr(change, name) for name in ("lower", "same", "higher")}
    return getattr(words, form) % facts


def _form(counts):
    """Which of the sentences, and how many people it counts."""
    if counts.is_exact:
        return "exact", None
    for way, form in (("higher", "up"), ("lower", "down")):
        if getattr(counts, way) is not None:
            return form, getattr(counts, way)
        if getattr(counts, f"{way}_at_least") is not None:
            return f"all_{form}", None
    return "still", None
