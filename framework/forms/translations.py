"""The words of a draft in another language, as somebody types them."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ..wording import parts
from ..wording.values import LEVELS
from .words import ActionForm, OneLineText, Text, WordsForm, with_plain_lines


class TranslationForm(WordsForm):
    """Texts of one part in another language, with the English they were translated from.

    That comes in the same form, so that a translation of words that changed meanwhile is known as such.
    """

    @property
    def english(self):
        """The English texts the page showed, by the names of the fields."""
        sent = {name: self.data.get(f"english-{name}") for name in self.fields}
        return {name: with_plain_lines(text) for name, text in sent.items() if text and "\0" not in text}

    def into(self, language, names):
        """Keep the fields for which there is something to translate, and say what language is typed in."""
        for name in self.fields.keys() - names:
            del self.fields[name]
        for field in self.fields.values():
            field.widget.attrs["lang"] = language
        self.groups = [
            (title, [name for name in group if name in self.fields])
            for title, group in type(self).groups
            if self.fields.keys() & set(group)
        ]


class ActionTranslation(TranslationForm, ActionForm):
    pass


class AreaTranslation(TranslationForm):
    name = OneLineText(name="name", rows=2, label=_("Name"))
    about = Text(rows=3, label=_("What it is about"))

    groups = ((_("The area"), ("name", "about")),)


class LevelsTranslation(TranslationForm):
    level_1, level_2, level_3, level_4, level_5 = (
        OneLineText(name="label", label=format_lazy(_("Level {value}"), value=value)) for value in LEVELS
    )

    groups = ((_("Labels of the five levels"), tuple(f"level_{value}" for value in LEVELS)),)


class EditionTranslation(TranslationForm):
    framework_name = OneLineText(name="name", label=_("Name of the framework"))
    source = Text(rows=2, label=_("Source"))
    scale_note = Text(rows=4, label=_("Whose wording this is"))

    groups = ((_("The framework"), ("framework_name", "source", "scale_note")),)


FORMS = {
    parts.ACTION: ActionTranslation,
    parts.AREA: AreaTranslation,
    parts.OF_LEVELS: LevelsTranslation,
    parts.OF_EDITION: EditionTranslation,
}
"""The form by the kind of part that is translated."""
