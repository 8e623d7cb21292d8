"""An edition comes in from a file, as a draft."""

from django.db import transaction
from django.utils.translation import gettext as _

from partnerships.operations.audit import record

from .. import policies
from ..files.yamltree import BadFile, Fault
from ..models import Change, Edition, Framework
from .drafts import drop_draft, free_number
from .translations import write_all_translations
from .words import write_words


@transaction.atomic
def import_edition(*, by, file, replace_draft=False):
    """A draft with the words of a file and what it says of the changes.

    BadFile where the file does not fit this site, Refusal where there is a draft already; with
    ``replace_draft`` that one is dropped first. The draft keeps the file's number, if it is free.
    """
    framework = _hold_framework(by, file)
    if replace_draft:
        for draft in framework.editions.drafts():
            drop_draft(by=by, edition=draft)
    policies.require_no_draft(framework)
    before = _made_from(framework, file)
    edition = Edition.objects.create(
        framework=framework,
        number=free_number(framework, file.words.number),
        predecessor=before,
        note=file.note,
        scale_note=file.words.scale_note,
        **_own(framework, file.words),
    )
    _write_changes(edition, before, write_words(edition, file.words), file)
    write_all_translations(edition, file.translations)
    record(
        "edition imported",
        by=by,
        target=edition,
        after={"number": edition.number, "made_from": before.number if before else None},
    )
    return edition


def _hold_framework(by, file):
    facts = {"name": file.words.framework_name, "source": file.words.source}
    framework, is_new = Framework.objects.get_or_create(slug=file.slug, defaults=facts)
    if is_new:
        record("framework created", by=by, target=framework, after={"slug": file.slug})
    return Framework.objects.select_for_update().get(pk=framework.pk)


def _own(framework, words):
    """What this edition says of the framework, where it is not what the framework says itself."""
    said = {"name": words.framework_name, "source": words.source}
    return {field: "" if text == getattr(framework, field) else text for field, text in said.items()}


def _made_from(framework, file):
    if file.made_from is None:
        return None
    found = framework.editions.readable().filter(number=file.made_from).first()
    if found is None:
        what = _("This site has no published edition %(number)d of this framework.")
        _refuse(file, [("edition.made_from", what % {"number": file.made_from})])
    return found


def _write_changes(edition, before, after, file):
    old = {action.code: action for action in before.actions.all()} if before else {}
    of_actions = [change for change in file.changes if not change.of_labels]
    what = _("There is no action “%(code)s” in the edition this one was made from.")
    _refuse(
        file,
        [
            (f"changes.actions.{number}.before", what % {"code": change.before})
            for number, change in enumerate(of_actions, 1)
            if change.before and change.before not in old
        ],
    )
    Change.objects.bulk_create(
        Change(edition=edition, kind=each.kind, before=old.get(each.before), after=after.get(each.after))
        for each in file.changes
    )


def _refuse(file, faults):
    """Refuse the file, if there are faults: pairs of a path in the file and what is wrong there."""
    if faults:
        raise BadFile([Fault(file.lines.get(path, 1), path, what) for path, what in faults])
