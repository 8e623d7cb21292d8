"""What somebody who rates fills in. Nothing typed is thrown away: a form with an error shows it again."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms.helpers import PlainForm
from partnerships.models import Standpoint

from .. import keys

COMMENT_LENGTH = 2000
PAGE_LENGTH = 32
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
        label=_("Your role"),
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


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody sent about one action, checked.

    ``level`` is None without one. ``seen`` and ``page`` are those of ``operations.answers``; ``way`` is the
    button pressed: on, back or skip; ``review`` says whether it goes back to the review.
    """

    level: int | None
    dont_know: bool
    comment: str
    seen: int
    page: str
    way: str
    review: bool

    @property
    def is_answer(self):
        return self.level is not None or self.dont_know

    @property
    def says_something(self):
        """Whether there is anything to save; an emptied comment counts, if one had been saved."""
        return self.is_answer or bool(self.comment or self.seen)

    @property
    def to_save(self):
        return {name: getattr(self, name) for name in ("level", "dont_know", "comment", "seen", "page")}


PLAIN = {
    "level": frozenset(("1", "2", "3", "4", "5", DONT_KNOW)),
    "go": frozenset(("", "on", "back")),
    "review": frozenset(("", "1")),
}


def plain_answer(data):
    """What ``AnswerForm`` makes of the plain case, without building a form; None where it has to think.

    The plain case is a level or don't know, as our own pages send it. Building a form takes longer than
    saving what it holds.
    """
    said = {name: data.get(name, "") for name in ("level", "comment", "go", "seen", "page", "review")}
    comment = said["comment"].replace("\r\n", "\n").strip()
    if (
        any(said[name] not in plain for name, plain in PLAIN.items())
        or len(comment) > COMMENT_LENGTH
        or len(said["page"]) > PAGE_LENGTH
        or not (said["page"] + "0").isalnum()
        or "\x00" in comment
        or not (said["seen"].isascii() and said["seen"].isdigit() and len(said["seen"]) < 10)
    ):
        return None
    level = said["level"]
    return Sent(
        level=None if level == DONT_KNOW else int(level),
        dont_know=level == DONT_KNOW,
        comment=comment,
        seen=int(said["seen"]),
        page=said["page"],
        way=said["go"] or "on",
        review=bool(said["review"]),
    )


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
    page = forms.CharField(max_length=PAGE_LENGTH, required=False)
    review = forms.BooleanField(required=False)

    def clean(self):
        if self.way == "on" and not self.cleaned_data.get("level") and "level" not in self.errors:
            self.add_error("level", _("Choose a level or “Don't know”, or press “Skip for now”."))
        return self.cleaned_data

    @property
    def way(self):
        return self.cleaned_data.get("go") or "on"

    @property
    def sent(self):
        """What was sent; skipping takes the comment along, but no level."""
        found = self.cleaned_data
        level = "" if self.way == "skip" else found["level"]
        return Sent(
            level=int(level) if level.isdecimal() else None,
            dont_know=level == DONT_KNOW,
            comment=found["comment"],
            seen=found["seen"] or 0,
            page=found["page"],
            way=self.way,
            review=found["review"],
        )


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
