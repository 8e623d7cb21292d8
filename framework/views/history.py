"""Every edition of a framework, what differs between any two, and who changed which words when."""

from collections import defaultdict

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from partnerships.permissions import can_edit_framework
from partnerships.views.base import Page

from .. import queries
from ..changes.breaks import by_reason, in_words, summary
from ..changes.differences import differences
from ..changes.proposals import TypedChange
from ..models import Change, Edition, Framework
from ..queries.story import by_day_and_person, story
from ..queries.wording import wordings
from ..wording import parts
from .base import EditorMixin
from .marked import marked

A_PAGE = 100
"""So many things somebody did stand on one page of the trail."""


class OfFramework(Page):
    """The editions of the framework the address names that this person may read: a draft is the editors'."""

    public = True

    @cached_property
    def is_editor(self):
        return can_edit_framework(self.request.user)

    @cached_property
    def framework(self):
        return get_object_or_404(Framework, slug=self.kwargs["slug"])

    @cached_property
    def editions(self):
        """The newest first."""
        found = Edition.objects.filter(framework=self.framework).order_by("-number")
        found = found.select_related("framework", "predecessor", "published_by")
        return [each for each in found if each.is_published or self.is_editor]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            framework=self.framework, editions=self.editions, is_editor=self.is_editor, **kwargs
        )


class HistoryView(OfFramework, TemplateView):
    """The editions with what was said of the changes in each, and two to choose for what differs."""

    template_name = "framework/history.html"

    def get(self, request, *args, **kwargs):
        if not self.editions:
            raise Http404
        if pair := self.chosen():
            return redirect("framework_differences", self.kwargs["slug"], *sorted(pair))
        return super().get(request, *args, **kwargs)

    def chosen(self):
        """The numbers of two editions somebody chose on the page; None if they are not two of these."""
        known = {str(edition.number): edition.number for edition in self.editions}
        pair = {known.get(self.request.GET.get(name)) for name in ("earlier", "later")} - {None}
        return pair if len(pair) == 2 else None

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            rows=[(edition, in_words(self.said[edition.pk])) for edition in self.editions],
            pair=[("earlier", _("From")), ("later", _("To"))],
            **kwargs,
        )

    @cached_property
    def said(self):
        rows = Change.objects.filter(edition__in=self.editions).order_by("pk")
        found = defaultdict(list)
        for edition, kind, *codes in rows.values_list("edition_id", "kind", "before__code", "after__code"):
            found[edition].append(TypedChange(kind, *(code or "" for code in codes)))
        return found


class DifferencesView(OfFramework, TemplateView):
    """What differs between two editions, and which ratings are compared between them."""

    template_name = "framework/differences.html"

    def instead(self):
        earlier, later = self.pair
        if earlier.number <= later.number:
            return None
        return redirect("framework_differences", self.kwargs["slug"], later.number, earlier.number)

    @cached_property
    def pair(self):
        numbered = {edition.number: edition for edition in self.editions}
        numbers = self.kwargs["earlier"], self.kwargs["later"]
        if numbers[0] == numbers[1] or not all(number in numbered for number in numbers):
            raise Http404
        return tuple(numbered[number] for number in numbers)

    def get_context_data(self, **kwargs):
        earlier, later = self.pair
        before, after = wordings([earlier, later], get_language())
        found, kept = differences(before, after), queries.drafts.comparison(earlier, later)
        page = {
            "earlier": earlier,
            "later": later,
            "differences": found,
            "shown": marked(found, before, after, {each.action.code: each for each in kept}),
            "summary": summary(kept),
            "breaks": by_reason(kept),
        }
        return super().get_context_data(**kwargs | page)


class TrailView(EditorMixin, TemplateView):
    """Who changed what in an edition, draft or published, the newest first."""

    template_name = "framework/trail.html"

    @cached_property
    def edition(self):
        editions = Edition.objects.select_related("framework", "predecessor__framework")
        return get_object_or_404(editions, framework__slug=self.kwargs["slug"], number=self.kwargs["number"])

    def get_context_data(self, **kwargs):
        entries = Paginator(story(self.edition, self.names()), A_PAGE)
        page = entries.get_page(self.request.GET.get("page"))
        return super().get_context_data(
            edition=self.edition, page=page, days=by_day_and_person(page.object_list), **kwargs
        )

    def names(self):
        """Titles and names of what the edition has, and of what it was made from, by part."""
        found = {parts.OF_LEVELS: "", parts.OF_EDITION: ""}
        for words in filter(None, queries.drafts.both_wordings(self.edition)):
            found |= {parts.of_area(area.code): area.name for area in words.areas}
            found |= {parts.of_action(each.code): f"{each.number}. {each.title}" for each in words.actions}
        return found
