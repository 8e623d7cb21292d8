"""Results into words: the one place where a reading becomes a sentence.

Page, chart and file say the same because they all ask here. Every function takes results and framework
wording and gives text in the language that is active.
"""

from collections import Counter

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..analysis import Reason, ResponseNote, Verdict, shown_mean, shown_median, shown_percent
from .words import words_of

NOTHING = "–"

AGREED = {Verdict.AGREED_STRONG, Verdict.AGREED_MIDDLING, Verdict.AGREED_WEAK}
MANY_DONT_KNOW = "unknown"


def mean(value):
    """A mean as people read it; an en dash for none."""
    return NOTHING if value is None else _decimal(shown_mean(value))


def median(value):
    return NOTHING if value is None else _decimal(shown_median(value))


def _decimal(text):
    """The decimal sign of the language, however many places the text has."""
    places = len(text.partition(".")[2])
    return number_format(text, places)


# --- One action ---


def agreement(action):
    """How far people agree about the action, or that too few said anything."""
    said = "not_rated" if not action.rated else action.verdict
    return hidden_words() if action.hidden else words_of(said)


def hidden_words():
    return _("Too few ratings to show")


def readings(action, reasons=()):
    """Keys of the pills of an action, for the ``reading`` tag: its band, then what the band does not say."""
    if action.hidden or not action.rated:
        return ("hidden",) if action.hidden else ("not_rated",)
    if action.verdict is Verdict.TOO_FEW:
        return ("too_few",)
    said = [action.band.value] if action.band else []
    said += ["split"] if action.verdict is Verdict.SPLIT else []
    said += [MANY_DONT_KNOW] if Reason.UNKNOWN in reasons else []
    said += ["falling"] if Reason.FALLING in reasons else []
    return tuple(said)


def reading_words(action, reasons=()):
    """The same as ``readings``, as text for a file."""
    return "; ".join(_("hidden") if key == "hidden" else words_of(key) for key in readings(action, reasons))


def entries_by_number(results):
    """Action number -> its entry on the attention list."""
    return {entry.number: entry for entry in results.attention}


def facts(action):
    """The figures that sentences about one action are made of."""
    distribution = action.distribution
    return {
        "mean": mean(action.mean),
        "low": distribution.low,
        "high": distribution.high,
        "n": distribution.n,
        "unknown": distribution.dont_know,
        "people": distribution.n + distribution.dont_know,
    }


def people(count):
    return ngettext("%(count)d person", "%(count)d people", count) % {"count": count}


def actions(numbers):
    """ "Action 8", "Actions 3 and 8", "4 actions"."""
    if len(numbers) == 1:
        return _("Action %(number)d") % {"number": numbers[0]}
    if len(numbers) == 2:
        return _("Actions %(one)d and %(other)d") % {"one": numbers[0], "other": numbers[1]}
    return _("%(count)d actions") % {"count": len(numbers)}


def numbered(numbers):
    """ "action 8", "actions 3, 8 and 9"."""
    facts = {"numbers": joined(numbers)}
    return ngettext("action %(numbers)s", "actions %(numbers)s", len(numbers)) % facts


def share(value):
    """ "46 %": how many of the ratings are 4 or 5; an en dash where none may be shown."""
    return NOTHING if value is None else _("%(share)d %%") % {"share": shown_percent(value)}


def joined(names):
    """ "Police", "Police and Fire", "Police, Fire and Housing"."""
    *most, last = [str(name) for name in names]
    if not most:
        return last
    return _("%(most)s and %(last)s") % {"most": ", ".join(most), "last": last}


# --- Who answered ---


def answered(turnout):
    facts = {"answered": turnout.answered, "invited": turnout.invited, "guests": turnout.guests}
    words = _("%(answered)d of %(invited)d") % facts
    guests = ngettext("%(guests)d guest", "%(guests)d guests", turnout.guests) % facts
    return _("%(people)s, and %(guests)s") % {"people": words, "guests": guests} if turnout.guests else words


def who_answered(turnout):
    """The same as a sentence."""
    facts = {"answered": turnout.answered, "invited": turnout.invited, "guests": turnout.guests}
    if not turnout.guests:
        return _("%(answered)d of %(invited)d people invited answered.") % facts
    return (
        ngettext(
            "%(answered)d of %(invited)d people invited answered, and %(guests)d guest.",
            "%(answered)d of %(invited)d people invited answered, and %(guests)d guests.",
            turnout.guests,
        )
        % facts
    )


