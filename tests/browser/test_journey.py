"""The first round of a partnership, as the people in it meet it: from signing in to reading by link.

Walked in full with JavaScript on a wide screen and without it on a phone; every page on the way is looked at.
"""

import re

import pytest
from django.conf import settings
from django.core import mail

from assessments.models import Comment, Invitation, Round
from framework.queries.wording import wording
from partnerships.models import Membership
from tests.factories import CouncilFactory, UserFactory, rate

pytestmark = pytest.mark.django_db(transaction=True)

LIST = """Name, e-mail address, organisation, standpoint
Sam Tarn, sam@northmoor.example, Moorside Carers, frontline
Kit Marsh, kit@northmoor.example, Moorside Carers, citizen
Alex Fell, alex@northmoor.example, Northmoor Police, frontline
Jo Beck, jo@northmoor.example, Northmoor Police, middle
Lee Gill, lee@northmoor.example, Northmoor Police, senior
"""
BY_BROWSER = {"sam": 1, "kit": 2, "alex": 2}  # who rates in the browser, and the level they give to action 3
BY_OPERATION = {"jo": 1, "lee": 2}
OTHERWISE = 4
REMARK = "We never talk about money."


class Walker:
    """A person at a browser: each page they reach is checked before they go on."""

    def __init__(self, new_page, axe, no_sideways_scroll, size, javascript):
        self._new = lambda: new_page(size, javascript=javascript)
        self._axe, self._fits = axe, no_sideways_scroll
        self._copy = None if javascript else new_page(size)
        self.seen = set()
        self.page = self._new()

    def become_somebody_else(self):
        self.page = self._new()

    def look(self):
        """Check the page, once for each kind of page and what stands at its top."""
        kind = re.sub(r"/\d+/", "/0/", re.sub(r"/r/[^/]+/", "/r/link/", self.page.url)), self.heading()
        if kind not in self.seen:
            self.seen.add(kind)
            self._fits(self.page)
            self._axe(self._copy_of(self.page) if self._copy else self.page)

    def _copy_of(self, page):
        """The same page where axe, which is a script, can run; the page's own scripts stay out."""
        html, address = page.content(), page.url
        self._copy.unroute_all()
        self._copy.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
        self._copy.route(address, lambda route: route.fulfill(body=html, content_type="text/html"), times=1)
        self._copy.goto(address)
        return self._copy

    def heading(self):
        return self.page.locator("h1").first.inner_text()

    def go(self, address):
        self.page.goto(address)
        self.look()

    def follow(self, name, **more):
        self._click(self.page.get_by_role("link", name=name, **more))

    def press(self, name):
        self._click(self.page.get_by_role("button", name=name, exact=True))

    def _click(self, thing):
        with self.page.expect_navigation(wait_until="load"):
            thing.first.click()
        self.look()

    def fill(self, **fields):
        for name, value in fields.items():
            self.page.locator(f"[name={name}]:not([type=hidden])").last.fill(value)

    def choose(self, **fields):
        for name, label in fields.items():
            self.page.locator(f"select[name={name}]").select_option(label=label)

    def reads(self, words):
        self.page.get_by_text(words).first.wait_for()


@pytest.fixture(params=[("wide", True), ("phone", False)], ids=["wide-script", "phone-no-script"])
def walker(request, new_page, axe, no_sideways_scroll, edition):
    return Walker(new_page, axe, no_sideways_scroll, *request.param)


def letter_to(name):
    """The newest e-mail to somebody."""
    return [letter.body for letter in mail.outbox if letter.to == [f"{name}@northmoor.example"]][-1]


def link_in(letter):
    return re.search(re.escape(settings.SITE_URL) + r"(/r/\S+)", letter).group(1)


def sign_in(walker):
    walker.go("/")
    walker.follow("Sign in")
    walker.page.get_by_label("E-mail address").first.fill("robin@northmoor.example")
    walker.press("E-mail me a code")
    code = re.search(r"^\w[\w-]{4,}$", letter_to("robin"), re.MULTILINE).group()
    walker.page.get_by_label("Code").fill(code)
    walker.press("Sign in")


