"""Rating by link, as a browser without JavaScript sees it."""

import pytest
from django.core.cache import caches
from django.test import Client

from assessments.models import Rating, Response
from assessments.operations import invitations, rounds
from partnerships.models import Organisation
from tests.assessments.rating_room import ask_a_member, code_of, hidden, hold, save, send, start
from tests.factories import OrganisationFactory
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


class TestWelcome:
    def test_says_who_asks_how_long_and_what_others_see(self, client, room):
        page = text(client.get(room.url()))
        assert "Hello Sam Tarn." in page
        assert "Robin Ashdown asks you to rate how Northmoor Ageing Well works together today." in page
        assert "About five minutes, 11 questions." in page
        assert "Nobody in the partnership can see who gave which rating" in page
        assert "at least 5 people have rated" in page
        assert "If everybody gave the same level, that shows" in page
        assert 'href="/privacy/"' in page

    def test_a_named_round_says_so(self, client, edition):
        page = text(client.get(ask_a_member(confidentiality="named").url()))
        assert "the lead sees your name beside each of your ratings" in page
        assert "confidential" not in page

    def test_offers_what_the_lead_wrote_down_and_keeps_what_the_member_chooses(self, client, room):
        other = Organisation.objects.create(
            partnership=room.partnership, name="Harbour Surgery", sector="nhs"
        )
        page = text(client.get(room.url()))
        assert f'<option value="{room.member.organisation_id}" selected>Moorside Carers</option>' in page
        start(client, room, organisation=other.pk, standpoint="frontline")
        response = Response.objects.get()
        assert (response.organisation, response.standpoint) == (other, "frontline")

    def test_neither_organisation_nor_standpoint_has_to_be_given(self, client, room):
        assert start(client, room, organisation="").url == room.url("1/")
        response = Response.objects.get()
        assert (response.organisation, response.standpoint) == (None, "")

    def test_an_organisation_of_another_partnership_is_refused(self, client, room):
        foreign = OrganisationFactory()
        answer = start(client, room, organisation=foreign.pk)
        assert "Choose an organisation from the list." in text(answer)
        assert not Response.objects.exists()

    def test_opening_the_link_changes_nothing(self, client, room):
        for _time in range(2):
            assert client.get(room.url()).status_code == 200
            assert client.head(room.url()).status_code == 200
        assert client.get(room.url("1/")).url == room.url()
        assert client.get(room.url("review/")).url == room.url()
        assert not Response.objects.exists()
        assert set(client.cookies) == {"csrftoken"}

    def test_pressing_start_twice_begins_once_with_one_code(self, room):
        client, again = Client(), Client()
        ticket = hidden(client.get(room.url()), "ticket")
        client.post(room.url(), {"ticket": ticket})
        again.post(room.url(), {"ticket": ticket})  # the first answer never arrived
        assert code_of(client, room) == code_of(again, room)
        assert Response.objects.count() == 1

    def test_a_made_up_ticket_is_not_taken(self, client, room):
        client.post(room.url(), {"ticket": "AAAAAAAA"})
        assert code_of(client, room) != "AAAAAAAA"
        assert save(client, room, 1, level="3").url == room.url("2/")


class TestTheCookie:
    def test_it_is_kept_from_scripts_and_other_pages(self, client, room):
        morsel = start(client, room).cookies[f"answers-{room.invitation.pk}"]
        assert morsel["httponly"]
        assert (morsel["samesite"], morsel["path"]) == ("Lax", "/r/")

    def test_it_is_secure_where_the_site_is(self, client, room, settings):
        settings.SESSION_COOKIE_SECURE = True
        assert start(client, room).cookies[f"answers-{room.invitation.pk}"]["secure"]

    def test_nobody_who_rates_gets_a_session(self, client, begun):
        save(client, begun, 1, level="3")
        client.get(begun.url("review/"))
        client.post(begun.url("review/"))
        assert set(client.cookies) == {"csrftoken", f"answers-{begun.invitation.pk}"}