def organisations_answered(turnout):
    """How many organisations answered, and those that did not by name."""
    if not turnout.organisations_invited:
        return ""
    facts = {"answered": turnout.organisations_answered, "invited": turnout.organisations_invited}
    if turnout.absent:
        facts["absent"] = joined(turnout.absent)
        return _("%(answered)d of %(invited)d organisations; nobody from %(absent)s") % facts
    return (
        ngettext("from the one organisation", "from all %(invited)d organisations", facts["invited"]) % facts
    )


def away(turnout):
    if not turnout.away:
        return ""
    return ngettext(
        "%(count)d person was away and is not counted.",
        "%(count)d people were away and are not counted.",
        turnout.away,
    ) % {"count": turnout.away}


def response_note(turnout):
    """How to read a low response: (title, text), or None where there is nothing to say."""
    facts = {"answered": turnout.answered, "invited": turnout.invited}
    if turnout.note is ResponseNote.NOT_A_PICTURE:
        return (
            _("This is not a picture of the partnership"),
            _("%(answered)d of %(invited)d people answered: fewer than half. Read it as what they think.")
            % facts,
        )
    if turnout.note is ResponseNote.WITH_CARE:
        return (
            _("Read this with care"),
            _("%(answered)d of %(invited)d people answered. The others may see it differently.") % facts,
        )
    return None


# --- The figures at the top ---


def might_need_attention(results):
    """ "6 of 11": how many of the actions that have enough ratings, or are listed because they have not."""
    listed = {entry.number for entry in results.attention}
    silent = {*results.too_few, *results.not_rated} - listed
    return _("%(listed)d of %(shown)d") % {
        "listed": len(listed),
        "shown": len(results.actions) - len(silent),
    }


def how_many_rated(results):
    """ "6 of 11 actions were rated.": said where nobody was asked about the others."""
    if not results.not_rated:
        return ""
    rated, every = len(results.actions) - len(results.not_rated), len(results.actions)
    facts = {"rated": rated, "all": every, "others": numbered(results.not_rated)}
    return _("%(rated)d of %(all)d actions were rated. Nobody was asked about %(others)s.") % facts


def close_to_list(results):
    """Which actions are not on the attention list, and nearly are; empty where none is."""
    if not results.close_to_list:
        return ""
    return _("Not on the list, but as close to it: %(actions)s.") % {
        "actions": numbered(results.close_to_list)
    }


def where_most_are(results, words):
    """In which area most of the attention list lies."""
    if not results.attention:
        return _("low averages do not count") if results.rules.baseline else _("nothing stands out")
    area_of = {action.code: action.area_name for action in words.actions}
    found = Counter(area_of[entry.code] for entry in results.attention)
    (area, most), *rest = found.most_common()
    if not rest:
        return _("in %(area)s") % {"area": area}
    if 2 * most > len(results.attention):
        return _("most of them in %(area)s") % {"area": area}
    return ngettext("in %(count)d area", "across %(count)d areas", len(found)) % {"count": len(found)}


def split_on(results):
    """(figure, note): the actions that divide the ratings in two camps."""
    split = [action for action in results.actions if action.verdict is Verdict.SPLIT]
    if not split:
        return _("No action"), _of_those_shown(results, _("none has two camps"), _("none of those shown"))
    numbers = [action.number for action in split]
    if len(split) > 1:
        return actions(numbers), _("each with people at both ends of the scale")
    return actions(numbers), _("%(low)d rated it 1 or 2, %(high)d rated it 4 or 5") % facts(split[0])


def least_known(results):
    """(figure, note): the actions about which the most people said don't know."""
    said = {action.number: action for action in results.actions if action.dont_know}
    if not said:
        nobody, shown = _("nobody said they don't know"), _("nobody, of the actions shown")
        return _("No action"), _of_those_shown(results, nobody, shown)
    most = max(action.dont_know for action in said.values())
    numbers = [number for number, action in said.items() if action.dont_know == most]
    if len(numbers) > 1:
        return actions(numbers), _("said by %(count)d each") % {"count": most}
    return actions(numbers), _("%(unknown)d of %(people)d said so") % facts(said[numbers[0]])


def _of_those_shown(results, words, words_if_hidden):
    """What is said of all actions, or of some only: nothing may be claimed about the hidden ones."""
    return words_if_hidden if any(action.n is None for action in results.actions) else words


# --- The chart in one sentence ---


def drawn(action, *, equal_weight=False):
    """The mean through which the line of the radar runs: by people, or with equal weight."""
    return action.equal_weight_mean if equal_weight else action.mean


