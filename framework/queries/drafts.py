"""What the files and the checks of an edition need to know, from the database."""

import hashlib

from ..changes.breaks import compared
from ..changes.differences import differences
from ..changes.kinds import unanswered
from ..changes.origins import origins
from ..changes.proposals import TypedChange
from ..changes.questions import questions
from ..checks.drafts import check
from ..checks.radarlabels import label_findings
from ..checks.translations import check_translations
from ..files.edition import EditionFile
from ..models import Action, Change, Translation
from ..wording.translating import Translated
from .lineage import lineage
from .wording import wording, wordings

# Files are written in the language editions are written in.
LANGUAGE = "en"


def edition_file(edition):
    """The edition as ``framework.files.edition`` writes it."""
    return EditionFile(
        slug=edition.framework.slug,
        words=wording(edition, LANGUAGE),
        note=edition.note,
        made_from=edition.predecessor.number if edition.predecessor else None,
        changes=typed_changes(edition),
        translations=translated(edition),
    )


def typed_changes(edition):
    """What was said of the differences to the edition it was made from."""
    return as_typed_changes(Change.objects.filter(edition=edition))


def as_typed_changes(rows):
    """Rows of ``framework.Change`` as plain values, in the order they were said."""
    found = rows.order_by("pk").values_list("kind", "before__code", "after__code")
    return tuple(TypedChange(kind, before or "", after or "") for kind, before, after in found)


def origins_of(edition, said):
    """Where the actions of a draft came from (``changes.origins``), by what was ``said`` of the changes."""
    editions = (edition.predecessor_id, edition.pk)
    before, now = (Action.objects.filter(edition=each).values_list("code", flat=True) for each in editions)
    return origins(before, now, said)


def changed(edition):
    """What differs from the edition it was made from, as ``changes.differences``; None if from none."""
    if edition.predecessor_id is None:
        return None
    return differences(*both_wordings(edition))


def differs(edition, code):
    """Whether an action of a draft is not what it was, or without a code whether the level labels are not."""
    found = changed(edition)
    if found is None:
        return False
    if not code:
        return bool(found.levels)
    return any(each.code == code for each in found.actions if each.wants_a_kind)


def both_wordings(edition, *, is_fresh=False):
    """The words of the edition it was made from, None if from none, and its own (``wording`` for fresh)."""
    if edition.predecessor_id is None:
        return None, wording(edition, LANGUAGE, is_fresh=is_fresh)
    return wordings([edition.predecessor, edition], LANGUAGE, is_fresh=is_fresh)


def questions_of(edition):
    """What is asked about the changes in a draft, as ``changes.questions``; nothing if made from none."""
    before, after = both_wordings(edition)
    return questions(before, after, typed_changes(edition)) if before else ()


def comparison(earlier, later):
    """Every action of two editions, and whether it is compared between them, as ``framework.changes.breaks``.

    Of a draft it may be that nobody has said yet.
    """
    found = None if later.is_published else changed(later)
    unsaid = unanswered(found, typed_changes(later)) if found else ()
    return comparison_in(*wordings([earlier, later], LANGUAGE), unsaid)


def comparison_in(earlier, later, unsaid):
    """The same of words that have been read already, and the codes of actions nobody has answered for."""
    return compared(earlier, later, lineage((earlier.edition_id, later.edition_id)).why, unsaid)


def state_of(edition):
    """A short text that is another once a word of the draft, or what was said of its changes, is another."""
    return state_in(wording(edition, LANGUAGE), typed_changes(edition), translated(edition))


def state_in(words, said, translations):
    """The same of what has been read already."""
    return hashlib.sha256(repr((words, said, translations)).encode()).hexdigest()[:16]


def findings(edition):
    """What is found about the edition, what must be mended first."""
    return found_in(*both_wordings(edition), typed_changes(edition), translated(edition))


def found_in(before, after, said, translations):
    """What is found about words that have been read already; how the radar can be read is advice."""
    found = [
        *check(after, before, said),
        *check_translations(after, translations),
        *label_findings(after.actions),
    ]
    return tuple(sorted(found, key=lambda finding: not finding.must))


def translated(edition, language=None):
    """What is translated of an edition, as ``wording.translating``; into one language, or into all."""
    rows = Translation.objects.filter(edition=edition).order_by("language", "part", "field")
    if language:
        rows = rows.filter(language=language)
    return tuple(Translated(*row) for row in rows.values_list("language", "part", "field", "text", "of"))
