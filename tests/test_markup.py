"""Markup in every text of a framework is text on every page: for editors, and for everybody who reads, rates,
sees results, prints or looks at the big screen.
"""

import pytest
from django.test import Client

from framework.operations import publish, start_draft, write_texts
from framework.queries.drafts import LANGUAGE
from framework.queries.wording import wording
from framework.wording.parts import texts_in
from framework.wording.translating import parts_of, texts_of_part
from tests.assessments.rating_room import ask_a_member, start
from tests.framework.drafting import say
from tests.framework.welsh import translate
from tests.test_access import OK, TABLE, cast  # noqa: F401

TAG, AS_TEXT = "<u>", "&lt;u&gt;"
SHOWN_ON = {
    "framework",
    "framework_draft",
    "framework_draft_action",
    "framework_draft_translation",
    "assessments:preview_screen",
    "assessments:results",
    "assessments:results_method",
    "assessments:sheet",
    "assessments:next_steps",
    "assessments:workshop_projector",
}
"""Some of the pages, to be sure that it is looked for where it is."""
BOTH_LANGUAGES = pytest.mark.parametrize("language", ["en", "cy"])


@pytest.fixture
def edition(edition):
    """An edition of which every text has markup in it, in Welsh as well."""
    draft = start_draft(by=None, framework=edition.framework)
    words = wording(draft, LANGUAGE)
    for n, part in enumerate(parts_of(words)):
        seen = texts_in(words, part)
        texts = {field: f"{TAG}{n}{field[-1]}</u>" for field in seen if field != "colour"}
        write_texts(by=None, edition=draft, part=part, texts=texts, seen=seen)
        translate(draft, {part: dict.fromkeys(texts_of_part(words, part), f"{TAG}{n}</u>")})
    for code in ("", *(action.code for action in words.actions)):
        say(draft, "clarified", code)
    return publish(by=None, edition=draft, note=f"{TAG}Why</u>")


@BOTH_LANGUAGES
def test_every_page_shows_it_as_text(edition, cast, language):  # noqa: F811
    pages = {}
    for role in ("lead", "editor"):
        client = cast.client(role)
        for name, (who, _arguments) in TABLE.items():
            if who[role] == OK:
                pages[name, role] = client.get(cast.address(name), headers={"accept-language": language})
    html = {
        key: page.content.decode()
        for key, page in pages.items()
        if page["Content-Type"].startswith("text/html")
    }
    assert {key for key, text in html.items() if TAG in text} == set()
    assert {name for (name, _role), text in html.items() if AS_TEXT in text} >= SHOWN_ON


@BOTH_LANGUAGES
def test_whoever_rates_reads_it_as_text(edition, language):
    room, client = ask_a_member(), Client(headers={"accept-language": language})
    start(client, room)
    for address in ("1/", "review/"):
        page = client.get(room.url(address)).content.decode()
        assert AS_TEXT in page
        assert TAG not in page


def test_so_do_the_history_and_what_differs(edition, client):
    for address in ("history/", "1/to/2/", "2/"):
        page = client.get(f"/framework/transforming-together/{address}").content.decode()
        assert AS_TEXT in page
        assert TAG not in page
