"""A round's results read beside the round before."""

import csv
import io
import json
import re

from django.core.cache import caches

from assessments.operations import rounds
from framework.queries.wording import forget
from tests.assessments.compare_room import bring_in, crowd
from tests.factories import CouncilFactory, PartnershipFactory, UserFactory, make_lead
from tests.made_once import made_once

from .results_pages import address, page, text
from .test_results import TestQueries as Queries

STEADY = dict.fromkeys(range(1, 12), 4)
FALLEN = STEADY | {7: 3}


@made_once
def officer():
    return UserFactory()


@made_once
def partnership(officer):
    return PartnershipFactory(council=CouncilFactory(officers=[officer]))


@made_once
def lead(partnership):
    return make_lead(partnership).user


def two(partnership, *, share=True):
    """Twelve of fifteen rate action 7 lower in autumn; spring is shared or only opened."""
    spring = bring_in(partnership, "Spring", crowd(*[STEADY] * 15), share=share)
    return spring, bring_in(partnership, "Autumn", crowd(*[FALLEN] * 12, *[STEADY] * 3))


def test_what_more_people_rate_lower_is_on_the_list_with_its_reason(partnership, client, officer):
    _spring, autumn = two(partnership)
    client.force_login(officer)
    said = text(page(client, autumn))
    assert "1 of 11" in said  # nothing else needs attention
    assert "▼ More rate it lower 12 of the 15 who rated it in Spring as well went down." in said


def test_where_counts_are_hidden_the_reading_stands(partnership, client, officer):
    bring_in(partnership, "Spring", crowd(*[STEADY] * 15))
    autumn = bring_in(partnership, "Autumn", crowd(*[FALLEN] * 15, STEADY))
    client.force_login(officer)
    said = text(page(client, autumn))
    assert "More people rate it lower than in Spring." in said
    assert "15 who rated it" not in said
    assert "Over all actions: all 15 who rated both times, or all but one, rate more actions" in said


def test_what_has_changed_the_dashed_line_and_the_way_to_compare(partnership, client, officer):
    spring, autumn = two(partnership)
    client.force_login(officer)
    response = page(client, autumn)
    said, html = text(response), response.content.decode()
    assert (
        "Since Spring, more people rate 1 of 11 actions lower and none higher; for 10 there is no clear"
        in said
    )
    assert (
        "Over all actions: 12 of the 15 who rated both times rate more actions lower than higher, at most "
        "one more higher. That is a clear change."
    ) in said
    assert "Dashed grey: Spring." in said
    figure = json.loads(re.search(r'id="radar-data"[^>]*>(.*?)</script>', html, re.S)[1])
    dashed = next(each for each in figure["data"] if each["name"] == "before")
    assert dashed["r"] == [4.0] * 12
    assert f"/compare/?rounds={spring.pk}&amp;rounds={autumn.pk}" in html
    assert "Compare Spring and Autumn" in text(client.get(partnership.get_absolute_url()))


def test_nothing_of_a_round_that_is_not_shared(partnership, client, officer, lead):
    """The officer may see autumn, and nothing that would tell of spring; the lead sees both."""
    spring, autumn = two(partnership, share=False)
    for reader, sees in ((officer, False), (lead, True), (officer, False)):
        client.force_login(reader)
        for place in (address("results", autumn), partnership.get_absolute_url()):
            said = text(client.get(place))
            assert ("Since Spring" in said) is sees, place
        assert ("Dashed grey" in text(page(client, autumn))) is sees
        file = client.get(address("results_csv", autumn)).content.decode("utf-8-sig")
        reasons = [row["reasons"] for row in csv.DictReader(io.StringIO(file))]
        assert ("falling" in reasons) is sees
    rounds.share_round(by=None, round=spring)
    client.force_login(officer)
    assert "Since Spring" in text(page(client, autumn))


def test_a_round_renamed_is_called_by_its_new_name(partnership, client, officer):
    spring, autumn = two(partnership)
    client.force_login(officer)
    page(client, autumn)
    rounds.change_round(by=None, round=spring, title="The first one")
    assert "rated it in The first one as well" in text(page(client, autumn))


def test_it_costs_no_more_queries_than_a_round_alone(partnership, client, lead):
    _spring, autumn = two(partnership)
    client.force_login(lead)
    forget()
    caches["pages"].clear()
    assert Queries().count(client, autumn) <= 12
    assert Queries().count(client, autumn) <= 5
