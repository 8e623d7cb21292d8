from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import policies
from ..models import Membership, Organisation, Participant, Partnership, User, UserManager
from .accounts import remove_unheld_account
from .audit import record


def ensure_account(email):
    """The account that signs in with this address, made if there is none; None for an empty address.

    It has no password: the first sign-in is by a code sent to the address, which is the proof.
    """
    email = UserManager.normalise(email)
    return _accounts({email})[email] if email else None


@transaction.atomic
def add_members(*, by, partnership, people):
    """Add every one of ``people`` (NewMember), all or nothing; returns the memberships.

    A list of a thousand has to be in before a gateway gives up, so no query is made for each person
    but the one that writes the audit event.
    """
    _lock(partnership)
    accounts = _accounts({UserManager.normalise(person.email) for person in people} - {""})
    organisations = {o.name.casefold(): o for o in partnership.organisations.all()}
    members = [_member(by, partnership, person, accounts, organisations) for person in people]
    _refuse_address_twice(partnership, members)
    for member in Membership.objects.bulk_create(members):
        record("member added", by=by, target=member, partnership=partnership, after={"role": member.role})
    _recognise(partnership, members)
    return members


def _recognise(partnership, members):
    """Somebody who stands in an imported file by their address is that member from now on."""
    by_address = {member.email: member for member in members if member.email}
    imported = Participant.objects.annotate(address=Lower("imported_as")).filter(
        partnership=partnership, membership=None, address__in=by_address
    )
    for participant in imported:
        member = by_address[participant.address]
        if not Participant.objects.filter(membership=member).exists():
            participant.membership, participant.imported_as = member, ""
            participant.save(update_fields=["membership", "imported_as"])


def _accounts(emails):
    """Address -> account, the missing ones made."""
    found = _accounts_there(emails)
    missing = [User(email=email, password=make_password(None)) for email in emails - found.keys()]
    # Somebody else may be adding the same person elsewhere at this moment.
    User.objects.bulk_create(missing, ignore_conflicts=True)
    return found | (_accounts_there({user.email for user in missing}) if missing else {})


def _accounts_there(emails):
    users = User.objects.annotate(address=Lower("email")).filter(address__in=emails)
    return {user.address: user for user in users}


def _member(by, partnership, person, accounts, organisations):
    email = UserManager.normalise(person.email)
    member = Membership(
        partnership=partnership,
        name=person.name,
        email=email,
        user=accounts.get(email),
        role=person.role,
        organisation=_organisation(by, partnership, person, organisations),
        standpoint=person.standpoint,
    )
    # What the member points to has just been read; looking again would ask once for each person.
    member.clean_fields(exclude={"partnership", "user", "organisation"})
    member.clean()
    return member


def _refuse_address_twice(partnership, members):
    emails = [member.email for member in members if member.email]
    there = partnership.memberships.current().annotate(address=Lower("email")).filter(address__in=emails)
    if len(set(emails)) < len(emails) or there.exists():
        raise ValidationError(_("Somebody in the list is a member already. Look at the list again."))


def _organisation(by, partnership, person, organisations):
    if not person.organisation:
        return None
    key = person.organisation.casefold()
    if key not in organisations:
        organisation = Organisation(partnership=partnership, name=person.organisation, sector=person.sector)
        organisation.full_clean()
        organisation.save()
        record("organisation added", by=by, target=organisation, partnership=partnership)
        organisations[key] = organisation
    return organisations[key]


@transaction.atomic
def change_member(*, by, membership, **changes):
    """Change a member's name, address, role, organisation or standpoint.

    A new address signs in with its own account. It opens nobody's saved answers: those ask for the
    browser that saved them or its return code. The audit event says which fields changed, not to what.
    """
    _lock(membership.partnership)
    changed = sorted(field for field, value in changes.items() if getattr(membership, field) != value)
    if not changed:
        return membership
    if changes.get("role", Membership.Role.LEAD) != Membership.Role.LEAD:
        _keep_a_lead(membership)
    before, former = {"role": membership.role}, membership.user
    for field, value in changes.items():
        setattr(membership, field, value)
    membership.full_clean()
    membership.user = ensure_account(membership.email)
    membership.save()
    _recognise(membership.partnership, [membership])
    if former != membership.user:
        remove_unheld_account(former)  # a mistyped address does not stay behind as an account
    record(
        "member changed",
        by=by,
        target=membership,
        partnership=membership.partnership,
        before=before,
        after={"role": membership.role, "changed": changed},
    )
    return membership


@transaction.atomic
def end_membership(*, by, membership):
    """The person has left: no more invitations, no more access. Earlier rounds stay as they were."""
    _lock(membership.partnership)
    _keep_a_lead(membership)
    membership.ended_at = timezone.now()
    membership.save(update_fields=["ended_at"])
    record("member left", by=by, target=membership, partnership=membership.partnership)
    return membership


def _lock(partnership):
    """Two people changing who belongs at the same moment wait for each other."""
    Partnership.with_rehearsals.select_for_update().get(pk=partnership.pk)


def _keep_a_lead(membership):
    """Refuse to take the last lead who can sign in; whoever is no lead can always go."""
    if membership.pk not in _leads(membership):
        return
    policies.require_another_lead(_leads(membership) - {membership.pk})


def _leads(membership):
    leads = Membership.objects.current().filter(
        partnership=membership.partnership_id, role=Membership.Role.LEAD, user__is_active=True
    )
    return set(leads.values_list("pk", flat=True))
