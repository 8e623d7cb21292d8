"""What is found about a draft: where it is, what is wrong and how to mend it.

Only findings that must be mended stop an edition; the others are advice.
"""

from collections.abc import Iterable
from dataclasses import dataclass

OF_ACTION, OF_AREA, AROUND, OVERVIEW, KINDS = "action", "area", "around", "overview", "kinds"
LANGUAGE = "language"
"""The page of the draft on which something is mended."""


@dataclass(frozen=True)
class Finding:
    """Something about a draft.

    ``where`` names the action, area or whatever it is of, ``text`` the text in it, where it is of one, as
    people read them; ``code`` and ``field`` name the same two for the program. ``page`` is where to mend it.
    """

    where: str
    what: str
    mend: str
    must: bool = True
    code: str = ""
    field: str = ""
    page: str = OVERVIEW
    text: str = ""

    @property
    def place(self) -> str:
        return f"{self.where}, {self.text}" if self.text else self.where

    def __str__(self) -> str:
        return f"{self.place}: {self.what} {self.mend}"


def stops(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that have to be mended before the edition can be published."""
    return tuple(finding for finding in findings if finding.must)
