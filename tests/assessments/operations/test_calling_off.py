"""A workshop started by mistake is called off: as if it had not been, as far as that can be."""

import pytest
from django.urls import reverse

from assessments.models import (
    AgreedRating,
    Invitation,
    Rating,
    Response,
    Round,
    Seat,
    Workshop,
    WorkshopAction,
)
from assessments.operations import erasure, room, rounds, workshops
from assessments.operations.workshops import MovedOn
from assessments.policies.base import NotNow
from partnerships.models import Participant
from partnerships.models.audit import AuditEvent
from tests.assessments.round_room import make_place, words
from tests.assessments.workshop_room import make_hall
from tests.factories import everybody, make_round, make_step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


def call_off(hall):
    name = "break_off" if hall.fresh().state == "running" else "call_off"
    return workshops.call_off(by=hall.by, workshop=hall.workshop, name=name, seen=hall.seen)


def walk(state="open", **more):
    place = make_place(people=6)
    answers = everybody(place.members, 1, 2, 3, 4, 5, 5)
    return make_hall(people=2, place=place, state=state, answers=answers, **more)


class TestARoom:
    def test_from_the_lobby_the_round_is_a_draft_as_it_was(self):
        place = make_place()
        before = Round.objects.values().get(pk=make_round(place.partnership, by=place.by).pk)
        round = Round.objects.get()
        workshop = workshops.start_workshop(by=place.by, round=round)
        workshops.call_off(by=place.by, workshop=workshop, name="call_off", seen=workshop.revision)
        assert Round.objects.values().get() == before
        assert not Invitation.objects.exists()

    def test_what_was_rated_goes_and_the_phones_keep_their_seat_to_be_told(self):
        hall = make_hall(people=5, guests=1)
        hall.move("start")
        hall.rate(1, 1, 2, 3, 4, 5, 5)
        workshop = call_off(hall)
        assert (workshop.state, workshop.code) == ("called_off", "")
        assert workshop.finished_by == f"user:{hall.by.pk}"
        assert hall.round.state == "draft"
        assert not Rating.objects.exists()
        assert not Response.objects.exists()
        assert Seat.objects.filter(state="in").count() == 6

    def test_nobody_rates_joins_or_leads_any_more(self):
        hall = make_hall(people=2)
        hall.move("start")
        call_off(hall)
        for refused in (
            lambda: hall.rate(1, 3),
            lambda: room.join(workshop=hall.workshop, email=hall.place.members[3].email, device="new"),
            lambda: room.join_as_guest(workshop=hall.workshop, device="new"),
            lambda: hall.move("resume"),
            lambda: hall.agree(1, 3),
            lambda: call_off(hall),
        ):
            with pytest.raises(NotNow):
                refused()
        assert not Rating.objects.exists()

    def test_another_workshop_can_be_started_with_another_code(self):
        hall = make_hall(people=2, guests=1)
        code = hall.workshop.code
        call_off(hall)
        people = Participant.objects.filter(membership__isnull=False).count()
        again = workshops.start_workshop(by=hall.by, round=hall.round)
        assert again.code not in ("", code)
        assert Workshop.objects.get() == again
        assert not Seat.objects.exists()
        assert WorkshopAction.objects.count() == 11
        assert Participant.objects.count() == people  # the guest is gone

    def test_the_draft_can_be_opened_by_link_or_deleted_instead(self):
        hall = make_hall(people=1)
        call_off(hall)
        assert rounds.open_round(by=hall.by, round=hall.round).state == "open"
        assert set(Invitation.objects.values_list("mail_due", flat=True)) == {"invitation"}
        other = make_hall(people=1, place=make_place(town="Southmoor"))
        call_off(other)
        rounds.delete_draft(by=other.by, round=other.round)
        assert not Round.objects.filter(pk=other.workshop.round_id).exists()

    def test_the_trail_says_so(self):
        hall = make_hall(people=1, begin=False)
        call_off(hall)
        said = list(AuditEvent.objects.order_by("pk").values_list("event", flat=True))
        assert said[-2:] == ["round a draft again", "workshop called off"]


class TestAWalk:
    def test_an_open_round_stays_closed_and_can_be_opened_again(self):
        hall = walk(begin=False)
        assert hall.round.state == "closed"
        call_off(hall)
        assert hall.round.state == "closed"
        assert Rating.objects.count() == 66
        again = rounds.reopen_round(by=hall.by, round=hall.round, reason="Started by mistake")
        assert again.state == "open"

    def test_results_open_when_it_begins_and_stay_open(self):
        hall = walk(state="closed", begin=False)
        assert hall.round.revealed_at is None
        hall.move("begin")
        assert hall.round.state == "revealed"
        call_off(hall)
        assert hall.round.state == "revealed"
        assert workshops.start_workshop(by=hall.by, round=hall.round).mode == "walk"

    def test_one_opened_again_in_the_lobby_is_closed_when_it_begins(self):
        hall = walk(begin=False)
        rounds.reopen_round(by=hall.by, round=hall.round, reason="The NHS is late")
        hall.move("begin")
        assert hall.round.state == "revealed"
        hall.move("show")
        assert hall.stage(1) == "revealed"

    def test_steps_decided_before_stand_in_no_way(self):
        place = make_place(people=6)
        answers = everybody(place.members, 1, 2, 3, 4, 5, 5)
        round = make_round(place.partnership, by=place.by, state="shared", answers=answers)
        make_step(place.partnership, round=round)
        workshop = workshops.start_workshop(by=place.by, round=round)
        workshops.call_off(by=place.by, workshop=workshop, name="call_off", seen=workshop.revision)
        assert Workshop.objects.get().state == "called_off"


