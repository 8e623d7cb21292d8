from django.views.generic import TemplateView

from .base import SignedInMixin


class Page(SignedInMixin, TemplateView):
    template_name = "base.html"
