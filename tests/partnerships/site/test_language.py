"""In which language people read: what they chose, else what their browser asks for; and whole pages only."""

import pytest
from django.urls import reverse
from django.utils.translation import get_language_info, trans_real

WELSH = {"HTTP_ACCEPT_LANGUAGE": "cy,en;q=0.5"}


def text(response):
    return " ".join(response.content.decode().split())


def choose(client, language, here="/framework/"):
    return client.post(reverse("set_language"), {"language": language, "next": here})


@pytest.mark.usefixtures("edition")
class TestChoosing:
    def test_english_is_what_everybody_gets_who_asks_for_nothing(self, client):
        page = text(client.get("/framework/"))
        assert '<html lang="en-gb">' in page
        assert '<button type="submit" name="language" value="cy" lang="cy">Cymraeg</button>' in page
        assert 'value="en-gb"' not in page
        assert "language-note" not in page

    def test_what_was_chosen_is_kept_and_leads_back_to_the_page(self, client):
        answer = choose(client, "cy", "/framework/#areas")
        assert (answer.status_code, answer.url) == (302, "/framework/#areas")
        cookie = client.cookies["django_language"]
        assert (cookie.value, cookie["max-age"], cookie["samesite"]) == ("cy", 365 * 24 * 60 * 60, "Lax")
        assert cookie["httponly"]
        page = text(client.get("/framework/"))
        assert '<html lang="cy">' in page
        assert "Y gweithredoedd" in page
        assert "Nid oes neb wedi edrych drwy'r cyfieithiad hwn eto" in page
        assert '<button type="submit" name="language" value="en-gb" lang="en-gb">English</button>' in page

    def test_what_the_browser_asks_for_counts_until_somebody_chooses(self, client):
        assert '<html lang="cy">' in text(client.get("/framework/", **WELSH))
        choose(client, "en-gb")
        assert '<html lang="en-gb">' in text(client.get("/framework/", **WELSH))

    @pytest.mark.parametrize("asked", ["en-US,en;q=0.9", "fr", "*", "cy-x'<script>", "," * 5000])
    def test_other_languages_are_english(self, client, asked):
        assert '<html lang="en-gb">' in text(client.get("/framework/", HTTP_ACCEPT_LANGUAGE=asked))

    @pytest.mark.parametrize("language", ["", "tlh", "cy'", "../cy", "c" * 10_000])
    def test_a_language_made_up_changes_nothing(self, client, language):
        assert choose(client, language).status_code == 302
        assert "django_language" not in client.cookies

    @pytest.mark.parametrize(
        "here", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
    )
    def test_nobody_is_sent_to_another_site(self, client, here):
        assert choose(client, "cy", here).url == "/"

    def test_it_takes_a_press_not_a_link(self, client):
        client.get(reverse("set_language"), {"language": "cy"})
        assert "django_language" not in client.cookies

    def test_a_page_says_to_caches_that_it_depends_on_the_language(self, client):
        answer = client.get("/framework/", **WELSH)
        assert {"Accept-Language", "Cookie"} <= {name.strip() for name in answer["Vary"].split(",")}
        assert answer["Content-Language"] == "cy"


def test_a_page_that_is_not_translated_is_english_whole_and_says_so_in_welsh(client, db):
    page = text(client.get(reverse("account_login"), **WELSH))
    assert '<html lang="en-gb">' in page
    assert '<p class="not-in-language" lang="cy">' in page
    assert "felly mae yn Saesneg." in page
    assert 'value="en-gb" lang="en-gb">English</button>' in page


def test_no_such_page_is_said_in_welsh(client, db):
    answer = client.get("/nowhere/", **WELSH)
    assert answer.status_code == 404
    assert "Nid oes tudalen o'r fath" in text(answer)


def test_both_languages_have_a_name_of_their_own():
    assert get_language_info("cy")["name_local"] == "Cymraeg"
    assert trans_real.translation("cy").gettext("Not saved yet") == "Heb ei gadw eto"