class TestRefused:
    def refused(self, hall):
        rows = [
            list(model.objects.order_by("pk").values()) for model in (Workshop, Round, Rating, AgreedRating)
        ]
        with pytest.raises(NotNow, match="finish the workshop instead"):
            call_off(hall)
        assert rows == [
            list(model.objects.order_by("pk").values()) for model in (Workshop, Round, Rating, AgreedRating)
        ]

    def test_once_the_room_has_seen_ratings(self):
        hall = make_hall(people=6)
        hall.reveal(1, 1, 2, 3, 4, 5, 5)
        hall.go_to(2)
        self.refused(hall)

    def test_once_a_walk_has_shown_an_action(self):
        hall = walk()
        hall.move("show")
        self.refused(hall)

    def test_once_a_level_is_agreed(self):
        hall = make_hall(people=2)
        hall.agree(1, 3)
        self.refused(hall)

    def test_once_a_next_step_is_decided(self):
        hall = make_hall(people=2)
        workshops.decide_step(by=hall.by, workshop=hall.workshop, number=1, text="Meet outdoors")
        self.refused(hall)

    def test_at_the_end(self):
        hall = make_hall(people=2)
        hall.move("end")
        with pytest.raises(NotNow):
            call_off(hall)

    def test_from_an_older_screen(self):
        hall = make_hall(people=2)
        seen = hall.seen
        hall.go_to(3)
        with pytest.raises(MovedOn):
            workshops.call_off(by=hall.by, workshop=hall.workshop, name="break_off", seen=seen)

    def test_a_round_open_by_link_never_becomes_a_draft(self):
        place = make_place()
        round = make_round(place.partnership, by=place.by, state="open")
        with pytest.raises(NotNow, match="not being rated in the room"):
            rounds.take_back_draft(by=place.by, round=round)


def test_somebody_erased_afterwards_leaves_the_seat_empty():
    hall = make_hall(people=2)
    call_off(hall)
    erasure.erase_person(by=hall.by, membership=hall.place.members[0])
    assert Seat.objects.count() == 1


class TestTheScreens:
    def url(self, name, hall):
        return reverse(f"assessments:{name}", args=[hall.workshop.pk])

    def test_the_control_leads_there_until_the_room_has_seen_something(self):
        hall = make_hall(people=6)
        there = self.url("workshop_call_off", hall)
        assert there in hall.place.web.get(self.url("workshop", hall)).content.decode()
        hall.reveal(1, 1, 2, 3, 4, 5, 5)
        assert there not in hall.place.web.get(self.url("workshop", hall)).content.decode()
        refused = hall.place.web.get(there)
        assert refused.status_code == 409
        assert "Go to the end and finish the workshop instead" in words(refused)

    def test_the_page_says_what_is_thrown_away_and_does_it(self):
        hall = make_hall(people=3)
        hall.move("start")
        hall.rate(1, 1, 2)
        there = self.url("workshop_call_off", hall)
        page = words(hall.place.web.get(there))
        assert "The round is a draft again" in page
        assert "What 2 people have rated is thrown away." in page
        assert "3 people are in the room" in page
        done = hall.place.web.post(there, {"seen": hall.seen}, follow=True)
        assert "The workshop was called off" in words(done)
        assert hall.round.get_absolute_url() in done.content.decode()
        round_page = hall.place.web.get(hall.round.get_absolute_url()).content.decode()
        assert reverse("assessments:workshop_start", args=[hall.round.pk]) in round_page

    @pytest.mark.parametrize(
        ("state", "begin", "said"),
        [
            ("open", False, "The round stays closed, and nobody has seen a result"),
            ("closed", True, "The results have been opened and stay so"),
        ],
    )
    def test_the_page_for_a_walk(self, state, begin, said):
        hall = walk(state=state, begin=begin)
        page = words(hall.place.web.get(self.url("workshop_call_off", hall)))
        assert said in page
        assert "thrown away" not in page

    def test_an_old_page_changes_nothing(self):
        hall = make_hall(people=2, begin=False)
        seen = hall.seen
        hall.move("begin")
        moved = hall.place.web.post(self.url("workshop_call_off", hall), {"seen": seen})
        assert moved.status_code == 409
        assert "You wanted Call the workshop off" in words(moved)
        assert hall.fresh().state == "running"

    def test_every_screen_says_so_and_stops_asking(self, client):
        hall = make_hall(people=1)
        client.post(reverse("assessments:room_join", args=[hall.workshop.code]), {"as": "guest"})
        phone = reverse("assessments:room", args=[hall.workshop.pk])
        call_off(hall)
        pages = [
            hall.place.web.get(self.url(f"workshop{name}", hall))
            for name in ("", "_projector", "_one_screen")
        ]
        for page in (*pages, client.get(phone)):
            assert "called off" in words(page)
            assert "data-over" in page.content.decode()
        assert "You have done nothing wrong" in words(client.get(phone))
