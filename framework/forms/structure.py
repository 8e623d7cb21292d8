"""Forms that say which actions and areas a draft has, and where they stand."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.forms.fields import NameField
from partnerships.forms.helpers import PlainForm

from ..wording.limits import ONE_LINE

FIRST, AFTER = "first", "after"
CHOOSE = gettext_lazy("Choose…")


class ShapeForm(PlainForm, forms.Form):
    """A form about the draft with these words."""

    def __init__(self, *args, words, code="", **kwargs):
        super().__init__(*args, **kwargs)
        self.offer(words, code)

    def offer(self, words, code):
        """Fill in what there is to choose from."""


class NewActionForm(ShapeForm):
    submit_label = gettext_lazy("Add the action")

    title = NameField(
        label=gettext_lazy("Title"),
        max_length=ONE_LINE["title"],
        help_text=gettext_lazy("What partnerships do, for example “Share money and people”."),
    )
    area = forms.ChoiceField(label=gettext_lazy("Area"))

    def offer(self, words, code):
        self.fields["area"].choices = [("", CHOOSE), *((area.code, area.name) for area in words.areas)]


class NewAreaForm(ShapeForm):
    submit_label = gettext_lazy("Add the area")

    name = NameField(label=gettext_lazy("Name of the area"), max_length=ONE_LINE["name"])


class SplitForm(ShapeForm):
    submit_label = gettext_lazy("Split the action")

    title = NameField(label=gettext_lazy("Title of the second part"), max_length=ONE_LINE["title"])


class RetireForm(ShapeForm):
    submit_label = gettext_lazy("Take it out")


class RemoveAreaForm(ShapeForm):
    submit_label = gettext_lazy("Take the area out")


class MergeForm(ShapeForm):
    submit_label = gettext_lazy("Merge them")

    source = forms.ChoiceField(
        label=gettext_lazy("Which action goes into it?"),
        help_text=gettext_lazy("Its prompts to talk about are added. Its other words are lost."),
    )

    def offer(self, words, code):
        self.fields["source"].choices = [
            ("", CHOOSE),
            *(
                (area.name, others)
                for area in words.areas
                if (others := [(each.code, numbered(each)) for each in area.actions if each.code != code])
            ),
        ]


class MoveActionForm(ShapeForm):
    submit_label = gettext_lazy("Move it there")

    place = forms.ChoiceField(label=gettext_lazy("Where should it go?"))

    def offer(self, words, code):
        self.fields["place"].choices = [
            ("", CHOOSE),
            *((area.name, self._places(area, code)) for area in words.areas),
        ]

    def _places(self, area, code):
        first = (f"{FIRST}:{area.code}", _("First in “%(area)s”") % {"area": area.name})
        others = [each for each in area.actions if each.code != code]
        return [
            first,
            *(
                (f"{AFTER}:{each.code}", _("After %(action)s") % {"action": numbered(each)})
                for each in others
            ),
        ]

    def clean_place(self):
        """What ``operations.move_action`` takes."""
        way, _colon, code = self.cleaned_data["place"].partition(":")
        return {"area": code, "after": ""} if way == FIRST else {"area": "", "after": code}


class BringBackForm(ShapeForm):
    """Asks for an area where the action's own is gone."""

    submit_label = gettext_lazy("Bring it back")

    area = forms.ChoiceField(label=gettext_lazy("Area"))

    def __init__(self, *args, home, **kwargs):
        self.home = home
        super().__init__(*args, **kwargs)

    def offer(self, words, code):
        areas = [(area.code, area.name) for area in words.areas]
        if self.home in dict(areas):
            del self.fields["area"]
        else:
            self.fields["area"].choices = [("", CHOOSE), *areas]


def numbered(action):
    return f"{action.number}. {action.title}"
