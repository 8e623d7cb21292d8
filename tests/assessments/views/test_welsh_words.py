"""The framework's words where some of them are in Welsh and some are not."""

import re

import pytest

from framework.operations import start_draft
from tests.assessments.rating_room import ask_a_member, save, start
from tests.assessments.welsh_room import make_two_rounds, phone, welsh_browser
from tests.assessments.workshop_room import make_hall
from tests.factories import UserFactory, make_step
from tests.framework.welsh import SOME, translate, welsh_edition


@pytest.fixture
def welsh():
    return welsh_browser()


@pytest.fixture
def welsh_words(edition):
    """From now on rounds use an edition in which some words are in Welsh."""
    return welsh_edition(edition.framework)


MIXED = "Nid yw popeth wedi'i gyfieithu eto: mae'r hyn sydd ar goll yn Saesneg."
IN_ENGLISH = '<span lang="en" class="in-english">'


def out_of_place(page):
    """Where the mark for English stands in an attribute, a title, an option or data, which cannot hold it."""
    found = re.findall(rf'="[^"<>]*{IN_ENGLISH}|<(?:title|option)\b[^>]*>[^<]*<span', page)
    return found + re.findall(r"u003Cspan[^;]*?in-english", page)


def read(client, address):
    """The page, once it is sure that no mark for English is out of place."""
    answer = client.get(address, follow=True)
    page = answer.content.decode()
    assert (answer.status_code, address) == (200, address)
    assert (out_of_place(page), address) == ([], address)
    return " ".join(page.split())


class TestWordsInBothLanguages:
    @pytest.fixture(autouse=True)
    def _edition(self, welsh_words):
        self.edition = welsh_words

    def test_rating(self, welsh):
        room = ask_a_member(edition=self.edition)
        start(welsh, room)
        page = read(welsh, room.url("1/"))
        assert "<h1>Canolbwyntio ar ddinasyddion a lleoedd</h1>" in page
        assert "Ddim eto" in page
        assert f"{IN_ENGLISH}Starting</span>" in page
        save(welsh, room, 1, level="2", comment="x" * 2001)
        save(welsh, room, 1, level="2")
        assert f"<h1>{IN_ENGLISH}" in read(welsh, room.url("2/"))
        assert MIXED in read(welsh, room.url("2/"))
        assert f"{IN_ENGLISH}Starting</span>" in read(welsh, room.url("review/"))

    def test_results_and_everything_round_them(self, welsh):
        lead, _person, rounds = make_two_rounds()
        welsh.force_login(lead.user)
        make_step(lead.partnership, round=rounds[0])
        before, after = (round.pk for round in rounds)
        slug = lead.partnership.slug
        for address in (
            f"/rounds/{after}/results/",
            f"/rounds/{after}/groups/",
            f"/rounds/{after}/comments/",
            f"/rounds/{after}/results/method/",
            f"/partnerships/{slug}/next-steps/",
            f"/partnerships/{slug}/compare/?rounds={before}&rounds={after}",
            f"/rounds/{after}/sheet/",
            "/framework/",
        ):
            page = read(welsh, address)
            assert (IN_ENGLISH in page, MIXED in page, address) == (True, True, address)
        assert "Dinasyddion a lleoedd" in read(welsh, f"/rounds/{after}/results/")
        csv = welsh.get(f"/rounds/{after}/results.csv").content.decode()
        assert "Canolbwyntio ar ddinasyddion a lleoedd" in csv
        assert "span" not in csv

    def test_pages_in_english_have_english_words_without_marks(self, welsh):
        lead, _person, _rounds = make_two_rounds()
        welsh.force_login(lead.user)
        slug = lead.partnership.slug
        for address in (f"/partnerships/{slug}/next-steps/new/", f"/partnerships/{slug}/"):
            page = read(welsh, address)
            assert IN_ENGLISH not in page
            assert "Canolbwyntio" not in page

    def test_the_room(self):
        hall = make_hall(people=6)
        guest, lead = phone(hall), welsh_browser()
        lead.force_login(hall.by)
        for move in ("start", "reveal", "again", "reveal_again"):
            hall.move(move)
            if move in ("start", "again"):
                hall.rate(1, 1, 1, 2, 5, 5, 4)
            page = read(guest, f"/w/room/{hall.workshop.pk}/")
            assert "Canolbwyntio ar ddinasyddion a lleoedd" in page
            assert "Canolbwyntio ar ddinasyddion a lleoedd" in read(
                lead, f"/workshops/{hall.workshop.pk}/projector/"
            )
        hall.go_to(2)
        hall.move("start")
        assert IN_ENGLISH in read(guest, f"/w/room/{hall.workshop.pk}/")
        assert IN_ENGLISH in read(lead, f"/workshops/{hall.workshop.pk}/projector/")
        hall.rate(2, 1, 1, 2, 5, 5, 4)
        hall.move("reveal")
        hall.agree(2, 3)
        hall.move("end")
        assert IN_ENGLISH in read(lead, f"/workshops/{hall.workshop.pk}/projector/")


def test_editors_see_beforehand_what_members_will_read_in_welsh(client, edition):
    editor = UserFactory(is_editor=True)
    draft = start_draft(by=editor, framework=edition.framework)
    translate(draft, SOME, by=editor)
    client.force_login(editor)
    home = "/framework/transforming-together/draft/preview/"
    page = read(client, f"{home}?language=cy")
    assert '<html lang="en-gb">' in page
    assert 'citizens-places/?language=cy" width="320"' in page
    for address in re.findall(rf'href="({home}(?!radar)[^"?]+/\?[^"]*)"', page):
        shown = read(client, address.replace("&amp;", "&"))
        assert '<html lang="cy">' in shown
        assert "Canolbwyntio ar ddinasyddion a lleoedd" in shown
        assert IN_ENGLISH in shown
        assert "This page is not in your language yet" not in shown
    phone = read(client, f"{home}phone/citizens-places/?language=cy")
    assert "?language=cy&amp;words=published" in phone
    assert "Dinasyddion a lleoedd" in read(client, f"{home}radar/?language=cy")
