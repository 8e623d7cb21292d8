"""What somebody says of the changes in a draft: the answers that decide about comparisons."""

from django.db import transaction
from django.db.models import Q

from partnerships.operations.audit import record

from .. import policies, queries
from ..changes.kinds import left_alone, rows
from ..changes.origins import rewritten
from ..changes.proposals import TypedChange
from ..changes.questions import wrong
from ..models import Change
from .drafts import hold_draft

SIZES = ("typo", "clarified")
"""Kinds that go by how much the words differ: once the words change again, they are asked again."""


@transaction.atomic
def answer_changes(*, by, edition, changes):
    """Say what kind of change it is: one ``TypedChange``, or all rows of one split or merger together.

    What was said of the same actions before is replaced; whoever else was part of that is asked again.
    """
    edition = hold_draft(edition)
    changes = tuple(changes)
    policies.require_known_actions(edition, changes)
    gone = _forget(_touching(edition, changes)) + _forget_left_alone(edition)
    _write(edition, changes)
    _record("kind of change said", by, edition, gone, changes)


@transaction.atomic
def answer_questions(*, by, edition, answers):
    """Say of several changes what kind they are, as ``framework.changes.questions``.

    An answer counts where the words, and what was said of them, are still what the person saw. Returns the
    codes of those that do not count. ``ValueError`` where an answer is none.
    """
    edition = hold_draft(edition)
    asked = {each.code: each for each in queries.drafts.questions_of(edition)}
    fresh = [each for each in answers if each.code in asked and asked[each.code].digest == each.seen]
    for each in fresh:
        if why := wrong(asked[each.code], each.kind, each.others):
            raise ValueError(why)
        _answer(by, edition, each)
    return tuple(each.code for each in answers if each not in fresh)


def _answer(by, edition, answer):
    """What was said of the rest of a split or merger, perhaps just now, stays part of it."""
    said = queries.drafts.typed_changes(edition)
    changes = rows(answer.kind, answer.code, answer.others, queries.drafts.both_wordings(edition), said)
    if not set(changes) <= set(said):
        answer_changes(by=by, edition=edition, changes=changes)


@transaction.atomic
def take_back_answers(*, by, edition, code):
    """Ask again what kind of change it is; without a code, of the labels of the levels."""
    edition = hold_draft(edition)
    gone = _forget(_touching(edition, [TypedChange("new", after=code)])) + _forget_left_alone(edition)
    if gone:
        _record("kind of change taken back", by, edition, gone, ())


def ask_again(edition, code):
    """The words of an action, or without a code the labels, changed in a draft that is held: an answer that
    went by the size of the change counts no longer, and no answer does where all is as it was."""
    rows = _of(edition, code)
    kinds = SIZES if queries.drafts.differs(edition, code) else (*SIZES, "meaning_changed")
    rows.filter(kind__in=kinds).delete()


def follow(edition, was, now, said):
    """Actions of a draft that is held were split, merged and the like: what follows from it is said of the
    changes. ``was`` and ``now`` are ``framework.changes.origins``, ``said`` what was said before.

    Returns what is said no longer and what is said instead, as the trail keeps it.
    """
    if edition.predecessor is None:  # then nothing is compared
        return [], []
    gone, come = rewritten(was, now, said)
    pairs = {(each.before, each.after) for each in gone}
    rows = Change.objects.filter(edition=edition)
    keys = [
        key
        for key, before, after in rows.values_list("pk", "before__code", "after__code")
        if (before or "", after or "") in pairs
    ]
    rows.filter(pk__in=keys).delete()
    _write(edition, come)
    return _plain(gone), _plain(come)


def _write(edition, changes):
    before, after = _actions(edition)
    Change.objects.bulk_create(
        Change(edition=edition, kind=each.kind, before=before.get(each.before), after=after.get(each.after))
        for each in changes
    )


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
    gone = queries.drafts.as_typed_changes(rows)
    if gone:
        rows.delete()
    return gone


def _forget_left_alone(edition):
    """Of a split or merger that lost its other actions nothing is left to say."""
    return tuple(
        row
        for each in left_alone(queries.drafts.typed_changes(edition))
        for row in _forget(_of(edition, each.after).filter(kind=each.kind))
    )


def _actions(edition):
    """The actions of the edition it was made from, and its own, by code."""
    before = edition.predecessor.actions.all() if edition.predecessor else ()
    return tuple({action.code: action for action in actions} for actions in (before, edition.actions.all()))


def _record(event, by, edition, gone, said):
    record(event, by=by, target=edition, before={"changes": _plain(gone)}, after={"changes": _plain(said)})


def _plain(changes):
    return [[each.kind, each.before, each.after] for each in changes]
