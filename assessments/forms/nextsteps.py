from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from framework.models import Action
from framework.queries.wording import wording
from partnerships.forms.fields import NameField
from partnerships.forms.helpers import DateInput, PlainForm

from ..models import NextStep, Round
from ..states import RoundState

OWNERS = "owners"
"""The id of the list of suggestions on the page."""


class SeenForm(PlainForm, forms.Form):
    """Brings back which revision of a step the person has before them; 0 where it was left out."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_seen(self):
        seen = self.cleaned_data["seen"]
        return int(seen) if seen.isdecimal() and len(seen) < 10 else 0


class NextStepForm(SeenForm):
    """What will be done about an action: by whom, by when, and in which round it was decided."""

    submit_label = _("Add the next step")

    action = forms.ChoiceField(
        label=_("About which action?"), error_messages={"required": _("Choose the action it is about.")}
    )
    text = forms.CharField(
        label=_("What will be done?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One thing, so that everybody can tell when it is done."),
        error_messages={"required": _("Write what will be done.")},
    )
    owner = NameField(
        label=_("Who does it?"),
        required=False,
        widget=forms.TextInput(attrs={"list": OWNERS, "autocomplete": "off"}),
        help_text=_("A person or an organisation. Leave it empty if nobody has taken it on yet."),
    )
    due_on = forms.DateField(
        label=_("By when?"),
        required=False,
        widget=DateInput(),
        help_text=_("For example 14 November 2026. Leave it empty if there is no day yet."),
    )
    round = forms.ModelChoiceField(
        Round.objects.none(),
        label=_("Where was it decided?"),
        required=False,
        empty_label=_("Outside a round"),
        help_text=_(
            "Members and officers read a step of a round once its results are shared, and one from outside "
            "a round at once."
        ),
    )

    def __init__(self, *args, partnership, edition, step=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.step, self.edition = step, edition
        self.fields["action"].choices = _actions_by_area(edition)
        opened = partnership.rounds.exclude(state=RoundState.DRAFT).newest_first()
        rounds = opened.filter(edition__framework__editions=edition)
        self.fields["round"].queryset = rounds
        if step is None:
            del self.fields["seen"]
        elif not step.is_open:
            self.fields["closing_word"] = _closing_word(step.state)

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        unchanged = self.step and self.step.due_on == day
        if day and day < timezone.localdate() and not unchanged:
            raise forms.ValidationError(_("This day has passed. Choose today or a later day."))
        return day

    def clean(self):
        data = super().clean()
        if "action" in data and "round" in data:
            data["action"] = self._action(data["action"], data["round"])
        return data

    def _action(self, code, round):
        """The action as it stands in the edition of the round."""
        edition = round.edition_id if round else self.edition
        found = Action.objects.filter(edition=edition, code=code).first()
        if found is None:
            self.add_error(
                "round", _("This action is not in the edition of that round. Choose another round or action.")
            )
        return found


def _actions_by_area(edition):
    areas = wording(edition, get_language()).areas
    return [
        ("", _("Choose an action")),
        *((area.name, [(one.code, f"{one.number}. {one.title}") for one in area.actions]) for area in areas),
    ]


def _closing_word(state):
    if state == NextStep.State.DROPPED:
        return _why()
    return forms.CharField(
        label=_("What came of it?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In a sentence. You can leave it empty."),
    )


def _why():
    return forms.CharField(
        label=_("Why is it dropped?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In a sentence. It stands beside the step, for example: the trust does it already."),
        error_messages={"required": _("Write why it is dropped. Whoever looks at it later will ask.")},
    )


class DoneForm(SeenForm):
    submit_label = _("Mark as done")

    word = _closing_word(NextStep.State.DONE)


class DropForm(SeenForm):
    submit_label = _("Drop the next step")

    word = _why()


class TakeUpForm(SeenForm):
    submit_label = _("Take it up again")
