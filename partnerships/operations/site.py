"""What administrators set up for the whole site: councils, their officers, texts."""

from django.db import transaction

from ..models import Council, free_slug
from .audit import record

COUNCIL_FACTS = ("name", "retention_months", "contact")


@transaction.atomic
def save_council(*, by, council):
    """A council as an administrator has filled it in."""
    before = Council.objects.filter(pk=council.pk).values(*COUNCIL_FACTS).first()
    council.slug = council.slug or free_slug(Council, council.name)
    council.full_clean()
    council.save()
    event = "council changed" if before else "council created"
    after = {name: getattr(council, name) for name in COUNCIL_FACTS}
    record(event, by=by, target=council, before=before, after=after)
    return council


@transaction.atomic
def set_officers(*, by, council, officers):
    """From now on exactly these people are officers of the council."""
    before = sorted(council.officers.values_list("pk", flat=True))
    council.officers.set(officers)
    after = sorted(council.officers.values_list("pk", flat=True))
    if after != before:
        record("officers changed", by=by, target=council, before={"users": before}, after={"users": after})


@transaction.atomic
def save_site_text(*, by, text):
    text.full_clean()
    text.save()
    record("site text changed", by=by, target=text, after={"page": text.key})
    return text


@transaction.atomic
def remove_site_text(*, by, text):
    """The product's own words come back."""
    record("site text removed", by=by, target=text, before={"page": text.key})
    text.delete()
