"""What every view of a round has in common."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property

from partnerships.models import Partnership
from partnerships.views.base import Page, PartnershipMixin

from .. import queries
from ..models import Round, Seat, Workshop, WorkshopAction
from ..policies.base import NotNow

GONE = tuple(model.DoesNotExist for model in (Partnership, Round, Workshop, WorkshopAction, Seat))
"""Found when the page was asked for, and not when it was acted on: somebody has deleted the draft, or thrown
the rehearsal away, at this moment."""


class NotNowMixin(Page):
    """Turns a refusal of the round's state into a page that says why and what to do instead; what is gone is
    not found."""

    refusals = (NotNow, *GONE)
    refusal_template = "assessments/not_now.html"

    def refused(self, refusal):
        if isinstance(refusal, GONE):
            raise Http404 from None
        return render(self.request, self.refusal_template, self.refusal_context(refusal), status=409)

    def refusal_context(self, refusal):
        return {"refusal": str(refusal), "back": self.round.get_absolute_url(), "round": self.round}


class RoundMixin(NotNowMixin, PartnershipMixin):
    """Fetches the round the URL names by ``pk``, in a partnership the person belongs to."""

    related = ("partnership", "workshop", "previous")

    @cached_property
    def round(self):
        found = get_object_or_404(Round.objects.select_related(*self.related), pk=self.kwargs["pk"])
        if found.partnership.is_rehearsal:  # ``real()`` for one row, without another join for every page
            raise Http404
        return found

    @cached_property
    def partnership(self):
        return self.round.partnership

    def get_context_data(self, **kwargs):
        return super().get_context_data(round=self.round, **kwargs)


class ChangingMixin:
    """For pages about the results of ``round``; ``is_lead`` says who reads."""

    @cached_property
    def changing(self):
        found = queries.changing.read(self.round, is_lead=self.is_lead)
        self.round.has_finished_workshop = found.has_finished_workshop  # so that nothing asks again
        return found

    @property
    def beside(self):
        return self.changing.before
