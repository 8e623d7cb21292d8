"""What each person finds on the results page of a round, and when."""

import csv
import io
import json
import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments import queries
from assessments.operations import rounds
from tests.factories import make_step
from tests.made_once import made_once

from ..results_room import SizedPartnership
from .results_pages import page, private_address, text


@made_once
def room():
    return SizedPartnership(6, 6)


@pytest.fixture
def as_lead(room, client):
    client.force_login(room.lead.user)
    return client


MIXED = [
    *[{**dict.fromkeys(range(1, 12), 4), 8: 1, 10: 1}] * 4,
    *[{**dict.fromkeys(range(1, 12), 5), 8: 2}] * 4,
]
UNKNOWN = [{1: 5, 8: "dk"}] * 2


class TestTheResultsPage:
    @pytest.fixture
    def said(self, room, as_lead):
        return text(page(as_lead, room.round(*MIXED, *UNKNOWN)))

    def test_who_answered(self, said):
        assert "10 of 13" in said
        assert "from all 2 organisations" in said
        assert "confidential round" in said

    def test_what_might_need_attention_with_its_reason(self, said):
        assert "2 of 11" in said
        assert (
            "The average of 1.5 is below 3.0: 8 of 8 rated it 1 or 2. People agree about it. 2 more said"
            in said
        )
        assert "The average of 3.0 hides it: 4 rated it 1 or 2, 4 rated it 4 or 5." in said
        assert said.index("Track, reflect, learn and adapt") < said.index("Actively involve service users")

    def test_what_is_close_to_the_line_stands_apart_with_what_is_nearly_listed(self, room, as_lead):
        cells = [{1: 1, 2: 3, 3: 4, 4: 3}] * 7 + [{1: 2, 2: 2, 3: 5, 4: 3}]
        said = text(page(as_lead, room.round(*cells)))
        firm, close = said.split(
            "Close to the line: three people rating one level differently would change this."
        )
        assert "The average of 1.1 is below 3.0: 8 of 8 rated it 1 or 2." in firm
        assert close.strip().startswith("Not on the list, but as close to it: action 4.")
        assert "The average of 2.9 is just below 3.0: 1 of 8 rated it 1 or 2, 7 said 3." in close

    def test_an_action_too_few_know_is_on_the_list_and_nothing_else_stands_out(self, room, as_lead):
        cells = [{1: 5, 2: 5}] * 4 + [{1: 5, 2: "dk"}] * 8
        said = text(page(as_lead, room.round(*cells)))
        assert "Fewer than 5 of the 12 who answered gave it a level." in said
        assert "Nothing stands out" not in said
        assert "Too few ratings to say" in said

    def test_the_chart_comes_with_its_sentence_and_its_table(self, room, as_lead):
        response = page(as_lead, room.round(*MIXED))
        html = response.content.decode()
        figure = json.loads(re.search(r'id="radar-data"[^>]*>(.*?)</script>', html, re.S)[1])
        outline = next(each for each in figure["data"] if each["name"] == "outline")
        assert outline["r"][7] == 1.5
        table = re.search(r'id="radar-table" open>(.*?)</details>', html, re.S)[1]
        assert "1.5" in table
        assert "lowest (1.5)" in text(response)

    def test_nothing_of_what_this_round_does_not_have(self, said):
        for word in ("workshop", "compare", "What has changed", "Export"):
            assert word.lower() not in said.lower()

    def test_each_action_with_its_levels_and_how_many_chose_each(self, room, as_lead, edition):
        html = page(as_lead, room.round(*MIXED)).content.decode()
        eighth = re.search(r'id="action-8">(.*?)</details>', html, re.S)[1]
        assert re.findall(r'<td class="num" data-label="People">(\d+)</td>', eighth) == [
            "4",
            "4",
            "0",
            "0",
            "0",
        ]
        for heading in ("What helps", "What gets in the way", "leaders"):
            assert heading in eighth


