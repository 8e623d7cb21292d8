"""Which framework a partnership's next round is about, and in which edition."""

from dataclasses import dataclass

from django.utils import timezone

from framework.models import Edition
from framework.queries.editions import newest_editions, readable_editions

from ..states import RoundState


def choices(partnership):
    """The newest edition of each framework the partnership may use, that the site began with first."""
    return newest_editions(partnership.council_id)


def usual(partnership):
    """That of the framework of its last round, else of the one the site began with; None where none is."""
    found = choices(partnership)
    return _of(found, _last_framework(partnership)) or next(iter(found), None)


def newest(partnership, framework=None):
    """The newest edition of the framework with this key, the usual one without; None where there is none."""
    return _of(choices(partnership), framework) if framework else usual(partnership)


def _last_framework(partnership):
    rounds = partnership.rounds.order_by("-created_at", "-pk")
    return rounds.values_list("edition__framework", flat=True).first()


def _of(found, framework):
    return next((edition for edition in found if edition.framework_id == framework), None)


def at_opening(round):
    """The edition people will rate: a draft takes the newest of its framework as it opens, any other round
    keeps its own for ever. None where no edition of the framework is in use any more."""
    if round.state != RoundState.DRAFT:
        return round.edition
    return newest(round.partnership, round.edition.framework_id)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What lies ahead of a draft: the edition it was set up with, and the one it will be opened with."""

    now: Edition
    then: Edition | None

    @property
    def changes(self):
        return self.now != self.then

    @property
    def shown(self):
        """The one whose words a page about the draft shows."""
        return self.then or self.now

    @property
    def in_order(self):
        """Both, the lower number first, as the page about their differences wants them."""
        return sorted((self.now, self.then), key=lambda edition: edition.number) if self.then else ()


def ahead(round):
    return Ahead(round.edition, at_opening(round))


def rated_elsewhere(partnership):
    """Every edition that people may have rated on paper or in a spreadsheet, also one no longer used for new
    rounds; of each framework the newest first."""
    return readable_editions(partnership.council_id)


def in_force(partnership, framework, day):
    """The edition of the framework with this key that was in use on a day: the council's own first, then the
    newest of that day; the first of all for a day before there was one. None where there is none."""
    known = [each for each in rated_elsewhere(partnership) if each.framework_id == framework]
    then = [each for each in known if timezone.localdate(each.published_at) <= day]
    return max(then, key=lambda each: (each.owner_id is not None, each.number), default=None) or (
        min(known, key=lambda each: each.number, default=None)
    )
