"""From a draft to a published edition: what is found, what is said before, and only what was seen."""

import pytest

from framework.changes.proposals import TypedChange
from framework.files.edition import write as write_file
from framework.files.reader import read_edition
from framework.models import Edition, Framework
from framework.operations import add_area, answer_changes, retire_action, retire_edition, start_draft
from framework.queries.drafts import edition_file, state_of
from partnerships.models import AuditEvent
from tests.factories import UserFactory
from tests.framework.drafting import write
from tests.framework.editions import next_edition
from tests.made_once import made_once

pytestmark = pytest.mark.django_db
HERE = "/framework/transforming-together/"
CHECKS, PUBLISH, DROP = (f"{HERE}draft/{page}/" for page in ("checks", "publish", "drop"))


@made_once
def editor():
    return UserFactory(is_editor=True, name="Rowan Hale")


@pytest.fixture
def page(client, editor):
    client.force_login(editor)
    return client


@made_once
def draft(editor):
    return start_draft(by=editor, framework=Framework.objects.get())


@made_once
def ready(draft, editor):
    """One action said more clearly, one retired, and both said."""
    write(draft, "systemic", title="Think in systems")
    answer_changes(by=editor, edition=draft, changes=[TypedChange("clarified", "systemic", "systemic")])
    retire_action(by=editor, edition=draft, code="learning")
    return draft


def text(response):
    return " ".join(response.content.decode().split())


def test_each_finding_leads_to_the_field_where_it_is_mended(draft, page, editor):
    write(draft, "systemic", question="", helps="A new center.")
    write(draft, "", level_2="")
    add_area(by=editor, edition=draft, name="Meet")
    html = text(page.get(CHECKS))

    assert "6 things have to be mended before the edition can be published" in html
    for place in (
        "draft/action/systemic/#id_question",
        "draft/action/systemic/#id_helps",
        "draft/around/#id_level_2",
        "draft/#area-meet",
        "draft/area/meet/#id_about",
        "draft/kinds/#kind-systemic",
        "draft/kinds/#level-labels",
    ):
        assert f'href="{HERE}{place}"' in html
        address = f"{HERE}{place}".partition("#")
        assert f'id="{address[2]}"' in text(page.get(address[0])), place
    must, advice = html.split('id="advice-title"')
    assert "is not the British spelling" in advice
    assert "is not the British spelling" not in must


def test_nothing_found_says_what_comes_next(ready, page):
    html = text(page.get(CHECKS))
    assert "Nothing stands in the way of publishing" in html
    assert f'href="{PUBLISH}"' in html
    assert "nav-count" not in html


def test_before_publishing_it_is_said_what_will_happen(ready, page):
    html = text(page.get(PUBLISH))

    assert "New rounds use edition 2 from then on" in html
    assert "Rounds that have been opened keep the words they began with" in html
    assert "No word of it can be changed afterwards" in html
    assert "10 of 11 actions are compared across the change." in html
    assert "1 action said more clearly; 1 action no longer asked" in html
    assert "Earlier ratings are kept.</strong> <span>8. Track, reflect, learn and adapt</span>" in html


def test_published_with_a_note(ready, page, editor):
    data = {"seen": state_of(ready), "note": "  Plainer words. <b>Truly</b> \U0001f600 "}
    html = text(page.post(PUBLISH, data, follow=True))

    edition = Edition.objects.get(number=2)
    assert (edition.status, edition.published_by) == ("published", editor)
    assert edition.note == "Plainer words. <b>Truly</b> \U0001f600"
    assert "Edition 2 is published. New rounds use it from now on." in html
    assert "Plainer words. &lt;b&gt;Truly&lt;/b&gt;" in html
    assert AuditEvent.objects.get(event="edition published").actor == f"user:{editor.pk}"


def test_a_note_of_several_lines_goes_out_in_a_file_and_comes_in_again(ready, page):
    # A browser ends lines in its own way, and what is pasted brings signs nobody sees.
    page.post(PUBLISH, {"seen": state_of(ready), "note": "Plainer.\r\nShorter.\x07\u2028Done.\u202e"})
    edition = Edition.objects.get(number=2)
    assert edition.note == "Plainer.\nShorter.\nDone."
    file = write_file(edition_file(edition))
    assert write_file(read_edition(file.encode())) == file


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("", "Fill this in. It cannot stay empty."),
        ("   ", "Fill this in. It cannot stay empty."),
        ("x" * 10_000, "at most 2000 characters fit, and it has 10000"),
        ("a\x00b", "There is an unreadable sign"),
    ],
)
def test_a_note_that_cannot_be_is_refused_and_kept(ready, page, note, said):
    html = text(page.post(PUBLISH, {"seen": state_of(ready), "note": note}))
    assert said in html
    assert note.strip()[:20].replace("\x00", "") in html.replace("\x00", "")
    assert Edition.objects.get(number=2).status == "draft"


