"""Filling a site with the example's people and rounds, by the same operations as everybody's."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from framework.models import Action
from framework.queries.wording import wording
from partnerships import operations as partnerships
from partnerships.models import Council, Membership
from partnerships.models.audit import actor_key
from partnerships.operations.audit import record

from .. import keys, queries
from ..analysis import LEVELS
from ..models import Invitation, Rating, Response
from ..queries.looking_back import asked
from ..sheets.ratings import DONT_KNOW
from . import answers
from .nextsteps import add_next_step, drop_next_step, finish_next_step
from .proving import mailed_to
from .rounds import close_round, create_round, finish_comments, open_round, reveal_round, share_round

RETENTION_MONTHS = 36
"""Longer than the oldest example: a site that removes old ratings leaves the examples whole."""


@transaction.atomic
def make_persona(*, name, email, **flags):
    """Somebody a newcomer can be; without a password, so that only the demonstration signs them in."""
    user = partnerships.ensure_account(email)
    user.name = name
    for flag, value in flags.items():
        setattr(user, flag, value)
    user.save()
    record("account made for the example", by=None, target=user)
    return user


@transaction.atomic
def make_council(*, name, officers):
    council = partnerships.create_council(by=None, name=name)
    council.retention_months = RETENTION_MONTHS
    council.contact = "information.governance@northmoor.example"
    council.save()
    council.officers.set(officers)
    return council


@transaction.atomic
def make_partnership(*, by, council, example, people, since):
    """The partnership with its organisations and members, led by ``by``."""
    partnership = partnerships.create_partnership(
        by=by,
        name=example.name,
        slug=example.slug,
        council=council,
        system=example.system,
        review_months=example.review_months,
    )
    for organisation in example.organisations:
        partnerships.add_organisation(
            by=by, partnership=partnership, name=organisation.name, sector=organisation.sector
        )
    host = partnership.organisations.get(name=council.name)
    lead = partnership.memberships.get(user=by)
    partnerships.change_member(by=by, membership=lead, organisation=host, standpoint="middle")
    partnerships.add_members(by=by, partnership=partnership, people=people)
    Membership.objects.filter(partnership=partnership).update(created_at=since)
    partnership.created_at = since
    partnership.save(update_fields=["created_at"])
    return partnership


@transaction.atomic
def make_past_round(*, by, partnership, title, people, closed_on, state, comments_read, **settings):
    """A round that has been, from (membership, cells, comments) for everybody who was asked."""
    round = open_round(by=by, round=create_round(by=by, partnership=partnership, title=title, **settings))
    asked_for = [membership for membership, _cells, _comments in people]
    round.invitations.exclude(participant__membership__in=asked_for).delete()
    _answer_at_once(round, people)
    round = close_round(by=by, round=round)
    if state != "closed":
        round = reveal_round(by=by, round=round)
    if comments_read and state != "closed":
        round = finish_comments(by=by, round=round)
    if state == "shared":
        round = share_round(by=by, round=round, tell=False)
    return _date_back(by, round, closed_on)


def _answer_at_once(round, people):
    """Everybody's answers, given through the link that was mailed to them."""
    participants = {each.participant.membership_id: each.participant for each in _invited(round)}
    answering = [one for one in people if any(cell is not None for cell in one[1])]
    responses = Response.objects.bulk_create(
        Response(
            round=round,
            participant=participants[membership.pk],
            organisation=membership.organisation,
            standpoint=membership.standpoint,
            came_by=Response.CameBy.MAILED,
            proofs=[f"mail:{keys.hash_address(membership.email)}"],
            answered_at=timezone.now(),
            submitted_at=timezone.now(),
        )
        for membership, _cells, _comments in answering
    )
    actions = wording(round.edition_id, "en").actions
    Rating.objects.bulk_create(
        Rating(response=response, action_id=action.id, comment=comment, **_said(cell))
        for response, (_membership, cells, comments) in zip(responses, answering, strict=True)
        for action, cell, comment in zip(actions, cells, comments, strict=True)
        if cell is not None or comment
    )


def _invited(round):
    return round.invitations.select_related("participant")


