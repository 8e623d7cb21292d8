import gc

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.utils import translation

from tests.made_once import KEEPER, Keeper, made_once

SPARED = pytest.StashKey[int]()


def pytest_addoption(parser):
    parser.addoption(
        "--second-database",
        action="store_true",
        help="leave out, and count, tests that touch no database: they have run beside the first",
    )


def pytest_collection_modifyitems(config, items):
    """Which tests touch a database is what pytest-django goes by: it refuses all others the connection."""
    if not config.option.second_database:
        return
    spared = [item for item in items if not _may_touch_a_database(item)]
    items[:] = [item for item in items if _may_touch_a_database(item)]
    config.hook.pytest_deselected(items=spared)
    config.stash[SPARED] = len(spared)
    if hasattr(config, "workeroutput"):  # on one of several processors: tell the one that reports
        config.workeroutput["spared"] = len(spared)


def _may_touch_a_database(item):
    by_fixture = {"db", "transactional_db", "live_server"} & {*item.fixturenames}
    return bool(by_fixture or item.get_closest_marker("django_db"))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    node.config.stash[SPARED] = getattr(node, "workeroutput", {}).get("spared", 0)


def pytest_terminal_summary(terminalreporter, config):
    if spared := config.stash.get(SPARED, 0):
        terminalreporter.write_line(
            f"{spared:,} tests that touch no database were left to the first database."
        )


def pytest_collection_finish():
    """What has been imported stays; to look through it again and again for rubbish takes a while.

    So it does to look every few hundred objects: a page makes thousands, and most go by themselves.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """SQLite tests use a real file, as the product does, in a place no other run shares."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("db") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_setup, django_db_blocker):
    """The framework is there from the start, as on a site that has been set up.

    A test that empties the database afterwards (transaction=True) takes it away. Django says so by the
    signal it also sends after migrating, and the framework comes back before the next test.
    """
    from django.apps import apps
    from django.db import transaction
    from django.db.models.signals import post_migrate

    framework = apps.get_app_config("framework")
    with django_db_blocker.unblock():
        call_command("loaddata", "transforming_together", verbosity=0)
        rows = [row for model in framework.get_models() for row in model._base_manager.all()]

    def bring_back(**_):
        with transaction.atomic():
            for row in rows:  # as a fixture is saved, without asking the database what it refers to
                row.save_base(raw=True, force_insert=True)

    post_migrate.connect(bring_back, sender=framework, weak=False)
    request.config.stash[KEEPER] = Keeper(django_db_blocker)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """When a test is cleared away, what the next begins with is kept or made: see tests/made_once.py."""
    result = yield
    keeper = item.config.stash.get(KEEPER, None)
    if keeper and (nextitem is None or _may_touch_a_database(nextitem)):
        keeper.prepare(nextitem)
    return result


@made_once
def edition():
    """The published edition."""
    from framework.models import Edition

    return Edition.objects.get(number=1)


@pytest.fixture(autouse=True)
def _no_language_of_the_test_before():
    """A request leaves its language behind in the thread, until the next one brings its own."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _fresh_pages():
    """Results kept in memory would outlive the database they came from."""
    caches["pages"].clear()
    yield
    caches["pages"].clear()
