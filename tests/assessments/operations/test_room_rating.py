"""Rating in the room, at the same moment as others, and links, which save nothing meanwhile."""

import threading

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction

from assessments import queries
from assessments.models import Rating, Response, Seat, Workshop
from assessments.operations import answers, discarding, invitations, rehearsals, room, workshops
from assessments.operations.at_once import answer_at_once
from assessments.policies.base import NotNow
from framework.queries.wording import wording
from partnerships.operations import end_membership
from tests.assessments.rating_room import hidden
from tests.assessments.round_room import make_place, words
from tests.assessments.workshop_room import levels, make_hall, say
from tests.factories import everybody, make_round
from tests.made_once import made_once

from .test_answers import counted_actions, together

pytestmark = pytest.mark.usefixtures("edition")

CODE = "KTM482QX"


def sit(hall, member, device="phone", **more):
    return room.join(workshop=hall.workshop, email=member.email, device=device, **more)


@pytest.mark.django_db
class TestRating:
    def test_which_layer_follows_from_the_stage(self):
        hall = make_hall(people=6)
        hall.reveal(1, 1, 2, 3, 4, 5, "dk")
        hall.move("again")
        hall.rate(1, 3, 3)
        assert levels(1) == [1, 2, 3, 4, 5, "dk"]
        assert levels(1, "second") == [3, 3]

    def test_the_same_again_is_not_counted_twice(self):
        hall = make_hall(people=1)
        hall.move("start")
        say(hall.seats[0], 1, 3)
        assert say(hall.seats[0], 1, 3).revision == 1
        assert say(hall.seats[0], 1, "dk").revision == 2
        assert levels(1) == ["dk"]

    def test_an_action_that_is_not_rated_takes_nothing(self):
        hall = make_hall(people=6)
        seat = hall.seats[0]
        with pytest.raises(NotNow, match="not being rated"):
            say(seat, 1, 3)
        hall.reveal(1, 1, 2, 3, 4, 5)
        with pytest.raises(NotNow, match="not being rated"):
            say(seat, 1, 3)
        assert levels(1) == [1, 2, 3, 4, 5]

    def test_what_was_pressed_as_the_lead_went_on_is_kept(self):
        hall = make_hall(people=6)
        hall.move("start")
        hall.go_to(2)
        say(hall.seats[0], 1, 3)
        assert levels(1) == [3]

    @pytest.mark.parametrize("level", [0, 6, -1])
    def test_there_is_no_such_level(self, level):
        hall = make_hall(people=1)
        hall.move("start")
        with pytest.raises(NotNow, match="1 to 5"):
            room.rate(seat=hall.seats[0], number=1, level=level)

    def test_a_member_keeps_organisation_and_standpoint_of_the_day(self):
        hall = make_hall(people=1)
        hall.move("start")
        say(hall.seats[0], 1, 3)
        response = Response.objects.get()
        assert response.organisation == hall.place.members[0].organisation
        assert response.standpoint == "middle"
        assert response.answered_at

    def test_a_guest_has_neither(self):
        hall = make_hall(people=0, guests=1)
        hall.move("start")
        say(hall.guests[0], 1, 3)
        assert (Response.objects.get().organisation, Response.objects.get().standpoint) == (None, "")

    def test_somebody_marked_away_who_comes_is_back(self):
        hall = make_hall(people=1)
        invitation = hall.place.invitation(hall.round, hall.place.members[0])
        invitations.mark_away(by=hall.by, invitation=invitation)
        hall.move("start")
        say(hall.seats[0], 1, 3)
        invitation.refresh_from_db()
        assert not invitation.is_away

    def test_a_newcomer_rates_again_in_a_round_that_was_rated_by_link(self):
        place = make_place(people=8)
        rated = everybody(place.members[:6], 1, 1, 1, 5, 5, 5)
        hall = make_hall(people=8, guests=1, place=place, state="shared", answers=rated)
        hall.move("show", "again")
        hall.rate(1, 3, 3, 3, 3, 3, 3, 4, 4, 5)
        assert levels(1, "second") == [3, 3, 3, 3, 3, 3, 4, 4, 5]
        assert Response.objects.exclude(answered_at=None).count() == 6
        hall.move("reveal_again")
        shown = queries.results.second(hall.fresh())[1]
        assert shown.distribution.counts == (0, 0, 6, 2, 1)
        assert (shown.change.lower, shown.change.hidden) == (None, True)

    def test_a_membership_that_has_ended_rates_no_more(self):
        hall = make_hall(people=2)
        hall.move("start")
        hall.rate(1, 1, 5)
        end_membership(by=hall.by, membership=hall.place.members[0])
        with pytest.raises(NotNow, match="no longer a member"):
            say(hall.seats[0], 1, 2)
        assert levels(1) == [1, 5]
        assert Seat.objects.taken().count() == 1


