"""What people read of the audit trail."""

from django.utils.translation import gettext

from ..models import User
from ..models.audit import COMMAND


def actor_names(keys):
    """The names of those who acted, as people read them, by the keys ``actor_key`` gave."""
    of_users = {key: key.partition(":")[2] for key in keys if key.startswith("user:")}
    users = (
        {str(user.pk): str(user) for user in User.objects.filter(pk__in=of_users.values())}
        if of_users
        else {}
    )
    return {key: users.get(of_users.get(key), _nobody(key)) for key in keys}


def _nobody(key):
    return gettext("Somebody on the server") if key == COMMAND else gettext("Somebody whose account is gone")
