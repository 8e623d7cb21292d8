"""The pages of a rehearsal: where a lead finds it, that every screen says what it is, and its end."""

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Invitation, Rating, Round, Workshop
from assessments.operations import rehearsals, room, workshops
from assessments.operations.invitations import issue_link
from partnerships.models import Partnership
from tests.assessments.round_room import make_place, words
from tests.assessments.views.workshop_pages import focusable, text
from tests.assessments.workshop_room import make_hall
from tests.factories import UserFactory, everybody, make_lead, make_round
from tests.made_once import made_once
from tests.test_access import TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]

BAND = "Rehearsal: nothing counts"
SCREENS = ("workshop", "workshop_projector", "workshop_one_screen")


@made_once
def place():
    return make_place()


@made_once
def round(place):
    return make_round(place.partnership, by=place.by)


@made_once
def begun(place, round):
    return rehearsals.begin_rehearsal(by=place.by, round=round)


def url(name, *args):
    return reverse(f"assessments:{name}", args=args)


def press(place, workshop, name, **data):
    workshop.refresh_from_db()
    return place.web.post(url(name, workshop.pk), {"seen": workshop.revision, **data}, follow=True)


def move(place, workshop, *names):
    for name in names:
        page = press(place, workshop, "workshop_move", move=name)
    return page


class TestBeginning:
    @pytest.mark.parametrize("state", ["draft", "open", "closed", "revealed", "shared"])
    def test_it_is_offered_on_the_round_and_where_a_workshop_is_started(self, place, state):
        round = make_round(place.partnership, by=place.by, state=state)
        there = url("rehearse", round.pk)
        assert there in place.web.get(round.get_absolute_url()).content.decode()
        assert there in place.web.get(url("workshop_start", round.pk)).content.decode()
        page = words(place.web.get(there))
        assert "12 invented people take part" in page
        assert ("They have rated by link beforehand" in page) == (state != "draft")
        assert Partnership.with_rehearsals.count() == 1

    def test_members_are_not_offered_it(self, place):
        round = make_round(place.partnership, by=place.by, state="shared")
        member = place.as_(place.members[0].user)
        assert "Rehearse" not in words(member.get(round.get_absolute_url()))

    def test_pressing_begins_and_the_round_leads_back_to_it(self, place, round, mailoutbox):
        page = place.web.post(url("rehearse", round.pk), follow=True)
        assert BAND in words(page)
        assert "12 people are here" in words(page)
        workshop = Workshop.objects.get()
        again = place.web.get(url("rehearse", round.pk)).content.decode()
        assert url("workshop", workshop.pk) in again
        assert "You have a rehearsal under way" in again
        assert mailoutbox == []
        round.refresh_from_db()
        assert round.state == "draft"

    def test_whoever_started_a_real_one_by_mistake_is_shown_the_way(self):
        hall = make_hall(people=0, begin=False)
        control = hall.place.web.get(url("workshop", hall.workshop.pk)).content.decode()
        assert url("rehearse", hall.round.pk) in control


