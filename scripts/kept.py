"""Databases that have been migrated and hold the framework, kept in var/kept/ from one test run to the next.

Each is made when it is first asked for, and made again when a file changes that it was made from: those are
in the key that ends its name. To make them again all the same, take the folder away.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var" / "kept"
MADE_FROM = (
    "*/migrations/*.py",
    "assessments/states.py",  # of ours, the one module of whose values a migration makes use
    "framework/fixtures/*.json",
    "config/settings.py",  # which apps there are
    "requirements/dev.txt",  # which Django, and which PostgreSQL
    "scripts/kept.py",
    "scripts/with_postgres.py",
)


def key() -> str:
    found = hashlib.sha256()
    for path in sorted(path for pattern in MADE_FROM for path in ROOT.glob(pattern)):
        found.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return found.hexdigest()[:16]


@contextmanager
def kept(name: str, make: Callable[[Path], None]) -> Iterator[Path]:
    """The file or folder of that name, made if need be; nobody else makes or takes away one meanwhile."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        here = KEPT / f"{name}-{key()}"
        if not here.exists():
            for old in KEPT.glob(f"{name}-*"):  # also what was not finished
                shutil.rmtree(old) if old.is_dir() else old.unlink()
            make(unfinished := KEPT / f"{name}-unfinished")
            unfinished.rename(here)
        yield here


def copy_sqlite(to: Path) -> None:
    with kept("sqlite", _make_sqlite) as here:
        shutil.copyfile(here, to)


def _make_sqlite(path: Path) -> None:
    fill(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode=DELETE")  # all in the one file


def fill(url: str) -> None:
    """Migrate the database and load the framework, as on a site that is being set up."""
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    for command in (["migrate", "--run-syncdb"], ["loaddata", "transforming_together"]):
        done = subprocess.run(
            [sys.executable, ROOT / "manage.py", *command, "--verbosity=0"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"The database for the tests could not be made:\n{done.stdout}{done.stderr}")
