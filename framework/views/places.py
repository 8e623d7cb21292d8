"""Where a finding of the checks is mended: the address of the page and of the field on it."""

from django.urls import NoReverseMatch, reverse

from ..changes.questions import place_of
from ..checks.findings import AROUND, KINDS, LANGUAGE, OF_ACTION, OF_AREA, OVERVIEW

PAGES = {
    OF_ACTION: "framework_draft_action",
    OF_AREA: "framework_draft_area",
    AROUND: "framework_draft_around",
    KINDS: "framework_draft_kinds",
    LANGUAGE: "framework_draft_language",
    OVERVIEW: "framework_draft",
}


def place(slug, finding):
    """The address that leads to where the finding is mended; empty where there is no such page."""
    if finding.page == LANGUAGE and finding.field:
        part, _dot, field = finding.field.rpartition(".")
        return translation_of(slug, finding.code, part) + f"#id_{field}"
    args = [slug, finding.code] if finding.page in (OF_ACTION, OF_AREA, LANGUAGE) else [slug]
    try:
        page = reverse(PAGES[finding.page], args=args)
    except NoReverseMatch:
        return ""
    return f"{page}#{_field(finding)}" if _field(finding) else page


WHOLE = "edition"
"""Stands in an address for the part without a name."""


def translation_of(slug, language, part):
    """The address of the page on which a part (``framework.wording.parts``) is translated."""
    return reverse("framework_draft_translation", args=[slug, language, part or WHOLE])


def _field(finding):
    if finding.page == KINDS:
        return place_of(finding.code)
    if finding.page == OVERVIEW:
        return f"area-{finding.code}" if finding.code else ""
    return f"id_{finding.field}" if finding.field else ""
