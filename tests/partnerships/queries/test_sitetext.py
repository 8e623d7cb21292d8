"""Plain text to the pieces of a page, and whose words are shown."""

import pytest
from django.urls import reverse

from partnerships.models import SiteText
from partnerships.texts.blocks import Block, blocks
from tests.factories import CouncilFactory, UserFactory


def test_headings_paragraphs_and_lists():
    text = "First line\ngoes on.\n\n# A heading\nBelow it.\n- one\n- two\n  and more\n\nLast."
    assert blocks(text) == [
        Block("paragraph", ("First line", "goes on.")),
        Block("heading", ("A heading",)),
        Block("paragraph", ("Below it.",)),
        Block("list", ("one", "two and more")),
        Block("paragraph", ("Last.",)),
    ]


@pytest.mark.parametrize("text", ["", "  \n\n ", "\r\n"])
def test_nothing_gives_nothing(text):
    assert blocks(text) == []


def test_windows_line_ends_and_signs_in_the_middle():
    assert blocks("a # b - c\r\n\r\n#no heading\r\n-no item") == [
        Block("paragraph", ("a # b - c",)),
        Block("paragraph", ("#no heading", "-no item")),
    ]


def test_the_privacy_notice_says_how_long_and_whom_to_ask(client, db):
    CouncilFactory(name="Northmoor & Fells", retention_months=18, contact="dpo@northmoor.example")
    page = client.get(reverse("privacy")).content.decode()
    assert "Northmoor &amp; Fells" in page
    assert "ratings are kept 18 months" in page
    assert "dpo@northmoor.example" in page
    assert "<h2>Your rights</h2>" in page
    assert "don't know" in page or "don&#x27;t know" in page


def test_a_site_has_its_own_words_and_they_are_never_markup(client, db):
    SiteText.objects.create(key="privacy", body="# Ours\n<script>alert(1)</script>\n\n- <b>x</b>")
    page = client.get(reverse("privacy")).content.decode()
    assert "<h2>Ours</h2>" in page
    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>" in page
    assert "<li>&lt;b&gt;x&lt;/b&gt;</li>" in page
    assert "Who sees what" not in page


def test_the_accessibility_statement_is_dated_and_says_what_is_lacking(client, db):
    page = client.get(reverse("accessibility")).content.decode()
    assert "What we know does not work well" in page
    assert "23 November 2026" in page


def test_an_administrator_begins_from_our_words(client, db):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    url = reverse("admin:partnerships_sitetext_add", query={"key": "privacy"})
    assert url.replace("&", "&amp;") in client.get(reverse("privacy")).content.decode()
    assert "# Who sees what" in client.get(url).content.decode()
    client.post(url, {"key": "privacy", "body": "Own words."})
    assert "Own words." in client.get(reverse("privacy")).content.decode()


def test_nobody_else_is_shown_the_way_there(client, db):
    assert "Change these words" not in client.get(reverse("privacy")).content.decode()
