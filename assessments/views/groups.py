"""The groups of a round: who may read them by what, the page, the file."""

from django.http import HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.views.generic import TemplateView

from framework.queries.wording import wording
from partnerships.permissions import Permission

from .. import policies, queries, readings
from ..exports.groups import groups_csv
from ..exports.sheet import file_name
from ..models import Grouping
from .link import Refusal
from .results import OpenedMixin, SharedLinkMixin
from .results_body import EQUAL


class GroupsMixin:
    """The results with their groups as the address asks; by the round's own grouping if it does not."""

    refusal_template = "assessments/results/groups_refused.html"

    @property
    def by(self):
        return self.request.GET.get("by", self.round.grouping)

    @cached_property
    def results(self):
        return queries.groups.of(self.round, self.by, sees_names=self.sees_names)

    @property
    def sees_names(self):
        return Permission.VIEW_NAMED_RATINGS in self.access.allowed

    @cached_property
    def table(self):
        return readings.groups.table(self.results, self.silent)

    @cached_property
    def silent(self):
        """Names of the groups of which nobody answered."""
        answered = [cell.name for cell in self.results.actions[0].groups]
        return queries.groups.silent(self.round, self.by, answered)

    @property
    def words(self):
        return wording(self.round.edition_id, get_language())


class GroupsPage(GroupsMixin, TemplateView):
    template_name = "assessments/results/groups.html"

    def get_context_data(self, **kwargs):
        results, words = self.results, self.words
        can_weigh = self.by == Grouping.ORGANISATION and readings.results.has_equal_weight(results)
        return super().get_context_data(
            places=self.places,
            by=self.by,
            by_words=readings.groups.BY[self.by],
            choices=self.choices,
            names=self.table.names,
            rows=[(row, words.action(row.action.number)) for row in self.table.rows],
            in_short=readings.groups.in_short(results),
            silent=readings.groups.who_is_silent(self.silent),
            widest=readings.groups.widest(results, words),
            can_weigh=can_weigh,
            equal=can_weigh and self.request.GET.get("weight") == EQUAL,
            matters=readings.results.where_weight_matters(results, words),
            least=self.round.least_number,
            hides=results.rules.confidential,
            is_readable=any(action.distribution for action in results.actions),
            **kwargs,
        )

    @property
    def choices(self):
        """(key, words) of the groupings the reader may choose from; none where there is no choice."""
        found = [(key, words) for key, words in readings.groups.BY.items() if self.may_read_by(key)]
        return found if len(found) > 1 else []

    def may_read_by(self, grouping):
        try:
            policies.rounds.require_grouping(self.round, grouping, sees_names=self.sees_names)
        except policies.base.NotNow:
            return False
        return True


class InsideMixin(OpenedMixin):
    """For those who belong to the partnership, or whose council hosts it."""

    permission = Permission.VIEW_RESULTS

    def refusal_context(self, refusal):
        return super().refusal_context(refusal) | {"back": self.places["groups"]}


class GroupsView(InsideMixin, GroupsPage):
    pass


class LinkGroupsView(SharedLinkMixin, GroupsPage):
    sees_names = True  # a link is a member's

    refusals = (*SharedLinkMixin.refusals, policies.base.NotNow)

    def refused(self, refusal):
        if isinstance(refusal, policies.base.NotNow):
            back = self.places["groups"]
            refusal = Refusal(self.refusal_template, 409, refusal=str(refusal), back=back)
        return super().refused(refusal)


class GroupsCsvView(InsideMixin, GroupsMixin, TemplateView):
    waiting_status = 409

    def get(self, request, *args, **kwargs):
        text = groups_csv(self.results, self.table, self.words)
        response = HttpResponse(text, content_type="text/csv; charset=utf-8")
        name = file_name(self.round, f"by-{self.by}")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
