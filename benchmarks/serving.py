"""What every benchmark starts from: the product's server as a site runs it, and words for what was found.

Imported by all of them, and imports none, so that no two need each other.
"""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SECONDS = float(os.environ.get("BENCH_SECONDS", "4"))
LARGE = int(os.environ.get("BENCH_RATINGS", "10000000"))


@dataclass(frozen=True)
class Server:
    """Where it listens, and the process from which all of its processes come."""

    port: int
    pid: int


def say(text):
    print(text, flush=True)


def progress(done, wanted):
    say(f"  {done:,} of {wanted:,} ratings")


def report(verdicts):
    say("\nWanted and found")
    for wanted, met, found in verdicts:
        say(f"  {'met   ' if met else 'MISSED'}  {wanted}: {found}")
    return 0 if all(met for _wanted, met, _found in verdicts) else 1


def collect_static():
    """First of all: a process reads the names of the files once."""
    say("Collecting and compressing static files")
    collect = [sys.executable, ROOT / "manage.py", "collectstatic", "--noinput", "-v0"]
    subprocess.run(collect, check=True, cwd=ROOT)


@contextmanager
def server(**environment):
    """granian as a site runs it: two processes, eight threads each."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [Path(sys.executable).with_name("granian"), "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "2", "--blocking-threads", "8", "--backlog", "4096"]
    command += ["--log-level", "warning", "config.wsgi:application"]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})
    try:
        wait_for(port, process)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(30)


def wait_for(port, process):
    """Until somebody listens there; ends everything where the process has ended instead."""
    for _try in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit("The server did not start.")


def session_cookie(user):
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key
