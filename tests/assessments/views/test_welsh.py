"""Members read in Welsh what the site says: on every page that is offered in Welsh, every string is there."""

import pytest
from django.core import mail as outgoing
from django.core.cache import caches
from django.utils import translation
from django.utils.translation import gettext, trans_real

from assessments.models import Invitation
from assessments.operations import invitations
from assessments.operations.mail import deliver_letters
from tests.assessments.rating_room import ask_a_member, save, send, start
from tests.assessments.welsh_room import Missing, make_two_rounds, phone, text, welsh_browser
from tests.assessments.workshop_room import make_hall
from tests.factories import (
    MembershipFactory,
    PartnershipFactory,
    UserFactory,
    make_lead,
    make_round,
    make_step,
)

pytestmark = pytest.mark.usefixtures("edition")


@pytest.fixture
def missing(monkeypatch):
    behind = Missing()
    monkeypatch.setattr(trans_real.translation("cy"), "_fallback", behind)
    return behind.strings


@pytest.fixture
def welsh():
    return welsh_browser()


@pytest.fixture
def two_rounds():
    return make_two_rounds()


def test_what_is_not_in_the_catalogue_is_noticed(missing):
    with translation.override("cy"):
        assert gettext("Nobody has written this.") == "Nobody has written this."
        assert gettext("Not saved yet") == "Heb ei gadw eto"
    assert missing == {"Nobody has written this."}


# --- Rating by link ---


def test_the_way_through_the_questions(welsh, missing):
    room = ask_a_member(closing_on="2027-03-01")
    assert "Sut rydym ni'n dod ymlaen fel partneriaeth?" in text(welsh.get(room.url()))
    start(welsh, room, organisation="nobody")
    start(welsh, room)
    page = text(welsh.get(room.url("1/")))
    assert '<html lang="cy">' in page
    assert "Pa mor wir yw hyn am ein partneriaeth heddiw?" in page
    assert "1 o 11" in page
    save(welsh, room, 1)  # nothing chosen
    save(welsh, room, 1, level="3", comment="x" * 2001)
    save(welsh, room, 1, level="3")
    assert "Cadwyd am " in text(welsh.get(room.url("1/")))
    save(welsh, room, 2, level="dk", comment="Ŵyr neb.")
    assert "Nid oes ateb i 9 cwestiwn eto." in text(welsh.get(room.url("review/")))
    welsh.post(room.url("review/"))
    assert "Diolch. Mae eich atebion wedi dod i law." in text(welsh.get(room.url("sent/")))
    assert "ar 1 Mawrth 2027" in text(welsh.get(room.url("sent/")))
    welsh.get(room.url())
    welsh.get(room.url("12/"))
    assert missing == set()


def test_what_can_go_wrong_on_the_way(welsh, missing):
    room = ask_a_member()
    start(welsh, room)
    opened = welsh.get(room.url("1/"))
    save(welsh, room, 1, level="3")
    assert send(welsh, room, 1, opened, level="4").status_code == 409
    elsewhere = welsh_browser()
    elsewhere.get(room.url("1/"))
    elsewhere.get(room.url("code/"))
    elsewhere.post(room.url("code/"), {"code": "WRONG"})
    assert send(elsewhere, room, 1, opened, level="4").status_code == 409
    assert welsh.get("/r/made-up/").status_code == 404
    assert missing == set()


def test_was_this_you(welsh, missing):
    caches["default"].clear()
    hall = make_hall(people=2, begin=False)
    deliver_letters(round=hall.round)
    assert "Was this you?" in outgoing.outbox[0].subject
    yes, no = (f"/you/{message.body.split('/you/')[1].split('/')[0]}/" for message in outgoing.outbox)
    page = welsh.get(yes)
    assert "Ai chi oedd hwn?" in text(page)
    welsh.post(yes, {"said": "yes", "seat": [seat.pk for seat in hall.seats]})
    assert "Gallwch gau'r dudalen hon." in text(welsh.get(yes)).replace("&#x27;", "'")
    welsh.post(no, {"said": "no"})
    welsh.get(no)
    way_in = f"/w/in/{outgoing.outbox[-1].body.split('/w/in/')[1].split('/')[0]}/"
    assert "Ymuno fel Sam Tarn" in text(welsh.get(way_in))
    assert welsh.post(f"/w/{hall.fresh().code}/", {"email": hall.place.members[1].email}).status_code == 409
    hall.move("call_off")
    for address in (yes, no, way_in):
        welsh.get(address)
    assert missing == set()


def test_answers_begun_in_your_name(welsh, missing):
    caches["default"].clear()
    room = ask_a_member()
    start(welsh, room)
    you = f"/you/{outgoing.outbox[0].body.split('/you/')[1].split('/')[0]}/"
    assert "Dechreuwyd atebion fel Sam Tarn" in text(welsh.get(you))
    welsh.post(you, {"said": "no"})
    welsh.get(you)
    assert missing == set()


@pytest.mark.parametrize("state", ["closed", "revealed", "shared"])
def test_a_round_that_is_not_open(welsh, missing, state):
    partnership = PartnershipFactory()
    person = MembershipFactory(partnership=partnership)
    round = make_round(partnership, state=state, answers=[(person, {1: 3})])
    token = invitations.issue_link(by=None, invitation=Invitation.objects.get(round=round))
    for rest in ("", "1/", "review/", "results/", "code/"):
        welsh.get(f"/r/{token}/{rest}")
    assert missing == set()


