"""Which floor of its app every top-level name stands on. A name may import those below it, and no other.

One table for all apps: the test of the walls goes by it, and so does the picture in DEVELOPERS.md. A name
that is not here fails the test, so that nothing new is built without a place.
"""

APPS = ("partnerships", "framework", "assessments")
"""Each may import those before it."""

FLOORS = {
    "assessments": {
        "analysis": 0,
        "examples": 0,
        "kept": 0,
        "keys": 0,
        "prepared": 0,
        "states": 0,
        "readings": 1,
        "sheets": 1,
        "models": 2,
        "policies": 2,
        "counting": 3,
        "queries": 4,
        "letters": 5,
        "workshops": 5,
        "operations": 6,
        "exports": 7,
        "forms": 7,
        "templatetags": 7,
        "management": 8,
        "views": 8,
        "urls": 9,
        "apps": 9,
    },
    "framework": {
        "wording": 0,
        "changes": 1,
        "checks": 2,
        "files": 2,
        "models": 3,
        "policies": 4,
        "queries": 4,
        "operations": 5,
        "forms": 6,
        "templatetags": 6,
        "management": 7,
        "views": 7,
        "urls": 8,
        "apps": 8,
    },
    "partnerships": {
        "texts": 0,
        "models": 1,
        "sheets": 1,
        "permissions": 2,
        "policies": 2,
        "queries": 3,
        "mail": 4,
        "site": 4,
        "operations": 5,
        "forms": 6,
        "signin": 6,
        "templatetags": 6,
        "admin": 7,
        "management": 7,
        "views": 7,
        "urls": 8,
        "apps": 8,
    },
}


def table():
    """The floors of each app from the top, a line each."""
    return "\n".join(line for app in reversed(APPS) for line in [app, *_lines(FLOORS[app])])


def _lines(floors):
    for floor in sorted({*floors.values()}, reverse=True):
        names = sorted(name for name, its in floors.items() if its == floor)
        yield f"{floor:>4}  {'  '.join(names)}"
