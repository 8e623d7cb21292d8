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

    A test that empties the database afterwards (transaction=True) takes it away. Django says so by the
    signal it also sends after migrating, and the framework comes back before the next test.
    """
    from django.apps import apps
    from django.db.models.signals import post_migrate

    def load(**_):
        call_command("loaddata", "transforming_together", verbosity=0)

    with django_db_blocker.unblock():
        load()
    post_migrate.connect(load, sender=apps.get_app_config("framework"), weak=False)


@pytest.fixture
def edition(db):
    """The published edition."""
    from framework.models import Edition

    return Edition.objects.get(number=1)


@pytest.fixture(autouse=True)
def _fresh_pages():
    """Results kept in memory would outlive the database they came from."""
    caches["pages"].clear()
    yield
    caches["pages"].clear()
