from pathlib import Path

import pytest
from django.db import connection


@pytest.mark.django_db
def test_sqlite_is_a_real_file_that_survives_a_power_cut():
    if connection.vendor != "sqlite":
        pytest.skip("only on SQLite")
    with connection.cursor() as cursor:
        pragma = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragma == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 20000}
    assert Path(connection.settings_dict["NAME"]).is_file()


@pytest.mark.django_db
def test_wrong_tries_are_counted_in_the_database_all_processes_share():
    from django.core.cache import cache

    def rows():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM cache")
            return cursor.fetchone()[0]

    before = rows()
    cache.set("a try of this test alone", 3)
    assert rows() == before + 1
