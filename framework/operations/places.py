"""Where areas and actions of a draft stand. Numbers follow from it: always 1, 2, 3… without a gap."""

from django.db.models import Case, F, Value, When

from .. import policies
from ..models import Action, Area

ASIDE = 10_000
"""Added to a number to put it out of the way: higher than any, and still a small whole number."""


def the_action(edition, code):
    """The action of the draft with this code; Refusal if there is none."""
    found = edition.actions.select_related("area").filter(code=code).first()
    policies.require_action(found, code)
    return found


def the_area(edition, code):
    """The area of the draft with this code; Refusal if there is none."""
    found = edition.areas.filter(code=code).first()
    policies.require_area(found, code)
    return found


def arranged(edition):
    """The areas of the draft in their order, each with its actions in theirs."""
    areas = {area.pk: area for area in edition.areas.order_by("order")}
    found = {area: [] for area in areas.values()}
    for action in edition.actions.order_by("number"):
        found[areas[action.area_id]].append(action)
    return found


def put(edition, action, area, at):
    """Let the action stand in the area after ``at`` others, and number everything by where it stands."""
    places = arranged(edition)
    for actions in places.values():
        if action in actions:
            actions.remove(action)
    places[area].insert(at, action)
    settle(places)


def settle(places):
    """Number areas and actions by where they stand, and give each action its area."""
    _number(Area, "order", list(places))
    for area, actions in places.items():
        elsewhere = [action.pk for action in actions if action.area_id != area.pk]
        if elsewhere:
            Action.objects.filter(pk__in=elsewhere).update(area=area)
    _number(Action, "number", [action for actions in places.values() for action in actions])


def _number(model, field, rows):
    wanted = {row.pk: at for at, row in enumerate(rows, 1) if getattr(row, field) != at}
    if not wanted:
        return
    # A number stands once in an edition, at every moment: first out of the way, then to their places.
    moved = model.objects.filter(pk__in=wanted)
    moved.update(**{field: F(field) + ASIDE})
    moved.update(**{field: Case(*(When(pk=key, then=Value(at)) for key, at in wanted.items()))})
