"""Rounds of a partnership side by side: which the reader chose, the page, the file."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from partnerships.permissions import Permission
from partnerships.views.base import PartnershipMixin

from .. import policies, queries
from ..exports.compared import comparison_csv, file_name
from ..models import Round
from ..policies.comparison import CannotCompare
from ..states import FROZEN, RoundState
from .compare_body import body
from .results import SharedLinkMixin

LONGEST_KEY = 18
"""Digits: what a database takes for the key of a row."""


class NotOpenYet(Exception):
    """The round is there and the reader knows of it, but not its results."""


class ComparePage(TemplateView):
    """Two to eight rounds; without a choice, the last few of one kind."""

    translated = True
    template_name = "assessments/compare/page.html"

    def get(self, request, *args, **kwargs):
        try:
            return self.show(self.chosen())
        except CannotCompare as refusal:
            return self.refuse(str(refusal), 400)
        except NotOpenYet as refusal:
            return self.refuse(str(refusal), 403)

    def show(self, rounds):
        drawn = body(rounds) if rounds else None
        return self.render_to_response(self.get_context_data(drawn=drawn, chosen=rounds, refusal=""))

    def refuse(self, sentence, status):
        page = self.get_context_data(drawn=None, chosen=[], refusal=sentence)
        return self.render_to_response(page, status=status)

    def chosen(self):
        """The rounds the address names, or what is shown without a choice; none where there are too few."""
        asked = self.request.GET.getlist("rounds")
        if not asked:
            return queries.comparison.usual(self.readable)
        rounds = self._found(asked)
        policies.comparison.require_comparable(rounds)
        return rounds

    def _found(self, asked):
        if not all(key.isascii() and key.isdigit() and len(key) <= LONGEST_KEY for key in asked):
            raise CannotCompare(
                _("The address of this page names no rounds we understand. Choose them below instead.")
            )
        keys = [int(key) for key in asked]
        if len(set(keys)) < len(keys):
            raise CannotCompare(
                _("The same round was chosen twice. A round is compared with others, not with itself.")
            )
        readable = {round.pk: round for round in self.readable}
        missing = [key for key in keys if key not in readable]
        if missing:
            self._say_why(missing)
        return [readable[key] for key in keys]

    def _say_why(self, missing):
        """Not found, unless the reader knows of every one of these rounds."""
        known = Round.objects.filter(pk__in=missing, partnership=self.partnership)
        if not self.is_lead:
            known = known.exclude(state=RoundState.DRAFT)
        titles = dict(known.values_list("pk", "title"))
        if len(titles) < len(set(missing)):
            raise Http404
        raise NotOpenYet(
            _("The results of “%(round)s” are not open to you yet. Choose other rounds.")
            % {"round": titles[missing[0]]}
        )

    @cached_property
    def readable(self):
        """Rounds whose results this reader may see, in the order in which they closed."""
        states = FROZEN if self.is_lead else {RoundState.SHARED}
        rounds = Round.objects.filter(partnership=self.partnership, state__in=states)
        rounds = rounds.select_related("workshop", "partnership", "edition__framework")
        return sorted(rounds, key=lambda round: round.order)

    def get_context_data(self, **kwargs):
        here = {str(round.pk) for round in kwargs["chosen"]} | set(self.request.GET.getlist("rounds"))
        return super().get_context_data(
            choices=[(round, str(round.pk) in here) for round in reversed(self.readable)],
            kinds=len({round.confidentiality for round in self.readable}),
            frameworks=len({round.edition.framework_id for round in self.readable}),
            reworded=_reworded(kwargs["chosen"]),
            **kwargs,
        )


def _reworded(rounds):
    """The address of what differs between the oldest and the newest wording of the rounds, if any do."""
    editions = sorted({round.edition for round in rounds}, key=lambda edition: edition.number)
    if len(editions) < 2:
        return ""
    first, last = editions[0], editions[-1]
    return reverse("framework_differences", args=[first.framework.slug, first.number, last.number])


class CompareView(PartnershipMixin, ComparePage):
    permission = Permission.VIEW_RESULTS

    @property
    def is_lead(self):
        return Permission.MANAGE_ROUNDS in self.access.allowed

    def get_context_data(self, **kwargs):
        query = "&".join(f"rounds={round.pk}" for round in kwargs["chosen"])
        places = {name: reverse(f"assessments:{name}", args=[self.partnership.slug]) for name in PAGES}
        return super().get_context_data(places=places | {"query": query}, **kwargs)


PAGES = ("compare", "compare_csv", "partnership")


class CompareCsvView(CompareView):
    """The table as a file, for the rounds the address names."""

    def show(self, rounds):
        if not rounds:
            return self.refuse(_("There are not two rounds to compare yet."), 400)
        comparison = queries.comparison.compare(rounds, get_language())
        response = HttpResponse(comparison_csv(comparison), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{file_name(comparison)}"'
        return response


class LinkCompareView(SharedLinkMixin, ComparePage):
    """For a member without an account, by their private link."""

    template_name = "assessments/compare/page.html"

    @property
    def partnership(self):
        return self.round.partnership

    def get_context_data(self, **kwargs):
        places = {"compare": reverse("assessments:link_compare", args=[self.token])}
        return super().get_context_data(places=places | {"compare_csv": "", "partnership": ""}, **kwargs)
