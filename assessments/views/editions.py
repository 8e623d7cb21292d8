"""What pages that go by an edition have in common: which one a draft will have, and choosing one."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import cached_property
from django.utils.translation import get_language

from framework.models import Edition
from framework.queries.wording import wording
from partnerships.views.base import Page

from .. import policies, queries
from ..states import RoundState


class OpensDraftMixin:
    """For a page whose button opens a draft. The form carries the edition the page has named, so that nobody
    opens a round with words that came out while they were reading."""

    @cached_property
    def ahead(self):
        return queries.editions.ahead(self.round)

    @property
    def seen(self):
        """The edition the page named; one that named none spoke of that the round was set up with."""
        sent = self.request.POST.get("edition", "")
        return int(sent) if sent.isdecimal() and len(sent) < 19 else self.round.edition_id

    def require(self):
        super().require()
        if self.round.state == RoundState.DRAFT:
            policies.rounds.require_edition_in_use(self.ahead.then)

    def get_context_data(self, **kwargs):
        ahead = self.ahead if self.round.state == RoundState.DRAFT else None
        return super().get_context_data(**{"ahead": ahead} | kwargs)


@dataclass(frozen=True, slots=True)
class Choice:
    """An edition to choose, with the address of the same page about it."""

    edition: Edition
    actions: int
    query: str
    is_chosen: bool = False

    @classmethod
    def of(cls, edition, *, is_chosen=False):
        actions = len(wording(edition, get_language()).actions)
        return cls(edition, actions, _query(edition), is_chosen)


class ChoosesEditionMixin(Page):
    """For a page about an edition that the address names: ``?framework=ten-actions&edition=2``.

    Who names none, or one that is not offered, gets the usual one of the partnership.
    """

    @cached_property
    def offered(self):
        return queries.editions.rated_elsewhere(self.partnership)

    @cached_property
    def edition(self):
        edition = self._asked or queries.editions.usual(self.partnership)
        policies.rounds.require_framework(edition)
        return edition

    @cached_property
    def _asked(self):
        """The edition that the address names."""
        asked = self.request.GET.get("framework"), self.request.GET.get("edition")
        found = (each for each in self.offered if (each.framework.slug, str(each.number)) == asked)
        return next(found, None)

    @property
    def has_chosen(self):
        return self._asked is not None

    @property
    def query(self):
        """What makes another address be about the same edition; empty where there is no choice."""
        return _query(self.edition) if len(self.offered) > 1 else ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(edition=self.edition, query=self.query, which=self._which(), **kwargs)

    def _which(self):
        return [Choice.of(each, is_chosen=each == self.edition) for each in self.offered]


def _query(edition):
    return "?" + urlencode({"framework": edition.framework.slug, "edition": edition.number})
