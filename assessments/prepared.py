"""Statements that PostgreSQL plans once for each connection, not at every call; ``STATEMENTS`` lists them.

Planning a join can take longer than running it. psycopg2 prepares nothing by itself, so this sends SQL's
own PREPARE and EXECUTE. Other databases run the statement as it is.

A condition that repeats a rule (of ``policies``, or of a queryset) stands as text beside that rule, and the
statement takes it from there: whoever changes one sees the other, and a test holds them to each other.

Behind a pool in transaction mode every transaction may come to another connection, which knows a statement
or does not, whatever the last one knew; and what a connection knows outlives this process. So a statement is
known by its name and a digest of its text, and making it known and running it are one transaction.

psycopg 3, as Django uses it, writes parameters into the text like psycopg2. With ``server_side_binding`` it
sends them apart, which EXECUTE does not take: the statement then runs as it is, each parameter with its type,
and preparing is left to psycopg (``prepare_threshold``).
"""

import hashlib
import itertools
import re
from contextlib import nullcontext

from django.db import DatabaseError, connection, transaction

STATEMENTS = {}
"""Name -> statement, of every module that has been imported."""

NOT_PREPARED = "26000"  # invalid_sql_statement_name
OUTDATED = "0A000"  # feature_not_supported: the types of its columns are no longer those it was planned with


class Prepared:
    """One statement, with ``%s`` where its parameters go.

    ``types`` are PostgreSQL's names of the parameters' types, in order. ``held`` stands for ``{held}`` in
    the text where a database knows locks on rows; elsewhere nothing does.
    """

    def __init__(self, name, types, sql, *, held=""):
        if name in STATEMENTS:
            raise ValueError(f"There is a statement {name} already.")
        STATEMENTS[name] = self
        self.name, self.types = name, types
        self._unlocked, self._locked = sql.replace("{held}", ""), sql.replace("{held}", held)
        marks, number = iter(types), itertools.count(1)
        self._typed = re.sub("%s", lambda _mark: f"%s::{next(marks)}", self._locked)
        numbered = re.sub("%s", lambda _mark: f"${next(number)}", self._locked)
        digest = hashlib.sha256(f"{types} {numbered}".encode()).hexdigest()[:8]
        self.known_as = f"{name}_{digest}"
        self._prepare = f"PREPARE {self.known_as} ({', '.join(types)}) AS {numbered}"
        self._execute = f"EXECUTE {self.known_as} ({', '.join(['%s'] * len(types))})"

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

    @property
    def sql(self):
        """The statement as it is, for the database of this moment."""
        if _binds_apart():
            return self._typed
        return self._locked if connection.features.has_select_for_no_key_update else self._unlocked

    def _run(self, cursor, parameters):
        if connection.vendor != "postgresql" or _binds_apart():
            cursor.execute(self.sql, parameters)
            return
        try:
            # An error inside a transaction would spoil the rest of it.
            with transaction.atomic() if connection.in_atomic_block else nullcontext():
                cursor.execute(self._execute, parameters)
        except DatabaseError as error:
            if _sqlstate(error) not in (NOT_PREPARED, OUTDATED):
                raise
            self._run_anew(cursor, parameters)

    def _run_anew(self, cursor, parameters):
        """Plan it, and run it, in one transaction, which has one connection to itself."""
        with transaction.atomic():
            cursor.execute("SELECT 1 FROM pg_prepared_statements WHERE name = %s", [self.known_as])
            if cursor.fetchone():
                cursor.execute(f"DEALLOCATE {self.known_as}")
            cursor.execute(self._prepare)
            cursor.execute(self._execute, parameters)


def _binds_apart():
    return getattr(connection.features, "uses_server_side_binding", False)


def _sqlstate(error):
    """PostgreSQL's code of an error, as psycopg 3 or psycopg2 hands it on; None where there is none."""
    cause = error.__cause__
    return getattr(cause, "sqlstate", None) or getattr(cause, "pgcode", None)
