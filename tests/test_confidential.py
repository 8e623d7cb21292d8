"""In a confidential round nobody sees who rated what, by any door.

The strongest way to say it: change who gave which answers, and nothing anybody can read changes. Two
members of one organisation and standpoint swap all their answers behind the product's back; every page,
file, command, admin page and the audit trail must read the same before and after.
"""

import io
import logging
import re

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from assessments import keys
from assessments.models import Comment, Invitation, Rating, Response
from assessments.operations import invitations, workshops
from assessments.operations import room as in_room
from assessments.operations.rounds import finish_comments
from assessments.views import rating
from partnerships.models import AuditEvent
from tests.factories import (
    CouncilFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    UserFactory,
    advance,
    make_lead,
    make_round,
    make_step,
    rate,
)
from tests.made_once import made_once
from tests.test_access import TABLE, Cast, letter_to, of_a_draft

READERS = ("lead", "member", "officer", "administrator", "stranger")
ODD = "Zinc teapots sing at noon"  # a comment no page says by chance
CHANGING = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]*"|name="page" value="[^"]*"|name="ticket" value="[^"]*"'
    rb"|key=[\w:-]+|\d\d:\d\d(:\d\d[.\d]*)?|\d+(&nbsp;|\xc2\xa0| )(second|minute)s?( ago)?"
)


@made_once
def room(edition):
    """Six people of one organisation, two of whom answer as differently as can be."""
    users = {role: UserFactory() for role in ("lead", "member", "officer")}
    users["administrator"] = UserFactory(is_staff=True, is_superuser=True)
    partnership = PartnershipFactory(council=CouncilFactory(officers=[users["officer"]]))
    make_lead(partnership, user=users["lead"])
    organisation = OrganisationFactory(partnership=partnership)
    people = [
        MembershipFactory(partnership=partnership, organisation=organisation, user=users["member"]),
        *MembershipFactory.create_batch(5, partnership=partnership, organisation=organisation),
    ]
    round = make_round(partnership, by=users["lead"], state="open")
    rate(round, people[1], dict.fromkeys(range(1, 12), 1) | {3: (1, ODD)}, code="AAAA2222")
    rate(round, people[2], dict.fromkeys(range(1, 12), 5) | {4: "dk"}, code="BBBB3333")
    for person in people[3:]:
        rate(round, person, dict.fromkeys(range(1, 12), 3))
    workshop, seat = rated_in_the_room(partnership, users["lead"], people)
    invitation = Invitation.objects.get(round=round, participant__membership=people[1])
    arguments = {
        "workshop": workshop.pk,
        "code": workshop.code,
        "seat": seat.pk,
        "slug": partnership.slug,
        "council": partnership.council.slug,
        "organisation": organisation.pk,
        "membership": people[1].pk,
        "round": round.pk,
        "named": round.pk,
        "invitation": invitation.pk,
        "letter": letter_to(round, people[1]),
        "way_in": letter_to(workshop.round, people[1], "way_in"),
        "token": invitations.issue_link(by=None, invitation=invitation),
        "step": make_step(partnership).pk,
        "number": 3,
        "message": "none",
    } | of_a_draft(edition)
    cast = Cast(users, arguments)
    cast.round, cast.people, cast.in_room = round, people, workshop.round
    return cast


def rated_in_the_room(partnership, lead, people):
    """A workshop whose first action has been revealed and whose second is being rated."""
    workshop = workshops.start_workshop(by=lead, round=make_round(partnership, by=lead, title="In the room"))
    seats = [in_room.join(workshop=workshop, email=each.email, device=f"{each.pk}") for each in people]
    for revision, name in enumerate(("begin", "start"), 1):
        workshops.move(by=lead, workshop=workshop, name=name, seen=revision)
    for seat, level in zip(seats, (3, 1, 5, 3, 3, 3), strict=True):
        in_room.rate(seat=seat, number=1, level=level)
    workshops.move(by=lead, workshop=workshop, name="reveal", seen=3)
    workshops.go_to(by=lead, workshop=workshop, number=2, seen=4)
    workshops.move(by=lead, workshop=workshop, name="start", seen=5)
    for seat, level in zip(seats, (3, 1, 5, 3, 3, 3), strict=True):
        in_room.rate(seat=seat, number=2, level=level)
    return workshop, in_room.join_as_guest(workshop=workshop, device="guest")


def everything_read_by(readers, cast):
    """(reader, address) -> bytes, of every page of ours and of the administration."""
    caches["pages"].clear()
    admin = [
        reverse(f"admin:{name}")
        for name in (
            "index",
            "partnerships_user_changelist",
            "partnerships_council_changelist",
            "partnerships_partnership_changelist",
            "partnerships_auditevent_changelist",
        )
    ]
    addresses = [cast.address(name) for name in TABLE] + admin
    found = {}
    for reader in readers:
        client = cast.client(reader)
        for address in addresses:
            response = client.get(address)
            found[reader, address] = CHANGING.sub(b"", response.content)
    return found


def swap_answers(round, one, other):
    """Each takes over what the other said; behind the product's back, also once the round is frozen."""
    first, second = (
        Response.objects.get(round=round, participant__membership=who).pk for who in (one, other)
    )
    with connection.cursor() as cursor:
        for source, target in ((first, -1), (second, first), (-1, second)):
            cursor.execute(
                "UPDATE assessments_rating SET response_id = %s WHERE response_id = %s", [target, source]
            )


