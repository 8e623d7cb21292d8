"""Only in a demonstration: sign in as somebody invented, and read the mail that is kept instead of sent."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from ..mail import demo
from ..models import Membership, User
from .base import Page


@method_decorator(never_cache, name="dispatch")
class DemoMixin(Page):
    public = True

    def enter(self):
        if not settings.DEMO:
            raise Http404


class DemoView(DemoMixin, TemplateView):
    template_name = "partnerships/demo.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(parts=parts(), **kwargs)

    def post(self, request, *args, **kwargs):
        """Sign in as one of the people offered on the page, never as anybody else."""
        offered = {str(part["person"].pk): part["person"] for part in parts()}
        person = offered.get(request.POST.get("person", ""))
        if person is None:
            raise Http404
        login(request, person, backend="django.contrib.auth.backends.ModelBackend")
        return redirect("home")


class MailView(DemoMixin, TemplateView):
    template_name = "partnerships/demo_mail.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(letters=demo.messages(), **kwargs)


class MessageView(DemoMixin, TemplateView):
    template_name = "partnerships/demo_message.html"

    def get_context_data(self, **kwargs):
        letter = demo.message(self.kwargs["key"])
        if letter is None:
            raise Http404
        return super().get_context_data(letter=letter, **kwargs)


def parts():
    """Who you can be: one person for each part there is in the product, where the example data has them."""
    found = (
        (_("Lead"), _("Sets up a partnership and its rounds, and opens the results."), _lead()),
        (_("Member"), _("Has rated by link, and reads results once they are shared."), _member()),
        (_("Officer of a council"), _("Reads what the council's partnerships have shared."), _officer()),
        (
            _("Framework editor"),
            _("Changes the wording of the actions in a draft, and publishes it."),
            _editor(),
        ),
        (_("Site administrator"), _("Sets up councils, officers and editors."), _administrator()),
    )
    return [{"title": title, "text": text, "person": person} for title, text, person in found if person]


def _people():
    return User.objects.filter(is_active=True).order_by("pk")


def _plain():
    return _people().filter(is_staff=False, is_editor=False, councils=None)


def _lead():
    return _with_membership(role=Membership.Role.LEAD)


def _member():
    leads = Membership.objects.current().filter(role=Membership.Role.LEAD).values("user")
    return _with_membership(role=Membership.Role.MEMBER, beside=leads)


def _with_membership(*, role, beside=()):
    belonging = Membership.objects.current().filter(role=role, user__isnull=False).values("user")
    return _plain().filter(pk__in=belonging).exclude(pk__in=beside).first()


def _officer():
    return _people().filter(councils__isnull=False, is_staff=False).first()


def _editor():
    return _people().filter(is_editor=True).first()


def _administrator():
    return _people().filter(is_superuser=True).first()
