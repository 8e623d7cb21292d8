"""The lead looks at who chose another organisation than was written down, and settles it."""

import re

import pytest
from django.core.cache import caches
from django.test import Client

from assessments.operations import invitations
from tests.assessments.rating_room import hidden
from tests.assessments.round_room import make_place, words
from tests.factories import make_round, rate
from tests.made_once import made_once

pytestmark = pytest.mark.usefixtures("edition")


@pytest.fixture(autouse=True)
def _no_wrong_tries_yet(db):
    caches["default"].clear()


@made_once
def place():
    return make_place()


@made_once
def round(place):
    return make_round(place.partnership, by=place.by, state="open")


def link(place, round, member):
    return f"/r/{invitations.issue_link(by=place.by, invitation=place.invitation(round, member))}/"


def choose(place, round, member, name):
    """The member begins by their link and says they are of the organisation with this name."""
    url, browser = link(place, round, member), Client()
    organisation = place.partnership.organisations.get(name=name)
    ticket = hidden(browser.get(url), "ticket")
    browser.post(url, {"ticket": ticket, "organisation": organisation.pk})
    browser.post(f"{url}1/", {"level": "2", "comment": "LEAKED", "seen": "0", "page": "x"})


def people(place, round):
    return place.web.get(f"/rounds/{round.pk}/people/")


def settle(place, round, page, how):
    """Press a button, with what the page has shown."""
    pairs = re.findall(r'name="seen" value="(\d+:\d*)"', page.content.decode())
    return place.web.post(
        f"/rounds/{round.pk}/people/organisations/", {"settle": how, "seen": pairs}, follow=True
    )


def test_people_are_told_before_they_choose(place, round, client):
    said = words(client.get(link(place, round, place.members[0])))
    assert (
        "If you choose another organisation than the lead has written down, the lead sees that, never" in said
    )


def test_the_lead_sees_who_from_what_to_what_and_nothing_they_said(place, round):
    choose(place, round, place.members[0], "NHS")
    said = words(people(place, round))
    assert "Sam Tarn 0 from Moorside Carers to NHS" in said
    assert "LEAKED" not in said
    assert "Accept all" not in said
    assert "1 person has chosen another organisation" in words(place.web.get(f"/rounds/{round.pk}/"))


def test_nobody_has_changed_anything(place, round):
    rate(round, place.members[0], {1: 2})
    assert "Another organisation than" not in words(people(place, round))
    assert "another organisation" not in words(place.web.get(f"/rounds/{round.pk}/"))


@pytest.mark.parametrize(
    ("how", "said", "now"),
    [("accept", "1 change is accepted.", "NHS"), ("put back", "1 change is put back.", "Moorside Carers")],
)
def test_it_is_settled_where_it_is_listed(place, round, how, said, now):
    choose(place, round, place.members[0], "NHS")
    page = settle(place, round, people(place, round), how)
    assert said in words(page)
    assert "Another organisation than" not in words(page)
    assert place.invitation(round, place.members[0]).organisation.name == now


def test_several_are_accepted_at_once(place, round):
    choose(place, round, place.members[0], "NHS")
    choose(place, round, place.members[1], "Moorside Carers")
    page = people(place, round)
    assert "Accept all 2" in words(page)
    assert "2 changes are accepted." in words(settle(place, round, page, "accept"))


def test_what_was_changed_since_is_not_settled_unseen(place, round):
    choose(place, round, place.members[0], "NHS")
    page = people(place, round)
    choose_again = place.invitation(round, place.members[0])
    choose_again.organisation = None
    choose_again.save()
    said = words(settle(place, round, page, "accept"))
    assert "it has been changed since this page was shown" in said
    assert "Sam Tarn 0 from Moorside Carers to No organisation" in said


@pytest.mark.parametrize("state", ["open", "closed"])
def test_the_results_are_not_opened_before(place, state):
    round = make_round(place.partnership, by=place.by, state="open")
    choose(place, round, place.members[0], "NHS")
    place.web.post(f"/rounds/{round.pk}/close/")
    page = place.web.get(f"/rounds/{round.pk}/reveal/")
    assert page.status_code == 409
    assert "1 person has chosen another organisation than you had written down" in words(page)
    assert place.web.post(f"/rounds/{round.pk}/reveal/").status_code == 409
    settle(place, round, people(place, round), "put back")
    assert place.web.post(f"/rounds/{round.pk}/reveal/").status_code == 302


@pytest.mark.parametrize("seen", ["", "x", "1:x", ":", "-1:2", "²:1", "9:", "99999999999999999999999:1"])
def test_what_no_page_sends_settles_nothing(place, round, seen):
    choose(place, round, place.members[0], "NHS")
    url = f"/rounds/{round.pk}/people/organisations/"
    assert "Nothing is settled" in words(place.web.post(url, {"seen": seen}, follow=True))


def test_the_address_alone_leads_to_the_people(place, round):
    assert place.web.get(f"/rounds/{round.pk}/people/organisations/").url == f"/rounds/{round.pk}/people/"
