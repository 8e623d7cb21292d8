"""The words of a draft: one action a page, one area a page, and what stands around them.

Saved by a button, or by a script as somebody types: then the same page answers without its frame.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.forms.boundfield import BoundField
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from partnerships.models.audit import actor_key
from partnerships.policies import Refusal

from .. import policies
from ..changes.beside import Beside, beside, origin
from ..checks.radarlabels import CHART_LINES, CHART_WIDTH
from ..forms.words import ActionForm, AreaForm, AroundForm, settle
from ..models import Area, Edition
from ..operations import write_texts
from ..queries.trail import WordChange, word_changes
from ..wording import parts
from ..wording.parts import name_of_text, texts_of
from .base import DraftMixin


@dataclass(frozen=True)
class ShownText:
    """One text on the page: the field, what it was when the page was made, and all that is said beside it.

    ``theirs`` is what somebody else wrote while this person did, ``change`` who and when, and both texts
    are there as people read them; ``notes`` are what the checks find.
    """

    field: BoundField
    seen: str
    beside: Beside
    notes: tuple
    theirs: str | None = None
    theirs_said: str = ""
    mine_said: str = ""
    change: WordChange | None = None


class WordsView(DraftMixin, TemplateView):
    """A page of words. A subclass says which parts they are of."""

    template_name = "framework/draft/words.html"
    beside_template = "framework/draft/_beside.html"
    form_class: type

    # --- What the page is about ---

    @property
    def code(self):
        return self.kwargs.get("code", "")

    @cached_property
    def draft(self):
        """The draft the page was opened with, whatever became of it since; on opening, the one there is."""
        key = self.request.POST.get("edition", "")
        if not (key.isascii() and key.isdecimal() and len(key) < 19):
            return super().draft
        editions = Edition.objects.select_related("framework", "predecessor__framework")
        return editions.filter(framework__slug=self.kwargs["slug"], pk=key).first()

    @cached_property
    def stored(self):
        """The texts of the page as they are in the draft."""
        try:
            return self.texts_in(self.words)
        except KeyError:
            raise Http404 from None

    # --- Opening, saving ---

    def get(self, request, *args, **kwargs):
        return self.show(self.form(None, initial=self.stored))

    def post(self, request, *args, **kwargs):
        try:
            policies.require_still_draft(self.draft)
            form = self.form(settle(request.POST, self.published))
            form.is_valid()  # what cannot be saved is left out, and the rest is saved
            conflicts = self.write(form)
        except Refusal as refusal:
            return self.not_saved(str(refusal))
        self.read_afresh()
        wrong = form.errors.keys() | conflicts.keys()
        form.follow({name: text for name, text in self.stored.items() if name not in wrong})
        if wrong or self.is_script:
            return self.show(form, conflicts, saved=True)
        messages.success(request, self.said(form, conflicts))
        return redirect(self.following if request.POST.get("go") == "next" else request.path)

    def read_afresh(self):
        self.draft.refresh_from_db(fields=["name", "source", "scale_note"])
        for name in ("both", "stored", "typed_changes", "translations", "checked"):
            self.__dict__.pop(name, None)

    def write(self, form):
        """Write what can be; what nobody knows yet whose words count, by field with what is stored."""
        texts, seen, conflicts = form.texts(), form.seen, {}
        for part, names in self.fields_of.items():
            mine = {name: texts[name] for name in names if name in texts}
            written = write_texts(by=self.request.user, edition=self.draft, part=part, texts=mine, seen=seen)
            conflicts |= written.conflicts
        return conflicts

    def form(self, data, **kwargs):
        return self.form_class(data, words=self.words, code=self.code, **kwargs)

    def published(self, name):
        return self.texts_before.get(name, "")

    @property
    def is_script(self):
        return "X-Saving" in self.request.headers

    # --- Answers ---

    def show(self, form, conflicts=None, *, saved=False):
        conflicts = conflicts or {}
        context = self.get_context_data(
            form=form,
            conflicts=conflicts,
            groups=self.groups(form, conflicts),
            state=self.state(form, conflicts) if saved else "",
            said=self.said(form, conflicts) if saved else "",
        )
        template = "framework/draft/_saved.html" if self.is_script else self.template_name
        return render(self.request, template, context, status=409 if conflicts else 200)

    def state(self, form, conflicts):
        return "conflict" if conflicts else "faulty" if form.errors else "saved"

    def said(self, form, conflicts):
        at = {"time": timezone.localtime().strftime("%H:%M")}
        if conflicts:
            return _("Saved at %(time)s, except what somebody else changed too.") % at
        if form.errors:
            return _("Saved at %(time)s, except what is marked as wrong.") % at
        return _("Saved at %(time)s.") % at

    def not_saved(self, why, *, signed_out=False):
        """A page that says why, with all that was typed, for it is kept nowhere else."""
        form = self.form_class(self.request.POST, words=None, code=self.code)
        typed = [(self.name_of(name), text) for name, text in form.typed().items()]
        context = {"why": why, "typed": typed, "signed_out": signed_out, "here": self.request.path}
        return render(self.request, "framework/draft/not_saved.html", context, status=409)

    def handle_no_permission(self):
        sent = self.request.method == "POST" and self.form_class(
            self.request.POST, words=None, code=self.code
        )
        if sent and sent.typed():
            return self.not_saved(_("You have been signed out, so this was not saved."), signed_out=True)
        return super().handle_no_permission()

    # --- What stands on the page ---

    def get_context_data(self, **kwargs):
        defaults = {
            "compared_with": self.compared_with,
            "next_url": None,
            "next_label": _("Save and go to the next action"),
            "here": self.request.path,
            "beside_template": self.beside_template,
        }
        return super().get_context_data(**defaults | kwargs, others=self.others())

    @property
    def compared_with(self):
        before = self.draft.predecessor
        return _("edition %(number)d") % {"number": before.number} if before else ""

    def groups(self, form, conflicts):
        return [
            (f"group-{at}", title, [self.row(form, name, conflicts) for name in names])
            for at, (title, names) in enumerate(form.groups, 1)
        ]

    def row(self, form, name, conflicts):
        seen = form.seen[name] if form.is_bound else self.stored[name]
        theirs = conflicts.get(name)
        found = [each for each in self.findings if each.field == name]
        return ShownText(
            field=form[name],
            seen=seen,
            beside=self.compared(name),
            notes=tuple(found) if theirs is None and not form[name].errors else (),
            theirs=theirs,
            theirs_said=self.said_of(name, theirs or ""),
            mine_said=self.said_of(name, form[name].value() or ""),
            change=self.change_of(name) if theirs is not None else None,
        )

    @property
    def findings(self):
        """What the checks find on this page, by the names of its fields."""
        return [each for each in self.checked if each.code == self.code]

    def name_of(self, name):
        part = next(part for part, names in self.fields_of.items() if name in names)
        return name_of_text(part, name)

    def said_of(self, name, text):
        """A text as people read it."""
        return text

    def compared(self, name):
        """What stands beside a text."""
        before = self.texts_before.get(name)
        return Beside(before and self.said_of(name, before), self.said_of(name, self.stored[name]))

    @cached_property
    def texts_before(self):
        """What the texts of the page are compared with; nothing where all is new."""
        try:
            return self.texts_in(self.before) if self.before else {}
        except KeyError:
            return {}

    def texts_in(self, words):
        """Every text of the page by the name of its field; KeyError where it is about nothing there."""
        texts = [parts.texts_in(words, part) for part in self.fields_of]
        return {name: text for each in texts for name, text in each.items()}

    # --- Who else is here ---

    @cached_property
    def changes(self):
        return [change for part in self.fields_of for change in word_changes(self.draft, part)]

    def is_mine(self, change):
        return change.actor == actor_key(self.request.user)

    def change_of(self, name):
        """The last change of a text, if it was somebody else's and not one's own in another window."""
        last = next((change for change in self.changes if change.field == name), None)
        return None if last is None or self.is_mine(last) else last

    def others(self):
        """The newest change by somebody else, with the names of all texts they changed here; or None."""
        theirs = [change for change in self.changes if not self.is_mine(change)]
        if not theirs:
            return None
        newest = max(theirs, key=lambda change: change.at)
        names = dict.fromkeys(change.name for change in theirs if change.actor == newest.actor)
        is_now = timezone.now() - newest.at < timedelta(minutes=1)
        return {"change": newest, "names": list(names), "is_now": is_now}


class ActionView(WordsView):
    """Every word of one action."""

    template_name = "framework/draft/action.html"
    form_class = ActionForm

    @property
    def fields_of(self):
        return {parts.of_action(self.code): tuple(ActionForm.base_fields)}

    @cached_property
    def origin(self):
        return origin(self.code, self.before, self.typed_changes)

    @cached_property
    def texts_before(self):
        before = self.origin.before
        return texts_of(before) if before else {}

    def compared(self, name):
        return beside(name, self.stored[name], self.origin)

    @property
    def compared_with(self):
        before = self.origin.before
        return f"{before.number}. {before.title}" if before in self.origin.sources else super().compared_with

    @cached_property
    def place(self):
        return [action.code for action in self.words.actions].index(self.code)

    @property
    def following(self):
        """The page of the next action; after the last one, this page."""
        codes = [action.code for action in self.words.actions]
        return self.page_of(codes[min(self.place + 1, len(codes) - 1)])

    def page_of(self, code):
        return reverse("framework_draft_action", args=[self.kwargs["slug"], code])

    def get_context_data(self, **kwargs):
        actions, place = self.words.actions, self.place
        return super().get_context_data(
            action=actions[place],
            origin=self.origin,
            position=place + 1,
            total=len(actions),
            previous=actions[place - 1] if place else None,
            next=actions[place + 1] if place + 1 < len(actions) else None,
            next_url=self.following if place + 1 < len(actions) else None,
            chart_width=CHART_WIDTH,
            chart_lines=CHART_LINES,
            **kwargs,
        )


class AreaView(WordsView):
    """The words and the colour of one area."""

    template_name = "framework/draft/area.html"
    form_class = AreaForm

    @property
    def fields_of(self):
        return {parts.of_area(self.code): tuple(AreaForm.base_fields)}

    def said_of(self, name, text):
        return str(dict(Area.Colour.choices).get(text, text)) if name == "colour" else text

    def get_context_data(self, **kwargs):
        area = next(area for area in self.words.areas if area.code == self.code)
        return super().get_context_data(area=area, **kwargs)


class AroundView(WordsView):
    """The labels of the levels, and what is said of the framework as a whole."""

    template_name = "framework/draft/around.html"
    form_class = AroundForm

    fields_of = {
        parts.OF_LEVELS: tuple(name for name in AroundForm.base_fields if name.startswith("level_")),
        parts.OF_EDITION: ("framework_name", "source", "scale_note"),
    }
