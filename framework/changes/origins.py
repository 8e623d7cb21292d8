"""From which actions of the edition before each action of a draft came.

Actions are split, merged and retired one after another, in any order, and taken back again. What has to be
said of the changes (``framework.Change``) follows from where everything ended up, not from the steps.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .proposals import TypedChange


@dataclass(frozen=True)
class Origins:
    """The codes ``before``, and for each code of the draft those it came from: none for a new action."""

    before: frozenset[str]
    came: Mapping[str, frozenset[str]]

    def with_new(self, code: str) -> "Origins":
        return self._with({code: frozenset()})

    def with_split(self, code: str, part: str) -> "Origins":
        """``part`` came from where ``code`` came from."""
        return self._with({part: self.came[code]})

    def with_merged(self, into: str, source: str) -> "Origins":
        """``source`` is gone, and ``into`` came from where both came from."""
        together = self.came[into] | self.came[source]
        return self.without(source)._with({into: together})

    def without(self, code: str) -> "Origins":
        return replace(self, came={each: of for each, of in self.came.items() if each != code})

    def with_back(self, code: str) -> "Origins":
        """``code`` is what it was, so nothing else came from it."""
        others = {each: of - {code} or self._own(each) for each, of in self.came.items()}
        return replace(self, came=others | {code: frozenset({code})})

    def gone_with(self, code: str) -> tuple[str, ...]:
        """Codes of the edition before that end where ``code`` ends: nothing else came from them."""
        rest = self.without(code)
        return tuple(sorted(rest._ended() - self._ended() - {code}))

    def changes(self, said: Iterable[TypedChange] = ()) -> tuple[TypedChange, ...]:
        """What follows from it: everything that is new, retired, split or merged.

        An action that came from one other alone and has another code is what was ``said`` of it, or merged.
        """
        kinds = {(each.before, each.after): each.kind for each in said}
        parts = Counter(before for of in self.came.values() for before in of)
        found = [TypedChange("retired", before=code) for code in sorted(self._ended())]
        for code, of in self.came.items():
            if not of:
                found.append(TypedChange("new", after=code))
            elif of != {code} or parts[code] > 1:
                found += [TypedChange(_kind(of, parts, kinds, (b, code)), b, code) for b in sorted(of)]
        return tuple(found)

    def _with(self, came: dict[str, frozenset[str]]) -> "Origins":
        return replace(self, came={**self.came, **came})

    def _own(self, code: str) -> frozenset[str]:
        return frozenset({code}) & self.before

    def _ended(self) -> frozenset[str]:
        return self.before - {before for of in self.came.values() for before in of} - self.came.keys()


def origins(before: Iterable[str], now: Iterable[str], said: Iterable[TypedChange]) -> Origins:
    """Where the actions with the codes ``now`` came from, by what was said of the changes.

    Where nothing was said, an action came from the one with its code, if there was one.
    """
    known = frozenset(before)
    of: dict[str, set[str]] = {}
    for each in said:
        if each.before and each.after:
            of.setdefault(each.after, set()).add(each.before)
    return Origins(known, {code: frozenset(of.get(code, {code})) & known for code in now})


def rewritten(
    was: Origins, now: Origins, said: Iterable[TypedChange]
) -> tuple[tuple[TypedChange, ...], tuple[TypedChange, ...]]:
    """Which of the changes that were said no longer hold, and which have to be said instead.

    What follows from neither is for people to say, and stays as they said it.
    """
    said = tuple(said)
    before, after = was.changes(said), now.changes(said)
    come = tuple(each for each in after if each not in before)
    pairs = {(each.before, each.after) for each in {*before} ^ {*after}}
    return tuple(each for each in said if (each.before, each.after) in pairs), come


def _kind(
    of: frozenset[str],
    parts: Mapping[str, int],
    kinds: Mapping[tuple[str, str], str],
    pair: tuple[str, str],
) -> str:
    if len(of) > 1:
        return "merged"
    return "split" if parts[pair[0]] > 1 else kinds.get(pair, "merged")
