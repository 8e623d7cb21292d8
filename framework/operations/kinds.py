"""What somebody says of the changes in a draft: the answers that decide about comparisons."""

from django.db import transaction
from django.db.models import Q

from framework import policies, queries
from framework.models import Change
from framework.proposals import TypedChange
from partnerships.audit import record

from .drafts import hold

SIZES = ("typo", "clarified")
"""Kinds that go by how much the words differ: once the words change again, they are asked again."""


@transaction.atomic
def answer_changes(*, by, edition, changes):
    """Say what kind of change it is: one ``TypedChange``, or all rows of one split or merger together.

    What was said of the same actions before is replaced; whoever else was part of that is asked again.
    """
    hold(edition)
    policies.require_draft(edition)
    changes = tuple(changes)
    policies.require_known_actions(edition, changes)
    gone = _forget(_touching(edition, changes))
    before, after = _actions(edition)
    Change.objects.bulk_create(
        Change(edition=edition, kind=each.kind, before=before.get(each.before), after=after.get(each.after))
        for each in changes
    )
    _record("kind of change said", by, edition, gone, changes)


@transaction.atomic
def take_back_answers(*, by, edition, code):
    """Ask again what kind of change it is; without a code, of the labels of the levels."""
    hold(edition)
    policies.require_draft(edition)
    gone = _forget(_touching(edition, [TypedChange("new", after=code)]))
    if gone:
        _record("kind of change taken back", by, edition, gone, ())


def ask_again(edition, code):
    """The words of an action, or without a code the labels, changed in a draft that is held: an answer that
    went by the size of the change counts no longer, and no answer does where all is as it was."""
    rows = _of(edition, code)
    kinds = SIZES if queries.differs(edition, code) else (*SIZES, "meaning_changed")
    rows.filter(kind__in=kinds).delete()


def _touching(edition, changes):
    codes = {code for each in changes for code in (each.before, each.after) if code}
    if not codes:
        return _of(edition, "")
    return Change.objects.filter(edition=edition).filter(Q(before__code__in=codes) | Q(after__code__in=codes))


def _of(edition, code):
    rows = Change.objects.filter(edition=edition)
    if not code:
        return rows.filter(before=None, after=None)
    return rows.filter(Q(before__code=code) | Q(after__code=code))


def _forget(rows):
    gone = queries.as_typed_changes(rows)
    if gone:
        rows.delete()
    return gone


def _actions(edition):
    """The actions of the edition it was made from, and its own, by code."""
    before = edition.predecessor.actions.all() if edition.predecessor else ()
    return tuple({action.code: action for action in actions} for actions in (before, edition.actions.all()))


def _record(event, by, edition, gone, said):
    record(event, by=by, target=edition, before={"changes": _plain(gone)}, after={"changes": _plain(said)})


def _plain(changes):
    return [[each.kind, each.before, each.after] for each in changes]
