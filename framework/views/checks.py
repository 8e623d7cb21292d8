"""What the checks find about a draft, with the way to where it is mended."""

from django.views.generic import TemplateView

from .base import DraftMixin
from .places import place


def with_places(slug, findings):
    """Each finding with the address where it is mended; those that say the same of one thing together."""
    rows = {}
    for finding in findings:
        same = finding.where, finding.what, finding.mend
        rows.setdefault(same, []).append((finding, place(slug, finding)))
    return list(rows.values())


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
