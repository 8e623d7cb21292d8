"""Templates are read by people, too: a line that runs on hides what stands in it."""

from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
LONGEST = 140


def test_no_line_is_longer_than_an_editor_shows():
    pages = sorted(TEMPLATES.rglob("*.html"))
    assert len(pages) > 300
    too_long = {
        f"{page.relative_to(TEMPLATES)}:{number}": len(line)
        for page in pages
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LONGEST
    }
    assert too_long == {}
