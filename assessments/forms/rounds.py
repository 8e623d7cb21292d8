from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from framework.queries.wording import wording
from partnerships.forms.helpers import DateInput, HintedRadios, PlainForm

from .. import queries
from ..models import LEAST_NUMBER, Confidentiality, Grouping
from ..policies.rounds import FIXED_ONCE_FROZEN, FIXED_ONCE_OPEN
from ..queries.looking_back import last_comparable
from ..states import RoundState

GROUPING_HELP = _(
    "One kind only: from two tables about the same people, one could work out single views. The groups are "
    "fixed when the results are opened. In a confidential round, groups too small to show are counted "
    "together."
)
SEASONS = {3: _("Spring"), 6: _("Summer"), 9: _("Autumn"), 12: _("Winter")}


def suggested_title(day, taken):
    """ "Autumn 2026", with a number where the partnership has one of that name."""
    season = SEASONS[day.month // 3 * 3 or 12]
    title = f"{season} {day.year}"
    names = {name.casefold() for name in taken}
    choices = (title if n == 1 else f"{title} ({n})" for n in range(1, len(names) + 2))
    return next(choice for choice in choices if choice.casefold() not in names)


class RoundForm(PlainForm, forms.Form):
    """The settings of a round; of an existing one only those that may still change."""

    submit_label = _("Save the settings")

    title = forms.CharField(
        label=_("Title"), max_length=80, help_text=_("What people call it, for example Autumn 2026.")
    )
    framework = forms.ChoiceField(
        label=_("Which framework will people rate?"),
        help_text=_("Rounds of different frameworks are never compared with each other."),
        widget=HintedRadios(),
    )
    confidentiality = forms.ChoiceField(
        label=_("Who can see who gave which rating?"),
        help_text=_("People are told before they rate. It cannot be changed once the round is open."),
        initial=Confidentiality.CONFIDENTIAL,
        choices=[
            (Confidentiality.CONFIDENTIAL, _("Nobody in the partnership (confidential)")),
            (Confidentiality.NAMED, _("The lead, and the members once shared (named)")),
        ],
        widget=HintedRadios(
            hints={
                Confidentiality.CONFIDENTIAL: _(
                    "People answer more frankly. Figures about only a few people are hidden; below you say "
                    "how many there must be. Choose this unless you have a reason not to."
                ),
                Confidentiality.NAMED: _(
                    "Each name stands beside each rating. Nothing is hidden. For groups who want to talk "
                    "about their own views openly."
                ),
            }
        ),
    )
    grouping = forms.ChoiceField(
        label=_("By which groups are people counted?"),
        help_text=GROUPING_HELP,
        initial=Grouping.ORGANISATION,
        choices=Grouping.choices,
        widget=HintedRadios(
            hints={
                Grouping.ORGANISATION: _(
                    "The results can then also show averages in which each organisation counts the same, "
                    "however many of its people answered."
                ),
                Grouping.SECTOR: _(
                    "Council, NHS, voluntary and so on. The results show everybody together; each person "
                    "counts the same."
                ),
                Grouping.STANDPOINT: _(
                    "Senior leaders, frontline, citizens and so on. The results show everybody together; "
                    "each person counts the same."
                ),
            }
        ),
    )
    is_baseline = forms.BooleanField(
        label=_("This is an early-stage baseline"),
        required=False,
        help_text=_(
            "For a partnership that has only begun. Ratings are then shown without strength, keep working "
            "or needs attention, so that nobody reads a low start as a failure."
        ),
    )
    least_number = forms.IntegerField(
        label=_("Least number of ratings to show"),
        min_value=LEAST_NUMBER,
        max_value=100,
        initial=LEAST_NUMBER,
        help_text=_("In a confidential round, figures about fewer people are hidden. 5 or more."),
    )
    closing_on = forms.DateField(
        label=_("Intended closing date"),
        required=False,
        widget=DateInput(),
        help_text=_("Told to the people you ask. You close it yourself. For example 14 November 2026."),
    )

    looks_back_to = forms.BooleanField(
        label=_("Ask people to look back"),
        required=False,
        help_text=_(
            "After each rating one tap more: how would you rate it in the last round, as you see it today? "
            "Only those who answered that round are asked. It tells a fall that comes from seeing more "
            "clearly from a real one. Not asked in a workshop."
        ),
    )

    def __init__(self, *args, partnership, round=None, **kwargs):
        self.partnership, self.round = partnership, round
        self.editions = {each.framework.slug: each for each in queries.editions.choices(partnership)}
        super().__init__(*args, initial=self._first_values(), **kwargs)
        for name in self._fixed():
            del self.fields[name]
        self._offer_frameworks()
        if not partnership.rounds.exclude(closed_at=None).exists():
            self.fields.pop("looks_back_to", None)

    def _first_values(self):
        if self.round is None:
            taken = self.partnership.rounds.values_list("title", flat=True)
            return {"title": suggested_title(timezone.localdate(), taken)}
        names = self.base_fields.keys() - {"framework"}
        return {name: getattr(self.round, name) for name in names} | {
            "looks_back_to": bool(self.round.looks_back_to_id)
        }

    def _offer_frameworks(self):
        """Nobody is asked where there is nothing to choose."""
        if not self._may_choose_framework():
            del self.fields["framework"]
            return
        before = self.round.edition if self.round else queries.editions.usual(self.partnership)
        field = self.fields["framework"]
        field.choices = [(slug, each.framework_name) for slug, each in self.editions.items()]
        field.initial = self.initial["framework"] = before.framework.slug
        field.widget.hints = {slug: _count_in_words(each) for slug, each in self.editions.items()}
        field.widget.links = {slug: _reading(each) for slug, each in self.editions.items()}

    def _may_choose_framework(self):
        if self.round is None:
            return len(self.editions) > 1
        return self.round.state == RoundState.DRAFT and bool(
            self.editions.keys() - {self.round.edition.framework.slug}
        )

    def _fixed(self):
        state = self.round.state if self.round else RoundState.DRAFT
        fixed = FIXED_ONCE_OPEN if state != RoundState.DRAFT else set()
        if self.round and self.round.is_frozen:
            fixed = fixed | FIXED_ONCE_FROZEN
        return fixed & self.fields.keys()

    def clean_title(self):
        title = " ".join(self.cleaned_data["title"].split())
        others = self.partnership.rounds.filter(title__iexact=title)
        if self.round:
            others = others.exclude(pk=self.round.pk)
        if others.exists():
            raise forms.ValidationError(
                _("This partnership already has a round of that title. Choose another one.")
            )
        return title

    def clean_looks_back_to(self):
        """The round people look back to, or None."""
        if not self.cleaned_data["looks_back_to"]:
            return None
        edition = self._chosen() or (
            self.round.edition if self.round else queries.editions.usual(self.partnership)
        )
        found = last_comparable(
            self.partnership,
            framework=edition and edition.framework_id,
            confidentiality=self.cleaned_data.get("confidentiality"),
            besides=self.round,
        )
        if found is None:
            raise forms.ValidationError(_("There is no closed round of this kind to look back to."))
        return found

    def _chosen(self):
        """The newest edition of the framework that was chosen; None where nobody was asked."""
        return self.editions.get(self.cleaned_data.get("framework"))

    def clean(self):
        """A round whose framework stays the same keeps its edition until it is opened."""
        data, chosen = super().clean(), self._chosen()
        data.pop("framework", None)
        if chosen and not (self.round and self.round.edition.framework_id == chosen.framework_id):
            data["edition"] = chosen
        return data

    def clean_closing_on(self):
        day = self.cleaned_data["closing_on"]
        unchanged = self.round and self.round.closing_on == day
        if day and day < timezone.localdate() and not unchanged:
            raise forms.ValidationError(_("This day has passed. Choose today or a later day."))
        return day

    def clean_least_number(self):
        number = self.cleaned_data["least_number"]
        opened = self.round and self.round.state != RoundState.DRAFT
        if opened and number < self.round.least_number:
            raise forms.ValidationError(
                _("People were told %(number)d. It can be raised, but not lowered."),
                params={"number": self.round.least_number},
            )
        return number


def _count_in_words(edition):
    count = len(wording(edition, get_language()).actions)
    words = ngettext("%(count)d action, edition %(number)d.", "%(count)d actions, edition %(number)d.", count)
    return words % {"count": count, "number": edition.number}


def _reading(edition):
    return edition.get_absolute_url(), gettext("Read %(name)s") % {"name": edition.framework_name}


class ReasonForm(PlainForm, forms.Form):
    """Why a closed round is opened again."""

    submit_label = _("Open the round again")

    reason = forms.CharField(
        label=_("Why is the round opened again?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept in the history, for example: two organisations were on leave."),
        error_messages={"required": _("Write why the round is opened again.")},
    )


class ShareForm(PlainForm, forms.Form):
    """Whether people are told that the results are shared."""

    submit_label = _("Share the results")

    tell = forms.BooleanField(label=_("Tell the members by e-mail"), required=False, initial=True)
