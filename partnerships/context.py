"""What every page may say about the site it stands on."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _


def site(request):
    # Beside the site, because the sign-in pages put a site of their own in its place.
    return {"site": {"name": _("Transforming Together"), "demo": settings.DEMO}, "demo": settings.DEMO}
