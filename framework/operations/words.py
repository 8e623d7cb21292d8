"""The words of a draft."""

from ..models import Action, ActionLevel, Area, Level


def write_words(edition, words):
    """All the words of a new draft at once. Returns its actions by their codes."""
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
