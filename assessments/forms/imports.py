from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.forms.fields import NameField
from partnerships.forms.helpers import DateInput, HintedRadios, PlainForm
from partnerships.sheets.tables import MOST_BYTES, TableError, read_table, text_rows

from ..models import Grouping


class AboutForm(PlainForm, forms.Form):
    """What the new round is called, when it closed, and by which groups it counts."""

    title = NameField(
        label=_("Title of the round"),
        max_length=80,
        help_text=_("What people call it, for example Autumn 2026. Each round has a title of its own."),
    )
    closed_on = forms.DateField(
        label=_("Day the ratings were collected"),
        required=False,
        widget=DateInput(),
        help_text=_(
            "Leave it empty for today. The round takes its place among the others by this day, as if it had "
            "been closed at noon."
        ),
    )
    grouping = forms.ChoiceField(
        label=_("By which groups are people counted?"),
        help_text=_(
            "One kind only, and it stays: from two tables about the same people, one could work out single "
            "views. Groups of fewer than five people are counted together."
        ),
        initial=Grouping.ORGANISATION,
        choices=Grouping.choices,
        widget=HintedRadios(
            hints={
                Grouping.ORGANISATION: _(
                    "From the column organisation. The results can then also show averages in which each "
                    "organisation counts the same."
                ),
                Grouping.SECTOR: _(
                    "From the sector each organisation has; a new one starts as Other. The results show "
                    "everybody together."
                ),
                Grouping.STANDPOINT: _("From the column standpoint. The results show everybody together."),
            }
        ),
    )

    same_people = forms.TypedChoiceField(
        label=_("Are these the same people as in other files?"),
        help_text=_(
            "Only people who are the same can show whether views have moved. People in a file are never "
            "matched with people who answered here: else whoever brings in a file could choose its "
            "answers so that the change tells what one person said here."
        ),
        initial="no",
        required=False,
        coerce=lambda said: said == "yes",
        empty_value=False,
        choices=[
            ("no", _("No, or I do not know")),
            ("yes", _("Yes, a respondent is the same person in each file")),
        ],
        widget=HintedRadios(
            hints={
                "no": _("The averages stand beside those of other rounds. Who moved is not said."),
                "yes": _(
                    "You or somebody else kept a list, or the column respondent holds names or addresses. "
                    "Numbers given out anew each time, such as 1 to 20, are not the same people. Say it "
                    "of each of the files."
                ),
            }
        ),
    )

    def __init__(self, *args, partnership, **kwargs):
        super().__init__(*args, **kwargs)
        self.partnership = partnership

    def clean_title(self):
        title = self.cleaned_data["title"]
        if self.partnership.rounds.filter(title__iexact=title).exists():
            raise forms.ValidationError(
                _("There is a round called “%(title)s” already. Choose another title."),
                params={"title": title},
            )
        return title

    def clean_closed_on(self):
        day = self.cleaned_data["closed_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day lies in the future. Give the day people rated."))
        return day


class UploadForm(AboutForm):
    """The file, turned into rows of text as ``cleaned_data["file"]``."""

    submit_label = _("Check the file")
    field_order = ["file", "title", "closed_on", "grouping", "same_people"]

    file = forms.FileField(
        label=_("CSV or Excel file"),
        allow_empty_file=True,  # our own sentence says it better
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        help_text=_("At most 2 MB. In a workbook the table stands on the first sheet."),
    )

    def clean_file(self):
        return _rows(read_table, self.cleaned_data["file"])


class ConfirmForm(AboutForm):
    """The same, with the table as it was checked in place of the file."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # A text area, since a hidden input may lose its line ends on the way.
    table = forms.CharField(max_length=MOST_BYTES, strip=False, widget=forms.Textarea(attrs={"hidden": True}))

    def clean_table(self):
        return _rows(text_rows, self.cleaned_data["table"])


def _rows(read, source):
    try:
        return read(source)
    except TableError as fault:
        raise forms.ValidationError(str(fault)) from fault
