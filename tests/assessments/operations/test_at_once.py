"""The quick way of saving: what it does equals the careful way; what it may not do, it leaves undone."""

import itertools

import pytest
from django.db import transaction

from assessments.models import Invitation, Rating, Response
from assessments.operations import answers, erasure, invitations
from assessments.operations.at_once import answer_at_once
from framework.models import Action, Area, Edition
from partnerships.models import AuditEvent, Participant
from partnerships.operations import end_membership
from tests.factories import MembershipFactory, advance, make_round
from tests.made_once import made_once

from ..rating_room import ask_a_member
from .test_answers import counted_actions, make_named, say, together

CODE = "KTM482QX"
FIELDS = ("level", "dont_know", "comment", "revision", "saved_from")


@made_once
def room():
    """Somebody who has answered action 1 with 3, from the page "first"."""
    room = ask_a_member()
    of = room.invitation.organisation
    answers.start_response(invitation=room.invitation, code=CODE, organisation=of, standpoint="")
    say(room, level=3, page="first")
    return room


def at_once(
    room, number=1, *, token=None, code=CODE, level=None, dont_know=False, comment="", seen=0, page=""
):
    return answer_at_once(
        token=token or room.token,
        code_of=lambda invitation: code if invitation == room.invitation.pk else "",
        number=number,
        language="en-gb",
        level=level,
        dont_know=dont_know,
        comment=comment,
        seen=seen,
        page=page,
    )


def saved(number=1):
    return Rating.objects.filter(action__number=number).values(*FIELDS).first()


def everything():
    """All that is stored of anybody's answers."""
    return list(Rating.objects.order_by("pk").values()) + list(Response.objects.order_by("pk").values())


def is_left_undone(room, **said):
    before = everything()
    assert at_once(room, **said) is None
    return everything() == before


LEVELS = [{"level": 1}, {"level": 3}, {"level": 5}, {"dont_know": True}]
COMMENTS = ["", "Because.", "‮<b>é</b> \U0001f600"]
PAGES = [("first", 0), ("first", 1), ("other", 1), ("", 1)]


@pytest.mark.django_db
class TestTheSameAsTheCarefulWay:
    def test_it_leaves_behind_what_the_careful_way_does(self, room, subtests):
        for said, comment, number, (page, seen) in itertools.product(LEVELS, COMMENTS, [1, 2, 11], PAGES):
            said = said | {"comment": comment, "page": page, "seen": seen}
            with subtests.test(number=number, **said):
                self.both_ways(room, number, said)

    def both_ways(self, room, number, said):
        with transaction.atomic():
            quick = at_once(room, number, **said)
            quickly = saved(number)
            transaction.set_rollback(True)
        with transaction.atomic():
            say(room, number, **said)
            carefully = saved(number)
            transaction.set_rollback(True)
        if quick is None:  # the same content once more: nothing to do
            assert carefully == quickly == saved(number)
            assert (carefully["level"], carefully["comment"]) == (3, "")
        else:
            assert quick.edition_id == room.round.edition_id
            assert quickly == carefully

    def test_a_newer_answer_of_another_page_is_not_overwritten(self, room):
        say(room, level=4, page="second", seen=1)
        assert is_left_undone(room, level=5, page="other", seen=1)
        with pytest.raises(answers.AnsweredElsewhere):
            say(room, level=5, page="other", seen=1)

    def test_the_same_page_again_passes(self, room):
        assert at_once(room, level=4, page="second", seen=1)
        assert at_once(room, level=5, page="second", seen=1)
        assert saved() == dict(zip(FIELDS, (5, False, "", 3, "second"), strict=True))

    def test_an_answer_becomes_dont_know_and_back(self, room):
        assert at_once(room, dont_know=True, page="a", seen=1)
        assert (saved()["level"], saved()["dont_know"]) == (None, True)
        assert at_once(room, level=2, page="b", seen=2)
        assert (saved()["level"], saved()["dont_know"]) == (2, False)

    def test_a_comment_that_stood_alone_gets_its_level(self, room):
        say(room, 2, comment="First a word.", page="a")
        assert at_once(room, 2, level=2, comment="First a word.", page="b", seen=1)
        assert saved(2) == dict(zip(FIELDS, (2, False, "First a word.", 2, "b"), strict=True))

    def test_it_writes_nothing_in_the_history(self, room):
        before = AuditEvent.objects.count()
        assert at_once(room, 2, level=1)
        assert AuditEvent.objects.count() == before

    def test_when_it_was_saved_is_now(self, room):
        old = Rating.objects.get().saved_at
        assert at_once(room, level=1, page="first")
        assert Rating.objects.get().saved_at > old


