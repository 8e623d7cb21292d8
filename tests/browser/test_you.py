"""Was this you? The pages behind the links of letters, on a phone and on a wide screen."""

import pytest
from django.core import mail as outgoing
from django.core.cache import caches

from assessments.models import Response, Seat
from tests.assessments.rating_room import ask_a_member
from tests.assessments.views.test_you import link
from tests.assessments.workshop_room import make_hall
from tests.browser.workshop_hands import button, heading

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nobody_is_sending(db):
    caches["default"].clear()


@pytest.fixture
def hall(edition):
    return make_hall(people=0, begin=False)


def come_in(page, hall, member):
    page.goto(f"/w/{hall.fresh().code}/")
    page.get_by_label("Your e-mail address").fill(member.email)
    page.get_by_role("button", name="Join", exact=True).click()
    heading(page, "You are in")


@pytest.mark.parametrize("size", ["phone", "wide"])
def test_yes_and_no(hall, new_page, size, look, complaints):
    complaints.expect_status(409)
    room, mail = new_page("phone"), new_page(size)
    come_in(room, hall, hall.place.members[0])
    room.get_by_text("We have asked you by e-mail whether this is you.").wait_for()
    look(room)
    mail.goto(link())
    heading(mail, "Was this you?")
    look(mail)
    button(mail, "Yes, this was me").click()
    heading(mail, "Thank you")
    look(mail)
    assert len(Seat.objects.get().proofs) == 1

    other = new_page(size)
    come_in(other, hall, hall.place.members[1])
    mail.goto(link())
    button(mail, "No, it was not me").click()
    heading(mail, "Thank you for saying so")
    look(mail)
    mail.goto(link())
    button(mail, "Join as Sam Tarn 1").wait_for()
    look(mail)
    button(mail, "Join as Sam Tarn 1").click()
    heading(mail, "You are in")
    assert mail.get_by_text("We have asked you by e-mail").count() == 0
    other.goto(f"/w/{hall.fresh().code}/")
    other.get_by_label("Your e-mail address").fill(hall.place.members[1].email)
    other.get_by_role("button", name="Join", exact=True).click()
    heading(other, "Not at the moment")
    look(other)


@pytest.mark.parametrize("size", ["phone", "wide"])
def test_answers_that_are_not_mine(edition, new_page, size, look):
    asked = ask_a_member()
    tablet, mail = new_page("phone"), new_page(size)
    tablet.goto(asked.url())
    tablet.get_by_role("button", name="Start").click()
    tablet.wait_for_url("**/1/")
    mail.goto(link())
    heading(mail, "Was this you?")
    look(mail)
    button(mail, "It was not me: take these answers away").click()
    heading(mail, "Those answers are taken away")
    look(mail)
    assert not Response.objects.exists()


@pytest.mark.parametrize("size", ["phone", "wide"])
def test_the_lead_sends_everybody_their_own_way_in(hall, new_page, size, sign_in, look):
    lead = new_page(size)
    sign_in(lead, hall.by)
    lead.goto(f"/workshops/{hall.workshop.pk}/")
    look(lead)
    lead.get_by_role("link", name="Send people their own way in").click()
    look(lead)
    button(lead, "Send it to 9 people").click()
    lead.get_by_text("9 people have been sent theirs.").wait_for()
    look(lead)
    assert len(outgoing.outbox) == 9
    phone = new_page("phone")
    sign_in(phone, hall.place.members[0].user)
    phone.goto(f"/w/{hall.fresh().code}/")
    look(phone)
    button(phone, "Join as Sam Tarn 0").click()
    heading(phone, "You are in")
