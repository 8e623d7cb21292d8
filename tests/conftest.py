import pytest
from django.core.cache import caches


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """SQLite tests use a real file, as the product does, in a place no other run shares."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("db") / "test.sqlite3")


@pytest.fixture(autouse=True)
def _fresh_pages():
    """Results kept in memory would outlive the database they came from."""
    caches["pages"].clear()
    yield
    caches["pages"].clear()
