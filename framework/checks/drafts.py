"""What stands in the way of publishing an edition, and what whoever writes it might look at.

Every finding says where it is, what is wrong and how to mend it. Only those that must be mended stop an
edition; spelling and how easy a text is to read are advice.
"""

import textwrap
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.texts.tidy import alike, can_be_seen

from ..changes.differences import ActionDifference, Differences, differences
from ..changes.kinds import misfits, unanswered
from ..changes.proposals import NAME, TypedChange, propose
from ..wording.parts import name_of, texts_of
from ..wording.values import LEVELS, ActionWording, EditionWording
from .findings import AROUND, KINDS, OF_ACTION, OF_AREA, OVERVIEW, Finding
from .plainwords import PLAIN, not_british, reading_ease
from .radarlabels import CHART_LINES, CHART_WIDTH

ANOTHER = gettext_lazy("Write another one, so that people can tell them apart.")
OPTIONAL = frozenset({"helps", "hinders", "skills_question"})
"""Shown only where there is something to show."""


def check(
    words: EditionWording, before: EditionWording | None = None, changes: Iterable[TypedChange] = ()
) -> tuple[Finding, ...]:
    """Everything found about a draft, what must be mended first.

    ``before`` is the edition it was made from, if any, and ``changes`` what was said of the differences.
    """
    found = [*_edition(words), *_areas(words), *_numbers_and_codes(words), *_told_apart(words)]
    found += [finding for action in words.actions for finding in _action(action)]
    if before:
        differ, changes = differences(before, words), list(changes)
        found += [*_unanswered(words, before, differ, changes), *_misfits(words, before, differ, changes)]
    return tuple(sorted(found, key=lambda finding: not finding.must))


def _edition(words: EditionWording) -> Iterator[Finding]:
    note = {"scale_note": words.scale_note}
    yield from _texts(_("Edition"), note, {"scale_note": _("whose wording this is")}, page=AROUND)
    if not words.actions:
        yield Finding(_("Edition"), _("There is no action in it."), _("Add at least one action."))
    labels = dict.fromkeys(LEVELS, "") | {level.value: level.label for level in words.levels}
    for value, label in labels.items():
        field = f"level_{value}"
        yield from _texts(
            _("Level %(value)d") % {"value": value}, {field: label}, {field: _("label")}, page=AROUND
        )


def _areas(words: EditionWording) -> Iterator[Finding]:
    for area in words.areas:
        where = _("Area “%(name)s”") % {"name": area.name or area.code}
        names = {"name": _("name"), "about": _("what it is about")}
        yield from _texts(where, {"name": area.name, "about": area.about}, names, area.code, OF_AREA)
        if not area.actions:
            yield Finding(
                where,
                _("There is no action in it."),
                _("Move an action here, or take the area away."),
                code=area.code,
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
                )


def _told_apart(words: EditionWording) -> Iterator[Finding]:
    """Two things with the same words, where people have to tell them apart."""
    yield from _titles_apart(words, "title")
    yield from _titles_apart(words, "short_title")
    yield from _areas_apart(words)
    for level, first in _twice(words.levels, "label"):
        where, label = _("Level %(value)d") % {"value": level.value}, _("label")
        what = _("“%(label)s” is also that of level %(value)d.") % {
            "label": level.label,
            "value": first.value,
        }
        yield Finding(where, what, str(ANOTHER), field=f"level_{level.value}", page=AROUND, text=label)


def _titles_apart(words: EditionWording, field: str) -> Iterator[Finding]:
    for action, first in _twice(words.actions, field):
        facts = {"text": getattr(action, field), "number": first.number}
        what = _("“%(text)s” is also that of action %(number)d.") % facts
        yield _of_text(action, field, what, str(ANOTHER))


def _areas_apart(words: EditionWording) -> Iterator[Finding]:
    for area, _first in _twice(words.areas, "name"):
        where, what = _("Area “%(name)s”") % {"name": area.name}, _("Another area has this name.")
        yield Finding(where, what, str(ANOTHER), code=area.code, field="name", page=OF_AREA)
    for area, first in _twice(words.areas, "colour"):
        where = _("Area “%(name)s”") % {"name": area.name or area.code}
        what = _("It has the colour of area “%(name)s”.") % {"name": first.name or first.code}
        mend = _("Choose another colour, if one is free, so that charts can be read at a glance.")
        yield Finding(where, what, mend, must=False, code=area.code, field="colour", page=OF_AREA)


