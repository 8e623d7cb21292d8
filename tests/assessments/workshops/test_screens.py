"""What the screens of a workshop show, and what they never do."""

from dataclasses import asdict

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments import readings
from assessments.analysis import ChangeReading, Counts, Verdict
from assessments.operations import room, workshops
from assessments.workshops import words
from assessments.workshops.phone import find_phone
from assessments.workshops.prompts import Pattern, patterns, prompts
from assessments.workshops.screens import screen
from tests.assessments.round_room import make_place
from tests.assessments.views.test_room import join
from tests.assessments.workshop_room import make_hall, say
from tests.factories import everybody, make_round

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


def look(hall, **more):
    return screen(hall.workshop, "en-gb", **more)


class TestBefore:
    def test_the_lobby(self):
        hall = make_hall(people=3, guests=1, begin=False)
        seen = look(hall)
        assert (seen.state, seen.mode, seen.code) == ("lobby", "room", hall.workshop.code)
        assert (seen.people.here, seen.people.guests, seen.current, seen.worth) == (4, 1, None, None)
        assert len(seen.steps) == 11
        assert not any(step.is_current for step in seen.steps)

    def test_how_many_have_rated_and_nothing_else(self):
        hall = make_hall(people=6, guests=1)
        hall.move("start")
        hall.rate(1, 5, 5, 5, "dk")
        seen = look(hall, for_lead=True).current
        assert (seen.stage, seen.rated, seen.present, seen.needed) == ("rating", 4, 7, 1)
        assert (seen.first, seen.second, seen.movement, seen.last_median, seen.suggested) == (None,) * 5
        assert seen.prompts == seen.words.prompts

    @pytest.mark.parametrize("for_lead", [False, True])
    def test_the_screen_is_the_same_whatever_was_rated(self, for_lead):
        """The strongest way to say that nothing of a hidden action is in it."""
        seen = []
        hall = make_hall(people=6)
        hall.move("start")
        unknown = ["dk"] * 5
        for said in (
            [1, 1, 1, 1, 1, 1],
            [5, 1, 5, 1, 5, 3],
            [2, 3, 4, 5, 5, 4],
            [*unknown, 4],
            [4, *unknown],
        ):
            hall.rate(1, *said)
            found = asdict(look(hall, for_lead=for_lead))
            found.pop("count_revision")
            seen.append(found)
        assert len(seen) == 5
        assert all(each == seen[0] for each in seen)

    def test_who_rated_and_left_is_still_of_those_who_could(self):
        hall = make_hall(people=6)
        hall.move("start")
        hall.rate(1, 1, 2, 3)
        room.leave(seat=hall.seats[0])
        current = look(hall).current
        assert (current.rated, current.present) == (3, 6)

    def test_names_are_for_the_lead_and_only_of_those_who_ask(self):
        hall = make_hall(people=2, guests=1)
        room.join(workshop=hall.workshop, email=hall.place.members[0].email, device="laptop")
        for_all, for_lead = look(hall), look(hall, for_lead=True)
        assert "Sam" not in str(for_all)
        assert [name for _pk, name in for_lead.people.asking] == ["Sam Tarn 0"]
        assert [number for _pk, number in for_lead.people.guest_seats] == [1]
        assert (for_all.people.asking, for_all.people.guest_seats) == ((), ())


