"""Statements that PostgreSQL plans once for each connection, not at every call.

Planning a join can take longer than running it. psycopg2 prepares nothing by itself, so this sends SQL's
own PREPARE and EXECUTE. Other databases run the statement as it is.
"""

import itertools
import re
from contextlib import nullcontext

from django.db import connection, transaction
from django.db.utils import OperationalError

NOT_PREPARED = "26000"  # invalid_sql_statement_name


class Prepared:
    """One statement, with ``%s`` where its parameters go.

    ``types`` are PostgreSQL's names of the parameters' types, in order.
    """

    def __init__(self, name, types, sql):
        number = itertools.count(1)
        numbered = re.sub("%s", lambda _mark: f"${next(number)}", sql)
        self._sql = sql
        self._prepare = f"PREPARE {name} ({', '.join(types)}) AS {numbered}"
        self._execute = f"EXECUTE {name} ({', '.join(['%s'] * len(types))})"

    def first(self, *parameters):
        """The first row of the statement, or None."""
        with connection.cursor() as cursor:
            self._run(cursor, parameters)
            return cursor.fetchone()

    def all(self, *parameters):
        """All rows of the statement, in a list."""
        with connection.cursor() as cursor:
            self._run(cursor, parameters)
            return cursor.fetchall()

    def _run(self, cursor, parameters):
        if connection.vendor != "postgresql":
            cursor.execute(self._sql, parameters)
            return
        try:
            # An error inside a transaction would spoil the rest of it.
            with transaction.atomic() if connection.in_atomic_block else nullcontext():
                cursor.execute(self._execute, parameters)
        except OperationalError as error:
            if getattr(error.__cause__, "pgcode", None) != NOT_PREPARED:
                raise
            # Both in one transaction: a pool between us and PostgreSQL may hand every transaction to
            # another connection.
            with transaction.atomic():
                cursor.execute(self._prepare)
                cursor.execute(self._execute, parameters)
