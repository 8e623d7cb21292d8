"""A link in another browser, one that opens nothing, and what somebody may take away of their own."""

import json

import pytest
from django.core.cache import caches
from django.test import Client

from assessments.models import Comment
from assessments.operations import invitations
from partnerships.operations import members
from tests.assessments.rating_room import AskedMember, ask_a_member, code_of, hidden, hold, save, send, start
from tests.factories import advance
from tests.made_once import made_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_wrong_tries_yet(db):
    caches["default"].clear()


@made_once
def room():
    return ask_a_member()


@pytest.fixture
def begun(room, client):
    start(client, room)
    return room


def text(response):
    return " ".join(response.content.decode().split())


class TestAnotherBrowser:
    @pytest.fixture
    def saved(self, client, begun):
        save(client, begun, 1, level="4", comment="Nobody else may read this")
        return begun

    @pytest.mark.parametrize("page", ["", "1/", "2/", "review/", "sent/", "data/"])
    def test_the_link_alone_opens_no_answers(self, saved, page):
        answer = Client().get(saved.url(page))
        assert answer.url == saved.url("code/")
        assert "Nobody else may read this" not in text(Client().get(answer.url))

    def test_the_link_alone_changes_no_answers(self, client, begun):
        lead = Client()
        early = hidden(lead.get(begun.url()), "ticket")  # opened before anything was saved
        save(client, begun, 1, level="4")
        assert lead.post(begun.url(), {"ticket": early}).url == begun.url("code/")
        assert lead.post(begun.url("1/"), {"level": "1"}).status_code == 409
        assert lead.post(begun.url("review/")).url == begun.url("code/")
        assert begun.levels() == {1: 4}

    def test_a_made_up_cookie_opens_nothing_even_with_the_right_code(self, client, saved):
        """Otherwise codes could be tried by cookie, where no wrong try is counted."""
        lead = Client()
        lead.cookies[f"answers-{saved.invitation.pk}"] = code_of(client, saved)
        assert lead.get(saved.url("1/")).url == saved.url("code/")
        assert lead.get(saved.url("data/")).url == saved.url("code/")
        assert lead.post(saved.url("1/"), {"level": "1"}).status_code == 409
        assert saved.levels() == {1: 4}

    def test_a_cookie_of_another_invitation_opens_nothing(self, client, saved):
        lead = Client()
        stranger = AskedMember(
            **vars(saved) | {"invitation": type(saved.invitation)(pk=saved.invitation.pk + 1)}
        )
        hold(lead, stranger, code_of(client, saved))
        cookie = lead.cookies.pop(f"answers-{stranger.invitation.pk}").value
        lead.cookies[f"answers-{saved.invitation.pk}"] = cookie
        assert lead.get(saved.url("1/")).url == saved.url("code/")

    def test_a_guessed_cookie_changes_no_answers(self, saved):
        lead = Client()
        hold(lead, saved, "AAAAAAAA")
        refused = lead.post(saved.url("1/"), {"level": "1"})
        assert refused.status_code == 409
        assert "type the return code" in text(refused)
        assert saved.levels() == {1: 4}

    def test_the_return_code_opens_them_however_it_is_typed(self, client, saved):
        code = code_of(client, saved)
        other = Client()
        answer = other.post(saved.url("code/"), {"code": f" {code[:4].lower()}-{code[4:].lower()} "})
        assert answer.url == saved.url("2/")
        assert "Nobody else may read this" in text(other.get(saved.url("review/")))

    def test_the_code_is_shown_to_whoever_holds_it(self, client, saved):
        code = code_of(client, saved)
        shown = f"{code[:4]} {code[4:]}"
        assert shown in text(client.get(saved.url("2/")))
        assert shown in text(client.get(saved.url("review/")))
        assert shown not in text(Client().get(saved.url("code/")))

    def test_a_wrong_code_is_refused(self, saved):
        answer = Client().post(saved.url("code/"), {"code": "AAAA AAAA"})
        assert "This is not the return code of these answers." in text(answer)

    def test_after_eight_wrong_codes_even_the_right_one_waits(self, client, saved):
        guesser = Client()
        for _try in range(8):
            assert guesser.post(saved.url("code/"), {"code": "AAAA AAAA"}).status_code == 200
        locked = guesser.post(saved.url("code/"), {"code": code_of(client, saved)})
        assert locked.status_code == 429
        assert "Try again in 15 minutes" in text(locked)
        assert client.get(saved.url("1/")).status_code == 200  # the member's own browser goes on

    def test_whoever_guesses_locks_out_themselves_and_not_the_member(self, client, saved):
        guesser, elsewhere = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")
        for _try in range(8):
            guesser.post(saved.url("code/"), {"code": "AAAA AAAA"})
        assert guesser.post(saved.url("code/"), {"code": code_of(client, saved)}).status_code == 429
        opened = elsewhere.post(saved.url("code/"), {"code": code_of(client, saved)})
        assert opened.url == saved.url("2/")

    def test_sixty_wrong_codes_from_everywhere_lock_the_answers_for_all(self, client, saved):
        for turn in range(60):
            guesser = Client(REMOTE_ADDR=f"192.0.2.{turn // 6}")
            assert guesser.post(saved.url("code/"), {"code": "AAAA AAAA"}).status_code == 200
        late = Client(REMOTE_ADDR="198.51.100.7")
        assert late.post(saved.url("code/"), {"code": code_of(client, saved)}).status_code == 429

    def test_until_something_is_saved_another_browser_may_begin(self, client, begun):
        other = Client()
        assert start(other, begun).url == begun.url("1/")
        assert save(other, begun, 1, level="2").url == begun.url("2/")
        page = client.get(begun.url("1/"))
        assert page.url == begun.url("code/")

    def test_whoever_answers_first_keeps_the_answers(self, client, begun):
        """Somebody else with the link presses Start after the member did, before the first answer."""
        page = client.get(begun.url("1/"))
        lead = Client()
        start(lead, begun)
        assert send(client, begun, 1, page, level="4").url == begun.url("2/")
        assert lead.get(begun.url("1/")).url == begun.url("code/")
        assert client.get(begun.url("2/")).status_code == 200


