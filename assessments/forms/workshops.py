"""What is filled in around a live workshop: the code, the address, a level, a vote."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.forms.fields import NameField
from partnerships.forms.helpers import PlainForm

from .. import keys
from ..states import STAGE_MOVES, WORKSHOP_MOVES
from .rating import DONT_KNOW

LEVELS = [(level, str(level)) for level in range(1, 6)]
AT_LENGTH = 200


class RoomCodeForm(PlainForm, forms.Form):
    """The code that stands on the big screen."""

    submit_label = _("Go on")

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Six letters and figures, like KTM 482. Spaces and small letters do not matter."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "spellcheck": "false",
                "autocapitalize": "characters",
                "class": "code-field",
            }
        ),
        error_messages={"required": _("Type the code from the big screen.")},
    )

    def clean_code(self):
        return keys.tidy_code(self.cleaned_data["code"])


class JoinForm(PlainForm, forms.Form):
    """Joining as the member one is."""

    submit_label = _("Join")

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("The one your partnership knows. We ask there, in one e-mail, whether it was you."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Type your e-mail address, or join as a guest below."),
            "invalid": _("This is not a whole e-mail address. It looks like name@example.org."),
        },
    )


class SeenForm(forms.Form):
    """What every button of the control carries: the revision its screen showed, and where that was."""

    seen = forms.IntegerField(min_value=0, max_value=2_000_000_000)
    at = forms.CharField(max_length=AT_LENGTH, required=False)


class WorkshopMoveForm(SeenForm):
    """``of`` is the action that was on the screens; none is before the first and at the end."""

    move = forms.ChoiceField(
        choices=[(name, name) for name in (*WORKSHOP_MOVES, *STAGE_MOVES, "hide", "unhide")],
        error_messages={name: _("Press one of the buttons.") for name in ("required", "invalid_choice")},
    )
    of = forms.IntegerField(min_value=1, max_value=1000, required=False)


class GoToForm(SeenForm):
    number = forms.IntegerField(min_value=1, max_value=1000)


class TimerForm(SeenForm):
    minutes = forms.IntegerField(
        min_value=1,
        max_value=60,
        required=False,
        error_messages={
            "invalid": _("Write the minutes as a whole number."),
            "min_value": _("A timer runs from 1 to 60 minutes."),
            "max_value": _("A timer runs from 1 to 60 minutes."),
        },
    )
    stop = forms.BooleanField(required=False)

    def clean(self):
        found = super().clean()
        if not found.get("stop") and not found.get("minutes") and "minutes" not in self.errors:
            self.add_error("minutes", _("Write how many minutes the timer should run."))
        return found


class AgreeForm(SeenForm):
    number = forms.IntegerField(min_value=1, max_value=1000)
    level = forms.TypedChoiceField(
        choices=[("", _("Take it back")), *LEVELS], coerce=int, empty_value=None, required=False
    )
    why = forms.CharField(
        max_length=500,
        required=False,
        error_messages={
            "max_length": _(
                "The reason has %(show_value)d signs; at most %(limit_value)d fit. Shorten it, please."
            )
        },
    )

    def clean(self):
        # No button chosen at all is not the same as choosing to take it back.
        if "level" not in self.data:
            self.add_error("level", _("Choose the level you agreed, from 1 to 5."))
        return super().clean()


class StepForm(SeenForm):
    """A next step, decided while everybody looks on."""

    number = forms.IntegerField(min_value=1, max_value=1000)
    text = forms.CharField(
        max_length=500,
        error_messages={
            "required": _("Write what will be done."),
            "max_length": _(
                "The next step has %(show_value)d signs; at most %(limit_value)d fit. Shorten it, please."
            ),
        },
    )
    owner = NameField(required=False)
    due_on = forms.DateField(
        required=False, error_messages={"invalid": _("Write the day like 14 November 2026, or choose it.")}
    )

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("The day of a next step has passed. Choose today or a later day."))
        return day


class RateForm(forms.Form):
    number = forms.IntegerField(min_value=1, max_value=1000)
    stage = forms.CharField(max_length=20)
    level = forms.ChoiceField(
        choices=[*LEVELS, (DONT_KNOW, DONT_KNOW)],
        error_messages={
            "required": _("Choose one of the levels shown, or “Don't know”."),
            "invalid_choice": _("Choose one of the levels shown, or “Don't know”."),
        },
    )

    @property
    def said(self):
        level = self.cleaned_data["level"]
        return {"dont_know": True} if level == DONT_KNOW else {"level": int(level)}


class VoteForm(forms.Form):
    worth = forms.TypedChoiceField(
        choices=LEVELS,
        coerce=int,
        error_messages={
            "required": _("Choose a number from 1 to 5."),
            "invalid_choice": _("Choose a number from 1 to 5."),
        },
    )
