"""A workshop in real browsers: a projector, a facilitator and two phones at once, from joining to the end."""

import re

import pytest
from playwright.sync_api import expect

from assessments.models import AgreedRating, Rating, Seat
from assessments.operations import room, workshops
from tests.assessments.round_room import make_place
from tests.assessments.workshop_room import levels, make_hall, say
from tests.factories import make_round

pytestmark = pytest.mark.django_db(transaction=True)

OFFLINE = "ERR_INTERNET_DISCONNECTED"


@pytest.fixture
def place(edition):
    return make_place(people=7)


@pytest.fixture
def look(axe, no_sideways_scroll):
    def check(*pages):
        for page in pages:
            axe(page)
            no_sideways_scroll(page)

    return check


def forget_lost_connections(complaints):
    complaints.lines[:] = [line for line in complaints.lines if OFFLINE not in line]


def heading(page, name):
    page.get_by_role("heading", name=name).first.wait_for()


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def tap(phone, level):
    phone.locator(f".choice:has([value='{level}'])").click()
    phone.locator("[data-saved]").get_by_text("Saved. You can change it").wait_for()


def join(phone, code, email=None):
    phone.goto("/w/")
    phone.get_by_label("Code").fill(f"{code[:3]} {code[3:]}".lower())
    button(phone, "Go on").click()
    heading(phone, "Join the workshop")
    if email:
        phone.get_by_label("Your e-mail address").fill(email)
        button(phone, "Join").click()
    else:
        button(phone, "Join as a guest").click()
    phone.wait_for_url("**/w/room/**")


def test_a_whole_workshop_on_four_screens(place, page, new_page, sign_in, look, complaints):
    round = make_round(place.partnership, by=place.by)
    control, projector = page, new_page()
    member, guest = new_page("phone"), new_page("phone")
    for screen in (control, projector):
        sign_in(screen, place.by)

    # Start and join
    control.goto(round.get_absolute_url())
    control.get_by_role("link", name="Run a workshop").click()
    look(control)
    button(control, "Start the workshop").click()
    heading(control, "People are joining")
    workshop = round.workshop
    projector.goto(f"/workshops/{workshop.pk}/projector/")
    heading(projector, "Join with your phone")
    look(control, projector)
    member.goto("/w/")
    look(member)
    member.goto(f"/w/{workshop.code}/")
    look(member)
    join(member, workshop.code, place.members[0].email)
    join(guest, workshop.code)
    heading(member, "You are in")
    look(member)
    others = [
        room.join(workshop=workshop, email=each.email, device=f"phone {each.pk}")
        for each in place.members[1:5]
    ]
    projector.locator("#stage").get_by_text("6 people are here").first.wait_for()

    # Read, then rate alone; the screens follow by themselves
    button(control, "Begin with the first action").click()
    heading(projector, "1. Focus on local citizens")
    heading(member, "1. Focus on local citizens")
    look(control, projector, member)
    button(control, "Let people rate").click()
    member.get_by_text("Tap one: it is saved at once.").wait_for()
    tap(member, 2)
    tap(guest, 5)
    projector.locator("#stage").get_by_text("2 of 6 have rated").wait_for()
    control.get_by_text("3 more ratings are needed").wait_for()
    assert button(control, "Show the ratings").count() == 0
    look(control, projector, member)
    tap(member, 4)  # changed until the reveal
    member.reload()
    assert member.locator("#level-4").is_checked()

    # A lost connection: what was pressed is kept, said, and sent when it is back
    guest.context.set_offline(True)
    guest.locator(".choice:has([value='1'])").click()
    guest.get_by_text("Not saved yet: no connection").wait_for()
    look(guest)
    for seat, level in zip(others, (1, 2, 4, 5), strict=True):
        say(seat, 1, level)
    guest.context.set_offline(False)
    guest.locator("[data-saved]").get_by_text("Saved. You can change it").wait_for()
    assert sorted(levels(1)) == [1, 1, 2, 4, 4, 5]

    # Reveal
    button(control, "Show the ratings").click()
    for screen in (projector, member, guest):
        screen.locator(".columns-drawing").wait_for()
    projector.locator("#stage").get_by_text("Median 3").wait_for()
    projector.locator("#stage").get_by_text("Split").wait_for()
    heading(projector, "Talk about")
    look(control, projector, member)

    # Somebody comes late, and takes part in the second rating
    late = new_page("phone")
    join(late, workshop.code, place.members[5].email)
    late.locator(".columns-drawing").wait_for()
    button(control, "Rate again").click()
    for phone, level in ((member, 3), (guest, 3), (late, 3)):
        phone.get_by_text("And now, after talking").wait_for()
        tap(phone, level)
    for seat in others:
        say(seat, 1, 3)
    projector.locator("#stage").get_by_text("7 of 7 have rated").wait_for()
    button(control, "Show the second ratings").click()
    projector.locator("#stage").get_by_text("7 ratings after talking").wait_for()
    look(control, projector, member)
    assert levels(1, Rating.Layer.SECOND) == [3] * 7
    assert sorted(levels(1)) == [1, 1, 2, 4, 4, 5]  # the first stand

    # Agree, pre-filled with the median; then the next, by the presenter's keys
    assert control.locator(".agree-level [value='3']").is_checked()
    control.get_by_label("Why").fill("We start from places when we meet, not yet when we plan.")
    button(control, "Record what we agreed").click()
    projector.locator("#stage").get_by_text("Level agreed: 3").wait_for()
    assert AgreedRating.objects.get().level == 3
    control.evaluate("document.activeElement.blur()")
    control.keyboard.press("h")
    projector.locator("#stage").get_by_text("The ratings are hidden for now.").wait_for()
    control.evaluate("document.activeElement.blur()")
    control.keyboard.press("ArrowRight")
    heading(projector, "2. Develop honest")
    heading(member, "2. Develop honest")
    control.keyboard.press("?")
    control.get_by_role("dialog", name="Presenter keys").wait_for()
    look(control)
    control.keyboard.press("Escape")

    # The end
    button(control, "Go to the end").click()
    heading(projector, "What we agreed")
    member.get_by_text("Was this worth your time?").wait_for()
    tap(member, 5)
    projector.locator("#stage").get_by_text("1 vote").wait_for()
    look(control, projector, member)
    control.get_by_role("link", name="Finish the workshop").click()
    heading(control, "Finish the workshop?")
    look(control)
    button(control, "Finish the workshop").click()
    heading(control, "The workshop is finished")
    heading(projector, "Thank you. The workshop is finished.")
    member.get_by_text("You can close this page.").wait_for()
    look(control, projector, member)
    assert Seat.objects.get(worth=5).state == "in"
    round.refresh_from_db()
    assert round.state == "revealed"
    forget_lost_connections(complaints)


