"""Which areas a draft has, and their order. Of an area nothing is said of its own: its actions decide
whether it is compared."""

from django.db import transaction

from partnerships.operations.audit import record

from .. import policies
from ..models import Area
from ..wording.parts import of_area
from .codes import free_code
from .drafts import hold_draft
from .places import arranged, settle, the_area
from .translations import copy_part, forget_part


@transaction.atomic
def add_area(*, by, edition, name):
    """A new area behind the others, in the colour fewest of them have."""
    edition = hold_draft(edition)
    areas = list(edition.areas.order_by("order"))
    policies.require_room_for_area(len(areas))
    policies.require_free_title(name, [area.name for area in areas])
    code = free_code(edition.framework, name, "area", len(areas) + 1)
    area = _write(edition, areas, code=code, name=name, about="", colour=_rarest_colour(areas))
    record("area added", by=by, target=edition, after={"code": code, "name": name})
    return area


@transaction.atomic
def step_area(*, by, edition, code, step):
    """One place up (-1) or down (1), with its actions, as far as there is one."""
    edition = hold_draft(edition)
    area, places = the_area(edition, code), arranged(edition)
    order = list(places)
    at = order.index(area) + step
    if not 0 <= at < len(order):
        return area
    before = [each.code for each in order]
    order.remove(area)
    order.insert(at, area)
    settle({each: places[each] for each in order})
    after = [each.code for each in order]
    record("areas reordered", by=by, target=edition, before={"codes": before}, after={"codes": after})
    return area


@transaction.atomic
def remove_area(*, by, edition, code):
    """An area without actions goes."""
    edition = hold_draft(edition)
    area = the_area(edition, code)
    policies.require_empty_area(area, area.actions.count())
    area.delete()
    forget_part(edition, of_area(code))
    settle(arranged(edition))
    record("area removed", by=by, target=edition, before={"code": code, "name": area.name})


@transaction.atomic
def bring_back_area(*, by, edition, code):
    """An area of the edition the draft was made from, with the words it had there, behind the others."""
    edition = hold_draft(edition)
    old = Area.objects.filter(edition=edition.predecessor_id, code=code).first()
    policies.require_known_before(old)
    areas = list(edition.areas.order_by("order"))
    policies.require_gone(next((area for area in areas if area.code == code), None), old.name)
    policies.require_room_for_area(len(areas))
    area = _write(edition, areas, code=code, name=old.name, about=old.about, colour=old.colour)
    copy_part(edition.predecessor, of_area(code), to=of_area(code), into=edition)
    record("area brought back", by=by, target=edition, after={"code": code, "name": old.name})
    return area


def _write(edition, areas, **facts):
    return Area.objects.create(edition=edition, order=areas[-1].order + 1 if areas else 1, **facts)


def _rarest_colour(areas):
    used = [area.colour for area in areas]
    return min(Area.Colour.values, key=used.count)
