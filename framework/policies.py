"""What the state of an edition allows. Each function raises Refusal with the sentence the person reads."""

from django.utils.translation import gettext as _

from framework.checks import stops
from partnerships.policies import Refusal


def require_no_draft(framework):
    draft = framework.editions.drafts().first()
    if draft:
        raise Refusal(
            _("There is a draft already: %(edition)s. Publish it, or drop it to start another.")
            % {"edition": draft}
        )


def require_edition_to_start_from(framework, edition):
    if edition is None:
        raise Refusal(_("%(framework)s has no published edition to start from.") % {"framework": framework})


def require_draft(edition):
    if edition.is_published:
        raise Refusal(_("%(edition)s has been published already.") % {"edition": edition})


def require_still_draft(edition):
    """``edition`` is what is stored of the draft somebody has open; None where it is gone."""
    if edition is None:
        raise Refusal(_("This draft has been dropped in the meantime. Nothing was saved."))
    if edition.is_published:
        raise Refusal(
            _("%(edition)s has been published in the meantime, so its words can no longer change.")
            % {"edition": edition}
        )


def part_gone():
    """The refusal where the action or area somebody has open has been taken out of the draft."""
    return Refusal(_("This has been taken out of the draft in the meantime. Nothing was saved."))


def require_not_dropped(edition):
    if edition is None:
        raise Refusal(_("This draft has been dropped meanwhile."))


def require_as_seen(seen, now):
    """``seen`` is the state of the draft somebody looked at."""
    if seen != now:
        raise Refusal(
            _("Somebody changed this draft while you were looking. Look at it again, then press once more.")
        )


def require_known_actions(edition, changes):
    """``changes`` speak of actions by their codes: before, and in this edition."""
    sides = {"before": edition.predecessor, "after": edition}
    for side, of in sides.items():
        said = {getattr(change, side) for change in changes} - {""}
        known = set(of.actions.values_list("code", flat=True)) if of else set()
        if missing := said - known:
            raise Refusal(
                _("There is no action “%(code)s” in %(edition)s any more. Load the page again.")
                % {"code": min(missing), "edition": of or _("an earlier edition")}
            )


def require_note(note):
    if not note.strip():
        raise Refusal(_("Write a note that says what is different in this edition, and why."))


def require_ready(findings):
    """``findings`` are those of ``framework.checks``; advice stands in nobody's way."""
    if missing := stops(findings):
        raise Refusal(
            "\n".join([_("This has to be mended before the edition can be published:"), *map(str, missing)])
        )


def require_published(edition):
    if edition.status != "published":
        raise Refusal(_("%(edition)s is not in use.") % {"edition": edition})


def require_retired(edition):
    if edition.status != "retired":
        raise Refusal(_("%(edition)s has not been retired.") % {"edition": edition})


def require_another_to_rate_with(others):
    """``others`` are editions anybody's round could use instead."""
    if not others.exists():
        raise Refusal(
            _(
                "This is the only published edition on this site. Without it nobody could set up a round. "
                "Publish another one first."
            )
        )
