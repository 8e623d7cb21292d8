from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import NameField
from .helpers import PlainForm


class YourNameForm(PlainForm, forms.Form):
    submit_label = _("Save your name")
    name = NameField(label=_("Your name"), help_text=_("Shown to the people you work with."))
