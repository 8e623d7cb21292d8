"""Saving what people say: alone, at the same moment, and against closing, the freeze and starting again."""

import itertools
import threading

import pytest
from django.db import connection, transaction
from django.db.models import Count

from assessments import analysis, keys
from assessments.models import Invitation, Rating, Response, Round, RoundCounts
from assessments.operations import answers, invitations, rounds
from assessments.policies.base import NotNow
from framework.queries.wording import wording
from partnerships.models.audit import AuditEvent
from tests.assessments.rating_room import ask_a_member
from tests.factories import advance, make_round
from tests.made_once import made_once


@made_once
def room():
    return ask_a_member()


def begin(room, code="KTM482QX"):
    of = room.invitation.organisation
    return answers.start_response(invitation=room.invitation, code=code, organisation=of, standpoint="")


def action_ids(room):
    return [action.id for action in wording(room.round.edition_id, "en").actions]


def say(room, number=1, code="KTM482QX", **said):
    return answers.answer(
        invitation=room.invitation, code=code, action_id=action_ids(room)[number - 1], **said
    )


@pytest.mark.django_db
class TestOneAtATime:
    def test_the_first_answer_is_audited_without_what_was_said(self, room):
        begin(room)
        say(room, 1, level=2, comment="The trust is gone")
        say(room, 2, level=3)
        event = AuditEvent.objects.get(event="answered")
        assert (event.target_kind, event.before, event.after) == ("invitation", None, None)
        assert event.actor == f"participant:{room.invitation.participant_id}"

    def test_a_comment_alone_is_not_yet_an_answer(self, room):
        begin(room)
        say(room, comment="I will think about it")
        assert Response.objects.get().answered_at is None
        say(room, level=4, seen=1)
        assert Response.objects.get().answered_at

    def test_somebody_marked_away_who_answers_is_back(self, room):
        begin(room)
        invitations.mark_away(by=room.lead.user, invitation=room.invitation)
        say(room, level=4)
        assert not Invitation.objects.get(pk=room.invitation.pk).is_away

    def test_an_older_page_does_not_overwrite_a_newer_answer(self, room):
        begin(room)
        say(room, level=4, seen=0, page="laptop")
        with pytest.raises(answers.AnsweredElsewhere) as refused:
            say(room, level=2, seen=0, page="phone")
        assert refused.value.current.level == 4
        assert room.levels() == {1: 4}

    def test_another_code_opens_nothing_once_something_is_saved(self, room):
        begin(room)
        say(room, level=4)
        with pytest.raises(answers.OpensElsewhere):
            say(room, level=1, code="AAAAAAAA")
        with pytest.raises(answers.OpensElsewhere):
            begin(room, code="AAAAAAAA")
        assert room.levels() == {1: 4}

    def test_whoever_answers_first_takes_the_answers_with_their_code(self, room):
        begin(room, code="KTM482QX")
        begin(room, code="AAAAAAAA")  # somebody else with the link, in between
        say(room, level=4, code="KTM482QX")
        assert keys.code_opens(Response.objects.get(), "KTM482QX")
        assert not keys.code_opens(Response.objects.get(), "AAAAAAAA")

    def test_the_code_is_kept_only_as_a_hash(self, room):
        begin(room)
        assert "KTM482QX" not in str(Response.objects.values().get())

    def test_saying_nothing_saves_nothing(self, room):
        begin(room)
        say(room)
        assert not Rating.objects.exists()

    @pytest.mark.parametrize("state", ["closed", "revealed", "shared"])
    def test_after_closing_nothing_is_taken(self, room, state):
        response = begin(room)
        say(room, level=4)
        advance(room.round, state, by=room.lead.user)
        for refused in (
            lambda: say(room, 2, level=1),
            lambda: begin(room),
            lambda: answers.submit_response(response=response),
        ):
            with pytest.raises(NotNow):
                refused()
        assert room.levels() == {1: 4}

    def test_sending_twice_keeps_the_first_time(self, room):
        response = begin(room)
        first = answers.submit_response(response=response).submitted_at
        assert answers.submit_response(response=response).submitted_at == first


