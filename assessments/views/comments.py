"""Comments on a frozen round: the lead looks through them, then they are read on a page of their own.

Here, too, a named round's ratings with their names: the two pages that show what single people wrote or
gave, each by its own rule.
"""

from itertools import groupby

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from framework.queries.wording import wording
from partnerships.permissions import Permission

from ..forms.comments import JudgementsForm
from ..models import Comment, Confidentiality, Round
from ..operations.comments import judge_comments
from ..operations.rounds import finish_comments
from ..queries.named import named_ratings
from .link import Refusal
from .results import OpenedMixin, SharedLinkMixin

COMMENTS_A_PAGE = 100


def by_action(round, comments):
    """(words of the action, its comments in the order of their random keys) for each that has some."""
    by_id = {action.id: action for action in wording(round.edition, get_language()).actions}
    ordered = comments.order_by("action__number", "id")
    return [(by_id[key], list(found)) for key, found in groupby(ordered, key=lambda each: each.action_id)]


class CommentsPage(TemplateView):
    template_name = "assessments/results/comments.html"

    def get_context_data(self, **kwargs):
        shown = self.round.comments.filter(standing=Comment.Judgement.SHOWN)
        return super().get_context_data(
            places=self.places, is_lead=self.is_lead, actions=by_action(self.round, shown), **kwargs
        )


class CommentsView(OpenedMixin, CommentsPage):
    permission = Permission.VIEW_RESULTS

    def get(self, request, *args, **kwargs):
        if self.round.comments_looked_through_at:
            return super().get(request, *args, **kwargs)
        if self.is_lead:
            return redirect("assessments:comments_review", self.round.pk)
        page = {"round": self.round, "partnership": self.partnership, "results_url": self.places["results"]}
        return render(request, "assessments/results/comments_waiting.html", page, status=409)


class LinkCommentsView(SharedLinkMixin, CommentsPage):
    def get(self, request, *args, **kwargs):
        if not self.round.comments_looked_through_at:
            raise Refusal(
                "assessments/results/comments_waiting.html",
                409,
                round=self.round,
                partnership=self.round.partnership,
                results_url=self.places["results"],
            )
        return super().get(request, *args, **kwargs)


class CommentsReviewView(OpenedMixin, FormView):
    """The lead looks through the comments, one action a page: show or hold back, and at the end finish."""

    permission = Permission.MANAGE_ROUNDS
    waiting_status = 409
    template_name = "assessments/results/review.html"
    form_class = JudgementsForm

    @cached_property
    def actions(self):
        """(action, some of its comments): a page each, of no more comments than a form can hold."""
        return [
            (action, comments[start : start + COMMENTS_A_PAGE])
            for action, comments in by_action(self.round, self.round.comments.all())
            for start in range(0, len(comments), COMMENTS_A_PAGE)
        ]

    @cached_property
    def place(self):
        """Which of the actions with comments is looked at, from 0; past the last one is the end."""
        asked = self.request.GET.get("page", "1")[:6]
        place = int(asked) - 1 if asked.isdecimal() else 0
        return min(max(place, 0), len(self.actions))

    @property
    def is_end(self):
        return self.place >= len(self.actions)

    def get_form_kwargs(self):
        comments = [] if self.is_end else self.actions[self.place][1]
        return super().get_form_kwargs() | {"comments": comments}

    def get_context_data(self, **kwargs):
        judgements = [comment.standing for _action, comments in self.actions for comment in comments]
        return super().get_context_data(
            places=self.places,
            is_end=self.is_end,
            page=self.place + 1,
            pages=len(self.actions),
            action=None if self.is_end else self.actions[self.place][0],
            held_back=judgements.count(Comment.Judgement.HELD_BACK),
            count=len(judgements),
            **kwargs,
        )

    def form_valid(self, form):
        if self.is_end:
            finish_comments(by=self.request.user, round=self.round)
            messages.success(self.request, _("The comments can be read by everybody who sees the results."))
            return redirect("assessments:comments", self.round.pk)
        judge_comments(by=self.request.user, round=self.round, judgements=form.judgements())
        here = reverse("assessments:comments_review", args=[self.round.pk])
        return redirect(f"{here}?page={self.place + 2}")


class NamedView(OpenedMixin, TemplateView):
    """Who gave which rating, in a round that was named from the start; others have no such page."""

    permission = Permission.VIEW_NAMED_RATINGS
    template_name = "assessments/results/named.html"

    @cached_property
    def round(self):
        named = Round.objects.visible_to(self.request.user).filter(confidentiality=Confidentiality.NAMED)
        return get_object_or_404(
            named.select_related("partnership__council", "edition"), pk=self.kwargs["pk"]
        )

    def get_context_data(self, **kwargs):
        words = wording(self.round.edition, get_language())
        return super().get_context_data(
            places=self.places,
            actions=words.actions,
            people=named_ratings(self.round, words),
            **kwargs,
        )