def test_what_is_missing_stands_with_links_instead_of_the_button(ready, page):
    write(ready, "systemic", question="")
    html = text(page.get(PUBLISH))
    assert "Not yet: 2 things have to be mended first" in html
    assert "for good</button>" not in html

    html = text(page.post(PUBLISH, {"seen": state_of(ready), "note": "All the same."}))
    assert "This has to be mended before the edition can be published" in html
    assert f'href="{HERE}draft/checks/">See what to mend</a>' in html
    assert Edition.objects.get(number=2).status == "draft"


def test_what_is_missing_of_one_action_stands_together_with_a_way_to_each_text(ready, page):
    write(ready, "systemic", question="", statement="")
    html = text(page.get(CHECKS))

    assert "3 things have to be mended before" in html
    assert html.count("<strong>Action 3 “Think in systems”</strong>") == 1
    assert f'<a href="{HERE}draft/action/systemic/#id_statement">Statement</a>' in html
    assert f'<a href="{HERE}draft/action/systemic/#id_question">Question</a>' in html


def test_whoever_publishes_has_seen_the_last_word(ready, page):
    data = {"seen": state_of(ready), "note": "Plainer."}
    write(ready, "purpose", helps="More time.")
    html = text(page.post(PUBLISH, data))

    assert "Somebody changed this draft while you were looking" in html
    assert f'name="seen" value="{state_of(ready)}"' in html
    assert Edition.objects.get(number=2).status == "draft"


def test_pressed_twice_it_is_published_once(ready, page):
    data = {"seen": state_of(ready), "note": "Plainer."}
    page.post(PUBLISH, data)
    again = page.post(PUBLISH, data, follow=True)

    assert "There is no draft any more" in text(again)
    assert again.redirect_chain == [(f"{HERE}history/", 302)]
    assert AuditEvent.objects.filter(event="edition published").count() == 1


def test_dropping_says_what_is_lost_and_wants_a_tick(ready, page):
    html = text(page.get(DROP))
    assert "1 text that was changed" in html
    assert "that 1 action was taken out" in html
    assert "2 answers about kinds of change" in html

    html = text(page.post(DROP, {"seen": state_of(ready)}))
    assert "Tick this, if you are sure" in html
    assert Edition.objects.filter(number=2).exists()

    page.post(DROP, {"seen": state_of(ready), "sure": "on"}, follow=True)
    assert not Edition.objects.filter(number=2).exists()
    assert AuditEvent.objects.filter(event="draft dropped").count() == 1


def test_what_somebody_wrote_meanwhile_is_not_dropped(ready, page):
    data = {"seen": state_of(ready), "sure": "on"}
    write(ready, "purpose", helps="More time.")

    assert "Somebody changed this draft while you were looking" in text(page.post(DROP, data))
    assert Edition.objects.filter(number=2).exists()


def test_an_edition_is_retired_and_used_again_by_a_page(edition, page):
    next_edition(edition, {"systemic": "clarified"}, number=2)
    address = f"{HERE}2/retire/"
    assert "They use Transforming Together, edition 1." in text(page.get(address))

    html = text(page.post(address, {"move": "retire"}, follow=True))
    assert "Transforming Together, edition 2 is retired. New rounds no longer use it." in html
    assert "Use edition 2 again" in text(page.get(address))
    page.post(address, {"move": "use"})
    assert Edition.objects.newest_published().number == 2


def test_the_only_edition_in_use_has_no_button_and_is_refused(edition, page):
    address = f"{HERE}1/retire/"
    html = text(page.get(address))
    assert "This is the only published edition on this site" in html
    assert 'name="move"' not in html

    refused = page.post(address, {"move": "retire"})
    assert refused.status_code == 409
    assert Edition.objects.get().status == "published"


def test_retired_twice_says_so(edition, page, editor):
    later = next_edition(edition, {}, number=2)
    retire_edition(by=editor, edition=later)
    assert "is not in use" in text(page.post(f"{HERE}2/retire/", {"move": "retire"}))


@pytest.mark.parametrize("address", ["9/retire/", "2/retire/"])
def test_a_draft_or_nothing_is_not_retired(draft, page, address):
    assert page.get(HERE + address).status_code == 404
