"""Where somebody says they are of another organisation than whoever leads had written down.

Groups are counted by what people say. A few who all say they are of one small organisation could work out
what the others in it said, so nothing is shown before somebody has looked.
"""

from django.db import transaction

from partnerships.operations.audit import record

from .. import policies
from ..models import Response
from .locking import locked


@transaction.atomic
def settle_organisations(*, by, round, seen, accept):
    """Accept what people say, or put back what was written down; returns how many are settled.

    ``seen`` maps an invitation's key to the key of the organisation that was shown (None for none): what
    somebody has changed again since is left, and to be looked at.
    """
    round = locked(round)
    policies.rounds.require_not_frozen(round)
    found = round.invitations.with_changed_organisation().order_by("pk")
    people = found.values("participant")
    list(Response.objects.select_for_update().filter(round=round, participant__in=people).order_by("pk"))
    held = found.select_for_update(of=("self",)).select_related("organisation", "entered_organisation")
    settled = [each for each in held if each.pk in seen and each.organisation_id == seen[each.pk]]
    for invitation in settled:
        _settle(by, invitation, accept=accept)
    return len(settled)


def _settle(by, invitation, *, accept):
    said, entered = invitation.organisation, invitation.entered_organisation
    if accept:
        invitation.entered_organisation = said
    else:
        invitation.organisation = entered
        _count_with(invitation)
    invitation.save(update_fields=["organisation", "entered_organisation"])
    record(
        "organisation accepted" if accept else "organisation put back",
        by=by,
        target=invitation,
        partnership=invitation.round.partnership,
        before={"organisation": entered and entered.name},
        after={"organisation": said and said.name},
    )


def _count_with(invitation):
    """The person's answers are counted with the organisation of the invitation again."""
    answers = Response.objects.filter(round=invitation.round_id, participant=invitation.participant_id)
    answers.update(organisation=invitation.organisation)


def require_organisations_settled(round):
    """Counted by group, people stand where they say; whoever leads has looked at that before."""
    policies.rounds.require_organisations_settled(round.invitations.with_changed_organisation().count())
