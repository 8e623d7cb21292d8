from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Membership, Organisation, Standpoint, UserManager
from ..sheets.tables import TableError, read_table, text_rows
from .fields import NameField
from .helpers import HintedRadios, PlainForm

LONGEST_LIST = 500_000


class MemberForm(PlainForm, forms.Form):
    name = NameField(label=_("Name"))
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        help_text=_("Their private link is sent here. Without one you can copy the link and pass it on."),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation"),
        required=False,
        empty_label=_("None or not known"),
    )
    standpoint = forms.ChoiceField(
        label=_("Standpoint"),
        required=False,
        choices=[("", _("Not known: they say so themselves")), *Standpoint.choices],
        help_text=_("From where this person looks at the partnership."),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in reversed(Membership.Role)],
        initial=Membership.Role.MEMBER,
        widget=HintedRadios(
            hints={
                "member": _("Rates by private link and reads the results once they are shared."),
                "lead": _("Sets up rounds, adds people, opens and shares results. Needs an e-mail address."),
            }
        ),
    )

    def __init__(self, *args, partnership, membership=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = partnership.organisations.all()
        self.others = partnership.memberships.current().exclude(pk=membership and membership.pk)

    def clean_email(self):
        email = UserManager.normalise(self.cleaned_data["email"])
        if email and self.others.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("Another member has this address."))
        return email

    def clean(self):
        data = super().clean()
        if data.get("role") == Membership.Role.LEAD and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("A lead needs an e-mail address to sign in with."))
        return data


class PasteForm(PlainForm, forms.Form):
    submit_label = _("Check the list")
    lines = forms.CharField(
        label=_("One person a line"),
        max_length=LONGEST_LIST,
        strip=False,  # empty lines count, so that row numbers agree with what was pasted
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "wrap": "off"}),
        help_text=_(
            "Name, e-mail address, organisation, standpoint. Only the name has to be there. "
            "You can paste straight from a spreadsheet."
        ),
    )

    def clean_lines(self):
        try:
            return text_rows(self.cleaned_data["lines"])
        except TableError as error:
            raise forms.ValidationError(str(error)) from error


class UploadForm(PlainForm, forms.Form):
    submit_label = _("Check the file")
    file = forms.FileField(
        label=_("CSV or Excel file"),
        allow_empty_file=True,  # our own sentence says it better
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        help_text=_("At most 2 MB and 1,000 people. The table is on the first sheet."),
    )

    def clean_file(self):
        try:
            return read_table(self.cleaned_data["file"])
        except TableError as error:
            raise forms.ValidationError(str(error)) from error
