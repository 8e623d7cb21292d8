"""Statements planned once: the same answer every time, on any connection, inside a transaction or not."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from assessments.prepared import Prepared
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


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_postgresql_plans_it_once():
    ADD.first(1, 2)
    with CaptureQueriesContext(connection) as asked:
        ADD.first(3, 4)
    assert [query["sql"] for query in asked] == ["EXECUTE tests_add (3, 4)"]