@transaction.atomic
def make_open_round(
    *, by, partnership, title, people, opened_on, closing_on, unsent, looks_back_to=None, mail_to=()
):
    """A round people are answering; of the answers the last ``unsent`` have not been sent yet.

    Its e-mail counts as sent that day; only that to the addresses in ``mail_to`` is due.
    """
    round = create_round(
        by=by, partnership=partnership, title=title, closing_on=closing_on, looks_back_to=looks_back_to
    )
    round = open_round(by=by, round=round)
    _answer(round, people, unsent=unsent)
    due = round.invitations.exclude(participant__membership__email__in=mail_to)
    due.update(mail_due="", mailed_at=_morning(opened_on))
    round.created_at = round.opened_at = _morning(opened_on)
    round.save()
    _spread_answers(round)
    return round


def _answer(round, people, unsent=0):
    """Each person's answers, saved one by one as a phone would."""
    answering = [one for one in people if any(cell is not None for cell in one[1])]
    ids = [action.id for action in wording(round.edition_id, "en").actions]
    for place, (membership, cells, comments) in enumerate(answering):
        invitation = Invitation.objects.select_related("round", "participant__membership").get(
            round=round, participant__membership=membership
        )
        response = answers.start_response(
            invitation=invitation,
            code=keys.new_code(),
            organisation=membership.organisation,
            standpoint=membership.standpoint,
            browser=mailed_to(invitation),
        )
        unfinished = place >= len(answering) - unsent
        last = 4 if unfinished else len(ids)
        for action, cell, comment in list(zip(ids, cells, comments, strict=True))[:last]:
            answers.save_answer(response=response, action_id=action, comment=comment, **_said(cell))
        _look_back(response, list(zip(ids, cells, strict=True))[:last])
        if not unfinished:
            answers.submit_response(response=response)


def _look_back(response, said):
    """Where the round asks: most see what was as they see what is, and some see more clearly now."""
    wanted = asked(response.round, response.participant)
    Rating.objects.bulk_create(
        Rating(
            response=response,
            action_id=action,
            layer=Rating.Layer.LOOKING_BACK,
            level=max(1, cell - 1) if (response.pk + place) % 3 else cell,
        )
        for place, (action, cell) in enumerate(said)
        if action in wanted and cell in LEVELS
    )


def _said(cell):
    """Nothing of who wrote a comment alone."""
    if cell is None:
        return {}
    return {"dont_know": True} if cell == DONT_KNOW else {"level": cell}


def _spread_answers(round):
    """Nobody answers within one second: spread what was answered over the days since the opening."""
    responses = list(Response.objects.filter(round=round).order_by("pk"))
    step = (timezone.now() - round.opened_at) / (len(responses) + 1)
    for place, response in enumerate(responses, start=1):
        moment = round.opened_at + step * place
        sent = response.submitted_at and moment + timedelta(minutes=6)
        Response.objects.filter(pk=response.pk).update(
            started_at=moment, answered_at=moment + timedelta(minutes=1), submitted_at=sent
        )


def _date_back(by, round, closed_on):
    """Let the round have happened around the day it closed."""
    closed = _morning(closed_on)
    opened = closed - timedelta(days=21)
    round.created_at = opened - timedelta(days=3)
    round.opened_at, round.opened_by = opened, actor_key(by)
    round.closed_at = closed
    round.closing_on = closed_on
    for name, days in (("revealed_at", 1), ("comments_looked_through_at", 2), ("shared_at", 5)):
        if getattr(round, name):
            setattr(round, name, closed + timedelta(days=days))
    round.save()
    round.invitations.update(created_at=opened, mailed_at=opened, mail_due="")
    return round


@transaction.atomic
def make_next_step(*, by, partnership, round, example, today):
    """A next step of the example, written a week after its round was closed, or three weeks ago."""
    edition = round.edition if round else queries.editions.usual(partnership)
    step = add_next_step(
        by=by,
        partnership=partnership,
        round=round,
        action=Action.objects.get(edition=edition, number=example.action),
        text=example.text,
        owner=example.owner,
        due_on=None if example.due_in is None else today + timedelta(days=example.due_in),
    )
    if example.state != "open":
        end = finish_next_step if example.state == "done" else drop_next_step
        step = end(by=by, step=step, seen=step.revision, word=example.word)
        step.closed_at = _morning(today - timedelta(days=example.ended_ago))
    step.created_at = round.closed_at + timedelta(days=7) if round else _morning(today - timedelta(days=21))
    step.save()
    return step


def _morning(day):
    return timezone.make_aware(datetime.combine(day, time(9)))


def is_there(name):
    """Whether the example's council is on this site."""
    return Council.objects.filter(name=name).exists()
