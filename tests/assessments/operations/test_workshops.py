"""What the lead does in a workshop: the way through it, and what is refused."""

import pytest
from django.db import IntegrityError, transaction

from assessments import analysis, queries
from assessments.models import (
    AgreedRating,
    Comment,
    Invitation,
    Rating,
    RevealedCounts,
    Round,
    RoundCounts,
    Workshop,
)
from assessments.operations import invitations, rounds, workshops
from assessments.operations.workshops import MovedOn
from assessments.policies.base import NotNow
from assessments.queries.named import named_ratings
from assessments.states import Stage
from framework.queries.wording import wording
from partnerships.models.audit import AuditEvent
from tests.assessments.round_room import make_place
from tests.assessments.workshop_room import make_hall
from tests.factories import everybody, make_round, rate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


def counted(round):
    return analysis.RoundCounts.from_json(RoundCounts.objects.get(round=round).data)


class TestStarting:
    def test_a_draft_is_opened_for_the_room_without_mail_or_links(self):
        hall = make_hall(people=0, begin=False)
        round = hall.round
        assert (round.state, round.is_in_room, hall.workshop.mode) == ("open", True, "room")
        assert round.invitations.count() == 9
        assert set(round.invitations.values_list("mail_due", flat=True)) == {""}
        assert not Invitation.objects.exclude(links=None).exists()
        assert hall.workshop.actions.count() == 11
        assert set(hall.workshop.actions.values_list("stage", flat=True)) == {Stage.READING}

    @pytest.mark.parametrize("state", ["open", "closed", "revealed", "shared"])
    def test_a_round_rated_by_link_is_walked_through_with_its_results_opened(self, state):
        place = make_place(people=6)
        hall = make_hall(
            people=0, place=place, state=state, answers=everybody(place.members, 1, 2, 3, 4, 5, 5)
        )
        assert hall.workshop.mode == "walk"
        assert hall.round.state == ("shared" if state == "shared" else "revealed")
        assert counted(hall.round).actions[0].whole.counts == (1, 1, 1, 1, 2)
        assert not hall.round.is_in_room

    def test_there_is_one_workshop_on_a_round(self):
        hall = make_hall(people=0)
        with pytest.raises(NotNow, match="workshop on this round already"):
            workshops.start_workshop(by=hall.by, round=hall.round)
        assert Workshop.objects.count() == 1

    def test_the_code_has_six_signs_that_are_not_mistaken(self):
        code = make_hall(people=0).workshop.code
        assert len(code) == 6
        assert not set(code) & set("O0I1")

    def test_members_added_meanwhile_get_no_mail(self):
        from tests.factories import MembershipFactory

        hall = make_hall(people=0)
        MembershipFactory(partnership=hall.place.partnership)
        made = invitations.invite(by=hall.by, round=hall.round)
        assert [each.mail_due for each in made] == [""]

    @pytest.mark.parametrize(
        "refused",
        [
            lambda hall: rounds.close_round(by=hall.by, round=hall.round),
            lambda hall: rounds.reveal_round(by=hall.by, round=hall.round),
            lambda hall: rounds.reopen_round(by=hall.by, round=hall.round, reason="Because"),
            lambda hall: invitations.remind(by=hall.by, round=hall.round),
            lambda hall: rounds.change_round(by=hall.by, round=hall.round, grouping="sector"),
            lambda hall: rounds.change_round(by=hall.by, round=hall.round, least_number=9),
        ],
    )
    def test_the_round_keeps_its_rules_while_the_room_rates(self, refused):
        hall = make_hall(people=0)
        before = Round.objects.values().get()
        with pytest.raises(NotNow, match="rated in the room"):
            refused(hall)
        assert Round.objects.values().get() == before

    def test_only_an_open_round_is_rated_in_the_room(self):
        round = make_round(make_place().partnership)
        with pytest.raises(IntegrityError, match="round_in_room_is_open"), transaction.atomic():
            Round.objects.filter(pk=round.pk).update(is_in_room=True)


