"""Which partnerships of a council to show, and in what order."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms.helpers import DateInput, PlainForm
from partnerships.models import System

from ..queries.portfolio import Asked

ALL_SYSTEMS = ("", _("All"))
SORTS = (
    ("name", _("Name")),
    ("attention", _("Most actions on the list")),
    ("due", _("Next round due first")),
    ("age", _("Oldest results first")),
)


class PortfolioForm(PlainForm, forms.Form):
    """Read from the address; what is missing there is left as it is."""

    system = forms.ChoiceField(label=_("System"), choices=[ALL_SYSTEMS, *System.choices], required=False)
    since = forms.DateField(label=_("Rounds closed from"), required=False, widget=DateInput)
    until = forms.DateField(label=_("Rounds closed until"), required=False, widget=DateInput)
    sort = forms.ChoiceField(label=_("In order of"), choices=SORTS, required=False)

    def clean(self):
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", _("Choose a day that is not before the first one."))

    def asked(self):
        """What was asked for; everything by name where the form cannot be read."""
        return Asked(**self.cleaned_data | {"sort": self.cleaned_data["sort"] or "name"})