def together(*jobs):
    """Run each job in a thread with a connection of its own, all let go at once; returns what they raised."""
    ready, raised = threading.Barrier(len(jobs)), []

    def run(job):
        ready.wait()
        try:
            job()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def test_a_double_click_saves_one_rating(self, room):
        begin(room)
        raised = together(*[lambda: say(room, level=3, page="one")] * 4)
        assert raised == []
        assert Rating.objects.get().revision == 1

    def test_two_devices_one_is_asked_which_answer_counts(self, room):
        begin(room)
        raised = together(
            lambda: say(room, level=2, page="laptop"),
            lambda: say(room, level=5, page="phone"),
        )
        assert [type(error) for error in raised] == [answers.AnsweredElsewhere]
        assert {raised[0].current.level} == set(room.levels().values())

    def test_starting_twice_makes_one_response(self, room):
        assert together(*[lambda: begin(room)] * 4) == []
        assert Response.objects.count() == 1

    def test_two_who_start_with_codes_of_their_own_never_share_answers(self, room):
        def mine(code):
            return lambda: (begin(room, code=code), say(room, level=3, code=code, page=code))

        raised = together(mine("KTM482QX"), mine("AAAAAAAA"))
        assert [type(error) for error in raised] == [answers.OpensElsewhere]
        assert Rating.objects.get().saved_from in ("KTM482QX", "AAAAAAAA")
        assert keys.code_opens(Response.objects.get(), Rating.objects.get().saved_from)

    def test_starting_again_while_saving_leaves_all_or_nothing(self, room):
        begin(room)
        say(room, level=4)
        raised = together(
            lambda: say(room, 2, level=3),
            lambda: invitations.restart_answers(by=room.lead.user, invitation=room.invitation),
        )
        assert all(isinstance(error, Response.DoesNotExist) for error in raised)
        assert not Rating.objects.exists()

    def test_what_was_saved_while_the_round_closed_is_in_the_counts(self, room):
        """Closing and opening the results race a stream of saves; what was said to be saved is counted."""
        make_named(room)
        begin(room)
        saved = []

        def rate():
            for number, level in zip(range(1, 12), itertools.cycle((1, 3, 5))):
                say(room, number, level=level)
                saved.append(number)

        def close():
            advance(room.round, "revealed", by=room.lead.user)

        raised = together(rate, close)
        assert all(isinstance(error, NotNow) for error in raised)
        assert sorted(room.levels()) == saved
        assert counted_actions(room.round) == saved

    def test_closing_waits_for_the_answer_being_saved(self, room):
        if connection.vendor == "sqlite":
            pytest.skip("SQLite lets one writer in at a time anyway")
        response = begin(room)
        holding, let_go = threading.Event(), threading.Event()

        def hold():
            with transaction.atomic():
                answers.save_answer(response=response, action_id=action_ids(room)[0], level=4)
                holding.set()
                let_go.wait(10)

        def close():
            holding.wait(10)
            threading.Timer(0.3, let_go.set).start()
            rounds.close_round(by=room.lead.user, round=room.round)
            assert room.levels() == {1: 4}

        assert together(hold, close) == []


def make_named(room):
    """A confidential round would store no counts of one person."""
    Round.objects.filter(pk=room.round.pk).update(confidentiality="named")


def counted_actions(round):
    """The actions of which the frozen round has counts; of a named one, whose few are not hidden."""
    counts = analysis.RoundCounts.from_json(RoundCounts.objects.get(round=round).data)
    return [action.number for action in counts.actions if action.whole and action.whole.n]


@pytest.mark.django_db
def test_two_rounds_of_one_person_do_not_open_each_other(room):
    """The same code in another round is another hash."""
    other = make_round(room.partnership, by=room.lead.user, state="open", title="Spring 2027")
    invitation = Invitation.objects.get(round=other, participant=room.invitation.participant)
    first = begin(room)
    second = answers.start_response(invitation=invitation, code="KTM482QX", organisation=None, standpoint="")
    assert first.code_hash != second.code_hash
    assert Response.objects.aggregate(n=Count("code_hash", distinct=True))["n"] == 2