class TestRevealed:
    def test_the_distribution_and_what_is_read_from_it(self):
        hall = make_hall(people=6)
        hall.reveal(1, 1, 1, 1, 5, 5, "dk")
        first = look(hall).current.first
        assert (first.counts, first.n, first.dont_know) == ((3, 0, 0, 0, 2), 5, 1)
        assert (first.mean, first.median, first.verdict) == (2.6, 1.0, Verdict.SPLIT)
        assert readings.results.agreement(first) == "Split"
        assert readings.results.readings(first) == ("needs_attention", "split")
        assert look(hall).current.suggested == 1

    def test_a_baseline_has_no_band(self):
        hall = make_hall(people=5, is_baseline=True)
        hall.reveal(1, 1, 1, 1, 1, 1)
        assert look(hall).current.first.band is None

    def test_nothing_is_suggested_between_two_levels(self):
        hall = make_hall(people=6)
        hall.reveal(1, 1, 1, 1, 2, 2, 2)
        assert (look(hall).current.first.median, look(hall).current.suggested) == (1.5, None)

    def test_rating_again_hides_the_second_until_it_is_revealed(self):
        hall = make_hall(people=7)
        hall.reveal(1, 1, 1, 1, 1, 1, 1, 1)
        hall.move("again")
        hall.rate(1, 4, 4, 4)
        current = look(hall).current
        assert (current.stage, current.rated, current.present, current.needed) == ("rating_again", 3, 7, 2)
        assert current.first.counts == (7, 0, 0, 0, 0)
        assert (current.second, current.movement) == (None, None)

    def test_few_levels_are_hidden_and_few_the_second_time_leave_the_first(self):
        hall = make_hall(people=7)
        hall.reveal(1, 1, 1, 1, 1, "dk", "dk", "dk")
        current = look(hall).current
        assert (current.first, current.is_hidden, current.is_hidden_again) == (None, True, False)
        hall.reveal(2, 1, 1, 1, 1, 1, 1, 1)
        hall.again(2, 4, 4, 4, 4, "dk", "dk", "dk")
        current = look(hall).current
        assert (current.first.counts, current.second, current.movement) == ((7, 0, 0, 0, 0), None, None)
        assert (current.is_hidden, current.is_hidden_again) == (False, True)

    def test_movement_where_everybody_rated_twice(self):
        hall = make_hall(people=12, members=12)
        hall.reveal(1, *[1] * 10, 3, 3)
        hall.again(1, *[4] * 10, 3, 3)
        current = look(hall).current
        moved = current.movement
        assert (moved.matched, moved.higher, moved.lower_at_most) == (12, 10, 1)
        assert (moved.reading, moved.hidden) == (ChangeReading.HIGHER, False)
        assert current.second.counts == (0, 0, 2, 10, 0)
        assert current.suggested == 4

    def test_movement_is_hidden_where_few_came_or_went(self):
        hall = make_hall(people=7)
        hall.reveal(1, 1, 1, 1, 1, 1, 1)
        hall.again(1, 4, 4, 4, 4, 4, 4, 5)
        moved = look(hall).current.movement
        assert (moved.counts, moved.hidden, moved.reading) == (Counts(), True, ChangeReading.NO_CLEAR_CHANGE)

    def test_what_somebody_else_says_in_a_name_does_not_move_it(self):
        """The lead lets a second device in as a member, and rates for them."""
        hall = make_hall(people=12, members=12)
        hall.reveal(1, *[2, 3] * 6)
        room.leave(seat=hall.seats[0])
        taken = room.join(workshop=hall.workshop, email=hall.place.members[0].email, device="another")
        hall.go_to(1)
        hall.move("again")
        hall.rate(1, *[4] * 11, seats=hall.seats[1:])
        hall.rate(1, 1, seats=[taken])
        hall.move("reveal_again")
        moved = look(hall).current.movement
        assert (moved.matched, moved.reading) == (None, ChangeReading.TOO_FEW)

    def test_covered_is_covered_for_everybody(self):
        hall = make_hall(people=6)
        hall.reveal(1, 5, 5, 5, 5, 5, 5)
        hall.again(1, 4, 4, 4, 4, 4, 4)
        hall.move("hide")
        for for_lead in (False, True):
            current = look(hall, for_lead=for_lead).current
            assert (current.first, current.second, current.movement, current.suggested) == (None,) * 4
            assert current.prompts == current.words.prompts
        assert look(hall).is_covered

    def test_agreed_levels_are_on_the_stepping_stones(self):
        hall = make_hall(people=1)
        hall.agree(2, 4, "Because")
        seen = look(hall)
        assert [step.agreed for step in seen.steps][:3] == [None, 4, None]
        hall.go_to(2)
        assert (look(hall).current.agreed.level, look(hall).current.agreed.why) == (4, "Because")


class TestTheLastRound:
    def last(self, hall):
        hall.reveal(1, 3, 3, 3, 3, 3, 3)
        current = look(hall).current
        return current.last_title, current.last_median

    def before(self, levels=(2, 2, 2, 2, 2, 4), **settings):
        place = make_place(people=8)
        rated = everybody(place.members[: len(levels)], *levels)
        make_round(place.partnership, by=place.by, state="shared", answers=rated, title="Before", **settings)
        return place

    def test_its_median_comes_with_the_reveal(self):
        hall = make_hall(people=6, place=self.before())
        assert look(hall).current.last_median is None
        assert self.last(hall) == ("Before", 2.0)

    def test_not_where_it_was_hidden(self):
        assert self.last(make_hall(people=6, place=self.before(levels=(1, 1, 1, 1)))) == ("", None)

    def test_not_of_another_confidentiality(self):
        assert self.last(make_hall(people=6, place=self.before(confidentiality="named"))) == ("", None)

    def test_not_of_another_partnership(self):
        self.before()
        assert self.last(make_hall(people=6, place=make_place(people=6, town="Southmoor"))) == ("", None)


