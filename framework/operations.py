"""Every write to a framework: drafts made and dropped, and editions published."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from framework import policies, queries
from framework.models import Action, ActionLevel, Area, Change, Edition, Framework, Level
from framework.yamltree import BadFile, Fault
from partnerships.audit import record


@transaction.atomic
def import_edition(*, by, file, replace_draft=False):
    """A draft with the words of a file and what it says of the changes.

    BadFile where the file does not fit this site, Refusal where there is a draft already; with
    ``replace_draft`` that one is dropped first. The draft keeps the file's number, if it is free.
    """
    framework = _hold_framework(by, file)
    if replace_draft:
        for draft in framework.editions.filter(status=Edition.Status.DRAFT):
            drop_draft(by=by, edition=draft)
    policies.require_no_draft(framework)
    before = _made_from(framework, file)
    edition = Edition.objects.create(
        framework=framework,
        number=_free_number(framework, file.words.number),
        predecessor=before,
        note=file.note,
        scale_note=file.words.scale_note,
    )
    _write_changes(edition, before, _write_words(edition, file.words), file)
    record(
        "edition imported",
        by=by,
        target=edition,
        after={"number": edition.number, "made_from": before.number if before else None},
    )
    return edition


@transaction.atomic
def drop_draft(*, by, edition):
    """The draft is gone with all its words. Nobody can have rated with it."""
    _hold(edition)
    edition.refresh_from_db()
    policies.require_draft(edition)
    record("draft dropped", by=by, target=edition, before={"number": edition.number})
    edition.delete()


@transaction.atomic
def publish(*, by, edition, note):
    """From now on new rounds can be made with the edition, and its words never change again."""
    _hold(edition)
    edition = Edition.objects.select_related("framework", "predecessor").get(pk=edition.pk)
    policies.require_draft(edition)
    policies.require_note(note)
    policies.require_ready(queries.findings(edition))
    edition.status, edition.note = Edition.Status.PUBLISHED, note.strip()
    edition.published_at, edition.published_by = timezone.now(), by
    edition.save()
    record("edition published", by=by, target=edition, after={"number": edition.number})
    return edition


def _hold(edition):
    """One at a time: drafts and numbers are given out, and words looked through, by framework."""
    Framework.objects.select_for_update().get(pk=edition.framework_id)


def _hold_framework(by, file):
    facts = {"name": file.words.framework_name, "source": file.words.source}
    framework, is_new = Framework.objects.get_or_create(slug=file.slug, defaults=facts)
    if is_new:
        record("framework created", by=by, target=framework, after={"slug": file.slug})
    framework = Framework.objects.select_for_update().get(pk=framework.pk)
    _refuse(
        file, [_other(framework, name) for name, value in facts.items() if getattr(framework, name) != value]
    )
    return framework


def _other(framework, name):
    what = _("This site has “%(value)s”. Every edition shows it, so it cannot change with one of them.")
    return f"framework.{name}", what % {"value": getattr(framework, name)}


def _made_from(framework, file):
    if file.made_from is None:
        return None
    found = framework.editions.readable().filter(number=file.made_from).first()
    if found is None:
        what = _("This site has no published edition %(number)d of this framework.")
        _refuse(file, [("edition.made_from", what % {"number": file.made_from})])
    return found


def _free_number(framework, wished):
    if not framework.editions.filter(number=wished).exists():
        return wished
    return framework.editions.aggregate(last=Max("number"))["last"] + 1


def _write_words(edition, words):
    """Returns the new actions by their codes."""
    levels = Level.objects.bulk_create(
        Level(edition=edition, value=level.value, label=level.label) for level in words.levels
    )
    areas = Area.objects.bulk_create(
        Area(
            edition=edition, order=order, code=area.code, name=area.name, about=area.about, colour=area.colour
        )
        for order, area in enumerate(words.areas, 1)
    )
    by_code = {area.code: area for area in areas}
    actions = Action.objects.bulk_create(
        _action(edition, action, by_code[action.area_code]) for action in words.actions
    )
    by_value = {level.value: level for level in levels}
    ActionLevel.objects.bulk_create(
        ActionLevel(action=row, level=by_value[level.value], looks_like=level.looks_like)
        for row, action in zip(actions, words.actions, strict=True)
        for level in action.levels
    )
    return {action.code: action for action in actions}


TEXTS = (
    "code",
    "number",
    "title",
    "short_title",
    "statement",
    "question",
    "helps",
    "hinders",
    "skills_question",
)


def _action(edition, words, area):
    texts = {name: getattr(words, name) for name in TEXTS}
    return Action(edition=edition, area=area, prompts=list(words.prompts), **texts)


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
