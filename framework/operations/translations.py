"""Translations follow the words they are of: into a new draft, with what is split, and away."""

from ..models import Translation


def copy_translations(before, edition):
    """All translations of an edition, for a new draft made from it."""
    rows = Translation.objects.filter(edition=before)
    Translation.objects.bulk_create(_copy(row, edition, row.part) for row in rows)


def write_all_translations(edition, said):
    """All that a file says (``framework.wording.translating``) of a new draft."""
    Translation.objects.bulk_create(
        Translation(
            edition=edition,
            language=each.language,
            part=each.part,
            field=each.field,
            text=each.text,
            of=each.of,
        )
        for each in said
    )


def copy_part(edition, part, *, to, into=None, fields=None):
    """What is translated of a part, for another part, of this edition or of the one it comes ``into``.

    ``fields`` are the texts that were copied in English; without them it is all of the part.
    """
    rows = Translation.objects.filter(edition=edition, part=part)
    if fields is not None:
        rows = rows.filter(field__in=fields)
    Translation.objects.bulk_create(_copy(row, into or edition, to) for row in rows)


def forget_part(edition, part):
    """What is translated of a part goes with it."""
    Translation.objects.filter(edition=edition, part=part).delete()


def _copy(row, edition, part):
    facts = {name: getattr(row, name) for name in ("language", "field", "text", "of")}
    return Translation(edition=edition, part=part, **facts)