class TestHeaders:
    @pytest.mark.parametrize("page", ["", "1/", "review/", "data/", "nonsense/"])
    def test_no_page_is_kept_indexed_or_named_to_other_sites(self, client, begun, page):
        answer = client.get(begun.url(page))
        if page != "nonsense/":
            assert "no-store" in answer["Cache-Control"]
            assert answer["X-Robots-Tag"] == "noindex"
        assert answer["Referrer-Policy"] == "same-origin"


class TestRating:
    def test_eleven_actions_one_a_page_then_review_and_send(self, client, begun):
        for number in range(1, 12):
            answer = save(client, begun, number, level=str(number % 5 + 1))
        assert answer.url == begun.url("review/")
        assert "You have answered all 11 questions." in text(client.get(answer.url))
        sent = client.post(begun.url("review/"))
        assert sent.url == begun.url("sent/")
        assert "Thank you. Your answers are in." in text(client.get(sent.url))
        assert begun.levels() == {number: number % 5 + 1 for number in range(1, 12)}
        assert Response.objects.get().submitted_at

    def test_a_page_shows_the_action_and_what_each_level_looks_like(self, client, begun):
        from framework.queries.wording import wording

        page = client.get(begun.url("3/")).content.decode()
        action = wording(begun.round.edition_id, "en").action(3)
        for words in (action.title, action.statement, *(level.looks_like for level in action.levels)):
            assert words.replace("'", "&#x27;") in page
        assert "3 of 11" in page

    def test_dont_know_is_an_answer_without_a_level(self, client, begun):
        assert save(client, begun, 1, level="dk", comment="I am new here").url == begun.url("2/")
        rating = Rating.objects.get()
        assert (rating.level, rating.dont_know, rating.comment) == (None, True, "I am new here")

    def test_what_was_saved_is_shown_again(self, client, begun):
        save(client, begun, 1, level="4", comment="Monthly meetings")
        page = text(client.get(begun.url("1/")))
        assert 'value="4" id="id_level_3" checked' in page
        assert "Monthly meetings</textarea>" in page
        assert "Saved at" in page

    def test_changing_an_answer_replaces_it(self, client, begun):
        save(client, begun, 1, level="4")
        save(client, begun, 1, level="2")
        assert begun.levels() == {1: 2}

    def test_nothing_chosen_asks_to_choose_or_skip(self, client, begun):
        answer = save(client, begun, 1, comment="It depends")
        assert "Choose a level or “Don&#x27;t know”, or press “Skip for now”." in text(answer)
        assert "It depends</textarea>" in text(answer)
        assert not Rating.objects.exists()

    def test_skipping_goes_on_and_takes_the_comment_along(self, client, begun):
        assert save(client, begun, 1, go="skip").url == begun.url("2/")
        assert save(client, begun, 2, go="skip", comment="Ask me later").url == begun.url("3/")
        assert list(Rating.objects.values_list("action__number", "level", "comment")) == [
            (2, None, "Ask me later")
        ]
        assert Response.objects.get().answered_at is None
        assert "11 questions have no answer yet" in text(client.get(begun.url("review/")))

    def test_a_comment_that_stood_alone_can_be_taken_back(self, client, begun):
        save(client, begun, 2, go="skip", comment="Ask me later")
        save(client, begun, 2, go="skip", comment="")
        assert not Rating.objects.exists()

    def test_an_answered_action_stays_answered_when_a_stale_page_skips_it(self, client, begun):
        save(client, begun, 1, level="4")
        save(client, begun, 1, go="skip", comment="More")
        assert begun.levels() == {1: 4}

    def test_back_saves_too(self, client, begun):
        assert save(client, begun, 2, level="5", go="back").url == begun.url("1/")
        assert save(client, begun, 1, go="back").url == begun.url()
        assert begun.levels() == {2: 5}

    def test_from_the_review_one_comes_back_to_the_review(self, client, begun):
        page = client.get(begun.url("3/"), {"review": "1"})
        answer = send(client, begun, 3, page, level="2", review=hidden(page, "review"))
        assert answer.url == begun.url("review/")

    def test_coming_back_goes_on_at_the_first_open_question(self, client, begun):
        save(client, begun, 1, level="4")
        page = text(client.get(begun.url()))
        assert "You have answered 1 of 11." in page
        assert '<button type="submit" class="btn btn-primary">Go on</button>' in page
        assert start(client, begun).url == begun.url("2/")
        assert begun.levels() == {1: 4}

    def test_a_script_gets_the_next_address_instead_of_a_redirect(self, client, begun):
        page = client.get(begun.url("1/"))
        answer = client.post(
            begun.url("1/"),
            {"level": "3", "page": hidden(page, "page")},
            headers={"accept": "application/json"},
        )
        assert answer.json() == {"next": begun.url("2/")}

    def test_sending_nothing_at_all_is_refused(self, client, begun):
        answer = client.post(begun.url("review/"))
        assert "You have not rated anything yet." in text(answer)
        assert Response.objects.get().submitted_at is None

    def test_answers_can_be_changed_after_sending(self, client, begun):
        save(client, begun, 1, level="4")
        client.post(begun.url("review/"))
        save(client, begun, 1, level="1")
        assert begun.levels() == {1: 1}
        assert "You have sent your answers" in text(client.get(begun.url()))


