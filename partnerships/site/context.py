"""What every page may say about the site it stands on."""

from django.conf import settings

from . import language


def site(request):
    # Not under the name "site": the sign-in pages put something of their own there.
    return {"demo": settings.DEMO} | language.choice(request)
