"""What the results of a frozen round look like: the same for everybody who may see them, so kept."""

import json
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from framework.queries.wording import wording
from framework.wording.values import ActionWording

from .. import queries, readings
from ..analysis import ActionResult, AttentionEntry, Reason
from ..kept import FOR_EVER, kept
from ..models import AgreedRating, Grouping

EQUAL = "organisation"
PARTS = ("top", "radar", "workshop", "rest")


@dataclass(frozen=True, slots=True)
class ListedAction:
    """An action apart from its figures: what the attention list says of it, whoever looks."""

    code: str
    number: int
    title: str
    colour: str
    reasons: tuple = ()
    why: str = ""
    firm: bool = False


def body(round, weight="", *, changing):
    """What is drawn of the page, in parts, with the few words its head takes from the results; kept.

    Nothing in it may depend on who looks, nor on what can still change: the title, names, next steps. Only
    the earlier round that it is read beside may be none for those who may not see that.
    What the attention list says of next steps is put in by the page, each time. Where every action is
    hidden, what a workshop agreed is the only part: a page of its own says why.
    """
    equal = weight == EQUAL and round.grouping == Grouping.ORGANISATION
    room, before = round.has_finished_workshop, changing.before
    beside = before and (before.pk, before.title)  # which can change
    facts = (round.pk, round.revealed_at, get_language(), equal, room, beside)
    drawn = kept(
        "results drawn",
        facts,
        lambda: _draw(round, equal, round.previous if before else None),
        seconds=FOR_EVER,
    )
    return drawn | {"key": facts}


def _draw(round, equal, beside):
    page = context(round, equal=equal, beside=beside)
    results = page["results"]
    is_readable = any(action.distribution for action in results.actions)
    return {
        "is_readable": is_readable,
        "parts": _parts(page, PARTS if is_readable else ("workshop",)),
        "attention": [_entry(row) for row in page["attention"]],
        "how_many_rated": readings.results.how_many_rated(results),
        "close_to_list": readings.results.close_to_list(results),
        "too_few": [_entry(row) for row in page["too_few"]],
        "is_baseline": results.rules.baseline,
        "note": readings.results.response_note(results.turnout),
        "away": readings.results.away(results.turnout),
        "who_answered": readings.results.who_answered(results.turnout),
        "absent": results.turnout.absent,
        "too_few_answers": results.too_few_answers,
    }


def radar_among_others(round, drawn, others, *, changing):
    """The radar with where the council's other partnerships lie behind it, for officers; kept."""
    facts = (drawn["key"], others.facts)
    return kept("radar among others", facts, lambda: _radar_among(round, changing, others))


def _radar_among(round, changing, others):
    page = context(round, beside=round.previous if changing.before else None)
    results, words = page["results"], page["words"]
    for row in page["rows"]:
        row.half = others.halves.get(row.words.code)
    page["chart"] = chart(results, words, before=page["before"], others=others.halves)
    page["others"] = readings.others.in_short(results, others.halves, others.count)
    return render_to_string("assessments/results/_radar.html", page)


@dataclass
class ShownAction:
    """One action as the page shows it: what may be read of it, in the words of readings."""

    action: ActionResult
    words: ActionWording
    entry: AttentionEntry | None = None
    before: float | None = None
    fell: str = ""
    few: str = ""
    half: tuple | None = None
    """Between which means the middle half of the council's other partnerships lie."""

    @property
    def between(self):
        return readings.others.between(self.half)

    @property
    def mean_before(self):
        """The average of the round beside, where the action meant the same."""
        return readings.results.mean(self.before)

    @property
    def mean(self):
        return readings.results.mean(self.action.mean)

    @property
    def equal_mean(self):
        return readings.results.mean(self.action.equal_weight_mean)

    @property
    def median(self):
        return readings.results.median(self.action.median)

    @property
    def agreement(self):
        return readings.results.agreement(self.action)

    @property
    def reasons(self):
        """Why it is on the attention list."""
        return self.entry.reasons if self.entry else ()

    @property
    def pills(self):
        return readings.results.readings(self.action, self.reasons)

    @property
    def why(self):
        return readings.attention.why(self.action, self.entry, self.fell, self.few) if self.entry else ""

    @property
    def counts(self):
        return self.action.distribution.counts if self.action.distribution else ()

    @property
    def agreed_label(self):
        """The name of the level a workshop agreed."""
        return next((step.label for step in self.words.levels if step.value == self.action.agreed), "")

    @property
    def median_again(self):
        return readings.results.median(self.action.second.distribution.median if self.action.second else None)

    @property
    def moved(self):
        """Whether people moved between their two ratings, where they gave two."""
        change = self.action.second.change if self.action.second else None
        return readings.talk.movement(change) if change else ""

    @property
    def levels(self):
        """Each level of the action with how many gave it, None where that may not be shown."""
        counts = self.counts or (None,) * len(self.words.levels)
        return list(zip(self.words.levels, counts, strict=True))


