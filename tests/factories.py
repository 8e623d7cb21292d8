"""Makes people, partnerships and rounds for the tests, through the operations the product itself uses."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from assessments import keys
from assessments.models import Invitation, Rating, Response, Round
from assessments.operations import answers, nextsteps, rounds
from assessments.queries import editions
from framework.models import Action, Edition
from framework.queries.wording import wording
from partnerships.models import Council, Membership, Organisation, Partnership, User
from partnerships.models.audit import actor_key
from partnerships.operations.audit import record


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@northmoor.example")
    name = factory.Sequence(lambda n: f"Person {n}")


class CouncilFactory(DjangoModelFactory):
    class Meta:
        model = Council
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Northmoor Council {n}")
    slug = factory.Sequence(lambda n: f"northmoor-{n}")

    @factory.post_generation
    def officers(self, create, users):
        self.officers.set(users or [])


class PartnershipFactory(DjangoModelFactory):
    class Meta:
        model = Partnership

    name = factory.Sequence(lambda n: f"Northmoor Ageing Well {n}")
    slug = factory.Sequence(lambda n: f"northmoor-ageing-well-{n}")
    council = factory.SubFactory(CouncilFactory)
    system = "health_and_care"


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    partnership = factory.SubFactory(PartnershipFactory)
    name = factory.Sequence(lambda n: f"Organisation {n}")
    sector = "voluntary"


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    partnership = factory.SubFactory(PartnershipFactory)
    name = factory.Sequence(lambda n: f"Member {n}")
    email = factory.Sequence(lambda n: f"member{n}@northmoor.example")
    user = factory.SubFactory(
        UserFactory, email=factory.SelfAttribute("..email"), name=factory.SelfAttribute("..name")
    )
    organisation = factory.SubFactory(OrganisationFactory, partnership=factory.SelfAttribute("..partnership"))
    standpoint = "middle"


def make_lead(partnership, **fields):
    return MembershipFactory(partnership=partnership, role=Membership.Role.LEAD, **fields)


def make_round(
    partnership, *, by=None, state="draft", answers=(), title="Autumn 2026", reason="", **settings
):
    """A round brought to ``state`` by its own moves, rated by the people in ``answers`` on the way.

    ``answers`` is a list of (membership, cells): cells maps action number to a level, "dk", or a pair
    of either with a comment.
    """
    if state == "draft":
        return rounds.create_round(by=by, partnership=partnership, title=title, **settings)
    round = rounds.open_round(by=by, round=_draft(by, partnership, title=title, **settings))
    _rate(round, list(answers))
    return advance(round, state, by=by)


def advance(round, state, *, by=None):
    """Move an open round on to ``state``."""
    for move, reached in (
        (rounds.close_round, "closed"),
        (rounds.reveal_round, "revealed"),
        (rounds.share_round, "shared"),
    ):
        if round.state == state:
            break
        round = move(by=by, round=round)
        assert round.state == reached
    return Round.objects.select_related("partnership", "edition").get(pk=round.pk)


def rate(round, membership, cells, *, code=None, submit=True):
    """Rate as the member would; returns the response."""
    response, rows = _begin(round, membership, cells, code)
    Rating.objects.bulk_create(rows)
    return answers.submit_response(response=response) if submit else response


def _draft(by, partnership, *, edition=None, **settings):
    """What ``create_round`` leaves behind, without asking each constraint before the database asks it."""
    edition = edition or editions.usual(partnership)
    round = Round.objects.create(
        partnership=partnership, edition=edition, created_by=actor_key(by), **settings
    )
    facts = {name: str(getattr(round, name)) for name in rounds.SETTINGS}
    record("round created", by=by, target=round, partnership=partnership, after=facts)
    return round


def _rate(round, answers):
    """The first of the people begins the whole way; of the others there is what that leaves behind."""
    begun = [_begin(round, *each) for each in answers[:1]]
    for response, _rows in begun:
        response.came_by, response.proofs = Response.CameBy.MAILED, proved(response)
        response.save(update_fields=["came_by", "proofs"])
    begun += _begun(round, answers[1:])
    Rating.objects.bulk_create(row for _response, rows in begun for row in rows)
    Response.objects.filter(round=round).update(submitted_at=timezone.now())


def _begin(round, membership, cells, code=None):
    """The response, with one answer that went the whole way, and the rows the other answers leave.

    Saved one by one, the answers of all the rooms of people in the tests would take a minute.
    """
    invitation = Invitation.objects.get(round=round, participant__membership=membership)
    response = answers.start_response(
        invitation=invitation,
        code=code or keys.new_code(),
        organisation=invitation.organisation,
        standpoint=invitation.standpoint,
    )
    said = _by_action(round, cells)
    first = next((key for key, each in said.items() if _is_answer(each)), None)
    if first:
        answers.save_answer(response=response, action_id=first, **said.pop(first))
    return response, _rows(response, said)


def _begun(round, answers):
    """What ``_begin`` brings, for people who all begin at one moment, without the way there."""
    found = Invitation.objects.filter(round=round).select_related("participant")
    invitations = {each.participant.membership_id: each for each in found}
    invited = [(invitations[membership.pk], _by_action(round, cells)) for membership, cells in answers]
    responses = Response.objects.bulk_create(_response(*each) for each in invited)
    for (invitation, _cells), response in zip(invited, responses, strict=True):
        if response.answered_at:
            who = invitation.participant
            record("answered", by=who, target=invitation, partnership=round.partnership)
    return [
        (response, _rows(response, said)) for response, (_who, said) in zip(responses, invited, strict=True)
    ]


def _response(invitation, said):
    ids = {"round_id": invitation.round_id, "participant_id": invitation.participant_id}
    return Response(
        **ids,
        organisation_id=invitation.organisation_id,
        standpoint=invitation.standpoint,
        code_hash=keys.hash_code(keys.new_code(), **ids),
        came_by=Response.CameBy.MAILED,
        proofs=proved(invitation),
        answered_at=timezone.now() if any(map(_is_answer, said.values())) else None,
    )


def proved(one):
    """What a link mailed to the person leaves behind, each time the same; ``one`` is anything of theirs."""
    return [f"mail:of participant {one.participant_id}"]


def _rows(response, said):
    return [Rating(response=response, action_id=key, **each) for key, each in said.items()]


def _by_action(round, cells):
    ids = {action.number: action.id for action in wording(round.edition_id, "en").actions}
    return {ids[number]: _said(cell) for number, cell in cells.items()}


def _is_answer(said):
    return bool(said.get("level") or said.get("dont_know"))


def _said(cell):
    said, comment = cell if isinstance(cell, tuple) else (cell, "")
    if said == "dk":
        return {"dont_know": True, "comment": comment}
    return {"level": said, "comment": comment}


def everybody(memberships, *levels_by_person):
    """Answers in which each membership gives all eleven actions the one level."""
    return [
        (membership, dict.fromkeys(range(1, 12), level))
        for membership, level in zip(memberships, levels_by_person, strict=True)
    ]


def make_step(partnership, number=8, text="Look back once a quarter", *, by=None, round=None, **facts):
    """A next step about the action with that number, ended if ``state`` says so."""
    state, word = facts.pop("state", "open"), facts.pop("word", "")
    edition = round.edition if round else Edition.objects.newest_published()
    action = Action.objects.get(edition=edition, number=number)
    step = nextsteps.add_next_step(
        by=by, partnership=partnership, action=action, text=text, round=round, **facts
    )
    if state == "open":
        return step
    end = nextsteps.finish_next_step if state == "done" else nextsteps.drop_next_step
    return end(by=by, step=step, seen=step.revision, word=word)
