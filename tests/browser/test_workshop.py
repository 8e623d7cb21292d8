"""A workshop in real browsers: a projector, a facilitator and two phones at once, from joining to the end."""

import pytest

from assessments.models import AgreedRating, Rating, Seat
from assessments.operations import room
from tests.assessments.round_room import make_place
from tests.assessments.workshop_room import levels, say
from tests.browser.workshop_hands import button, forget_lost_connections, heading, join, tap
from tests.factories import make_round

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place(edition):
    return make_place(people=7)


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
    control.get_by_text("3 more people have to rate").wait_for()
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
