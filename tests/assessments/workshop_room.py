"""A workshop with people in it, and the moves of whoever leads it."""

from dataclasses import dataclass, field

from assessments.models import Rating, Round, Workshop
from assessments.operations import room, workshops
from tests.assessments.round_room import Place, make_place
from tests.factories import make_round


@dataclass
class Hall:
    """A place, a workshop on one of its rounds, and the seats people have taken."""

    place: Place
    workshop: Workshop
    seats: list = field(default_factory=list)
    guests: list = field(default_factory=list)

    @property
    def by(self):
        return self.place.by

    @property
    def round(self):
        return Round.objects.select_related("partnership", "edition").get(pk=self.workshop.round_id)

    def fresh(self):
        return Workshop.objects.select_related("round__partnership", "action").get(pk=self.workshop.pk)

    @property
    def seen(self):
        return self.fresh().revision

    def move(self, *names):
        for name in names:
            workshops.move(by=self.by, workshop=self.workshop, name=name, seen=self.seen)

    def go_to(self, number):
        workshops.go_to(by=self.by, workshop=self.workshop, number=number, seen=self.seen)

    def agree(self, number, level, why=""):
        workshops.agree(
            by=self.by, workshop=self.workshop, number=number, level=level, why=why, seen=self.seen
        )

    def come(self, people, guests=0):
        """Members and guests sit down."""
        for member in self.place.members[len(self.seats) : people]:
            self.seats.append(
                room.join(workshop=self.workshop, email=member.email, device=f"phone-{member.pk}")
            )
        for n in range(guests):
            self.guests.append(
                room.join_as_guest(workshop=self.workshop, device=f"guest-{len(self.guests)}-{n}")
            )
        return self

    def rate(self, number, *said, seats=None):
        """Each seat in turn says a level, "dk", or nothing (None)."""
        for seat, each in zip(seats or [*self.seats, *self.guests], said, strict=False):
            if each is not None:
                say(seat, number, each)

    def reveal(self, number, *said):
        """An action from reading to revealed."""
        self.go_to(number)
        self.move("start")
        self.rate(number, *said)
        self.move("reveal")

    def again(self, number, *said):
        self.go_to(number)
        self.move("again")
        self.rate(number, *said)
        self.move("reveal_again")

    def finish(self):
        self.move("end", "finish")
        return self.round

    def stage(self, number):
        return self.workshop.actions.get(action__number=number).stage


def say(seat, number, said):
    if said == "dk":
        return room.rate(seat=seat, number=number, dont_know=True)
    return room.rate(seat=seat, number=number, level=said)


def levels(number, layer=Rating.Layer.FIRST):
    """What is stored for an action, in the order people sat down."""
    found = Rating.objects.filter(action__number=number, layer=layer).order_by("response_id")
    return ["dk" if dont_know else level for level, dont_know in found.values_list("level", "dont_know")]


def make_hall(
    people=6, guests=0, *, begin=True, members=8, state="draft", answers=(), place=None, **settings
):
    place = place or make_place(people=members)
    round = make_round(place.partnership, by=place.by, state=state, answers=answers, **settings)
    hall = Hall(place, workshops.start_workshop(by=place.by, round=round))
    hall.come(people, guests)
    if begin:
        hall.move("begin")
    return hall
