"""The words of a draft in another language."""

from django.db import transaction

from partnerships.operations.audit import record

from .. import policies, queries
from ..models import Translation
from ..queries.trail import TRANSLATION_CHANGED
from ..queries.wording import wording
from ..wording.translating import texts_of_part
from .drafts import hold_draft
from .texts import merge


@transaction.atomic
def write_translations(*, by, edition, language, part, texts, seen, english):
    """Write texts of one part of a draft in a language, as ``texts.Written``; an empty one takes it away.

    ``seen`` are the translations as they were when the person began to change them, and ``english`` the
    texts they translated: where those have changed meanwhile, the translation is stale from the start.
    """
    policies.require_known_language(language)
    edition = hold_draft(edition)
    now, rows = _english(edition, part), _rows(edition, language, part)
    stored = {name: rows[name].text if name in rows else "" for name in now}
    policies.require_known_texts(texts, now)
    written = merge(stored, seen, texts)
    for name in written.saved:
        row = rows.get(name) or Translation(edition=edition, language=language, part=part, field=name)
        _write(row, texts[name], english.get(name, now[name]))
        _record(by, edition, language, part, name, stored[name], texts[name])
    return written


@transaction.atomic
def confirm_translations(*, by, edition, language, part, fields, english):
    """Say that translations are still right though the English has changed; returns those it was said of.

    ``english`` are the texts the person looked at: of one that has changed again it is not said.
    """
    policies.require_known_language(language)
    edition = hold_draft(edition)
    now, rows = _english(edition, part), _rows(edition, language, part)
    said = [name for name in fields if name in rows and name in now and english.get(name) == now[name]]
    for name in said:
        rows[name].of = now[name]
        rows[name].save(update_fields=["of"])
    if said:
        where = {"language": language, "part": part, "fields": said}
        record("translation confirmed", by=by, target=edition, after=where)
    return said


def _english(edition, part):
    try:
        return texts_of_part(wording(edition, queries.drafts.LANGUAGE), part)
    except KeyError:
        raise policies.part_gone() from None


def _rows(edition, language, part):
    found = Translation.objects.filter(edition=edition, language=language, part=part)
    return {row.field: row for row in found}


def _write(row, text, of):
    if text:
        row.text, row.of = text, of
        row.save()
    else:
        row.delete()


def _record(by, edition, language, part, field, before, after):
    where = {"language": language, "part": part, "field": field}
    record(
        TRANSLATION_CHANGED,
        by=by,
        target=edition,
        before=where | {"text": before},
        after=where | {"text": after},
    )