class TestTheScreens:
    def test_all_four_say_so_at_every_stage(self, place, begun):
        phone = Client()
        join = url("room_join", begun.code)
        page = words(phone.get(join))
        assert BAND in page
        assert "whatever you rate is thrown away" in page
        assert "Your e-mail address" not in page
        phone.post(join, {"as": "guest"})
        for names in ((), ("begin",), ("start",), ("end",), ("finish",)):
            if names:
                move(place, begun, *names)
            pages = [place.web.get(url(name, begun.pk)) for name in SCREENS]
            assert [BAND in words(page) for page in (*pages, phone.get(url("room", begun.pk)))] == [True] * 4

    def test_no_screen_of_a_real_one_says_so(self):
        hall = make_hall(people=1)
        for name in SCREENS:
            page = words(hall.place.web.get(url(name, hall.workshop.pk)))
            assert "Rehearsal" not in page
            assert "invented people rate" not in page

    @pytest.mark.parametrize("name", ["workshop", "workshop_one_screen"])
    def test_what_has_the_focus_is_found_again_in_the_new_screen(self, place, begun, name):
        for step in ("", "begin", "start", "end", "finish"):
            if step:
                move(place, begun, step)
            tags = focusable(text(place.web.get(url(name, begun.pk))))
            assert [tag for tag in tags if " id=" not in tag] == []

    @pytest.mark.parametrize("name", ["workshop", "workshop_one_screen"])
    def test_the_button_stands_where_people_would_rate(self, place, begun, name):
        there = url("rehearsal_rate", begun.pk)
        found = {}
        for step in ("", "begin", "start", "end", "finish"):
            if step:
                move(place, begun, step)
            found[step] = there in place.web.get(url(name, begun.pk)).content.decode()
        assert found == {"": False, "begin": False, "start": True, "end": True, "finish": False}

    def test_pressing_it_lets_them_rate_and_then_the_ratings_can_be_shown(self, place, begun):
        move(place, begun, "begin", "start")
        page = press(place, begun, "rehearsal_rate")
        assert "12 of 12 have rated" in words(page)
        assert "Show the ratings" in words(page)
        assert "Split" in words(move(place, begun, "reveal"))

    def test_where_too_few_rate_the_control_says_it_is_meant(self, place, begun):
        move(place, begun, "begin")
        press(place, begun, "workshop_go_to", number=6)
        before = words(move(place, begun, "start"))
        assert "only few of the invented people rate" not in before
        page = words(press(place, begun, "rehearsal_rate"))
        assert "3 of 12 have rated" in page
        assert "2 more people have to rate" in page
        assert "only few of the invented people rate" in page

    def test_an_old_screen_lets_nobody_rate(self, place, begun):
        move(place, begun, "begin", "start")
        seen = Workshop.objects.get().revision
        press(place, begun, "workshop_go_to", number=2)
        answer = place.web.post(url("rehearsal_rate", begun.pk), {"seen": seen})
        assert answer.status_code == 409
        assert not Rating.objects.exists()

    def test_in_a_real_workshop_it_is_refused(self):
        hall = make_hall(people=6)
        hall.move("start")
        for name in ("rehearsal_rate", "rehearsal_end"):
            answer = hall.place.web.post(url(name, hall.workshop.pk), {"seen": hall.seen})
            assert answer.status_code == 409
            assert "This is no rehearsal" in words(answer)
        assert Workshop.objects.get().state == "running"
        assert not Rating.objects.exists()


class TestTheEnd:
    def test_it_says_it_is_over_and_offers_both_ways(self, place, round, begun):
        page = move(place, begun, "begin", "end", "finish")
        assert "The rehearsal is over" in words(page)
        assert "Read the results" not in words(page)
        for name, key in (("rehearse", round.pk), ("rehearsal_end", begun.pk)):
            assert f'action="{url(name, key)}"' in page.content.decode()

    def test_before_it_finishes_the_page_says_that_nothing_is_kept(self, place, begun):
        move(place, begun, "begin", "end")
        page = words(place.web.get(url("workshop_finish", begun.pk)))
        assert "In this rehearsal nothing of it is kept" in page
        assert BAND in page

    def test_thrown_away_from_the_middle(self, place, round, begun):
        move(place, begun, "begin", "start")
        control = place.web.get(url("workshop", begun.pk)).content.decode()
        assert url("rehearsal_end", begun.pk) in control
        assert url("workshop_call_off", begun.pk) not in control
        assert "Your round is not touched" in words(place.web.get(url("rehearsal_end", begun.pk)))
        page = place.web.post(url("rehearsal_end", begun.pk), follow=True)
        assert page.redirect_chain[-1][0] == round.get_absolute_url()
        assert "Nothing of it is left" in words(page)
        assert not Workshop.objects.exists()
        assert list(Round.objects.all()) == [round]

    def test_a_phone_left_over_is_told_kindly(self, place, begun):
        phone = Client()
        phone.post(url("room_join", begun.code), {"as": "guest"})
        place.web.post(url("rehearsal_end", begun.pk))
        for name in ("room", "room_live"):
            answer = phone.get(url(name, begun.pk))
            assert answer.status_code == 404
            assert "no place in that workshop" in words(answer)

    def test_a_second_press_finds_nothing(self, place, begun):
        place.web.post(url("rehearsal_end", begun.pk))
        assert place.web.post(url("rehearsal_end", begun.pk)).status_code == 404
        assert place.web.post(url("rehearsal_rate", begun.pk), {"seen": 1}).status_code == 404

    def test_rehearsing_again_begins_anew(self, place, round, begun):
        move(place, begun, "begin", "end", "finish")
        place.web.post(url("rehearse", round.pk))
        again = Workshop.objects.get()
        assert (again.pk != begun.pk, again.state) == (True, "lobby")


