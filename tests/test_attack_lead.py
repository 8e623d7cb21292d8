"""The promise of a confidential round, attacked by a lead who means harm, through every door at once.

The oracle: the same partnership is made twice, and the two differ in nothing but that two people of one
organisation said each other's levels. The lead attacks both in the same way. Whatever any page, file or
command then prints must be the same in both; else it tells what one of them said. Each attack also runs
with the guard taken away, and must then succeed: an attack that cannot would show nothing.
"""

import io
import re

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from assessments import counting, keys, queries
from assessments.analysis.moved import Moved
from assessments.models import InvitationLink, Rating, Round
from assessments.operations import answers, room, workshops
from assessments.operations.imports import import_round
from assessments.operations.proving import Browser, mailed_to
from assessments.sheets.ratings import Person, Sheet
from partnerships import operations as partnerships
from tests.assessments.round_room import make_place
from tests.assessments.workshop_room import Hall
from tests.factories import advance, make_round

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]

ACTIONS = range(1, 12)
SPRING = (2, 3, 4, 3, 2, 4, 3, 5, 1, 3, 4, 2)
"""What twelve people say of every action; members 0, 2, 4 and so on are of one organisation."""
VICTIM, OTHER = 0, 2
IN_THEIR_NAMES = (3, 5, 5, 1, 5, 5, 5, 1, 5, 5, 5, 5)
"""What the lead says in everybody's name: ten go up and two down where the victim said 2; where they said
4, and the other one 2, it is nine and three."""


def make_world(swapped):
    """A partnership and its first round; ``swapped``: two people said each other's level."""
    place = make_place(people=len(SPRING))
    for each in (place.partnership, place.partnership.council):
        each.slug = "attacked"
        each.save()
    place.lead.organisation.name = "The council"
    place.lead.organisation.save()
    said = list(SPRING)
    if swapped:
        said[VICTIM], said[OTHER] = said[OTHER], said[VICTIM]
    round = make_round(place.partnership, by=place.by, state="open", title="Spring 2026")
    for member, level in zip(place.members, said, strict=True):
        answer(round, member, level)
    place.spring = advance(round, "shared", by=place.by)
    place.victim_said = said[VICTIM]
    return place


def answer(round, member, level, browser=mailed_to, then=None):
    """Through the link that was mailed to the address the member has now, or another; ``then`` is what they
    say, looking back, that every action was."""
    invitation = round.invitations.select_related("participant__membership", "round__partnership").get(
        participant__membership=member
    )
    response = answers.start_response(
        invitation=invitation,
        code=keys.new_code(),
        organisation=invitation.organisation,
        standpoint="",
        browser=browser(invitation),
    )
    first, *rest = round.edition.actions.order_by("number")
    answers.save_answer(response=response, action_id=first.pk, level=level)
    Rating.objects.bulk_create(Rating(response=response, action=each, level=level) for each in rest)
    if then:
        back = {"response": response, "layer": Rating.Layer.LOOKING_BACK, "level": then}
        Rating.objects.bulk_create(Rating(action=each, **back) for each in (first, *rest))
    answers.submit_response(response=response)


# --- The attacks ---


def bring_in(place, title, *, the_victim_at, strangers=0):
    """A made-up file in the members' names; nobody in it has answered it."""
    names = {member.email: said for member, said in zip(place.members, IN_THEIR_NAMES, strict=True)}
    names[place.members[VICTIM].email] = the_victim_at
    names |= {f"stranger {n}": n % 5 + 1 for n in range(strangers)}
    people = tuple(Person(who, "NHS", "", (level,) * 11, ("",) * 11) for who, level in names.items())
    import_round(
        by=place.by, partnership=place.partnership, title=title, sheet=Sheet(people), same_people=True
    )


def a_file_for_each_level(place):
    for level in (3, 4):
        bring_in(place, f"File {level}", the_victim_at=level)


def a_file_with_a_few_strangers(place):
    """Then no counts are shown: the reading alone would tell."""
    bring_in(place, "File", the_victim_at=3, strangers=3)


def a_room_of_one(place):
    """The lead starts a workshop alone and joins as the members by typing their addresses."""
    draft = make_round(place.partnership, by=place.by, title="Autumn 2026")
    hall = begin(place, draft)
    for number in ACTIONS:
        hall.reveal(number, *IN_THEIR_NAMES)
    finish(hall)


def rated_again_by_the_leads_browsers(place):
    """The room walks through the very round, and the lead's browsers rate again in everybody's name."""
    hall = begin(place, place.spring)
    for number in ACTIONS:
        hall.go_to(number)
        hall.move("show")
        hall.again(number, *IN_THEIR_NAMES)
    finish(hall)


def begin(place, round):
    hall = Hall(place, workshops.start_workshop(by=place.by, round=round))
    for n, member in enumerate(place.members):
        hall.seats.append(room.join(workshop=hall.workshop, email=member.email, device=f"browser {n}"))
    hall.move("begin")
    return hall


def finish(hall):
    hall.move("end", "finish")


def mailboxes_of_the_leads(place):
    """The lead puts addresses of their own in members' places, and answers from these mailboxes."""
    for n, member in enumerate(place.members):
        partnerships.change_member(by=place.by, membership=member, email=f"mailbox{n}@evil.example")
        member.refresh_from_db()
    autumn = make_round(place.partnership, by=place.by, state="open", title="Autumn 2026")
    for member, said in zip(place.members, IN_THEIR_NAMES, strict=True):
        answer(autumn, member, said)
    advance(autumn, "shared", by=place.by)


