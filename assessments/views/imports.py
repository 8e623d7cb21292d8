"""Ratings given elsewhere: the blank sheet to fill in by hand, and bringing a table of them in."""

import csv
import io

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView, View

from framework.queries.wording import wording
from partnerships.models import Standpoint
from partnerships.permissions import Permission
from partnerships.sheets.tables import MOST_BYTES
from partnerships.views.base import PartnershipMixin

from .. import queries
from ..forms.imports import ConfirmForm, UploadForm
from ..models import Grouping
from ..operations.imports import found_again, import_round, new_organisations, require_names
from ..policies.base import NotNow
from ..policies.rounds import require_seen_edition
from ..sheets.ratings import BadSheet, headings, read_sheet, written
from .base import NotNowMixin, RoundMixin
from .editions import Choice, ChoosesEditionMixin

FAULTS_SHOWN = 200
PEOPLE_SHOWN = 5
GRID_ROWS = 24


class RatedElsewhereMixin(ChoosesEditionMixin, NotNowMixin):
    """A round that is brought in has the edition people rated: the newest, unless the lead says another."""

    @cached_property
    def words(self):
        return wording(self.edition, get_language())

    def refusal_context(self, refusal):
        return {"refusal": str(refusal), "back": self.partnership.get_absolute_url()}


@method_decorator(never_cache, name="dispatch")
class ImportView(RatedElsewhereMixin, PartnershipMixin, FormView):
    """Explains the columns and takes the file; answers with what would come in, or with all that is wrong."""

    permission = Permission.MANAGE_ROUNDS
    form_class = UploadForm
    template_name = "assessments/import/upload.html"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "partnership": self.partnership}

    def form_valid(self, form):
        self.day = form.cleaned_data["closed_on"] or timezone.localdate()
        if not self.has_chosen:
            self.edition = self.in_force
        try:
            sheet = read_sheet(form.cleaned_data["file"], actions=len(self.words.actions))
            require_names(sheet, form.cleaned_data["same_people"])
        except BadSheet as bad:
            return self.refuse(form, bad.faults)
        except NotNow as refusal:
            form.add_error("same_people", str(refusal))
            return self.form_invalid(form)
        table = as_csv(written(sheet, actions=len(self.words.actions)))
        if len(table.encode()) > MOST_BYTES:
            form.add_error("file", _("The table holds more than 2 MB of text. Bring it in in parts."))
            return self.form_invalid(form)
        return self.preview(form, sheet, table)

    def doubted(self):
        """The edition that was in use instead, where the one chosen was published after that day."""
        published = timezone.localdate(self.edition.published_at)
        instead = self.in_force
        return Choice.of(instead) if published > self.day and instead != self.edition else None

    @property
    def in_force(self):
        """The edition that was in use on the day the ratings were collected."""
        return queries.editions.in_force(self.partnership, self.edition.framework_id, self.day)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def refuse(self, form, faults):
        context = self.get_context_data(form=form, faults=faults[:FAULTS_SHOWN], faults_in_all=len(faults))
        return self.render_to_response(context, status=422)

    def preview(self, form, sheet, table):
        carried = {name: form.cleaned_data[name] for name in ("title", "closed_on", "grouping")}
        carried["same_people"] = "yes" if form.cleaned_data["same_people"] else "no"
        carried_on = {**carried, "table": table, "edition": self.edition.pk}
        carry = ConfirmForm(initial=carried_on, partnership=self.partnership)
        context = preview_context(self.partnership, sheet, self.words)
        context |= {"form": carry, **carried, "grouping": Grouping(carried["grouping"]).label}
        context |= {"has_same_people": form.cleaned_data["same_people"], "doubted": self.doubted()}
        self.template_name = "assessments/import/preview.html"
        return self.render_to_response(self.get_context_data(**context))

    def get_context_data(self, **kwargs):
        defaults = {"faults": (), "faults_in_all": 0, "words": self.words, "standpoints": Standpoint.choices}
        return super().get_context_data(**{**defaults, "example": example(self.words), **kwargs})


