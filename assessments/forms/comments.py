from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Comment

CHOICES = [(Comment.Judgement.SHOWN, _("Show")), (Comment.Judgement.HELD_BACK, _("Hold back"))]


class JudgementsForm(forms.Form):
    """Show or hold back, for each comment on one action; shown unless the lead says otherwise."""

    def __init__(self, *args, comments, **kwargs):
        super().__init__(*args, **kwargs)
        self.comments = comments
        for comment in comments:
            waiting = comment.standing == Comment.Judgement.WAITING
            self.fields[str(comment.pk)] = forms.ChoiceField(
                label=_("This comment"),
                choices=CHOICES,
                widget=forms.RadioSelect,
                initial=Comment.Judgement.SHOWN if waiting else comment.standing,
            )

    def rows(self):
        return [(comment, self[str(comment.pk)]) for comment in self.comments]

    def judgements(self):
        return {comment.pk: self.cleaned_data[str(comment.pk)] for comment in self.comments}
