"""What leads are told about editions and frameworks, and what the buttons carry."""

import pytest
from django.urls import reverse

from assessments.models import Round
from assessments.operations import invitations
from tests.assessments.council_room import another_framework
from tests.assessments.round_room import make_place, words
from tests.factories import make_round, rate
from tests.framework.editions import next_edition
from tests.made_once import made_once

from ..queries.test_editions import retire

SETTINGS = {
    "title": "Autumn 2026",
    "confidentiality": "confidential",
    "grouping": "sector",
    "least_number": "5",
}


@made_once
def place():
    return make_place()


def page(name, round):
    return reverse(f"assessments:{name}", args=[round.pk])


def plan(place, **more):
    return place.web.post(reverse("assessments:round_new", args=[place.partnership.slug]), SETTINGS | more)


class TestPlanningARound:
    def test_with_one_framework_nobody_is_asked(self, place):
        address = reverse("assessments:round_new", args=[place.partnership.slug])
        assert "Which framework" not in words(place.web.get(address))

    def test_with_two_each_has_its_name_how_many_actions_and_a_link_to_read_it(self, place, edition):
        other = another_framework(edition)
        seen = place.web.get(reverse("assessments:round_new", args=[place.partnership.slug]))
        assert "Transforming Together 11 actions, edition 1. Read Transforming Together" in words(seen)
        assert "Ten actions 2 actions, edition 2. Read Ten actions" in words(seen)
        assert f'<a href="{other.get_absolute_url()}">' in seen.content.decode()
        assert seen.context["form"]["framework"].initial == "transforming-together"

    def test_the_choice_is_kept_and_offered_first_the_next_time(self, place, edition):
        other = another_framework(edition)
        plan(place, framework="ten-actions")
        assert Round.objects.get().edition == other
        seen = place.web.get(reverse("assessments:round_new", args=[place.partnership.slug]))
        assert seen.context["form"]["framework"].initial == "ten-actions"

    def test_without_a_choice_nothing_is_saved_and_the_page_says_so(self, place, edition):
        another_framework(edition)
        seen = plan(place)
        assert seen.status_code == 422
        assert "Choose one of these." in words(seen)
        assert plan(place, framework="trust").status_code == 422
        assert not Round.objects.exists()

    def test_people_look_back_only_within_one_framework(self, place, edition):
        another_framework(edition)
        make_round(place.partnership, state="closed", title="Spring")
        seen = plan(place, framework="ten-actions", looks_back_to="on")
        assert "There is no closed round of this kind to look back to." in words(seen)
        plan(place, framework="transforming-together", looks_back_to="on")
        assert Round.objects.get(title="Autumn 2026").looks_back_to.title == "Spring"

    def test_a_draft_can_change_to_another_and_an_open_round_cannot(self, place, edition):
        other = another_framework(edition)
        draft = make_round(place.partnership, title="Autumn 2026")
        place.web.post(page("round_settings", draft), SETTINGS | {"framework": "ten-actions"})
        draft.refresh_from_db()
        assert draft.edition == other
        opened = make_round(place.partnership, state="open", title="Open", edition=edition)
        place.web.post(page("round_settings", opened), SETTINGS | {"title": "O", "framework": "ten-actions"})
        opened.refresh_from_db()
        assert (opened.title, opened.edition) == ("O", edition)

    def test_saving_the_settings_of_a_draft_does_not_move_it_unasked(self, place, edition):
        another_framework(edition)
        draft = make_round(place.partnership, title="Autumn 2026")
        next_edition(edition, {"purpose": "clarified"})
        place.web.post(page("round_settings", draft), SETTINGS | {"framework": "transforming-together"})
        draft.refresh_from_db()
        assert (draft.grouping, draft.edition) == ("sector", edition)


