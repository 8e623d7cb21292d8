"""A lead tries a workshop alone: everything works, nothing counts, nothing is left."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments import queries
from assessments.models import (
    Invitation,
    NextStep,
    Rating,
    Response,
    RevealedCounts,
    Round,
    RoundCounts,
    Seat,
    Workshop,
)
from assessments.models.frozen import FrozenRatingsChanged
from assessments.operations import discarding, rehearsals, room, rounds, workshops
from assessments.operations.mail import deliver
from assessments.operations.workshops import MovedOn
from assessments.policies.base import NotNow
from partnerships.models import Membership, Partnership, User
from partnerships.models.audit import AuditEvent
from partnerships.permissions import Role, roles
from tests.assessments.round_room import Place, make_place
from tests.assessments.workshop_room import Hall, make_hall
from tests.factories import everybody, make_lead, make_round, make_step
from tests.made_once import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


@made_once
def place():
    return make_place()


def rehearse(place, round):
    workshop = rehearsals.begin_rehearsal(by=place.by, round=round)
    return Hall(Place(workshop.round.partnership, place.lead, [], place.officer), workshop)


def let_rate(hall):
    return rehearsals.let_people_rate(by=hall.by, workshop=hall.workshop, seen=hall.seen)


def draft(place, **settings):
    return make_round(place.partnership, by=place.by, **settings)


def everything():
    """How many rows there are of everything that belongs to a partnership; the trail is never shortened."""
    found = [
        model for app in ("partnerships", "assessments") for model in apps.get_app_config(app).get_models()
    ]
    return {model.__name__: model._base_manager.count() for model in found if model is not AuditEvent}


def go_the_whole_way(hall):
    """Each thing a lead can do leaves rows of its own."""
    guest = room.join_as_guest(workshop=hall.workshop, device="my phone")
    hall.move("begin")
    hall.move("start" if hall.workshop.mode == "room" else "show")
    if hall.workshop.mode == "room":
        let_rate(hall)
        room.rate(seat=guest, number=1, level=3)
        hall.move("reveal")
    hall.move("again")
    let_rate(hall)
    room.rate(seat=guest, number=1, level=4)
    hall.move("reveal_again")
    hall.agree(1, 3, "We tried it")
    workshops.decide_step(by=hall.by, workshop=hall.workshop, number=1, text="Try it once more")
    hall.move("end")
    let_rate(hall)
    hall.move("finish")


class TestBeginning:
    def test_it_has_the_settings_of_the_round_and_invented_people_in_it(self, place):
        round = draft(place, grouping="sector", least_number=9, is_baseline=True)
        hall = rehearse(place, round)
        found = hall.round
        assert (found.title, found.grouping, found.least_number, found.is_baseline) == (
            "Autumn 2026", "sector", 9, True,
        )  # fmt: skip
        assert (found.edition, found.rehearsal_of) == (round.edition, round)
        assert found.partnership.name == place.partnership.name
        assert hall.workshop.mode == "room"
        assert Seat.objects.filter(workshop=hall.workshop, state="in").count() == 14
        people = Membership.objects.filter(partnership=found.partnership)
        assert {person.email.partition("@")[2] for person in people} == {"rehearsal.example"}
        assert {person.user for person in people} == {None}

    def test_a_round_rated_by_link_is_walked_through_with_invented_ratings(self, place):
        answers = everybody(place.members, 1, 1, 1, 1, 1, 1)
        round = make_round(place.partnership, by=place.by, state="open", answers=answers)
        hall = rehearse(place, round)
        assert hall.workshop.mode == "walk"
        hall.move("begin", "show")
        taken = queries.room.taken(hall.fresh())
        assert taken[1].whole.counts == (2, 4, 0, 3, 3)
        assert taken[6].whole is None  # too few
        assert Round.objects.get(pk=round.pk).state == "open"

    def test_a_named_round_is_rehearsed_as_one(self, place):
        hall = rehearse(place, draft(place, confidentiality="named"))
        hall.move("begin")
        hall.go_to(6)
        hall.move("start")
        let_rate(hall)
        hall.move("reveal")
        assert queries.room.taken(hall.fresh())[6].whole.n == 3

    def test_beginning_anew_throws_the_old_one_away(self, place):
        round = draft(place)
        before = rehearse(place, round)
        counted = everything()
        after = rehearse(place, round)
        assert everything() == counted
        assert not Workshop.objects.filter(pk=before.workshop.pk).exists()
        assert Workshop.objects.get() == after.workshop

    def test_each_lead_has_one_of_their_own(self, place):
        round = draft(place)
        rehearse(place, round)
        other = make_lead(place.partnership)
        rehearsals.begin_rehearsal(by=other.user, round=round)
        assert Workshop.objects.count() == 2

    def test_the_database_holds_one_to_each(self, place):
        rehearsal = rehearse(place, draft(place)).round.partnership
        twin = {"name": "Twin", "slug": "twin", "council": rehearsal.council, "system": "other"}
        mine = {"rehearsal_of": place.partnership, "rehearsed_by": rehearsal.rehearsed_by}
        with pytest.raises(IntegrityError), transaction.atomic():
            Partnership.with_rehearsals.create(**twin, **mine)
        for half in mine:
            with pytest.raises(IntegrityError, match="rehearsed_by_somebody"), transaction.atomic():
                Partnership.with_rehearsals.create(**twin, **{half: mine[half]})


class TestThePeople:
    def test_they_rate_what_is_rated_and_the_same_again_changes_nothing(self, place):
        hall = rehearse(place, draft(place))
        hall.move("begin", "start")
        let_rate(hall)
        said = list(Rating.objects.order_by("pk").values())
        let_rate(hall)
        assert list(Rating.objects.order_by("pk").values()) == said
        hall.move("reveal")
        assert queries.room.taken(hall.fresh())[1].whole.counts == (2, 4, 0, 3, 3)
        hall.move("again")
        let_rate(hall)
        hall.move("reveal_again")
        second = queries.results.second(hall.fresh())[1]
        assert second.distribution.n == 12
        assert (second.change.lower, second.change.higher_at_most) == (3, 1)

    def test_too_few_rate_where_the_lead_shall_see_that(self, place):
        hall = rehearse(place, draft(place))
        hall.move("begin")
        hall.go_to(6)
        hall.move("start")
        let_rate(hall)
        with pytest.raises(NotNow, match=r"^2 more people have to rate"):
            hall.move("reveal")

    def test_a_phone_of_the_lead_is_left_alone(self, place):
        hall = rehearse(place, draft(place))
        guest = room.join_as_guest(workshop=hall.workshop, device="my phone")
        hall.move("begin", "start")
        let_rate(hall)
        assert not Rating.objects.filter(response__participant=guest.participant).exists()

    def test_they_vote_at_the_end(self, place):
        hall = rehearse(place, draft(place))
        hall.move("begin", "end")
        let_rate(hall)
        hall.move("finish")
        assert hall.fresh().worth == {"n": 12, "counts": [0, 0, 3, 6, 3]}

    def test_they_wait_until_there_is_something_to_rate(self, place):
        hall = rehearse(place, draft(place))
        for moves in ((), ("begin",)):
            hall.move(*moves)
            with pytest.raises(NotNow):
                let_rate(hall)
        hall.move("end", "finish")
        with pytest.raises(NotNow, match="finished"):
            let_rate(hall)

    def test_they_wait_for_a_screen_that_is_not_old(self, place):
        hall = rehearse(place, draft(place))
        hall.move("begin", "start")
        seen = hall.seen
        hall.go_to(2)
        with pytest.raises(MovedOn):
            rehearsals.let_people_rate(by=hall.by, workshop=hall.workshop, seen=seen)

    def test_nobody_is_invented_in_a_real_workshop(self):
        hall = make_hall(people=6)
        hall.move("start")
        with pytest.raises(NotNow, match="no rehearsal"):
            let_rate(hall)
        assert not Rating.objects.exists()


@made_once
def real(place):
    """A partnership with a shared round, a next step and a draft that is rehearsed the whole way."""
    answers = everybody(place.members, 1, 2, 3, 4, 5, 5)
    shared = make_round(place.partnership, by=place.by, state="shared", answers=answers, title="Spring")
    make_step(place.partnership, round=shared)
    return draft(place)


class TestNothingCounts:
    def figures(self, place):
        today = timezone.localdate()
        partnership = Partnership.objects.get(pk=place.partnership.pk)
        lines = queries.partnership.lines(partnership, with_drafts=True)
        return {
            "partnerships": list(Partnership.objects.values()),
            "of the council": list(partnership.council.partnerships.values()),
            "of the officer": list(Partnership.objects.visible_to(place.officer).values()),
            "of the lead": list(Partnership.objects.visible_to(place.by).values()),
            "rounds of the lead": list(Round.objects.visible_to(place.by).values()),
            "lines": [(line.round, line.answered, line.invited) for line in lines],
            "review": queries.partnership.review(partnership, [line.round for line in lines], today),
            "latest": queries.latest.latest([partnership], {partnership.pk}),
            "steps": queries.nextsteps.counts(partnership, is_lead=True, today=today),
            "gap": queries.nextsteps.gap(partnership),
            "edition": queries.nextsteps.edition_in_use(partnership),
            "people": list(partnership.memberships.values()),
            "participants": list(partnership.participants.values()),
            "accounts": list(User.objects.values("pk", "email")),
        }

    @pytest.mark.parametrize("state", ["draft", "open", "revealed"])
    def test_every_figure_of_the_partnership_stays(self, place, real, state):
        round = real
        if state != "draft":
            round = make_round(place.partnership, by=place.by, state=state, title="By link")
        deliver(by=place.by)  # what is due anyhow
        before, letters = self.figures(place), len(mail.outbox)
        hall = rehearse(place, round)
        go_the_whole_way(hall)
        assert self.figures(place) == before
        assert not Invitation.objects.mail_waiting().exists()
        call_command("send_mail_due")
        assert len(mail.outbox) == letters

    def test_no_mail_goes_out_even_if_some_were_due(self, place, real):
        round = make_round(place.partnership, by=place.by, state="open", title="By link")
        deliver(by=place.by)
        letters, hall = len(mail.outbox), rehearse(place, round)
        rehearsed = hall.round
        Round.objects.filter(pk=rehearsed.pk).update(state="open", closed_at=None, closed_by="")
        Invitation.objects.filter(round=rehearsed).update(mail_due="invitation")
        assert deliver(by=place.by, round=rehearsed).sent == 0
        assert len(mail.outbox) == letters

    def test_two_partnerships_of_a_council_still_have_two_names(self, place, real):
        rehearse(place, real)
        same = {"name": place.partnership.name.upper(), "council": place.partnership.council}
        with pytest.raises(IntegrityError), transaction.atomic():
            Partnership.objects.create(slug="x", system="other", **same)

    def test_the_command_line_has_no_results_of_it(self, place, real):
        hall = rehearse(place, real)
        go_the_whole_way(hall)
        assert hall.round.is_frozen
        with pytest.raises(CommandError, match="There is no round"):
            call_command("results", hall.round.pk)

    def test_the_trail_says_it_was_a_rehearsal(self, place, real):
        last = AuditEvent.objects.order_by("pk").last().pk
        hall = rehearse(place, real)
        go_the_whole_way(hall)
        discarding.throw_away(by=place.by, rehearsal=hall.round.partnership)
        events = AuditEvent.objects.filter(pk__gt=last).order_by("pk")
        plain = [event.event for event in events if not event.event.startswith("rehearsal: ")]
        assert plain == ["rehearsal begun", "rehearsal thrown away"]
        inside = events.filter(event__startswith="rehearsal: ")
        assert "rehearsal: workshop finished" in set(inside.values_list("event", flat=True))
        assert place.partnership.pk not in set(inside.values_list("partnership", flat=True))


class TestWhoIsThere:
    def test_whoever_began_it_leads_it_as_long_as_they_lead_the_partnership(self, place):
        rehearsal = rehearse(place, draft(place)).round.partnership
        assert roles(place.by, rehearsal) == {Role.LEAD}
        Membership.objects.filter(pk=place.lead.pk).update(role="member")
        assert roles(place.by, rehearsal) == frozenset()
        Membership.objects.filter(pk=place.lead.pk).update(role="lead", ended_at=timezone.now())
        assert roles(place.by, rehearsal) == frozenset()

    def test_nobody_else_is_there(self, place):
        rehearsal = rehearse(place, draft(place)).round.partnership
        other = make_lead(place.partnership)
        for user in (other.user, place.members[0].user, place.officer):
            assert roles(user, rehearsal) == frozenset()

    def test_an_officer_who_leads_is_the_lead(self, place):
        place.partnership.council.officers.add(place.by)
        assert roles(place.by, rehearse(place, draft(place)).round.partnership) == {Role.LEAD}


class TestThrowingAway:
    @pytest.mark.parametrize("state", ["draft", "open", "shared"])
    def test_nothing_is_left_of_it(self, place, state):
        answers = everybody(place.members, 1, 2, 3, 4, 5, 5)
        round = make_round(place.partnership, by=place.by, state=state, answers=answers)
        before, rows = everything(), list(Round.objects.values())
        hall = rehearse(place, round)
        go_the_whole_way(hall)
        touched = {name for name, count in everything().items() if count > before[name]}
        assert {"RevealedCounts", "RoundCounts", "AgreedRating", "NextStep", "Seat", "Rating"} <= touched
        assert discarding.throw_away(by=place.by, rehearsal=hall.round.partnership)
        assert everything() == before
        assert list(Round.objects.values()) == rows

    def test_twice_is_once(self, place):
        rehearsal = rehearse(place, draft(place)).round.partnership
        assert discarding.throw_away(by=place.by, rehearsal=rehearsal)
        assert not discarding.throw_away(by=place.by, rehearsal=rehearsal)

    def test_a_real_partnership_is_never_thrown_away(self, place):
        answers = everybody(place.members, 1, 2, 3, 4, 5, 5)
        round = make_round(place.partnership, state="shared", answers=answers)
        assert not discarding.throw_away(by=place.by, rehearsal=place.partnership)
        assert Rating.objects.filter(response__round=round).count() == 66

    def test_the_way_past_the_freeze_takes_nothing_real(self, place):
        hall = make_hall(people=6, place=place)
        hall.reveal(1, 1, 2, 3, 4, 5, 5)
        hall.finish()
        before = everything()
        for model in (RevealedCounts, RoundCounts, Rating, Response):
            model.objects.all().remove_rehearsed()
        assert everything() == before

    def test_any_other_way_is_refused_in_a_rehearsal_too(self, place):
        hall = rehearse(place, draft(place))
        go_the_whole_way(hall)
        for model in (RevealedCounts, RoundCounts, Rating):
            with pytest.raises(FrozenRatingsChanged):
                model.objects.all().delete()

    def test_a_draft_that_is_deleted_takes_its_rehearsals_along(self, place):
        before, round = everything(), draft(place)
        rehearse(place, round)
        rehearsals.begin_rehearsal(by=make_lead(place.partnership).user, round=round)
        rounds.delete_draft(by=place.by, round=round)
        left = {name: count - before[name] for name, count in everything().items() if count != before[name]}
        assert left == {"User": 1, "Membership": 1, "Organisation": 1}  # the other lead

    def test_a_forgotten_one_goes_after_a_day(self, place, capsys):
        old = rehearse(place, draft(place))
        Partnership.with_rehearsals.filter(pk=old.round.partnership_id).update(
            created_at=timezone.now() - timedelta(hours=25)
        )
        other = make_place(town="Southmoor")
        new = rehearse(other, draft(other))
        call_command("apply_retention", dry_run=True)
        assert "Forgotten rehearsals: 1" in capsys.readouterr().out
        assert Workshop.objects.count() == 2
        call_command("apply_retention")
        assert "Forgotten rehearsals: 1" in capsys.readouterr().out
        assert Workshop.objects.get() == new.workshop
        assert NextStep.objects.count() == 0

    def test_a_rehearsal_stands_in_no_way_of_the_day(self, place):
        round = draft(place)
        rehearse(place, round)
        assert workshops.start_workshop(by=place.by, round=round).round_id == round.pk
