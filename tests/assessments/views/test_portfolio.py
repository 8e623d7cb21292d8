"""The page of a council's portfolio and its file: who sees which council, and what is said."""

import csv
import io
import re

import pytest
from django.urls import reverse

from partnerships import operations
from tests.factories import CouncilFactory, MembershipFactory, UserFactory, make_lead
from tests.made_once import made_once

from ..council_room import Hall, another_framework
from .results_pages import text, text_of

WEAK = {9: 1, **dict.fromkeys([n for n in range(1, 12) if n != 9], 4)}


@made_once
def hall():
    hall = Hall()
    hall.partnership("Ageing Well", *[WEAK] * 6, days_ago=300, title="First look", system="health_and_care")
    hall.partnership("Climate", *[WEAK] * 6, title="Second look")
    hall.partnership("Town Centre", *[4] * 6, title="Third look")
    hall.partnership("Newcomers")
    return hall


@pytest.fixture
def as_officer(hall, client):
    client.force_login(hall.officer)
    return client


def page(client, hall, query="", name="portfolio_council"):
    return client.get(reverse(f"assessments:{name}", args=[hall.council.slug]) + query)


def rows(response):
    """What each line of the table says."""
    body = re.search(r"<tbody>(.*?)</tbody>", response.content.decode(), re.S)[1]
    return [text_of(row).strip() for row in re.findall(r"<tr>(.*?)</tr>", body, re.S)]


def table(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


class TestThePage:
    def test_what_needs_attention_where_and_why(self, as_officer, hall):
        said = text(page(as_officer, hall))
        assert "Action 9 is on the list of 2 of 3 partnerships: Empower middle managers" in said
        assert (
            "Most pressing: 9 Managers and the frontline. The average of 1.0 is below 3.0: 6 of 6 rated"
            in said
        )
        assert "Lists of 20 people still differ by about two actions by chance alone." in said
        assert "needs attention" not in said.lower()
        assert "Its next round is overdue since" in said
        assert "No shared results: Newcomers." in said
        assert "3 of 4" in said

    def test_a_line_for_each_partnership_by_name(self, as_officer, hall):
        ageing, climate, newcomers, town = rows(page(as_officer, hall))
        assert ageing.startswith("Ageing Well First look")
        assert "6 of 6" in ageing
        assert "1.0 ▼ low 6 people" in ageing
        assert "91 %" in climate
        assert "No results shared yet" in newcomers
        assert "▼" not in town

    def test_it_leads_to_partnerships_and_results(self, as_officer, hall):
        html = page(as_officer, hall).content.decode()
        made = hall.council.partnerships.get(name="Climate")
        assert f'href="{made.get_absolute_url()}"' in html
        assert f'href="/rounds/{made.rounds.get().pk}/results/"' in html

    def test_filters_by_system_and_day(self, as_officer, hall):
        assert [
            row.split(" First")[0] for row in rows(page(as_officer, hall, "?system=health_and_care"))
        ] == ["Ageing Well"]
        old = rows(page(as_officer, hall, "?since=2020-01-01&until=2020-02-01"))
        assert all("No shared results in these days" in row for row in old)

    def test_nothing_fits(self, as_officer, hall):
        assert "No partnership fits" in text(page(as_officer, hall, "?system=other"))

    def test_a_council_without_partnerships(self, client, edition):
        officer = UserFactory()
        council = CouncilFactory(name="Southmoor Council", officers=[officer])
        client.force_login(officer)
        said = text(client.get(reverse("assessments:portfolio_council", args=[council.slug])))
        assert "Southmoor Council hosts no partnership yet" in said

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("?system=everything", "System: Choose one of these."),
            ("?since=yesterday", "Rounds closed from: Write a day that exists."),
            ("?until=2026-02-30", "Rounds closed until: Write a day that exists."),
            ("?since=2026-02-01&until=2026-01-01", "Choose a day that is not before the first one."),
            ("?sort=%00", "In order of: Choose one of these."),
            ("?sort=-name", "In order of: Choose one of these."),
        ],
    )
    def test_a_tampered_address_is_told_what_is_wrong_and_shows_all(self, as_officer, hall, query, said):
        answer = page(as_officer, hall, query)
        assert (answer.status_code, said in text(answer)) == (422, True)
        assert len(rows(answer)) == 4
        file = page(as_officer, hall, query, "portfolio_csv")
        assert (file.status_code, file.url.partition("?")[0]) == (
            302,
            page(as_officer, hall).request["PATH_INFO"],
        )

    def test_another_framework_is_marked(self, as_officer, hall, edition):
        hall.partnership("Zebra", *[{1: 4, 2: 4}] * 6, edition=another_framework(edition), title="Theirs")
        last = rows(page(as_officer, hall))[-1]
        assert "rated with Ten actions, edition 2, so not counted across the council" in last
        assert "Another framework: its actions are not these" in last

    def test_the_cost_does_not_grow(self, as_officer, hall, django_assert_max_num_queries):
        page(as_officer, hall)
        with django_assert_max_num_queries(10):
            page(as_officer, hall)


