"""What editors meet: where they begin, the draft at a glance, and a page for each thing they can do to it."""

import pytest
from django.utils.html import escape

from framework.changes.proposals import TypedChange
from framework.models import Action, Edition, Framework
from framework.operations import (
    add_area,
    answer_changes,
    drop_draft,
    publish,
    retire_action,
    split_action,
    start_draft,
)
from framework.queries.drafts import LANGUAGE, typed_changes
from framework.queries.wording import wording
from tests.factories import CouncilFactory, UserFactory
from tests.framework.test_views import empty_the_framework
from tests.made_once import made_once

pytestmark = pytest.mark.django_db

SLUG = "transforming-together"
DRAFT = f"/framework/{SLUG}/draft/"
PLACES, TRUST, PURPOSE = "citizens-places", "relationships", "purpose"
MARKUP = '<script>alert("x")</script>'


@made_once
def editor():
    return UserFactory(name="Rowan Hale", is_editor=True)


@pytest.fixture
def page(client, editor):
    """The page at an address, as the editor reads it."""
    client.force_login(editor)
    return lambda address, status=200: text(client.get(address), status)


@pytest.fixture
def press(client, editor):
    """Sends a form as the editor; returns where it leads, and the page there or the form with its errors."""
    client.force_login(editor)

    def send(address, **data):
        response = client.post(address, data)
        if response.status_code != 302:
            return response.status_code, text(response, response.status_code)
        return response.url, client.get(response.url, follow=True).content.decode()

    return send


@made_once
def draft(edition, editor):
    return start_draft(by=editor, framework=edition.framework)


def text(response, status):
    assert response.status_code == status
    return response.content.decode()


def codes(draft):
    return [action.code for action in wording(draft, LANGUAGE).actions]


def of(name, code):
    return f"{DRAFT}action/{code}/{name}/"


# --- Where editors begin ---


def test_editors_find_every_framework_with_its_editions_and_start_a_draft(page, press, edition):
    Framework.objects.create(slug="bare", name="A bare one", source="Invented")
    seen = page("/framework/editing/")
    assert "published 2 September 2024" in seen
    assert "A draft begins with all the words of edition 1" in seen
    assert "There is nothing to start from" in seen.partition("Transforming Together</h2>")[0]
    where, seen = press(f"{DRAFT}start/")
    assert where == DRAFT
    assert "The draft of edition 2 is started." in seen
    assert "Choose what to change" in seen
    seen = page("/framework/editing/")
    assert "Edition 2, draft" in seen
    assert "Last changed by Rowan Hale on" in seen
    assert "Start a draft" not in seen


def test_a_second_draft_is_not_started_and_the_page_says_why(press, draft):
    where, seen = press(f"{DRAFT}start/")
    assert where == "/framework/editing/"
    assert "There is a draft already" in seen
    assert Edition.objects.drafts().count() == 1


def test_whose_edition_it_is_and_whether_it_is_still_used(page, edition, draft):
    draft.owner, draft.note = CouncilFactory(name="Northmoor Council"), "Our own words."
    draft.status, draft.published_at = "retired", edition.published_at
    draft.save_base(raw=True)
    seen = page("/framework/editing/")
    assert "of Northmoor Council" in seen
    assert "Our own words." in seen
    assert "no longer used for new rounds" in seen
    assert "all the words of edition 1" in seen  # and not those of a council's own


def test_without_any_framework_the_page_says_what_to_do(page, db):
    empty_the_framework()
    Edition.objects.all().delete()
    Framework.objects.all().delete()
    assert "There is no framework yet" in page("/framework/editing/")


def test_the_page_of_all_frameworks_costs_the_same_with_many(
    page, client, draft, django_assert_max_num_queries
):
    for n in range(4):
        framework = Framework.objects.create(slug=f"more-{n}", name=f"More {n}", source="Invented")
        Edition.objects.create(framework=framework, number=1)
    with django_assert_max_num_queries(8):
        page("/framework/editing/")


@pytest.mark.parametrize("rights", [{"is_editor": True}, {"is_staff": True, "is_superuser": True}])
def test_those_who_may_edit_find_the_way_from_the_public_page(client, edition, rights):
    assert "/framework/editing/" not in client.get("/framework/").content.decode()
    client.force_login(UserFactory())
    assert "/framework/editing/" not in client.get("/framework/").content.decode()
    client.force_login(UserFactory(**rights))
    assert client.get("/framework/").content.decode().count("/framework/editing/") == 2


# --- The draft at a glance ---


def test_the_draft_has_every_action(page, draft):
    for code in (PLACES, TRUST, PURPOSE):
        Action.objects.filter(edition=draft, code=code).update(title=f"Another {code}")
    split_action(by=None, edition=draft, code=PLACES, title="A part")
    seen = page(DRAFT)
    for action in wording(draft, LANGUAGE).actions:
        assert escape(action.title) in seen


