"""Rounds of one partnership side by side: which may be, and everything that is read of them together.

What moved between two rounds was counted and stored when the second of them opened its results
(``operations.comparing``); here it is only read, so that a comparison costs the same for ever.
"""

from dataclasses import dataclass
from functools import cached_property

from framework.changes.lineage import Lineage
from framework.queries.lineage import lineage
from framework.queries.wording import wording
from framework.wording.values import ActionWording, AreaWording

from .. import analysis, queries, readings
from ..analysis import ActionResult, AreaResult, Between, Change, Results
from ..models import Round
from ..policies.comparison import FEWEST

USUAL = 4
"""How many are shown to somebody who has not chosen."""


def usual(readable):
    """What is shown to somebody who has not chosen: the latest round and those of its kind before it.

    ``readable`` are in the order in which they closed. None where there is nothing to compare it with.
    """
    if not readable:
        return []
    latest = readable[-1]
    alike = [round for round in readable if _is_of_one_kind(round, latest)][-USUAL:]
    return alike if len(alike) >= FEWEST else []


def _is_of_one_kind(one, other):
    return (
        one.confidentiality == other.confidentiality
        and one.edition.framework_id == other.edition.framework_id
    )


def changes(earlier, later):
    """Each action's change between two rounds; where none was kept, each says why not."""
    found = queries.results.between(earlier, later)
    return found.changes if found else _unknown(earlier, later)


def _unknown(earlier, later):
    related = lineage((earlier.edition_id, later.edition_id))
    before, after = (
        {action.code: action.number for action in wording(each.edition_id, "en").actions}
        for each in (earlier, later)
    )
    return tuple(
        analysis.not_comparable(
            number,
            code,
            related.why(earlier.edition_id, later.edition_id, code) or analysis.RATINGS_REMOVED,
        )
        for code, number in (before | after).items()
    )


def drawn_before(earlier, later, *, equal=False):
    """Action code -> where the line of the earlier round runs, for the actions that mean the same."""
    results = queries.results.of_both(later, earlier)[1]
    related = lineage((earlier.edition_id, later.edition_id))
    means = {action.code: readings.results.drawn(action, equal_weight=equal) for action in results.actions}
    return _of_one_meaning(means, related, earlier, later)


def _of_one_meaning(means, related, earlier, later):
    return {
        code: mean
        for code, mean in means.items()
        if mean is not None and not related.why(earlier.edition_id, later.edition_id, code)
    }


@dataclass(frozen=True)
class ResultInRound:
    """One action, or one area, in one round: ``result`` is None where the round did not ask it.

    ``breaks`` says why it must not be read on from the round before; empty where it may.
    """

    result: ActionResult | AreaResult | None
    breaks: str = ""


@dataclass(frozen=True)
class ComparedAction:
    """One action through the rounds, with how people moved between the last two.

    ``looked_back`` is how they moved from what they said in the last round it had been in the one before.
    """

    words: ActionWording
    cells: tuple[ResultInRound, ...]
    change: Change
    looked_back: Change | None = None

    @property
    def has_agreed(self):
        return any(cell.result and cell.result.agreed for cell in self.cells)


@dataclass(frozen=True)
class ComparedArea:
    words: AreaWording
    cells: tuple[ResultInRound, ...]


@dataclass(frozen=True)
class Comparison:
    """Rounds side by side in the order in which they closed."""

    rounds: tuple[Round, ...]
    results: tuple[Results, ...]
    lineage: Lineage
    between: Between | None
    language: str

    @property
    def earlier(self):
        return self.rounds[-2]

    @property
    def later(self):
        return self.rounds[-1]

    @cached_property
    def words(self):
        """The words of the last round: the rows stand in their order."""
        return self._wordings[-1]

    @cached_property
    def _wordings(self):
        return [wording(round.edition_id, self.language) for round in self.rounds]

    @cached_property
    def rows(self):
        """The actions of the last round, then those that only earlier rounds asked."""
        said = {change.code: change for change in self.changes}
        return tuple(self._row(words, said) for words in self._actions())

    @cached_property
    def before(self):
        """Action code -> where the line of the last round but one runs on the radar."""
        means = {action.code: action.mean for action in self.results[-2].actions}
        return _of_one_meaning(means, self.lineage, self.earlier, self.later)

    @cached_property
    def changes(self):
        return self.between.changes if self.between else _unknown(self.earlier, self.later)

    @property
    def has_looked_back(self):
        """Whether the people of the last round were asked to look back to the one before it."""
        return bool(self._looked_back)

    @cached_property
    def _looked_back(self):
        if self.later.looks_back_to_id != self.earlier.pk:
            return {}
        return {change.code: change for change in self.results[-1].looking_back}

    def _actions(self):
        found = {}
        for words in reversed(self._wordings):
            for action in words.actions:
                found.setdefault(action.code, action)
        return found.values()

    def _row(self, words, said):
        of_code = [
            next((action for action in results.actions if action.code == words.code), None)
            for results in self.results
        ]
        cells = tuple(
            ResultInRound(result, self.breaks(place, words.code)) for place, result in enumerate(of_code)
        )
        return ComparedAction(
            words, cells, said.get(words.code) or _not_asked(words), self._looked_back.get(words.code)
        )

    def breaks(self, place, code):
        """Why the action must not be read on from the round before the one at ``place``."""
        if not place:
            return ""
        before, here = (self.rounds[each].edition_id for each in (place - 1, place))
        return self.lineage.why(before, here, code)

    @cached_property
    def areas(self):
        return tuple(ComparedArea(words, self._area_cells(words.code)) for words in self.words.areas)

    def _area_cells(self, code):
        results = [next((area for area in each.areas if area.code == code), None) for each in self.results]
        return tuple(
            ResultInRound(result, self._area_breaks(place, code)) for place, result in enumerate(results)
        )

    def _area_breaks(self, place, code):
        """An area means something else once its actions do, or are others."""
        if not place:
            return ""
        before, here = (self._codes(each, code) for each in (place - 1, place))
        broken = next(filter(None, (self.breaks(place, each) for each in sorted(before | here))), "")
        return broken or ("moved" if before != here else "")

    def _codes(self, place, area):
        return {action.code for action in self._wordings[place].actions if action.area_code == area}


def _not_asked(words):
    """Of an action that neither of the last two rounds asked there is nothing to say."""
    return analysis.not_comparable(words.number, words.code, "retired")


def compare(rounds, language):
    """The comparison of rounds that ``require_comparable`` lets pass, in any order.

    The number of queries is the same for two rounds and for eight.
    """
    rounds = tuple(sorted(rounds, key=lambda round: round.order))
    results = queries.results.of_rounds(rounds)
    return Comparison(
        rounds=rounds,
        results=tuple(results[round.pk] for round in rounds),
        lineage=lineage(round.edition_id for round in rounds),
        between=queries.results.between(*rounds[-2:]),
        language=language,
    )
