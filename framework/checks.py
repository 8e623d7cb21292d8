"""What stands in the way of publishing an edition, and what whoever writes it might look at (pure).

Every finding says where it is, what is wrong and how to mend it. Only those that must be mended stop an
edition; spelling and how easy a text is to read are advice.
"""

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from framework.differences import ActionDifference, Differences, differences, texts_of
from framework.plainwords import PLAIN, not_british, reading_ease
from framework.proposals import TypedChange, propose
from framework.wording import ActionWording, EditionWording

CHART_WIDTH = 16
"""Letters in a line of a label beside the radar, the number of the action among them."""
CHART_LINES = 3
LEVELS = range(1, 6)

NAMES = {
    "title": gettext_lazy("title"),
    "short_title": gettext_lazy("short title"),
    "statement": gettext_lazy("statement"),
    "question": gettext_lazy("question"),
    "prompts": gettext_lazy("prompts to talk about"),
    "helps": gettext_lazy("what helps"),
    "hinders": gettext_lazy("what gets in the way"),
    "skills_question": gettext_lazy("question about leaders' own skills"),
}
OPTIONAL = frozenset({"helps", "hinders", "skills_question"})
"""Shown only where there is something to show."""


@dataclass(frozen=True)
class Finding:
    """Something about a draft. ``code`` and ``field`` say of which action and text, where it is of one."""

    where: str
    what: str
    mend: str
    must: bool = True
    code: str = ""
    field: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.mend}"


def check(
    words: EditionWording, before: EditionWording | None = None, changes: Iterable[TypedChange] = ()
) -> tuple[Finding, ...]:
    """Everything found about a draft, what must be mended first.

    ``before`` is the edition it was made from, if any, and ``changes`` what was said of the differences.
    """
    found = [*_edition(words), *_areas(words), *_numbers_and_codes(words)]
    found += [finding for action in words.actions for finding in _action(action)]
    if before:
        changes = list(changes)
        found += [*_unanswered(words, before, changes), *_contradicted(words, before, changes)]
    return tuple(sorted(found, key=lambda finding: not finding.must))


