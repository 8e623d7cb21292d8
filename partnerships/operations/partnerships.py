from django.db import transaction
from django.db.models import ProtectedError

from .. import policies
from ..models import Council, Membership, Organisation, Partnership, free_slug
from .audit import record


def facts(instance, *names):
    """The named fields as plain values, for the before and after of an audit event."""
    return {name: getattr(instance, name) for name in names}


PARTNERSHIP_FACTS = ("name", "system", "review_months", "council_id")
ORGANISATION_FACTS = ("name", "sector")


@transaction.atomic
def create_council(*, by, name):
    council = Council(name=name, slug=free_slug(Council, name))
    council.full_clean()
    council.save()
    record("council created", by=by, target=council, after={"name": name})
    return council


@transaction.atomic
def create_partnership(*, by, name, council, system, review_months, slug=""):
    """A new partnership, led by whoever creates it (by nobody yet when a command does)."""
    _hold(council)  # two presses of the button: the second finds the name taken
    partnership = Partnership(
        name=name,
        slug=slug or free_slug(Partnership, name),
        council=council,
        system=system,
        review_months=review_months,
    )
    partnership.full_clean()
    partnership.save()
    record(
        "partnership created",
        by=by,
        target=partnership,
        partnership=partnership,
        after=facts(partnership, *PARTNERSHIP_FACTS),
    )
    if by is not None:
        lead = Membership.objects.create(
            partnership=partnership, name=str(by), email=by.email, user=by, role=Membership.Role.LEAD
        )
        record("member added", by=by, target=lead, partnership=partnership, after={"role": lead.role})
    return partnership


@transaction.atomic
def change_partnership(*, by, partnership, **changes):
    _hold(partnership.council)
    return _change(partnership, PARTNERSHIP_FACTS, changes, "partnership changed", by, partnership)


@transaction.atomic
def hand_over_partnership(*, by, partnership, council):
    """Host the partnership by another council: its officers read the shared results from now on."""
    _hold(council)
    return _change(
        partnership, PARTNERSHIP_FACTS, {"council": council}, "partnership handed over", by, partnership
    )


@transaction.atomic
def add_organisation(*, by, partnership, name, sector):
    _hold(partnership)
    organisation = Organisation(partnership=partnership, name=name, sector=sector)
    organisation.full_clean()
    organisation.save()
    record(
        "organisation added",
        by=by,
        target=organisation,
        partnership=partnership,
        after=facts(organisation, *ORGANISATION_FACTS),
    )
    return organisation


@transaction.atomic
def change_organisation(*, by, organisation, **changes):
    _hold(organisation.partnership)
    return _change(
        organisation, ORGANISATION_FACTS, changes, "organisation changed", by, organisation.partnership
    )


@transaction.atomic
def remove_organisation(*, by, organisation):
    """Take away an organisation nobody belongs to and no round remembers."""
    policies.require_nobody_belongs(organisation.memberships.current().count())
    record("organisation removed", by=by, target=organisation, partnership=organisation.partnership)
    try:
        organisation.delete()
    except ProtectedError as error:
        raise policies.in_earlier_rounds() from error


def _hold(owner):
    """Names are looked for and given one after the other among those who belong together."""
    type(owner).objects.select_for_update().get(pk=owner.pk)


def _change(instance, names, changes, event, by, partnership):
    before = facts(instance, *names)
    for field, value in changes.items():
        setattr(instance, field, value)
    instance.full_clean()
    instance.save()
    after = facts(instance, *names)
    if after != before:
        record(event, by=by, target=instance, partnership=partnership, before=before, after=after)
    return instance
