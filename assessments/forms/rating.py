"""What somebody who rates fills in. Nothing typed is thrown away: a form with an error shows it again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms.helpers import PlainForm
from partnerships.models import Standpoint

from .. import keys

COMMENT_LENGTH = 2000
DONT_KNOW = "dk"


class CommentField(forms.CharField):
    """Line breaks are counted as the browser counts them: one sign each."""

    widget = forms.Textarea

    def to_python(self, value):
        return super().to_python(value.replace("\r\n", "\n") if value else value)

    def run_validators(self, value):
        if "\x00" in value:
            raise forms.ValidationError(
                _("There is an unreadable sign (a null character) in your comment. Take it out, please.")
            )
        super().run_validators(value)


class StartForm(PlainForm, forms.Form):
    """Where somebody stands on the day they rate."""

    submit_label = _("Start")

    organisation = forms.ModelChoiceField(
        label=_("Your organisation"),
        queryset=None,
        required=False,
        empty_label=_("None of these"),
        error_messages={"invalid_choice": _("Choose an organisation from the list.")},
    )
    standpoint = forms.ChoiceField(
        label=_("Where you stand in it"),
        choices=[("", _("Prefer not to say")), *Standpoint.choices],
        required=False,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )
    # The return code this browser will hold. It is made when the page is shown, so that pressing twice
    # or sending again after a lost connection brings the same one.
    ticket = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations


class AnswerForm(forms.Form):
    """One action: a level or don't know, and why. Which button was pressed says what has to be there."""

    def __init__(self, *args, levels, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [*((str(level), level) for level in levels), (DONT_KNOW, DONT_KNOW)]

    level = forms.ChoiceField(
        label=_("Your answer"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the levels shown, or “Don't know”.")},
    )
    comment = CommentField(
        label=_("What makes you say so?"),
        required=False,
        max_length=COMMENT_LENGTH,
        error_messages={
            "max_length": _(
                "Your comment has %(show_value)d signs; at most %(limit_value)d fit. Shorten it, please."
            )
        },
    )
    go = forms.ChoiceField(choices=[(way, way) for way in ("on", "back", "skip")], required=False)
    seen = forms.IntegerField(min_value=0, max_value=2_000_000_000, required=False)
    page = forms.CharField(max_length=32, required=False)
    review = forms.BooleanField(required=False)

    def clean(self):
        if self.way == "on" and not self.cleaned_data.get("level") and "level" not in self.errors:
            self.add_error("level", _("Choose a level or “Don't know”, or press “Skip for now”."))
        return self.cleaned_data

    @property
    def way(self):
        return self.cleaned_data.get("go") or "on"

    @property
    def said(self):
        """What ``operations.answers`` saves; skipping takes the comment along, but no level."""
        level = "" if self.way == "skip" else self.cleaned_data["level"]
        return {
            "level": int(level) if level.isdecimal() else None,
            "dont_know": level == DONT_KNOW,
            "comment": self.cleaned_data["comment"],
        }

    @property
    def seen_and_page(self):
        return {"seen": self.cleaned_data["seen"] or 0, "page": self.cleaned_data["page"]}

    @property
    def says_something(self):
        """Whether there is anything to save; an emptied comment counts, if one had been saved."""
        return any(self.said.values()) or bool(self.cleaned_data["seen"])


class CodeForm(PlainForm, forms.Form):
    """The return code, as somebody copies it by hand."""

    submit_label = _("Open my answers")

    code = forms.CharField(
        label=_("Return code"),
        max_length=40,
        help_text=_("Eight letters and figures, like KTM4 82QX. Spaces and small letters do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Type your return code.")},
    )

    def clean_code(self):
        return keys.tidy_code(self.cleaned_data["code"])
