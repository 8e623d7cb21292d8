"""Next steps as pages show them: by action, what to look at first, and what the results say of them."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from framework.queries.wording import wording
from framework.wording.values import ActionWording
from partnerships.templatetags.together import long_date

from ..models import NextStep, Round
from ..states import FROZEN, RoundState
from . import editions, results

FIRST_LOOK = 5
"""How many a page about something else shows before it leads to the page of all."""


@dataclass(frozen=True, slots=True)
class StepInWords:
    """One step with the words of its action. ``is_unshared``: only leads read it so far."""

    step: NextStep
    action: ActionWording
    is_overdue: bool
    is_unshared: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many steps are under way, and how many of those are overdue."""

    under_way: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Listing:
    """The page of all steps: (action, lines) of what is under way, and the lines of what has ended."""

    groups: list
    ended: list


@dataclass(frozen=True, slots=True)
class FirstLook:
    """The most pressing steps, and how many more there are."""

    lines: list
    more: int


def counts(partnership, *, is_lead, today):
    late = Count("pk", filter=Q(due_on__lt=today))
    found = partnership.next_steps.readable_by(is_lead=is_lead).under_way()
    return Counts(**found.aggregate(under_way=Count("pk"), overdue=late))


def listing(partnership, *, is_lead, today):
    """All a reader may see: by action in the order of the framework, the most pressing first; then what
    has ended, the latest first."""
    steps, words = partnership.next_steps.readable_by(is_lead=is_lead).with_words(), Words(partnership)
    lines = _lines(steps.under_way().soonest_first(), words, today)
    lines.sort(key=words.place)
    groups = [(action, list(group)) for action, group in groupby(lines, key=lambda line: line.action)]
    return Listing(groups, _lines(steps.ended(), words, today))


def decided(round, *, number=None):
    """What was decided in a round, in the order of its actions; of one action, where ``number`` names it."""
    steps = NextStep.objects.filter(round=round).under_way()
    if number is not None:
        steps = steps.filter(action__number=number)
    return list(steps.select_related("action").order_by("action__number", "pk"))


def first_look(partnership, *, today):
    """What leads look at before they review again, the most pressing first; None if nothing is under way."""
    steps = list(partnership.next_steps.under_way().soonest_first().with_words())
    if not steps:
        return None
    shown = _lines(steps[:FIRST_LOOK], Words(partnership), today)
    return FirstLook(shown, more=len(steps) - len(shown))


def line(step, today):
    return _lines([step], Words(step.partnership), today)[0]


def _lines(steps, words, today):
    return [
        StepInWords(
            step=step,
            action=words.of(step.action),
            is_overdue=step.is_overdue(today),
            is_unshared=bool(step.round and step.round.state != RoundState.SHARED),
        )
        for step in steps
    ]


class Words:
    """The words of actions in the edition the partnership works with now, whichever edition of the same
    framework a step is of."""

    def __init__(self, partnership):
        self.partnership, self.kept = partnership, {}

    def of(self, action):
        """An action that is no more has the words of its own edition."""
        now = self._now(action.edition.framework_id)
        return now.get(action.code) or wording(action.edition_id, get_language()).by_code(action.code)

    def place(self, line):
        """Its place in a list: one framework after the other, in each the actions that are no more last."""
        framework, code = line.step.action.edition.framework_id, line.action.code
        return (framework, code not in self._now(framework), line.action.number, code)

    def _now(self, framework):
        """The actions of a framework as they stand now, by code."""
        if framework not in self.kept:
            edition = edition_in_use(self.partnership, framework)
            actions = wording(edition, get_language()).actions if edition else ()
            self.kept[framework] = {action.code: action for action in actions}
        return self.kept[framework]


def edition_in_use(partnership, framework=None):
    """The key of the edition of the latest round that was opened, else of the newest; None where none is.

    With the key of a framework, of that; else of whichever the latest round is about.
    """
    opened = partnership.rounds.exclude(state=RoundState.DRAFT).newest_first()
    if framework:
        opened = opened.filter(edition__framework=framework)
    latest = opened.values_list("edition", flat=True).first()
    newest = None if latest else editions.newest(partnership, framework)
    return newest.pk if newest else latest