class TestTheFile:
    def test_a_row_for_each_partnership_with_the_same_figures(self, as_officer, hall):
        ageing, climate, newcomers, _town = table(page(as_officer, hall, name="portfolio_csv"))
        assert (ageing["partnership"], ageing["answered"], ageing["invited"]) == ("Ageing Well", "6", "6")
        assert ageing["9 Managers and the frontline: average"] == "1.0"
        assert ageing["9 Managers and the frontline: why on the list"] == "low"
        assert float(climate["share of ratings that are 4 or 5"]) == pytest.approx(10 / 11)
        assert (newcomers["round"], newcomers["9 Managers and the frontline: ratings"]) == ("", "")

    def test_what_is_hidden_leaves_no_number(self, as_officer, hall):
        hall.partnership("Few", 1, 1, 5, 5)
        few = table(page(as_officer, hall, name="portfolio_csv"))[2]
        assert few["partnership"] == "Few"
        figures = {value for key, value in few.items() if key[0].isdigit()}
        assert (figures, few["share of ratings that are 4 or 5"]) == ({"hidden"}, "")

    def test_it_holds_what_the_page_shows(self, as_officer, hall):
        assert len(table(page(as_officer, hall, "?system=health_and_care", "portfolio_csv"))) == 1

    def test_no_name_is_taken_for_a_formula(self, as_officer, hall):
        hall.partnership("=1+1", *[4] * 6)
        assert table(page(as_officer, hall, name="portfolio_csv"))[0]["partnership"] == "'=1+1"


class TestManyCouncils:
    @pytest.fixture
    def south(self, hall):
        south = Hall("Southmoor Council")
        south.partnership("Harbour", *[2] * 6)
        return south

    def test_each_sees_their_own_alone(self, client, hall, south):
        for own, other in ((hall, south), (south, hall)):
            client.force_login(own.officer)
            for name in ("portfolio_council", "portfolio_csv"):
                assert page(client, own, name=name).status_code == 200
                assert page(client, other, name=name).status_code == 404
        said = text(page(client, south))
        assert "Harbour" in said
        assert "Ageing Well" not in said

    def test_an_officer_of_two_goes_from_one_to_the_other(self, client, hall, south):
        south.council.officers.add(hall.officer)
        client.force_login(hall.officer)
        first = page(client, hall)
        assert ("Southmoor Council" in text(first), "Harbour" in text(first)) == (True, False)
        assert reverse("assessments:portfolio_council", args=[south.council.slug]) in first.content.decode()
        assert "Harbour" in text(page(client, south))

    def test_the_way_in_leads_to_the_first_by_name(self, client, hall, south):
        south.council.officers.add(hall.officer)
        client.force_login(hall.officer)
        assert client.get("/portfolio/").url == f"/portfolio/{hall.council.slug}/"

    def test_who_is_no_officer_finds_none(self, client, hall):
        made = hall.council.partnerships.get(name="Climate")
        for user in (
            make_lead(made).user,
            MembershipFactory(partnership=made).user,
            UserFactory(is_superuser=True),
        ):
            client.force_login(user)
            assert client.get("/portfolio/").status_code == 404
            assert page(client, hall).status_code == 404
            assert "Portfolio" not in text(client.get("/partnerships/"))

    def test_who_was_an_officer_is_none_at_once(self, client, hall):
        client.force_login(hall.officer)
        page(client, hall)
        hall.council.officers.clear()
        assert page(client, hall).status_code == 404

    def test_a_partnership_handed_over_goes_to_the_other_portfolio(self, client, hall, south):
        made = hall.council.partnerships.get(name="Town Centre")
        operations.hand_over_partnership(by=None, partnership=made, council=south.council)
        client.force_login(south.officer)
        assert "Town Centre" in text(page(client, south))
        client.force_login(hall.officer)
        assert "Town Centre" not in text(page(client, hall))


class TestTheWayThere:
    def test_an_officer_who_belongs_to_no_partnership_begins_there(self, as_officer, hall):
        assert as_officer.get("/", follow=True).redirect_chain[-1][0] == f"/portfolio/{hall.council.slug}/"
        assert "Portfolio" in text(as_officer.get("/partnerships/"))

    def test_an_officer_who_leads_one_begins_with_their_partnerships(self, as_officer, hall):
        make_lead(hall.council.partnerships.first(), user=hall.officer)
        assert as_officer.get("/").url == "/partnerships/"