@pytest.fixture
def hall(edition):
    return make_hall(people=6)


def test_one_screen_for_a_single_laptop(new_page, hall, sign_in, look):
    laptop = new_page()
    sign_in(laptop, hall.by)
    laptop.goto(f"/workshops/{hall.workshop.pk}/one-screen/")
    look(laptop)
    button(laptop, "Let people rate").click()
    laptop.locator("#stage").get_by_text("0 of 6 have rated").wait_for()
    hall.rate(1, 1, 1, 2, 4, 5, 5)
    laptop.locator("#stage").get_by_text("6 of 6 have rated").wait_for()
    laptop.keyboard.press("Escape")
    laptop.evaluate("document.activeElement.blur()")
    laptop.keyboard.press(" ")
    laptop.locator(".columns-drawing").wait_for()
    laptop.locator("summary", has_text="Record what we agreed").click()
    look(laptop)
    laptop.locator(".agree-level:has([value='3'])").click()
    button(laptop, "Record what we agreed").last.click()
    laptop.locator("#stage").get_by_text("Level agreed: 3").wait_for()
    assert not laptop.locator("#agree-panel .agree-box").is_visible()
    laptop.locator("summary", has_text="Add a next step").click()
    laptop.get_by_label("What will be done?").fill("Meet in the village hall")
    look(laptop)
    button(laptop, "Add the next step").last.click()
    laptop.locator(".decided", has_text="Meet in the village hall").wait_for()
    assert not laptop.locator("#step-panel .agree-box").is_visible()
    laptop.set_viewport_size({"width": 320, "height": 640})
    look(laptop)


def test_what_comes_next_is_in_sight_on_the_facilitators_phone(phone, hall, sign_in, look):
    sign_in(phone, hall.by)
    hall.reveal(1, 1, 2, 3, 4, 5, 5)
    phone.goto(f"/workshops/{hall.workshop.pk}/")
    expect(phone.locator("#press-next")).to_be_in_viewport(ratio=1)
    look(phone)
    phone.locator("#to-agree").click()
    expect(phone.locator("#agree-title")).to_be_in_viewport()


