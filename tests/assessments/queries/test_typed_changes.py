"""What an editor says of each change decides what is compared, from publishing to the page people read."""

import pytest
from django.urls import reverse

from framework.operations import publish
from framework.queries.lineage import lineage
from framework.queries.wording import wording
from tests.assessments.compare_room import bring_in, crowd
from tests.assessments.round_room import make_place
from tests.assessments.views.test_compare import row
from tests.framework.drafting import BREAKS, every_kind

READ = {
    "meaning_changed": "The meaning changed",
    "split": "Split into others",
    "merged": "Merged with others",
    "retired": "No longer asked",
    "new": "Not asked before",
    "scale_changed": "The scale changed",
    "": "More rate it higher",
}


@pytest.mark.parametrize(("labels", "of_the_rest"), [("clarified", ""), ("meaning_changed", "scale_changed")])
def test_comparisons_break_where_the_meaning_did_and_only_there(edition, labels, of_the_rest):
    place = make_place()
    bring_in(place.partnership, "Spring", crowd(*[3] * 8))
    later = publish(by=None, edition=every_kind(edition, labels=labels), note="Every kind.")
    bring_in(place.partnership, "Autumn", crowd(*[4] * 8), edition=later)

    titles = {
        action.code: action.short_title for each in (edition, later) for action in wording(each, "en").actions
    }
    expected = {code: BREAKS.get(code, of_the_rest) for code in titles}
    why = lineage((edition.pk, later.pk)).why
    assert {code: why(edition.pk, later.pk, code) for code in titles} == expected
    page = place.web.get(reverse("assessments:compare", args=[place.partnership.slug])).content.decode()
    for code, reason in expected.items():
        said = row(page, f"<span>{titles[code]}</span>")
        assert READ[reason] in said, code
        assert ("not comparable" in said) == bool(reason), code