class TestBadInput:
    @pytest.mark.parametrize("level", ["7", "0", "x", "-1", "3.5", "٣", "1e9"])
    def test_a_level_that_does_not_exist(self, client, begun, level):
        answer = save(client, begun, 1, level=level, comment="Kept")
        assert "Choose one of the levels shown" in text(answer)
        assert "Kept</textarea>" in text(answer)
        assert not Rating.objects.exists()

    def test_an_action_that_does_not_exist(self, client, begun):
        for number in (0, 12, 99999999999999999999):
            assert client.get(begun.url(f"{number}/")).status_code == 404
            answer = client.post(begun.url(f"{number}/"), {"level": "3"})
            assert "There is no such question" in text(answer)
        assert not Rating.objects.exists()

    def test_too_long_a_comment_comes_back_whole_with_the_error_beside_it(self, client, begun):
        answer = save(client, begun, 1, level="3", comment="x" * 5000)
        assert "Your comment has 5000 signs; at most 2000 fit." in text(answer)
        assert "x" * 5000 in text(answer)
        assert 'value="3" id="id_level_2" checked' in text(answer)
        assert not Rating.objects.exists()

    def test_line_breaks_count_as_the_browser_counts_them(self, client, begun):
        comment = "a\r\n" * 999 + "end"  # 2,001 signs with one for each break less one: 1,998 + 3
        save(client, begun, 1, level="3", comment=comment[:-1])
        assert len(Rating.objects.get().comment) == 2000

    @pytest.mark.parametrize(
        "comment",
        [
            "<script>alert(1)</script>",
            "{{ 7|add:7 }}",
            "\u202eright to left",
            "e\u0301\u0323" * 50,
            "=1+1",
            "𝔘🙂",
        ],
    )
    def test_strange_text_is_kept_and_shown_as_text(self, client, begun, comment):
        from django.utils.html import escape

        save(client, begun, 1, level="3", comment=comment)
        assert Rating.objects.get().comment == comment
        for page in ("1/", "review/"):
            assert escape(comment) in client.get(begun.url(page)).content.decode()
        assert "<script>alert" not in client.get(begun.url("review/")).content.decode()

    def test_a_null_character_is_refused_clearly(self, client, begun):
        answer = save(client, begun, 1, level="3", comment="a\x00b")
        assert "unreadable sign" in text(answer)
        assert not Rating.objects.exists()

    @pytest.mark.parametrize("field", [{"seen": "x"}, {"seen": "9" * 30}, {"page": "p" * 99}, {"go": "away"}])
    def test_a_tampered_page_is_refused_and_nothing_breaks(self, client, begun, field):
        page = {"seen": "0", "page": "a", "level": "3", "comment": ""}
        assert client.post(begun.url("1/"), page | field).status_code == 200
        assert not Rating.objects.exists()

    def test_a_page_without_its_token_gets_a_kind_refusal(self, begun, client):
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = client.cookies
        answer = strict.post(begun.url("1/"), {"level": "3"})
        assert answer.status_code == 403
        assert "Nothing was changed" in text(answer)
        assert not Rating.objects.exists()


