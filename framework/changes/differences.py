"""What differs between two wordings, and what kind of change that looks like.

Two wordings in, frozen values out. A proposal is a start for whoever decides: it goes by how many words
changed, and how much that matters is for people to say. What each kind does to comparisons is decided in
``framework.changes.lineage``; here it is said in a sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from ..wording.parts import texts_around, texts_of, texts_of_area
from ..wording.values import ActionWording, EditionWording

RATED = frozenset({"title", "statement", "question"})
"""The fields of an action people rate by, with what each level looks like. Others are read beside it."""


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed, went or came; put together, the pieces give both texts."""

    kind: Literal["same", "gone", "come"]
    text: str


@dataclass(frozen=True)
class TextDifference:
    """One text that is not what it was. ``field`` is the name it has in the wording, or ``level_3``."""

    field: str
    before: str
    after: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return pieces(self.before, self.after)

    @property
    def is_rated(self) -> bool:
        """Whether people rate by this text."""
        return self.field in RATED or self.field.startswith("level_")


@dataclass(frozen=True)
class ActionDifference:
    """An action that was added (no ``before``), removed (no ``after``), moved, renumbered or reworded."""

    before: ActionWording | None
    after: ActionWording | None
    texts: tuple[TextDifference, ...]

    @property
    def code(self) -> str:
        found = self.after or self.before
        return found.code if found else ""

    @property
    def is_added(self) -> bool:
        return self.before is None

    @property
    def is_removed(self) -> bool:
        return self.after is None

    @property
    def is_moved(self) -> bool:
        """Whether it stands in another area."""
        return bool(self.before and self.after and self.before.area_code != self.after.area_code)

    @property
    def is_renumbered(self) -> bool:
        return bool(self.before and self.after and self.before.number != self.after.number)

    @property
    def is_reworded(self) -> bool:
        return bool(self.before and self.after and self.texts)

    @property
    def wants_a_kind(self) -> bool:
        """Whether somebody has to say what kind of change it is. To stand elsewhere means nothing else."""
        return self.is_added or self.is_removed or self.is_reworded


@dataclass(frozen=True)
class AreaDifference:
    """An area that was added, removed, reworded or put elsewhere; ``texts`` also hold its colour."""

    code: str
    is_added: bool
    is_removed: bool
    is_moved: bool
    texts: tuple[TextDifference, ...]


@dataclass(frozen=True)
class Differences:
    """All that differs between two wordings; actions in the order of the later one, the removed last."""

    actions: tuple[ActionDifference, ...]
    areas: tuple[AreaDifference, ...]
    levels: tuple[TextDifference, ...]
    around: tuple[TextDifference, ...]

    def __bool__(self) -> bool:
        return bool(self.actions or self.areas or self.levels or self.around)

    @property
    def added(self) -> tuple[ActionDifference, ...]:
        return tuple(each for each in self.actions if each.is_added)

    @property
    def removed(self) -> tuple[ActionDifference, ...]:
        return tuple(each for each in self.actions if each.is_removed)

    @property
    def renumbered(self) -> tuple[ActionDifference, ...]:
        """Actions of which the number alone is another."""
        return tuple(each for each in self.actions if not each.wants_a_kind and not each.is_moved)

    @property
    def texts(self) -> int:
        """How many texts are not what they were, without those of what was added or removed."""
        inside = [each.texts for each in self.actions] + [each.texts for each in self.areas]
        return sum(map(len, inside)) + len(self.levels) + len(self.around)


def differences(before: EditionWording, after: EditionWording) -> Differences:
    """What differs between two wordings. Actions and areas are the same where their codes are."""
    return Differences(
        actions=tuple(_actions(before, after)),
        areas=tuple(_areas(before, after)),
        levels=_texts(
            {f"level_{level.value}": level.label for level in before.levels},
            {f"level_{level.value}": level.label for level in after.levels},
        ),
        around=_texts(texts_around(before), texts_around(after)),
    )


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """The words of two texts, marked as the same, gone or come."""
    old, new = _words_with_space(before), _words_with_space(after)
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(new[c:d])))
            continue
        found += [Piece("gone", "".join(old[a:b]))] if b > a else []
        found += [Piece("come", "".join(new[c:d]))] if d > c else []
    return tuple(found)


def _actions(before: EditionWording, after: EditionWording) -> Iterator[ActionDifference]:
    old = {action.code: action for action in before.actions}
    kept = {action.code for action in after.actions}
    pairs = [(old.get(action.code), action) for action in after.actions]
    removed = [ActionDifference(action, None, ()) for action in before.actions if action.code not in kept]
    for was, action in pairs:
        texts = _texts(texts_of(was), texts_of(action)) if was else ()
        found = ActionDifference(was, action, texts)
        if found.wants_a_kind or found.is_moved or found.is_renumbered:
            yield found
    yield from removed


def _areas(before: EditionWording, after: EditionWording) -> Iterator[AreaDifference]:
    old, new = ({area.code: area for area in words.areas} for words in (before, after))
    stayed = [code for code in old if code in new]
    moved = {code for code, was in zip([c for c in new if c in old], stayed, strict=True) if code != was}
    for code in [*new, *(code for code in old if code not in new)]:
        texts = (
            _texts(texts_of_area(old[code]), texts_of_area(new[code])) if code in old and code in new else ()
        )
        found = AreaDifference(code, code not in old, code not in new, code in moved, texts)
        if texts or found.is_added or found.is_removed or found.is_moved:
            yield found


def _texts(before: dict[str, str], after: dict[str, str]) -> tuple[TextDifference, ...]:
    fields = [*after, *(field for field in before if field not in after)]
    pairs = [TextDifference(field, before.get(field, ""), after.get(field, "")) for field in fields]
    return tuple(pair for pair in pairs if pair.before != pair.after)


def _words_with_space(text: str) -> list[str]:
    """Words with the space behind them, so that what is shown is exactly what stands there."""
    return re.findall(r"^\s+|\S+\s*", text)
