"""What the portfolio of a council reads: each partnership's last shared round, from one stored row each.

Nothing but what every officer may read on the pages of those rounds: shared rounds, their stored counts.
"""

from collections import Counter, defaultdict, namedtuple
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from framework.models import Edition
from framework.queries.lineage import lineage
from framework.queries.wording import wording
from partnerships.models import Partnership

from .. import queries
from ..analysis.portfolio import (
    NO_CELL,
    OTHER_EDITION,
    OTHER_FRAMEWORK,
    SAME,
    Portfolio,
    PortfolioCell,
    PortfolioLine,
)
from ..models import Round
from ..states import RoundState
from . import standings

FIELDS = (
    "pk",
    "partnership_id",
    "edition_id",
    "title",
    "state",
    "closed_at",
    "revealed_at",
    "confidentiality",
    "grouping",
    "is_baseline",
    "least_number",
    "previous_id",
)
RoundRow = namedtuple("RoundRow", [*FIELDS, "is_read_beside"])
"""A round as plain values. ``is_read_beside``: whether the round before it is shared, too."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which partnerships and rounds somebody wants to see: rounds closed in these days, both included."""

    system: str = ""
    since: date | None = None
    until: date | None = None
    sort: str = "name"

    def takes(self, round):
        if self.since is None and self.until is None:
            return True
        day = timezone.localdate(round.closed_at)
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def read(council, asked, *, language, today):
    """The portfolio of a council as it was asked for. As many queries for one partnership as for hundreds."""
    which = {"council": council.pk} | ({"system": asked.system} if asked.system else {})
    partnerships = list(Partnership.objects.filter(**which))
    rounds = rounds_of(**{f"partnership__{name}": value for name, value in which.items()})
    last = {pk: round for pk, own in rounds.items() if (round := last_shared(own, asked))}
    stand = standings.of(last.values())
    reference, editions = _editions(last.values())
    words = wording(reference, language) if reference else None
    related = lineage(editions)
    lines = [
        _line(each, rounds[each.pk], last.get(each.pk), stand, words, (editions, related), today)
        for each in partnerships
    ]
    return Portfolio(words, tuple(sorted(lines, key=SORTS[asked.sort])))


def last_shared(rounds, asked):
    """The one that closed last of the shared rounds that are asked for, or None."""
    shared = (each for each in rounds if each.state == RoundState.SHARED and asked.takes(each))
    return max(shared, key=lambda each: (each.closed_at, each.pk), default=None)


def rounds_of(**which):
    """Partnership id -> its rounds as plain rows; drafts are for those who prepare them."""
    rows = Round.objects.real().filter(**which).exclude(state=RoundState.DRAFT).order_by()
    rows = [RoundRow(*row, is_read_beside=False) for row in rows.values_list(*FIELDS)]
    # The round before stands among these, or is not shared: joining it would read every round of the site.
    shared = {row.pk for row in rows if row.state == RoundState.SHARED}
    found = defaultdict(list)
    for row in rows:
        found[row.partnership_id].append(row._replace(is_read_beside=row.previous_id in shared))
    return found


def _editions(rounds):
    """The edition most rounds were rated with, the newest of several; and edition id -> edition."""
    used = Counter(round.edition_id for round in rounds)
    if not used:
        return None, {}
    editions = Edition.objects.select_related("framework").in_bulk(used)
    return max(used, key=lambda pk: (used[pk], pk)), editions


def _line(partnership, rounds, round, stand, words, known, today):
    review = queries.partnership.review(partnership, rounds, today)
    if round is None:
        return PortfolioLine(partnership, review)
    editions, related = known
    edition, columns = editions[round.edition_id], editions[words.edition_id]
    kind = _kind(edition, columns)
    standing = stand[round.pk]
    return PortfolioLine(
        partnership=partnership,
        review=review,
        round=round,
        standing=standing,
        kind=kind,
        edition="" if kind == SAME else str(edition),
        cells=() if kind == OTHER_FRAMEWORK else cells(standing, words, related, edition.pk),
    )


def _kind(edition, columns):
    if edition.pk == columns.pk:
        return SAME
    return OTHER_EDITION if edition.framework_id == columns.framework_id else OTHER_FRAMEWORK


def cells(standing, words, related, edition):
    """What the round says of the actions of the columns, where they meant the same to those who rated."""
    by_code = {
        action.code: action
        for action in standing.actions
        if not related.why(edition, words.edition_id, action.code)
    }
    return tuple(_cell(by_code.get(action.code)) for action in words.actions)


def _cell(action):
    if action is None:
        return NO_CELL
    if action.hidden:
        return PortfolioCell("hidden", reasons=action.reasons, firm=action.firm)
    if not action.n:
        return NO_CELL
    kind = "shown" if action.speaks else "few"
    return PortfolioCell(kind, action.mean, action.n, action.reasons, action.firm)


def _by_name(line):
    return line.partnership.name.casefold(), line.partnership.pk


def _by_attention(line):
    return -line.listed, _by_name(line)


def _by_due(line):
    """The longest overdue first; those being rated, and those without any round, last."""
    due = None if line.review.is_under_way else line.review.due
    return due or date.max, _by_name(line)


def _by_age(line):
    """Without results first, then the oldest."""
    return line.round.closed_at.timestamp() if line.round else 0, _by_name(line)


SORTS = {"name": _by_name, "attention": _by_attention, "due": _by_due, "age": _by_age}
