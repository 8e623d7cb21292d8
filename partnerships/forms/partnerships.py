from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Council, Partnership, Sector, System
from .fields import NameField
from .helpers import HintedRadios, PlainForm


class PartnershipForm(PlainForm, forms.Form):
    """Facts about a partnership; ``council`` is given where the form does not ask for it."""

    name = NameField(label=_("Name of the partnership"), help_text=_("For example Northmoor Ageing Well"))
    system = forms.ChoiceField(label=_("What it works on"), choices=[("", _("Choose…")), *System.choices])
    review_months = forms.IntegerField(
        label=_("Months between reviews"),
        initial=6,
        min_value=1,
        max_value=60,
        help_text=_("How often you mean to do this. Most partnerships choose 6 or 12."),
        error_messages={
            "min_value": _("Choose 1 to 60 months."),
            "max_value": _("Choose 1 to 60 months."),
        },
    )

    def __init__(self, *args, partnership=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.partnership = partnership

    def clean(self):
        data = super().clean()
        council = data.get("council") or (self.partnership and self.partnership.council)
        same = Partnership.objects.filter(council=council, name__iexact=data.get("name", ""))
        if council and same.exclude(pk=self.partnership and self.partnership.pk).exists():
            self.add_error("name", _("This council already hosts a partnership with this name."))
        return data


class NewPartnershipForm(PartnershipForm):
    submit_label = _("Create the partnership")
    council = forms.ModelChoiceField(
        Council.objects.all(),
        label=_("Council that hosts it"),
        empty_label=_("Choose…"),
        help_text=_("Its officers can read your results once you have shared them with the members."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        councils = list(Council.objects.all()[:2])
        if len(councils) == 1:  # there is nothing to choose
            self.fields["council"].initial = councils[0]


class HandOverForm(PlainForm, forms.Form):
    submit_label = _("Go on")
    council = forms.ModelChoiceField(
        Council.objects.none(), label=_("Council that will host it"), empty_label=_("Choose…")
    )

    def __init__(self, *args, partnership, **kwargs):
        super().__init__(*args, **kwargs)
        self.partnership = partnership
        self.fields["council"].queryset = Council.objects.exclude(pk=partnership.council_id)

    def clean_council(self):
        council = self.cleaned_data["council"]
        if council.partnerships.filter(name__iexact=self.partnership.name).exists():
            raise forms.ValidationError(
                _("This council already hosts a partnership with this name. Change the name first.")
            )
        return council


class OrganisationForm(PlainForm, forms.Form):
    name = NameField(label=_("Name of the organisation"))
    sector = forms.ChoiceField(label=_("Sector"), choices=Sector.choices, widget=HintedRadios)

    def __init__(self, *args, partnership, organisation=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.others = partnership.organisations.exclude(pk=organisation and organisation.pk)

    def clean_name(self):
        name = self.cleaned_data["name"]
        if self.others.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("The partnership already has an organisation with this name."))
        return name
