"""What was said of the changes in a draft: the rows an answer has, and whether they fit what differs.

An answer is one row, or one for each part of a split or each source of a merger (``framework.Change``).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..wording.values import EditionWording
from .differences import Differences
from .proposals import TypedChange

BETWEEN = frozenset({"split", "merged"})
SAME_ACTION = ("typo", "clarified", "meaning_changed")


@dataclass(frozen=True)
class Misfit:
    """Something said that does not fit what differs; without a code, of the labels of the levels."""

    code: str
    what: str


def rows(
    kind: str,
    code: str,
    others: Iterable[str],
    words: tuple[EditionWording, EditionWording],
    said: Iterable[TypedChange] = (),
) -> tuple[TypedChange, ...]:
    """The rows of an answer about one action, with everything that belongs to the same split or merger.

    ``others`` are the codes of the actions it was split into or from, merged into or from; ``words`` the two
    wordings, before and after; ``said`` what was said so far. Without a code it is about the level labels.
    """
    before, after = ([action.code for action in side.actions] for side in words)
    if kind == "split":
        return _split(code, list(others), before, after, said)
    if kind == "merged":
        turned = [TypedChange(each.kind, each.after, each.before) for each in said]
        mirrored = _split(code, list(others), after, before, turned, kind)
        return tuple(TypedChange(kind, each.after, each.before) for each in mirrored)
    return (TypedChange(kind, "" if kind == "new" else code, "" if kind == "retired" else code),)


def _split(
    code: str,
    others: Sequence[str],
    before: Sequence[str],
    after: Sequence[str],
    said: Iterable[TypedChange],
    kind: str = "split",
) -> tuple[TypedChange, ...]:
    """One source, several parts. A merger is the same read backwards."""
    source = code if code in before else others[0]
    known = {each.after for each in said if (each.kind, each.before) == (kind, source)}
    parts = {*others} if code in before else {code, *known}
    parts |= {source} & {*after}
    return tuple(TypedChange(kind, source, part) for part in after if part in parts)


def left_alone(said: Iterable[TypedChange]) -> tuple[TypedChange, ...]:
    """Rows that say an action was split into or merged from itself and nothing else: they say nothing."""
    said = list(said)
    return tuple(
        each
        for each in said
        if each.kind in BETWEEN and each.before == each.after and _ends(said).count(each.after) == 2
    )


def _ends(said: Iterable[TypedChange]) -> list[str]:
    return [code for each in said if each.kind in BETWEEN for code in (each.before, each.after)]


def misfits(
    before: EditionWording, after: EditionWording, found: Differences, said: Iterable[TypedChange]
) -> tuple[Misfit, ...]:
    """What was said and cannot be so, the first for each action: it would break a comparison, or keep one,
    without anybody having meant it."""
    said = list(said)
    fits = _Fits(before, after, found, said)
    first: dict[str, Misfit] = {}
    for change in said:
        for misfit in fits.of(change):
            first.setdefault(misfit.code, misfit)
    return tuple(first.values())


class _Fits:
    """The two wordings by what a row can be held against."""

    def __init__(
        self, before: EditionWording, after: EditionWording, found: Differences, said: list[TypedChange]
    ) -> None:
        self.numbers = {"before": before.number, "after": after.number}
        self.gone, self.come = ({action.code for action in side.actions} for side in (before, after))
        self.differ = {each.code for each in found.actions if each.wants_a_kind}
        self.labels, self.said = bool(found.levels), said

    def of(self, change: TypedChange) -> Iterator[Misfit]:
        yield from {
            "split": self._between,
            "merged": self._between,
            "new": self._new,
            "retired": self._retired,
        }.get(change.kind, self._reworded)(change)

    def _reworded(self, change: TypedChange) -> Iterator[Misfit]:
        if not (self.labels if change.of_labels else change.after in self.differ):
            yield self._same(change.after)

    def _new(self, change: TypedChange) -> Iterator[Misfit]:
        if change.after in self.gone:
            what = _("It is said to be new, and was in edition %(before)d already.")
            yield Misfit(change.after, what % self.numbers)

    def _retired(self, change: TypedChange) -> Iterator[Misfit]:
        if change.before in self.come:
            what = _("It is said to be no longer asked, and is in edition %(after)d.")
            yield Misfit(change.before, what % self.numbers)

    def _between(self, change: TypedChange) -> Iterator[Misfit]:
        """What stays under its code has to be named with what came of it, or went into it."""
        what = {
            "split": _("It is said to be split, and is in edition %(after)d without being one of the parts."),
            "merged": _("It is said to be merged, and was in edition %(before)d without being one of them."),
        }
        whole = change.before if change.kind == "split" else change.after
        if change in left_alone(self.said):
            yield Misfit(whole, _("It is said to be split or merged, and no other action is named."))
        if whole in self.gone & self.come and not self._lives_on(whole):
            yield Misfit(whole, what[change.kind] % self.numbers)
        other = change.after if change.kind == "split" else change.before
        if other not in {whole} | self.differ and not self._lives_on(other):
            yield self._same(other)

    def _lives_on(self, code: str) -> bool:
        return any(each.kind in BETWEEN and each.before == code == each.after for each in self.said)

    def _same(self, code: str) -> Misfit:
        what = _("A kind of change is said of it, and its words are those of edition %(before)d.")
        return Misfit(code, what % self.numbers)


def unanswered(found: Differences, changes: Iterable[TypedChange]) -> tuple[str, ...]:
    """The codes of actions nobody has said the kind of change of; an empty one for the level labels."""
    changes = list(changes)
    # An action can also go on under another code.
    before = {change.before for change in changes if change.before != change.after}
    after = {change.after for change in changes}
    scale = any(change.of_labels for change in changes)
    labels = ("",) if found.levels and not scale else ()
    wanted = [each for each in found.actions if each.wants_a_kind]
    return labels + tuple(
        each.code for each in wanted if each.code not in (before if each.is_removed else after)
    )
