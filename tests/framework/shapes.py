"""The shape of a draft as tests read it, and what it takes to publish it."""

from framework.changes.kinds import unanswered
from framework.changes.proposals import TypedChange
from framework.models import Action
from framework.operations import answer_changes, publish
from framework.queries.drafts import LANGUAGE, changed, typed_changes
from framework.queries.lineage import lineage
from framework.queries.wording import wording


def codes(draft):
    return [action.code for action in wording(draft, LANGUAGE).actions]


def by_area(draft):
    return {area.code: [action.code for action in area.actions] for area in wording(draft, LANGUAGE).areas}


def said(draft):
    return {(each.kind, each.before, each.after) for each in typed_changes(draft)}


def ready(draft):
    """Write whatever is still to write, answer what words changed, and publish."""
    Action.objects.filter(edition=draft, short_title="").update(short_title="Short")
    for name in ("statement", "question"):
        Action.objects.filter(edition=draft, **{name: ""}).update(**{name: "We do it."})
    for action in draft.actions.all():
        for value in range(1, 6):
            action.action_levels.filter(looks_like="", level__value=value).update(
                looks_like=f"We see {value}"
            )
        if not action.prompts:
            action.prompts = ["How?"]
            action.save()
    open_codes = unanswered(changed(draft), typed_changes(draft))
    reworded = [TypedChange("clarified", code, code) for code in open_codes]
    if reworded:
        answer_changes(by=None, edition=draft, changes=reworded)
    return publish(by=None, edition=draft, note="Another shape.")


def broken(before, after):
    """The codes of either edition whose ratings are not compared, with why."""
    known = lineage([before.pk, after.pk])
    found = {code: known.why(before.pk, after.pk, code) for code in {*codes(before), *codes(after)}}
    return {code: why for code, why in found.items() if why}


def is_in_order(draft):
    words = wording(draft, LANGUAGE)
    numbers = [action.number for area in words.areas for action in area.actions]
    orders = list(draft.areas.order_by("order").values_list("order", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert orders == list(range(1, len(orders) + 1))
    assert len({action.code for action in words.actions}) == len(words.actions)
    assert [len(action.levels) for action in words.actions] == [5] * len(words.actions)
