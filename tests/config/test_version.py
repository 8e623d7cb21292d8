"""One place says the version; the command line says it even where nothing is installed."""

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


def said(folder):
    """By a Python that has no packages and no settings: -I knows neither, -S not even Django."""
    run = "import sys, runpy; sys.path.insert(0, '.'); sys.argv = ['manage.py', 'version'];"
    run += "runpy.run_path('manage.py', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", run],
        cwd=folder,
        env={},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_command_says_what_is_written():
    assert said(ROOT) == f"{WRITTEN}\n"


def test_it_reads_the_folder_it_stands_in(tmp_path):
    shutil.copy(ROOT / "manage.py", tmp_path)
    shutil.copytree(ROOT / "config", tmp_path / "config")
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "9.8.7"\n')
    assert said(tmp_path) == "9.8.7\n"


def test_nothing_else_names_a_version_of_its_own():
    package, lock = (json.loads((ROOT / file).read_text()) for file in ("package.json", "package-lock.json"))
    assert [each.get("version") for each in (package, lock, lock["packages"][""])] == [None, None, None]


def test_the_changelog_tells_of_it():
    """Released with its day, or what the part not yet released is to become."""
    text = (ROOT / "CHANGELOG.md").read_text()
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert headings[0] == "## [Unreleased]"
    released = any(line.startswith(f"## [{WRITTEN}] - 20") for line in headings)
    assert released != (f"This is to become {WRITTEN}," in text)
