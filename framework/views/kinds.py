"""What kind of change each difference of a draft is: asked, answered, taken back."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from partnerships.policies import Refusal

from .. import operations, queries
from ..changes.breaks import as_said, family
from ..changes.questions import LABELS, Question, questions
from ..forms.publishing import KindForm
from ..queries.trail import Said, kinds_said
from ..wording import parts
from .base import DraftMixin
from .marked import Text, texts_of

CHANGED = gettext_lazy("This changed while you were looking. Look at it again, then save once more.")


@dataclass(frozen=True)
class Card:
    """One question on the page, with its form and who answered it last."""

    question: Question
    form: KindForm
    texts: tuple[Text, ...]
    said: list[str]
    by: Said | None


class KindsView(DraftMixin, TemplateView):
    """Every change that wants an answer, then those that have one."""

    template_name = "framework/draft/kinds.html"

    def post(self, request, *args, **kwargs):
        if not self.is_there:
            return self.gone()
        try:
            if "take_back" in request.POST:
                return self.take_back(request.POST["take_back"])
            return self.answer()
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)

    def take_back(self, code):
        if code in {each.code for each in self.questions}:
            operations.take_back_answers(by=self.request.user, edition=self.draft, code=code)
            messages.success(
                self.request, _("Taken back. Say again what kind of change it is, if it is one.")
            )
        return redirect(self.request.path)

    def answer(self):
        sent = self.sent()
        right = [form for form in sent if form.is_valid()]
        answers = [form.answer() for form in right]
        stale = operations.answer_questions(by=self.request.user, edition=self.draft, answers=answers)
        wrong = {form.question.code for form in sent if form not in right}
        if wrong or stale:
            return self.show_again(wrong, stale)
        messages.success(self.request, self.said_so(len(answers)))
        return redirect(self.request.path)

    def sent(self):
        """The forms that were filled in: the one whose button was pressed, or all with an answer."""
        forms = [KindForm(question, self.request.POST) for question in self.questions if question.options]
        only = self.request.POST.get("only")
        chosen = [form for form in forms if (form.prefix == only if only else form.is_answered)]
        return chosen or forms[:1]

    def show_again(self, wrong, stale):
        """The page as it is now, with what was chosen and why it does not count."""
        for known in ("questions", "typed_changes", "both", "checked", "said_by"):
            self.__dict__.pop(known, None)
        forms = {each.code: KindForm(each, self.request.POST) for each in self.questions}
        for code in stale:
            if code in forms:
                forms[code].add_error("kind", CHANGED)
        again = {code: form for code, form in forms.items() if code in {*wrong, *stale}}
        return self.render_to_response(self.get_context_data(again=again))

    def said_so(self, count):
        left = len(self.still_open())
        saved = ngettext("%(count)d answer saved.", "%(count)d answers saved.", count) % {"count": count}
        if not left:
            return saved + " " + _("Every change has an answer now.")
        return (
            saved
            + " "
            + ngettext("%(left)d change still needs one.", "%(left)d changes still need one.", left)
            % {"left": left}
        )

    def still_open(self):
        return [each for each in queries.drafts.questions_of(self.draft) if not each.is_settled]

    @cached_property
    def questions(self):
        return questions(self.before, self.words, self.typed_changes) if self.before else ()

    def get_context_data(self, again=None, **kwargs):
        again = again or {}
        cards = [self.card(question, again.get(question.code)) for question in self.questions]
        return super().get_context_data(
            open=[card for card in cards if not card.question.is_settled],
            answered=[card for card in cards if card.question.is_settled],
            again=list(again.values()),
            **kwargs,
        )

    def card(self, question, form):
        part = parts.of_action(question.code) if question.code != LABELS else parts.OF_LEVELS
        return Card(
            question,
            form or KindForm(question),
            texts_of(part, question.texts),
            as_said(family(question.said, self.typed_changes), self.titles),
            self.said_by.get(question.code) or self.said_by.get(None),
        )

    @cached_property
    def said_by(self):
        return kinds_said(self.draft)

    @cached_property
    def titles(self):
        """The title of every action by its code, with its number; of the earlier edition where it is gone."""
        actions = (*(self.before.actions if self.before else ()), *self.words.actions)
        return {action.code: f"{action.number}. {action.title}" for action in actions}
