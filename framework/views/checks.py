"""What the checks find about a draft, with the way to where it is mended."""

from django.views.generic import TemplateView

from .base import DraftMixin
from .places import place


def with_places(slug, findings):
    """Pairs of a finding and the address where it is mended."""
    return [(finding, place(slug, finding)) for finding in findings]


class ChecksView(DraftMixin, TemplateView):
    """What must be mended before publishing, and apart from it what may be looked at."""

    template_name = "framework/draft/checks.html"

    def get_context_data(self, **kwargs):
        slug = self.kwargs["slug"]
        return super().get_context_data(
            must=with_places(slug, self.to_mend),
            advice=with_places(slug, [finding for finding in self.checked if not finding.must]),
            **kwargs,
        )
