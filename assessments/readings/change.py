"""How rounds compare, in words: what page, file and command line say of a change."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from ..analysis import BROUGHT_IN, NOT_PROVED, NOT_RATED, NOT_SAID_SAME, RATINGS_REMOVED
from ..analysis import ChangeReading as Reading
from .moved import LOOKING_BACK, OVER_ALL, said
from .results import actions, extremes, joined
from .results import share as share_of
from .words import words_of

WHY = {
    "meaning_changed": lazy("The meaning changed"),
    "scale_changed": lazy("The scale changed"),
    "split": lazy("Split into others"),
    "merged": lazy("Merged with others"),
    "retired": lazy("No longer asked"),
    "new": lazy("Not asked before"),
    "unrelated": lazy("No record of what changed"),
    "moved": lazy("Other actions in it"),
    RATINGS_REMOVED: lazy("Ratings no longer kept"),
    NOT_RATED: lazy("Not rated in one of the rounds"),
    BROUGHT_IN: lazy("One round came from a file"),
    NOT_PROVED: lazy("People did not prove who they are"),
    NOT_SAID_SAME: lazy("People in files not said to be the same"),
}

WHY_NOBODY = {
    RATINGS_REMOVED: lazy("Who moved since %(since)s is not known: its ratings are no longer kept."),
    BROUGHT_IN: lazy(
        "Who moved since %(since)s cannot be said: one of the rounds was brought in from a file, and its "
        "people are not matched with people who answered here."
    ),
    NOT_PROVED: lazy(
        "Who moved since %(since)s cannot be said: nobody proved in both rounds who they are, as by a "
        "link that was mailed to them or by signing in."
    ),
    NOT_SAID_SAME: lazy(
        "Who moved since %(since)s cannot be said: both rounds were brought in from files, and nobody "
        "said of both that their respondents are the same people."
    ),
}
"""Why none of the people of two rounds can be matched."""


def reading(change):
    """What may be said of the action; where it cannot be compared, why not."""
    return str(WHY[change.why]) if change.why else words_of(pill(change))


def why(breaks):
    return str(WHY[breaks]) if breaks else ""


def pill(change):
    """The key of the ``reading`` tag."""
    if change.reading is Reading.NOT_COMPARABLE:
        return "not_comparable"
    return {Reading.HIGHER: "rising", Reading.LOWER: "falling"}.get(change.reading, change.reading.value)


def moved(change):
    """How many of the same people went up and down: never a difference of averages."""
    return said(change)


def overall(change):
    """The line over all actions, and whether it is clear; empty where it is not shown."""
    counts = change and said(change, OVER_ALL)
    return f"{counts} {OVER_ALL_READING[change.reading]}" if counts else ""


OVER_ALL_READING = {
    Reading.HIGHER: lazy("That is a clear change."),
    Reading.LOWER: lazy("That is a clear change."),
    Reading.NO_CLEAR_CHANGE: lazy("That is no clear change."),
    Reading.TOO_FEW: lazy("That is too few to say more."),
}


def looked_back(change):
    """What people say when they look back: now against then, as they see it today."""
    said = _("Looking back: %(reading)s.") % {"reading": LOOKED_BACK[change.reading]}
    return f"{said} {moved_back(change)}".strip()


def moved_back(change):
    return said(change, LOOKING_BACK)


LOOKED_BACK = {
    Reading.HIGHER: lazy("more say it is higher now"),
    Reading.LOWER: lazy("more say it is lower now"),
    Reading.NO_CLEAR_CHANGE: lazy("no clear change"),
    Reading.TOO_FEW: lazy("too few to say"),
    Reading.NOT_COMPARABLE: lazy("not comparable"),
}


def seen_more_clearly(change, back):
    """What a fall may be that is none when people look back."""
    if back is None or change.reading is not Reading.LOWER:
        return ""
    if back.reading in (Reading.HIGHER, Reading.NO_CLEAR_CHANGE):
        return _("People look back and do not see a fall: they may see more clearly now.")
    return ""


def least_clear(change):
    """That no change could have been clear, where that is so; it says why there is none."""
    if change.reading is not Reading.NO_CLEAR_CHANGE or change.could_show:
        return ""
    return _("So few rated both times that even all of them moving one way would not have been clear.")


# --- The sentence at the top ---


def sentence(changes, since):
    """The most important thing in plain words: what moved since the round of that title."""
    facts = {"since": since}
    tested = [each for each in changes if each.reading in CLEAR]
    if not tested:
        return _nothing_to_say(changes) % facts
    return " ".join(filter(None, (_moved(tested, facts), _rest(changes))))


CLEAR = {Reading.HIGHER, Reading.LOWER, Reading.NO_CLEAR_CHANGE}


def _nothing_to_say(changes):
    if not any(change.comparable for change in changes):
        for why in WHY_NOBODY:
            if any(change.why == why for change in changes):
                return WHY_NOBODY[why]
        return _("No action means the same as in %(since)s, so nothing can be said about change.")
    return _(
        "Too few people answered both times, or a few answered only once: action by action nothing can be "
        "said of change since %(since)s without telling what single people said."
    )


def _moved(tested, facts):
    up, down = (sum(each.reading is way for each in tested) for way in (Reading.HIGHER, Reading.LOWER))
    facts = facts | {"up": up, "down": down, "all": len(tested), "still": len(tested) - up - down}
    if not up and not down:
        if not any(each.could_show for each in tested):
            return (
                _("So few people rated both times that no change since %(since)s could have been clear.")
                % facts
            )
        return (
            ngettext(
                "Since %(since)s there is no clear change in the one action that can be compared.",
                "Since %(since)s there is no clear change in any of %(all)d actions.",
                facts["all"],
            )
            % facts
        )
    return f"{_risen_and_fallen(up, down, facts)}{_still(facts)}"


def _risen_and_fallen(up, down, facts):
    if up and down:
        words = _("Since %(since)s, more people rate %(up)d of %(all)d actions higher and %(down)d lower")
    elif up:
        words = _("Since %(since)s, more people rate %(up)d of %(all)d actions higher and none lower")
    else:
        words = _("Since %(since)s, more people rate %(down)d of %(all)d actions lower and none higher")
    return words % facts


def _still(facts):
    if not facts["still"]:
        return "."
    return _("; for %(still)d there is no clear change.") % facts


def _rest(changes):
    """What the sentence leaves out."""
    few = sum(each.reading is Reading.TOO_FEW for each in changes)
    other = sum(each.reading is Reading.NOT_COMPARABLE for each in changes)
    of_few = ngettext(
        "For %(count)d action there are too few people to say.",
        "For %(count)d actions there are too few people to say.",
        few,
    )
    of_others = ngettext(
        "%(count)d action cannot be compared.", "%(count)d actions cannot be compared.", other
    )
    return " ".join(words % {"count": count} for count, words in ((few, of_few), (other, of_others)) if count)


def since(between, words, title):
    """(sentence, the line over all actions) since the round of that title."""
    return sentence(between.changes, title), overall(between.overall)


# --- Who took part ---


def who(found):
    """ "15 people answered both times, 9 are new and 4 did not answer again."; nobody new is not said."""
    if found is None or found.matched is None:
        return ""
    both = ngettext(
        "%(count)d person answered both times", "%(count)d people answered both times", found.matched
    )
    new = ngettext("%(count)d is new", "%(count)d are new", found.new)
    gone = ngettext("%(count)d did not answer again", "%(count)d did not answer again", found.gone)
    counts = (found.matched, found.new, found.gone)
    pairs = zip((both, new, gone), counts, strict=True)
    said = [words % {"count": count} for words, count in pairs if count or words is both]
    return _("%(said)s.") % {"said": joined(said)}


def mostly_new(found):
    """The note where the people are mostly others: then even a clear change is one of few."""
    if found is None or not found.is_mostly_new:
        return ""
    return _("More than half of the people are different from the time before. Read every change with care.")


def organisations(comparison):
    """(new, gone): names of organisations that answered in only one of the last two rounds.

    One that is called something else is the same organisation.
    """
    before, after = (
        [each for each in results.turnout.organisations if each.answered]
        for results in comparison.results[-2:]
    )
    return _not_among(before, after), _not_among(after, before)


def _not_among(others, organisations):
    return sorted(each.name for each in organisations if not any(each.is_same_as(other) for other in others))


# --- Figures ---


def facts(comparison):
    """ "Spring 2025 to Autumn 2026 · 4 rounds · the meaning of action 5 changed in Autumn 2026"."""
    rounds = comparison.rounds
    span = _("%(first)s to %(last)s") % {"first": rounds[0].title, "last": rounds[-1].title}
    count = ngettext("%(count)d round", "%(count)d rounds", len(rounds)) % {"count": len(rounds)}
    return " · ".join([span, count, *_breaks(comparison)])


def _breaks(comparison):
    for place, round in enumerate(comparison.rounds):
        broken = {row.words.number: row.cells[place].breaks for row in comparison.rows}
        changed = [number for number, breaks in broken.items() if breaks == "meaning_changed"]
        others = [number for number, breaks in broken.items() if breaks and breaks != "meaning_changed"]
        for numbers, words in (
            (changed, _("the meaning of %(actions)s changed in %(round)s")),
            (others, _("%(actions)s cannot be compared in %(round)s")),
        ):
            if numbers:
                yield words % {"actions": lower_first(actions(numbers)), "round": round.title}


def lower_first(text):
    return text[:1].lower() + text[1:]


def radar_summary(comparison):
    """What the radar of the last two rounds shows, for those who see it and those who do not."""
    words, later = comparison.words, comparison.results[-1]
    now = {action.number: action.mean for action in later.actions if action.mean is not None}
    then = {
        words.by_code(code).number: value
        for code, value in comparison.before.items()
        if any(action.code == code for action in words.actions)
    }
    return " ".join(
        f"{named}: {lower_first(extremes(means, words))}"
        for named, means in ((comparison.later.title, now), (_with_what_is_left_out(comparison), then))
        if means
    )


def _with_what_is_left_out(comparison):
    """The title of the earlier round, and what its line leaves out: that may have been highest or lowest."""
    title = comparison.earlier.title
    out = [row.words for row in comparison.rows if _is_left_out(row, comparison.before)]
    if not out:
        return title
    facts = {"round": title, "title": out[0].short_title, "count": len(out)}
    return (
        ngettext(
            "%(round)s, without “%(title)s”, which cannot be compared",
            "%(round)s, without %(count)d actions that cannot be compared",
            len(out),
        )
        % facts
    )


def _is_left_out(row, drawn):
    result = row.cells[-2].result
    return result is not None and result.mean is not None and row.words.code not in drawn


def share_from(results):
    """ "from 10 of 11 actions": said where some are hidden."""
    shown = sum(action.n is not None for action in results.actions)
    if shown == len(results.actions):
        return ""
    return _("from %(shown)d of %(all)d actions") % {"shown": shown, "all": len(results.actions)}


def share(results):
    """ "46 %": how many of the ratings are 4 or 5."""
    return share_of(results.share_high)
