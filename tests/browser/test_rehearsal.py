"""A lead rehearses alone in real browsers, on all four screens; and calls off what was started by mistake."""

import pytest

from assessments.models import AgreedRating, Rating, Workshop
from partnerships.models import Partnership
from tests.assessments.round_room import make_place
from tests.assessments.workshop_room import levels
from tests.browser.conftest import SIZES
from tests.browser.workshop_hands import button, heading, join, tap
from tests.factories import make_round

pytestmark = pytest.mark.django_db(transaction=True)

BAND = "Rehearsal: nothing counts"


@pytest.fixture
def place(edition):
    return make_place(people=7)


def test_a_rehearsal_of_two_actions(place, page, new_page, sign_in, look, complaints):
    round = make_round(place.partnership, by=place.by)
    control, projector, laptop, phone = page, new_page(), new_page(), new_page("phone")
    screens = (control, projector, laptop, phone)
    for screen in screens[:3]:
        sign_in(screen, place.by)

    # Begun from where a workshop is started
    control.goto(f"/rounds/{round.pk}/workshop/start/")
    control.get_by_role("link", name="Rehearse it first").click()
    heading(control, "Rehearse the workshop on")
    look(control)
    button(control, "Begin the rehearsal").click()
    heading(control, "People are joining")
    workshop = Workshop.objects.get()
    projector.goto(f"/workshops/{workshop.pk}/projector/")
    laptop.goto(f"/workshops/{workshop.pk}/one-screen/")
    phone.goto(f"/w/{workshop.code}/")
    look(phone)
    join(phone, workshop.code)
    projector.get_by_text("13 people are here").first.wait_for()
    for screen in screens:
        assert screen.get_by_text(BAND).is_visible()
    look(*screens)

    # The first action: the invented people are split, and move when they rate again
    button(control, "Begin with the first action").click()
    button(control, "Let people rate").click()
    tap(phone, 3)
    button(control, "Let the invented people rate").click()
    projector.get_by_text("13 of 13 have rated").wait_for()
    look(*screens)
    button(control, "Show the ratings").click()
    projector.locator(".reading", has_text="Split").wait_for()
    button(control, "Rate again").click()
    button(control, "Let the invented people rate").click()
    projector.get_by_text("12 of 13 have rated").wait_for()
    button(control, "Show the second ratings").click()
    projector.get_by_text("12 ratings after talking").wait_for()
    assert len(levels(1)) == 13
    assert len(levels(1, Rating.Layer.SECOND)) == 12

    # One with too few, from the single laptop, once it has caught up with the control
    laptop.get_by_text("12 ratings after talking").first.wait_for()
    laptop.locator("#stone-6").click()
    button(laptop, "Let people rate").click()
    button(laptop, "Let the invented people rate").click()
    laptop.get_by_text("3 of 13 have rated").wait_for()
    control.get_by_text("Here only few of the invented people rate").wait_for()
    assert button(laptop, "Show the ratings").count() == 0
    look(*screens)
    control.locator(".agree-level:has([value='2'])").click()
    button(control, "Record what we agreed").click()
    projector.locator(".agreed-line", has_text="Level agreed: 2").wait_for()
    assert AgreedRating.objects.get().level == 2

    # The end, and nothing is left
    button(control, "Go to the end").click()
    button(control, "Let the invented people vote").click()
    projector.get_by_text("12 votes").wait_for()
    control.get_by_role("link", name="Finish the workshop").click()
    control.get_by_text("In this rehearsal nothing of it is kept.").wait_for()
    look(control)
    button(control, "Finish the workshop").click()
    heading(control, "The rehearsal is over")
    phone.get_by_text("It was a rehearsal: nothing of it is kept.").wait_for()
    laptop.get_by_role("link", name="End the rehearsal").wait_for()
    look(*screens)
    control.set_viewport_size(SIZES["phone"])
    look(control)
    button(control, "Finish and throw the rehearsal away").click()
    control.get_by_text("Nothing of it is left.").wait_for()
    look(control)
    assert Partnership.with_rehearsals.get() == place.partnership
    round.refresh_from_db()
    assert round.state == "draft"


def test_called_off_from_the_control_and_told_on_the_phone(page, new_page, place, sign_in, look):
    round = make_round(place.partnership, by=place.by)
    sign_in(page, place.by)
    page.goto(f"/rounds/{round.pk}/workshop/start/")
    button(page, "Start the workshop").click()
    heading(page, "People are joining")
    phone = new_page("phone")
    join(phone, Workshop.objects.get().code, place.members[0].email)
    button(page, "Begin with the first action").click()
    button(page, "Let people rate").click()
    tap(phone, 4)
    look(page)
    page.get_by_role("link", name="Call the workshop off").click()
    page.get_by_text("What 1 person has rated is thrown away.").wait_for()
    look(page)
    button(page, "Call the workshop off").click()
    heading(page, "The workshop was called off")
    heading(phone, "This workshop was called off")
    look(page, phone)
    assert not Rating.objects.exists()
    page.get_by_role("link", name="Go to the round").click()
    page.get_by_role("link", name="Run a workshop").wait_for()
