"""The words of a draft in another language: what is missing, and a page for each part."""

from dataclasses import dataclass, replace

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from .. import policies
from ..changes.beside import Beside
from ..checks.radarlabels import CHART_LINES, CHART_WIDTH
from ..checks.translations import check_translations
from ..forms.translations import FORMS
from ..operations import confirm_translations, write_translations
from ..queries.trail import TRANSLATION_CHANGED, word_changes
from ..wording import parts
from ..wording.translating import LANGUAGES, TextToTranslate, all_lines, lines, name_of_language, place_of
from .base import DraftMixin
from .places import WHOLE, translation_of
from .words import WordsView


class LanguageMixin(DraftMixin):
    """Knows the language the address names; not found where the site has none such."""

    @property
    def language(self):
        if self.kwargs["language"] not in LANGUAGES:
            raise Http404
        return self.kwargs["language"]

    @cached_property
    def spoken(self):
        """What is translated of the draft into the language."""
        return [each for each in self.translations if each.language == self.language]

    def get_context_data(self, **kwargs):
        facts = {"language": self.language, "language_name": name_of_language(self.language)}
        return super().get_context_data(**kwargs | facts)


@dataclass(frozen=True)
class Progress:
    """How far the translation of one part has come."""

    part: str
    where: str
    url: str
    lines: tuple[TextToTranslate, ...]

    def names(self, state):
        return [line.name for line in self.lines if line.state == state]

    @property
    def missing(self):
        return self.names("missing")

    @property
    def stale(self):
        return self.names("stale")

    @property
    def done(self):
        return len(self.names("done"))


class LanguageView(LanguageMixin, TemplateView):
    """What is missing in a language, and what has to be looked at again, part by part."""

    template_name = "framework/draft/language.html"

    def get_context_data(self, **kwargs):
        found = [
            Progress(part, place_of(self.words, part), self.place(part), of)
            for part, of in all_lines(self.words, self.spoken).items()
        ]
        return super().get_context_data(
            progress=found,
            total=sum(len(each.lines) for each in found),
            done=sum(each.done for each in found),
            missing=sum(len(each.missing) for each in found),
            stale=sum(len(each.stale) for each in found),
            **kwargs,
        )

    def place(self, part):
        return translation_of(self.kwargs["slug"], self.language, part)


class TranslationView(LanguageMixin, WordsView):
    """The texts of one part in the language, each beside its English."""

    template_name = "framework/draft/translation.html"
    beside_template = "framework/draft/_english.html"

    # --- What the page is about ---

    @property
    def part(self):
        return "" if self.kwargs["part"] == WHOLE else self.kwargs["part"]

    @property
    def code(self):
        return self.part.partition(":")[2]

    @property
    def form_class(self):
        kind, _colon, code = self.part.partition(":")
        if kind not in FORMS or bool(code) != (kind in (parts.ACTION, parts.AREA)):
            raise Http404
        return FORMS[kind]

    @property
    def fields_of(self):
        return {self.part: tuple(self.form_class.base_fields)}

    @cached_property
    def lines(self):
        """What there is to translate in the part; not found where there is none, or nothing in it."""
        try:
            found = {line.field: line for line in lines(self.words, self.spoken, self.part)}
        except KeyError:
            found = {}
        if not found:
            raise Http404
        return found

    @property
    def stored(self):
        return {name: line.text for name, line in self.lines.items()}

    # --- Saving ---

    def post(self, request, *args, **kwargs):
        """Where the part is gone, or nothing of it is left to translate, what was typed is shown."""
        try:
            return super().post(request, *args, **kwargs)
        except Http404:
            return self.not_saved(str(policies.part_gone()))

    def read_afresh(self):
        super().read_afresh()
        for name in ("spoken", "lines"):
            self.__dict__.pop(name, None)

    def form(self, data, **kwargs):
        form = super().form(data, **kwargs)
        form.into(self.language, self.lines.keys())
        return form

    def write(self, form):
        where = {"edition": self.draft, "language": self.language, "part": self.part}
        facts = where | {"by": self.request.user, "english": form.english}
        what, _colon, name = form.data.get("settle", "").partition(":")
        if what == "right":
            confirm_translations(fields=[name], **facts)
        return write_translations(texts=form.texts(), seen=form.seen, **facts).conflicts

    # --- What stands on the page ---

    def compared(self, name):
        """The English; where it has changed since it was translated, what it was before, too."""
        line = self.lines[name]
        return Beside(line.of if line.state == "stale" else None, line.english)

    @cached_property
    def findings(self):
        begin = f"{self.part}."
        found = check_translations(self.words, self.spoken)
        return [
            replace(each, field=each.field.removeprefix(begin))
            for each in found
            if each.field.startswith(begin)
        ]

    @cached_property
    def changes(self):
        found = word_changes(self.draft, self.part, TRANSLATION_CHANGED)
        return [change for change in found if change.language == self.language]

    @cached_property
    def ahead(self):
        """The parts after this one in which something is missing or stale."""
        found = list(all_lines(self.words, self.spoken).items())
        at = [part for part, _of in found].index(self.part)
        return [part for part, of in found[at + 1 :] if any(line.state != "done" for line in of)]

    @property
    def following(self):
        slug = self.kwargs["slug"]
        if self.ahead:
            return translation_of(slug, self.language, self.ahead[0])
        return reverse("framework_draft_language", args=[slug, self.language])

    def get_context_data(self, **kwargs):
        actions = {parts.of_action(action.code): action for action in self.words.actions}
        return super().get_context_data(
            where=place_of(self.words, self.part),
            action=actions.get(self.part),
            next_url=self.following,
            next_label=_("Save and go on"),
            chart_width=CHART_WIDTH,
            chart_lines=CHART_LINES,
            **kwargs,
        )