def test_what_differs_stands_at_each_action_and_is_counted(page, draft):
    Action.objects.filter(edition=draft, code=TRUST).update(title=MARKUP)
    retire_action(by=None, edition=draft, code=PURPOSE)
    seen = page(DRAFT)
    assert escape(MARKUP) in seen
    assert MARKUP not in seen
    assert "1 action reworded · 1 action taken out · numbers changed" in seen
    assert "Say what kind of change it is: 1 answer is needed" in seen
    assert seen.count("Needs an answer") == 1
    assert "was number 5" in seen
    assert "No longer asked" in seen
    assert f"{DRAFT}bring-back/{PURPOSE}/" in seen


def test_a_draft_that_is_no_more_leads_to_what_there_is(page, client, draft, editor):
    drop_draft(by=editor, edition=draft)
    client.force_login(editor)
    assert client.get(DRAFT).url == "/framework/editing/"
    page("/framework/nothing/draft/", status=404)


# --- Where things stand ---


def test_a_step_leads_back_to_the_button_that_was_pressed(press, draft, edition):
    one, two, three = codes(draft)[2:5]  # the three of one area
    assert press(of("step", one), step="down")[0] == f"{DRAFT}#down-action-{one}"
    assert codes(draft)[2:5] == [two, one, three]
    assert press(of("step", one), step="down")[0] == f"{DRAFT}#up-action-{one}"  # it is the last now
    assert codes(draft)[2:5] == [two, three, one]
    area = draft.areas.order_by("order").first().code
    where, seen = press(f"{DRAFT}area/{area}/step/", step="down")
    assert where == f"{DRAFT}#down-area-{area}"
    assert f'id="down-area-{area}"' in seen


def test_a_step_of_what_is_gone_says_so(press, draft):
    retire_action(by=None, edition=draft, code=TRUST)
    where, seen = press(of("step", TRUST), step="up")
    assert where == DRAFT
    assert "There is no action “relationships” in this draft any more." in seen


def test_an_action_is_moved_to_where_one_chooses(page, press, draft):
    assert "First in “Take a system focus”" in page(of("move", PLACES))
    where, seen = press(of("move", PLACES), place="after:purpose")
    assert where == f"{DRAFT}#action-{PLACES}"
    assert "“Focus on local citizens and places” is number 4 now." in seen
    assert press(of("move", PLACES), place="first:nowhere")[0] == 422
    assert codes(draft).index(PLACES) == 3


# --- Added, split, merged ---


def test_a_new_action_is_added_to_the_area_one_came_from(page, press, draft):
    area = draft.areas.order_by("order").last().code
    assert f'<option value="{area}" selected>' in page(f"{DRAFT}new-action/?area={area}")
    where, seen = press(f"{DRAFT}new-action/", title="  Share   money ", area=area)
    assert where == f"{DRAFT}action/share-money/"
    assert "“Share money” is added. Now write its words." in seen
    assert codes(draft)[-1] == "share-money"


@pytest.mark.parametrize(
    ("title", "error"),
    [
        ("", "Fill this in. It cannot stay empty."),
        ("   ", "Fill this in. It cannot stay empty."),
        ("x" * 10_000, "at most 200 characters fit, and it has 10000"),
        ("a\x00b", "Leave out control characters"),
        ("\u200d", "Type something that can be seen."),
        ("Focus on local citizens and places", "is in this draft already. Write another title."),
    ],
)
def test_a_title_that_will_not_do_comes_back_with_why(press, draft, title, error):
    area = draft.areas.first().code
    status, seen = press(f"{DRAFT}new-action/", title=title, area=area)
    assert status == 422
    assert error in seen
    assert f'<option value="{area}" selected>' in seen
    assert len(title) < 10_000 or title in seen  # what was typed stays
    status, seen = press(of("split", TRUST), title=title)
    assert status == 422
    assert error in seen
    assert len(codes(draft)) == 11


@pytest.mark.parametrize(
    ("title", "code"),
    [(MARKUP, "scriptalertxscript"), ("🎉", "action-12"), ("نعمل معا", "action-12"), ("?!", "action-12")],
)
def test_any_signs_make_a_title_and_markup_is_shown_as_text(press, draft, title, code):
    where, seen = press(f"{DRAFT}new-action/", title=title, area=draft.areas.first().code)
    assert where == f"{DRAFT}action/{code}/"
    assert escape(title) in seen
    assert MARKUP not in seen


def test_splitting_says_what_it_does_to_comparisons(page, press, draft):
    seen = page(of("split", TRUST))
    assert "none of them is compared with the one they came from" in seen
    assert "Ratings people have given are kept" in seen
    where, seen = press(of("split", TRUST), title="Keep promises")
    assert where == f"{DRAFT}#action-{TRUST}"
    assert "The second part is “Keep promises”." in seen
    assert "Split from “Develop honest, committed relationships”" in seen


