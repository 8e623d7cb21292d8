"""What the state of an edition allows. Each function raises Refusal with the sentence the person reads."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.policies import Refusal

from .checks.findings import stops
from .wording.limits import MOST_ACTIONS, MOST_AREAS, MOST_PROMPTS
from .wording.translating import LANGUAGES


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


def require_known_language(language):
    if language not in LANGUAGES:
        raise Refusal(_("This site has no language “%(code)s”.") % {"code": language[:20]})


def require_known_texts(texts, english):
    """``english`` are the texts there are to translate now."""
    if texts.keys() - english.keys():
        raise part_gone()


def require_action(action, code):
    """``action`` is what was found under the code in the draft, if anything was."""
    if action is None:
        raise Refusal(_("There is no action “%(code)s” in this draft any more.") % {"code": code})


def require_area(area, code):
    if area is None:
        raise Refusal(_("There is no area “%(code)s” in this draft any more.") % {"code": code})


def require_gone(thing, title):
    """``thing`` is what was found in the draft under the code of what is to come back, if anything was."""
    if thing is not None:
        raise Refusal(_("“%(title)s” is in this draft already.") % {"title": title})


def require_known_before(thing):
    if thing is None:
        raise Refusal(_("The edition this draft was made from has nothing of that code."))


def require_room_for_action(count):
    if count >= MOST_ACTIONS:
        raise Refusal(_("An edition can have at most %(most)d actions.") % {"most": MOST_ACTIONS})


def require_room_for_area(count):
    if count >= MOST_AREAS:
        raise Refusal(_("An edition can have at most %(most)d areas.") % {"most": MOST_AREAS})


def require_free_title(title, others):
    """``others`` are the titles of the draft's other actions, or the names of its areas."""
    if title.casefold() in (other.casefold() for other in others):
        raise Refusal(_("“%(title)s” is in this draft already. Write another title.") % {"title": title})


def require_two_actions(one, other):
    if one == other:
        raise Refusal(_("Choose another action: one cannot be merged with itself."))


def require_room_for_prompts(prompts):
    if len(prompts) > MOST_PROMPTS:
        raise Refusal(
            _("Together they have %(count)d prompts to talk about, and %(most)d fit. Take some away first.")
            % {"count": len(prompts), "most": MOST_PROMPTS}
        )


def require_empty_area(area, count):
    if count:
        raise Refusal(
            ngettext(
                "There is %(count)d action in “%(area)s”. Move it to another area first.",
                "There are %(count)d actions in “%(area)s”. Move them to another area first.",
                count,
            )
            % {"count": count, "area": area.name}
        )


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