def test_a_hidden_action_shows_no_number_of_its_own(room, as_lead):
    """Four people rated action 2, 1, 1, 1 and 5: none of it may be anywhere on the page."""
    cells = [{1: 4, 2: 1}] * 3 + [{1: 4, 2: 5}] + [{1: 4, 2: "dk"}] * 3
    response = page(as_lead, room.round(*cells))
    html = response.content.decode()
    row = re.search(r'href="#action-2">.*?</tr>', html[html.index("all-actions") :], re.S)[0]
    assert "Too few ratings to show" in row
    assert not re.search(r">\d", row)
    figure = re.search(r'id="radar-data"[^>]*>(.*?)</script>', html, re.S)[1]
    assert "Honest, committed relationships: " not in figure
    assert "Don’t know" not in row


def test_a_baseline_has_no_bands_and_says_why(room, as_lead):
    said = text(page(as_lead, room.round(*[1] * 8, is_baseline=True)))
    assert "The partnership is young" in said
    assert "Needs attention" not in said
    assert "Nothing is listed." in said  # each is rated 1
    assert "low averages do not count" in said
    for words in ("stands out.", "nothing stands out", "No action is rated low"):
        assert words not in said


def test_eleven_that_need_attention_and_none(room, as_lead):
    assert "11 of 11" in text(page(as_lead, room.round(*[1] * 8, title="Low")))
    high = text(page(as_lead, room.round(*[5] * 8, title="High")))
    assert "0 of 11" in high
    assert "Nothing stands out." in high


@pytest.mark.parametrize(("answers", "title"), [(8, "Read this with care"), (6, "This is not a picture")])
def test_a_low_response_is_noted(room, as_lead, answers, title):
    assert title in text(page(as_lead, room.round(*[4] * answers)))


class TestTooFewAnswers:
    def test_the_page_says_so_and_what_to_do_and_shows_none_of_them(self, room, as_lead):
        response = page(as_lead, room.round(1, 1, 1, 5))
        said = text(response)
        assert response.status_code == 200
        assert "4 of 13 people invited answered. To protect those who did, results are shown from 5" in said
        assert "Start a new round" in said
        assert "Body B" in said  # absent
        assert "radar-data" not in response.content.decode()
        assert "Citizens and places" not in said
        assert "charts.js" not in response.content.decode()

    def test_the_file_says_hidden(self, room, as_lead):
        rows = list(
            csv.reader(
                io.StringIO(page(as_lead, room.round(1, 1, 1, 5), "results_csv").content.decode("utf-8-sig"))
            )
        )
        end = rows[0].index("reading") + 1
        assert {cell for row in rows[1:] for cell in row[4:end]} == {"hidden"}
        assert {cell for row in rows[1:] for cell in row[end : end + 3]} == {""}


class TestBeforeTheResultsAreOpened:
    @pytest.mark.parametrize(
        ("state", "way"),
        [("open", "Close the round"), ("closed", "Open the results"), ("draft", "Go to the round")],
    )
    def test_the_lead_sees_how_many_answered_and_the_way_on(self, room, as_lead, state, way):
        response = page(as_lead, room.round(*[1] * 7, state=state))
        assert response.status_code == 200
        assert way in text(response)
        assert ("7 of 13 people invited have answered." in text(response)) == (state != "draft")
        assert ("While ratings come in" in text(response)) == (state == "open")
        assert ("Nobody has seen any of their answers yet" in text(response)) == (state == "closed")
        assert "Citizens and places" not in text(response)

    @pytest.mark.parametrize("name", ["results_csv", "comments_review"])
    def test_nothing_else_opens(self, room, as_lead, name):
        response = page(as_lead, room.round(*[1] * 7, state="closed"), name)
        assert response.status_code == 409
        assert "radar" not in response.content.decode()


class TestBeforeTheyAreShared:
    @pytest.mark.parametrize("name", ["results", "results_csv", "results_method", "comments"])
    @pytest.mark.parametrize("who", ["member", "officer"])
    def test_members_and_officers_read_that_they_are_not_shared(self, room, client, who, name):
        client.force_login(room.officer if who == "officer" else room.members[0].user)
        response = page(client, room.round(*[1] * 8, state="revealed"), name)
        assert response.status_code == 403
        assert "not shared yet" in text(response)
        assert "8 of" not in text(response)

    @pytest.mark.parametrize("name", ["link_results", "link_comments", "link_method"])
    def test_nor_by_private_link(self, room, client, name):
        round = room.round(*[1] * 8, state="open")
        private = private_address(room, round, name)
        rounds.close_round(by=room.lead.user, round=round)
        rounds.reveal_round(by=room.lead.user, round=round)
        response = client.get(private)
        assert response.status_code == 403
        assert "not shared yet" in text(response)


