"""A round made the short way for the tests holds what one that people rated themselves does."""

import pytest
from django.db import transaction
from django.db.models import DateTimeField

from assessments import keys
from assessments.models import Invitation, Rating, Response, Round, RoundCounts
from assessments.operations import answers, rounds
from framework.queries.wording import wording
from partnerships.models import AuditEvent, Participant
from tests.factories import MembershipFactory, OrganisationFactory, PartnershipFactory, advance, make_round

OWN = {"came_by", "proofs", "id", "response_id", "round_id", "code_hash", "saved_from"}
"""What no two rows have in common."""
SAID = [
    {1: 3, 2: (4, "We talk every week."), 3: "dk"},
    {2: ("dk", "Ask me later."), 11: 5},
    {1: (None, "A comment alone is no answer."), 4: (None, "Nor are two.")},
    {},
    {5: 1},
]

pytestmark = pytest.mark.django_db


def rated_the_whole_way(partnership, said):
    round = rounds.open_round(
        by=None, round=rounds.create_round(by=None, partnership=partnership, title="Autumn 2026")
    )
    ids = {action.number: action.id for action in wording(round.edition_id, "en").actions}
    for member, cells in said:
        invitation = Invitation.objects.get(round=round, participant__membership=member)
        response = answers.start_response(
            invitation=invitation,
            code=keys.new_code(),
            organisation=invitation.organisation,
            standpoint=invitation.standpoint,
        )
        for number, cell in cells.items():
            level, comment = cell if isinstance(cell, tuple) else (cell, "")
            answer = {"dont_know": True} if level == "dk" else {"level": level}
            answers.save_answer(response=response, action_id=ids[number], comment=comment, **answer)
        answers.submit_response(response=response)
    return round


def facts(row):
    """The values of a row; of a time, whether it is set."""
    fields = [field for field in row._meta.concrete_fields if field.attname not in OWN]
    values = {field: getattr(row, field.attname) for field in fields}
    return {
        field.attname: bool(value) if isinstance(field, DateTimeField) else value
        for field, value in values.items()
    }


def left_behind(round):
    responses = Response.objects.filter(round=round).order_by("participant")
    invitations = Invitation.objects.filter(round=round).order_by("participant")
    ratings = Rating.objects.filter(response__round=round).order_by("response__participant", "action")
    counts = RoundCounts.objects.get(round=advance(round, "revealed")).data
    about = {"round": [round.pk], "invitation": [each.pk for each in invitations]}
    events = [
        (event.event, event.actor, event.after)
        for kind, keys in about.items()
        for event in AuditEvent.objects.filter(target_kind=kind, target_key__in=map(str, keys))
    ]
    return {
        "responses": [facts(row) for row in responses],
        "codes": [len(row.code_hash) for row in responses],
        "invitations": [facts(row) for row in invitations],
        "ratings": [facts(row) for row in ratings],
        "round": facts(Round.objects.get(pk=round.pk)),
        "counts": counts,
        "audit": sorted(events, key=str),
    }


def taken_back(make):
    """What somebody leaves behind, who then leaves nothing behind."""
    with transaction.atomic():
        found = left_behind(make())
        transaction.set_rollback(True)
    return found


def test_a_round_made_for_a_test_holds_what_one_that_was_rated_does():
    partnership = PartnershipFactory()
    homes = OrganisationFactory.create_batch(2, partnership=partnership)
    people = [
        MembershipFactory(partnership=partnership, organisation=homes[n % 2], standpoint=standpoint)
        for n, standpoint in enumerate(["senior", "middle", "front_line", "middle", ""])
    ]
    for member in people:
        Participant.objects.create(partnership=partnership, membership=member)
    said = list(zip(people, SAID, strict=True))
    whole = taken_back(lambda: rated_the_whole_way(partnership, said))
    assert taken_back(lambda: make_round(partnership, state="open", answers=said)) == whole
    assert len(whole["ratings"]) == sum(map(len, SAID))
    assert sum(event == "answered" for event, _actor, _after in whole["audit"]) == 3
    assert all(response["submitted_at"] for response in whole["responses"])
