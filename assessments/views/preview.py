"""What members will see of a draft: the product's own pages, drawn with the draft's words.

Nothing of any round is shown or kept. What is pressed in a preview leads on and is forgotten.
"""

from urllib.parse import urlencode

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import TemplateView

from framework.checks.radarlabels import label_findings
from framework.queries.wording import spoken
from framework.views.base import DraftMixin
from framework.wording.translating import LANGUAGES, name_of_language
from partnerships.models import Partnership, Standpoint

from .. import readings, workshops
from ..forms.rating import AnswerForm
from ..models import Round
from ..states import Stage
from .imports import GRID_ROWS
from .rating import level_cards
from .results_body import ShownAction, chart

PUBLISHED = "published"


class PreviewMixin(DraftMixin):
    """The words of the draft or, for looking from one to the other, of the edition it was made from; in
    English or in the language that is asked for."""

    @cached_property
    def is_published(self):
        return bool(self.draft.predecessor_id) and self.request.GET.get("words") == PUBLISHED

    @cached_property
    def edition(self):
        return self.draft.predecessor if self.is_published else self.draft

    @property
    def language(self):
        """The other language that is asked for, empty for English."""
        asked = self.request.GET.get("language", "")
        return asked if asked in LANGUAGES else ""

    @cached_property
    def words(self):
        return self.words_in(self.language or get_language())

    def words_in(self, language):
        return spoken(self.both[0 if self.is_published else 1], language)

    @property
    def query(self):
        """Keeps to the same words on the next page."""
        kept = {"words": PUBLISHED if self.is_published else "", "language": self.language}
        kept = {name: value for name, value in kept.items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    @property
    def way_back(self):
        return reverse("assessments:preview", args=[self.draft.framework.slug]) + self.query

    def find(self, code):
        """The action with this code, or None: an action may be in one of the two editions only."""
        return next((action for action in self.words.actions if action.code == code), None)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            edition=self.edition,
            words=self.words,
            is_published=self.is_published,
            query=self.query,
            language=self.language,
            in_published=True,
            is_revealed=False,
            way_back=self.way_back,
            partnership=Partnership(name=_("An invented partnership")),
            round=Round(title=_("An invented round")),
            **kwargs,
        )


class MemberPageMixin(PreviewMixin):
    """A page as members see it, in their language; what the editor reads the site in is nothing to it."""

    def dispatch(self, request, *args, **kwargs):
        request.language_asked = self.language or get_language()  # as if whoever looks had chosen it
        with translation.override(request.language_asked):
            response = super().dispatch(request, *args, **kwargs)
            return response.render() if hasattr(response, "render") else response


class ActionMixin(MemberPageMixin):
    """About the action the URL names by ``code``."""

    @cached_property
    def action(self):
        found = self.find(self.kwargs["code"])
        if found is None:
            raise Http404
        return workshops.preview.whole(found, self.words)

    @property
    def place(self):
        return [each.code for each in self.words.actions].index(self.action.code)

    def get_context_data(self, **kwargs):
        return super().get_context_data(action=self.action, **kwargs) | {"in_published": self.in_published}

    @property
    def in_published(self):
        """Whether the edition the draft was made from has the action, so that there is something to show."""
        return bool(self.before and any(each.code == self.action.code for each in self.before.actions))

    @property
    def way_back(self):
        back = reverse("assessments:preview", args=[self.draft.framework.slug])
        return f"{back}{self.query}{'&' if self.query else '?'}{urlencode({'action': self.action.code})}"


@method_decorator(csp_update({"frame-src": [SELF]}), name="dispatch")
class PreviewView(PreviewMixin, TemplateView):
    """Which action, in which words; the phone in a frame, and the ways to the other forms."""

    template_name = "assessments/preview/preview.html"

    @cached_property
    def words(self):
        return self.words_in(get_language())

    def get_context_data(self, **kwargs):
        code = self.request.GET.get("action", "")
        first = next(iter(self.words.actions), None)
        return super().get_context_data(
            code=code or (first.code if first else ""),
            action=self.find(code) if code else first,
            findings=label_findings(self.words.actions),
            translated_into=[(each, name_of_language(each)) for each in LANGUAGES],
            **kwargs,
        )


# Our own page may frame it, and nobody else's.
@method_decorator(csp_replace({"frame-ancestors": [SELF]}), name="dispatch")
@method_decorator(xframe_options_sameorigin, name="dispatch")
class PhoneView(ActionMixin, TemplateView):
    """The page on which members rate the action. Its buttons lead on to the next one; nothing is kept."""

    template_name = "assessments/preview/phone.html"

    def post(self, request, *args, **kwargs):
        step = -1 if request.POST.get("go") == "back" else 1
        actions = self.words.actions
        following = actions[(self.place + step) % len(actions)]
        here = reverse("assessments:preview_phone", args=[self.draft.framework.slug, following.code])
        return redirect(here + self.query)

    def get_context_data(self, **kwargs):
        form = AnswerForm(levels=[], initial={"level": "", "comment": ""})
        return super().get_context_data(
            form=form,
            levels=level_cards(self.action, form),
            position=self.place + 1,
            total=len(self.words.actions),
            token="preview",  # noqa: S106  stands where a private link has its secret; it opens nothing
            return_code="KTM4 82QX",
            **NOTHING_SAVED,
            **kwargs,
        )


NOTHING_SAVED = {
    "is_answered": False,
    "saved_at": None,
    "last_saved_at": None,
    "reviewing": False,
    "seen": 0,
    "page": "",
}


class PaperView(MemberPageMixin, TemplateView):
    """The sheet to print and to fill in by hand."""

    template_name = "assessments/preview/paper.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            title="",
            standpoints=Standpoint.choices,
            numbers=[action.number for action in self.words.actions],
            grid=range(GRID_ROWS),
            **kwargs,
        )


class ScreenView(ActionMixin, TemplateView):
    """What a room looks at in a workshop: before the action is rated, and with ratings that are invented."""

    template_name = "assessments/preview/screen.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(profile=None, decided=(), now=None, **kwargs)
        stage = workshops.preview.stage_of(self.request.GET.get("stage"))
        found = workshops.preview.screen(
            self.words,
            self.action,
            stage,
            title=context["round"].title,
            partnership=context["partnership"].name,
        )
        return context | {
            "screen": found,
            "where": workshops.words.where(found),
            "say": "",
            "is_revealed": stage == Stage.REVEALED,
        }


class RadarView(PreviewMixin, TemplateView):
    """The radar with the short titles, drawn from ratings that are invented."""

    template_name = "assessments/preview/radar.html"

    @cached_property
    def words(self):
        return workshops.preview.with_all_levels(super().words)

    def get_context_data(self, **kwargs):
        findings = label_findings(self.words.actions)
        return super().get_context_data(findings=findings, **self._drawn(), **kwargs)

    def _drawn(self):
        if not self.words.actions:
            return {"chart": None}
        found = workshops.preview.results(self.words)
        return {
            "chart": chart(found, self.words),
            "rows": [
                ShownAction(each, words)
                for each, words in zip(found.actions, self.words.actions, strict=True)
            ],
            "summary": readings.results.summary(found, self.words),
            "gaps": "",
            "others": "",
            "equal": False,
            "beside": None,
            "has_agreed": False,
        }
