"""The portfolio of a council, for its officers: the page and its table as a file."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from framework.queries.wording import wording
from partnerships.models import Council
from partnerships.permissions import Permission
from partnerships.views.base import CouncilMixin, Page

from .. import queries, readings
from ..exports.portfolio import portfolio_csv
from ..forms.portfolio import PortfolioForm


class PortfolioHomeView(Page):
    """Leads an officer to the portfolio of their first council; for others there is none."""

    permission = Permission.VIEW_PORTFOLIO

    @cached_property
    def about(self):
        found = Council.objects.visible_to(self.request.user).first()
        if found is None:
            raise Http404
        return found

    def get(self, request, *args, **kwargs):
        return redirect("assessments:portfolio_council", self.about.slug)


class ShownPartnership:
    """One partnership as the page shows it, in the words of ``portfolio_words``."""

    def __init__(self, line):
        self.name, self.partnership_url = line.partnership.name, line.partnership.get_absolute_url()
        self.round, self.remarks = line.round, readings.portfolio.remarks(line)
        self.next_round = readings.portfolio.next_round(line)
        if line.round:
            self.results_url = reverse("assessments:results", args=[line.round.pk])
            self.closed = readings.portfolio.closed(line.round)
            self.answered = readings.portfolio.of_people(line.standing.turnout)
            self.share_high = readings.portfolio.share_high(line)
            self.cells = line.cells


def labels(is_filtered):
    """Words that stand in every row."""
    return {
        "answered": _("Answered"),
        "share": _("Rated 4 or 5"),
        "next_round": _("Next round"),
        "other_framework": _("Another framework: its actions are not these"),
        "nothing": _("No shared results in these days") if is_filtered else _("No results shared yet"),
    }


class AskedMixin(CouncilMixin):
    """Reads from the address what to show of the council."""

    @cached_property
    def form(self):
        return PortfolioForm(self.request.GET)

    @cached_property
    def portfolio(self):
        asked = self.form.asked() if self.form.is_valid() else queries.portfolio.Asked()
        return queries.portfolio.read(
            self.council, asked, language=get_language(), today=timezone.localdate()
        )


class PortfolioView(AskedMixin, TemplateView):
    template_name = "assessments/portfolio/portfolio.html"

    def get(self, request, *args, **kwargs):
        return self.render_to_response(
            self.get_context_data(**kwargs), status=200 if self.form.is_valid() else 422
        )

    def get_context_data(self, **kwargs):
        found = self.portfolio
        across = readings.portfolio.across(found)
        actions = found.words.actions if found.words else ()
        is_filtered = any(self.request.GET.get(name) for name in ("system", "since", "until"))
        return super().get_context_data(
            form=self.form,
            is_filtered=is_filtered,
            labels=labels(is_filtered),
            query=self.request.GET.urlencode() if self.form.is_valid() else "",
            portfolio=found,
            actions=actions,
            empty_columns=len(actions) + 2 if actions else 1,
            rows=[ShownPartnership(line) for line in found.lines],
            numbers=tuple(action.number for action in actions),
            in_short=readings.portfolio.in_short(found, across),
            across=across[: readings.portfolio.MOST_ACTIONS],
            nothing=readings.portfolio.nothing_to_go_by(found),
            looks=readings.portfolio.where_to_look(found, self.words_of),
            answered=readings.portfolio.answered(found),
            overdue=readings.portfolio.overdue(found),
            **kwargs,
        )

    @staticmethod
    def words_of(line):
        return wording(line.round.edition_id, get_language())


class PortfolioCsvView(AskedMixin, View):
    def get(self, request, *args, **kwargs):
        if not self.form.is_valid():
            page = reverse("assessments:portfolio_council", args=[self.council.slug])
            return redirect(f"{page}?{request.GET.urlencode()}")
        response = HttpResponse(portfolio_csv(self.portfolio), content_type="text/csv; charset=utf-8")
        name = f"{slugify(self.council.name)}-portfolio.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