def summary(results, words, *, equal_weight=False):
    """What the radar shows, for those who see it and those who do not."""
    shown = [action for action in results.actions if action.mean is not None]
    means = {action.number: drawn(action, equal_weight=equal_weight) for action in results.actions}
    means = {number: value for number, value in means.items() if value is not None}
    if not means:
        return _("No action has enough ratings to draw.")
    return " ".join(filter(None, (extremes(means, words), _agreeing(shown))))


def extremes(means, words):
    """Which actions people rate highest and lowest; ``means`` by action number."""
    highest, lowest = mean(max(means.values())), mean(min(means.values()))
    if highest == lowest:
        return _("On average people rate every action %(mean)s.") % {"mean": highest}
    return _("On average people rate %(high)s highest (%(highest)s) and %(low)s lowest (%(lowest)s).") % {
        "high": _titles(highest, means, words),
        "highest": highest,
        "low": _titles(lowest, means, words),
        "lowest": lowest,
    }


def _titles(shown, means, words):
    """Every action of which people read this figure: a difference nobody can see is none."""
    alike = [number for number, each in means.items() if mean(each) == shown]
    if len(alike) > 2:
        return numbered(alike)
    return joined(f"“{words.action(number).short_title}”" for number in alike)


def _agreeing(shown):
    read = [action for action in shown if action.verdict is not Verdict.TOO_FEW]
    if not read:
        return ""
    facts = {
        "agreed": sum(action.verdict in AGREED | {Verdict.LONE_VOICE} for action in read),
        "shown": len(read),
        "split": sum(action.verdict is Verdict.SPLIT for action in read),
    }
    if facts["split"]:
        return _("They agree on %(agreed)d of %(shown)d actions and are split on %(split)d.") % facts
    return _("They agree on %(agreed)d of %(shown)d actions and are split on none.") % facts


def gaps(results, *, equal_weight=False):
    """Why the line has gaps: not rated, too few ratings, or with equal weight too few organisations."""
    left = [*results.not_rated]
    few = [each.number for each in results.actions if each.mean is None and each.rated]
    gone = [each.number for each in results.actions if drawn(each, equal_weight=equal_weight) is None]
    return " ".join(
        _gap(numbers) % {"numbers": joined(numbers), "why": why}
        for numbers, why in (
            (left, _("nobody was asked about it")),
            (few, _("too few ratings to show")),
            (
                [each for each in gone if each not in (*few, *left)],
                _("no second organisation to weigh against"),
            ),
        )
        if numbers
    )


def _gap(numbers):
    return ngettext(
        "The line has a gap at action %(numbers)s: %(why)s.",
        "The line has gaps at actions %(numbers)s: %(why)s.",
        len(numbers),
    )


def level_hover(title, level, label, count):
    """What a dot of the radar says: "Citizens and places: 9 people said 4, Mostly"."""
    return ngettext(
        "%(title)s: %(count)d person said %(level)d, %(label)s",
        "%(title)s: %(count)d people said %(level)d, %(label)s",
        count,
    ) % {"title": title, "count": count, "level": level, "label": label}


def mean_hover(title, action, *, equal_weight=False):
    facts = {
        "title": title,
        "mean": mean(drawn(action, equal_weight=equal_weight)),
        "people": people(action.n),
    }
    if equal_weight:
        return _("%(title)s: average %(mean)s, each organisation counting the same") % facts
    return _("%(title)s: average %(mean)s, from %(people)s") % facts


# --- Areas and equal weight ---


def area_from(area):
    """ "from 1 of 2 actions"."""
    if area.n == area.n_actions == 2:
        return _("from both actions")
    if area.n == area.n_actions:
        return ngettext("from its one action", "from all %(count)d actions", area.n) % {"count": area.n}
    return ngettext(
        "from %(shown)d of %(all)d action", "from %(shown)d of %(all)d actions", area.n_actions
    ) % {
        "shown": area.n,
        "all": area.n_actions,
    }


def area_attention(area, *, baseline=False):
    if not area.attention:
        return _("none is split or little known") if baseline else _("none stands out")
    return ngettext(
        "%(count)d might need more attention", "%(count)d might need more attention", area.attention
    ) % {"count": area.attention}


def has_equal_weight(results):
    """Whether the switch says anything: some action has ratings from at least two organisations."""
    return any(action.equal_weight_mean is not None for action in results.actions)


def where_weight_matters(results, words):
    """A sentence for each action whose two averages lie half a level or more apart."""
    return [
        _("%(number)d %(title)s: %(mean)s by people, %(equal)s with equal weight for each organisation.")
        % {
            "number": action.number,
            "title": words.action(action.number).short_title,
            "mean": mean(action.mean),
            "equal": mean(action.equal_weight_mean),
        }
        for action in results.actions
        if action.equal_weight_differs
    ]
