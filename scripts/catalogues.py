"""The catalogues of the interface's words in locale/: `collect` the strings of the sources, `compile`.

Babel does both, so that no machine needs a gettext of its own. `check` says whether a catalogue is behind.
"""

import os
import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("assessments", "config", "framework", "partnerships", "templates")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def catalogues():
    return sorted(ROOT.glob("locale/*/LC_MESSAGES/django.po"))


def strings():
    """Every string of the sources, with the files it stands in."""
    found = Catalog()
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".html", ".txt"):
                _add(found, path)
    return found


def _add(found, path):
    text = path.read_text()
    code = text if path.suffix == ".py" else _as_python(text)
    for line, message, comments, context in extract(
        "python", BytesIO(code.encode()), KEYWORDS, ["Translators:"]
    ):
        place = [(path.relative_to(ROOT).as_posix(), line)]
        flags = ["python-format"] if _has_place_to_fill(message) else []
        found.add(message, locations=place, flags=flags, auto_comments=comments, context=context)


def _has_place_to_fill(message):
    return re.search(r"%\(\w+\)", "".join(message) if isinstance(message, tuple) else message)


def _as_python(template):
    """What Django makes of a template for extraction; without indentation, which means nothing there."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.utils.translation import templatize

    return re.sub(r"^[ \t]+", "", templatize(template), flags=re.MULTILINE)


def collect():
    fresh = strings()
    for path in catalogues():
        with path.open("rb") as file:
            old = read_po(file, locale=path.parts[-3])
        old.update(fresh, no_fuzzy_matching=True, update_creation_date=False)
        old.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, old, width=100, sort_by_file=True, include_lineno=False)
        print(f"{path.relative_to(ROOT)}: {len(old)} strings, {_left(old)} not translated")


def _left(catalogue):
    return sum(1 for each in catalogue if each.id and not any(_texts(each)))


def _texts(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def compile_all():
    for path in catalogues():
        with path.open("rb") as file:
            words = read_po(file, locale=path.parts[-3])
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, words)


def behind():
    """The strings of the sources that a catalogue lacks, by the catalogue's language."""
    fresh = {(each.context, each.id) for each in strings() if each.id}
    found = {}
    for path in catalogues():
        with path.open("rb") as file:
            found[path.parts[-3]] = fresh - {(each.context, each.id) for each in read_po(file)}
    return found


def check():
    lacking = {language: missing for language, missing in behind().items() if missing}
    for language, missing in lacking.items():
        print(f"{language} is behind the sources: {len(missing)} strings. Run scripts/catalogues.py collect.")
    return bool(lacking)


if __name__ == "__main__":
    sys.exit({"collect": collect, "compile": compile_all, "check": check}[sys.argv[1]]())
