"""Pages for everybody: the first page, the privacy notice, the accessibility statement."""

from django.shortcuts import redirect
from django.views.generic import TemplateView

from .. import sitetext
from ..models import SiteText


class HomeView(TemplateView):
    """What the product is, for strangers; whoever is signed in goes on to their partnerships."""

    public = True
    template_name = "home.html"

    def get(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            return redirect("partnerships")
        return super().get(request, *args, **kwargs)


class SiteTextView(TemplateView):
    public = True
    template_name = "partnerships/site_text.html"
    key: SiteText.Key

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=self.key.label, blocks=sitetext.blocks(sitetext.text_of(self.key)), **kwargs
        )


class PrivacyView(SiteTextView):
    key = SiteText.Key.PRIVACY


class AccessibilityView(SiteTextView):
    key = SiteText.Key.ACCESSIBILITY
