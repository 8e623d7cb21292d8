"""A draft at a glance: every area and action in order, each with what makes it differ."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from ..wording.values import ActionWording, AreaWording, EditionWording
from .differences import ActionDifference, AreaDifference, Differences, differences
from .kinds import SAME_ACTION, unanswered
from .proposals import TypedChange


@dataclass(frozen=True)
class OutlinedAction:
    """An action of the draft, or one that is gone from it, with what makes it differ in words.

    ``is_open``: nobody has said yet what kind of change it is.
    """

    action: ActionWording
    marks: tuple[str, ...] = ()
    was_number: int | None = None
    is_open: bool = False

    @property
    def is_unchanged(self) -> bool:
        """Whether it is what it was, where it was."""
        return not self.marks and self.was_number is None


@dataclass(frozen=True)
class AreaLines:
    """An area of the draft with its actions."""

    area: AreaWording
    lines: tuple[OutlinedAction, ...]
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outline:
    """All of a draft. ``counts`` say what differs, and ``still_open`` how many kinds are still to say."""

    areas: tuple[AreaLines, ...]
    removed: tuple[OutlinedAction, ...]
    removed_areas: tuple[AreaWording, ...]
    levels_differ: bool
    levels_open: bool
    around_differs: bool
    counts: tuple[str, ...]
    still_open: int

    @property
    def differs(self) -> bool:
        """Whether anything is not as it was in the edition the draft was made from."""
        return bool(self.counts)


def outline(words: EditionWording, before: EditionWording | None, said: Iterable[TypedChange]) -> Outline:
    """The draft against the edition it was made from, if any, and what was ``said`` of the changes."""
    said, before = tuple(said), before or words
    found = differences(before, words)
    still_open = frozenset(unanswered(found, said))
    marked = _Marks(words, before, found, said)
    old_areas, now = {area.code: area for area in before.areas}, {area.code for area in words.areas}
    return Outline(
        areas=tuple(
            AreaLines(
                area,
                tuple(marked.line(each, each.code in still_open) for each in area.actions),
                marked.of_area(area),
            )
            for area in words.areas
        ),
        removed=tuple(
            OutlinedAction(each.before, marked.of_removed(each.code), is_open=each.code in still_open)
            for each in found.actions
            if each.before and each.is_removed
        ),
        removed_areas=tuple(area for code, area in old_areas.items() if code not in now),
        levels_differ=bool(found.levels),
        levels_open="" in still_open,
        around_differs=bool(found.around),
        counts=tuple(_counts(found)),
        still_open=len(still_open),
    )


class _Marks:
    """What makes each area and action differ, in words."""

    def __init__(
        self,
        words: EditionWording,
        before: EditionWording,
        found: Differences,
        said: tuple[TypedChange, ...],
    ) -> None:
        self.titles = {action.code: action.title for action in before.actions}
        self.titles_now = {action.code: action.title for action in words.actions}
        self.found = {each.code: each for each in found.actions}
        self.found_areas = {each.code: each for each in found.areas}
        self.said = said

    def line(self, action: ActionWording, is_open: bool) -> OutlinedAction:
        came, found = self._came(action.code), self.found.get(action.code)
        if not found:
            return OutlinedAction(action, came, is_open=is_open)
        was = found.before.number if found.before and found.is_renumbered else None
        return OutlinedAction(action, (*came, *_of_action(found, bool(came))), was, is_open)

    def of_removed(self, code: str) -> tuple[str, ...]:
        said = [each for each in self.said if each.before == code]
        return tuple(WENT[each.kind] % {"title": self.titles_now.get(each.after, "")} for each in said)

    def of_area(self, area: AreaWording) -> tuple[str, ...]:
        found = self.found_areas.get(area.code)
        return tuple(_of_area(found)) if found else ()

    def _came(self, code: str) -> tuple[str, ...]:
        """From which actions it came, where not from itself alone; its own title is not said again."""
        of = [each for each in self.said if each.after == code and each.before]
        others = [self.titles[each.before] for each in of if each.before != code]
        if others:
            return (str(CAME[of[0].kind] % {"titles": ", ".join(f"“{title}”" for title in others)}),)
        return (str(_("first part of a split")),) if any(each.kind == "split" for each in of) else ()


def _of_action(found: ActionDifference, has_parents: bool) -> Iterator[str]:
    if found.is_added and not has_parents:
        yield _("new")
    if found.is_reworded:
        yield _("reworded")
    if found.is_moved and found.before:
        yield _("moved here from “%(area)s”") % {"area": found.before.area_name}


def _of_area(found: AreaDifference) -> Iterator[str]:
    if found.is_added:
        yield _("new")
    if found.texts:
        yield _("reworded")
    if found.is_moved:
        yield _("stands elsewhere")


CAME = {
    "split": gettext_lazy("split from %(titles)s"),
    "merged": gettext_lazy("merged with %(titles)s"),
} | dict.fromkeys(SAME_ACTION, gettext_lazy("goes on from %(titles)s"))
"""Where an action came from, by the kind that was said of it."""

WENT = {
    "merged": gettext_lazy("merged into “%(title)s”"),
    "split": gettext_lazy("split into “%(title)s”"),
    "retired": gettext_lazy("no longer asked"),
} | dict.fromkeys(SAME_ACTION, gettext_lazy("goes on as “%(title)s”"))
"""What became of an action that is gone, by the kind that was said of it."""

COUNTED = (
    ("is_reworded", ngettext_lazy("%(count)d action reworded", "%(count)d actions reworded", "count")),
    ("is_added", ngettext_lazy("%(count)d action added", "%(count)d actions added", "count")),
    ("is_removed", ngettext_lazy("%(count)d action taken out", "%(count)d actions taken out", "count")),
    (
        "is_moved",
        ngettext_lazy("%(count)d action in another area", "%(count)d actions in another area", "count"),
    ),
)
AREAS = ngettext_lazy("%(count)d area changed", "%(count)d areas changed", "count")


def _counts(found: Differences) -> Iterator[str]:
    """ "3 actions reworded" and the like, of whatever there is."""
    for name, words in COUNTED:
        if count := sum(getattr(each, name) for each in found.actions):
            yield words % {"count": count}
    if found.areas:
        yield AREAS % {"count": len(found.areas)}
    if found.levels:
        yield _("labels of the levels changed")
    if found.around:
        yield _("whose wording it is changed")
    if any(each.is_renumbered for each in found.actions):
        yield _("numbers changed")
