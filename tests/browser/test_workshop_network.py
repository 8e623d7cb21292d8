"""Screens of a workshop that lose the network: what was pressed waits, is said, comes once or not at all."""

import re

import pytest

from assessments.models import AgreedRating, NextStep
from assessments.operations import workshops
from tests.assessments.workshop_room import levels, make_hall
from tests.browser.workshop_hands import button, forget_lost_connections, heading, join, tap

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hall(edition):
    return make_hall(people=6)


@pytest.fixture
def control(page, hall, sign_in, complaints):
    sign_in(page, hall.by)
    page.goto(f"/workshops/{hall.workshop.pk}/")
    yield page
    forget_lost_connections(complaints)
    complaints.lines[:] = [line for line in complaints.lines if "ERR_FAILED" not in line]


def waits(page, pressed):
    page.get_by_text(f"No connection. “{pressed}” waits,").wait_for()


def lose_the_answer(page, path):
    """The server carries out the first of these, and its answer never arrives."""

    def once(route):
        route.fetch()
        route.abort()
        page.unroute(path)

    page.route(path, once)


def test_a_press_without_connection_waits_says_so_and_is_sent_once(control, hall, axe, no_sideways_scroll):
    control.context.set_offline(True)
    button(control, "Let people rate").click()
    waits(control, "Let people rate")
    control.set_viewport_size({"width": 320, "height": 640})
    control.locator("#press-renew").scroll_into_view_if_needed()
    assert button(control, "Cancel").bounding_box()["y"] < 640  # in sight wherever one has scrolled to
    axe(control)
    no_sideways_scroll(control)
    control.locator("#stone-5").click()  # one thing waits at a time
    control.get_by_text("“Let people rate” still waits for the connection.").wait_for()
    before = hall.seen
    control.context.set_offline(False)
    control.get_by_text("0 of 6 have rated").wait_for()
    assert (hall.stage(1), hall.seen) == ("rating", before + 1)
    assert not control.get_by_text("waits,").is_visible()


def test_what_waits_can_be_cancelled(control, hall):
    before = hall.seen
    control.context.set_offline(True)
    button(control, "Let people rate").click()
    waits(control, "Let people rate")
    button(control, "Cancel").click()
    assert not button(control, "Cancel").is_visible()
    control.context.set_offline(False)
    hall.agree(1, 3)
    control.locator(".stone-now", has_text="agreed 3").wait_for()  # it has asked since
    assert (hall.stage(1), hall.seen) == ("reading", before + 1)


def test_what_waits_survives_a_reload(control, hall):
    path = re.compile("/move/$")
    control.route(path, lambda route: route.abort())
    button(control, "Let people rate").click()
    waits(control, "Let people rate")
    control.unroute(path)
    control.reload()
    control.get_by_text("0 of 6 have rated").wait_for()
    assert hall.stage(1) == "rating"


def test_where_another_lead_moved_on_meanwhile_it_is_refused(control, hall, complaints):
    complaints.expect_status(409)
    control.context.set_offline(True)
    button(control, "Let people rate").click()
    waits(control, "Let people rate")
    hall.go_to(4)
    control.context.set_offline(False)
    heading(control, "The room has moved on")
    assert control.locator("dd", has_text="Let people rate").is_visible()
    assert (hall.stage(1), hall.stage(4)) == ("reading", "reading")


def test_a_refusal_that_comes_while_somebody_types_loses_nothing(control, hall, complaints):
    complaints.expect_status(409)
    control.context.set_offline(True)
    button(control, "Let people rate").click()
    waits(control, "Let people rate")
    text = control.get_by_label("What will be done?")
    text.fill("Meet in the village hall")
    hall.agree(1, 3)
    control.context.set_offline(False)
    control.get_by_text("“Let people rate” could not be done when it arrived.").wait_for()
    assert text.input_value() == "Meet in the village hall"
    assert control.evaluate("document.activeElement.id") == "step-text"
    button(control, "Add the next step").click()
    control.locator(".decided", has_text="Meet in the village hall").wait_for()
    button(control, "See why").click()
    heading(control, "The room has moved on")


def test_where_only_the_answer_was_lost_nothing_is_done_twice(control, hall, complaints):
    complaints.expect_status(409)
    before = hall.seen
    lose_the_answer(control, re.compile("/move/$"))
    button(control, "Let people rate").click()
    control.get_by_text("0 of 6 have rated").wait_for()
    control.get_by_label("What will be done?").fill("Meet in the village hall")
    lose_the_answer(control, re.compile("/next-step/$"))
    button(control, "Add the next step").click()
    control.locator(".decided", has_text="Meet in the village hall").wait_for()
    control.get_by_label("Why").fill("A shared plan.")
    control.locator(".agree-level:has([value='4'])").click()
    lose_the_answer(control, re.compile("/agree/$"))
    button(control, "Record what we agreed").click()
    control.locator(".stone-now", has_text="agreed 4").wait_for()
    assert not control.get_by_text("waits,").is_visible()
    assert (NextStep.objects.count(), AgreedRating.objects.get().revision) == (1, 1)
    assert hall.seen > before


def test_a_phone_whose_answer_was_lost_is_not_told_that_nothing_was_saved(new_page, hall, complaints):
    phone = new_page("phone")
    join(phone, hall.workshop.code)
    hall.move("start")
    phone.get_by_text("Tap one").wait_for()
    hall.rate(1, 1, 2, 3, 4, 5)
    tap(phone, 4)
    arrived = []

    def answer_nothing(route):
        if "/rate/" in route.request.url and not arrived:
            arrived.append(route.fetch())
        route.abort()

    phone.route(re.compile("/(live|rate)/"), answer_nothing)
    phone.locator(".choice:has([value='2'])").click()
    phone.get_by_text("Not saved yet: no connection").wait_for()
    assert (len(arrived), levels(1)[-1]) == (1, 2)
    hall.move("reveal")
    phone.unroute_all()
    phone.locator(".columns-drawing").wait_for()
    assert not phone.get_by_text("was not saved").is_visible()
    complaints.lines[:] = [line for line in complaints.lines if "ERR_FAILED" not in line]


def test_a_second_phone_that_asks_hears_of_it_when_the_network_is_back(new_page, hall, complaints):
    second = new_page("phone")
    join(second, hall.workshop.code, hall.place.members[0].email)
    heading(second, "Ask the facilitator")
    second.context.set_offline(True)
    second.get_by_text("No connection: trying again").wait_for()
    workshops.admit(by=hall.by, seat=hall.workshop.seats.get(state="asking"))
    second.context.set_offline(False)
    second.locator("#stage").get_by_text("You can rate in a moment").wait_for()
    forget_lost_connections(complaints)
