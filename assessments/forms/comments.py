from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Comment

CHOICES = [(Comment.Standing.SHOWN, _("Show")), (Comment.Standing.HELD_BACK, _("Hold back"))]


class StandingsForm(forms.Form):
    """Show or hold back, for each comment on one action; shown unless the lead says otherwise."""

    def __init__(self, *args, comments, **kwargs):
        super().__init__(*args, **kwargs)
        self.comments = comments
        for comment in comments:
            waiting = comment.standing == Comment.Standing.WAITING
            self.fields[str(comment.pk)] = forms.ChoiceField(
                label=_("This comment"),
                choices=CHOICES,
                widget=forms.RadioSelect,
                initial=Comment.Standing.SHOWN if waiting else comment.standing,
            )

    def rows(self):
        return [(comment, self[str(comment.pk)]) for comment in self.comments]

    def standings(self):
        return {comment.pk: self.cleaned_data[str(comment.pk)] for comment in self.comments}