def links_made_for_the_lead(place):
    """The victim answers and looks back; the lead does so for all others, by links of their own."""
    autumn = make_round(
        place.partnership, by=place.by, state="open", title="Autumn 2026", looks_back_to=place.spring
    )
    answer(autumn, place.members[VICTIM], 3, then=place.victim_said)
    for n, member in enumerate(place.members):
        if n != VICTIM:
            now, then = (1, 5) if IN_THEIR_NAMES[n] == 1 else (5, 1)
            answer(autumn, member, now, browser=a_made_link, then=then)
    advance(autumn, "shared", by=place.by)


def a_made_link(invitation):
    return Browser(InvitationLink(invitation=invitation))


ATTACKS = {
    "a file for each level": a_file_for_each_level,
    "a file with a few strangers": a_file_with_a_few_strangers,
    "a room of one": a_room_of_one,
    "rated again by the lead's browsers": rated_again_by_the_leads_browsers,
    "mailboxes of the lead's": mailboxes_of_the_leads,
    "links made for the lead": links_made_for_the_lead,
}


# --- What every door prints ---

PAGES = (
    "round",
    "results",
    "results_csv",
    "groups",
    "groups_csv",
    "results_method",
    "comments",
    "round_people",
)
OF_PARTNERSHIP = ("partnership", "compare", "next_steps")
OF_COUNCIL = ("portfolio_council", "portfolio_csv")
CHANCE = re.compile(
    r"csrf\w*\" value=\"[^\"]+\"|nonce-?\"?=?\"?[\w+/=-]+|key=[\w:-]+|[Pp]erson ?\d+|\d\d:\d\d"
    r"|\d+ (seconds|minutes?) ago|(?<=/)\d+(?=/)|(?<=rounds=)\d+|(?<=\"round\": )\d+|(?<=value=\")\d+(?=\")"
    r"|(?<=round[_=])\d+"
)
"""What differs from one drawing of a page to the next."""


def printed(place, pages=True):
    """Where -> what stands there, of all that the lead, or an officer of the council, can open or print."""
    rounds = list(Round.objects.filter(partnership=place.partnership).order_by("closed_at", "pk"))
    found = dict(_commands(rounds))
    if pages:
        for number, address in enumerate(_addresses(place, rounds)):
            found[number, CHANCE.sub("", address)] = _page(place.lead.user, place, address)
        for name in OF_COUNCIL:
            address = reverse(f"assessments:{name}", args=[place.partnership.council.slug])
            found[address] = _page(place.officer, place, address)
    return found


def _page(who, place, address):
    page = place.as_(who).get(address, follow=True)
    assert page.status_code in (200, 409)  # comments are to be looked through first
    return CHANCE.sub("", page.content.decode())


def _addresses(place, rounds):
    slug = place.partnership.slug
    yield from (reverse(f"assessments:{name}", args=[slug]) for name in OF_PARTNERSHIP)
    for round in rounds:
        yield from (reverse(f"assessments:{name}", args=[round.pk]) for name in PAGES)
        if hasattr(round, "workshop"):
            yield reverse("assessments:workshop", args=[round.workshop.pk])
    for pair in _with_the_first(rounds):
        query = "?" + "&".join(f"rounds={round.pk}" for round in pair)
        yield reverse("assessments:compare", args=[slug]) + query
        yield reverse("assessments:compare_csv", args=[slug]) + query


def _with_the_first(rounds):
    """The round that is attacked beside each of the others."""
    return [(rounds[0], other) for other in rounds[1:]]


def _commands(rounds):
    for round in rounds:
        for more in ((), ("--by", "organisation")):
            yield (round.title, *more), _run("results", round.pk, "--format", "json", *more)
    for one, other in _with_the_first(rounds):
        for form in ("json", "text"):
            yield (one.title, other.title, form), _run("compare_rounds", one.pk, other.pk, "--format", form)


def _run(*arguments):
    out = io.StringIO()
    call_command(*map(str, arguments), stdout=out)
    return CHANCE.sub("", out.getvalue())


def what_differs(attack, pages=True):
    """The places at which the two worlds can be told from each other after the attack."""
    one, other = (_attacked(attack, swapped, pages) for swapped in (False, True))
    assert one.keys() == other.keys()
    return {where for where in one if one[where] != other[where]}


def _attacked(attack, swapped, pages):
    with transaction.atomic():
        place = make_world(swapped)
        attack(place)
        found = printed(place, pages)
        transaction.set_rollback(True)
    for cache in caches.all():
        cache.clear()
    return found


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_nothing_that_is_printed_tells_what_one_person_said(attack):
    assert what_differs(attack) == set()


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_it_would_if_people_were_matched_by_their_names(attack, monkeypatch):
    """Without the guard, and that of readings with few alone, each attack tells: the test above can fail."""
    monkeypatch.setattr(counting.proofs, "why_not", lambda one, other: "")
    monkeypatch.setattr(
        counting.proofs,
        "matched",
        lambda one, other, there: sorted(there[one.pk].keys() & there[other.pk].keys()),
    )
    monkeypatch.setattr(queries.room, "_is_of_one", lambda *_: True)
    monkeypatch.setattr(counting.looking_back, "_may_be_matched", lambda *_: True)
    monkeypatch.setattr(Moved, "may_be_read", lambda *_: True)
    on_pages_alone = (rated_again_by_the_leads_browsers, links_made_for_the_lead)
    assert what_differs(attack, pages=attack in on_pages_alone)
