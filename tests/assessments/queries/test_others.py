"""The council's other partnerships behind one partnership's radar: who sees it, of whom, from how many."""

import pytest
from django.core.cache import caches

from assessments import queries, readings
from framework.queries.wording import forget
from tests.factories import MembershipFactory, make_lead
from tests.made_once import made_once

from ..council_room import Hall, another_edition
from ..readings.test_charts import trace
from ..views.results_pages import address, text
from ..views.test_results import TestQueries as Queries

EIGHT = (1, 2, 2, 3, 3, 4, 4, 5)


@made_once
def hall():
    return Hall()


def others(hall, *levels, **settings):
    for level in levels:
        hall.partnership(f"Other {level} {hall.council.partnerships.count()}", *[level] * 6, **settings)


@made_once
def own(hall):
    return hall.partnership("Own", *[2] * 6).rounds.get()


def test_the_middle_half_of_eight_others_and_never_the_own(hall, own):
    others(hall, *EIGHT)
    found = queries.others.of_others(own)
    assert found.count == 8
    assert set(found.halves.values()) == {(2.0, 4.0)}
    assert len(found.halves) == 11


def test_seven_others_are_too_few(hall, own):
    others(hall, *EIGHT[:7])
    assert queries.others.of_others(own) is None


def test_only_shared_rounds_of_the_same_council_and_edition_count(hall, own, edition):
    others(hall, *EIGHT[:7])
    others(hall, 5, state="revealed")
    others(Hall("Southmoor"), 5)
    hall.partnership("Other words", *[{1: 5, 2: 5}] * 6, edition=another_edition(edition))
    assert queries.others.of_others(own) is None


def test_an_action_hidden_in_one_of_eight_has_no_band(hall, own):
    others(hall, *EIGHT[:7])
    hall.partnership("Few", *[dict.fromkeys(range(1, 12), 5)] * 4, *[{1: 5}] * 2)
    found = queries.others.of_others(own)
    assert list(found.halves) == ["citizens-places"]


def test_few_named_ratings_are_none(hall, own):
    others(hall, *EIGHT[:7])
    hall.partnership("Named", 5, 5, confidentiality="named")
    assert queries.others.of_others(own) is None


def test_a_newer_round_of_another_takes_its_place(hall, own):
    others(hall, *EIGHT)
    queries.others.of_others(own)
    hall.round(hall.council.partnerships.get(name__startswith="Other 5"), *[1] * 6, days_ago=1, title="Newer")
    assert set(queries.others.of_others(own).halves.values()) == {(1.75, 3.25)}


@made_once
def eight(hall, own):
    others(hall, 3, 3, 3, 3, 4, 4, 4, 4)


@pytest.mark.usefixtures("eight")
class TestWhoSeesIt:
    def page(self, client, user, own, query=""):
        client.force_login(user)
        return client.get(address("results", own) + query)

    def test_an_officer_with_words_and_a_column(self, client, hall, own):
        said = text(self.page(client, hall.officer, own))
        assert (
            "Beside the middle half of the council's 8 other partnerships, 11 of 11 averages are lower "
            "and 0 higher." in said
        )
        assert "3.0 to 4.0" in said

    def test_the_band_costs_an_officer_two_queries_more_at_first_and_one_later(self, client, hall, own):
        hall.round(own.partnership, *[3] * 6, days_ago=1, title="Newer")
        newer = own.partnership.rounds.get(title="Newer")
        client.force_login(hall.officer)
        forget()
        caches["pages"].clear()
        assert Queries().count(client, newer) <= 13
        assert Queries().count(client, newer) <= 6

    def test_an_officer_who_is_a_lead_too(self, client, hall, own):
        make_lead(own.partnership, user=hall.officer)
        assert "Middle half of others" in text(self.page(client, hall.officer, own))

    def test_nobody_else(self, client, hall, own):
        lead, member = make_lead(own.partnership).user, MembershipFactory(partnership=own.partnership).user
        self.page(client, hall.officer, own)  # what is drawn for the officer is not kept for others
        for user in (lead, member):
            said = self.page(client, user, own)
            assert "Middle half of others" not in text(said)
            assert '"others"' not in said.content.decode()

    def test_an_officer_of_another_council_who_is_a_member_here(self, client, own):
        elsewhere = Hall("Southmoor").officer
        MembershipFactory(partnership=own.partnership, user=elsewhere)
        assert "Middle half of others" not in text(self.page(client, elsewhere, own))

    def test_not_beside_averages_by_organisation(self, client, hall, own):
        said = text(self.page(client, hall.officer, own, "?weight=organisation"))
        assert "Middle half of others" not in said


def test_the_band_is_a_piece_of_a_ring_at_each_spoke_that_has_one(hall, own):
    from assessments import readings
    from framework.queries.wording import wording

    words = wording(own.edition_id, "en-gb")
    figure = readings.charts.radar(
        queries.results.of(own),
        words,
        others={"citizens-places": (2.0, 4.0), words.actions[2].code: (3.0, 3.0)},
    )
    band = trace(figure, "others")
    assert list(band.theta) == [0, 2 * 360 / 11]
    assert list(band.base) == [2.0, pytest.approx(2.96)]  # where all agree it is still seen
    assert list(band.r) == [2.0, pytest.approx(0.08)]
    assert band.hovertext[0] == "Citizens and places: the middle half of the other partnerships, 2.0 to 4.0"
    names = [each.name for each in figure.data]
    assert names.index("others") < names.index("outline")
    assert "others" not in [each.name for each in readings.charts.radar(queries.results.of(own), words).data]


def test_words(hall, own):
    assert readings.others.between(None) == "–"
    assert readings.others.between((2.25, 2.95)) == "2.3 to 2.95"
    said = readings.others.in_short(queries.results.of(own), {"citizens-places": (2.5, 3.0)}, 6)
    assert said.endswith("council's 6 other partnerships, 1 of 1 averages are lower and 0 higher.")