class TestTheWay:
    def test_from_reading_to_agreed(self):
        hall = make_hall(people=6)
        assert hall.fresh().action.number == 1
        hall.reveal(1, 1, 2, 3, 4, 5, "dk")
        assert queries.room.taken(hall.fresh())[1].whole == analysis.Distribution((1, 1, 1, 1, 1), 1)
        hall.agree(1, 3, " We differ by place. ")
        agreed = AgreedRating.objects.get()
        assert (agreed.level, agreed.why, agreed.revision, agreed.agreed_by) == (
            3, "We differ by place.", 1, f"user:{hall.by.pk}",
        )  # fmt: skip
        hall.agree(1, 4, "After all")
        assert AgreedRating.objects.get().revision == 2
        hall.agree(1, None)
        assert not AgreedRating.objects.exists()

    def test_any_order_back_and_skip(self):
        hall = make_hall(people=6)
        hall.reveal(7, 3, 3, 3, 3, 3, 3)
        hall.go_to(2)
        hall.move("start")
        hall.go_to(7)
        assert (hall.stage(7), hall.stage(2), hall.stage(1)) == ("revealed", "rating", "reading")
        assert hall.fresh().action.number == 7

    def test_a_level_can_be_agreed_without_a_reveal_and_at_the_end(self):
        hall = make_hall(people=2)
        hall.agree(3, 2, "By talking")
        hall.move("end")
        hall.agree(4, 5)
        assert dict(AgreedRating.objects.values_list("action__number", "level")) == {3: 2, 4: 5}

    def test_covering_and_going_on_uncovers(self):
        hall = make_hall(people=6)
        hall.reveal(1, 3, 3, 3, 3, 3)
        hall.move("hide")
        assert hall.fresh().is_covered
        hall.move("unhide")
        assert not hall.fresh().is_covered
        hall.move("hide")
        hall.go_to(2)
        assert not hall.fresh().is_covered
        with pytest.raises(NotNow, match="Nothing has been revealed"):
            hall.move("hide")

    def test_the_timer(self, settings):
        hall = make_hall(people=0)
        workshops.set_timer(by=hall.by, workshop=hall.workshop, minutes=5, seen=hall.seen)
        left = hall.fresh().timer_ends_at - hall.fresh().started_at
        assert 299 < left.total_seconds() < 400
        workshops.set_timer(by=hall.by, workshop=hall.workshop, minutes=0, seen=hall.seen)
        assert hall.fresh().timer_ends_at is None

    @pytest.mark.parametrize(
        ("before", "refused"),
        [
            ([], "reveal"),
            ([], "again"),
            ([], "show"),
            ([], "resume"),
            ([], "finish"),
            ([], "begin"),
            (["start"], "start"),
            (["start"], "stop_again"),
            (["end"], "start"),
            (["end"], "end"),
        ],
    )
    def test_wrong_moves_are_refused_in_a_sentence(self, before, refused):
        hall = make_hall(people=6)
        hall.move(*before)
        rows = list(Workshop.objects.values()), list(hall.workshop.actions.values())
        with pytest.raises(NotNow, match=r"\.$"):
            hall.move(refused)
        assert rows == (list(Workshop.objects.values()), list(hall.workshop.actions.values()))

    def test_rating_again_is_done_once(self):
        hall = make_hall(people=6)
        hall.reveal(1, 1, 1, 1, 5, 5, 5)
        hall.move("again", "stop_again")
        hall.again(1, 3, 3, 3, 3, 3, 3)
        with pytest.raises(NotNow, match="once"):
            hall.move("again")


class TestTwoWhoLead:
    MOVES = (
        lambda hall, seen: workshops.move(by=hall.by, workshop=hall.workshop, name="start", seen=seen),
        lambda hall, seen: workshops.move(by=hall.by, workshop=hall.workshop, name="end", seen=seen),
        lambda hall, seen: workshops.go_to(by=hall.by, workshop=hall.workshop, number=5, seen=seen),
        lambda hall, seen: workshops.set_timer(by=hall.by, workshop=hall.workshop, minutes=2, seen=seen),
        lambda hall, seen: workshops.agree(
            by=hall.by, workshop=hall.workshop, number=1, level=2, why="", seen=seen
        ),
        lambda hall, seen: workshops.finish(by=hall.by, workshop=hall.workshop, seen=seen),
    )

    @pytest.mark.parametrize("change", MOVES)
    def test_an_older_screen_changes_nothing(self, change):
        hall = make_hall(people=2)
        seen = hall.seen
        hall.go_to(9)
        rows = list(Workshop.objects.values())
        with pytest.raises(MovedOn) as moved:
            change(hall, seen)
        assert moved.value.workshop.action.number == 9
        assert list(Workshop.objects.values()) == rows
        assert not AgreedRating.objects.exists()

    def test_a_rating_makes_no_screen_of_the_lead_old(self):
        hall = make_hall(people=6)
        hall.move("start")
        seen = hall.seen
        hall.rate(1, 1, 2, 3, 4, 5)
        workshops.move(by=hall.by, workshop=hall.workshop, name="reveal", seen=seen)
        assert hall.stage(1) == "revealed"