def stops(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that have to be mended before the edition can be published."""
    return tuple(finding for finding in findings if finding.must)


def unanswered(found: Differences, changes: Iterable[TypedChange]) -> tuple[str, ...]:
    """The codes of actions nobody has said the kind of change of; an empty one for the level labels."""
    changes = list(changes)
    before = {change.before for change in changes if change.kind in ("retired", "split", "merged")}
    after = {change.after for change in changes}
    scale = any(change.of_labels for change in changes)
    labels = ("",) if found.levels and not scale else ()
    wanted = [each for each in found.actions if each.wants_a_kind]
    return labels + tuple(
        each.code for each in wanted if each.code not in (before if each.is_removed else after)
    )


def _edition(words: EditionWording) -> Iterator[Finding]:
    if not words.scale_note.strip():
        yield _empty(_("Edition"), _("whose wording this is"))
    if not words.actions:
        yield Finding(_("Edition"), _("There is no action in it."), _("Add at least one action."))
    labels = {level.value: level.label for level in words.levels}
    for value in LEVELS:
        if not labels.get(value, "").strip():
            yield _empty(_("Level %(value)d") % {"value": value}, _("label"))


def _areas(words: EditionWording) -> Iterator[Finding]:
    for area in words.areas:
        where = _("Area “%(name)s”") % {"name": area.name or area.code}
        if not area.name.strip():
            yield _empty(where, _("name"))
        if not area.about.strip():
            yield _empty(where, _("what it is about"))
        if not area.actions:
            yield Finding(
                where, _("There is no action in it."), _("Move an action here, or take the area away.")
            )


def _numbers_and_codes(words: EditionWording) -> Iterator[Finding]:
    numbers = [action.number for action in words.actions]
    if numbers and sorted(numbers) != list(range(1, len(numbers) + 1)):
        yield Finding(
            _("Numbers of the actions"),
            _("They are %(numbers)s.") % {"numbers": ", ".join(map(str, numbers))},
            _("Number the actions from 1 to %(last)d, each once.") % {"last": len(numbers)},
        )
    for things in (words.actions, words.areas):
        for code, times in Counter(thing.code for thing in things).items():
            if times > 1:
                yield Finding(
                    _("Code “%(code)s”") % {"code": code},
                    _("%(times)d of the same kind have it.") % {"times": times},
                    _("Give each its own code."),
                    code=code,
                )


def _action(action: ActionWording) -> Iterator[Finding]:
    texts = {f"level_{value}": "" for value in LEVELS} | texts_of(action)
    for field, text in texts.items():
        if not text.strip():
            yield _empty(_where(action), name_of(field), field not in OPTIONAL, action.code, field)
        yield from _spelling(action, field, text)
    yield from _short_title(action)
    yield from _reading(action)


def _short_title(action: ActionWording) -> Iterator[Finding]:
    label = f"{action.number} {action.short_title}"
    lines = textwrap.wrap(label, CHART_WIDTH, break_long_words=False)
    if len(lines) > CHART_LINES or max(map(len, lines)) > CHART_WIDTH:
        yield Finding(
            _where(action, "short_title"),
            _("“%(text)s” is too long for the chart.") % {"text": action.short_title},
            _("Shorten it to %(lines)d lines of %(width)d letters, the number among them.")
            % {"lines": CHART_LINES, "width": CHART_WIDTH},
            code=action.code,
            field="short_title",
        )


def _spelling(action: ActionWording, field: str, text: str) -> Iterator[Finding]:
    for word, british in not_british(text):
        yield Finding(
            _where(action, field),
            _("“%(word)s” is not the British spelling.") % {"word": word},
            _("Write “%(word)s”, if that is meant.") % {"word": british},
            must=False,
            code=action.code,
            field=field,
        )


def _reading(action: ActionWording) -> Iterator[Finding]:
    ease = reading_ease(f"{action.statement} {action.question}")
    if ease is not None and ease < PLAIN:
        yield Finding(
            _where(action),
            _("Statement and question are hard to read (%(ease)d; plain English is %(plain)d and over).")
            % {"ease": ease, "plain": PLAIN},
            _("Use shorter sentences and shorter words."),
            must=False,
            code=action.code,
        )


def _unanswered(
    words: EditionWording, before: EditionWording, changes: Iterable[TypedChange]
) -> Iterator[Finding]:
    found = differences(before, words)
    proposals = propose(found)
    actions = {action.code: action for action in (*before.actions, *words.actions)}
    of = {each.code: each for each in found.actions}
    for code in unanswered(found, changes):
        proposed = _proposed(code, proposals)
        yield Finding(
            _where(actions[code]) if code else _("Labels of the levels"),
            _said(of.get(code)) % {"number": before.number},
            _("Say what kind of change this is. It looks like “%(kind)s”: %(effect)s")
            % {"kind": proposed.kind, "effect": proposed.effect},
            code=code,
        )


def _proposed(code: str, proposals: Iterable[TypedChange]) -> TypedChange:
    """The proposal for an action by its code, for the level labels by none."""
    mine = [each for each in proposals if (code in (each.before, each.after) if code else each.of_labels)]
    return mine[0]


def _said(found: ActionDifference | None) -> str:
    if found and found.is_added:
        return str(_("It was not in edition %(number)d."))
    if found and found.is_removed:
        return str(_("It was in edition %(number)d and is not in this one."))
    return str(_("The words are not those of edition %(number)d."))


def _contradicted(
    words: EditionWording, before: EditionWording, changes: Iterable[TypedChange]
) -> Iterator[Finding]:
    gone, come = ({action.code for action in side.actions} for side in (before, words))
    for change in changes:
        if change.kind == "new" and change.after in gone:
            what = _("It is said to be new, and was in edition %(number)d already.")
            number, code = before.number, change.after
        elif change.kind == "retired" and change.before in come:
            what = _("It is said to be no longer asked, and is in edition %(number)d.")
            number, code = words.number, change.before
        else:
            continue
        where = _("Action “%(code)s”") % {"code": code}
        yield Finding(where, what % {"number": number}, _("Say what kind of change it is."), code=code)


def name_of(field: str) -> str:
    """The name of a text of an action as people read it."""
    if field.startswith("level_"):
        return str(_("what level %(value)s looks like") % {"value": field.removeprefix("level_")})
    return str(NAMES[field])


def _where(action: ActionWording, field: str = "") -> str:
    place = _("Action %(number)d (%(code)s)") % {"number": action.number, "code": action.code}
    return f"{place}, {name_of(field)}" if field else place


def _empty(where: str, name: str, must: bool = True, code: str = "", field: str = "") -> Finding:
    return Finding(f"{where}, {name}", _("It is empty."), _("Write it."), must, code, field)
