"""Two who lead, each with the screen they last saw, and people who come, rate and leave, in any order.

Whatever they do: what was revealed never changes, an old screen changes nothing, the counts are those of
what was rated, a code opens the door only until the end, and a workshop that is called off leaves nothing.
"""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from assessments import queries
from assessments.models import AgreedRating, Rating, RevealedCounts, Round, RoundCounts, Seat, Workshop
from assessments.operations import room, workshops
from assessments.operations.room_at_once import rate_at_once
from assessments.policies.base import NotNow
from assessments.states import OVER, RATED, REVEALED, STAGE_MOVES, WORKSHOP_MOVES, stage_moves, workshop_moves
from assessments.workshops.phone import find_phone
from tests.assessments.round_room import make_place
from tests.factories import everybody, make_round

pytestmark = pytest.mark.usefixtures("edition")

HOW = settings(
    max_examples=15,
    stateful_step_count=40,
    derandomize=True,  # how far it gets must not turn on luck
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
REACHED = set()
PEOPLE = 7
ACTIONS = (1, 2)
LEADS = st.sampled_from([0, 1])
SAID = st.sampled_from([1, 2, 3, 4, 5, "dk"])
SAID_BY_ALL = st.lists(SAID, min_size=6, max_size=7)
CALLING_OFF = {"call_off", "break_off"}
# What a lead would press is tried most; nonsense is tried, too. Calling off ends it all: it has its own rule.
PRESSED = st.sampled_from(
    [*STAGE_MOVES, *STAGE_MOVES, *sorted({*WORKSHOP_MOVES} - CALLING_OFF), "hide", "unhide"]
)


def press(seat, number, stage, **what):
    """As a phone's rating arrives: at once where it is plain, else the careful way."""
    phone = find_phone(seat.workshop_id, seat.device_hash)
    if stage in RATED and phone.seat_id == seat.pk:
        return rate_at_once(phone=phone, number=number, stage=stage, **what) or room.rate(
            seat=seat, number=number, **what
        )
    return room.rate(seat=seat, number=number, **what)


class WorkshopMachine(RuleBasedStateMachine):
    """The workshop beside a plain model of it: a dict of what each person said."""

    state = "draft"

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.place = place = make_place(people=PEOPLE)
        rated = everybody(place.members[:6], 1, 1, 1, 5, 5, 5) if self.state != "draft" else ()
        round = make_round(place.partnership, by=place.by, state=self.state, answers=rated)
        self.workshop = workshops.start_workshop(by=place.by, round=round)
        self.seen = [self.workshop.revision] * 2
        self.seats, self.shown, self.votes = {}, {}, {}
        self.said = {
            (number, "first", f"m{person}"): cells[number]
            for person, (_member, cells) in enumerate(rated)
            for number in cells
        }

    def teardown(self):
        REACHED.update(self.workshop.actions.values_list("stage", flat=True), [self.now().state])
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    # --- Those who lead ---

    @rule(lead=LEADS)
    def look(self, lead):
        self.seen[lead] = self.now().revision

    @rule(lead=LEADS, name=PRESSED)
    def press(self, lead, name):
        self.change(lead, workshops.move, name=name)

    @rule(lead=LEADS, steps=st.lists(st.integers(0, 6), min_size=1, max_size=6), said=SAID_BY_ALL)
    def go_on(self, lead, steps, said):
        """What a workshop looks like mostly: the room rates, somebody looks and presses what makes sense.
        Random presses alone seldom get far."""
        for step in steps:
            workshop = self.now()
            names = [name for name in workshop_moves(workshop.state) if name not in CALLING_OFF]
            if workshop.state == "running":
                number = workshop.action.number
                if self.stage(number) in RATED:
                    self.everybody_rates(number, said)
                names = [*stage_moves(self.stage(number), workshop.mode)] * 6 + names
            if names:
                self.look(lead)
                self.press(lead, names[step % len(names)])

    @rule(lead=LEADS, number=st.sampled_from(ACTIONS))
    def turn(self, lead, number):
        self.change(lead, workshops.go_to, number=number)

    @rule(lead=LEADS, number=st.sampled_from(ACTIONS), level=st.sampled_from([None, 1, 5]))
    def settle(self, lead, number, level):
        self.change(lead, workshops.agree, number=number, level=level, why="")

    @rule(lead=LEADS, minutes=st.sampled_from([0, 2]))
    def count_down(self, lead, minutes):
        self.change(lead, workshops.set_timer, minutes=minutes)

    @rule(lead=LEADS, blindly=st.sampled_from([None, None, *sorted(CALLING_OFF)]))
    def call_off(self, lead, blindly):
        """Only before the room has seen or settled anything; then another workshop is started."""
        name = blindly
        if not blindly:
            self.look(lead)
            name = "break_off" if self.now().state == "running" else "call_off"
        has_shown = any(self.is_shown(number, "first") for number in range(1, 12))
        before, settled = self.now(), AgreedRating.objects.filter(round=self.workshop.round_id).exists()
        self.change(lead, workshops.call_off, name=name)
        if self.now().state != "called_off":
            return
        REACHED.add(f"called off from {before.state}")
        assert not has_shown
        assert not settled
        assert before.state == WORKSHOP_MOVES[name].source
        if before.mode == "room":
            assert self.now().round.state == "draft"
            self.said.clear()
        self.counts_are_what_was_rated()
        self.workshop = workshops.start_workshop(by=self.place.by, round=self.now().round)
        self.seen = [self.workshop.revision] * 2
        self.seats, self.votes = {}, {}

    @rule(lead=LEADS, said=SAID_BY_ALL)
    def try_it_and_call_off(self, lead, said):
        """What somebody does who meant to rehearse: begin, let people rate, and stop."""
        for name in ("begin", "start"):
            self.look(lead)
            self.press(lead, name)
        self.everybody_rates(1, said)
        self.call_off(lead, None)

    @rule()
    def renew(self):
        self.attempt(
            lambda: workshops.renew_code(by=self.place.by, workshop=self.workshop, code=self.now().code)
        )

    def change(self, lead, operation, **what):
        """Refused without a trace where the screen is old or the table says no."""
        before, seen = self.everything(), self.seen[lead]
        is_old = seen != self.now().revision
        try:
            workshop = operation(by=self.place.by, workshop=self.workshop, seen=seen, **what)
        except workshops.MovedOn as moved:
            assert is_old
            assert self.everything() == before
            self.seen[lead] = moved.workshop.revision
        except NotNow:
            assert not is_old
            assert self.everything() == before
        else:
            assert not is_old
            assert workshop.revision == seen + 1
            self.seen[lead] = workshop.revision

    def attempt(self, act):
        try:
            return act()
        except NotNow:
            return None

    # --- People ---

    people = Bundle("people")

    @rule(target=people, person=st.integers(0, PEOPLE - 1))
    def come(self, person):
        member, name = self.place.members[person], f"m{person}"
        seat = self.attempt(lambda: room.join(workshop=self.workshop, email=member.email, device=name))
        if seat:
            self.seats[name] = seat
        return name

    @rule(target=people, guest=st.integers(0, 2))
    def come_as_guest(self, guest):
        name = f"g{guest}"
        seat = self.attempt(lambda: room.join_as_guest(workshop=self.workshop, device=name))
        if seat:
            self.seats[name] = seat
        return name

    @rule(person=people, number=st.sampled_from(ACTIONS), said=SAID)
    def rate(self, person, number, said):
        self.say(person, number, said)

    @rule(number=st.sampled_from(ACTIONS), said=SAID_BY_ALL)
    def everybody_rates(self, number, said):
        for person, each in enumerate(said):
            self.come(person)
            self.say(f"m{person}", number, each)

    def say(self, person, number, said):
        seat, stage, workshop = self.seats.get(person), self.stage(number), self.now()
        if seat is None:
            return
        what = {"dont_know": True} if said == "dk" else {"level": said}
        if self.attempt(lambda: press(seat, number, stage, **what)):
            assert (workshop.state, stage in RATED) == ("running", True)
            self.said[number, queries.room.LAYER[stage].value, person] = said

    @rule(person=people)
    def leave(self, person):
        if person in self.seats:
            room.leave(seat=self.seats[person])

    @rule(person=people)
    def put_out(self, person):
        """Guests only: what is hidden of theirs goes, what was shown stays."""
        seat = self.seats.get(person)
        if seat and self.attempt(lambda: workshops.remove_guest(by=self.place.by, seat=seat)):
            for number, layer, who in list(self.said):
                if who == person and not self.is_shown(number, layer):
                    del self.said[number, layer, who]
            self.votes.pop(person, None)

    @rule(person=people, worth=st.integers(1, 5))
    def vote(self, person, worth):
        seat = self.seats.get(person)
        if seat and self.attempt(lambda: room.vote(seat=seat, worth=worth)):
            self.votes[person] = worth

    # --- What always holds ---

    def now(self):
        return Workshop.objects.select_related("round").get(pk=self.workshop.pk)

    def stage(self, number):
        return self.workshop.actions.get(action__number=number).stage

    def is_shown(self, number, layer):
        stage = self.stage(number)
        return stage in REVEALED if layer == "first" else stage == "revealed_again"

    def everything(self):
        """All that a lead could change, as it is stored."""
        return [
            list(model.objects.order_by("pk").values())
            for model in (Workshop, Rating, Seat, AgreedRating, RevealedCounts, Round, RoundCounts)
        ] + [list(self.workshop.actions.order_by("pk").values())]

    @invariant()
    def what_was_revealed_stays(self):
        rows = RevealedCounts.objects.filter(workshop_action__workshop=self.workshop)
        found = {row.pk: str(row.data) for row in rows}
        assert {pk: data for pk, data in found.items() if pk in self.shown} == self.shown
        self.shown = found

    @invariant()
    def counts_are_what_was_rated(self):
        rows = Rating.objects.filter(response__round=self.workshop.round_id, action__number__in=ACTIONS)
        found = rows.values_list("action__number", "layer", "level")
        stored = [(number, layer, str(level or "dk")) for number, layer, level in found]
        said = [(n, layer, str(each)) for (n, layer, _who), each in self.said.items() if n in ACTIONS]
        assert sorted(stored) == sorted(said)
        if not (self.now().is_room or self.now().round.is_frozen):
            return  # walking through has not begun
        for number, counts in queries.room.taken(self.now()).items():
            levels, unknown = self.distribution(number, "first")
            if counts.whole is None:
                assert sum(levels) < 5
                continue
            assert (levels, unknown) == (counts.whole.counts, counts.whole.dont_know)
        for number, second in queries.results.second(self.now()).items():
            assert self.distribution(number, "second") == (
                second.distribution.counts,
                second.distribution.dont_know,
            )

    def distribution(self, number, layer):
        said = [each for (n, of, _who), each in self.said.items() if (n, of) == (number, layer)]
        return tuple(said.count(level) for level in range(1, 6)), said.count("dk")

    @invariant()
    def nothing_is_revealed_of_few(self):
        for row in RevealedCounts.objects.filter(workshop_action__workshop=self.workshop):
            shown = row.data["whole"] if row.layer == "first" else row.data
            assert shown is None or sum(shown["counts"]) >= 5

    @invariant()
    def a_code_opens_the_door_until_the_end(self):
        workshop = self.now()
        assert bool(workshop.code) is (workshop.state not in OVER)
        is_open = workshop.mode == "room" and workshop.state not in OVER
        assert workshop.round.is_in_room is is_open
        assert (workshop.round.state == "open") is is_open

    @invariant()
    def votes_are_counted_at_the_end(self):
        worth = self.now().worth
        assert worth is None or worth["n"] == len(self.votes)

    @invariant()
    def each_person_has_one_seat(self):
        seats = Seat.objects.filter(workshop=self.workshop, state="in").values_list("participant", flat=True)
        assert len(seats) == len(set(seats))


class Walk(WorkshopMachine):
    state = "open"


@pytest.mark.parametrize("machine", [WorkshopMachine, Walk])
def test_nothing_goes_wrong_whatever_they_do(machine, db):
    run_state_machine_as_test(machine, settings=HOW)
    far = {"finished", "revealed_again", "called off from lobby", "called off from running"}
    assert far <= REACHED, "the machine did not get far enough to prove anything"
    REACHED.clear()
