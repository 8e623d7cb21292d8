"""The portfolio of a council in words: what might need more attention across it, where to look first."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from partnerships.templatetags.together import long_date

from .. import readings
from ..analysis import Reason, ResponseNote
from ..analysis.portfolio import OTHER_EDITION, OTHER_FRAMEWORK, PortfolioLine
from . import results

NOTHING = results.NOTHING
MOST_ACTIONS = MOST_PARTNERSHIPS = 3
MOST_NAMED = 6

SIGNS = {
    Reason.LOW: ("▼", lazy("low")),
    Reason.SPLIT: ("⇄", lazy("split")),
    Reason.UNKNOWN: ("?", lazy("many don't know")),
    Reason.FALLING: ("↓", lazy("more rate it lower")),
}


@dataclass(frozen=True, slots=True)
class Across:
    """An action firmly on the list of some of the partnerships, ``of`` those that could list it."""

    words: Any
    lines: tuple[PortfolioLine, ...]
    of: int

    @property
    def more(self):
        """How many of the partnerships are not named."""
        return max(0, len(self.lines) - MOST_NAMED)

    @property
    def named(self):
        return self.lines[:MOST_NAMED]

    @property
    def sentence(self):
        facts = {"number": self.words.number, "count": len(self.lines), "of": self.of}
        return (
            ngettext(
                "Action %(number)d is on the list of %(count)d of %(of)d partnership",
                "Action %(number)d is on the list of %(count)d of %(of)d partnerships",
                self.of,
            )
            % facts
        )


def across(portfolio):
    """The actions firmly on the list of the most partnerships, most first, then by number."""
    found = []
    for place, action in enumerate(portfolio.words.actions if portfolio.words else ()):
        cells = [(line, line.cells[place]) for line in portfolio.lines if line.cells]
        listed = tuple(line for line, cell in cells if cell.firm)
        of = sum(cell.kind == "shown" or cell.firm for _line, cell in cells)
        if listed:
            found.append(Across(action, listed, of))
    return sorted(found, key=lambda each: (-len(each.lines), each.words.number))


def in_short(portfolio, found):
    """The most important thing about the council, in a sentence."""
    if not portfolio.with_results:
        return _("No partnership has shared results yet.")
    if not found:
        return _("No action stands out in any partnership.")
    most = len(found[0].lines)
    widest = [each for each in found if len(each.lines) == most]
    if most == 1 and len(portfolio.with_results) > 1:
        return _("No action is on the list of more than one partnership.")
    if len(widest) == 1:
        return f"{found[0].sentence}: {found[0].words.title}."
    if len(widest) <= MOST_ACTIONS:
        numbers = results.joined(each.words.number for each in widest)
        facts = {"numbers": numbers, "count": most}
        return (
            ngettext(
                "Actions %(numbers)s are each on the list of %(count)d partnership.",
                "Actions %(numbers)s are each on the list of %(count)d partnerships.",
                most,
            )
            % facts
        )
    return _("%(actions)d actions are each on the list of %(count)d partnerships.") % {
        "actions": len(widest),
        "count": most,
    }


@dataclass(frozen=True, slots=True)
class Look:
    """A partnership to look at first, and why."""

    line: PortfolioLine
    why: str
    most_pressing: str


def where_to_look(portfolio, language_words):
    """The partnerships with the most actions firmly on the list, at most three; a round of another
    framework counts by its own actions. ``language_words`` gives the wording of a line's edition."""
    listed = sorted(
        (line for line in portfolio.lines if line.listed),
        key=lambda line: (-line.listed, line.of, line.partnership.name.casefold()),
    )
    return [_look(line, language_words(line)) for line in listed[:MOST_PARTNERSHIPS]]


def _look(line, words):
    entry = line.standing.most_pressing or line.standing.firm[0]
    action = next(each for each in line.standing.actions if each.number == entry.number)
    pressing = _("Most pressing: %(number)d %(title)s. %(why)s") % {
        "number": entry.number,
        "title": words.action(entry.number).short_title,
        "why": readings.attention.why(
            action,
            entry,
            _("More people rate it lower than in the round before."),
            readings.attention.few(line.standing.turnout, line.round.least_number),
        ),
    }
    return Look(line, attention(line), pressing)


