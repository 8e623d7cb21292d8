"""Pages for everybody: the first page, about this site, the privacy notice, the accessibility statement."""

from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView, View
from django.views.i18n import set_language

from ..models import Council, SiteText
from ..queries import sitetext
from ..texts.blocks import blocks


class HomeView(TemplateView):
    """What the product is, for strangers; whoever is signed in goes on to their partnerships, and an officer
    who belongs to none to the council's portfolio."""

    public = translated = True
    template_name = "home.html"

    def get(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            return redirect(
                "assessments:portfolio" if self.only_officer(request.user) else "assessments:partnerships"
            )
        return super().get(request, *args, **kwargs)

    @staticmethod
    def only_officer(user):
        return user.is_officer and not user.memberships.current().exists()


class LanguageView(View):
    """Keeps the language somebody chose in a cookie, and goes back to where they were."""

    public = True

    def get(self, request):
        return redirect("home")

    def post(self, request):
        return set_language(request)


class AboutView(TemplateView):
    """What runs here, and in which version: the first thing to say when something goes wrong."""

    public = translated = True
    template_name = "partnerships/about.html"
    extra_context = {"version": settings.VERSION}


class SiteTextView(TemplateView):
    public = True
    template_name = "partnerships/site_text.html"
    key: SiteText.Key

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **{
                "heading": self.key.label,
                "blocks": blocks(sitetext.text_of(self.key)),
                "councils": (),
                "own_words_url": self.own_words_url() if self.request.user.is_superuser else "",
            }
            | kwargs
        )

    def own_words_url(self):
        """Where an administrator changes this text."""
        own = SiteText.objects.filter(key=self.key).first()
        if own:
            return reverse("admin:partnerships_sitetext_change", args=[own.pk])
        return reverse("admin:partnerships_sitetext_add", query={"key": self.key.value})


class PrivacyView(SiteTextView):
    key = SiteText.Key.PRIVACY

    def get_context_data(self, **kwargs):
        return super().get_context_data(councils=Council.objects.all(), **kwargs)


class AccessibilityView(SiteTextView):
    key = SiteText.Key.ACCESSIBILITY
