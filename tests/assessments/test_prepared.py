"""Statements planned once: the same answer every time, on any connection, inside a transaction or not."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from assessments.prepared import STATEMENTS, Prepared
from partnerships.models import Council

ADD = Prepared("tests_add", ["integer", "integer"], "SELECT %s + %s")
TOLD = Prepared("tests_told", ["varchar"], "SELECT name FROM partnerships_council WHERE slug = %s")
BROKEN = Prepared("tests_broken", ["integer"], "SELECT nothing_of_the_kind(%s)")

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL alone plans ahead")


@pytest.mark.django_db(transaction=True)
def test_it_answers_the_first_time_and_again():
    assert [ADD.first(1, 2), ADD.first(2, -7), ADD.first(0, 0)] == [(3,), (-5,), (0,)]


@pytest.mark.django_db
def test_it_answers_inside_a_transaction_which_goes_on():
    Council.objects.create(name="Northmoor Council", slug="northmoor")
    with transaction.atomic():
        assert TOLD.first("northmoor") == ("Northmoor Council",)
        assert TOLD.first("elsewhere") is None
        Council.objects.update(name="Council of Northmoor")
    assert TOLD.first("northmoor") == ("Council of Northmoor",)


@pytest.mark.django_db
def test_a_parameter_is_never_read_as_sql():
    Council.objects.create(name="Northmoor Council", slug="northmoor")
    assert TOLD.first("' OR '1'='1") is None
    assert TOLD.first("%s $1 ); DROP TABLE partnerships_council; --") is None
    assert TOLD.first("northmoor") == ("Northmoor Council",)


@pytest.mark.django_db(transaction=True)
def test_it_answers_on_a_new_connection():
    assert ADD.first(1, 2) == (3,)
    connection.close()
    assert ADD.first(1, 3) == (4,)


@pytest.mark.django_db
def test_a_wrong_statement_says_so():
    with pytest.raises(Exception, match="nothing_of_the_kind") as failed, transaction.atomic():
        BROKEN.first(1)
    assert isinstance(failed.value, ProgrammingError) or connection.vendor == "sqlite"


def test_a_name_is_given_once():
    with pytest.raises(ValueError, match="There is a statement tests_add already"):
        Prepared("tests_add", [], "SELECT 1")
    assert STATEMENTS["tests_add"] is ADD


def known():
    """What this connection has planned, by name."""
    with connection.connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements ORDER BY name")
        return [name for (name,) in cursor.fetchall()]


def plan_beforehand():
    with connection.connection.cursor() as cursor:
        cursor.execute(f"PREPARE {ADD.known_as} (integer, integer) AS SELECT $1 + $2")


@on_postgresql
@pytest.mark.django_db(transaction=True)
class TestOnPostgresql:
    def test_it_is_planned_once(self):
        ADD.first(1, 2)
        with CaptureQueriesContext(connection) as asked:
            ADD.first(3, 4)
        assert [query["sql"] for query in asked] == [f"EXECUTE {ADD.known_as} (3, 4)"]

    def test_what_another_connection_planned_is_planned_here(self):
        ADD.first(1, 2)
        connection.close()
        connection.connect()
        assert known() == []
        assert ADD.first(1, 3) == (4,)
        assert known() == [ADD.known_as]

    def test_a_pool_may_turn_to_a_connection_that_knows_it(self):
        """Which did not know it a moment ago: the first try was on another."""
        connection.close()

        def turn(execute, sql, *rest):
            try:
                return execute(sql, *rest)
            finally:
                if sql.startswith("EXECUTE") and known() == []:
                    plan_beforehand()

        with connection.execute_wrapper(turn):
            assert ADD.first(1, 4) == (5,)
        assert known() == [ADD.known_as]

    def test_inside_a_transaction_nothing_is_lost(self):
        connection.close()
        with transaction.atomic():
            Council.objects.create(name="Northmoor Council", slug="northmoor")
            assert TOLD.first("northmoor") == ("Northmoor Council",)
        assert TOLD.first("northmoor") == ("Northmoor Council",)

    def test_a_text_that_has_changed_is_not_what_connections_know(self):
        """They outlive the process behind a pool: a site may have been updated."""
        ADD.first(1, 2)
        before = STATEMENTS.pop("tests_add")
        try:
            changed = Prepared("tests_add", ["integer", "integer"], "SELECT %s - %s")
            assert changed.first(1, 2) == (-1,)
            assert known() == sorted([before.known_as, changed.known_as])
        finally:
            STATEMENTS["tests_add"] = before

    def test_columns_that_have_changed_are_planned_anew(self):
        """As a migration does while connections stay."""
        Council.objects.create(name="Northmoor Council", slug="northmoor")
        assert TOLD.first("northmoor") == ("Northmoor Council",)
        for width in ("varchar(200)", "varchar(120)"):
            with connection.cursor() as cursor:
                cursor.execute(f"ALTER TABLE partnerships_council ALTER COLUMN name TYPE {width}")
            assert TOLD.first("northmoor") == ("Northmoor Council",)
