"""The example shows what it promises, the same on every machine, and keeps away from a real site."""

import io
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from assessments import queries, readings
from assessments.counting.taking import turnout
from assessments.examples import northmoor, people, shapes
from assessments.models import Comment, Invitation, NextStep, Rating, Response, Round, Workshop
from assessments.operations import room
from assessments.operations.retention import rounds_past_retention
from partnerships.mail.demo import messages
from partnerships.models import Council, Membership, Partnership, User
from tests.factories import PartnershipFactory
from tests.framework.editions import next_edition

pytestmark = pytest.mark.django_db


def fill(*options):
    out = io.StringIO()
    call_command("example_data", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def example(edition):
    return fill()


def test_a_framework_of_another_size_is_refused_before_anything_is_there(edition):
    next_edition(edition, {"purpose": "retired"})
    with pytest.raises(CommandError, match="has ratings of 11 actions"):
        fill()
    assert not Council.objects.exists()


def rounds(slug):
    found = Round.objects.filter(partnership__slug=f"northmoor-{slug}", state__in=["revealed", "shared"])
    return list(found.order_by("closed_at"))


def actions(round):
    return {action.number: action for action in queries.results.of(round).actions}


def reasons(round):
    return {
        entry.number: [str(reason) for reason in entry.reasons]
        for entry in queries.results.of(round).attention
    }


def test_what_is_there(example):
    """One filling, looked at from all sides: it takes some seconds."""
    partnerships_with_one_to_five_closed_rounds_and_the_first_with_one_open()
    nobody_answers_in_the_future()
    the_people_a_newcomer_can_be()
    every_pattern_is_there()
    comments_stand_where_they_belong()
    next_steps_of_every_kind()
    no_mail_is_due_and_none_was_sent()
    nothing_is_old_enough_to_be_removed()
    a_workshop_is_finished_and_one_can_be_joined()
    an_officer_has_something_to_compare_and_to_look_at()
    a_second_run_changes_nothing()


def partnerships_with_one_to_five_closed_rounds_and_the_first_with_one_open():
    assert Council.objects.get().name == "Northmoor Council"
    first = Partnership.objects.order_by("pk").values_list("pk", flat=True)[:5]
    for partnership in Partnership.objects.all():
        by_link = partnership.rounds.filter(is_in_room=False)
        states = list(by_link.values_list("state", flat=True))
        assert states.count("open") == (partnership.pk in first)
        assert 1 <= len(states) - states.count("open") <= 5
        members = partnership.memberships.current()
        assert 15 <= members.count() <= 40
        assert len(set(members.values_list("organisation__sector", flat=True))) >= 3
        assert len(set(members.values_list("standpoint", flat=True))) >= 4
        assert not members.exclude(email__endswith=".example").exists()
    assert Partnership.objects.count() == 11


def nobody_answers_in_the_future():
    now = timezone.now()
    moments = ["created_at", "opened_at", "closed_at", "revealed_at", "shared_at"]
    for round in Round.objects.all():
        reached = [getattr(round, moment) for moment in moments if getattr(round, moment)]
        assert reached == sorted(reached)
        assert reached[-1] <= now
    assert not Response.objects.filter(submitted_at__gt=now).exists()


def the_people_a_newcomer_can_be():
    for persona in (people.LEAD, people.MEMBER, people.OFFICER, people.EDITOR, people.ADMINISTRATOR):
        user = User.objects.get(email=persona.email)
        assert user.name == persona.name
        assert not user.has_usable_password()
    led = Membership.objects.filter(user__email="lead@northmoor.example", role="lead")
    assert led.count() == 3
    assert User.objects.get(is_superuser=True).email == "admin@northmoor.example"
    assert User.objects.get(is_editor=True).email == "editor@northmoor.example"
    assert Council.objects.get().officers.get().email == "officer@northmoor.example"
    jo = Invitation.objects.filter(participant__membership__user__email="member@northmoor.example")
    assert jo.filter(round__state="open", round__is_in_room=False).count() == 2
    assert not Response.objects.filter(participant__membership__email="member@northmoor.example").exists()


def every_pattern_is_there():
    first, *_between, last = ageing = rounds("ageing-well")
    assert len(ageing) == 5
    assert (first.is_baseline, last.is_baseline) == (True, False)
    assert actions(first)[1].band is None
    assert actions(last)[10].verdict == "split"
    assert "split" in reasons(last)[10]
    assert actions(last)[1].verdict == "lone_voice"
    assert "unknown" in reasons(last)[8]
    climb = [actions(round)[9].mean for round in ageing]
    fall = [actions(round)[5].mean for round in ageing]
    assert (climb, fall) == (sorted(climb), sorted(fall, reverse=True))
    assert (climb[0], fall[-1]) < (2.5, 2.5)
    assert min(climb[-1], fall[0]) >= 4
    absent = [o.name for o in queries.results.of(last).turnout.organisations if not o.answered]
    assert absent == ["Moor Fire and Rescue", "Northmoor Police"]
    too_few = rounds("climate")[0]
    assert all(action.hidden for action in actions(too_few).values())
    assert [
        number for number, action in actions(rounds("community-safety")[-1]).items() if action.hidden
    ] == [8]
    assert rounds("early-years")[-1].confidentiality == "named"
    rates = [turnout(round) for round in rounds("community-safety")]
    shares = [rate.answered / rate.invited for rate in rates]
    assert shares[0] < 0.5 <= shares[1] < 0.65 <= shares[2]
    waiting = Round.objects.get(state="closed")
    assert waiting.partnership.slug == "northmoor-town-centre"
    assert waiting.responses.exclude(submitted_at=None).count() == 13


def comments_stand_where_they_belong():
    waiting = Comment.objects.filter(standing="waiting")
    assert set(waiting.values_list("round__partnership__slug", flat=True)) == {"northmoor-community-safety"}
    assert waiting.count() == 7
    assert Comment.objects.filter(standing="shown").count() >= 20
    assert not Comment.objects.filter(round__partnership__slug="northmoor-climate").exists()


def next_steps_of_every_kind():
    today, now = timezone.localdate(), timezone.now()
    steps = NextStep.objects.select_related("round", "action", "partnership")
    assert {step.state for step in steps} == {"open", "done", "dropped"}
    ageing = steps.filter(partnership__slug="northmoor-ageing-well")
    assert (ageing.under_way().count(), ageing.overdue(today).count()) == (5, 1)
    listed = {entry.code for entry in queries.results.of(rounds("ageing-well")[-1]).attention}
    assert {step.action.code for step in ageing.under_way()} >= listed - {"learning"}
    assert "learning" in listed  # it has none, so that the results say so
    assert steps.filter(round__state="revealed").exists()
    assert not steps.filter(partnership__slug="northmoor-climate").exists()
    for step in steps:
        assert step.created_at <= (step.closed_at or now) <= now
        assert step.round is None or step.created_at > step.round.closed_at
        names = {*step.partnership.memberships.values_list("name", flat=True)}
        names |= {*step.partnership.organisations.values_list("name", flat=True), ""}
        assert step.owner in names


def no_mail_is_due_and_none_was_sent():
    assert mail.outbox == []
    assert not Invitation.objects.exclude(mail_due="").exists()


def nothing_is_old_enough_to_be_removed():
    assert rounds_past_retention(today=timezone.localdate() + timedelta(days=60)) == []


def a_workshop_is_finished_and_one_can_be_joined():
    held = Workshop.objects.get(state="finished")
    assert held.round == rounds("ageing-well")[-1]
    found = actions(held.round)
    assert [found[number].agreed for number in found] == [4, 4, 3, 4, 2, 4, 4, 2, 4, 3, 2]
    assert [number for number in found if found[number].second] == [8, 10]
    assert (found[10].verdict, found[10].second.distribution.n) == ("split", 19)
    assert held.worth == {"n": 18, "counts": [0, 0, 2, 9, 7]}
    assert held.started_at < held.finished_at < timezone.now()
    door = Workshop.objects.get(state="lobby")
    assert door.round.partnership.slug == "northmoor-town-centre"
    assert len(door.code) == 6
    jo = room.join(workshop=door, email="member@northmoor.example", device="phone")
    assert jo.state == "in"


def an_officer_has_something_to_compare_and_to_look_at():
    found = queries.portfolio.read(
        Council.objects.get(), queries.portfolio.Asked(), language="en-gb", today=timezone.localdate()
    )
    looks = readings.portfolio.where_to_look(found, lambda _line: found.words)
    assert looks[0].line.partnership.slug == "northmoor-homes"
    assert [line.partnership.slug for line in found.lines if line.review.is_overdue] == ["northmoor-homes"]
    last = Round.objects.filter(partnership__slug="northmoor-ageing-well", state="shared").latest("closed_at")
    assert queries.others.of_others(last).count == 9  # of eight and more it is said where they lie


def a_second_run_changes_nothing():
    before = (Round.objects.count(), Rating.objects.count(), User.objects.count())
    assert "is there already" in fill()
    assert (Round.objects.count(), Rating.objects.count(), User.objects.count()) == before


def test_a_site_of_its_own_is_left_alone_unless_forced(edition):
    PartnershipFactory()
    with pytest.raises(CommandError, match="--force"):
        fill()
    assert Partnership.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_in_the_demonstration_the_member_finds_an_invitation_that_opens(edition, settings, tmp_path, client):
    settings.DEMO, settings.DEMO_MAILBOX = True, tmp_path
    settings.EMAIL_BACKEND = "partnerships.mail.demo.MailboxBackend"
    settings.SITE_URL = "http://testserver"
    fill("--force")
    found = [message for message in messages() if message.to == "member@northmoor.example"]
    assert len(found) == 2
    address = next(word for word in found[0].body.split() if word.startswith("http"))
    assert client.get(address).status_code == 200
    assert not Invitation.objects.exclude(mail_due="").exists()


@pytest.mark.parametrize("shape", [*shapes.SHAPES])
@pytest.mark.parametrize("count", [10, 15, 24, 33])
def test_a_shape_is_shared_out_to_everybody_and_always_alike(shape, count):
    persons = [
        people.Person(f"P{n}", f"p{n}@moor.example", "Moor Trust", "nhs", "middle") for n in range(count)
    ]
    said = shapes.spread_over(persons, shape, 3, "moor")
    assert len(said) == count
    assert said == shapes.spread_over(persons[::-1], shape, 3, "moor")


def test_a_gathering_of_names_without_doubles():
    every = []
    for partnership in northmoor.PARTNERSHIPS:
        every += people.people_of(partnership, len(every))
    assert len({person.name for person in every}) == len(every) == len({person.email for person in every})


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (date(2026, 3, 1), "Spring 2026"),
        (date(2026, 8, 31), "Summer 2026"),
        (date(2026, 11, 14), "Autumn 2026"),
        (date(2026, 12, 1), "Winter 2026/27"),
        (date(2026, 2, 1), "Winter 2025/26"),
        (date(2000, 1, 1), "Winter 1999/00"),
    ],
)
def test_a_round_is_called_after_its_season(day, title):
    assert northmoor.season(day) == title
