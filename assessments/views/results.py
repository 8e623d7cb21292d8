"""The results of a round: who may see them when, the page, how it is worked out, the file."""

from math import sqrt

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.views.generic import TemplateView

from framework.queries.wording import wording
from partnerships.permissions import Permission, Role

from .. import counting, queries, readings
from ..analysis import (
    ActionCounts,
    Change,
    ChangeReading,
    Distribution,
    RoundCounts,
    Rules,
    Turnout,
    analyse,
    average_deviation,
    band,
    consensus,
    shown_mean,
    shown_median,
    verdict,
)
from ..analysis.coarse import coarse
from ..exports.sheet import file_name, results_csv
from ..kept import kept
from ..states import RoundState
from .base import ChangingMixin, RoundMixin
from .link import LinkMixin, Refusal
from .results_body import body, radar_among_others


class OpenedMixin(ChangingMixin, RoundMixin):
    """About the results of the round: for the lead once they are opened, for everybody else once shared."""

    translated = True
    waiting_status = 200

    def instead(self):
        if self.round.state == RoundState.SHARED or (self.is_lead and self.round.is_frozen):
            return None
        page = {"round": self.round, "partnership": self.partnership}
        if not self.is_lead:
            return render(self.request, "assessments/results/not_shared.html", page, status=403)
        page["turnout"] = counting.taking.turnout(self.round)
        return render(self.request, "assessments/results/waiting.html", page, status=self.waiting_status)

    @property
    def is_lead(self):
        return Permission.MANAGE_ROUNDS in self.access.allowed

    @cached_property
    def places(self):
        """Where the pages about this round's results lie for this person; empty where they have none."""
        round = self.round
        here = {name: reverse(f"assessments:{url}", args=[round.pk]) for name, url in PAGES.items()}
        if not self.is_lead:
            here["review"] = ""
        if not self.is_lead or round.state == RoundState.SHARED:
            here["share"] = ""
        if round.is_confidential or Permission.VIEW_NAMED_RATINGS not in self.access.allowed:
            here["named"] = ""
        return here | {"compare": self._compare_place()} | self._step_places()

    def _compare_place(self):
        return compare_place(self.beside, self.round, "compare", self.partnership.slug)

    def _step_places(self):
        slug = [self.partnership.slug]
        new = reverse("assessments:next_step_new", args=slug) if self.plans else ""
        return {"next_steps": reverse("assessments:next_steps", args=slug), "next_step_new": new}

    @property
    def plans(self):
        """Whether the person writes next steps, and so sees all of them."""
        return Permission.MANAGE_NEXT_STEPS in self.access.allowed


def compare_place(before, round, name, key):
    """The page where a round stands beside the one before; empty without one."""
    if not before:
        return ""
    return f"{reverse(f'assessments:{name}', args=[key])}?rounds={before.pk}&rounds={round.pk}"


PAGES = {
    "results": "results",
    "method": "results_method",
    "comments": "comments",
    "review": "comments_review",
    "csv": "results_csv",
    "groups": "groups",
    "groups_csv": "groups_csv",
    "named": "named",
    "share": "round_share",
}


class SharedLinkMixin(ChangingMixin, LinkMixin):
    """The results for a member who has no account, by their private link; only once shared."""

    is_lead = plans = False

    def instead(self):
        if self.round.state != RoundState.SHARED:
            raise Refusal(
                "assessments/results/not_shared.html",
                403,
                round=self.round,
                partnership=self.round.partnership,
            )

    @cached_property
    def places(self):
        pages = {name: f"link_{name}" for name in ("results", "groups", "method", "comments")}
        here = {name: reverse(f"assessments:{url}", args=[self.token]) for name, url in pages.items()}
        here["compare"] = compare_place(self.beside, self.round, "link_compare", self.token)
        return dict.fromkeys((*PAGES, "next_steps", "next_step_new"), "") | here


class ResultsPage(TemplateView):
    template_name = "assessments/results/results.html"

    def get_context_data(self, **kwargs):
        weight = self.request.GET.get("weight", "")
        drawn = self.among_others(body(self.round, weight, changing=self.changing))
        return super().get_context_data(drawn=drawn, pieces=self.pieces(drawn), **kwargs)

    def among_others(self, drawn):
        """What is drawn; for whoever may see them with the council's other partnerships behind."""
        return drawn

    def pieces(self, drawn):
        """The parts of the page that are its own, as drawn."""
        entries, steps = drawn["attention"], self.changing.steps
        said = queries.nextsteps.of_results(
            steps, [entry.code for entry in entries], today=timezone.localdate()
        )
        page = {
            "drawn": drawn,
            "attention": [(entry, said[entry.code]) for entry in entries if entry.firm],
            "close": [(entry, said[entry.code]) for entry in entries if not entry.firm],
            "places": self.places,
            "comments": self.comments_state(),
            "is_lead": self.is_lead,
            "round": self.round,
            "partnership": self.round.partnership,
        }
        return {name: render_to_string(f"assessments/results/{file}.html", page) for name, file in PIECES}

    def comments_state(self):
        """``review`` for a lead with comments to look through, ``read`` once that is done."""
        if not self.changing.has_comments:
            return ""
        if self.round.comments_looked_through_at:
            return "read"
        return "review" if self.is_lead else ""


