"""Many members at once: paste or upload, look at what was understood, then add everybody or nobody."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from .. import operations
from ..forms.members import LONGEST_LIST, PasteForm, UploadForm
from ..models import Sector, Standpoint
from ..sheets.members import Known, read_members
from .base import OperationView
from .members import MembersMixin


class ListMixin(MembersMixin, OperationView):
    """Shows what is wrong with the list; where nothing is, what it will do, carried on in the page."""

    field: str

    def form_valid(self, form):
        self.rows = form.cleaned_data[self.field]
        self.list = read_members(self.rows, known(self.partnership))
        if self.list.faults:
            return render(self.request, self.template_name, self.faulty(form))
        if "confirmed" in self.request.POST:
            return super().form_valid(form)
        return render(self.request, "partnerships/members_preview.html", self.preview())

    def faulty(self, form):
        return self.get_context_data(form=form, faults=self.list.faults, mend=self.to_mend())

    def to_mend(self):
        """The lines of an upload, to be put right here and now instead of in the file."""
        text = as_lines(self.rows)
        return PasteForm(initial={"lines": text}) if len(text) < LONGEST_LIST else None

    def preview(self):
        new = {name for name, _sector in self.list.new_organisations}
        return self.get_context_data(
            people=[
                (
                    person,
                    Standpoint(person.standpoint).label if person.standpoint else "",
                    person.organisation in new,
                )
                for person in self.list.people
            ],
            new_organisations=[(name, Sector(sector).label) for name, sector in self.list.new_organisations],
            lines=as_lines(self.rows),
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"faults": (), "mend": None} | kwargs)

    def operate(self, data):
        operations.add_members(by=self.request.user, partnership=self.partnership, people=self.list.people)
        count = len(self.list.people)
        self.done_message = ngettext("%d person is added.", "%d people are added.", count) % count


class PasteView(ListMixin):
    template_name = "partnerships/members_paste.html"
    form_class = PasteForm
    field = "lines"

    def post(self, request, *args, **kwargs):
        if "change" in request.POST:
            form = PasteForm(initial={"lines": request.POST.get("lines", "")})
            return self.render_to_response(self.get_context_data(form=form))
        return super().post(request, *args, **kwargs)

    def to_mend(self):
        return None


class UploadView(ListMixin):
    template_name = "partnerships/members_upload.html"
    form_class = UploadForm
    field = "file"


class TemplateFileView(MembersMixin, View):
    """An example to fill in."""

    def get(self, request, *args, **kwargs):
        example = [
            ["name", "e-mail", "organisation", "standpoint", "sector"],
            ["Ann Example", "ann@northmoor.example", "Northmoor Council", "elected", "council"],
            ["Bob Example", "", "Northmoor Carers", "frontline", "voluntary"],
        ]
        # The byte-order mark tells Excel that this is UTF-8.
        response = HttpResponse("\ufeff" + as_lines(example), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{_("members")}.csv"'
        return response


def known(partnership):
    return Known(
        sectors=dict(Sector.choices),
        standpoints=dict(Standpoint.choices),
        organisations=dict(partnership.organisations.values_list("name", "sector")),
        members=tuple(partnership.memberships.current().values_list("name", "email")),
    )


def as_lines(rows):
    """Comma separated, quoted so that none of the signs in a cell can pass for the separator."""
    return "".join(",".join(map(_quoted, row)) + "\r\n" for row in rows)


def _quoted(cell):
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set(',;\t"\r\n') else cell