class TestSmallRooms:
    def test_too_few_are_not_revealed_and_the_lead_is_told_how_many_more(self):
        hall = make_hall(people=6)
        hall.move("start")
        hall.rate(1, 1, 5, 3)
        with pytest.raises(NotNow, match=r"^2 more people have to rate"):
            hall.move("reveal")
        hall.rate(1, 1, 5, 3, 4)
        with pytest.raises(NotNow, match=r"^1 more person has to rate"):
            hall.move("reveal")
        assert not RevealedCounts.objects.exists()
        assert hall.stage(1) == "rating"

    @pytest.mark.parametrize("said", [("dk", "dk", "dk", 4), (4, 4, 4, 4), ("dk",) * 4])
    def test_what_is_missing_gives_no_dont_knows_away(self, said):
        """It waited for levels: whoever asked after each rating read who said don't know."""
        hall = make_hall(people=6)
        hall.move("start")
        hall.rate(1, *said)
        with pytest.raises(NotNow, match=r"^1 more person has to rate"):
            hall.move("reveal")
        hall.rate(1, *said, 3)
        hall.move("reveal")
        assert hall.stage(1) == "revealed"

    def test_a_reveal_of_few_levels_shows_and_keeps_nothing_and_the_results_neither(self):
        hall = make_hall(people=6)
        hall.reveal(1, "dk", "dk", 4, 4, 4, 4)
        kept = RevealedCounts.objects.get().data
        assert (kept["whole"], kept["groups"], kept["pooled"]) == (None, [], None)
        assert counted(hall.finish()).actions[0].whole is None

    def test_the_room_can_rate_it_again_and_no_movement_speaks_of_what_was_hidden(self):
        hall = make_hall(people=6)
        hall.reveal(1, "dk", "dk", 4, 4, 4, 4)
        hall.again(1, 3, 3, 3, 4, 4, 5)
        second = queries.results.second(hall.fresh())[1]
        assert (second.distribution.counts, second.change) == ((0, 0, 3, 2, 1), None)
        assert counted(hall.finish()).actions[0].whole is None

    def test_few_levels_the_second_time_leave_the_first_standing(self):
        hall = make_hall(people=6)
        hall.reveal(1, 1, 1, 1, 5, 5, 5)
        hall.again(1, 3, 3, 3, 3, "dk", "dk")
        assert hall.stage(1) == "revealed_again"
        assert not RevealedCounts.objects.filter(layer="second").exists()
        assert counted(hall.finish()).actions[0].whole.counts == (3, 0, 0, 0, 3)

    def test_a_named_round_shows_few(self):
        hall = make_hall(people=2, confidentiality="named")
        hall.reveal(1, 1, 5)
        assert queries.room.taken(hall.fresh())[1].whole.n == 2

    def test_the_second_layer_needs_enough_too(self):
        hall = make_hall(people=6)
        hall.reveal(1, 1, 1, 1, 5, 5, 5)
        hall.move("again")
        hall.rate(1, 3, 3, 3, 3)
        with pytest.raises(NotNow, match=r"^1 more person has to rate"):
            hall.move("reveal_again")
        hall.move("stop_again")
        assert not RevealedCounts.objects.filter(layer="second").exists()

    def test_a_higher_least_number_is_kept(self):
        hall = make_hall(people=7, least_number=7)
        hall.move("start")
        hall.rate(1, 1, 2, 3, 4, 5, 5)
        with pytest.raises(NotNow, match=r"^1 more person has to rate"):
            hall.move("reveal")