class TestOpeningADraft:
    @pytest.fixture
    def draft(self, place):
        return make_round(place.partnership, by=place.by)

    def test_as_long_as_the_wording_is_the_newest_nothing_is_said(self, place, draft):
        for name in ("round", "round_open", "workshop_start"):
            assert "The wording has changed" not in words(place.web.get(page(name, draft)))

    def test_every_page_that_leads_to_opening_says_what_it_will_use(self, place, draft, edition):
        next_edition(edition, {"purpose": "clarified"})
        for name in ("round", "round_open", "workshop_start"):
            seen = words(place.web.get(page(name, draft)))
            assert "The wording has changed since this round was set up" in seen, name
            assert "Edition 2 is out. Opening it will use edition 2" in seen, name

    def test_what_is_different_can_be_read_before_opening(self, place, draft, edition):
        next_edition(edition, {"purpose": "clarified"})
        differences = reverse("framework_differences", args=["transforming-together", 1, 2])
        assert f'href="{differences}"' in place.web.get(page("round_open", draft)).content.decode()
        assert place.web.get(differences).status_code == 200

    def test_a_retired_edition_is_named_as_that(self, place, draft, edition):
        next_edition(edition, {})
        retire(edition)
        seen = words(place.web.get(page("round_open", draft)))
        assert "Edition 1 is no longer used for new rounds. Opening it will use edition 2" in seen

    def test_where_none_is_left_the_draft_says_so_and_opening_is_refused(self, place, draft, edition):
        retire(edition)
        assert "the round cannot be opened" in words(place.web.get(page("round", draft)))
        for name in ("round_open", "workshop_start"):
            for ask in (place.web.get, place.web.post):
                assert ask(page(name, draft)).status_code == 409
        draft.refresh_from_db()
        assert draft.state == "draft"

    @pytest.mark.parametrize("name", ["round_open", "workshop_start"])
    def test_the_button_opens_what_the_page_named(self, place, draft, edition, name):
        later = next_edition(edition, {})
        seen = place.web.get(page(name, draft))
        assert f'name="edition" value="{later.pk}"' in seen.content.decode()
        place.web.post(page(name, draft), {"edition": later.pk})
        draft.refresh_from_db()
        assert (draft.state, draft.edition) == ("open", later)

    @pytest.mark.parametrize("name", ["round_open", "workshop_start"])
    @pytest.mark.parametrize("sent", [{}, {"edition": "1"}, {"edition": "x"}])
    def test_a_page_from_before_opens_nothing_and_says_why(self, place, draft, edition, name, sent):
        sent = {key: edition.pk if value == "1" else value for key, value in sent.items()}
        next_edition(edition, {})
        seen = place.web.post(page(name, draft), sent)
        assert seen.status_code == 409
        assert "Nothing has happened yet" in words(seen)
        draft.refresh_from_db()
        assert (draft.state, draft.edition) == ("draft", edition)

    def test_pressed_twice_it_is_open(self, place, draft, edition):
        later = next_edition(edition, {})
        for _press in range(2):
            place.web.post(page("round_open", draft), {"edition": later.pk})
        assert "The round is open already." in words(place.web.get(page("round", draft)))

    def test_the_sheet_of_a_draft_asks_what_the_round_will_ask_and_says_its_edition(
        self, place, draft, edition
    ):
        next_edition(edition, {"purpose": "retired"})
        seen = words(place.web.get(page("round_sheet", draft)))
        assert "Transforming Together, edition 2" in seen
        assert "Agree a clear purpose" not in seen


def test_while_a_round_is_rated_a_new_edition_changes_nothing_for_whoever_rates(place, edition, client):
    round = make_round(place.partnership, state="open")
    rate(round, place.members[0], dict.fromkeys(range(1, 12), 3))
    invitation = place.invitation(round, place.members[1])
    token = invitations.issue_link(by=None, invitation=invitation)
    client.post(reverse("assessments:rate", args=[token]), {})
    address = reverse("assessments:rate_action", args=[token, 4])
    before = words(client.get(address))
    later = next_edition(edition, {"purpose": "clarified", "systemic": "retired"})
    later.actions.all()
    assert words(client.get(address)) == before
    assert "Agree a clear purpose, outcomes and priorities" in before
    assert client.post(address, {"level": "4"}).status_code == 302
    assert "Agree a clear purpose" in words(client.get(reverse("assessments:rate_review", args=[token])))
    assert "edition 1" in words(place.web.get(page("round_sheet", round)))


