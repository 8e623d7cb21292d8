import uuid

import pytest

from assessments.models import Comment, Response, RoundCounts
from assessments.operations import rounds
from assessments.operations.freezing import freeze
from tests.assessments.round_room import make_place
from tests.factories import everybody, make_round
from tests.made_once import made_once

pytestmark = pytest.mark.usefixtures("edition")


@made_once
def place():
    return make_place()


def test_the_counts_are_taken_when_the_results_are_opened(place):
    answers = everybody(place.members, 1, 2, 2, 4, 5, 5)
    round = make_round(place.partnership, by=place.by, state="closed", answers=answers)
    assert not RoundCounts.objects.exists()
    rounds.reveal_round(by=place.by, round=round)
    data = RoundCounts.objects.get(round=round).data
    actions = data["layers"]["first"]["actions"]
    assert [action["whole"]["counts"] for action in actions] == [[1, 2, 0, 1, 2]] * 11
    assert (data["turnout"]["answered"], data["turnout"]["invited"]) == (6, 7)


def test_what_was_saved_but_not_sent_counts(place):
    from tests.factories import rate

    round = make_round(place.partnership, by=place.by, state="open")
    for member in place.members:
        rate(round, member, {1: 4}, submit=False)
    rounds.close_round(by=place.by, round=round)
    rounds.reveal_round(by=place.by, round=round)
    first = RoundCounts.objects.get(round=round).data["layers"]["first"]["actions"][0]
    assert first["whole"]["counts"] == [0, 0, 0, 6, 0]


def test_comments_are_cut_from_their_writers(place):
    answers = [(member, {1: (3, f"Words {n}")}) for n, member in enumerate(place.members)]
    make_round(place.partnership, by=place.by, state="revealed", answers=answers)
    fields = {field.name for field in Comment._meta.get_fields()}
    assert fields == {"id", "round", "action", "text", "standing"}
    assert sorted(comment.text for comment in Comment.objects.all()) == [f"Words {n}" for n in range(6)]
    assert all(
        isinstance(comment.pk, uuid.UUID) and comment.pk.version == 4 for comment in Comment.objects.all()
    )
    assert {comment.standing for comment in Comment.objects.all()} == {"waiting"}


def test_comments_on_a_hidden_action_are_never_copied(place):
    answers = [(member, {1: 3, 2: ("dk", "LEAKED: nobody else said this")}) for member in place.members]
    make_round(place.partnership, by=place.by, state="revealed", answers=answers)
    assert not Comment.objects.exists()


def test_a_named_round_keeps_them(place):
    answers = [(place.members[0], {1: (3, "Openly said")})]
    make_round(place.partnership, by=place.by, state="revealed", answers=answers, confidentiality="named")
    assert Comment.objects.get().text == "Openly said"


def test_a_freeze_that_fails_leaves_the_round_closed(place):
    answers = everybody(place.members, 1, 2, 2, 4, 5, 5)
    round = make_round(place.partnership, by=place.by, state="closed", answers=answers)
    freeze(round)
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        rounds.reveal_round(by=place.by, round=round)
    round.refresh_from_db()
    assert round.state == "closed"
    assert Response.objects.count() == 6
