"""How our forms are laid out: label, hint, error, field; a summary of what is wrong at the top."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# What to do, where the framework says only that something is wrong. The first kind that fits counts.
PLAINLY = (
    (forms.FileField, {"required": _("Choose a file.")}),
    (
        forms.ChoiceField,
        {"required": _("Choose one of these."), "invalid_choice": _("Choose one of these.")},
    ),
    (forms.IntegerField, {"required": _("Write a number."), "invalid": _("Write a whole number.")}),
    (forms.DateField, {"required": _("Choose a day."), "invalid": _("Write a day that exists.")}),
    (
        forms.EmailField,
        {
            "required": _("Fill this in. It cannot stay empty."),
            "invalid": _("This is not a whole e-mail address. It looks like name@council.example."),
        },
    ),
    (forms.Field, {"required": _("Fill this in. It cannot stay empty.")}),
)
TOO_LONG = _("Shorten this: at most %(limit_value)d characters fit, and it has %(show_value)d.")
UNREADABLE = _("There is an unreadable sign (a null character) in this. Take it out, please.")


def say_plainly(fields):
    """Replace the framework's own messages; one that a form has written itself stays."""
    for field in fields:
        messages = next(said for kind, said in PLAINLY if isinstance(field, kind))
        for code, message in messages.items():
            if field.error_messages.get(code) == _usual(type(field), code):
                field.error_messages[code] = message
        # These come from validators; a field that has words of its own keeps them.
        for code, message in _limits(field).items():
            field.error_messages.setdefault(code, message)


def _usual(kind, code):
    """What Django says where nobody has written anything else; None where a validator says it."""
    said = (parent.__dict__.get("default_error_messages", {}) for parent in kind.__mro__)
    return next((messages[code] for messages in said if code in messages), None)


def _limits(field):
    if isinstance(field, forms.IntegerField) and None not in (field.min_value, field.max_value):
        facts = {"least": field.min_value, "most": field.max_value}
        words = gettext("Write a number from %(least)d to %(most)d.") % facts
        return {"min_value": words, "max_value": words}
    if isinstance(field, forms.CharField):
        return {"max_length": TOO_LONG, "null_characters_not_allowed": UNREADABLE}
    return {}


class PlainForm:
    """Gives a form the helper that ``{% crispy form %}`` asks for.

    Put it before ``forms.Form`` or ``forms.ModelForm``. With ``form_tag = False`` the template writes
    the form element, the token and the buttons itself.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_plainly(self.fields.values())

    submit_label = _("Save")
    cancel_label = _("Cancel")
    cancel_url = ""
    form_action = ""
    form_tag = True

    @property
    def helper(self):
        helper = FormHelper(self)
        helper.layout = None
        helper.template = "components/plain_form.html"
        helper.form_tag = self.form_tag
        helper.disable_csrf = not self.form_tag
        helper.form_action = str(self.form_action)
        # The browser's own bubbles vanish and are read by nobody; our summary stays.
        helper.attrs = {"novalidate": ""}
        helper.submit_label = self.submit_label
        helper.cancel_label = self.cancel_label
        helper.cancel_url = self.cancel_url
        return helper


class ConfirmForm(PlainForm, forms.Form):
    """Asks nothing: the button is the answer."""


class HintedRadios(forms.RadioSelect):
    """Radio buttons where a choice may carry a sentence of its own, and a link: (address, words)."""

    def __init__(self, *args, hints=None, links=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.hints, self.links = hints or {}, links or {}

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        return option | {"hint": self.hints.get(str(value), ""), "link": self.links.get(str(value))}


class DateInput(forms.DateInput):
    """The browser's own date field, which wants and gives 2026-11-14 whatever it shows."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


DATE_HINT = _("For example 14 November 2026")
