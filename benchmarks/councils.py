"""Fills PostgreSQL with councils, their partnerships and frozen, shared rounds, with ratings and counts.

Straight to the database: sixty thousand rounds through the product would take a day. What the freeze would
have stored is worked out in SQL here; ``check_counts`` says whether the product would have stored the same.
"""

import json
from datetime import timedelta

from django.core.management import call_command
from django.db import connection
from django.db.models import Max
from django.utils import timezone

from assessments.models import Rating, Round, RoundChange
from assessments.operations.comparing import catch_up
from framework.models import Action, Edition
from partnerships.models import Council, Partnership

ROUNDS, PEOPLE, ORGANISATIONS, ACTIONS = 6, 15, 3, 11
RATINGS_EACH = ROUNDS * PEOPLE * ACTIONS
BATCH = 500
MOST_ROUNDS = 8
SYSTEMS = ("health_and_care", "community_safety", "children_and_families", "climate")


def new_councils(number):
    """So many councils; returns them."""
    first = Council.objects.count()
    return Council.objects.bulk_create(
        Council(name=f"Council {n}", slug=f"council-{n}") for n in range(first, first + number)
    )


def fill_council(council, partnerships, rounds=ROUNDS):
    """So many partnerships of one council, each with its rounds and how people moved between them."""
    made = _fill([council.pk] * partnerships, rounds)
    for partnership in made:
        catch_up(partnership=partnership)
    return made