def nothing_to_go_by(portfolio):
    """Sentences about the partnerships of which nothing can be said, and why."""
    few = [line for line in portfolio.with_results if not line.standing.speaking]
    none = [line.partnership.name for line in portfolio.lines if not line.round]
    found = []
    if few:
        found.append(
            _("Too few answered to say anything: %(names)s.") % {"names": _named(map(_with_turnout, few))}
        )
    if none:
        found.append(_("No shared results: %(names)s.") % {"names": _named(none)})
    return found


def _with_turnout(line):
    turnout = line.standing.turnout
    facts = {"name": line.partnership.name, "answered": turnout.answered, "invited": turnout.invited}
    return _("%(name)s (%(answered)d of %(invited)d)") % facts


def _named(names):
    """The first of the names, and how many more there are."""
    names = list(names)
    more = len(names) - MOST_NAMED
    if more > 1:
        names = [*names[:MOST_NAMED], _("%(count)d more") % {"count": more}]
    return results.joined(names)


def attention(line):
    """ "5 of 11 actions on the list"."""
    facts = {"listed": line.listed, "of": line.of}
    return (
        ngettext(
            "%(listed)d of %(of)d action on the list",
            "%(listed)d of %(of)d actions on the list",
            line.of,
        )
        % facts
    )


def answered(portfolio):
    """ "112 of 170" over all the rounds, with how many partnerships had fewer than half answer."""
    turnouts = [line.standing.turnout for line in portfolio.with_results]
    facts = {
        "answered": sum(each.answered for each in turnouts),
        "invited": sum(each.invited for each in turnouts),
    }
    few = sum(each.note is ResponseNote.NOT_A_PICTURE for each in turnouts)
    note = ngettext(
        "fewer than half in %(count)d partnership", "fewer than half in %(count)d partnerships", few
    ) % {"count": few}
    return _("%(answered)d of %(invited)d") % facts, note if few else _("in the rounds below")


def overdue(portfolio):
    """How many partnerships have a round overdue, and which."""
    late = [line.partnership.name for line in portfolio.lines if line.review.is_overdue]
    if not late:
        return _("None"), _("no partnership is late with its next round")
    return str(len(late)), _named(late)


def next_round(line):
    """When the next round of a partnership is due."""
    if line.review.is_under_way:
        return _("Being rated now")
    if line.review.due is None:
        return _("No round yet")
    if line.review.is_overdue:
        return _("Overdue since %(day)s") % {"day": long_date(line.review.due)}
    return long_date(line.review.due)


def remarks(line):
    """What to know before reading a line: how it was rated, and by how few."""
    if not line.round:
        return []
    found = [_other(line)] if line.kind in (OTHER_EDITION, OTHER_FRAMEWORK) else []
    found += [_("early-stage baseline")] if line.round.is_baseline else []
    found += [_("named round")] if line.round.confidentiality == "named" else []
    note = line.standing.turnout.note
    found += [str(NOTES[note])] if note in NOTES else []
    return found


NOTES = {
    ResponseNote.NOT_A_PICTURE: lazy("fewer than half answered: not a picture of the partnership"),
    ResponseNote.WITH_CARE: lazy("read with care: many did not answer"),
}


def _other(line):
    if line.kind == OTHER_FRAMEWORK:
        return _("rated with %(edition)s, so not counted across the council") % {"edition": line.edition}
    return _("rated with %(edition)s: only actions that meant the same are shown") % {"edition": line.edition}


def signs(why):
    """(signs, words) of the reasons why an action might need more attention."""
    return "".join(SIGNS[each][0] for each in why), ", ".join(str(SIGNS[each][1]) for each in why)


def share_high(line):
    """ "46 %": how many of the ratings are 4 or 5; an en dash where none may be shown."""
    return results.share(line.standing.share_high)


def mean(cell):
    return results.mean(cell.mean)


def of_people(turnout):
    """ "24 of 31"."""
    return _("%(answered)d of %(invited)d") % {"answered": turnout.answered, "invited": turnout.invited}


def closed(round):
    return _("closed %(day)s") % {"day": long_date(timezone.localtime(round.closed_at))}