def set_up(walker):
    walker.follow("Create a partnership")
    walker.press("Create the partnership")  # nothing filled in: it says what is missing
    walker.reads("There is a problem")
    walker.fill(name="Northmoor Ageing Well")
    walker.choose(system="Health and care", council="Northmoor Council")
    walker.press("Create the partnership")
    walker.follow("Add an organisation")
    walker.fill(name="Moorside Carers")
    walker.page.get_by_label("Voluntary or community").check()
    walker.press("Add the organisation")
    walker.follow("Members", exact=True)
    walker.follow("Paste a list")
    walker.fill(lines="Sam Tarn, not an address")
    walker.press("Check the list")
    walker.fill(lines=LIST)
    walker.press("Check the list")
    assert walker.heading() == "Add 5 people?"
    walker.press("Add all 5 people")
    assert Membership.objects.count() == 6  # with the lead


def open_round(walker):
    walker.follow("Northmoor Ageing Well")
    walker.follow("Plan a round")
    walker.fill(title="First look")
    walker.press("Save the draft")
    walker.follow("Open the round")
    walker.press("Open the round and send 6 e-mails")
    assert Round.objects.get().state == "open"
    assert "First look" in letter_to("sam")
    walker.follow("See the people")


def rate_by_link(walker, name, third):
    walker.become_somebody_else()
    walker.go(link_in(letter_to(name)))
    walker.press("Start")
    for number in range(1, 12):
        walker.page.wait_for_url(f"**/{number}/**")
        walker.look()
        level = third if number == 3 else OTHERWISE
        walker.page.locator(f".choice:has([value='{level}'])").click()
        if (name, number) == ("sam", 3):
            walker.page.get_by_label("What makes you say so?").fill(REMARK)
        walker.page.get_by_role("button", name="Save and continue").click()
    walker.page.wait_for_url("**/review/")
    walker.look()
    walker.press("Send my answers")
    assert walker.heading() == "Thank you. Your answers are in."


def rate_without_browser(name, third):
    member = Membership.objects.get(email=f"{name}@northmoor.example")
    rate(Round.objects.get(), member, dict.fromkeys(range(1, 12), OTHERWISE) | {3: third})


def close_and_read(walker, round):
    walker.go(f"/rounds/{round.pk}/")
    walker.reads("5 of 6")
    walker.follow("Close the round")
    walker.press("Close the round")
    walker.follow("Open the results")
    walker.reads("This cannot be undone")
    walker.press("Open the results")
    walker.go(f"/rounds/{round.pk}/")
    walker.follow("Look through the comments")
    walker.reads(REMARK)
    walker.press("Save and go on")
    walker.press("Finish and show the comments")
    assert Comment.objects.get().standing == Comment.Judgement.SHOWN
    walker.go(f"/rounds/{round.pk}/results/")


def share(walker, round):
    walker.go(f"/rounds/{round.pk}/")
    walker.follow("Share the results")
    walker.press("Share the results")
    assert Round.objects.get().state == "shared"


def third_action(walker):
    """What the results say of the third action, which five people rated 1, 1, 2, 2, 2."""
    title = wording(Round.objects.get().edition_id, "en").actions[2].title
    said = walker.page.locator("tr, li, article").filter(has_text=title)
    return " ".join(" ".join(said.all_inner_texts()).split())


def test_a_first_round(walker):
    UserFactory(email="robin@northmoor.example", name="Robin Ashdown")
    CouncilFactory(name="Northmoor Council")
    sign_in(walker)
    set_up(walker)
    open_round(walker)
    lead = walker.page
    for name, third in BY_BROWSER.items():
        rate_by_link(walker, name, third)
    for name, third in BY_OPERATION.items():
        rate_without_browser(name, third)
    walker.page, round = lead, Round.objects.get()
    close_and_read(walker, round)
    assert "Needs attention" in third_action(walker)
    assert "1.6" in third_action(walker)
    share(walker, round)
    walker.become_somebody_else()
    walker.go(link_in(letter_to("sam")))
    if "results" not in walker.page.url:
        walker.follow("Read the results")
    assert "1.6" in third_action(walker)
    walker.follow("comments")
    walker.reads(REMARK)
    walker.go(link_in(letter_to("sam")).rstrip("/").removesuffix("/results") + "/results/method/")
    assert Invitation.objects.count() == 6
