"""Bringing ratings in by page, and the blank sheet."""

import csv
import html
import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from assessments import queries
from assessments.models import Rating, Round
from assessments.sheets.ratings import headings, read_sheet
from framework.queries.wording import wording
from partnerships.models import Organisation
from tests.factories import (
    CouncilFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    UserFactory,
    make_lead,
    make_round,
)
from tests.framework.editions import next_edition
from tests.made_once import made_once

HEADING = ["respondent", "organisation", *map(str, range(1, 12)), "comment 2"]
ROWS = [[f"P{n}", "Moor Trust" if n else "Town Council", *[str(n % 5 + 1)] * 11, ""] for n in range(6)]
PAGES = ["import_ratings", "import_confirm", "import_blank", "sheet"]


@made_once
def partnership():
    partnership = PartnershipFactory(slug="moor", name="Northmoor Climate")
    OrganisationFactory(partnership=partnership, name="Town Council")
    return partnership


@pytest.fixture
def lead(partnership, client):
    membership = make_lead(partnership)
    client.force_login(membership.user)
    return membership


def table(rows=ROWS, heading=HEADING):
    out = io.StringIO()
    csv.writer(out).writerows([heading, *rows])
    return out.getvalue()


def upload(client, content=None, *, name="ratings.csv", title="Paper session", **fields):
    content = table() if content is None else content
    content = content.encode() if isinstance(content, str) else content
    data = {"file": SimpleUploadedFile(name, content), "title": title, "grouping": "organisation", **fields}
    return client.post(reverse("assessments:import_ratings", args=["moor"]), data)


def confirm(client, preview):
    """Press the button of the preview: send what its hidden fields hold."""
    page = preview.content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    fields |= dict(re.findall(r'<input type="hidden" name="(\w+)"(?: id="\w+")?>()', page))
    action = html.unescape(re.search(r'action="([^"]*/import/confirm/[^"]*)"', page)[1])
    text = re.search(r'<textarea name="table"[^>]*>\n?(.*?)</textarea>', page, re.S).group(1)
    fields["table"] = text.replace("\n", "\r\n")  # as browsers send it
    data = {key: html.unescape(value) for key, value in fields.items()}
    return client.post(action, data, follow=True)