@method_decorator(never_cache, name="dispatch")
class ConfirmView(RatedElsewhereMixin, PartnershipMixin, View):
    """Checks everything once more and brings it in, whole or not at all. Nothing was kept in between."""

    permission = Permission.MANAGE_ROUNDS

    def get(self, request, *args, **kwargs):
        return self.upload()

    def upload(self):
        return redirect(reverse("assessments:import_ratings", args=[self.partnership.slug]) + self.query)

    def post(self, request, *args, **kwargs):
        form = ConfirmForm(request.POST, partnership=self.partnership)
        if not form.is_valid():
            return self.back(sentences(form))
        try:
            round = self.bring_in(form.cleaned_data)
        except BadSheet as bad:
            return self.back(map(str, bad.faults[:3]))
        except NotNow as refusal:
            return self.back([str(refusal)])
        except ValidationError as fault:
            return self.back(fault.messages)
        messages.success(request, self.success(round))
        return redirect(round)

    def bring_in(self, said):
        require_seen_edition(self.edition, said["edition"])
        return import_round(
            by=self.request.user,
            partnership=self.partnership,
            title=said["title"],
            sheet=read_sheet(said["table"], actions=len(self.words.actions)),
            edition=self.edition,
            grouping=said["grouping"],
            closed_on=said["closed_on"],
            same_people=said["same_people"],
        )

    def success(self, round):
        people = round.invitations.count()
        words = ngettext(
            "The ratings of %(count)d person are in.", "The ratings of %(count)d people are in.", people
        )
        return words % {"count": people}

    def back(self, reasons):
        """Something has changed since the preview: say what, and let the lead begin again."""
        messages.error(self.request, " ".join([_("Nothing was brought in."), *reasons]))
        return self.upload()


class BlankTableView(RatedElsewhereMixin, PartnershipMixin, View):
    """The heading of the table, to type ratings below."""

    permission = Permission.MANAGE_ROUNDS

    def get(self, request, *args, **kwargs):
        # The mark at the start tells Excel that it is UTF-8.
        body = "\ufeff" + as_csv([headings(len(self.words.actions))])
        name = f"{self.partnership.slug}-ratings.csv"
        return HttpResponse(
            body,
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class SheetMixin:
    permission = Permission.MANAGE_ROUNDS
    translated = True
    template_name = "assessments/sheet/sheet.html"

    def get_context_data(self, **kwargs):
        context = {
            "words": self.words,
            "standpoints": Standpoint.choices,
            "numbers": range(1, len(self.words.actions) + 1),
            "grid": range(GRID_ROWS),
            "title": "",
        }
        return super().get_context_data(**{**context, **kwargs})


class SheetView(SheetMixin, RatedElsewhereMixin, PartnershipMixin, TemplateView):
    """The blank sheet of an edition, for a session that is not a round yet."""


class RoundSheetView(SheetMixin, RoundMixin, TemplateView):
    """The sheet with the words of the round's own edition."""

    @cached_property
    def edition(self):
        """A draft's sheet asks what the round will ask."""
        return queries.editions.at_opening(self.round) or self.round.edition

    @cached_property
    def words(self):
        return wording(self.edition, get_language())

    def get_context_data(self, **kwargs):
        return super().get_context_data(title=self.round.title, which=(), query="", **kwargs)


def as_csv(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def example(words):
    """Three invented rows that show every kind of cell."""
    cells = [
        ["4", "3", "dk", "2", "5"],
        ["2", "", "3", "3", "4"],
        ["5", "4", "4", "dk", "3"],
    ]
    people = [
        ("Ada", "Northmoor Council", "senior", _("We meet every month.")),
        ("17", "Moor Voices", "citizen", ""),
        ("ben@moor.example", "", "frontline", ""),
    ]
    rows = [
        {"person": person[:3], "cells": row, "last": "3", "comment": person[3]}
        for person, row in zip(people, cells, strict=True)
    ]
    return {"rows": rows, "last": len(words.actions)}


def preview_context(partnership, sheet, words):
    new = new_organisations(partnership, sheet)
    return {
        "people": len(sheet.people),
        "found_again": found_again(partnership, sheet),
        "answered": sum(person.answered for person in sheet.people),
        "new": new,
        "known": [name for name in sheet.organisations if name not in new],
        "unused": sheet.unused,
        "first": sheet.people[:PEOPLE_SHOWN],
        "comments": sum(1 for person in sheet.people for comment in person.comments if comment),
        "numbers": [action.number for action in words.actions],
    }


def sentences(form):
    return [str(error) for errors in form.errors.values() for error in errors]