PIECES = (
    ("crumbs", "_crumbs"),
    ("facts", "_facts"),
    ("actions", "_page_actions"),
    ("content", "_content"),
)


class ResultsView(OpenedMixin, ResultsPage):
    permission = Permission.VIEW_RESULTS
    related = ("partnership",)  # more is in ``changing``, and seldom needed whole

    def pieces(self, drawn):
        """Kept until somebody decides, changes or ends a step, or another day. All it depends on is in the
        key: what is drawn, what has been decided, names, what this person may, how far the round is."""
        round, partnership = self.round, self.partnership
        facts = (
            *(get_language(), timezone.localdate(), drawn["key"], self.changing),
            *(partnership.slug, partnership.name, round.title, round.state, self.comments_state()),
            *sorted(self.access.allowed),
        )
        return kept("results page", facts, lambda: super(ResultsView, self).pieces(drawn))

    def among_others(self, drawn):
        """For officers alone. Equal weight has no band: the others' averages are by people."""
        by_people = drawn["is_readable"] and not self.request.GET.get("weight")
        found = (
            queries.others.of_others(self.round) if by_people and Role.OFFICER in self.access.roles else None
        )
        if found is None:
            return drawn
        radar = radar_among_others(self.round, drawn, found, changing=self.changing)
        return drawn | {"parts": drawn["parts"] | {"radar": radar}, "key": (drawn["key"], found.facts)}


class LinkResultsView(SharedLinkMixin, ResultsPage):
    pass


class ResultsCsvView(OpenedMixin, TemplateView):
    permission = Permission.VIEW_RESULTS
    waiting_status = 409

    def get(self, request, *args, **kwargs):
        words = wording(self.round.edition, get_language())
        results = queries.results.of(self.round, beside=self.round.previous if self.beside else None)
        response = HttpResponse(
            results_csv(results, words),
            content_type="text/csv; charset=utf-8",
        )
        response["Content-Disposition"] = f'attachment; filename="{file_name(self.round)}"'
        return response


EXAMPLES = (
    (0, 0, 8, 0, 0),
    (0, 2, 4, 2, 0),
    (0, 4, 0, 4, 0),
    (4, 0, 0, 0, 4),
    (0, 0, 1, 5, 2),
    (1, 0, 0, 0, 7),
    (1, 1, 2, 2, 2),
)
MOVEMENTS = ((2, 3, 8), (1, 3, 9), (0, 4, 9), (1, 11, 1), (0, 13, 0), (0, 1, 12), (0, 0, 13))
LOW_EXAMPLES = ((0, 1, 7, 0, 0), (2, 4, 2, 0, 0))


class MethodPage(TemplateView):
    """How the results are worked out, with examples that the product's own arithmetic works out."""

    template_name = "assessments/results/method.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            places=self.places,
            words=wording(self.round.edition, get_language()),
            least=self.round.least_number,
            examples=[_example(Distribution(counts), self.round.least_number) for counts in EXAMPLES],
            movements=[_movement(*counts) for counts in MOVEMENTS],
            lines=[_from_the_line(Distribution(counts)) for counts in LOW_EXAMPLES],
            **kwargs,
        )


def _example(distribution, least):
    said = verdict(distribution, min(least, distribution.n))
    return {
        "counts": distribution.counts,
        "mean": shown_mean(distribution.mean),
        "median": shown_median(distribution.median),
        "deviation": f"{average_deviation(distribution):.3f}",
        "consensus": f"{consensus(distribution):.3f}",
        "band": band(distribution).value,
        "agreement": readings.words.words_of(said),
    }


def _movement(lower, same, higher):
    """What is said of how many moved."""
    change = Change(1, "", "", ChangeReading.NO_CLEAR_CHANGE, None, None, None)
    return {
        "counts": (lower, same, higher),
        "words": readings.change.moved(change.with_counts(coarse(lower, same, higher))),
    }


def _from_the_line(distribution):
    """How far a low average lies from the line, and what the page says of it."""
    n, levels = distribution.n, round(distribution.mean * distribution.n)
    whole = ActionCounts("", 1, "", distribution, pooled=distribution)
    results = analyse(RoundCounts((whole,), Turnout(n, n)), Rules())
    [entry], [action] = results.attention, results.actions
    return {
        "n": n,
        "levels": levels,
        "line": 3 * n,
        "apart": 3 * n - levels,
        "root": readings.results.mean(sqrt(n)),
        "why": readings.attention.why(action, entry),
        "firm": entry.firm,
    }


class MethodView(OpenedMixin, MethodPage):
    permission = Permission.VIEW_RESULTS


class LinkMethodView(SharedLinkMixin, MethodPage):
    pass