def _twice(things: Iterable[Any], field: str) -> Iterator[tuple[Any, Any]]:
    """Each thing whose text an earlier one has, with that one; capitals, and what nobody sees, make no
    difference."""
    first: dict[str, Any] = {}
    for thing in things:
        text = alike(getattr(thing, field))
        if text and text in first:
            yield thing, first[text]
        first.setdefault(text, thing)


def _action(action: ActionWording) -> Iterator[Finding]:
    texts = {f"level_{value}": "" for value in LEVELS} | texts_of(action)
    yield from _texts(
        _where(action), texts, {field: name_of(field) for field in texts}, action.code, OF_ACTION, OPTIONAL
    )
    yield from _levels_of(action)
    yield from _short_title(action)
    yield from _reading(action)


def _levels_of(action: ActionWording) -> Iterator[Finding]:
    for level, first in _twice(action.levels, "looks_like"):
        field = f"level_{level.value}"
        what = _("It is the same as level %(value)d.") % {"value": first.value}
        mend = _("Write what is different, so that people can choose between them.")
        yield _of_text(action, field, what, mend)
    if any(not can_be_seen(prompt) for prompt in action.prompts):
        yield _of_text(action, "prompts", _("One of them is empty."), _("Take it out."))


def _texts(
    where: str,
    texts: Mapping[str, str],
    names: Mapping[str, str],
    code: str = "",
    page: str = OVERVIEW,
    optional: Collection[str] = (),
) -> Iterator[Finding]:
    """What holds for every text: it is there, and spelled the British way. ``names`` are of the fields."""
    for field, text in texts.items():
        name = names[field]
        if not can_be_seen(text):
            what, mend, must = _("Still empty."), _("Write the words."), field not in optional
            yield Finding(where, what, mend, must, code, field, page, name)
        for word, british in not_british(text):
            what = _("“%(word)s” is not the British spelling.") % {"word": word}
            mend = _("Write “%(word)s”, if that is meant.") % {"word": british}
            yield Finding(where, what, mend, False, code, field, page, name)


def _short_title(action: ActionWording) -> Iterator[Finding]:
    label = f"{action.number} {action.short_title}"
    lines = textwrap.wrap(label, CHART_WIDTH, break_long_words=False)
    if len(lines) > CHART_LINES or max(map(len, lines)) > CHART_WIDTH:
        what = _("“%(text)s” is too long for the chart.") % {"text": action.short_title}
        mend = _("Shorten it to %(lines)d lines of %(width)d letters, the number among them.")
        yield _of_text(action, "short_title", what, mend % {"lines": CHART_LINES, "width": CHART_WIDTH})


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
            field="statement",
            page=OF_ACTION,
        )


def _unanswered(
    words: EditionWording, before: EditionWording, found: Differences, changes: Iterable[TypedChange]
) -> Iterator[Finding]:
    proposals = propose(found)
    actions = {action.code: action for action in (*before.actions, *words.actions)}
    of = {each.code: each for each in found.actions}
    for code in unanswered(found, changes):
        proposed = _proposed(code, proposals)
        yield Finding(
            _where(actions[code]) if code else _("Labels of the levels"),
            _said(of.get(code)) % {"number": before.number},
            _("Say what kind of change this is. It looks like “%(kind)s”: %(effect)s")
            % {"kind": NAME[proposed.kind], "effect": proposed.effect},
            code=code,
            page=KINDS,
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


def _misfits(
    words: EditionWording, before: EditionWording, found: Differences, changes: Iterable[TypedChange]
) -> Iterator[Finding]:
    mend = _("Say again what kind of change it is, or take back what was said.")
    for misfit in misfits(before, words, found, changes):
        of = _("Action “%(code)s”") % {"code": misfit.code} if misfit.code else _("Labels of the levels")
        yield Finding(of, misfit.what, mend, code=misfit.code, page=KINDS)


def _of_text(action: ActionWording, field: str, what: str, mend: str) -> Finding:
    """What must be mended in one text of an action."""
    where, text = _where(action), name_of(field)
    return Finding(where, what, mend, code=action.code, field=field, page=OF_ACTION, text=text)


def _where(action: ActionWording) -> str:
    facts = {"number": action.number, "title": action.title.strip() or action.code}
    return str(_("Action %(number)d “%(title)s”") % facts)
