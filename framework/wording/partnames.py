"""The names of the parts of an edition in which words stand (pure).

A part is a text: ``action:CODE``, ``area:CODE``, ``levels`` for the labels of the scale, and the empty text
for what is said of the whole edition.
"""

OF_EDITION = ""
OF_LEVELS = "levels"
ACTION, AREA = "action", "area"


def of_action(code: str) -> str:
    """The part an action's words are."""
    return f"{ACTION}:{code}"


def of_area(code: str) -> str:
    """The part an area's words are."""
    return f"{AREA}:{code}"