class TestWalking:
    def hall(self, levels=(1, 1, 1, 5, 5, 5), **more):
        place = make_place(people=8)
        rated = everybody(place.members[: len(levels)], *levels)
        return make_hall(people=7, place=place, state="revealed", answers=rated, **more)

    def test_nothing_before_it_is_shown(self):
        hall = self.hall()
        assert look(hall).current.first is None
        hall.move("show")
        assert look(hall).current.first.counts == (3, 0, 0, 0, 3)

    def test_what_was_rated_by_too_few_is_not_shown(self):
        hall = self.hall(levels=(1, 1, 1, 1))
        hall.move("show")
        current = look(hall).current
        assert (current.is_hidden, current.first, current.suggested) == (True, None, None)
        assert current.prompts[0].startswith("Too few have rated this")

    def test_what_the_room_rates_again_is_shown_though_too_few_had_rated_it_at_first(self):
        hall = self.hall(levels=(1, 1, 1, 1))
        phone = join(hall)
        hall.move("show")
        hall.again(1, 3, 3, 3, 4, 4, 4, 5)
        current = look(hall).current
        assert (current.is_hidden, current.first, current.movement) == (False, None, None)
        assert current.shown.counts == (0, 0, 3, 3, 1)
        assert words.figures(current) == "Median 4"
        lead = hall.place.web
        for browser, name in ((lead, "workshop"), (lead, "workshop_projector"), (phone, "room")):
            page = browser.get(reverse(f"assessments:{name}", args=[hall.workshop.pk])).content.decode()
            assert "Too few rated this to show it" not in page
            assert "Median 4" in page
        hall.move("hide")
        assert (look(hall).current.shown, look(hall).current.is_hidden) == (None, False)

    def test_nor_is_movement_from_it(self):
        hall = self.hall(levels=(1, 1, 1, 1))
        hall.move("show", "again")
        hall.rate(1, 5, 5, 5, 5, 5, 5, 5)
        hall.move("reveal_again")
        current = look(hall).current
        assert (current.first, current.movement) == (None, None)
        assert current.second.n == 7


class TestTheEnd:
    def test_votes_are_a_number_until_it_is_over(self):
        hall = make_hall(people=6)
        hall.move("end")
        for seat, worth in zip(hall.seats, (5, 5, 4, 4, 5, 1), strict=True):
            room.vote(seat=seat, worth=worth)
        assert (look(hall).worth.n, look(hall).worth.counts, look(hall).current) == (6, None, None)
        hall.move("finish")
        assert (look(hall).worth.n, look(hall).worth.counts) == (6, (1, 0, 0, 2, 3))
        assert look(hall).code == ""


def said(seat):
    phone = find_phone(seat.workshop_id, seat.device_hash)
    return phone.level, phone.dont_know


class TestOwn:
    def test_a_phone_sees_what_it_said_in_the_layer_rated_now(self):
        hall = make_hall(people=6)
        hall.move("start")
        seat = hall.seats[0]
        assert said(seat) == (None, None)
        say(seat, 1, 4)
        assert said(seat) == (4, False)
        hall.rate(1, 4, 3, 3, 3, 3)
        hall.move("reveal", "again")
        assert said(seat) == (None, None)
        say(seat, 1, "dk")
        assert said(seat) == (None, True)

    def test_another_device_of_the_same_member_does_not(self):
        hall = make_hall(people=1)
        hall.move("start")
        say(hall.seats[0], 1, 4)
        second = room.join(workshop=hall.workshop, email=hall.place.members[0].email, device="laptop")
        second = workshops.admit(by=hall.by, seat=second)
        assert said(second) == (None, None)


@pytest.mark.parametrize("for_lead", [False, True])
def test_the_number_of_queries_does_not_grow_with_people(for_lead):
    counts = []
    for people in (6, 12):
        hall = make_hall(people=people, guests=people, members=people, place=make_place(people, f"T{people}"))
        hall.reveal(1, *[3] * 2 * people)
        hall.again(1, *[4] * 2 * people)
        look(hall, for_lead=for_lead)
        with CaptureQueriesContext(connection) as queries:
            look(hall, for_lead=for_lead)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 11


class TestPrompts:
    @pytest.mark.parametrize(
        ("verdict", "n", "dont_know", "found"),
        [
            (Verdict.SPLIT, 8, 0, (Pattern.SPLIT,)),
            (Verdict.SPLIT, 8, 2, (Pattern.SPLIT, Pattern.MANY_DONT_KNOW)),
            (Verdict.AGREED_STRONG, 8, 2, (Pattern.MANY_DONT_KNOW, Pattern.AGREED_HIGH)),
            (Verdict.AGREED_STRONG, 9, 2, (Pattern.AGREED_HIGH,)),
            (Verdict.AGREED_WEAK, 8, 0, (Pattern.AGREED_LOW,)),
            (Verdict.LONE_VOICE, 8, 0, (Pattern.LONE_VOICE,)),
            (Verdict.TOO_FEW, 0, 0, (Pattern.TOO_FEW,)),
        ],
    )
    def test_the_most_telling_comes_first(self, verdict, n, dont_know, found):
        assert patterns(verdict, n=n, dont_know=dont_know) == found

    @pytest.mark.parametrize("verdict", Verdict)
    @pytest.mark.parametrize("dont_know", [0, 9])
    def test_two_or_three_and_each_a_question_or_an_invitation(self, verdict, dont_know):
        class Shown:
            n = 9

        Shown.verdict, Shown.dont_know = verdict, dont_know
        texts = prompts(Shown)
        assert 2 <= len(texts) <= 3
        assert len(set(texts)) == len(texts)
        assert all(text[-1] in ".?" for text in texts)
