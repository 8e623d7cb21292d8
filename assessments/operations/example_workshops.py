"""The example's workshops, held by the same operations as everybody's."""

from datetime import timedelta

from django.db import transaction

from ..models import Workshop
from ..sheets.ratings import DONT_KNOW
from . import room, workshops
from .rounds import create_round


@transaction.atomic
def hold_workshop(*, by, round, people, agreed, why, again, worth, held_at):
    """A finished workshop that walked through a round.

    ``people`` are the memberships in the room, ``again`` is action number -> what each of them says in
    the second rating, ``worth`` how many give 1 to 5 at the end.
    """
    leading = _Leading(by, workshops.start_workshop(by=by, round=round))
    seats = [
        room.join_signed_in(workshop=leading.workshop, user=member.user, device=f"example-{member.pk}")
        for member in people
    ]
    leading.move("begin")
    for number, level in enumerate(agreed, start=1):
        leading.go_to(number)
        leading.move("show")
        if number in again:
            leading.rate_again(number, zip(seats, again[number], strict=True))
        leading.agree(number, level, why.get(number, ""))
    leading.move("end")
    _vote(seats, worth)
    leading.move("finish")
    _date_back(leading.workshop, held_at)
    return leading.workshop


class _Leading:
    """Somebody alone at the controls, whose screen is never old."""

    def __init__(self, by, workshop):
        self.by, self.workshop = by, workshop

    def _change(self, operation, **what):
        self.workshop = operation(by=self.by, workshop=self.workshop, seen=self.workshop.revision, **what)

    def move(self, name):
        self._change(workshops.move, name=name)

    def go_to(self, number):
        self._change(workshops.go_to, number=number)

    def agree(self, number, level, why):
        self._change(workshops.agree, number=number, level=level, why=why)

    def rate_again(self, number, said):
        self.move("again")
        for seat, cell in said:
            what = {"dont_know": True} if cell == DONT_KNOW else {"level": cell}
            room.rate(seat=seat, number=number, **what)
        self.move("reveal_again")


def _vote(seats, worth):
    votes = [value for value, count in enumerate(worth, start=1) for _ in range(count)]
    for seat, value in zip(seats, votes, strict=False):
        room.vote(seat=seat, worth=value)


def _date_back(workshop, held_at):
    Workshop.objects.filter(pk=workshop.pk).update(
        started_at=held_at, finished_at=held_at + timedelta(minutes=95)
    )
    workshop.seats.update(joined_at=held_at)


@transaction.atomic
def open_doors(*, by, partnership, title):
    """A workshop that can be joined: a new round, to be rated in the room."""
    round = create_round(by=by, partnership=partnership, title=title)
    return workshops.start_workshop(by=by, round=round)