def words(response):
    """The text of a page, without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_the_page_explains_the_columns_and_leads_to_the_blank_ones(client, lead):
    page = client.get(reverse("assessments:import_ratings", args=["moor"]))
    assert "1 to 5, dk for don't know, or empty for not answered" in words(page)
    assert "elected, senior, middle, frontline, citizen, other" in words(page)
    assert 'href="/partnerships/moor/sheet/"' in page.content.decode()
    assert 'href="/partnerships/moor/import/blank.csv"' in page.content.decode()


def test_the_preview_says_what_would_come_in_and_saves_nothing(client, lead):
    rows = [*ROWS, ["P9", "Moor Trust", *[""] * 12]]
    heading = [*HEADING, "weather"]
    page = upload(client, table([[*row, "sunny"] for row in rows], heading))
    said = words(page)
    assert "People 7 6 of them answered" in said
    assert "Organisations to be added Moor Trust" in said
    assert "Organisations already there Town Council" in said
    assert "Columns not used weather" in said
    assert "P0 Town Council – 1 1 1 1 1 1 1 1 1 1 1" in said
    assert not Round.objects.exists()
    assert Organisation.objects.filter(name="Moor Trust").count() == 0


def test_confirming_brings_it_in_as_it_was_shown_and_leads_to_the_round(client, lead, partnership):
    day = timezone.localdate() - timedelta(days=30)
    rows = [*ROWS, ["Zoë, the 2nd", "", *["dk"] * 11, 'She said "yes",\nthen <b>no</b>']]
    preview = upload(client, table(rows), closed_on=day.isoformat())
    page = confirm(client, preview)
    round = Round.objects.get()
    assert page.redirect_chain == [(round.get_absolute_url(), 302)]
    assert "The ratings of 7 people are in." in words(page)
    assert (round.title, round.state, timezone.localdate(round.closed_at)) == (
        "Paper session",
        "revealed",
        day,
    )
    first = queries.results.of(round).actions[0].distribution
    assert (first.counts, first.dont_know) == ((2, 1, 1, 1, 1), 1)
    assert round.revealed_by == f"user:{lead.user_id}"
    assert Rating.objects.get(comment__gt="").comment == 'She said "yes",\nthen <b>no</b>'
    assert round.responses.get(participant__imported_as="Zoë, the 2nd").ratings.count() == 11


def test_a_workbook_with_figures_and_a_formula_as_a_name(client, lead):
    book, out = Workbook(), io.BytesIO()
    for row in [HEADING, *ROWS[1:]]:
        book.active.append([int(cell) if cell.isdigit() else cell for cell in row])
    book.active.cell(row=2, column=1).value = "=1+1"
    book.active.cell(row=2, column=1).data_type = "s"
    book.save(out)
    page = confirm(client, upload(client, out.getvalue(), name="ratings.xlsx"))
    assert "The ratings of 5 people are in." in words(page)
    assert Round.objects.get().invitations.filter(participant__imported_as="=1+1").exists()


def test_a_formula_as_a_name_in_a_csv_stays_text(client, lead):
    name = '=HYPERLINK("http://bad.example";"x")'
    confirm(client, upload(client, table([[name, "", *["3"] * 11, ""], *ROWS])))
    assert Round.objects.get().invitations.filter(participant__imported_as=name).exists()


def test_markup_and_letters_of_any_script_are_text(client, lead):
    name = "<script>alert(1)</script> שלום é"
    preview = upload(client, table([[name, "", *["3"] * 11, ""], *ROWS]))
    assert "<script>alert" not in preview.content.decode()
    confirm(client, preview)
    assert Round.objects.get().invitations.filter(participant__imported_as=name).exists()


def test_all_faults_are_listed_with_row_column_found_and_wanted(client, lead):
    bad = [list(row) for row in ROWS]
    bad[0][2], bad[2][4], bad[5][0] = "7", "three", ""
    page = upload(client, table(bad))
    said = words(page)
    assert page.status_code == 422
    assert "3 things in the file have to be put right" in said
    assert "2 1 7 1, 2, 3, 4, 5, dk, or nothing" in said
    assert "4 3 three 1, 2, 3, 4, 5, dk, or nothing" in said
    assert "7 respondent nothing a name or number for the person" in said
    assert 'value="Paper session"' in page.content.decode()
    assert not Round.objects.exists()


def test_of_very_many_faults_the_first_are_listed_and_all_are_counted(client, lead):
    page = upload(client, table([[f"P{n}", "", *["9"] * 11, ""] for n in range(50)]))
    assert "550 things in the file" in words(page)
    assert "These are the first 200 of 550." in words(page)
    assert page.content.decode().count('class="found"') == 200


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", b" " * 60_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"1" * (20 * 1024 * 1024), "at most 2 MB"),
        (bomb(), "unpacks to far more than a table needs"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a CSV file in UTF-8"),
        ("Zoë;1".encode("cp1252"), "CSV UTF-8"),
    ],
    ids=["empty", "20 MB", "bomb", "picture", "cp1252"],
)
def test_a_file_that_is_no_table_says_why(client, lead, content, said):
    page = upload(client, content)
    assert page.status_code == 422
    assert said in words(page)
    assert not Round.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": ""}, "Fill this in"),
        ({"title": "t" * 81}, "at most 80 characters"),
        ({"title": "Spring\x00"}, "control characters"),
        ({"closed_on": "2999-01-01"}, "This day lies in the future"),
        ({"closed_on": "yesterday"}, "Write a day that exists"),
        ({"grouping": "shoe size"}, "Choose one of these."),
    ],
)
def test_what_is_wrong_with_the_other_fields_is_said(client, lead, fields, said):
    page = upload(client, **fields)
    assert page.status_code == 422
    assert said in words(page)


def test_a_title_the_partnership_has_is_refused_before_the_preview(client, lead, partnership):
    make_round(partnership, title="Paper Session")
    page = upload(client, title="paper session")
    assert "There is a round called “paper session” already. Choose another title." in words(page)


def test_confirming_twice_brings_it_in_once(client, lead):
    preview = upload(client)
    confirm(client, preview)
    page = confirm(client, preview)
    assert "Nothing was brought in. There is a round called “Paper session” already." in words(page)
    assert (Round.objects.count(), Rating.objects.count()) == (1, 66)


def test_what_was_changed_on_the_way_is_checked_again(client, lead):
    address = reverse("assessments:import_confirm", args=["moor"])
    data = {"title": "One", "grouping": "organisation", "table": table().replace("5,5", "5,9")}
    page = client.post(address, data, follow=True)
    assert "Nothing was brought in. Row 6, column 2: found “9”" in words(page)
    assert not Round.objects.exists()
    assert client.get(address).url == reverse("assessments:import_ratings", args=["moor"])


def test_too_few_people_are_told_before(client, lead):
    assert "nobody will see a figure" in words(upload(client, table(ROWS[:4])))
    assert "nobody will see a figure" not in words(upload(client))


def test_the_preview_is_kept_by_no_cache(client, lead):
    assert "no-store" in upload(client)["Cache-Control"]


@pytest.mark.parametrize("page", PAGES)
def test_outsiders_find_nothing_members_and_officers_may_not(client, partnership, page):
    address = reverse(f"assessments:{page}", args=["moor"])
    assert client.get(address).status_code == 302
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    client.force_login(MembershipFactory(partnership=partnership).user)
    assert client.get(address).status_code == 403
    assert client.post(address).status_code == 403
    officer = UserFactory()
    partnership.council.officers.add(officer)
    client.force_login(officer)
    assert client.get(address).status_code == 403


def test_the_lead_of_another_partnership_finds_nothing(client, partnership):
    round = make_round(partnership)
    client.force_login(make_lead(PartnershipFactory(council=CouncilFactory())).user)
    assert client.get(reverse("assessments:round_sheet", args=[round.pk])).status_code == 404
    assert upload(client).status_code == 404


def test_the_blank_table_can_be_filled_in_and_read(client, lead):
    got = client.get(reverse("assessments:import_blank", args=["moor"]))
    assert got["Content-Disposition"] == 'attachment; filename="moor-ratings.csv"'
    heading = next(csv.reader([got.content.decode("utf-8-sig").strip()]))
    assert heading == headings(11)
    assert read_sheet([heading, ["Ada", "", "", *["3"] * 11]], actions=11).people[0].cells == (3,) * 11


def test_the_sheet_has_every_action_in_the_framework_s_own_words(client, lead, edition):
    said = words(client.get(reverse("assessments:sheet", args=["moor"])))
    for action in wording(edition, "en").actions:
        assert f"{action.number} {action.title} {action.statement}" in said
        for level in action.levels:
            assert f"{level.value} {level.label} {level.looks_like}" in said
    assert said.count("Don't know") >= 11


def test_the_grid_has_the_columns_of_the_import(client, lead):
    page = client.get(reverse("assessments:sheet", args=["moor"])).content.decode()
    grid = page[page.index('class="paper-grid"') :]
    assert re.findall(r"<th scope=\"col\"[^>]*>(\w+)</th>", grid) == headings(11)[:14]


def test_the_sheet_of_a_round_carries_its_title(client, lead, partnership):
    round = make_round(partnership, title="Harvest review")
    said = words(client.get(reverse("assessments:round_sheet", args=[round.pk])))
    assert "Northmoor Climate · Harvest review" in said


def test_faults_stand_in_the_order_of_the_rows(client, lead):
    twice = [["P0", "", *["1"] * 11, ""], ["P0", "", *["1"] * 11, ""], ["P1", "", *["9"] + ["1"] * 10, ""]]
    page = upload(client, table(twice))
    said = words(page)
    assert said.index("Row 3 respondent") < said.index("Row 4 1")
    assert 'data-label="Wanted"' in page.content.decode()


class TestTheSamePeople:
    """Asked for each file, with its reason; without it nobody is matched with anybody."""

    def test_the_question_stands_on_the_page_with_its_reason(self, client, lead):
        page = words(client.get(reverse("assessments:import_ratings", args=["moor"])))
        assert "Are these the same people as in other files?" in page
        assert "People in a file are never matched with people who answered here" in page

    def test_unsaid_nobody_is_matched(self, client, lead):
        preview = upload(client)
        assert "Not said: nobody is matched with anybody" in words(preview)
        confirm(client, preview)
        assert not Round.objects.get().has_same_people

    def test_said_the_preview_counts_who_is_found_again(self, client, lead):
        first = upload(client, same_people="yes")
        assert "Yes: 0 of 6 found again" in words(first)
        confirm(client, first)
        rows = [["P1", *ROWS[1][1:]], ["P4", *ROWS[4][1:]], ["somebody else", *ROWS[5][1:]]]
        second = upload(client, table(rows), title="Second", same_people="yes")
        assert "Yes: 2 of 3 found again" in words(second)
        confirm(client, second)
        assert [each.has_same_people for each in Round.objects.all()] == [True, True]

    def test_people_of_a_file_of_which_it_was_not_said_are_not_found_again(self, client, lead):
        confirm(client, upload(client))
        assert "Yes: 0 of 6 found again" in words(upload(client, title="Second", same_people="yes"))

    def test_it_cannot_be_said_of_people_without_a_name(self, client, lead):
        content = table([row[1:] for row in ROWS], HEADING[1:])
        page = upload(client, content, same_people="yes")
        assert page.status_code == 422
        assert "Without the column respondent nobody can be found again" in words(page)


def test_without_the_column_rows_are_people_without_a_name(client, lead):
    preview = upload(client, table([row[1:] for row in ROWS], HEADING[1:]))
    assert "Bring in 6 people" in words(preview)
    confirm(client, preview)
    round = Round.objects.get()
    assert {response.participant.imported_as for response in round.responses.all()} == {""}
    assert round.responses.values("participant").distinct().count() == 6


def test_in_a_column_that_is_there_each_row_says_who_it_is(client, lead):
    assert "a name or number for the person" in words(upload(client, table([["", *ROWS[0][1:]]])))


class TestTheEditionThatWasInUse:
    @pytest.fixture
    def later(self, edition):
        """An edition that came out today."""
        return next_edition(edition, {"learning": "clarified"})

    def test_is_taken_where_none_is_chosen(self, client, lead, edition, later):
        confirm(client, upload(client, closed_on=day(1)))
        assert Round.objects.get().edition == edition

    def test_the_newest_where_it_was_in_use(self, client, lead, later):
        confirm(client, upload(client, closed_on=day(0)))
        assert Round.objects.get().edition == later

    def test_one_that_came_out_later_is_questioned(self, client, lead, edition, later):
        address = reverse("assessments:import_ratings", args=["moor"]) + query(later)
        file = SimpleUploadedFile("ratings.csv", table().encode())
        data = {"file": file, "title": "T", "grouping": "organisation", "closed_on": day(1)}
        page = client.post(address, data)
        assert "Is this what people rated?" in words(page)
        assert query(edition).replace("&", "&amp;") in page.content.decode()

    def test_a_day_before_the_first_one_takes_the_first(self, client, lead, edition, later):
        confirm(client, upload(client, closed_on=day(4000)))
        assert Round.objects.get().edition == edition


def day(days_ago):
    return (timezone.localdate() - timedelta(days=days_ago)).isoformat()


def query(edition):
    return f"?framework={edition.framework.slug}&edition={edition.number}"