def test_nobody_is_disturbed_while_typing_and_nothing_typed_is_lost(page, hall, sign_in, look, complaints):
    sign_in(page, hall.by)
    page.goto(f"/workshops/{hall.workshop.pk}/")
    why = page.get_by_label("Why")
    why.fill("A reason that takes a while")
    hall.agree(1, 2, "Theirs")
    page.get_by_text("The room has moved on. What you typed here is not saved yet.").wait_for()
    assert why.input_value() == "A reason that takes a while"
    assert page.evaluate("document.activeElement.id") == "agree-why"
    look(page)
    page.locator(".agree-level:has([value='4'])").click()
    complaints.expect_status(409)
    button(page, "Record what we agreed").click()
    heading(page, "The room has moved on")
    assert page.get_by_text("A reason that takes a while").is_visible()
    assert AgreedRating.objects.get().why == "Theirs"
    look(page)
    button(page, "Do it all the same").click()
    page.wait_for_url(re.compile(r"/workshops/\d+/$"))
    assert AgreedRating.objects.get().why == "A reason that takes a while"


def test_the_focus_stays_on_the_button_that_was_pressed(page, hall, sign_in):
    sign_in(page, hall.by)
    page.goto(f"/workshops/{hall.workshop.pk}/")
    page.locator("#press-next").focus()
    page.keyboard.press("Enter")
    page.get_by_text("0 of 6 have rated").wait_for()
    page.locator("#stone-5").focus()
    say(hall.seats[0], 1, 3)
    page.get_by_text("1 of 6 have rated").wait_for()
    assert page.evaluate("document.activeElement.id") == "stone-5"


def test_the_focus_stays_where_somebody_works_while_another_lead_changes_things(page, hall, sign_in):
    sign_in(page, hall.by)
    page.goto(f"/workshops/{hall.workshop.pk}/")
    hall.move("start")
    page.locator("#stage").get_by_text("0 of 6 have rated").wait_for()
    focus = "document.activeElement.id"
    page.evaluate("window.heading = document.getElementById('agree-title')")
    for number, (place, keys, value) in enumerate(
        [
            ("#agree-why", "W", "W"),
            ("#step-text", "Meet", "Meet"),
            ("#step-owner", "Kit", "Kit"),
            ("#step-due", "12", ""),  # half a date has no value yet
            ("#agree-4", " ", "4"),  # chosen, not recorded
            ("#press-lock", "", "lock"),
            ("#timer-minutes", "", "5"),  # only stood in
        ]
    ):
        field = page.locator(place)
        field.focus()
        page.keyboard.type(keys)
        with page.expect_response(lambda answer: "/live/" in answer.url and answer.status == 200):
            say(hall.seats[number % 6], 1, number % 5 + 1)  # counts change on the control
        with page.expect_response(lambda answer: "/live/" in answer.url and answer.status == 204):
            pass
        assert page.evaluate(focus) == place[1:]
        assert field.input_value() == value if place != "#press-lock" else True
        page.evaluate("document.activeElement.blur()")
    assert page.evaluate("window.heading.isConnected")  # a screen reader keeps its place
    assert page.locator("#agree-4").is_checked()
    assert page.locator("#step-text").input_value() == "Meet"
    assert page.locator("#agree-why").input_value() == "W"
    # Going on by a button of this screen loses nothing typed either: it waits to be recorded
    hall_before = hall.seen
    page.locator("#stone-5").click()
    page.get_by_text("The room has moved on. What you typed here is not saved yet.").wait_for()
    assert hall.seen == hall_before + 1
    assert page.locator("#agree-why").input_value() == "W"
    button(page, "Show where the room is").click()
    page.locator("#now-title", has_text=re.compile("^5[.]")).wait_for()


