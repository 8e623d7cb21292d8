import pytest
from django.urls import resolve, reverse

from framework.models import Edition
from framework.queries.wording import wording
from tests.assessments.council_room import another_framework
from tests.factories import CouncilFactory


def test_anybody_reads_every_word_without_signing_in(client, published):
    page = client.get("/framework/").content.decode()

    words = wording(published, "en-gb")
    for action in words.actions:
        assert escaped(action.title) in page
        assert escaped(action.statement) in page
        assert escaped(action.hinders) in page
        assert all(escaped(prompt) in page for prompt in action.prompts)
        assert all(escaped(level.looks_like) in page for level in action.levels)
    assert escaped(words.scale_note) in page
    assert escaped(words.source) in page
    assert "edition 1, published 2 September 2024" in page


def test_an_edition_has_an_address_of_its_own(client, published):
    assert published.get_absolute_url() == "/framework/transforming-together/1/"
    assert "Think and act systemically" in client.get(published.get_absolute_url()).content.decode()


def test_a_draft_is_not_shown(client, draft):
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert "Start with places" not in client.get("/framework/").content.decode()


def test_a_retired_edition_can_still_be_read_and_says_so(client, draft, day):
    draft.status, draft.published_at = Edition.Status.RETIRED, day
    draft.save()

    page = client.get(draft.get_absolute_url()).content.decode()
    assert "Start with places" in page
    assert "no longer used for new rounds" in page
    assert "Start with places" not in client.get("/framework/").content.decode()


def test_the_newest_edition_comes_first(client, draft, day):
    draft.status, draft.published_at = Edition.Status.PUBLISHED, day
    draft.save()

    assert "edition 2, published 20 November 2026" in client.get("/framework/").content.decode()


@pytest.mark.parametrize("address", ["/framework/nothing/1/", "/framework/transforming-together/99/"])
def test_an_edition_that_is_not_there_is_not_found(client, published, address):
    assert client.get(address).status_code == 404


def test_without_any_edition_the_page_says_what_to_expect(client, db):
    empty_the_framework()

    assert "There is no published edition yet" in client.get("/framework/").content.decode()


def test_the_page_costs_the_edition_alone_once_the_words_are_known(
    client, published, django_assert_num_queries
):
    client.get("/framework/")
    with django_assert_num_queries(1):
        client.get("/framework/")


def test_where_there_are_several_frameworks_they_are_listed_with_their_newest_editions(client, published):
    other = another_framework(published)
    page = client.get("/framework/").content.decode()
    assert f'href="{published.get_absolute_url()}"' in page
    assert f'href="{other.get_absolute_url()}"' in page
    assert "Ten actions" in page
    assert "2 actions" in page
    assert "11 actions" in page
    assert "Title of brand-new" in client.get(other.get_absolute_url()).content.decode()


def test_a_framework_of_a_council_is_not_in_the_list_of_everybody(client, published):
    other = another_framework(published)
    other.owner = CouncilFactory()
    other.save_base(raw=True)
    assert "Ten actions" not in client.get("/framework/").content.decode()


@pytest.mark.parametrize("name", ["framework", "framework_edition"])
def test_the_pages_are_listed_as_public(name):
    arguments = ["transforming-together", 1] if name == "framework_edition" else []

    assert resolve(reverse(name, args=arguments)).func.view_class.public is True


def escaped(text):
    return text.replace("'", "&#x27;")


def empty_the_framework():
    """Unpublish by the one way past the protection: a raw save, as a fixture does."""
    for edition in Edition.objects.all():
        edition.status, edition.published_at = Edition.Status.DRAFT, None
        edition.save_base(raw=True)
