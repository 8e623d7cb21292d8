"""The settings as a site would run them, in a process of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "SECRET_KEY": "a-long-key-of-a-real-site-" + "0123456789abcdefghij" * 3,
    "ALLOWED_HOSTS": "review.council.example",
    "DATABASE_URL": "sqlite:///var/never-made.sqlite3",
    "DEBUG": "0",
    "DEMO": "0",
}


def manage(*arguments, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_check_deploy_is_clean(tmp_path):
    (ROOT / "static" / "dist").mkdir(parents=True, exist_ok=True)  # its lack is not about deployment
    done = manage("check", "--deploy", "--fail-level", "INFO", **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_a_site_without_a_secret_key_does_not_start():
    done = manage("check", **{**PRODUCTION, "SECRET_KEY": ""})
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr


def test_a_socket_can_name_the_database():
    script = "from django.conf import settings; print(settings.DATABASES['default']['HOST'])"
    url = "postgres://someone@%2Frun%2Fpostgresql/reviews"
    done = manage("shell", "--no-imports", "-c", script, **{**PRODUCTION, "DATABASE_URL": url})
    assert done.stdout.strip() == "/run/postgresql", done.stderr


ERRORS = """
import logging
from django.conf import settings
from django.core.cache import caches
from django.views.debug import get_exception_reporter_class
caches["pages"].set("drawn", "by an old template")
try:
    raise ValueError("what was typed")
except ValueError as error:
    said = logging.getLogger("django").handlers[0].formatter.formatException((ValueError, error, None))
print(get_exception_reporter_class(None).__name__, "what was typed" in said, caches["pages"].get("drawn"))
"""


@pytest.mark.parametrize(
    ("debug", "demo", "said"),
    [
        ("0", "0", "DiscreetReporter False by an old template"),
        ("0", "1", "DiscreetReporter False by an old template"),
        ("1", "0", "DiscreetReporter False None"),
        ("1", "1", "ExceptionReporter True None"),
    ],
)
def test_an_error_quotes_only_where_everybody_is_invented(debug, demo, said):
    done = manage("shell", "--no-imports", "-c", ERRORS, **{**PRODUCTION, "DEBUG": debug, "DEMO": demo})
    assert done.stdout.strip() == said, done.stderr
