"""What an editor is asked about the changes in a draft, one question for each action.

Asked is what kind of change it was. The kind it looks like comes first, and is not an answer before somebody
gives it.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..wording.parts import texts_of
from ..wording.values import ActionWording, EditionWording
from . import kinds
from .differences import ActionDifference, Differences, TextDifference, differences
from .kinds import unanswered
from .proposals import EFFECT, TypedChange, propose

LABELS = ""
"""The code of the question about the labels of the levels."""

REWORDED, ADDED, REMOVED = "reworded", "added", "removed"
KIND = {
    (REWORDED, "typo"): gettext_lazy("A slip was put right"),
    (REWORDED, "clarified"): gettext_lazy("The same is said more clearly"),
    (REWORDED, "meaning_changed"): gettext_lazy("The meaning changed"),
    (REWORDED, "split"): gettext_lazy("It was split: a part of it became an action of its own"),
    (REWORDED, "merged"): gettext_lazy("It was merged: it took in another action"),
    (ADDED, "new"): gettext_lazy("It is new"),
    (ADDED, "split"): gettext_lazy("It is a part of an action that was split"),
    (ADDED, "merged"): gettext_lazy("It was made of several actions"),
    (REMOVED, "retired"): gettext_lazy("It is no longer asked"),
    (REMOVED, "merged"): gettext_lazy("It was merged into another action"),
    (REMOVED, "split"): gettext_lazy("It was split into several actions"),
}
"""The kinds of change there can be, in words, by how the action differs."""
ASKS = {
    (REWORDED, "split"): gettext_lazy("If it was split: which are the other parts?"),
    (REWORDED, "merged"): gettext_lazy("If it was merged: what did it take in?"),
    (ADDED, "split"): gettext_lazy("If it is a part: of which action?"),
    (ADDED, "merged"): gettext_lazy("If it was made of several: of which?"),
    (REMOVED, "merged"): gettext_lazy("If it was merged: into which action?"),
    (REMOVED, "split"): gettext_lazy("If it was split: into which actions?"),
}
LEAST = {(ADDED, "merged"): 2, (REMOVED, "split"): 2}
"""How many other actions at least, where not one."""
ONE = frozenset({(ADDED, "split"), (REMOVED, "merged")})
"""Where there is exactly one other action."""


@dataclass(frozen=True)
class Option:
    """A kind of change somebody can say. ``others`` are the actions to choose from where it is about more
    than one, and ``proposed`` is whether it looks like this kind, with which of them."""

    kind: str
    words: str
    proposed: bool
    asks: str = ""
    others: tuple[ActionWording, ...] = ()
    looks_like: tuple[str, ...] = ()
    least: int = 0
    only_one: bool = False

    @property
    def effect(self) -> str:
        return str(EFFECT[self.kind])


@dataclass(frozen=True)
class Answer:
    """What somebody says of one question: a kind, the other actions it is about, and the digest they saw."""

    code: str
    kind: str
    others: tuple[str, ...]
    seen: str


@dataclass(frozen=True)
class Question:
    """What is asked about one action, or about the labels of the levels, and what was said of it so far.

    ``digest`` is of all that an answer rests on: once it is another, somebody looks again. ``misfit`` is
    what is wrong with what was said. Where nothing is asked, what was said can only be taken back.
    """

    code: str
    action: ActionWording | None
    difference: ActionDifference | None
    texts: tuple[TextDifference, ...]
    options: tuple[Option, ...]
    said: tuple[TypedChange, ...]
    is_answered: bool
    misfit: str
    digest: str

    @property
    def is_settled(self) -> bool:
        return self.is_answered and not self.misfit

    def option(self, kind: str) -> Option | None:
        return next((each for each in self.options if each.kind == kind), None)


def questions(
    before: EditionWording, after: EditionWording, said: Iterable[TypedChange]
) -> tuple[Question, ...]:
    """A question for every change that wants a kind, and for every answer that fits no change."""
    return tuple(_Asking(before, after, tuple(said)).all())


class _Asking:
    def __init__(self, before: EditionWording, after: EditionWording, said: tuple[TypedChange, ...]) -> None:
        self.before, self.after, self.said = before, after, said
        self.found: Differences = differences(before, after)
        self.proposals = propose(self.found)
        self.open = set(unanswered(self.found, said))
        self.misfits = {each.code: each.what for each in kinds.misfits(before, after, self.found, said)}
        wanted = [each for each in self.found.actions if each.wants_a_kind]
        self.wanted = {each.code: each for each in wanted}
        self.added = tuple(each.after for each in wanted if each.after and each.is_added)
        self.removed = tuple(each.before for each in wanted if each.before and each.is_removed)

    def all(self) -> Iterator[Question]:
        if self.found.levels or LABELS in self.misfits:
            yield self.of_labels()
        left = [code for code in self.misfits if code and code not in self.wanted]
        for code in (*self.wanted, *left):
            yield self.of_action(code)

    def of_labels(self) -> Question:
        proposed = next((each.kind for each in self.proposals if each.of_labels), "")
        said = tuple(each for each in self.said if each.of_labels)
        options = [self._plain(kind, REWORDED, proposed) for kind in kinds.SAME_ACTION] if proposed else []
        return Question(
            code=LABELS,
            action=None,
            difference=None,
            texts=self.found.levels,
            options=_proposed_first(options),
            said=said,
            is_answered=LABELS not in self.open,
            misfit=self.misfits.get(LABELS, ""),
            digest=_digest(self.found.levels, said),
        )

    def of_action(self, code: str) -> Question:
        found = self.wanted.get(code)
        said = tuple(each for each in self.said if code in (each.before, each.after))
        texts = [texts_of(each) for each in (found.before, found.after) if each] if found else ()
        return Question(
            code=code,
            action=(found.after or found.before) if found else self._unchanged(code),
            difference=found,
            texts=found.texts if found else (),
            options=_proposed_first(self._options(found)) if found else (),
            said=said,
            is_answered=code not in self.open,
            misfit=self.misfits.get(code, ""),
            digest=_digest(texts, said),
        )

    def _unchanged(self, code: str) -> ActionWording | None:
        actions = (*self.after.actions, *self.before.actions)
        return next((each for each in actions if each.code == code), None)

    def _options(self, found: ActionDifference) -> list[Option]:
        how = ADDED if found.is_added else REMOVED if found.is_removed else REWORDED
        proposed = next(
            (each for each in self.proposals if found.code in (each.before, each.after)), TypedChange("")
        )
        known = [kind for of, kind in KIND if of == how]
        options = [
            self._family(kind, how, found.code)
            if (how, kind) in ASKS
            else self._plain(kind, how, proposed.kind)
            for kind in known
        ]
        return [each for each in options if len(each.others) >= each.least]

    def _plain(self, kind: str, how: str, proposed: str) -> Option:
        return Option(kind, str(KIND[how, kind]), kind == proposed)

    def _family(self, kind: str, how: str, code: str) -> Option:
        mine = [each for each in self.proposals if each.kind == kind and code in (each.before, each.after)]
        others = self._others(kind, how)
        near = {end for each in mine for end in (each.before, each.after)} - {code}
        return Option(
            kind=kind,
            words=str(KIND[how, kind]),
            proposed=bool(mine),
            asks=str(ASKS[how, kind]),
            others=others,
            looks_like=tuple(each.code for each in others if each.code in near),
            least=LEAST.get((how, kind), 1),
            only_one=(how, kind) in ONE,
        )

    def _others(self, kind: str, how: str) -> tuple[ActionWording, ...]:
        if (how, kind) == (ADDED, "split"):
            return self.before.actions
        if (how, kind) == (REMOVED, "merged"):
            return self.after.actions
        return self.added if kind == "split" else self.removed


def place_of(code: str) -> str:
    """The name on the page of the question about an action, or without a code of that about the labels."""
    return f"kind-{code}" if code else "level-labels"


def wrong(question: Question, kind: str, others: Iterable[str]) -> str:
    """Why this is no answer to the question, in a sentence; empty where it is one."""
    option = question.option(kind)
    if option is None:
        return str(_("Choose one of these."))
    chosen = {*others} & {each.code for each in option.others}
    if option.only_one and len(chosen) != 1:
        return str(_("Choose which action."))
    if len(chosen) < option.least:
        return str(_("Choose at least two actions.") if option.least > 1 else _("Choose which actions."))
    return ""


def _proposed_first(options: Iterable[Option]) -> tuple[Option, ...]:
    return tuple(sorted(options, key=lambda option: not option.proposed))


def _digest(*facts: object) -> str:
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]
