from datetime import datetime, time, timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from framework.models import Edition
from partnerships.models import Partnership
from partnerships.sheets.members import NewMember

from ...examples import decided, northmoor, people, shapes
from ...operations import example_workshops, examples
from ...operations.mail import deliver


class Command(BaseCommand):
    help = "Fill the site with an invented council, its partnerships, people and rounds, to learn from."

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="also where other partnerships are")

    def handle(self, *args, **options):
        if examples.is_there(northmoor.COUNCIL):
            self.stdout.write(f"{northmoor.COUNCIL} is there already; nothing was changed.")
            return
        self._look_first(options["force"])
        opened = self._fill()
        if settings.DEMO:
            self._mail(opened)
        self.stdout.write("The example data is there.")

    def _look_first(self, force):
        edition = Edition.objects.newest_published()
        if not edition:
            raise CommandError(
                "There is no published framework yet. Run: manage.py loaddata transforming_together"
            )
        if edition.actions.count() != northmoor.ACTIONS:
            raise CommandError(
                f"The example has ratings of {northmoor.ACTIONS} actions, and {edition} has another number. "
                "Load it on a site with the framework as it comes."
            )
        if Partnership.objects.exists() and not force:
            raise CommandError(
                "This site has partnerships of its own. The example would stand among them: "
                "add --force if you want that."
            )

    @transaction.atomic
    def _fill(self):
        cast = _cast()
        council = examples.make_council(name=northmoor.COUNCIL, officers=[cast["officer"]])
        opened, first = [], 0
        for example in northmoor.PARTNERSHIPS:
            persons = people.people_of(example, first)
            first += len(persons)
            lead = cast["lead"] if example.led_by_robin else cast["second_lead"]
            opened.append(Filling(example, persons, lead, council).fill())
            count = len(persons) + 1 + example.with_jo  # with the lead
            rounds = len(example.past) + bool(example.present)
            self.stdout.write(f"  {example.name}: {count} people, {rounds} rounds")
            self.stdout.flush()
        return [round for round in opened if round]

    def _mail(self, rounds):
        """The invitations a newcomer can open in the demonstration's mailbox."""
        sent = sum(deliver(by=None, round=round).sent for round in rounds)
        self.stdout.write(f"  {sent} invitations are in the demonstration's mailbox")


def _cast():
    def persona(who, **flags):
        return examples.make_persona(name=who.name, email=who.email, **flags)

    persona(people.MEMBER)
    persona(people.EDITOR, is_staff=True, is_editor=True)
    persona(people.ADMINISTRATOR, is_staff=True, is_superuser=True)
    return {
        "lead": persona(people.LEAD),
        "second_lead": persona(people.SECOND_LEAD),
        "officer": persona(people.OFFICER),
    }


class Filling:
    """One partnership of the example, with all its rounds."""

    def __init__(self, example, persons, lead, council):
        self.example, self.persons, self.lead = example, persons, lead
        self.council, self.today = council, timezone.localdate()

    def fill(self):
        """Returns the open round, None where there is none."""
        first = max(past.days_ago for past in self.example.past) + 60
        self.partnership = examples.make_partnership(
            by=self.lead,
            council=self.council,
            example=self.example,
            people=self._members(),
            since=timezone.make_aware(datetime.combine(self._day(first), time(9))),
        )
        members = self.partnership.memberships.select_related("organisation", "partnership")
        self.members = {member.email: member for member in members}
        rounds = [self._past(past) for past in self.example.past]
        for step in decided.STEPS.get(self.example.slug, ()):
            self._step(step, rounds)
        if self.example.workshop:
            self._workshop(rounds[-1], self.example.past[-1], self.example.workshop)
        if self.example.room:
            example_workshops.open_doors(by=self.lead, partnership=self.partnership, title=self.example.room)
        return self._present(self.example.present, rounds[-1]) if self.example.present else None

    def _day(self, days_ago):
        return self.today - timedelta(days=days_ago)

    def _members(self):
        found = [
            NewMember(
                name=person.name,
                email=person.email,
                organisation=person.organisation,
                standpoint=person.standpoint,
            )
            for person in self.persons
        ]
        if self.example.with_jo:
            last = self.example.organisations[-1]
            jo = NewMember(people.MEMBER.name, people.MEMBER.email, last.name, standpoint="middle")
            found.append(jo)
        return found

    def _past(self, past):
        day = self._day(past.days_ago)
        return examples.make_past_round(
            by=self.lead,
            partnership=self.partnership,
            title=northmoor.season(day),
            people=self._answers(past.shapes, past.answered, past.absent, past.comments, past.gone),
            closed_on=day,
            state=past.state,
            comments_read=past.comments_read,
            **past.settings,
        )

    def _step(self, step, rounds):
        return examples.make_next_step(
            by=self.lead,
            partnership=self.partnership,
            round=None if step.decided is None else rounds[step.decided],
            example=step,
            today=self.today,
        )

    def _workshop(self, round, past, held):
        """Ten days after the round closed, with those who answered it first."""
        there = shapes.who_answers(self.persons, held.people, past.absent, past.gone)
        again = {
            number: shapes.spread_over(there, shape, number, self.example.slug, "again")
            for number, shape in held.again.items()
        }
        day = self._day(past.days_ago - 10)
        example_workshops.hold_workshop(
            by=self.lead,
            round=round,
            people=[self.members[person.email] for person in there],
            agreed=held.agreed,
            why=held.why,
            again={number: [said[person.email] for person in there] for number, said in again.items()},
            worth=held.worth,
            held_at=timezone.make_aware(datetime.combine(day, time(14))),
        )

    def _present(self, present, last):
        return examples.make_open_round(
            by=self.lead,
            partnership=self.partnership,
            title=present.title or northmoor.season(self.today),
            people=self._answers(present.shapes, present.answered),
            opened_on=self._day(present.days_ago),
            closing_on=self.today + timedelta(days=present.closes_in),
            unsent=present.unsent,
            looks_back_to=last if present.looks_back else None,
            # On a site that is no demonstration nothing may go out to invented addresses.
            mail_to=(people.LEAD.email, people.MEMBER.email) if settings.DEMO else (),
        )

    def _answers(self, letters, answered, absent=(), comments=(), gone=0):
        """(membership, cells, comments) for everybody, those who say nothing included."""
        saying = shapes.who_answers(self.persons, answered, absent, gone)
        by_action = [
            shapes.spread_over(saying, shape, n, self.example.slug, letters)
            for n, shape in enumerate(letters, start=1)
        ]
        written = shapes.who_writes(by_action, comments)
        return [
            (
                member,
                tuple(said.get(email) for said in by_action),
                tuple(written.get((email, action), "") for action in range(1, len(letters) + 1)),
            )
            for email, member in self.members.items()
        ]
