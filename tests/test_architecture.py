"""Arrows run one way: assessments -> framework -> partnerships, and inside an app downwards."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ["partnerships", "framework", "assessments"]  # each may import those before it

# Inside an app a module may import those of a lower number, and its own kind.
LAYERS = {
    "analysis": 0,
    "states": 0,
    "models": 1,
    "policies": 2,
    "queries": 3,
    "charts": 3,
    "operations": 4,
    "exports": 5,
    "forms": 5,
    "adapters": 5,
    "accounts": 5,
    "admin": 6,
    "views": 6,
    "management": 6,
    "urls": 7,
}


def sources(*apps):
    return [
        file for app in apps for file in sorted((ROOT / app).rglob("*.py")) if "migrations" not in file.parts
    ]


def imports(file):
    """Every module a file imports, also inside functions, as dotted names."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    package = list(file.relative_to(ROOT).parts[:-1])
    for node in ast.walk(tree):
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


def layer(dotted):
    parts = dotted.split(".")
    return LAYERS.get(parts[1]) if len(parts) > 1 else None


def name(file):
    return str(file.relative_to(ROOT))


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
def test_inside_an_app_modules_import_only_what_is_below(app):
    wrong = []
    for file in sources(app):
        mine = layer(".".join(file.relative_to(ROOT).with_suffix("").parts))
        for module in imports(file):
            theirs = layer(module) if module.split(".")[0] == app else None
            if mine is not None and theirs is not None and theirs > mine:
                wrong.append(f"{name(file)} imports {module}")
    assert wrong == []


def test_analysis_imports_the_standard_library_only():
    allowed = set(sys.stdlib_module_names)
    wrong = [
        f"{name(file)} imports {module}"
        for file in sorted((ROOT / "assessments" / "analysis").rglob("*.py"))
        for module in imports(file)
        if module.split(".")[0] not in allowed and not module.startswith("assessments.analysis")
    ]
    assert wrong == []


PURE = [
    "assessments/states.py",
    "framework/beside.py",
    "framework/checks.py",
    "framework/radarlabels.py",
    "framework/changes/differences.py",
    "framework/files/translations.py",
    "framework/files/edition.py",
    "framework/files/reader.py",
    "framework/changes/kinds.py",
    "framework/limits.py",
    "framework/changes/origins.py",
    "framework/outline.py",
    "framework/partnames.py",
    "framework/parts.py",
    "framework/plainwords.py",
    "framework/changes/proposals.py",
    "framework/changes/questions.py",
    "framework/translating.py",
    "framework/files/yamltree.py",
    "framework/files/yamlvalues.py",
]


def test_what_is_pure_knows_nothing_of_the_database():
    pure = [ROOT / file for file in PURE]
    wrong = [
        f"{name(file)} imports {module}"
        for file in pure
        for module in imports(file)
        if module.startswith("django.db") or ".models" in module
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