class TestOnceShared:
    def test_members_and_officers_read_them_without_the_lead_s_buttons(self, room, client):
        round = room.round(*MIXED, state="shared")
        for user in (room.members[0].user, room.officer):
            client.force_login(user)
            response = page(client, round)
            assert "8 of 8 rated it 1 or 2" in text(response)
            assert reverse("assessments:round_share", args=[round.pk]) not in response.content.decode()

    def test_by_private_link_without_an_account(self, room, client):
        round = room.round(*MIXED, state="open")
        private = {
            name: private_address(room, round, name)
            for name in ("link_results", "link_method", "link_comments")
        }
        for move in (rounds.close_round, rounds.reveal_round, rounds.share_round):
            round = move(by=room.lead.user, round=round)
        response = client.get(private["link_results"])
        assert "8 of 8 rated it 1 or 2" in text(response)
        assert f"/rounds/{round.pk}/" not in response.content.decode()
        assert "no more than five sixths" in text(client.get(private["link_method"]))

    def test_an_outsider_finds_nothing(self, room, client, edition):
        client.force_login(SizedPartnership(1).lead.user)
        assert page(client, room.round(*MIXED, state="shared")).status_code == 404


def test_the_lead_can_share_until_it_is_shared(room, as_lead):
    round = room.round(*MIXED)
    share = reverse("assessments:round_share", args=[round.pk])
    assert share in page(as_lead, round).content.decode()
    rounds.share_round(by=room.lead.user, round=round)
    assert share not in page(as_lead, round).content.decode()


def test_a_title_changed_after_the_freeze_shows_at_once(room, as_lead):
    """The drawn page is kept, its head is not."""
    round = room.round(*MIXED)
    page(as_lead, round)
    rounds.change_round(by=room.lead.user, round=round, title="<i>Winter</i>")
    assert "&lt;i&gt;Winter&lt;/i&gt;: results" in page(as_lead, round).content.decode()


class TestEqualWeight:
    """Six people of one organisation say 1, two groups of five say 5: 1 and 5 and 5 by organisation."""

    @pytest.fixture
    def uneven(self, edition):
        room = SizedPartnership(15, 5)
        return room, room.round(*[1, 2] * 6, *[3] * 3, 3, 4, 4, 5, 5)

    def test_both_figures_and_where_they_differ(self, uneven, client):
        room, round = uneven
        client.force_login(room.lead.user)
        assert "differ by half a level or more for 11 actions" in text(page(client, round))
        said = text(page(client, round, query="?weight=organisation"))
        assert "1 Citizens and places: 2.4 by people, 3.0 with equal weight for each organisation." in said
        assert "Equal weight" in said

    def test_the_chart_follows_the_switch(self, uneven, client):
        room, round = uneven
        client.force_login(room.lead.user)
        html = page(client, round, query="?weight=organisation").content.decode()
        figure = json.loads(re.search(r'id="radar-data"[^>]*>(.*?)</script>', html, re.S)[1])
        assert next(each for each in figure["data"] if each["name"] == "outline")["r"][0] == 3.0
        assert "On average people rate every action 3.0." in html

    @pytest.mark.parametrize("grouping", ["sector", "standpoint"])
    def test_no_switch_where_the_round_does_not_group_by_organisation(self, room, as_lead, grouping):
        round = room.round(*[1] * 6, *[5] * 6, grouping=grouping)
        assert "Each organisation counts the same" not in text(page(as_lead, round))
        assert "Equal weight" not in text(page(as_lead, round, query="?weight=organisation"))

    def test_an_unknown_weight_is_the_usual_one(self, uneven, client):
        room, round = uneven
        client.force_login(room.lead.user)
        assert "Equal weight" not in text(page(client, round, query="?weight=standpoint"))


