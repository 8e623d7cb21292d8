"""The words of an edition, as frozen values that any thread may share."""

from dataclasses import dataclass

LEVELS = range(1, 6)
"""The steps of the scale."""


@dataclass(frozen=True)
class LevelWording:
    """A step of the scale, 1 to 5."""

    value: int
    label: str


@dataclass(frozen=True)
class LevelLooksLike:
    """A step of the scale, with what it looks like for one action."""

    value: int
    label: str
    looks_like: str


@dataclass(frozen=True)
class ActionWording:
    """Every word about one action."""

    id: int
    code: str
    number: int
    title: str
    short_title: str
    statement: str
    question: str
    prompts: tuple[str, ...]
    helps: str
    hinders: str
    skills_question: str
    area_code: str
    area_name: str
    colour: str
    levels: tuple[LevelLooksLike, ...]


@dataclass(frozen=True)
class AreaWording:
    """Every word about one area, with its actions in number order."""

    code: str
    name: str
    about: str
    colour: str
    actions: tuple[ActionWording, ...]


@dataclass(frozen=True)
class EditionWording:
    """Every word of one edition; `actions` in number order, `areas` in their own order."""

    edition_id: int
    number: int
    framework_name: str
    source: str
    scale_note: str
    levels: tuple[LevelWording, ...]
    areas: tuple[AreaWording, ...]
    actions: tuple[ActionWording, ...]

    def action(self, number: int) -> ActionWording:
        """The action with this number; KeyError if the edition has none."""
        return _only(number, [a for a in self.actions if a.number == number])

    def by_code(self, code: str) -> ActionWording:
        """The action with this stable code; KeyError if the edition has none."""
        return _only(code, [a for a in self.actions if a.code == code])


def area_wording(
    code: str, name: str, about: str, colour: str, actions: tuple[ActionWording, ...]
) -> AreaWording:
    """An area with those of the actions that are its own."""
    return AreaWording(code, name, about, colour, tuple(each for each in actions if each.area_code == code))


def _only(key: int | str, found: list[ActionWording]) -> ActionWording:
    if not found:
        raise KeyError(key)
    return found[0]
