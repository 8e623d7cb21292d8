"""Which editions a council's partnerships may use: those for everybody, and its own."""

from django.db.models import F, Q

from ..models import Edition


def newest_editions(council=None):
    """What new rounds are rated with, by the key of the council or none for everybody's: the newest published
    edition of each framework, that of the framework this site began with first.

    A council that has wording of its own goes on with that, whatever comes out for everybody.
    """
    own_first = F("owner").desc(nulls_last=True)
    found = {}
    for edition in _for(council, Edition.objects.published()).order_by(
        "framework_id", own_first, "-published_at", "-number"
    ):
        found.setdefault(edition.framework_id, edition)
    return list(found.values())


def readable_editions(council):
    """Every edition that may have been rated, those no longer used for new rounds among them, by framework,
    the newest first."""
    return list(_for(council, Edition.objects.readable()).order_by("framework_id", "-number"))


def _for(council, editions):
    return editions.select_related("framework").filter(Q(owner=None) | Q(owner=council))
