"""What an editor fills in on the way from a draft to a published edition."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms.helpers import HintedRadios, PlainForm, say_plainly

from ..changes.questions import Answer, place_of, wrong
from .words import Text


class KindForm(PlainForm, forms.Form):
    """One question about a change. A kind that is about several actions has a field to choose them."""

    kind = forms.ChoiceField(label=_("What kind of change is this?"), widget=HintedRadios)

    def __init__(self, question, data=None):
        self.question = question
        super().__init__(data, prefix=place_of(question.code))
        self.fields["kind"].choices = [(each.kind, _words(each)) for each in question.options]
        self.fields["kind"].widget.hints = {each.kind: each.effect for each in question.options}
        for option in question.options:
            if option.asks:
                self.fields[f"{option.kind}_others"] = _others(option)
        say_plainly(self.fields.values())

    @property
    def is_answered(self):
        return bool(self.data.get(self.add_prefix("kind")))

    def full_clean(self):
        """Which other actions are chosen counts for the kind that is about them, and for no other."""
        fields = {name: field for name, field in self.fields.items() if name != "kind"}
        for name, field in fields.items():
            field.required = name == f"{self.data.get(self.add_prefix('kind'))}_others"
        super().full_clean()
        for field in fields.values():
            field.required = True  # a label says of the others that they are optional

    def clean(self):
        data = super().clean()
        kind = data.get("kind")
        if kind and not self.errors and (why := wrong(self.question, kind, self._others(kind))):
            self.add_error(f"{kind}_others", why)
        return data

    def _others(self, kind):
        chosen = self.cleaned_data.get(f"{kind}_others") or ()
        return (chosen,) if isinstance(chosen, str) else tuple(chosen)

    def answer(self):
        """What was answered, once it is known to be an answer."""
        kind = self.cleaned_data["kind"]
        seen = self.data.get(self.add_prefix("seen"), "")
        return Answer(self.question.code, kind, self._others(kind), seen)


def _words(option):
    return _("%(kind)s (suggested)") % {"kind": option.words} if option.proposed else option.words


def _others(option):
    choices = [(each.code, f"{each.number}. {each.title}") for each in option.others]
    if option.only_one:
        first = option.looks_like[0] if option.looks_like else ""
        choices = [("", _("Choose an action")), *choices]
        return forms.ChoiceField(label=option.asks, choices=choices, initial=first)
    return forms.MultipleChoiceField(
        label=option.asks,
        choices=choices,
        initial=option.looks_like,
        widget=forms.CheckboxSelectMultiple,
    )


class PublishForm(PlainForm, forms.Form):
    form_tag = False
    note = Text(
        rows=4,
        required=True,
        label=_("What is different in this edition, and why?"),
        help_text=_("Everybody can read this in the history. It cannot be changed afterwards."),
    )


class DropForm(PlainForm, forms.Form):
    form_tag = False
    sure = forms.BooleanField(
        label=_("Yes, drop this draft with everything in it"),
        error_messages={"required": _("Tick this, if you are sure. A dropped draft cannot be brought back.")},
    )