def test_what_is_new_in_the_draft_breaks_nothing(page, press, draft):
    press(f"{DRAFT}new-action/", title="Share money", area=draft.areas.first().code)
    assert "so both parts are new" in page(of("split", "share-money"))
    assert "its words are lost for good" in page(of("retire", "share-money"))


def test_merging_lets_one_choose_the_other(page, press, draft):
    seen = page(of("merge", PLACES))
    assert "it is not compared with any of those it came from" in seen
    assert f'<option value="{TRUST}">' in seen
    assert f'<option value="{PLACES}">' not in seen
    for source in ("", PLACES, "never"):
        assert press(of("merge", PLACES), source=source)[0] == 422
    where, seen = press(of("merge", PLACES), source=TRUST)
    assert where == f"{DRAFT}#action-{PLACES}"
    assert "is part of “Focus on local citizens and places” now." in seen
    assert "Merged into “Focus on local citizens and places”" in seen


# --- Taken out and brought back ---


def test_an_action_is_taken_out_after_asking_and_brought_back(page, press, draft):
    seen = page(of("retire", PURPOSE))
    assert "Earlier ratings are kept" in seen
    assert PURPOSE in codes(draft)  # asking changes nothing
    where, seen = press(of("retire", PURPOSE))
    assert where == DRAFT
    assert "is taken out of the draft" in seen
    page(of("retire", PURPOSE), status=404)
    assert "is not in this draft" not in page(f"{DRAFT}bring-back/{PURPOSE}/")
    where, seen = press(f"{DRAFT}bring-back/{PURPOSE}/")
    assert where == f"{DRAFT}#action-{PURPOSE}"
    assert "is back, as it was in edition 1" in seen
    assert typed_changes(draft) == ()
    assert "is in this draft already" in press(f"{DRAFT}bring-back/{PURPOSE}/")[1]


def test_taking_out_names_what_goes_with_it(page, press, draft):
    press(of("merge", PLACES), source=TRUST)
    seen = page(of("retire", PLACES))
    assert "<li>Develop honest, committed relationships</li>" in seen


def test_the_last_action_may_go_with_a_word_about_it(page, press, draft):
    for code in codes(draft)[1:]:
        retire_action(by=None, edition=draft, code=code)
    assert "It is the last action of the draft." in page(of("retire", PLACES))
    assert page(of("merge", PLACES)).count("<option") == 1  # there is none to choose
    press(of("retire", PLACES))
    assert "No action stands here yet" in page(DRAFT)


def test_areas_are_added_taken_out_and_brought_back(page, press, draft, edition):
    where, seen = press(f"{DRAFT}new-area/", name="Money & people")
    assert where == f"{DRAFT}area/money-people/"
    assert "Money &amp; people" in seen
    assert press(f"{DRAFT}new-area/", name="Money & people")[0] == 422
    home = draft.areas.order_by("order").first().code
    remove = f"{DRAFT}area/{home}/remove/"
    assert "Move them to another area first." in page(remove)
    status, seen = press(remove)
    assert (status, "There are 2 actions in" in seen) == (422, True)
    for code in (PLACES, TRUST):
        retire_action(by=None, edition=draft, code=code)
    assert press(remove)[0] == DRAFT
    back = f"{DRAFT}bring-back/{PLACES}/"
    assert "is not in the draft any more" in page(back)
    assert press(back)[0] == 422  # its area is gone, so one has to be chosen
    assert press(back, area="money-people")[0] == f"{DRAFT}#action-{PLACES}"
    assert press(f"{DRAFT}bring-back-area/{home}/")[0] == f"{DRAFT}#area-{home}"
    assert press(f"{DRAFT}bring-back-area/never/")[0] == DRAFT


# --- Meanwhile ---


def test_whoever_presses_after_the_draft_is_gone_is_told(press, draft, editor):
    drop_draft(by=editor, edition=draft)
    for address in (of("split", TRUST), of("step", TRUST), f"{DRAFT}new-area/"):
        where, seen = press(address, title="Late", name="Late", step="up")
        assert where == DRAFT
        assert "This draft has been dropped in the meantime." in seen


def test_a_published_edition_has_no_such_pages(page, press, draft):
    Action.objects.filter(edition=draft, code=PLACES).update(title="Start with places")
    answer_changes(by=None, edition=draft, changes=[TypedChange("clarified", PLACES, PLACES)])
    publish(by=None, edition=draft, note="Clearer.")
    page(of("split", TRUST), status=404)
    press(of("split", TRUST), title="Late")
    assert len(codes(draft)) == 11


def test_what_never_was_is_not_found(page, draft):
    for address in (of("split", "never"), f"{DRAFT}bring-back/never/", f"{DRAFT}area/never/remove/"):
        page(address, status=404)
    add_area(by=None, edition=draft, name="Empty")
    assert "No action stands in it." in page(f"{DRAFT}area/empty/remove/")