class TestRatedOnPaper:
    def test_with_one_edition_there_is_no_question(self, place):
        address = reverse("assessments:import_ratings", args=[place.partnership.slug])
        assert "Which wording" not in words(place.web.get(address))

    def test_the_sheets_may_be_of_an_earlier_edition(self, place, edition):
        next_edition(edition, {"purpose": "retired"})
        address = reverse("assessments:import_ratings", args=[place.partnership.slug])
        seen = place.web.get(address)
        assert "Transforming Together, edition 2 10 actions" in words(seen)
        query = "?framework=transforming-together&edition=1"
        assert query.replace("&", "&amp;") in seen.content.decode()
        blank = place.web.get(reverse("assessments:import_blank", args=[place.partnership.slug]) + query)
        assert ",11" in blank.content.decode().splitlines()[0]
        sheet = place.web.get(reverse("assessments:sheet", args=[place.partnership.slug]) + query)
        assert "Agree a clear purpose" in words(sheet)

    def test_what_is_brought_in_has_the_edition_the_lead_chose(self, place, edition):
        next_edition(edition, {"purpose": "retired"})
        query = "?framework=transforming-together&edition=1"
        bring = reverse("assessments:import_confirm", args=[place.partnership.slug])
        place.web.post(bring + query, table(11) | {"edition": edition.pk})
        assert Round.objects.get().edition == edition

    def test_an_edition_that_came_out_since_the_check_brings_nothing_in(self, place, edition):
        next_edition(edition, {})
        bring = reverse("assessments:import_confirm", args=[place.partnership.slug])
        seen = place.web.post(bring, table(11) | {"edition": edition.pk}, follow=True)
        assert "Nothing was brought in." in words(seen)
        assert "edition 2" in words(seen)
        assert not Round.objects.exists()


def table(actions):
    cells = ",".join("3" for _action in range(actions))
    rows = "\n".join(f"p{n},{cells}" for n in range(6))
    heading = ",".join(map(str, range(1, actions + 1)))
    return {"title": "Paper", "grouping": "organisation", "table": f"respondent,{heading}\n{rows}"}


class TestNextStepsOutsideARound:
    def test_with_two_frameworks_the_page_asks_which(self, place, edition):
        address = reverse("assessments:next_step_new", args=[place.partnership.slug])
        assert "Which framework" not in words(place.web.get(address))
        another_framework(edition)
        assert "Which framework is it about?" in words(place.web.get(address))
        place.web.post(f"{address}?framework=ten-actions", {"action": "brand-new", "text": "Try it"})
        step = place.partnership.next_steps.get()
        assert step.action.edition.framework.slug == "ten-actions"

    def test_a_round_of_another_framework_is_not_offered(self, place, edition):
        other = another_framework(edition)
        make_round(place.partnership, state="open", title="Of ten", edition=other)
        make_round(place.partnership, state="open", title="Of eleven", edition=edition)
        address = reverse("assessments:next_step_new", args=[place.partnership.slug])
        titles = [str(round) for round in place.web.get(address).context["form"].fields["round"].queryset]
        assert titles == ["Of eleven"]


def test_rounds_of_two_frameworks_are_told_apart_where_rounds_are_chosen(place, edition):
    other = another_framework(edition)
    make_round(place.partnership, state="shared", title="Of eleven")
    make_round(place.partnership, state="shared", title="Of ten", edition=other)
    address = reverse("assessments:compare", args=[place.partnership.slug])
    seen = words(place.web.get(address))
    assert "Nothing to compare yet" in seen
    assert "Ten actions" in seen
    keys = "&".join(f"rounds={round.pk}" for round in Round.objects.all())
    seen = place.web.get(f"{address}?{keys}")
    assert seen.status_code == 400
    assert "rated with different frameworks" in words(seen)
    for round in Round.objects.all():
        assert place.web.get(page("results", round)).status_code == 200
    assert place.web.get(place.url).status_code == 200