def fill(councils, wanted, say):
    """Partnerships all over the councils until the table of ratings holds ``wanted``."""
    have, number = Rating.objects.count(), 0
    between = json.dumps(RoundChange.objects.order_by("pk").values_list("data", flat=True).first())
    while have < wanted:
        size = min(BATCH, -(-(wanted - have) // RATINGS_EACH))
        made = _fill([councils[(number + n) % len(councils)].pk for n in range(size)], ROUNDS)
        _tie(made, between)
        number += size
        have += size * RATINGS_EACH
        say(min(have, wanted), wanted)
    vacuum()


def _tie(partnerships, between):
    """Each round beside the one before it. How people moved is everywhere what it was in the first two rounds
    of all: a row more for each, whatever it says."""
    keys = [each.pk for each in partnerships]
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE assessments_round AS r SET previous_id = b.before FROM (
                   SELECT id, lag(id) OVER (PARTITION BY partnership_id ORDER BY closed_at) AS before
                   FROM assessments_round WHERE partnership_id = ANY(%s)) AS b
               WHERE b.id = r.id""",
            [keys],
        )
        cursor.execute(
            """INSERT INTO assessments_roundchange (earlier_id, later_id, data, taken_at)
               SELECT previous_id, id, %s::jsonb, now() FROM assessments_round
               WHERE partnership_id = ANY(%s) AND previous_id IS NOT NULL""",
            [between, keys],
        )


def vacuum():
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def check(rounds):
    """Whether the product would have stored the same counts of these rounds; raises if not."""
    call_command("check_counts", *(round.pk for round in rounds), verbosity=0)


def _fill(councils, rounds):
    first = Partnership.objects.aggregate(last=Max("pk"))["last"] or 0
    made = Partnership.objects.bulk_create(
        Partnership(
            name=f"Partnership {first + n}",
            slug=f"partnership-{first + n}",
            council_id=council,
            system=SYSTEMS[n % len(SYSTEMS)],
        )
        for n, council in enumerate(councils)
    )
    edition, now = Edition.objects.newest_published().pk, timezone.now()
    frozen = Round.objects.bulk_create(
        _round(partnership, edition, now - timedelta(days=30 + 180 * n + place % 90), n)
        for place, partnership in enumerate(made)
        for n in range(rounds)
    )
    actions = list(Action.objects.filter(edition=edition).order_by("number").values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no foreign key checks
        for statement in STATEMENTS:
            cursor.execute(
                statement,
                {
                    "partnerships": [each.pk for each in made],
                    "rounds": [each.pk for each in frozen],
                    "actions": actions,
                    "organisations": ORGANISATIONS,
                    "people": PEOPLE,
                },
            )
        cursor.execute("SET session_replication_role = DEFAULT")
    return made


def _round(partnership, edition, closed, number):
    done = {f"{moment}_by": "command" for moment in ("opened", "closed", "revealed", "shared")}
    return Round(
        partnership=partnership,
        edition_id=edition,
        title=f"Round {number}",
        state="shared",
        created_by="command",
        opened_at=closed,
        closed_at=closed,
        revealed_at=closed,
        shared_at=closed,
        **done,
    )


STATEMENTS = (
    """INSERT INTO partnerships_organisation (partnership_id, name, sector)
       SELECT p, 'Organisation ' || n, 'other'
       FROM unnest(%(partnerships)s) AS p, generate_series(1, %(organisations)s) AS n""",
    """INSERT INTO partnerships_participant (partnership_id, key, imported_as)
       SELECT p, md5(p || ' ' || n), 'Person ' || n
       FROM unnest(%(partnerships)s) AS p, generate_series(1, %(people)s) AS n""",
    # Everybody is of the same organisation in every round, a third of the people in each.
    """CREATE TEMPORARY TABLE places ON COMMIT PRESERVE ROWS AS
       SELECT r.id AS round, p.id AS participant, o.id AS organisation
       FROM assessments_round r
       JOIN partnerships_participant p ON p.partnership_id = r.partnership_id
       JOIN partnerships_organisation o ON o.partnership_id = r.partnership_id
        AND o.name = 'Organisation ' || 1 + p.id %% %(organisations)s
       WHERE r.id = ANY(%(rounds)s)""",
    """INSERT INTO assessments_invitation
           (round_id, participant_id, organisation_id, standpoint, is_away, created_at, mail_due, mail_error)
       SELECT round, participant, organisation, '', false, now(), '', '' FROM places""",
    """INSERT INTO assessments_response
           (round_id, participant_id, organisation_id, standpoint, code_hash, started_at, answered_at)
       SELECT round, participant, organisation, '', '', now(), now() FROM places""",
    "DROP TABLE places",
    """INSERT INTO assessments_rating
           (response_id, action_id, layer, level, dont_know, comment, revision, saved_from, saved_at)
       SELECT s.id, a, 'first', 1 + (s.id * 7 + (s.round_id * 13 + a * 5) %% 11) %% 5, false, '', 1, '', now()
       FROM assessments_response s, unnest(%(actions)s) AS a WHERE s.round_id = ANY(%(rounds)s)""",
    # What the freeze stores, in its words: five people of each organisation, so that none is hidden.
    """INSERT INTO assessments_roundcounts (round_id, taken_at, data)
       WITH given AS (
           SELECT s.round_id, s.organisation_id, r.action_id,
                  count(*) FILTER (WHERE level = 1) AS a, count(*) FILTER (WHERE level = 2) AS b,
                  count(*) FILTER (WHERE level = 3) AS c, count(*) FILTER (WHERE level = 4) AS d,
                  count(*) FILTER (WHERE level = 5) AS e
           FROM assessments_response s JOIN assessments_rating r ON r.response_id = s.id
           WHERE s.round_id = ANY(%(rounds)s)
           GROUP BY s.round_id, s.organisation_id, r.action_id
       ), by_action AS (
           SELECT g.round_id, n.number, jsonb_build_object(
               'code', n.code, 'number', n.number, 'area', ar.code, 'pooled', NULL,
               'hidden_groups', '[]'::jsonb,
               'whole', jsonb_build_object('dont_know', 0, 'counts',
                   jsonb_build_array(sum(a), sum(b), sum(c), sum(d), sum(e))),
               'groups', jsonb_agg(jsonb_build_object(
                   'key', g.organisation_id::text, 'name', o.name, 'dont_know', 0,
                   'counts', jsonb_build_array(a, b, c, d, e)) ORDER BY o.name)) AS action
           FROM given g
           JOIN framework_action n ON n.id = g.action_id
           JOIN framework_area ar ON ar.id = n.area_id
           JOIN partnerships_organisation o ON o.id = g.organisation_id
           GROUP BY g.round_id, n.number, n.code, ar.code
       ), turnout AS (
           SELECT round_id, jsonb_agg(jsonb_build_object(
               'name', name, 'invited', people, 'answered', people) ORDER BY name) AS organisations
           FROM (SELECT s.round_id, o.name, count(*) AS people FROM assessments_response s
                 JOIN partnerships_organisation o ON o.id = s.organisation_id
                 WHERE s.round_id = ANY(%(rounds)s) GROUP BY s.round_id, o.name) AS t
           GROUP BY round_id
       )
       SELECT b.round_id, now(), jsonb_build_object(
           'version', 1,
           'turnout', jsonb_build_object('invited', %(people)s, 'answered', %(people)s, 'away', 0,
                                         'guests', 0, 'organisations', t.organisations),
           'layers', jsonb_build_object('first', jsonb_build_object(
               'actions', jsonb_agg(b.action ORDER BY b.number))))
       FROM by_action b JOIN turnout t USING (round_id) GROUP BY b.round_id, t.organisations""",
)
