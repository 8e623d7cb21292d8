"""Fills a fresh PostgreSQL: a few real rounds to measure on, and millions of ratings around them."""

import random

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from assessments import keys
from assessments.models import Invitation, InvitationLink, Rating, Round
from assessments.operations import answers, rounds, workshops
from assessments.operations import room as operations
from assessments.operations.imports import import_round
from assessments.sheets.ratings import Person, Sheet
from assessments.views.room import seat_cookie
from framework.queries.wording import wording
from partnerships import operations as partnerships
from partnerships.models import Council, Participant, User
from partnerships.sheets.members import NewMember

PEOPLE_A_ROUND = 300
ACTIONS = 11


def prepare():
    """An empty site with a lead, a council and the framework; returns the lead."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("loaddata", "transforming_together", verbosity=0)
    Council.objects.create(name="Northmoor Council", slug="northmoor")
    return User.objects.create_user("lead@northmoor.example", name="Robin Ashdown")


def new_partnership(lead, name):
    return partnerships.create_partnership(
        by=lead, name=name, council=Council.objects.get(), system="other", review_months=6
    )


def frozen_round(lead, partnership, people):
    """A round with so many answers, its results open and shared."""
    dice = random.Random(people)  # the same every run
    sheet = Sheet(
        tuple(
            Person(
                respondent=f"Person {number}",
                organisation=f"Organisation {number % 6}",
                standpoint="",
                cells=tuple(dice.choice([1, 2, 2, 3, 3, 4, 4, 5, "dk"]) for _ in range(ACTIONS)),
                comments=("",) * ACTIONS,
            )
            for number in range(people)
        )
    )
    round = import_round(by=lead, partnership=partnership, title=f"{people} answers", sheet=sheet)
    return rounds.share_round(by=lead, round=round, tell=False)


def open_round(lead, partnership, people):
    """An open round ``people`` have begun to rate; with (token, code, response, invitation) of each."""
    members = [NewMember(name=f"Member {number}") for number in range(people)]
    partnerships.add_members(by=lead, partnership=partnership, people=members)
    round = rounds.create_round(by=lead, partnership=partnership, title="Open")
    round = rounds.open_round(by=lead, round=round)
    return round, [_begun(invitation) for invitation in Invitation.objects.filter(round=round)]


def _begun(invitation):
    token, code = keys.new_token(), keys.new_code()
    InvitationLink.objects.create(invitation=invitation, token_hash=keys.hash_token(token))
    response = answers.start_response(invitation=invitation, code=code, organisation=None, standpoint="")
    return token, code, response.pk, invitation.pk


def room(lead, partnership, people):
    """A workshop that so many members have joined, and what each of their phones holds as a cookie."""
    members = [NewMember(f"Member {n}", f"member{n}@northmoor.example") for n in range(people)]
    partnerships.add_members(by=lead, partnership=partnership, people=members)
    round = rounds.create_round(by=lead, partnership=partnership, title="In the room")
    workshop = workshops.start_workshop(by=lead, round=round)
    return workshop, [_joined(workshop, n) for n in range(people)]


def _joined(workshop, number):
    device = f"device-{number}"
    operations.join(workshop=workshop, email=f"member{number}@northmoor.example", device=device)
    name, value = seat_cookie(workshop.pk, device)
    return f"{name}={value}"


def fill(partnership, wanted, say):
    """Ratings of other rounds until the table holds ``wanted``; ``say`` is told how far it is.

    Straight to the database, without its foreign key checks: ten million rows through the product
    would take hours and measure nothing.
    """
    people = _crowd(partnership)
    actions = [action.id for action in wording(Round.objects.first().edition_id, "en").actions]
    have = Rating.objects.count()
    while have < wanted:
        share = min(wanted - have, 50 * PEOPLE_A_ROUND * ACTIONS)
        have += _fill_rounds(partnership, people, actions, -(-share // (PEOPLE_A_ROUND * ACTIONS)))
        say(min(have, wanted), wanted)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return have


def _crowd(partnership):
    crowd = Participant.objects.filter(partnership=partnership, imported_as__startswith="Crowd")
    if not crowd.exists():
        Participant.objects.bulk_create(
            Participant(partnership=partnership, imported_as=f"Crowd {number}")
            for number in range(PEOPLE_A_ROUND)
        )
    return list(crowd.values_list("pk", flat=True))


def _fill_rounds(partnership, people, actions, number):
    first, edition, now = Round.objects.count(), Round.objects.first().edition_id, timezone.now()
    made = Round.objects.bulk_create(
        Round(
            partnership=partnership,
            edition_id=edition,
            title=f"Round {first + n}",
            state="closed",
            created_by="command",
            closed_at=now,
            closed_by="command",
        )
        for n in range(number)
    )
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            """INSERT INTO assessments_response
                   (round_id, participant_id, standpoint, code_hash, started_at, answered_at)
               SELECT r, p, '', '', now(), now() FROM unnest(%s) AS r, unnest(%s) AS p""",
            [[round.pk for round in made], people],
        )
        cursor.execute(
            """INSERT INTO assessments_rating
                   (response_id, action_id, layer, level, dont_know, comment, revision, saved_from, saved_at)
               SELECT s.id, a, 'first', 1 + (s.id * 7 + a) %% 5, false, '', 1, '', now()
               FROM assessments_response s, unnest(%s) AS a WHERE s.round_id = ANY(%s)""",
            [actions, [round.pk for round in made]],
        )
        cursor.execute("SET session_replication_role = DEFAULT")
    return number * PEOPLE_A_ROUND * ACTIONS