def differences(before, after):
    return sorted(place for place in before if before[place] != after[place])


@pytest.mark.parametrize(
    ("state", "readers"),
    [("open", ["lead", "administrator"]), ("revealed", ["lead"]), ("shared", ["lead", "member", "officer"])],
)
def test_nothing_anybody_reads_depends_on_who_gave_which_answers(state, readers, room):
    round = advance(room.round, state, by=room.users["lead"]) if state != "open" else room.round
    if state == "shared":
        finish_comments(by=room.users["lead"], round=round)
    before = everything_read_by(readers, room)
    with connection.constraint_checks_disabled():
        swap_answers(round, room.people[1], room.people[2])
        swap_answers(room.in_room, room.people[1], room.people[2])
    assert differences(before, everything_read_by(readers, room)) == []


def test_the_swap_would_be_noticed_where_it_may_be_seen(room):
    """The test above can fail: the person's own browser reads other answers after the swap."""
    client = Client()
    invitation = room.arguments["invitation"]
    client.cookies[f"answers-{invitation}"] = keys.sealed("AAAA2222", invitation)
    address = room.address("assessments:rate_review")
    before = client.get(address).content
    with connection.constraint_checks_disabled():
        swap_answers(room.round, room.people[1], room.people[2])
    assert ODD.encode() in before
    assert ODD.encode() not in client.get(address).content


def test_no_comment_is_read_by_anybody_before_the_results_are_opened(room):
    advance(room.round, "closed", by=room.users["lead"])
    pages = everything_read_by(["lead", "administrator"], room)
    assert [place for place, content in pages.items() if ODD.encode() in content] == []


def test_a_comment_is_read_by_the_lead_alone_until_they_have_looked_through(room):
    advance(room.round, "shared", by=room.users["lead"])
    pages = everything_read_by(READERS, room)
    readers = {reader for (reader, _address), content in pages.items() if ODD.encode() in content}
    assert readers == {"lead"}


def test_before_the_results_are_opened_no_page_says_what_the_figures_would_say(room):
    """Of eleven actions rated 1, 5, 3, 3, 3 the mean is 3.0; none of the readings stands anywhere."""
    advance(room.round, "closed", by=room.users["lead"])
    client = room.client("lead")
    for name in ("assessments:results", "assessments:round", "assessments:partnership"):
        page = client.get(room.address(name)).content.decode()
        assert not re.search(r"rated it|Needs attention|Keep working|Strength|\b3\.0\b", page), name
    with pytest.raises(Exception, match="opened"):
        call_command("results", room.round.pk, format="json", stdout=io.StringIO())


def test_the_audit_trail_holds_no_answer_and_no_name(room):
    round = advance(room.round, "shared", by=room.users["lead"])
    finish_comments(by=room.users["lead"], round=round)
    answered = AuditEvent.objects.filter(event="answered")
    assert answered.count() == 5 + 6  # by link, and in the room
    assert set(answered.values_list("before", "after", "target_text")) == {(None, None, "")}
    trail = " ".join(
        map(str, AuditEvent.objects.values_list("event", "actor", "target_text", "before", "after"))
    )
    for secret in (ODD, *(person.name for person in room.people), *(person.email for person in room.people)):
        assert secret not in trail


def test_comments_stand_in_an_order_that_is_not_the_order_of_writing(room):
    """Keys are random: forty comments stand in the order they were written in by a miracle alone."""
    action = Rating.objects.first().action_id
    texts = [f"Comment {number:02}" for number in range(40)]
    for text in texts:
        Comment.objects.create(round=room.round, action_id=action, text=text)
    shown = list(Comment.objects.filter(round=room.round).values_list("text", flat=True))
    assert sorted(shown) == texts
    assert shown != texts


def test_a_fault_while_saving_leaves_no_answer_in_logs_or_error_reports(room, monkeypatch, capfd, mailoutbox):
    """The worst moment: the save breaks with the answer in the exception, the form and the locals."""

    def broken(**said):
        raise RuntimeError(f"could not store {said['comment']} {said['level']}")

    monkeypatch.setattr(rating, "answer_at_once", broken)
    logged = io.StringIO()
    for handler in logging.getLogger().handlers:
        if type(handler) is logging.StreamHandler:
            monkeypatch.setattr(handler, "stream", logged)
    client = Client(raise_request_exception=False)
    invitation = room.arguments["invitation"]
    client.cookies[f"answers-{invitation}"] = keys.sealed("AAAA2222", invitation)
    response = client.post(
        room.address("assessments:rate_action"), {"level": "2", "comment": ODD, "seen": "1", "page": "x"}
    )
    assert response.status_code == 500
    reports = " ".join(message.subject + message.body for message in mailoutbox)
    alternatives = " ".join(str(part) for message in mailoutbox for part in message.alternatives)
    assert reports, "the administrators hear of it"
    logs = logged.getvalue()
    assert "RuntimeError" in logs
    for secret in (ODD, "AAAA2222", room.arguments["token"]):
        assert secret not in reports + alternatives + logs
        assert secret.encode() not in response.content