# --- What the results say of them ---


@dataclass(frozen=True, slots=True)
class Decided:
    """What has been decided about one listed action, in a sentence, and how many steps that is."""

    words: str
    count: int


def since_results(round, codes):
    """What has been decided about these actions: what is under way, and what has ended since the results
    were opened. ``changing`` reads the same for the page of the results, as far as each may read it.
    """
    since = Q(state=NextStep.State.OPEN) | Q(closed_at__gte=round.revealed_at)
    return NextStep.objects.filter(
        since,
        partnership=round.partnership_id,
        action__code__in=codes,
        action__edition__framework__editions=round.edition_id,  # another framework may use the same codes
    )


def of_results(facts, codes, *, today):
    """Code -> what has been decided about the action, from (code, owner, due day, state) of each step."""
    found = defaultdict(list)
    for code, owner, due_on, state in facts:
        found[code].append(NextStep(owner=owner, due_on=due_on, state=state))
    return {code: Decided(in_words(found[code], today), len(found[code])) for code in codes}


def in_words(steps, today):
    """ "One next step under way, by Moor Carers, due 14 November 2026." The steps stand soonest first."""
    going = [step for step in steps if step.is_open]
    if len(going) == 1:
        return _one(going[0], today)
    if going:
        return _several(going, today)
    return _none_under_way(steps)


def _one(step, today):
    facts = {"owner": step.owner, "day": long_date(step.due_on)}
    if step.is_overdue(today):
        with_owner = _("One next step under way, by %(owner)s, overdue since %(day)s.")
        without = _("One next step under way, overdue since %(day)s.")
    elif step.due_on:
        with_owner = _("One next step under way, by %(owner)s, due %(day)s.")
        without = _("One next step under way, due %(day)s.")
    else:
        with_owner = _("One next step under way, by %(owner)s.")
        without = _("One next step under way.")
    return (with_owner if step.owner else without) % facts


def _several(going, today):
    facts = {"count": len(going), "late": sum(step.is_overdue(today) for step in going)}
    if facts["late"]:
        words = ngettext(
            "%(count)d next steps under way, %(late)d of them overdue.",
            "%(count)d next steps under way, %(late)d of them overdue.",
            facts["late"],
        )
    elif going[0].due_on:
        facts["day"] = long_date(going[0].due_on)
        words = _("%(count)d next steps under way, the first due %(day)s.")
    else:
        words = _("%(count)d next steps under way.")
    return words % facts


def _none_under_way(steps):
    done = sum(step.state == NextStep.State.DONE for step in steps)
    dropped = len(steps) - done
    if done:
        words = ngettext(
            "One next step done since, none under way.",
            "%(count)d next steps done since, none under way.",
            done,
        )
        return words % {"count": done}
    if dropped:
        words = ngettext(
            "One next step was dropped, none is under way.",
            "%(count)d next steps were dropped, none is under way.",
            dropped,
        )
        return words % {"count": dropped}
    return _("No next step yet.")


# --- What the latest results still ask for ---


@dataclass(frozen=True, slots=True)
class Undecided:
    """A round whose results are open, with its listed actions about which nothing has been decided."""

    round: Round
    actions: list


def gap(partnership):
    """What the latest results still ask for, for leads, who read them first; None if nothing is missing."""
    frozen = partnership.rounds.filter(state__in=FROZEN)
    round = frozen.select_related("previous").newest_first().first()
    if round is None:
        return None
    listed = [entry.code for entry in results.of(round, beside=round.previous).attention]
    decided_on = set(since_results(round, listed).values_list("action__code", flat=True))
    words = wording(round.edition_id, get_language())
    missing = [words.by_code(code) for code in listed if code not in decided_on]
    return Undecided(round, missing) if missing else None


def owners(partnership):
    """Who is suggested as the one who does it: the members and organisations."""
    members = partnership.memberships.current().values_list("name", flat=True)
    names = {*members, *partnership.organisations.values_list("name", flat=True)}
    return sorted(names, key=str.casefold)