class TestFinishing:
    def test_the_round_closes_with_what_was_seen_and_the_rest(self):
        hall = make_hall(people=6, guests=1)
        hall.reveal(1, 1, 2, 3, 4, 5, "dk", 5)
        hall.go_to(2)
        hall.move("start")
        hall.rate(2, 2, 2, 2, 2, 2, 2)
        hall.go_to(3)
        hall.move("start")
        hall.rate(3, 5, 5)
        round = hall.finish()
        assert (round.state, round.is_in_room) == ("revealed", False)
        assert round.closed_by == round.revealed_by == f"user:{hall.by.pk}"
        found = counted(round)
        assert found.actions[0].whole == analysis.Distribution((1, 1, 1, 1, 2), 1)
        assert found.actions[1].whole.counts == (0, 6, 0, 0, 0)
        assert found.actions[2].whole is None  # of too few nothing is kept
        turnout = found.turnout
        assert (turnout.invited, turnout.answered, turnout.guests) == (9, 6, 1)
        assert hall.fresh().code == ""

    def test_counts_taken_at_the_reveal_are_those_of_the_results(self):
        hall = make_hall(people=6, guests=2)
        hall.reveal(1, 1, 2, 3, 4, 5, 1, 2, 2)
        seen = queries.room.taken(hall.fresh())[1]
        assert counted(hall.finish()).actions[0] == seen

    def test_guests_are_in_no_group(self):
        hall = make_hall(people=8, guests=5, members=12)
        hall.come(12)
        hall.reveal(1, *[1, 1, 2, 2] * 3, 3, 3, 4, 5, 5)
        action = counted(hall.finish()).actions[0]
        assert action.whole.n == 17
        assert {group.name: group.distribution.n for group in action.groups} == {
            "Moorside Carers": 6,
            "NHS": 6,
        }
        assert action.pooled.counts == (0, 0, 2, 1, 2)

    def test_a_group_that_comes_later_is_named_and_hidden_in_what_was_shown_before(self):
        hall = make_hall(people=0)
        carers = hall.place.members[::2]
        hall.place.members.sort(key=lambda member: member in carers, reverse=True)
        hall.come(4, guests=3)
        hall.reveal(1, 1, 2, 3, 4, 5, 5, 5)
        hall.come(8)
        hall.reveal(2, *[3] * 11)
        first = counted(hall.finish()).actions[0]
        assert {name for _key, name in first.hidden_groups} == {"Moorside Carers", "NHS"}
        assert first.whole.n == 7

    def test_comments_there_are_come_along(self):
        hall = make_hall(people=6)
        hall.move("start")
        hall.rate(1, 1, 2, 3, 4, 5, 5)
        Rating.objects.filter(level=1).update(comment="Said before")
        hall.move("reveal")
        hall.finish()
        assert [comment.text for comment in Comment.objects.all()] == ["Said before"]

    def test_walking_through_leaves_the_counts_as_they_were(self):
        place = make_place(people=6)
        hall = make_hall(
            people=6,
            guests=1,
            place=place,
            state="shared",
            answers=everybody(place.members[:5], 1, 1, 1, 5, 5),
        )
        before = RoundCounts.objects.values().get()
        hall.move("show", "again")
        hall.rate(1, 3, 3, 3, 3, 3, 3, 3)
        hall.move("reveal_again")
        hall.finish()
        assert RoundCounts.objects.values().get() == before
        assert hall.round.state == "shared"
        assert queries.results.second(hall.fresh())[1].distribution.counts == (0, 0, 7, 0, 0)

    def test_the_trail_names_moves_and_no_answers(self):
        hall = make_hall(people=6)
        hall.reveal(1, 1, 1, 1, 1, 1, 1)
        hall.agree(1, 2, "Somebody said a thing")
        hall.finish()
        events = list(AuditEvent.objects.filter(target_kind="workshop").order_by("pk"))
        said = [event.event for event in events if event.event != "answered"]
        assert said == [
            "workshop started", "workshop moved", "workshop moved", "workshop moved", "workshop moved",
            "level agreed", "workshop moved", "workshop finished",
        ]  # fmt: skip
        assert {(e.before, e.after) for e in events if e.event == "answered"} == {(None, None)}
        assert "Somebody" not in str([(e.before, e.after) for e in events])


def test_a_link_rates_again_in_the_next_round_as_ever():
    hall = make_hall(people=6)
    hall.finish()
    round = make_round(hall.place.partnership, by=hall.by, state="open", title="Spring 2027")
    assert rate(round, hall.place.members[0], {1: 4}).answered_at


def test_guests_of_a_named_round_have_a_number_beside_their_ratings():
    hall = make_hall(people=2, guests=1, confidentiality="named")
    hall.reveal(1, 1, 2, 5)
    found = dict(named_ratings(hall.finish(), wording(hall.round.edition_id, "en")))
    assert {name: said[0] for name, said in found.items()} == {"Guest 1": 5, "Sam Tarn 0": 1, "Sam Tarn 1": 2}
