import pytest

from assessments import queries
from assessments.models import Comment, Rating, Response
from assessments.operations.imports import import_round
from assessments.policies.base import NotNow
from assessments.sheets.ratings import read_sheet
from partnerships.models import Participant
from tests.factories import MembershipFactory, PartnershipFactory
from tests.made_once import made_once

HEADING = ["respondent", "organisation", *map(str, range(1, 12)), "comment 3"]


def sheet(*people):
    rows = [
        [name, organisation, *[str(level)] * 11, comment] for name, organisation, level, comment in people
    ]
    return read_sheet([HEADING, *rows], actions=11)


SEVEN = [(f"P{n}", "Moor Trust" if n < 5 else "Town Council", level, "") for n, level in enumerate("1234554")]


@made_once
def partnership():
    return PartnershipFactory(name="Northmoor Climate")


def bring_in(partnership, people=SEVEN, title="Paper session"):
    return import_round(by=None, partnership=partnership, title=title, sheet=sheet(*people))


def test_a_sheet_becomes_a_confidential_round_whose_results_are_open(partnership):
    round = bring_in(partnership)
    assert (round.state, round.confidentiality) == ("revealed", "confidential")
    assert queries.results.of(round).actions[0].distribution.counts == (1, 1, 1, 2, 2)


def test_organisations_it_does_not_know_are_made_and_counted_in_who_answered(partnership):
    turnout = queries.results.of(bring_in(partnership)).turnout
    assert [(o.name, o.invited, o.answered) for o in turnout.organisations] == [
        ("Moor Trust", 5, 5),
        ("Town Council", 2, 2),
    ]


def test_a_row_without_an_answer_is_somebody_invited_who_did_not_answer(partnership):
    turnout = queries.results.of(bring_in(partnership, [*SEVEN, ("P8", "Moor Trust", "", "")])).turnout
    assert (turnout.invited, turnout.answered) == (8, 7)


def test_the_same_respondent_in_two_rounds_is_the_same_person(partnership):
    first, second = bring_in(partnership, title="One"), bring_in(partnership, title="Two")
    assert set(first.responses.values_list("participant")) == set(second.responses.values_list("participant"))
    assert Participant.objects.filter(partnership=partnership).count() == 7


def test_the_same_respondent_in_another_partnership_is_somebody_else(partnership):
    bring_in(partnership)
    bring_in(PartnershipFactory())
    assert Participant.objects.filter(imported_as="P1").count() == 2


def test_a_member_s_address_as_respondent_is_that_member(partnership):
    member = MembershipFactory(partnership=partnership, email="ada@moor.example")
    round = bring_in(partnership, [("Ada@moor.example", "", 3, ""), *SEVEN])
    assert round.responses.filter(participant__membership=member).count() == 1


def test_the_same_title_twice_is_refused_and_nothing_is_in(partnership):
    bring_in(partnership)
    before = Rating.objects.count()
    with pytest.raises(NotNow, match="PAPER session"):
        bring_in(partnership, title="PAPER session")
    assert (Rating.objects.count(), Response.objects.count()) == (before, 7)


def test_comments_come_in_cut_from_who_wrote_them_and_only_for_actions_that_are_shown(partnership):
    bring_in(partnership, [*SEVEN, ("P8", "", 3, "We meet in a church hall.")])
    few = bring_in(PartnershipFactory(), [("P1", "", 3, "Only three of us.")])
    assert [comment.text for comment in Comment.objects.all()] == ["We meet in a church hall."]
    assert not few.comments.exists()


def test_three_hundred_people_come_in_by_the_batch_and_not_one_by_one(
    partnership, django_assert_max_num_queries
):
    many = [(f"Q{n}", "Moor Trust", n % 5 + 1, "") for n in range(300)]
    with django_assert_max_num_queries(130):  # SQLite takes 999 values at a time
        bring_in(partnership, many)
