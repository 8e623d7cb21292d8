"""Which rounds may stand side by side."""

from django.utils.translation import gettext as _

from framework.queries.wording import wording

FEWEST, MOST = 2, 8
"""How many rounds stand side by side."""


class CannotCompare(Exception):
    """These rounds cannot stand side by side; the message says why and what to do instead."""


def require_comparable(rounds):
    """``rounds`` are distinct and open to the reader."""
    if not FEWEST <= len(rounds) <= MOST:
        raise CannotCompare(
            _("Choose two to eight rounds to compare. You have chosen %(count)d.") % {"count": len(rounds)}
        )
    if len({round.partnership_id for round in rounds}) > 1:
        raise CannotCompare(_("These rounds belong to different partnerships. Choose rounds of one."))
    if len({round.confidentiality for round in rounds}) > 1:
        raise CannotCompare(
            _(
                "A named round is never compared with a confidential one, because people may answer "
                "differently when their name stands beside it. Choose rounds of one kind."
            )
        )
    _require_a_common_action(rounds)


def _require_a_common_action(rounds):
    if len({round.edition_id for round in rounds}) == 1:
        return
    if len({round.edition.framework_id for round in rounds}) > 1:
        raise CannotCompare(
            _(
                "These rounds were rated with different frameworks, which ask different things, so they are "
                "never compared with each other. Choose rounds of one framework."
            )
        )
    words = [wording(round.edition_id, "en") for round in rounds]
    if not set.intersection(*({action.code for action in each.actions} for each in words)):
        raise CannotCompare(
            _("These rounds have no action in common, so there is nothing to compare. Choose others.")
        )
