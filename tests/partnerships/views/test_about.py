"""The page about the site: what runs here, in which version."""

import pytest
from django.conf import settings
from django.urls import reverse


def words(page):
    return " ".join(page.content.decode().split())


def test_it_says_the_version_and_leads_on(client):
    page = words(client.get(reverse("about")))
    assert f"It runs on Transforming Together, version {settings.VERSION}." in page
    for name in ("framework", "privacy", "accessibility"):
        assert f'<li><a href="{reverse(name)}">' in page


def test_it_is_in_welsh(client):
    page = words(client.get(reverse("about"), headers={"accept-language": "cy"}))
    assert '<html lang="cy">' in page
    assert f"Mae'n rhedeg ar Transforming Together, fersiwn {settings.VERSION}." in page.replace(
        "&#x27;", "'"
    )


@pytest.mark.django_db
def test_the_footer_leads_there(client):
    assert f'<a href="{reverse("about")}"' in words(client.get(reverse("account_login")))
