"""The picture of rooms and floors in DEVELOPERS.md, made from the code. `draw` puts it there, `check` says
whether it is behind.

A room is what stands at the top of an app, a folder or a single module. tests/floors.py says on which floor,
the first sentence of its own docstring what it is, and its imports whom it uses.
"""

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.floors import APPS, FLOORS  # noqa: E402

PAGE = ROOT / "DEVELOPERS.md"
BEGIN, END = "<!-- rooms: made by `make rooms` -->\n", "<!-- end of rooms -->\n"
WIDEST = 66


def picture():
    """A block of text for each app, what is highest first."""
    blocks = ("\n".join(line.rstrip() for line in _app(app)) for app in reversed(APPS) if app in FLOORS)
    return "\n\n".join(f"```text\n{block}\n```" for block in blocks)


def _app(app):
    """A line for the app, then one for each room, with the floors its imports lead to, each in its column."""
    floors = FLOORS[app]
    uses = {room: _used(app, room) for room in floors}
    arrows = sum(len(used & {*floors}) for used in uses.values())
    yield f"{app}: {saying(ROOT / app)}"
    yield f"floor room           {'what it is':{WIDEST}} floors it uses: {arrows} arrows, {len(floors)} rooms"
    for room in sorted(floors, key=lambda room: (-floors[room], room)):
        led_to = {floors[used] for used in uses[room] if used in floors}
        columns = (str(floor) if floor in led_to else " " for floor in range(max(floors.values()), -1, -1))
        yield f"{floors[room]:5} {room:14} {saying(ROOT / app / room):{WIDEST}} {' '.join(columns)}"


def saying(room):
    """The first sentence of a room's docstring; too long for its line, it ends before a comma."""
    file = room / "__init__.py" if room.is_dir() else room.with_suffix(".py")
    text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    sentence = " ".join(text.split("\n\n")[0].split()).split(". ")[0].removesuffix(".")
    while len(sentence) > WIDEST:
        sentence = re.split(r"[,:(][^,:(]*$", sentence)[0].rstrip()
    return sentence


def _used(app, room):
    """The other rooms of the app, and the apps, that are imported anywhere in a room."""
    place = ROOT / app / room
    files = place.rglob("*.py") if place.is_dir() else [place.with_suffix(".py")]
    found = set()
    for module in (module for file in files for module in _imports(file)):
        first, *rest = module.split(".")
        found.add(rest[0] if first == app and rest else first)
    return found - {room}


def _imports(file):
    """Every module a file imports, also inside functions, as dotted names."""
    package = file.relative_to(ROOT).parts[:-1]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *filter(None, [node.module])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def page_with(drawn):
    """The page as it is, with this picture between its marks."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n{drawn}\n{END}{after}"


def draw():
    PAGE.write_text(page_with(picture()), encoding="utf-8")


def check():
    behind = PAGE.read_text(encoding="utf-8") != page_with(picture())
    if behind:
        print("The picture in DEVELOPERS.md is behind the code. Run make rooms.")
    return behind


if __name__ == "__main__":
    sys.exit({"draw": draw, "check": check}[sys.argv[1]]())
