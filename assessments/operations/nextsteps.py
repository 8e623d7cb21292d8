from django.db import transaction
from django.utils import timezone

from partnerships.models.audit import actor_key
from partnerships.operations.audit import record

from .. import policies
from ..models import NextStep
from .locking import lock_partnership


@transaction.atomic
def add_next_step(*, by, partnership, action, text, round=None, owner="", due_on=None):
    """What the partnership will do about ``action``, which is of the edition of ``round`` if there is one.

    A second press of the button finds the step there and gets that one.
    """
    lock_partnership(partnership)
    policies.nextsteps.require_opened(round)
    facts = {"action": action, "round": round, "text": text, "owner": owner, "due_on": due_on}
    there = partnership.next_steps.under_way().filter(**facts).first()
    if there:
        return there
    step = NextStep(partnership=partnership, created_by=actor_key(by), **facts)
    step.full_clean()
    step.save()
    after = {"action": action.code, "round": step.round_id}
    record("next step added", by=by, target=step, partnership=partnership, after=after)
    return step


@transaction.atomic
def change_next_step(*, by, step, seen, **changes):
    """Change what it says; ``seen`` is the revision the person had before them.

    The same change sent twice changes once. The audit event says which fields changed, not to what.
    """
    step = _held(step)
    changes = {name: value for name, value in changes.items() if getattr(step, name) != value}
    if not changes:
        return step
    policies.nextsteps.require_seen(step, seen)
    policies.nextsteps.require_opened(changes.get("round"))
    for name, value in changes.items():
        setattr(step, name, value)
    return _keep(by, step, "next step changed", {"changed": sorted(changes)})


@transaction.atomic
def finish_next_step(*, by, step, seen, word=""):
    """It is done; ``word`` may say what came of it."""
    return _end(by, step, seen, NextStep.State.DONE, word)


@transaction.atomic
def drop_next_step(*, by, step, seen, word):
    """It will not be done; ``word`` says why."""
    policies.nextsteps.require_why(word)
    return _end(by, step, seen, NextStep.State.DROPPED, word)


@transaction.atomic
def take_up_next_step(*, by, step, seen):
    """Go on with a step that was done or dropped; the word why goes."""
    step = _held(step)
    if step.is_open:
        return step
    policies.nextsteps.require_seen(step, seen)
    step.state, step.closing_word = NextStep.State.OPEN, ""
    step.closed_at, step.closed_by = None, ""
    return _keep(by, step, "next step taken up again")


def _held(step):
    """The step as it is now, held until the transaction ends."""
    return NextStep.objects.select_for_update(of=("self",)).with_words().get(pk=step.pk)


def _end(by, step, seen, state, word):
    step = _held(step)
    if (step.state, step.closing_word) == (state, word):
        return step
    policies.nextsteps.require_seen(step, seen)
    policies.nextsteps.require_under_way(step)
    step.state, step.closing_word = state, word
    step.closed_at, step.closed_by = timezone.now(), actor_key(by)
    return _keep(by, step, f"next step {state}")


def _keep(by, step, event, after=None):
    step.revision += 1
    step.full_clean()
    step.save()
    record(event, by=by, target=step, partnership=step.partnership, after=after)
    return step