# --- Results ---


def test_results_by_link(welsh, missing, two_rounds):
    _lead, person, rounds = two_rounds
    invitation = Invitation.objects.get(round=rounds[1], participant__membership=person)
    token = invitations.issue_link(by=None, invitation=invitation)
    page = text(welsh.get(f"/r/{token}/results/"))
    assert "Sut mae aelodau'n gweld y bartneriaeth" in page
    assert "Beth allai fod angen mwy o sylw" in page
    for rest in (
        "results/groups/",
        "results/method/",
        "comments/",
        "compare/",
        "results/?weight=organisation",
    ):
        assert welsh.get(f"/r/{token}/{rest}", follow=True).status_code == 200
    assert missing == set()


def test_results_for_a_lead(welsh, missing, two_rounds):
    lead, _person, rounds = two_rounds
    welsh.force_login(lead.user)
    make_step(lead.partnership, round=rounds[0])
    before, after = (round.pk for round in rounds)
    for address in (
        f"/rounds/{after}/results/",
        f"/rounds/{after}/groups/",
        f"/rounds/{after}/results/method/",
        f"/rounds/{after}/comments/",
        f"/rounds/{after}/comments/review/",
        f"/rounds/{after}/sheet/",
        f"/partnerships/{lead.partnership.slug}/next-steps/",
        f"/partnerships/{lead.partnership.slug}/compare/?rounds={before}&rounds={after}",
        f"/partnerships/{lead.partnership.slug}/compare/",
        "/framework/",
    ):
        answer = welsh.get(address)
        assert (answer.status_code, address) == (200, address)
        assert '<html lang="cy">' in text(answer), address
    for address in (
        f"/rounds/{after}/results.csv",
        f"/rounds/{after}/groups.csv",
        f"/partnerships/{lead.partnership.slug}/compare.csv?rounds={before}&rounds={after}",
    ):
        assert "cyfartaledd" in welsh.get(address).content.decode(), address
    assert missing == set()


def test_one_reads_english_after_another_read_welsh_and_the_other_way_round(two_rounds, welsh, client):
    """What is kept of results is kept for each language."""
    lead, _person, rounds = two_rounds
    address = f"/rounds/{rounds[1].pk}/results/"
    welsh.force_login(lead.user)
    client.force_login(lead.user)
    for _time in range(2):
        assert "Beth allai fod angen mwy o sylw" in text(welsh.get(address))
        assert "What might need more attention" in text(client.get(address))


# --- The workshop ---


def test_phones_and_the_projector_in_every_state(welsh, missing):
    hall = make_hall(people=6, begin=False)
    welsh.get("/w/")
    welsh.post("/w/", {"code": "WRONG2"})
    welsh.get("/w/WRONG2/")
    welsh.get(f"/w/{hall.workshop.code}/")
    welsh.post(f"/w/{hall.workshop.code}/", {"email": "nobody@northmoor.example"})
    guest, lead = phone(hall), welsh_browser()
    lead.force_login(hall.by)

    def look(words=""):
        page = guest.get(f"/w/room/{hall.workshop.pk}/")
        assert words in text(page)
        assert lead.get(f"/workshops/{hall.workshop.pk}/projector/").status_code == 200

    look("Rydych i mewn")
    hall.move("begin")
    hall.go_to(1)
    look("Darllenwch ef.")
    hall.move("start")
    look("Pa mor wir yw hyn")
    hall.rate(1, 1, 1, 2, 5, 5, 4)
    look()
    hall.move("reveal")
    look("Rhanedig")
    hall.move("again")
    hall.rate(1, 3, 3, 3, 4, 4, 4)
    look("A nawr, ar ôl siarad")
    hall.move("reveal_again")
    hall.agree(1, 3)
    look("Lefel y cytunwyd arni: 3")
    hall.move("end")
    look("A oedd hyn yn werth eich amser?")
    hall.move("finish")
    look("Mae'r gweithdy wedi gorffen.")
    assert missing == set()


def test_the_control_is_in_english_whole(missing):
    hall = make_hall()
    lead = welsh_browser()
    lead.force_login(hall.by)
    page = text(lead.get(f"/workshops/{hall.workshop.pk}/"))
    assert '<html lang="en-gb">' in page
    part = text(lead.get(f"/workshops/{hall.workshop.pk}/live/?screen=control"))
    assert "Facilitator" in page
    assert "Reading" in part or "Read" in part
    assert missing <= {"This page is not in your language yet, so it is in English."}


@pytest.mark.parametrize("state", ["none", "draft", "open", "closed", "revealed", "shared"])
def test_the_page_of_a_partnership_in_every_state(welsh, missing, state):
    partnership = PartnershipFactory()
    lead = make_lead(partnership)
    member = MembershipFactory(partnership=partnership, user=UserFactory())
    if state != "none":
        round = make_round(
            partnership, by=lead.user, state=state, answers=[(member, {1: (3, "Now and then.")})]
        )
        make_step(partnership, round=None if state == "draft" else round)
    for who in (lead, member):
        welsh.force_login(who.user)
        for address in ("/partnerships/", partnership.get_absolute_url()):
            assert '<html lang="cy">' in text(welsh.get(address))
    assert missing == set()
