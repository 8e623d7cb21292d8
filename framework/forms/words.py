"""The words of a draft as somebody types them: tidied, and no longer than a text can be.

No field has to be filled in: a draft may stand half written, and the checks ask for the rest.
"""

import re

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from partnerships.forms.helpers import HintedRadios, PlainForm

from ..checks.radarlabels import CHART_LINES, CHART_WIDTH
from ..models import Area
from ..wording.limits import LONGEST, MOST_PROMPTS, ONE_LINE, is_control
from ..wording.values import LEVELS

LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
"""Every way to end a line: what is pasted from slides has others than a keyboard gives."""


def with_plain_lines(text):
    return LINE_ENDS.sub("\n", text)


class Text(forms.CharField):
    """A text of several lines. The browser does not cut what is too long, so that it can be shortened."""

    is_one_line = False

    def __init__(self, *, rows=2, most=LONGEST, required=False, **kwargs):
        widget = forms.Textarea({"rows": rows, "class": "form-control", "dir": "auto"})
        super().__init__(required=required, max_length=most, widget=widget, **kwargs)

    def widget_attrs(self, widget):
        return {}

    def to_python(self, value):
        text = with_plain_lines(value or "")
        if self.is_one_line:
            text = re.sub(r"[\n\t]+", " ", text)
        # A null character is left for the field to complain about; others nobody sees or misses.
        return super().to_python("".join(sign for sign in text if sign == "\0" or not self._is_control(sign)))

    def _is_control(self, sign):
        return is_control(sign, one_line=self.is_one_line)


class OneLineText(Text):
    """A text that stands in one line."""

    is_one_line = True

    def __init__(self, *, name, rows=1, **kwargs):
        super().__init__(rows=rows, most=ONE_LINE[name], **kwargs)


class Prompts(Text):
    """Things to talk about, one a line."""

    def to_python(self, value):
        lines = super().to_python(value).split("\n")
        return "\n".join(line.strip() for line in lines if line.strip())

    def run_validators(self, value):
        lines = value.split("\n")
        if len(lines) > MOST_PROMPTS:
            raise forms.ValidationError(
                ngettext(
                    "Take some out: at most %(most)d prompt fits.",
                    "Take some out: at most %(most)d prompts fit.",
                    MOST_PROMPTS,
                )
                % {"most": MOST_PROMPTS}
            )
        for line in lines:
            super().run_validators(line)


def settle(data, published):
    """A copy of what was sent, after what the pressed button decides about one text.

    ``mine:FIELD`` counts although somebody else changed it too, ``theirs:FIELD`` takes what they wrote, and
    ``published:FIELD`` what ``published`` says of the field.
    """
    data = data.copy()
    what, _colon, name = data.get("settle", "").partition(":")
    if what == "published":
        data[name] = published(name)
    if what in ("mine", "theirs"):
        data[f"seen-{name}"] = data.get(f"theirs-{name}", "")
    if what == "theirs":
        data[name] = data[f"seen-{name}"]
    return data


class WordsForm(PlainForm, forms.Form):
    """Texts of a draft, with what each of them was when the person began to change it.

    Both come in the same form, so that whoever saves finds out what somebody else wrote meanwhile. ``words``
    are those of the whole draft, if there still is one, ``code`` is that of the action or area these are of.
    """

    groups = ()

    def __init__(self, *args, words, code, **kwargs):
        super().__init__(*args, **kwargs)
        if words:
            self.say_of(words, code)

    def say_of(self, words, code):
        """What is said beside fields and depends on the draft."""

    @property
    def seen(self):
        """The texts as they were when the page was made, by the names of the fields."""
        return {name: with_plain_lines(self.data.get(f"seen-{name}", "")) for name in self.fields}

    def texts(self):
        """What was typed and can be saved. What was only tidied is as it was seen."""
        seen = self.seen
        same = {
            name
            for name in self.cleaned_data
            if self.fields[name].to_python(seen[name]) == self.cleaned_data[name]
        }
        return {name: seen[name] if name in same else text for name, text in self.cleaned_data.items()}

    def typed(self):
        """What was typed and is not what was seen, as it was sent."""
        sent = {name: with_plain_lines(self.data.get(name, "")) for name in self.fields}
        return {name: text for name, text in sent.items() if text.strip() != self.seen[name].strip()}

    def follow(self, stored):
        """Show what is stored now, in the fields that need no answer any more."""
        for name, text in stored.items():
            self.data[name] = self.data[f"seen-{name}"] = text


class ActionForm(WordsForm):
    """Every text of an action."""

    title = OneLineText(name="title", rows=2, label=_("Title"))
    short_title = OneLineText(
        name="short_title",
        label=_("Short title"),
        help_text=format_lazy(
            _("For charts: with the number in front it has to fit {lines} lines of {width} letters."),
            lines=CHART_LINES,
            width=CHART_WIDTH,
        ),
    )
    statement = Text(
        rows=4, label=_("Statement"), help_text=_("People say how far this is true of their partnership.")
    )
    question = Text(rows=3, label=_("Question"), help_text=_("What the group asks itself in a workshop."))
    level_1, level_2, level_3, level_4, level_5 = (Text(rows=3) for _value in LEVELS)
    prompts = Prompts(rows=6, label=_("Prompts to talk about"), help_text=_("One a line."))
    helps = Text(rows=3, label=_("What helps"))
    hinders = Text(rows=3, label=_("What gets in the way"))
    skills_question = Text(rows=3, label=_("Question about leaders' own skills"))

    groups = (
        (_("What people rate"), ("title", "short_title", "statement", "question")),
        (_("What each level looks like"), tuple(f"level_{value}" for value in LEVELS)),
        (_("To talk about"), ("prompts", "helps", "hinders", "skills_question")),
    )

    def say_of(self, words, code):
        labels = {level.value: level.label for level in words.levels}
        for value in LEVELS:
            self.fields[f"level_{value}"].label = f"{value} · {labels.get(value, '')}"


class AreaForm(WordsForm):
    """The words and the colour of an area."""

    name = OneLineText(name="name", rows=2, label=_("Name"))
    about = Text(rows=3, label=_("What it is about"))
    colour = forms.ChoiceField(
        label=_("Colour on charts"), choices=Area.Colour.choices, widget=HintedRadios, required=False
    )

    groups = ((_("The area"), ("name", "about", "colour")),)

    def say_of(self, words, code):
        others = [area for area in words.areas if area.code != code]
        hints = {
            area.colour: gettext("Also the colour of “%(area)s”") % {"area": area.name} for area in others
        }
        self.fields["colour"].widget.hints = hints


class AroundForm(WordsForm):
    """The labels of the levels, and what is said of the framework as a whole."""

    level_1, level_2, level_3, level_4, level_5 = (
        OneLineText(name="label", label=format_lazy(_("Level {value}"), value=value)) for value in LEVELS
    )
    framework_name = OneLineText(name="name", label=_("Name of the framework"))
    source = Text(rows=2, label=_("Source"), help_text=_("Where the actions come from."))
    scale_note = Text(
        rows=4,
        label=_("Whose wording this is"),
        help_text=_("Shown under the scale wherever the framework is read."),
    )

    groups = (
        (_("Labels of the five levels"), tuple(f"level_{value}" for value in LEVELS)),
        (_("The framework"), ("framework_name", "source", "scale_note")),
    )