def _parts(page, names):
    return {part: render_to_string(f"assessments/results/_{part}.html", page) for part in names}


def _entry(row):
    words = row.words
    return ListedAction(
        words.code,
        words.number,
        words.title,
        words.colour,
        reasons=tuple(reason.value for reason in row.reasons),
        why=row.why,
        firm=bool(row.entry and row.entry.firm),
    )


def context(round, *, equal=False, beside=None):
    results, words = queries.results.of(round, beside=beside), wording(round.edition_id, get_language())
    equal = equal and readings.results.has_equal_weight(results)
    before = queries.comparison.drawn_before(beside, round, equal=equal) if beside else {}
    rows = {each.words.number: each for each in _rows(results, words, before, beside)}
    return {
        "results": results,
        "words": words,
        "rows": list(rows.values()),
        "attention": [rows[entry.number] for entry in results.attention],
        "too_few": [rows[number] for number in results.too_few],
        "areas": [_area(area, words, results.rules.baseline) for area in results.areas],
        "cards": cards(results, words),
        "level_labels": [level.label for level in words.levels],
        "summary": readings.results.summary(results, words, equal_weight=equal),
        "gaps": readings.results.gaps(results, equal_weight=equal),
        "chart": chart(results, words, equal=equal, before=before),
        "before": before,
        "beside": beside if before else None,
        "since": _since(results, words, beside),
        "equal": equal,
        "others": "",
        "can_weigh": readings.results.has_equal_weight(results),
        "matters": readings.results.where_weight_matters(results, words),
        **_workshop(round, rows.values()),
    }


def _workshop(round, rows):
    """What the room said when it had talked: the actions it agreed a level for, or rated again, and how
    many it left. Nothing where no workshop has ended."""
    if not round.has_finished_workshop:
        return {"has_workshop": False, "talked": [], "has_second": False, "has_agreed": False, "left": 0}
    rows = list(rows)
    talked = [row for row in rows if row.action.agreed or row.action.second]
    why = (
        dict(AgreedRating.objects.filter(round=round).values_list("action__number", "why")) if talked else {}
    )
    return {
        "has_workshop": True,
        "talked": [(row, why.get(row.words.number, "")) for row in talked],
        "left": len(rows) - len(talked),
        "has_second": any(row.action.second for row in talked),
        "has_agreed": any(row.action.agreed for row in talked),
    }


def _rows(results, words, before, beside):
    listed = readings.results.entries_by_number(results)
    few = readings.attention.few(results.turnout, results.rules.least)
    changes = {change.code: change for change in results.since.changes} if results.since else {}
    for action in results.actions:
        entry = listed.get(action.number)
        fallen = entry and Reason.FALLING in entry.reasons
        yield ShownAction(
            action,
            words.action(action.number),
            entry,
            before.get(action.code),
            readings.attention.fell(changes[action.code], beside.title) if fallen else "",
            few,
        )


def _since(results, words, beside):
    """What has changed since the round beside, in words; None without one."""
    return readings.change.since(results.since, words, beside.title) if results.since else None


def chart(results, words, *, equal=False, before=None, others=None) -> dict[str, Any]:
    figure = readings.charts.radar(results, words, equal_weight=equal, before=before, others=others)
    return json.loads(figure.to_json())


def cards(results, words):
    """The four figures at the top: label, figure, note."""
    turnout = results.turnout
    split, unknown = readings.results.split_on(results), readings.results.least_known(results)
    return {
        "answered": (readings.results.answered(turnout), readings.results.organisations_answered(turnout)),
        "attention": (
            readings.results.might_need_attention(results),
            readings.results.where_most_are(results, words),
        ),
        "split": split,
        "unknown": unknown,
    }


def _area(area, words, baseline):
    found = next(each for each in words.areas if each.code == area.code)
    return {
        "result": area,
        "words": found,
        "mean": readings.results.mean(area.mean),
        "equal_mean": readings.results.mean(area.equal_weight_mean),
        "from": readings.results.area_from(area),
        "attention": readings.results.area_attention(area, baseline=baseline),
    }
