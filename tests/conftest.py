import gc
from collections import Counter

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.utils import translation

from scripts.kept import copy_sqlite
from tests.made_once import KEEPER, Keeper, made_once
from tests.second_database import left_to_the_first, touches_a_database

LEFT = pytest.StashKey[dict]()


def pytest_addoption(parser):
    parser.addoption(
        "--second-database",
        action="store_true",
        help="leave out, and count, what has run beside the first: see tests/second_database.py",
    )
    parser.addoption(
        "--make-every-time",
        action="store_true",
        help="let each test make what it begins with, and keep nothing for the next: see tests/made_once.py",
    )


def pytest_collection_modifyitems(config, items):
    if not config.option.second_database:
        return
    rules = [(item, left_to_the_first(item)) for item in items]
    items[:] = [item for item, rule in rules if not rule]
    config.hook.pytest_deselected(items=[item for item, rule in rules if rule])
    config.stash[LEFT] = dict(Counter(rule for _item, rule in rules if rule))
    if hasattr(config, "workeroutput"):  # on one of several processors: tell the one that reports
        config.workeroutput["left"] = config.stash[LEFT]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    node.config.stash[LEFT] = getattr(node, "workeroutput", {}).get("left", {})


def pytest_terminal_summary(terminalreporter, config):
    for rule, count in config.stash.get(LEFT, {}).items():
        terminalreporter.write_line(f"{count:,} tests that {rule} were left to the first database.")


def pytest_collection_finish():
    """What has been imported stays; to look through it again and again for rubbish takes a while.

    So it does to look every few hundred objects: a page makes thousands, and most go by themselves.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """SQLite tests use a real file, as the product does, in a place no other run shares: a copy of one that
    has been migrated. What is not in it yet, the set-up of the tests migrates, as it does on PostgreSQL.
    """
    from django.conf import settings

    database = settings.DATABASES["default"]
    if _is_sqlite(database):
        name = tmp_path_factory.mktemp("db") / "test.sqlite3"
        copy_sqlite(name)
        database.setdefault("TEST", {})["NAME"] = str(name)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb):
    """Whether there is a database already. With --create-db, pytest-django makes another all the same."""
    from django.conf import settings

    return django_db_keepdb or _is_sqlite(settings.DATABASES["default"])


def _is_sqlite(database):
    return database["ENGINE"] == "django.db.backends.sqlite3"


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
        if not framework.get_model("Edition").objects.exists():  # where no kept database was begun with
            call_command("loaddata", "transforming_together", verbosity=0)
        rows = [row for model in framework.get_models() for row in model._base_manager.all()]

    def bring_back(**_):
        with transaction.atomic():
            for row in rows:  # as a fixture is saved, without asking the database what it refers to
                row.save_base(raw=True, force_insert=True)

    post_migrate.connect(bring_back, sender=framework, weak=False)
    keeps = not request.config.option.make_every_time
    request.config.stash[KEEPER] = Keeper(django_db_blocker, keeps=keeps)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """When a test is cleared away, what the next begins with is kept or made: see tests/made_once.py."""
    result = yield
    keeper = item.config.stash.get(KEEPER, None)
    if keeper and (nextitem is None or touches_a_database(nextitem)):
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
