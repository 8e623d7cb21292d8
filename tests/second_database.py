"""Which tests run on the second database as well: those that ask something of a database that another page or
file would not ask. docs/tests.md says why; the summary of a run says how many were left out by which rule.
"""

import inspect
from pathlib import Path
from types import CodeType

HERE = Path(__file__).parent
FILES = {"exports", "files", "management", "sheets"}


def left_to_the_first(test):
    """The rule by which a test is left out; nothing for one that runs on both."""
    if not touches_a_database(test):
        return "touch no database"
    if any(holds(test) for holds in (_asked_for, _walks_the_whole_site, saves_for_good, _counts_statements)):
        return None
    return next((rule for rule, holds in LEFT_OUT.items() if holds(test)), None)


def touches_a_database(test):
    """What pytest-django goes by: it refuses all others the connection."""
    by_fixture = {"db", "transactional_db", "live_server"} & {*test.fixturenames}
    return bool(by_fixture or test.get_closest_marker("django_db"))


def saves_for_good(test):
    """It may meet others at the same moment, or a server of its own: locks, constraints, connections."""
    marked = test.get_closest_marker("django_db")
    return bool(
        {"transactional_db", "live_server"} & {*test.fixturenames}
        or (marked and marked.kwargs.get("transaction"))
    )


def _asked_for(test):
    return bool(test.get_closest_marker("both_databases"))


def _walks_the_whole_site(test):
    """Every address by every role, every constraint: what stands beside the folders of the apps."""
    return test.path.parent == HERE


def _counts_statements(test):
    by_fixture = any("num_queries" in name for name in test.fixturenames)
    return by_fixture or "CaptureQueriesContext" in _names(inspect.unwrap(test.function).__code__)


def _names(code):
    """What a function speaks of, and those inside it."""
    inside = [_names(each) for each in code.co_consts if isinstance(each, CodeType)]
    return {*code.co_names}.union(*inside)


def _opens_pages(test):
    """In a folder of views, in a file of pages, or with Django's client."""
    return "views" in test.path.parts or "_pages" in test.path.stem or "client" in test.fixturenames


def _reads_or_writes_files(test):
    """What a command brings in or takes out, or what a file or a sheet holds."""
    return bool(FILES & {*test.path.parts}) or "_command" in test.path.stem


LEFT_OUT = {"open pages": _opens_pages, "read or write files": _reads_or_writes_files}
