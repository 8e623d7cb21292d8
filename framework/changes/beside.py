"""What stands beside the words of a draft: those they were made from."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..wording.parts import texts_of
from ..wording.values import ActionWording, EditionWording
from .differences import Piece, pieces
from .proposals import TypedChange


@dataclass(frozen=True)
class Origin:
    """Where an action of a draft comes from.

    ``before`` is what its words are compared with, if anything; ``sources`` are the actions it was split
    from or merged from, without that one itself where it only lives on.
    """

    before: ActionWording | None = None
    sources: tuple[ActionWording, ...] = ()
    kind: str = ""

    @property
    def is_new(self) -> bool:
        return not self.before and not self.sources


@dataclass(frozen=True)
class Beside:
    """The published text beside one of a draft, None where there is none, and the texts of other sources."""

    before: str | None
    now: str
    others: tuple[tuple[ActionWording, str], ...] = ()

    @property
    def is_same(self) -> bool:
        return self.before == self.now

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return pieces(self.before or "", self.now)


def origin(code: str, before: EditionWording | None, changes: Iterable[TypedChange]) -> Origin:
    """Where the action with this code comes from, by what was said of it so far."""
    if before is None:
        return Origin()
    old = {action.code: action for action in before.actions}
    family = [each for each in changes if each.after == code and each.kind in ("split", "merged")]
    sources = tuple(old[each.before] for each in family if each.before != code and each.before in old)
    compared = old.get(code) or (sources[0] if len(sources) == 1 else None)
    return Origin(compared, sources, family[0].kind if family else "")


def beside(field: str, now: str, found: Origin) -> Beside:
    """What stands beside a text of an action; ``now`` is the text in the draft."""
    others = tuple((each, texts_of(each).get(field, "")) for each in found.sources if each != found.before)
    before = texts_of(found.before).get(field, "") if found.before else None
    return Beside(before, now, others)
