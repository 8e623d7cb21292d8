"""What kind of change a difference looks like, for somebody to confirm or to put right.

The rules are this tool's own and only a start: a machine counts words and cannot tell what they mean.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext_lazy as _

from ..wording.values import ActionWording
from .differences import ActionDifference, Differences, TextDifference

EFFECT = {
    "typo": _("The words mean what they meant, so ratings before and after are compared."),
    "clarified": _("The same is asked in clearer words, so ratings before and after are compared."),
    "meaning_changed": _("People now rate something else, so ratings before and after are not compared."),
    "split": _("One action became several, so none of them is compared with the one they came from."),
    "merged": _("Several actions became one, so it is not compared with any of those it came from."),
    "retired": _("It is no longer asked, so nothing new is compared with it. Earlier ratings are kept."),
    "new": _("It was not asked before, so there is nothing to compare it with."),
}
"""One sentence for each kind of ``framework.Change``: what it does to comparisons."""

NAME = {
    "typo": _("a slip put right"),
    "clarified": _("said more clearly"),
    "meaning_changed": _("the meaning changed"),
    "split": _("split"),
    "merged": _("merged"),
    "retired": _("no longer asked"),
    "new": _("new"),
}
"""The kinds of ``framework.Change`` as people read them."""

TYPO_WORDS = 2
"""So many words with a slip of one letter still look like a slip put right."""
CLARIFIED_SHARE = 0.25
"""Up to this share of the words people rate by may change before the meaning looks changed."""
ALIKE = 0.5
"""From this share of long words in common, an action looks as if it came from another."""
TURNS = frozenset(
    [
        *("no", "not", "never", "none", "nobody", "nothing", "without", "cannot", "unless", "only"),
        *("all", "every", "always", "any", "some", "most", "few"),
    ]
)
"""Words that turn what is said: one that goes or comes is enough to ask whether the meaning changed."""


@dataclass(frozen=True)
class TypedChange:
    """What kind of change (``framework.Change``) the actions with these codes had.

    Both codes are empty where it is about the labels of the levels. Proposed here, and decided by people.
    """

    kind: str
    before: str = ""
    after: str = ""

    @property
    def of_labels(self) -> bool:
        """Whether it is about the labels of the levels, and so about every action."""
        return not self.before and not self.after

    @property
    def effect(self) -> str:
        """What this kind does to comparisons, in a sentence."""
        return str(EFFECT[self.kind])


def propose(found: Differences) -> tuple[TypedChange, ...]:
    """A kind for every change somebody has to answer for.

    Where an action looks split or merged there is one proposal for each part or source.
    """
    labels = (TypedChange(_size(found.levels)),) if found.levels else ()
    wanted = [each for each in found.actions if each.wants_a_kind]
    return (*labels, *_proposals(wanted))


def _proposals(wanted: list[ActionDifference]) -> Iterator[TypedChange]:
    family = list(_split(wanted))
    parts = {code for each in family for code in (each.before, each.after)}
    family += _merged([each for each in wanted if each.code not in parts])
    yield from family
    before, after = {each.before for each in family}, {each.after for each in family}
    for each in wanted:
        if each.before and each.after and each.code not in before | after:
            yield TypedChange(_size(each.texts), each.code, each.code)
        elif each.after and not each.before and each.code not in after:
            yield TypedChange("new", after=each.code)
        elif each.before and not each.after and each.code not in before:
            yield TypedChange("retired", before=each.code)


def _split(wanted: list[ActionDifference]) -> Iterator[TypedChange]:
    """Added actions that look like parts of one that is gone or was reworded."""
    sources = [each.before for each in wanted if each.before]
    parts = _parents([each.after for each in wanted if each.after and not each.before], sources)
    for source in sources:
        own = [code for code, parent in parts.items() if parent == source.code]
        own = [source.code, *own] if own and _survives(source.code, wanted) else own
        if len(own) > 1:
            yield from (TypedChange("split", source.code, code) for code in own)


def _merged(wanted: list[ActionDifference]) -> Iterator[TypedChange]:
    """Removed actions that look as if they went into one that is new or was reworded."""
    targets = [each.after for each in wanted if each.after]
    sources = _parents([each.before for each in wanted if each.before and not each.after], targets)
    for target in targets:
        own = [code for code, into in sources.items() if into == target.code]
        own = [target.code, *own] if own and _survives(target.code, wanted) else own
        if len(own) > 1:
            yield from (TypedChange("merged", code, target.code) for code in own)


def _survives(code: str, wanted: list[ActionDifference]) -> bool:
    return any(each.code == code and each.is_reworded for each in wanted)


def _parents(children: Iterable[ActionWording], others: list[ActionWording]) -> dict[str, str]:
    """Which of the others each child looks most like, where it looks like one at all."""
    found = {}
    for child in children:
        nearest = max(others, key=lambda other: _alike(child, other), default=None)
        if nearest and _alike(child, nearest) >= ALIKE:
            found[child.code] = nearest.code
    return found


def _alike(one: ActionWording, other: ActionWording) -> float:
    """The share of the shorter text's long words that the other has, too: 0 to 1."""
    mine, theirs = _long_words(one), _long_words(other)
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))


def _long_words(action: ActionWording) -> frozenset[str]:
    text = f"{action.title} {action.statement} {action.question}"
    return frozenset(word for word in _words(text) if len(word) > 4)


def _size(texts: Iterable[TextDifference]) -> str:
    """The kind of change by how many words people rate by differ, and which."""
    texts = list(texts)
    rated = [text for text in texts if text.is_rated]
    changed = [pair for text in rated for pair in _changed(text)]
    words = [word for pair in changed for side in pair for word in side]
    if TURNS & set(words):
        return "meaning_changed"
    if all(_is_slip(*pair) for pair in changed) and len(changed) <= TYPO_WORDS and len(rated) == len(texts):
        return "typo"
    of = sum(max(len(_words(text.before)), len(_words(text.after))) for text in rated)
    share = sum(max(len(gone), len(come)) for gone, come in changed) / max(1, of)
    return "clarified" if share <= CLARIFIED_SHARE else "meaning_changed"


def _changed(text: TextDifference) -> Iterator[tuple[list[str], list[str]]]:
    """Runs of words that went and the words that came instead; capitals and full stops are no words."""
    old, new = _words(text.before), _words(text.after)
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield old[a:b], new[c:d]


def _is_slip(gone: list[str], come: list[str]) -> bool:
    """One word for another that differs by one letter, or by two that changed places."""
    if len(gone) != 1 or len(come) != 1:
        return False
    one, other = gone[0], come[0]
    if len(one) == len(other):
        differs = [at for at in range(len(one)) if one[at] != other[at]]
        return len(differs) == 1 or (sorted(one) == sorted(other) and len(differs) == 2)
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.casefold())
