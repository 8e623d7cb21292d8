"""Which version this is. pyproject.toml says it and nothing else does, so that no two places can differ."""

import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"


def version() -> str:
    """Read from the folder: a site runs from it and never installs it as a package."""
    return str(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"])
