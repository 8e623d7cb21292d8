"""Arrows run one way: assessments -> framework -> partnerships, and inside an app downwards."""

import ast
import sys
import tomllib
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.floors import APPS, FLOORS, table

ROOT = Path(__file__).resolve().parent.parent
PURE = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]["files"]
"""What knows nothing of the database: the same list whose types mypy checks."""


def sources(*apps):
    return [
        file for app in apps for file in sorted((ROOT / app).rglob("*.py")) if "migrations" not in file.parts
    ]


def dotted(file):
    """The module a file is, as others import it."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imports(file):
    """Every module a file imports, also inside functions, as dotted names."""
    return tuple(_imports(file))


def _imports(file):
    package = list(file.relative_to(ROOT).parts[:-1])
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            yield from (f"{module}.{alias.name}" for alias in node.names)


def method_calls(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node


def name(file):
    return str(file.relative_to(ROOT))


def top_level(module):
    """The name of an app's top level that a module belongs to: a room, or a module that stands alone."""
    return module.split(".")[1]


def rooms_imported(app):
    """(file, its room, the room it imports, as what) for every import inside an app from another room."""
    for file in sources(app):
        if dotted(file) == app:
            continue
        mine = top_level(dotted(file))
        for module in imports(file):
            if module.startswith(f"{app}.") and top_level(module) != mine:
                yield file, mine, top_level(module), module


def test_every_name_has_a_floor_and_every_floor_has_a_name():
    print(table())  # noqa: T201 (to be looked at with -s)
    there = {app: {top_level(dotted(file)) for file in sources(app) if dotted(file) != app} for app in APPS}
    assert there == {app: {*FLOORS[app]} for app in APPS}


@pytest.mark.parametrize("app", APPS)
def test_apps_import_only_those_below(app):
    above = APPS[APPS.index(app) + 1 :]
    wrong = [
        f"{name(file)} imports {module}"
        for file in sources(app)
        for module in imports(file)
        if module.split(".")[0] in above
    ]
    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_inside_an_app_nothing_is_imported_from_a_higher_floor(app):
    floor = FLOORS[app]
    wrong = [
        f"{name(file)} imports {module}"
        for file, mine, theirs, module in rooms_imported(app)
        if floor[theirs] > floor[mine]
    ]
    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_rooms_of_one_floor_run_in_no_circle(app):
    """Raises CycleError, which names the circle."""
    below = {room: set() for room in FLOORS[app]}
    for _file, mine, theirs, _module in rooms_imported(app):
        below[mine].add(theirs)
    assert {*TopologicalSorter(below).static_order()} == {*FLOORS[app]}


def file_of(module):
    """The file a dotted name comes from, be it a module or a name in one; None if it is not ours."""
    parts = module.split(".")
    if parts[0] not in APPS:
        return None
    for length in range(len(parts), 0, -1):
        place = ROOT.joinpath(*parts[:length])
        for file in (place.with_suffix(".py"), place / "__init__.py"):
            if file.exists():
                return file
    raise AssertionError(f"{module} is imported, and nowhere to be found")


def reached_from(files):
    """Every file of ours that these import, and those import, all the way down; packages run, too."""
    found, waiting = {}, dict.fromkeys(files, "")
    while waiting:
        file, why = waiting.popitem()
        found[file] = why
        packages = [each / "__init__.py" for each in file.parents if each != ROOT and ROOT in each.parents]
        for each in (*packages, *filter(None, map(file_of, imports(file)))):
            if each not in found:
                waiting[each] = f"{why} <- {name(file)}"
    return found


def pure_files(*places):
    for place in places:
        folder = ROOT / place
        yield from [folder] if folder.is_file() else sorted(folder.rglob("*.py"))


def test_what_is_pure_reaches_no_database_all_the_way_down():
    wrong = [
        f"{name(file)} imports {module}{why}"
        for file, why in reached_from(pure_files(*PURE)).items()
        for module in imports(file)
        if module.startswith(("django.db", "django.apps", "django.core.cache", "django.contrib"))
    ]
    assert wrong == []


def test_analysis_imports_the_standard_library_only():
    wrong = [
        f"{name(file)} imports {module}"
        for file in reached_from(pure_files("assessments/analysis"))
        for module in imports(file)
        if module.split(".")[0] not in sys.stdlib_module_names and file_of(module) is None
    ]
    assert wrong == []


def test_views_write_nothing_themselves():
    """Every write is a function in operations, so that none can forget its audit event."""
    writes = {"save", "create", "delete", "update", "bulk_create", "get_or_create", "update_or_create"}
    wrong = [
        f"{name(file)}:{call.lineno} .{call.func.attr}()"
        for file in sources(*APPS)
        if "views" in file.relative_to(ROOT).with_suffix("").parts
        for call in method_calls(file)
        if call.func.attr in writes
    ]
    assert wrong == []


def test_an_app_names_itself_by_dots_and_others_by_name():
    wrong = [
        f"{name(file)} imports {node.module}"
        for app in APPS
        for file in sources(app)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").split(".")[0] == app
    ]
    assert wrong == []


FROM_BEFORE = {
    "assessments/migrations/0001_initial.py",
    "assessments/migrations/0003_workshop.py",
    "assessments/migrations/0006_calling_off.py",
    "partnerships/migrations/0001_initial.py",
}
"""Migrations that name the code of their day: what they import has to stay where it is."""


def test_migrations_use_plain_values():
    """What a migration says is what was true when it was written, whatever the code says since."""
    found = {
        name(file)
        for app in APPS
        for file in sorted((ROOT / app / "migrations").glob("*.py"))
        for module in imports(file)
        if module.split(".")[0] in APPS
    }
    assert found == FROM_BEFORE


DISPATCH = {
    "Page": "every page goes through this one",
    "LiveView": "asked several times a second: answered from one read before anybody is looked at",
    "MemberPageMixin": "another language lies round the whole page, whoever asks",
}


def test_who_gets_in_is_decided_in_one_place():
    """A view that dispatched by itself would make the order matter in which a page inherits."""
    found = {
        node.name
        for file in sources(*APPS)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        and any(isinstance(each, ast.FunctionDef) and each.name == "dispatch" for each in node.body)
    }
    assert found == {*DISPATCH}


def test_nothing_is_marked_safe():
    wrong = [
        f"{name(file)} imports {module}"
        for file in sources(*APPS)
        for module in imports(file)
        if module.endswith("mark_safe")
    ]
    templates = (ROOT / "templates").rglob("*.html")
    wrong += [
        name(file) for file in templates if "|safe" in file.read_text(encoding="utf-8").replace(" ", "")
    ]
    assert wrong == []


def test_files_stay_short():
    long = {
        name(file): lines
        for file in sources("config", *APPS)
        if (lines := len(file.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}
