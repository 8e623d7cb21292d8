"""A database kept for the tests is made where there is none, and again when what it is made from changes."""

import ast
import sqlite3
from contextlib import closing

import pytest

from scripts import kept
from scripts.kept import ROOT, copy_sqlite


@pytest.fixture
def made(tmp_path, monkeypatch):
    """A project of one migration, and what was made for it."""
    monkeypatch.setattr(kept, "ROOT", tmp_path)
    monkeypatch.setattr(kept, "KEPT", tmp_path / "var" / "kept")
    (tmp_path / "councils" / "migrations").mkdir(parents=True)
    migrate(tmp_path, "first")
    return []


def migrate(root, word):
    (root / "councils" / "migrations" / "0001_initial.py").write_text(word)


def ask(made, word="a database"):
    def make(path):
        made.append(path)
        path.write_text(word)

    with kept.kept("sqlite", make) as here:
        return here.read_text()


def test_it_is_made_once(made):
    assert [ask(made), ask(made, "another")] == ["a database"] * 2
    assert len(made) == 1


def test_it_is_made_again_when_a_migration_changes_and_the_old_one_goes(made, tmp_path):
    ask(made)
    migrate(tmp_path, "second")
    assert ask(made, "another") == "another"
    assert len(list(kept.KEPT.glob("sqlite-*"))) == 1


def test_what_could_not_be_finished_is_not_kept(made):
    def fail(path):
        path.write_text("half a datab")
        raise RuntimeError

    with pytest.raises(RuntimeError), kept.kept("sqlite", fail):
        pass
    assert ask(made) == "a database"
    assert len(list(kept.KEPT.glob("sqlite-*"))) == 1


def test_a_migration_uses_nothing_of_ours_that_is_not_in_the_key():
    ours = {path.name for path in ROOT.iterdir() if (path / "__init__.py").exists()}
    found = set()
    for path in ROOT.glob("*/migrations/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found |= {name for name in names if name.split(".")[0] in ours}
    assert found == {
        "assessments.states",  # in the key
        "partnerships.models",  # random_key, a default that the database does not know
    }
    assert "assessments/states.py" in kept.MADE_FROM


def test_the_one_of_sqlite_is_migrated_and_holds_the_framework(tmp_path):
    copy_sqlite(tmp_path / "copy.sqlite3")
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as database:
        applied = {row[0] for row in database.execute("select app || '/' || name from django_migrations")}
        assert database.execute("select count(*) from framework_action").fetchone() == (11,)
    ours = ROOT.glob("*/migrations/[0-9]*.py")
    assert {f"{path.parts[-3]}/{path.stem}" for path in ours} <= applied