class TestLinksThatOpenNothing:
    def test_a_wrong_link(self, client, room):
        answer = client.get("/r/not-a-link/")
        assert answer.status_code == 404
        assert "ask whoever sent it to you for a new link" in text(answer)
        assert "Northmoor" not in text(answer)

    def test_a_withdrawn_link_names_the_partnership(self, client, room):
        invitations.withdraw_links(by=room.lead.user, invitation=room.invitation)
        for page in ("", "1/", "data/"):
            answer = client.get(room.url(page))
            assert answer.status_code == 410
            assert "ask the lead of the partnership for a new link" in text(answer)
            assert "Northmoor Ageing Well" in text(answer)
            assert "Sam Tarn" not in text(answer)

    def test_what_was_typed_while_the_link_was_withdrawn_is_shown_to_be_copied(self, client, begun):
        page = client.get(begun.url("3/"))
        invitations.withdraw_links(by=begun.lead.user, invitation=begun.invitation)
        answer = send(client, begun, 3, page, level="2", comment="The <b>whole</b> story")
        assert answer.status_code == 410
        assert "The &lt;b&gt;whole&lt;/b&gt; story" in text(answer)
        assert "2 – Starting" in text(answer)
        assert "It is kept nowhere else" in text(answer)
        assert begun.levels() == {}
        assert send(client, begun, 99, page, level="2").status_code == 410

    def test_far_too_much_is_refused_in_words(self, client, begun):
        answer = send(client, begun, 3, client.get(begun.url("3/")), level="2", comment="x" * 3_000_000)
        assert answer.status_code == 400
        assert "too much at once" in text(answer)
        assert "Go back with your browser" in text(answer)
        assert begun.levels() == {}

    def test_somebody_who_has_left(self, client, begun):
        members.end_membership(by=begun.lead.user, membership=begun.member)
        assert client.get(begun.url("1/")).status_code == 410

    @pytest.mark.parametrize("state", ["closed", "revealed"])
    def test_a_closed_round(self, client, begun, state):
        save(client, begun, 1, level="4")
        advance(begun.round, state, by=begun.lead.user)
        for page in ("", "1/", "review/", "sent/"):
            answer = client.get(begun.url(page))
            assert answer.status_code == 200
            assert "This round is closed" in text(answer)
            assert "shares them" in text(answer)
        assert client.post(begun.url(), {}).status_code == 409

    def test_shared_results_are_one_press_away(self, client, begun):
        advance(begun.round, "shared", by=begun.lead.user)
        answer = text(client.get(begun.url()))
        assert f'href="{begun.url("results/")}"' in answer
        assert "Read the results" in answer

    def test_many_wrong_links_from_one_address_are_stopped_but_right_ones_pass(self, client, room):
        statuses = [client.get(f"/r/guess-{guess}/").status_code for guess in range(32)]
        assert statuses == [404] * 30 + [429] * 2
        assert client.get(room.url()).status_code == 200
        assert Client(REMOTE_ADDR="192.0.2.7").get("/r/guess/").status_code == 404


class TestOwnData:
    def test_the_file_holds_what_is_held_about_the_person(self, client, begun):
        save(client, begun, 2, level="4", comment="Ça va")
        answer = client.get(begun.url("data/"))
        assert "attachment" in answer["Content-Disposition"]
        data = json.loads(answer.content)
        assert data["name"] == "Sam Tarn"
        assert data["email"] == "sam@northmoor.example"
        assert data["round"] == "Autumn 2026"
        (rating,) = data["ratings"]
        assert (rating["number"], rating["level"], rating["comment"]) == (2, 4, "Ça va")

    def test_it_opens_after_closing_too_but_to_its_owner_alone(self, client, begun):
        save(client, begun, 2, level="4", comment="Ça va")
        advance(begun.round, "revealed", by=begun.lead.user)
        assert Comment.objects.count() == 0  # too few to show
        assert json.loads(client.get(begun.url("data/")).content)["ratings"][0]["level"] == 4
        assert Client().get(begun.url("data/")).url == begun.url("code/")
