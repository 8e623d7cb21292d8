"""A field for names, from anywhere in the world, of which something has to be seen."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..texts.tidy import can_be_seen, has_control_characters, tidy


class NameField(forms.CharField):
    def __init__(self, *, max_length=120, **kwargs):
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value):
        return tidy(super().to_python(value))

    def validate(self, value):
        super().validate(value)
        if has_control_characters(value):
            raise ValidationError(_("Leave out control characters: type the name again by hand."))
        if value and not can_be_seen(value):
            raise ValidationError(_("Type something that can be seen."))
