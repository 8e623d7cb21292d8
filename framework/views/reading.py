"""The framework as anybody may read it."""

from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.generic import TemplateView

from ..models import Edition
from ..wording import wording


class FrameworkView(TemplateView):
    """The framework in its newest published edition, for anybody."""

    public = True
    template_name = "framework/edition.html"

    def get_context_data(self, **kwargs):
        edition = self.get_edition()
        words = edition and wording(edition, get_language())
        return super().get_context_data(edition=edition, words=words, **kwargs)

    def get_edition(self):
        return Edition.objects.newest_published()


class EditionView(FrameworkView):
    """One edition that rounds use or have used; a draft is nobody's to read here."""

    def get_edition(self):
        readable = Edition.objects.readable().select_related("framework")
        return get_object_or_404(readable, framework__slug=self.kwargs["slug"], number=self.kwargs["number"])