def test_all_of_a_workshop_by_keyboard(page, hall, sign_in):
    sign_in(page, hall.by)
    page.goto(f"/workshops/{hall.workshop.pk}/one-screen/")
    stage = page.locator("#stage")
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Presenter keys").wait_for()
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press(" ")
    stage.get_by_text("0 of 6 have rated").wait_for()
    hall.rate(1, 1, 1, 2, 4, 5, 5)
    page.locator("#press-next", has_text="Show the ratings").focus()
    page.keyboard.press(" ")  # the button itself takes it, once
    page.locator(".columns-drawing").wait_for()
    assert hall.stage(1) == "revealed"
    page.keyboard.press("h")  # the focus is on a button: letters and arrows still work
    stage.get_by_text("The ratings are hidden for now.").wait_for()
    page.keyboard.press("h")
    page.locator(".columns-drawing").wait_for()
    page.locator("#agree-summary").focus()
    page.keyboard.press("Enter")
    page.locator("#agree-2").focus()
    page.keyboard.press("ArrowRight")  # chooses a level, and does not go to another action
    page.locator("#agree-why").focus()
    page.keyboard.type("why h? ")
    page.locator("#press-agree").focus()
    page.keyboard.press("Enter")
    stage.get_by_text("Level agreed: 3").wait_for()
    assert AgreedRating.objects.get().why == "why h?"
    page.keyboard.press("ArrowRight")
    heading(page, "2. Develop honest")
    page.keyboard.press("ArrowLeft")
    heading(page, "1. Focus on local")


SPOKEN = """() => {
    window.spoken = [];
    const said = document.querySelector("[data-live-said]");
    new MutationObserver(() => said.textContent && window.spoken.push(said.textContent))
        .observe(said, {childList: true});
}"""


def test_changes_are_announced_once_and_in_words(page, hall, sign_in):
    sign_in(page, hall.by)
    page.goto(f"/workshops/{hall.workshop.pk}/projector/")
    page.evaluate(SPOKEN)
    stage = page.locator("#stage")
    hall.move("start")
    stage.get_by_text("0 of 6 have rated").wait_for()
    hall.rate(1, 1, 1, 1, 4, 5, 5)
    stage.get_by_text("6 of 6 have rated").wait_for()
    hall.move("reveal")
    page.locator(".columns-drawing").wait_for()
    hall.agree(1, 3, "For now.")
    stage.get_by_text("Level agreed: 3").wait_for()
    page.locator("[data-live-said]", has_text="Level agreed: 3.").wait_for(state="attached")
    assert page.evaluate("window.spoken") == [
        "Action 1, Citizens and places: Rating, each alone.",
        "Action 1, Citizens and places: Ratings shown. Split. Median 2.5.",
        "Level agreed: 3. For now.",
    ]


def test_a_screen_that_loses_the_network_says_so_and_catches_up(page, hall, sign_in, look, complaints):
    sign_in(page, hall.by)
    page.goto(f"/workshops/{hall.workshop.pk}/projector/")
    page.context.set_offline(True)
    page.get_by_text("No connection: trying again").wait_for()
    look(page)
    hall.go_to(7)
    page.context.set_offline(False)
    heading(page, "7. Be passionate")
    assert not page.get_by_text("No connection: trying again").is_visible()
    forget_lost_connections(complaints)


def test_a_second_phone_waits_and_a_removed_guest_is_told(page, new_page, hall, sign_in, look):
    sign_in(page, hall.by)
    page.goto(f"/workshops/{hall.workshop.pk}/")
    second, guest = new_page("phone"), new_page("phone")
    join(second, hall.workshop.code, hall.place.members[0].email)
    join(guest, hall.workshop.code)
    heading(second, "Ask the facilitator")
    look(second)
    heading(page, "Somebody asks to come in")
    look(page)
    page.get_by_role("button", name=f"Let in {hall.place.members[0].name}").click()
    second.locator("#stage").get_by_text("You can rate in a moment").wait_for()
    page.locator("#guests-summary").click()
    page.get_by_role("button", name="Remove guest 1").click()
    heading(guest, "You are no longer in the room")
    look(guest)


def test_without_javascript(new_page, hall, look):
    phone = new_page("phone", javascript=False)
    join(phone, hall.workshop.code)
    hall.move("start")
    phone.get_by_role("link", name="See what is new").click()
    phone.locator(".choice:has([value='4'])").click()
    button(phone, "Save my rating").click()
    phone.get_by_text("Saved. You can change it until the ratings are shown.").wait_for()
    assert levels(1) == [4]


def test_kind_pages(phone, hall, look, complaints):
    complaints.expect_status(404)
    complaints.expect_status(409)
    phone.goto("/w/AAA222/")
    heading(phone, "This code opens no workshop")
    look(phone)
    phone.goto(f"/w/room/{hall.workshop.pk}/")
    heading(phone, "This phone has no place in that workshop")
    look(phone)
    workshops.lock_door(by=hall.by, workshop=hall.workshop, locked=True)
    phone.goto(f"/w/{hall.workshop.code}/")
    phone.get_by_text("locked the door for guests").wait_for()
    look(phone)
