import pytest
from django.core.cache import caches
from django.core.management import call_command


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """SQLite tests use a real file, as the product does, in a place no other run shares."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("db") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The framework is there from the start, as on a site that has been set up.

    A test that empties the database afterwards (transaction=True) takes it away; such tests come last,
    and ``edition`` brings it back.
    """
    with django_db_blocker.unblock():
        call_command("loaddata", "transforming_together", verbosity=0)


@pytest.fixture
def edition(db):
    """The published edition, also where an earlier test has emptied the database."""
    from framework.models import Edition

    if not Edition.objects.exists():
        call_command("loaddata", "transforming_together", verbosity=0)
    return Edition.objects.get(number=1)


@pytest.fixture(autouse=True)
def _fresh_pages():
    """Results kept in memory would outlive the database they came from."""
    caches["pages"].clear()
    yield
    caches["pages"].clear()
