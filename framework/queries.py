"""What the files and the checks of an edition need to know, from the database."""

from framework.checks import check
from framework.editionfile import EditionFile
from framework.models import Change
from framework.proposals import TypedChange
from framework.wording import wording

# Files are written in the language editions are written in.
LANGUAGE = "en"


def edition_file(edition):
    """The edition as ``framework.editionfile`` writes it."""
    return EditionFile(
        slug=edition.framework.slug,
        words=wording(edition, LANGUAGE),
        note=edition.note,
        made_from=edition.predecessor.number if edition.predecessor else None,
        changes=typed_changes(edition),
    )


def typed_changes(edition):
    """What was said of the differences to the edition it was made from."""
    rows = Change.objects.filter(edition=edition).order_by("pk")
    return tuple(
        TypedChange(kind, before or "", after or "")
        for kind, before, after in rows.values_list("kind", "before__code", "after__code")
    )


def findings(edition):
    """What ``framework.checks`` finds about the edition."""
    before = wording(edition.predecessor_id, LANGUAGE) if edition.predecessor_id else None
    return check(wording(edition, LANGUAGE), before, typed_changes(edition))
