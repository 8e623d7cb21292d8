"""``manage.py import_ratings`` on the files people really have."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from openpyxl import Workbook

from assessments import queries
from assessments.models import Rating, Round
from partnerships.models import Council, Organisation, Partnership
from tests.assessments.council_room import another_framework
from tests.factories import CouncilFactory, PartnershipFactory
from tests.framework.editions import next_edition
from tests.made_once import made_once

HEADING = ["respondent", "organisation", "standpoint", *map(str, range(1, 12))]
ROWS = [[f"P{n}", "Moor Trust", "frontline", *[str(n % 5 + 1)] * 11] for n in range(6)]


@made_once
def partnership():
    return PartnershipFactory(slug="northmoor-climate")


def text(rows=ROWS, sign=",", heading=HEADING):
    return "\n".join(sign.join(row) for row in [heading, *rows])


@pytest.fixture
def bring_in(tmp_path):
    """Writes the content to a file, runs the command on it, and gives the lines it printed."""

    def run(
        content=None, *options, name="ratings.csv", partnership="northmoor-climate", title="Paper session"
    ):
        file = tmp_path / name
        content = text() if content is None else content
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return command(file, "--partnership", partnership, "--round", title, *options)

    return run


def command(file, *options):
    out = io.StringIO()
    call_command("import_ratings", str(file), *options, stdout=out)
    return out.getvalue().splitlines()


def refusal(run, *args, **kwargs):
    with pytest.raises(CommandError) as caught:
        run(*args, **kwargs)
    assert not Round.objects.exists()
    assert not Organisation.objects.exists()
    return str(caught.value)


def test_the_last_line_is_the_number_of_the_new_round(partnership, bring_in):
    lines = bring_in()
    round = Round.objects.get()
    assert lines == ["New organisation: Moor Trust", str(round.pk)]
    assert (round.title, round.state, round.grouping) == ("Paper session", "revealed", "organisation")
    assert queries.results.of(round).actions[0].distribution.counts == (2, 1, 1, 1, 1)


@pytest.mark.parametrize(
    "content",
    ["\ufeff" + text(), text(sign=";"), "\ufeff" + text(sign=";"), text().replace("\n", "\r\n")],
    ids=["byte-order mark", "semicolons", "both", "Windows line ends"],
)
def test_csv_in_its_usual_shapes(partnership, bring_in, content):
    bring_in(content)
    assert Rating.objects.count() == 66


def test_a_workbook_where_figures_are_figures(partnership, bring_in):
    book, out = Workbook(), io.BytesIO()
    for row in [HEADING, *ROWS]:
        book.active.append([int(cell) if cell.isdigit() else cell for cell in row])
    book.save(out)
    bring_in(out.getvalue(), name="ratings.xlsx")
    assert Rating.objects.count() == 66


def test_columns_not_used_are_named(partnership, bring_in):
    lines = bring_in(text([["7", *row] for row in ROWS], heading=["group", *HEADING]))
    assert lines[0] == "Column not used: group"


def test_bad_cells_stop_everything_and_are_listed_with_row_and_column(partnership, bring_in):
    bad = [list(row) for row in ROWS]
    bad[1][3], bad[4][13], bad[5][2] = "6", "x", "boss"
    said = refusal(bring_in, text(bad))
    assert said.splitlines() == [
        "Nothing was brought in.",
        "Row 3, column 1: found “6”; wanted 1, 2, 3, 4, 5, dk, or nothing.",
        "Row 6, column 11: found “x”; wanted 1, 2, 3, 4, 5, dk, or nothing.",
        "Row 7, column standpoint: found “boss”; "
        "wanted one of elected, senior, middle, frontline, citizen, other, or nothing.",
    ]


def test_bad_cells_leave_no_council_and_no_partnership_behind(edition, bring_in):
    bad = [["P1", "", "", "9", *["1"] * 10]]
    refusal(bring_in, text(bad), "--create", "--host", "Northmoor Council", partnership="new-one")
    assert not Partnership.objects.exists()
    assert not Council.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (text([["Zoë", "", "", *["3"] * 11]]).encode("cp1252"), "CSV UTF-8"),
        (b"", "empty"),
        (b"PK\x03\x04 nonsense", "damaged"),
        (b"a" * (2 * 1024 * 1024 + 1), "at most 2 MB"),
        ("respondent,1,2\nAda,1,2", "column 3: found nothing"),
        (text([]), "at least one person"),
    ],
    ids=["cp1252", "empty", "broken zip", "too big", "columns missing", "nobody"],
)
def test_a_file_that_cannot_be_used_says_why(partnership, bring_in, content, said):
    assert said in refusal(bring_in, content)


def test_a_missing_file_and_a_directory(partnership, tmp_path):
    options = ("--partnership", "northmoor-climate", "--round", "One")
    assert "No such file" in refusal(command, tmp_path / "nowhere.csv", *options)
    assert "Is a directory" in refusal(command, tmp_path, *options)


def test_the_same_file_under_the_same_title_is_refused(partnership, bring_in):
    bring_in()
    with pytest.raises(CommandError, match="already has a round called “paper SESSION”"):
        bring_in(title="paper SESSION ")
    assert (Round.objects.count(), Rating.objects.count()) == (1, 66)


def test_an_unknown_partnership_is_made_only_when_asked(edition, bring_in):
    assert "Add --create" in refusal(bring_in, partnership="new-one")
    assert "which council" in refusal(bring_in, None, "--create", partnership="new-one")


def test_council_and_partnership_are_made_where_new(edition, bring_in):
    lines = bring_in(None, "--create", "--host", "Northmoor Council", partnership="ageing-well")
    assert lines[:2] == ["New council: Northmoor Council", "New partnership: Ageing well (ageing-well)"]
    assert Partnership.objects.get(slug="ageing-well").council.name == "Northmoor Council"


def test_a_council_that_is_there_is_used_whatever_the_case(edition, bring_in):
    council = CouncilFactory(name="Northmoor Council")
    lines = bring_in(None, "--create", "--host", "NORTHMOOR council", partnership="ageing-well")
    assert not any(line.startswith("New council") for line in lines)
    assert Partnership.objects.get().council == council


def test_create_is_no_trouble_where_both_are_there(partnership, bring_in):
    bring_in(None, "--create", "--host", partnership.council.name)
    assert Round.objects.get().partnership == partnership


def test_a_host_that_does_not_host_it_is_a_mistake(partnership, bring_in):
    said = refusal(bring_in, None, "--create", "--host", "Southmoor Council")
    assert said == f"The partnership northmoor-climate is there already, hosted by {partnership.council}."
    assert "only for --create" in refusal(bring_in, None, "--host", "Southmoor Council")


@pytest.mark.parametrize("slug", ["with spaces", "ümlaut", "a/b", "x" * 61])
def test_a_slug_that_cannot_be_an_address_is_refused(edition, bring_in, slug):
    said = refusal(bring_in, None, "--create", "--host", "Northmoor Council", partnership=slug)
    assert "slug: " in said
    assert not Council.objects.exists()


@pytest.mark.parametrize(("title", "said"), [("t" * 81, "title: "), ("  ", "title: ")])
def test_a_title_too_long_or_missing_is_refused(partnership, bring_in, title, said):
    assert said in refusal(bring_in, title=title)


@pytest.mark.parametrize("title", ["\u200b", "a\x07b"])
def test_a_title_nobody_can_see_is_refused(partnership, bring_in, title):
    assert "no letters that can be seen" in refusal(bring_in, title=title)


def test_the_same_title_with_other_spaces_is_the_same_title(partnership, bring_in):
    bring_in(None, title="Spring  2026")
    with pytest.raises(CommandError, match="already has a round called “Spring 2026”"):
        bring_in(None, title=" Spring\n2026")
    assert Round.objects.get().title == "Spring 2026"


def test_the_closing_date_is_kept(partnership, bring_in):
    bring_in(None, "--closed", "2026-01-20")
    assert timezone.localdate(Round.objects.get().closed_at).isoformat() == "2026-01-20"


def test_a_closing_date_in_the_future_or_no_date_at_all(partnership, bring_in):
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "lies in the future" in refusal(bring_in, None, "--closed", tomorrow.isoformat())
    said = refusal(bring_in, None, "--closed", "20/01/2026")
    assert "'20/01/2026' is not a date; write it as 2026-11-14" in said


def test_the_framework_that_was_rated_is_named_or_that_of_the_last_round(partnership, edition, bring_in):
    other = another_framework(edition)
    two = "\n".join(["respondent,1,2", *(f"P{n},3,4" for n in range(6))])
    with pytest.raises(CommandError, match=r"There is: ten-actions, transforming-together\."):
        bring_in(two, "--framework", "trust")
    bring_in(two, "--framework", "ten-actions")
    bring_in(two, title="The next of ten")
    bring_in(None, "--framework", "transforming-together", title="Ours")
    assert [round.edition for round in Round.objects.order_by("pk")] == [other, other, edition]


def test_an_edition_that_does_not_exist(partnership, bring_in):
    assert "no published edition 9" in refusal(bring_in, None, "--edition", "9")
    bring_in(None, "--edition", "1")
    assert Round.objects.get().edition.number == 1


def test_groups_by_standpoint_carry_words_for_people(partnership, bring_in):
    bring_in(None, "--group-by", "standpoint")
    assert [group.name for group in queries.results.of(Round.objects.get()).actions[0].groups] == [
        "Frontline"
    ]


def test_a_partnership_cannot_take_the_address_of_the_page_that_makes_one(edition, bring_in):
    said = refusal(bring_in, None, "--create", "--host", "Moor Council", partnership="new")
    assert "Choose another short name." in said
    assert not Partnership.objects.exists()
    assert not Council.objects.exists()


def test_rows_with_commas_below_a_heading_with_semicolons(partnership, bring_in):
    heading, rows = text(rows=[], sign=";"), text()
    said = refusal(bring_in, heading + rows[rows.index("\n") :])
    assert "Line 2 is told apart by commas, the first line by semicolons." in said


def test_who_is_found_again_is_said_where_both_files_say_so(partnership, bring_in):
    assert bring_in(None, "--same-people")[0] == "New organisation: Moor Trust"
    assert "Found again in other files: 6 of 6" in bring_in(None, "--same-people", title="Second")
    assert [round.has_same_people for round in Round.objects.order_by("pk")] == [True, True]
    assert not any("Found again" in line for line in bring_in(title="Third"))


def test_without_the_column_people_have_no_name(partnership, bring_in):
    bring_in(text([row[1:] for row in ROWS], heading=HEADING[1:]))
    assert {each.participant.imported_as for each in Round.objects.get().responses.all()} == {""}


def test_the_same_people_cannot_be_said_of_people_without_a_name(partnership, bring_in):
    content = text([row[1:] for row in ROWS], heading=HEADING[1:])
    assert "Without the column respondent nobody can be found again" in refusal(
        bring_in, content, "--same-people"
    )


def test_the_edition_in_use_on_the_day_is_taken_and_a_later_one_pointed_out(partnership, edition, bring_in):
    later = next_edition(edition, {"learning": "clarified"})
    day = (timezone.localdate() - timedelta(days=1)).isoformat()
    bring_in(None, "--closed", day)
    said = bring_in(None, "--closed", day, "--edition", str(later.number), title="Second")
    assert [round.edition for round in Round.objects.order_by("pk")] == [edition, later]
    assert any(line.startswith("Look again: ") and "was in use then" in line for line in said)