def test_how_it_is_worked_out_gives_the_rules_the_sources_and_whose_words(room, as_lead):
    said = text(page(as_lead, room.round(*MIXED, least_number=6), "results_method"))
    for words in (
        "fewer than 6 people gave a level",
        "average below 3.0",
        "Tastle and Wierman 2007",
        "tool's own",
        "0, 4, 0, 4, 0 3.0 3 1.000 0.585 Split",
        "1, 0, 0, 0, 7 4.5 5 0.500 0.456 Agreed, with one different view",
        "The levels of 8 people add up to 23. That is 1 from 24, three times 8. The square root of 8 is 2.8. "
        "That is no further, so it is close to the line. "
        "The page says: “The average of 2.9 is just below 3.0: 1 of 8 rated it 1 or 2, 7 said 3.”",
        "The levels of 8 people add up to 16. That is 8 from 24, three times 8. The square root of 8 is 2.8. "
        "That is further, so it is firm.",
        "groups of fewer than 6 people, and then the smallest others",
    ):
        assert words in said


def test_the_file(room, as_lead):
    response = page(as_lead, room.round(*MIXED), "results_csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == (
        'attachment; filename="northmoor-ageing-well-autumn-2026-results.csv"'
    )
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 11
    assert (rows[7]["average"], rows[7]["agreement"], rows[7]["reading"]) == (
        "1.5",
        "Agreed",
        "Needs attention",
    )


class TestANamedRound:
    def round(self, room, state="shared"):
        people = [{**dict.fromkeys(range(1, 12), 4), 1: 1, 2: "dk"}, *[4] * 5]
        return room.round(*people, state=state, confidentiality="named")

    def test_the_lead_and_members_see_name_beside_level(self, room, client):
        round = self.round(room)
        for user in (room.lead.user, room.members[1].user):
            client.force_login(user)
            html = page(client, round, "named").content.decode()
            row = re.search(rf'<th scope="row">{room.members[0].name}</th>(.*?)</tr>', html, re.S)[1]
            cells = re.sub(r"<[^>]+>", " ", row).replace("don&#x27;t", "don't").split()
            assert cells == ["1", "don't", "know", *["4"] * 9]
            assert reverse("assessments:named", args=[round.pk]) in page(client, round).content.decode()

    def test_officers_do_not(self, room, client):
        round = self.round(room)
        client.force_login(room.officer)
        assert page(client, round, "named").status_code == 403
        assert reverse("assessments:named", args=[round.pk]) not in page(client, round).content.decode()

    def test_nor_members_before_it_is_shared(self, room, client):
        round = self.round(room, "revealed")
        client.force_login(room.members[0].user)
        response = page(client, round, "named")
        assert response.status_code == 403
        assert room.members[1].name not in text(response)

    def test_a_confidential_round_has_no_such_page(self, room, as_lead):
        response = page(as_lead, room.round(*MIXED), "named")
        assert response.status_code == 404
        assert room.members[0].name not in text(response)

    def test_the_number_of_queries_does_not_grow_with_the_people(self, edition, client):
        counts = []
        for people in (1, 6):
            room = SizedPartnership(6)
            round = room.round(*[4] * people, confidentiality="named", state="shared")
            client.force_login(room.lead.user)
            page(client, round, "named")
            with CaptureQueriesContext(connection) as queries:
                page(client, round, "named")
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestQueries:
    def count(self, client, round):
        """What a visit asks the database, on a connection that has planned what it plans once; around such a
        statement stand the savepoints of a test's transaction."""
        queries.changing.read(round, is_lead=True)
        with CaptureQueriesContext(connection) as asked:
            assert page(client, round).status_code == 200
        return len([query for query in asked if "SAVEPOINT" not in query["sql"]])

    @pytest.mark.parametrize(("people", "steps"), [(6, 0), (6, 22), (24, 1)])
    def test_at_most_twelve_at_first_and_fewer_once_kept(self, edition, client, people, steps):
        """All eleven actions are listed, with comments, and the page says of each whether there is a step."""
        from framework.queries.wording import forget

        room = SizedPartnership(people)
        round = room.round(*[dict.fromkeys(range(1, 12), 1) | {3: (1, "We never meet")}] * people)
        for n in range(steps):
            make_step(room.partnership, n % 11 + 1, f"Step {n}", round=round if n % 2 else None)
        client.force_login(room.lead.user)
        forget()
        caches["pages"].clear()
        first = self.count(client, round)
        assert first <= 12
        assert self.count(client, round) <= 5