@made_once
def linked():
    """A round rated in the room, and somebody who holds a link of it and the code of their answers."""
    hall = make_hall(people=0)
    hall.move("start")
    member = hall.place.members[0]
    seat = sit(hall, member)
    say(seat, 1, 3)
    invitation = hall.place.invitation(hall.round, member)
    response = Response.objects.get()
    code_hash = answers.keys.hash_code(
        CODE, round_id=response.round_id, participant_id=response.participant_id
    )
    Response.objects.update(code_hash=code_hash)
    hall.invitation, hall.token = invitation, invitations.issue_link(by=hall.by, invitation=invitation)
    return hall


def carefully(hall, number=1, level=5):
    action = wording(hall.round.edition_id, "en").action(number)
    return answers.answer(
        invitation=hall.invitation, code=CODE, action_id=action.id, level=level, seen=1, page=""
    )


def quickly(hall, number=1, level=5):
    return answer_at_once(
        token=hall.token, code_of=lambda _invitation: CODE, number=number, language="en-gb", level=level,
        dont_know=False, comment="", seen=1, page="",
    )  # fmt: skip


@pytest.mark.django_db
class TestLinksMeanwhile:
    def test_they_save_nothing_by_either_way(self, linked):
        assert quickly(linked) is None
        with pytest.raises(NotNow, match="rated in the room"):
            carefully(linked)
        with pytest.raises(NotNow, match="rated in the room"):
            answers.start_response(invitation=linked.invitation, code=CODE, organisation=None, standpoint="")
        with pytest.raises(NotNow, match="rated in the room"):
            answers.submit_response(response=Response.objects.get())
        with pytest.raises(NotNow, match="rated in the room"):
            invitations.restart_answers(by=linked.by, invitation=linked.invitation)
        assert levels(1) == [3]

    def test_without_the_mark_both_would_save(self, linked):
        """The two tests above would pass for another reason, too."""
        from assessments.models import Round

        Round.objects.update(is_in_room=False)
        assert quickly(linked, 2)
        assert carefully(linked, 3)

    def test_the_page_of_the_link_says_where_to_go(self, linked, client):
        seen = words(client.get(f"/r/{linked.token}/"))
        assert "This round is being rated in the room" in seen
        assert "code on the big screen" in seen
        assert "3" not in seen.split("being rated in the room")[1].split("keep it")[0]

    def test_a_page_opened_before_keeps_what_was_typed(self, linked, client):
        from assessments.models import Round

        Round.objects.update(is_in_room=False)
        client.cookies[f"answers-{linked.invitation.pk}"] = answers.keys.sealed(CODE, linked.invitation.pk)
        page = client.get(f"/r/{linked.token}/2/")
        typed = {"level": "4", "comment": "Typed in time", "seen": hidden(page, "seen")}
        Round.objects.update(is_in_room=True)
        answer = client.post(f"/r/{linked.token}/2/", {**typed, "page": hidden(page, "page")})
        assert answer.status_code == 409
        assert "Typed in time" in words(answer)
        assert levels(2) == []

    def test_once_it_is_finished_they_save_as_little(self, linked):
        linked.finish()
        assert quickly(linked) is None
        with pytest.raises(NotNow, match="closed"):
            carefully(linked)


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def test_what_was_saved_while_an_action_was_revealed_is_in_its_counts(self):
        """Phones and the reveal race: whoever was told "saved" is counted, the others are refused."""
        hall = make_hall(people=8)
        hall.move("start")
        hall.rate(1, *[3] * 5)
        saved = []

        def press(seat):
            say(seat, 1, 5)
            saved.append(seat.pk)

        late = hall.seats[5:]
        raised = together(*[lambda seat=seat: press(seat) for seat in late], lambda: hall.move("reveal"))
        assert all(isinstance(error, NotNow) for error in raised)
        assert queries.room.taken(hall.fresh())[1].whole.counts == (0, 0, 5, 0, len(saved))
        assert levels(1) == [3] * 5 + [5] * len(saved)

    def test_finishing_waits_for_ratings_and_counts_them(self):
        hall = make_hall(people=6, confidentiality="named")  # whose few are counted, too
        hall.move("start")
        saved = []

        def press(seat, number):
            say(seat, number, 4)
            saved.append(number)

        hall.rate(1, *[4] * 5)
        hall.go_to(2)
        hall.move("start")

        def end():
            hall.move("end")
            hall.move("finish")

        raised = together(*[lambda seat=seat: press(seat, 2) for seat in hall.seats], end)
        assert all(isinstance(error, NotNow) for error in raised)
        assert levels(2) == [4] * len(saved)
        counted = counted_actions(hall.round)
        assert counted == ([1, 2] if saved else [1])
        whole = {
            a["number"]: sum(a["whole"]["counts"]) if a["whole"] else 0
            for a in hall.round.counts.data["layers"]["first"]["actions"]
        }
        assert whole[2] == len(saved)

    def test_links_save_nothing_however_they_fall(self):
        hall = make_hall(people=6)
        hall.move("start")
        hall.rate(1, *[3] * 6)
        member = hall.place.members[0]
        hall.invitation = hall.place.invitation(hall.round, member)
        hall.token = invitations.issue_link(by=hall.by, invitation=hall.invitation)
        for response in Response.objects.all():
            response.code_hash = answers.keys.hash_code(
                CODE, round_id=response.round_id, participant_id=response.participant_id
            )
            response.save()

        def end():
            hall.move("reveal", "end", "finish")

        raised = together(
            *[lambda: carefully(hall)] * 3, *[lambda: quickly(hall, 2) and pytest.fail("saved")] * 3, end
        )
        assert len(raised) == 3
        assert all(isinstance(error, NotNow) for error in raised)
        assert levels(1) == [3] * 6
        assert levels(2) == []

    def test_a_double_click_is_one_rating(self):
        hall = make_hall(people=1)
        hall.move("start")
        assert together(*[lambda: say(hall.seats[0], 1, 3)] * 4) == []
        assert (Rating.objects.get().revision, Response.objects.count()) == (1, 1)

    def test_two_phones_of_one_member_one_of_them_asks(self):
        hall = make_hall(people=0)
        member = hall.place.members[0]
        assert together(*[lambda n=n: sit(hall, member, device=f"phone-{n}") for n in range(3)]) == []
        assert sorted(Seat.objects.values_list("state", flat=True)) == ["asking", "asking", "in"]

    def test_guests_who_come_at_once_have_numbers_of_their_own(self):
        hall = make_hall(people=0)
        jobs = [lambda n=n: room.join_as_guest(workshop=hall.workshop, device=f"guest-{n}") for n in range(5)]
        assert together(*jobs) == []
        assert sorted(Seat.objects.values_list("guest_number", flat=True)) == [1, 2, 3, 4, 5]

    def test_two_who_lead_at_once_one_of_them_looks_again(self):
        hall = make_hall(people=0)
        seen = hall.seen

        def press(number):
            return lambda: workshops.go_to(by=hall.by, workshop=hall.workshop, number=number, seen=seen)

        raised = together(press(4), press(5))
        assert [type(error) for error in raised] == [workshops.MovedOn]
        assert hall.fresh().revision == seen + 1

    def test_two_who_start_at_once_start_one(self):
        place = make_place()
        round = make_round(place.partnership, by=place.by)
        raised = together(*[lambda: workshops.start_workshop(by=place.by, round=round)] * 2)
        assert [type(error) for error in raised] == [NotNow]
        assert Workshop.objects.count() == 1

    def test_what_is_rated_while_the_workshop_is_called_off_is_gone_or_refused(self):
        hall = make_hall(people=6)
        hall.move("start")
        hall.rate(1, 3, 3)
        seen = hall.seen

        def call_off():
            workshops.call_off(by=hall.by, workshop=hall.workshop, name="break_off", seen=seen)

        raised = together(*[lambda seat=seat: say(seat, 1, 5) for seat in hall.seats], call_off)
        assert all(isinstance(error, NotNow) for error in raised)
        assert (hall.round.state, hall.fresh().state) == ("draft", "called_off")
        assert (levels(1), Response.objects.count()) == ([], 0)

    def test_a_rehearsal_pressed_twice_is_begun_once(self):
        place = make_place()
        round = make_round(place.partnership, by=place.by)
        assert together(*[lambda: rehearsals.begin_rehearsal(by=place.by, round=round)] * 2) == []
        assert Workshop.objects.count() == 1

    def test_a_rehearsal_is_thrown_away_whole_while_a_phone_rates(self):
        place = make_place()
        round = make_round(place.partnership, by=place.by)
        workshop = rehearsals.begin_rehearsal(by=place.by, round=round)
        guest = room.join_as_guest(workshop=workshop, device="phone")
        for name in ("begin", "start"):
            workshop = workshops.move(by=place.by, workshop=workshop, name=name, seen=workshop.revision)
        rehearsal = workshop.round.partnership
        raised = together(
            lambda: say(guest, 1, 5),
            lambda: rehearsals.let_people_rate(by=place.by, workshop=workshop, seen=workshop.revision),
            *[lambda: discarding.throw_away(by=place.by, rehearsal=rehearsal)] * 2,
        )
        assert all(isinstance(error, ObjectDoesNotExist) for error in raised)
        assert (Workshop.objects.count(), Rating.objects.count()) == (0, 0)

    def test_a_reveal_waits_for_the_rating_being_saved(self):
        if connection.vendor == "sqlite":
            pytest.skip("SQLite lets one writer in at a time anyway")
        hall = make_hall(people=6)
        hall.move("start")
        hall.rate(1, *[3] * 5)
        holding, let_go = threading.Event(), threading.Event()

        def hold():
            with transaction.atomic():
                say(hall.seats[5], 1, 5)
                holding.set()
                let_go.wait(10)

        def reveal():
            holding.wait(10)
            threading.Timer(0.3, let_go.set).start()
            hall.move("reveal")

        assert together(hold, reveal) == []
        assert queries.room.taken(hall.fresh())[1].whole.counts == (0, 0, 5, 0, 1)