@pytest.mark.django_db
class TestLeftUndone:
    def test_the_same_content(self, room):
        assert is_left_undone(room, level=3, page="other", seen=1)

    def test_an_unknown_link(self, room):
        assert is_left_undone(room, token="x" * 27, level=5, seen=1)

    def test_a_withdrawn_link(self, room):
        invitations.withdraw_links(by=None, invitation=room.invitation)
        assert is_left_undone(room, level=5, seen=1)

    def test_a_link_that_was_replaced(self, room):
        token = invitations.renew_link(by=None, invitation=room.invitation)
        assert is_left_undone(room, level=5, seen=1)
        assert at_once(room, token=token, level=5, seen=1)

    def test_somebody_who_has_left(self, room):
        end_membership(by=None, membership=room.member)
        assert is_left_undone(room, level=5, seen=1)

    def test_a_participant_who_is_no_member(self, room):
        Participant.objects.filter(membership=room.member).update(membership=None)
        assert is_left_undone(room, level=5, seen=1)

    def test_somebody_who_was_erased(self, room):
        erasure.erase_person(by=None, membership=room.member)
        assert is_left_undone(room, level=5, seen=1)

    @pytest.mark.parametrize("code", ["", "AAAAAAAA", CODE[:-1], CODE + "2", CODE.lower()])
    def test_another_code(self, room, code):
        assert is_left_undone(room, code=code, level=5, seen=1)

    def test_answers_without_a_code(self, room):
        Response.objects.update(code_hash="")
        assert is_left_undone(room, code="", level=5, seen=1)

    def test_a_code_that_opens_another_rounds_answers(self, room):
        other = make_round(room.partnership, by=room.lead.user, state="open", title="Spring 2027")
        invitation = Invitation.objects.get(round=other, participant=room.invitation.participant)
        response = answers.start_response(
            invitation=invitation, code="AAAA2222", organisation=None, standpoint=""
        )
        answers.save_answer(response=response, action_id=Action.objects.get(number=1).pk, level=2)
        assert is_left_undone(room, code="AAAA2222", level=5, seen=1)

    @pytest.mark.parametrize("state", ["closed", "revealed", "shared"])
    def test_a_round_that_is_not_open(self, room, state):
        advance(room.round, state)
        assert is_left_undone(room, level=5, seen=1)

    @pytest.mark.parametrize("number", [0, 12, 10**30])
    def test_an_action_that_is_not_there(self, room, number):
        assert is_left_undone(room, number=number, level=5)

    def test_the_first_answer(self, edition):
        room = ask_a_member()
        answers.start_response(invitation=room.invitation, code=CODE, organisation=None, standpoint="")
        assert is_left_undone(room, level=5)

    def test_somebody_marked_away(self, edition):
        room = ask_a_member()
        answers.start_response(invitation=room.invitation, code=CODE, organisation=None, standpoint="")
        invitations.mark_away(by=None, invitation=room.invitation)
        assert is_left_undone(room, level=5)

    def test_answers_that_were_taken_away(self, room):
        invitations.restart_answers(by=None, invitation=room.invitation)
        assert is_left_undone(room, level=5, seen=1)

    def test_one_persons_link_saves_to_nobody_else(self, room):
        other = MembershipFactory(partnership=room.partnership)
        invitations.invite(by=None, round=room.round)
        invitation = Invitation.objects.get(participant__membership=other)
        answers.start_response(invitation=invitation, code=CODE, organisation=None, standpoint="")
        answers.answer(invitation=invitation, code=CODE, action_id=Action.objects.get(number=1).pk, level=2)
        assert at_once(room, level=5, seen=1)
        assert dict(Rating.objects.values_list("response__participant__membership", "level")) == {
            room.member.pk: 5,
            other.pk: 2,
        }


@pytest.mark.django_db
def test_it_saves_the_action_of_the_rounds_own_edition(room):
    """Another edition, published since, has an action 2 of its own."""
    own = Action.objects.get(number=2)
    later = Edition.objects.create(framework=own.area.edition.framework, number=99)
    area = Area.objects.create(
        edition=later, code=own.area.code, name="Another", order=1, colour=own.area.colour
    )
    Action.objects.create(edition=later, area=area, code=own.code, number=2, title="Another")
    assert at_once(room, 2, level=4)
    assert Rating.objects.get(level=4).action_id == own.pk


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def test_a_double_click_saves_once(self, room):
        jobs = [lambda: at_once(room, 2, level=4, page="one")] * 6
        assert together(*jobs) == []
        assert saved(2) == dict(zip(FIELDS, (4, False, "", 1, "one"), strict=True))

    def test_of_two_devices_one_is_left_for_the_careful_way(self, room):
        done = []
        jobs = [
            lambda page=page, level=level: done.append(bool(at_once(room, level=level, seen=1, page=page)))
            for page, level in (("one", 1), ("two", 5))
        ]
        assert together(*jobs) == []
        assert sorted(done) == [False, True]
        assert saved()["revision"] == 2

    def test_closing_and_the_freeze_count_what_was_saved(self, room):
        make_named(room)
        done = [1]

        def rate():
            for number, level in zip(range(2, 12), itertools.cycle((1, 3, 5))):
                if at_once(room, number, level=level):
                    done.append(number)

        def close():
            advance(room.round, "revealed", by=room.lead.user)

        assert together(rate, close) == []
        assert sorted(room.levels()) == done == counted_actions(room.round)
