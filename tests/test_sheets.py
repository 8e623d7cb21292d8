"""The style sheets: short, few widths, colours in one place; and the small one of those who rate."""

import re
from pathlib import Path

import brotli
import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE, BUILT = ROOT / "static/src", ROOT / "static/dist"
BOOTSTRAP = ROOT / "node_modules/bootstrap/dist/css/bootstrap.css"
SHEETS = sorted(SOURCE.rglob("*.css"))

COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(|"
    r":[^;]*\b(?:white|black|gr[ae]y|silver|red|maroon|orange|yellow|green|lime|teal|aqua|blue|navy|purple)\b(?!-)",
    re.IGNORECASE,
)
NAMED = r"(?:--[\w-]+|(?:prefers-[\w-]+|forced-colors): ?\w[\w-]*)"
MEDIA = re.compile(rf"@media (?:(?:screen|print)(?: and)? ?)?(?:\({NAMED}\)(?: and \({NAMED}\))*)?")
CLASS = r"\.([a-z][\w-]*)"


def text_of(sheet):
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)


def names(sheets):
    return [str(sheet.relative_to(SOURCE)) for sheet in sheets]


def imports(sheet):
    return re.findall(r'@import "([^"]+)"', text_of(sheet))


def test_every_sheet_is_short():
    assert names(sheet for sheet in SHEETS if len(sheet.read_text().splitlines()) >= 400) == []


def test_a_colour_stands_in_the_tokens_alone():
    assert names(sheet for sheet in SHEETS if COLOUR.search(text_of(sheet))) == ["css/tokens.css"]


@pytest.mark.parametrize(
    "colour", ["color: #fff;", "border: 1px solid RGBA(0, 0, 0, 0.4);", "fill: White;", "color: red }"]
)
def test_a_colour_is_known_when_seen(colour):
    assert COLOUR.search(colour)


@pytest.mark.parametrize(
    "none",
    ["white-space: nowrap;", "color: var(--ink);", "border: 1px solid transparent;", "#step-title + p {"],
)
def test_what_is_no_colour_is_not_taken_for_one(none):
    assert not COLOUR.search(none)


def test_pages_change_at_three_widths():
    widths = re.findall(
        r"--([\w-]+) \((?:min|max)-width: ([\d.]+)px\)", (SOURCE / "css/widths.css").read_text()
    )
    assert {name: round(float(width)) for name, width in widths} == {
        "phone": 640,
        "below-desk": 900,
        "desk": 900,
        "below-wide": 1180,
        "wide": 1180,
    }


def test_they_change_by_name():
    asked = {
        (sheet, query.strip()) for sheet in SHEETS for query in re.findall(r"@media[^{]+", text_of(sheet))
    }
    assert {(sheet.name, query) for sheet, query in asked if not MEDIA.fullmatch(query)} == set()


def test_every_name_used_is_given():
    words = "".join(map(text_of, SHEETS))
    given = set(re.findall(r"(--[\w-]+):|@custom-media (--[\w-]+)", words))
    given = {name for pair in given for name in pair if name}
    assert set(re.findall(r"(?:var\(|@media[^{]*\()(--[\w-]+)", words)) - given == set()


def borne():
    """Every class that a page may bear."""
    files = [*ROOT.glob("templates/**/*.html"), *SOURCE.glob("*.js")]
    files += [
        file for app in ("partnerships", "framework", "assessments") for file in ROOT.glob(f"{app}/**/*.py")
    ]
    words = "".join(file.read_text() for file in files)
    given = re.findall(r"""'class' '([^']*)'""", words)
    words = re.sub(r"\{%.*?%\}", " ", re.sub(r"\{\{.*?\}\}", "", words))
    given += re.findall(r"""class(?:Name)?["']?(?: ?=|:) ?"([^"]*)\"""", words)
    return set(" ".join(given).split())


def test_no_class_of_bootstrap_that_a_page_bears_is_left_out():
    of_bootstrap = set(re.findall(CLASS, re.sub(r"\{[^{}]*\}", "", text_of(BOOTSTRAP))))
    wanted = of_bootstrap & borne()
    assert {"btn-danger", "card", "form-control", "form-select", "visually-hidden"} <= wanted
    layer, _ours = (BUILT / "main.css").read_text().split(":root{--ink")
    assert wanted - set(re.findall(CLASS, layer)) == set()


def test_the_small_sheet_is_a_part_of_the_large_one_in_its_order():
    small, large = imports(SOURCE / "rate.css"), imports(SOURCE / "main.css")
    assert [name for name in large if name in small] == small
    assert {f"./{name}" for name in names(SHEETS)} - {"./main.css", "./rate.css", "./css/widths.css"} == set(
        large[1:]
    )


@pytest.mark.parametrize(("sheet", "most"), [("rate.css", 10_000), ("main.css", 20_000)])
def test_what_a_page_loads_is_light(sheet, most):
    assert len(brotli.compress((BUILT / sheet).read_bytes())) < most