class TestNothingTwiceNothingLost:
    def test_a_double_click_saves_once(self, client, begun):
        page = client.get(begun.url("1/"))
        for _time in range(2):
            assert send(client, begun, 1, page, level="4").url == begun.url("2/")
        assert Rating.objects.get().revision == 1

    def test_the_back_button_shows_an_old_page_and_a_new_choice_on_it_counts(self, client, begun):
        page = client.get(begun.url("1/"))
        send(client, begun, 1, page, level="4")
        assert send(client, begun, 1, page, level="2").url == begun.url("2/")
        assert begun.levels() == {1: 2}

    def test_two_devices_see_both_answers_and_choose(self, client, begun):
        other = Client()
        hold(other, begun, code_of(client, begun))
        here, there = client.get(begun.url("1/")), other.get(begun.url("1/"))
        send(client, begun, 1, here, level="4", comment="From the laptop")
        asked = send(other, begun, 1, there, level="2", comment="From the <phone>")
        assert asked.status_code == 409
        assert "From the laptop" in text(asked)
        assert "From the &lt;phone&gt;" in text(asked)
        assert begun.levels() == {1: 4}
        fields = {name: hidden(asked, name) for name in ("level", "go", "seen", "page")}
        assert other.post(begun.url("1/"), fields | {"comment": "From the <phone>"}).url == begun.url("2/")
        assert begun.levels() == {1: 2}

    def test_two_devices_that_say_the_same_are_not_asked(self, client, begun):
        here, there = client.get(begun.url("1/")), client.get(begun.url("1/"))
        send(client, begun, 1, here, level="4")
        assert send(client, begun, 1, there, level="4").url == begun.url("2/")

    def test_closing_in_mid_rating_shows_what_came_too_late(self, client, begun):
        save(client, begun, 1, level="4")
        page = client.get(begun.url("2/"))
        rounds.close_round(by=begun.lead.user, round=begun.round)
        late = send(client, begun, 2, page, level="5", comment="Just as I was writing this")
        assert late.status_code == 409
        assert "All the answers you saved count" in text(late)
        assert "Just as I was writing this" in text(late)
        assert begun.levels() == {1: 4}

    def test_answers_taken_away_by_the_lead_begin_again_where_they_were_begun(self, client, begun):
        save(client, begun, 1, level="4")
        page = client.get(begun.url("2/"))
        invitations.restart_answers(by=begun.lead.user, invitation=begun.invitation)
        assert send(client, begun, 2, page, level="5").url == begun.url("3/")
        assert begun.levels() == {2: 5}

    def test_a_browser_that_keeps_no_cookies_is_told(self, client, begun):
        page = client.get(begun.url("1/"))
        bare = Client()
        refused = send(bare, begun, 1, page, level="4", comment="Typed with care")
        assert refused.status_code == 409
        assert "It may keep no cookies" in text(refused)
        assert "Typed with care" in text(refused)
        assert not Rating.objects.exists()


class TestCheap:
    @pytest.mark.django_db(transaction=True)
    def test_a_save_takes_two_queries(self, client, begun, django_assert_num_queries):
        save(client, begun, 1, level="4")
        save(client, begun, 2, level="2")  # from now on this connection has planned it
        page = client.get(begun.url("3/"))
        with django_assert_num_queries(2):
            send(client, begun, 3, page, level="3")
        assert begun.levels() == {1: 4, 2: 2, 3: 3}

    def test_a_page_takes_three_queries(self, client, begun, django_assert_num_queries):
        save(client, begun, 1, level="4")
        with django_assert_num_queries(3):
            client.get(begun.url("2/"))