class TestWhoGetsIn:
    def test_only_whoever_began_it(self, place, begun):
        others = [make_lead(place.partnership).user, place.members[0].user, place.officer]
        others.append(UserFactory(is_superuser=True, is_staff=True))
        for user in others:
            for name in (*SCREENS, "workshop_live", "workshop_finish", "rehearsal_end", "rehearsal_rate"):
                assert place.as_(user).get(url(name, begun.pk)).status_code == 404, (user, name)
        assert place.web.get(url("workshop", begun.pk)).status_code == 200

    def test_of_the_rehearsal_there_are_no_pages_but_its_screens(self, place):
        """Every address there is, with what belongs to the rehearsal in it, for the one who leads it."""
        answers = everybody(place.members, 1, 2, 3, 4, 5, 5)
        round = make_round(place.partnership, by=place.by, state="shared", answers=answers)
        workshop = rehearsals.begin_rehearsal(by=place.by, round=round)
        workshops.move(by=place.by, workshop=workshop, name="begin", seen=workshop.revision)
        rehearsed = workshop.round
        step = workshops.decide_step(by=place.by, workshop=workshop, number=1, text="Try")
        invitation = Invitation.objects.filter(round=rehearsed).first()
        member = invitation.participant.membership
        arguments = {
            "slug": rehearsed.partnership.slug, "round": rehearsed.pk, "named": rehearsed.pk, "step": step.pk,
            "invitation": invitation.pk, "membership": member.pk, "organisation": member.organisation_id,
        }  # fmt: skip
        names = [name for name, (_who, needs) in TABLE.items() if needs and {*needs} <= arguments.keys()]
        assert len(names) > 40
        for name in names:
            address = reverse(name, args=[arguments[need] for need in TABLE[name][1]])
            for method in (place.web.get, place.web.post):
                assert method(address).status_code == 404, name

    def test_it_stands_on_no_page_of_the_site(self, place, round, begun):
        room.join_as_guest(workshop=begun, device="phone")
        partnership = begun.round.partnership
        admin = UserFactory(is_superuser=True, is_staff=True)
        pages = [
            place.web.get(reverse("assessments:partnerships")),
            place.web.get(place.url),
            place.web.get(reverse("account")),
            place.web.get(reverse("assessments:my_data")),
            place.as_(place.officer).get(reverse("assessments:partnerships")),
            place.as_(admin).get(reverse("admin:partnerships_partnership_changelist")),
            place.as_(admin).get(reverse("admin:partnerships_council_changelist")),
        ]
        for page in pages:
            text = page.content.decode()
            assert page.status_code == 200
            assert partnership.slug not in text
            assert "rehearsal.example" not in text
            assert "Invented" not in text
        found = place.as_(admin).get(reverse("admin:partnerships_partnership_change", args=[partnership.pk]))
        assert found.status_code == 302  # Django: there is none with this key

    def test_no_private_link_leads_into_one(self, place, round, begun):
        assert not Invitation.objects.filter(round=begun.round).exclude(links=None).exists()
        invitation = Invitation.objects.filter(round=begun.round).first()
        token = issue_link(by=place.by, invitation=invitation)
        assert "being rated in the room" in words(Client().get(url("rate", token)))
