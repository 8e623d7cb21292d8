from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from assessments.forms.rounds import suggested_title
from assessments.models import Round
from assessments.operations import rounds
from partnerships.models import Organisation
from tests.assessments.round_room import make_place, words
from tests.factories import (
    MembershipFactory,
    PartnershipFactory,
    UserFactory,
    everybody,
    make_lead,
    make_round,
)
from tests.made_once import made_once

pytestmark = pytest.mark.usefixtures("edition")


@made_once
def place():
    return make_place()


def answers(place, *levels):
    return everybody(place.members[: len(levels)], *levels)


def page(name, round):
    return reverse(f"assessments:{name}", args=[round.pk])


SETTINGS = {
    "title": "Autumn 2026",
    "confidentiality": "confidential",
    "grouping": "sector",
    "least_number": "6",
    "closing_on": "",
}


# --- The page of a partnership ---


def test_a_new_lead_is_led_from_organisations_to_members_to_a_round(client):
    lead = make_lead(PartnershipFactory(name="Northmoor Climate"), organisation=None, name="Robin Ashdown")
    client.force_login(lead.user)
    url = lead.partnership.get_absolute_url()
    assert "Add the organisations" in words(client.get(url))
    Organisation.objects.create(partnership=lead.partnership, name="Moorside Carers")
    assert "Add the people you want to ask" in words(client.get(url))
    MembershipFactory(partnership=lead.partnership, organisation=None)
    seen = words(client.get(url))
    assert "Plan the first round" in seen
    assert "Lead: Robin Ashdown" in seen


@pytest.mark.parametrize(
    ("state", "advice"),
    [
        ("draft", "Open “Autumn 2026” when you are ready"),
        ("open", "“Autumn 2026” is being rated"),
        ("closed", "Open the results of “Autumn 2026”"),
        ("revealed", "Share the results of “Autumn 2026”"),
        ("shared", "Nothing to do just now"),
    ],
)
def test_the_lead_is_told_the_one_next_thing(place, state, advice):
    make_round(place.partnership, by=place.by, state=state)
    assert advice in words(place.web.get(place.url))


def test_comments_come_before_sharing(place):
    said = [(place.members[0], {1: (3, "We meet too often")})]
    said += answers(place, 3, 3, 3, 3, 3)[1:]
    said.append((place.members[5], dict.fromkeys(range(1, 12), 2)))
    make_round(place.partnership, by=place.by, state="revealed", answers=said)
    assert "Look through the comments of “Autumn 2026”" in words(place.web.get(place.url))


def test_members_and_officers_see_that_a_round_is_rated_but_no_draft(place):
    make_round(place.partnership, by=place.by, state="draft", title="Secret plan")
    make_round(place.partnership, by=place.by, state="open", answers=answers(place, 1, 5), title="Open one")
    for user in (place.members[0].user, place.officer):
        seen = words(place.as_(user).get(place.url))
        assert "Open one" in seen
        assert "Being rated: 2 of 7 have answered" in seen
        assert "Secret plan" not in seen
        assert "What to do next" not in seen


def test_the_next_review_is_counted_from_the_last_round_that_closed(place):
    round = make_round(place.partnership, by=place.by, state="shared")
    due = timezone.localdate() + timedelta(days=150)
    seen = words(place.web.get(place.url))
    assert "every 6 months" in seen
    assert "Overdue" not in seen
    Round.objects.filter(pk=round.pk).update(closed_at=timezone.now() - timedelta(days=400))
    seen = words(place.web.get(place.url))
    assert "Overdue" in seen
    assert "Time for the next round" in seen
    assert due > timezone.localdate()


def test_the_page_asks_as_often_with_four_rounds_as_with_two(place, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_round(place.partnership, by=place.by, state="shared", title="Nought")
    make_round(place.partnership, by=place.by, state="shared", title="One")
    place.web.get(place.url)
    with CaptureQueriesContext(
        connection,
    ) as first:
        place.web.get(place.url)
    make_round(place.partnership, by=place.by, state="closed", title="Two")
    make_round(place.partnership, by=place.by, state="shared", title="Three")
    with django_assert_num_queries(len(first)):
        seen = words(place.web.get(place.url))
    assert "Two" in seen
    assert "Three" in seen


# --- Planning ---


def test_the_title_is_suggested_by_the_season():
    assert suggested_title(date(2026, 11, 23), []) == "Autumn 2026"
    assert suggested_title(date(2027, 1, 3), []) == "Winter 2027"
    assert suggested_title(date(2026, 5, 31), ["spring 2026", "Spring 2026 (2)"]) == "Spring 2026 (3)"


def test_a_draft_keeps_what_was_chosen_and_asks_nobody(place):
    url = reverse("assessments:round_new", args=[place.partnership.slug])
    day = timezone.localdate() + timedelta(days=20)
    made = place.web.post(url, SETTINGS | {"is_baseline": "on", "closing_on": day.isoformat()}, follow=True)
    round = Round.objects.get()
    assert (round.grouping, round.least_number, round.is_baseline, round.closing_on) == (
        "sector",
        6,
        True,
        day,
    )
    assert "Nobody has been told yet" in words(made)
    assert mail.outbox == []
    assert not round.invitations.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "Fill this in"),
        ({"title": "x" * 81}, "Shorten this: at most 80 characters fit, and it has 81."),
        ({"title": "AUTUMN 2026 taken"}, "already has a round of that title"),
        ({"confidentiality": "secret"}, "Choose one of these."),
        ({"least_number": "4"}, "Write a number from 5 to 100."),
        ({"least_number": "101"}, "Write a number from 5 to 100."),
        ({"least_number": "many"}, "Write a whole number"),
        ({"closing_on": "2020-01-01"}, "This day has passed"),
        ({"closing_on": "soon"}, "Write a day that exists"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(place, changes, said):
    make_round(place.partnership, by=place.by, title="Autumn 2026 taken")
    url = reverse("assessments:round_new", args=[place.partnership.slug])
    answer = place.web.post(url, SETTINGS | changes)
    assert answer.status_code == 422
    assert said in words(answer)
    assert "There is a problem" in words(answer)
    assert Round.objects.count() == 1


def test_markup_in_a_title_is_text(place):
    url = reverse("assessments:round_new", args=[place.partnership.slug])
    seen = place.web.post(url, SETTINGS | {"title": "<script>alert(1)</script>"}, follow=True)
    assert b"<script>alert(1)" not in seen.content
    assert b"&lt;script&gt;alert(1)" in seen.content


def test_the_settings_shrink_as_the_round_goes_on(place):
    round = make_round(place.partnership, by=place.by)
    url = page("round_settings", round)
    assert 'name="confidentiality"' in place.web.get(url).content.decode()
    rounds.open_round(by=place.by, round=round)
    opened = place.web.get(url).content.decode()
    assert 'name="confidentiality"' not in opened
    assert 'name="grouping"' in opened
    sent = SETTINGS | {"confidentiality": "named", "least_number": "7"}
    assert place.web.post(url, sent).status_code == 302
    round.refresh_from_db()
    assert (round.confidentiality, round.least_number) == ("confidential", 7)
    lower = place.web.post(url, sent | {"least_number": "6"})
    assert "can be raised, but not lowered" in words(lower)


def test_a_frozen_round_changes_its_title_only(place):
    round = make_round(place.partnership, by=place.by, state="revealed")
    url = page("round_settings", round)
    place.web.post(url, SETTINGS | {"title": "Autumn review"})
    round.refresh_from_db()
    assert (round.title, round.grouping, round.least_number) == ("Autumn review", "organisation", 5)


# --- The page of a round ---


def test_the_draft_shows_who_will_be_asked_and_the_e_mail(place):
    MembershipFactory(partnership=place.partnership, email="", user=None, name="Kit Marsh")
    seen = words(place.web.get(make_round(place.partnership, by=place.by).get_absolute_url()))
    assert "8 people will be asked" in seen
    assert "7 of them get an e-mail" in seen
    assert "You copy a link for each" in seen
    assert "It takes about five minutes" in seen


def test_before_the_results_are_opened_nobody_sees_more_than_how_many_answered(place):
    round = make_round(
        place.partnership,
        by=place.by,
        state="open",
        answers=[(place.members[0], {1: (1, "LEAKED COMMENT"), 2: "dk"}), *answers(place, 1, 1)[1:]],
    )
    for state in ("open", "closed"):
        for user in (place.by, place.members[3].user, place.officer):
            seen = place.as_(user).get(round.get_absolute_url())
            assert "2 of 7" in words(seen)
            assert "LEAKED" not in seen.content.decode()
            assert "disc-" not in seen.content.decode()
        if state == "open":
            rounds.close_round(by=place.by, round=round)


def test_the_open_round_shows_the_organisations_and_what_is_left(place):
    closing = timezone.localdate() + timedelta(days=3)
    round = make_round(
        place.partnership, by=place.by, state="open", answers=answers(place, 4, 4, 4), closing_on=closing
    )
    seen = words(place.web.get(round.get_absolute_url()))
    assert "3 days left" in seen
    assert "Moorside Carers 2 of 3" in seen
    assert "NHS 1 of 3" in seen
    Round.objects.filter(pk=round.pk).update(closing_on=closing - timedelta(days=9))
    assert "The intended closing date has passed" in words(place.web.get(round.get_absolute_url()))


def test_people_of_no_organisation_have_a_row_so_that_the_numbers_add_up(place):
    MembershipFactory(partnership=place.partnership, organisation=None)
    for body in place.partnership.organisations.exclude(name__in=("Moorside Carers", "NHS")):
        body.memberships.update(organisation=None)  # the lead
    round = make_round(place.partnership, by=place.by, state="open", answers=answers(place, 4, 4))
    seen = words(place.web.get(round.get_absolute_url()))
    assert "2 of 8 have answered" in seen
    assert "Moorside Carers 1 of 3 NHS 1 of 3 No organisation 0 of 2" in seen


def test_the_reminder_names_as_many_as_can_be_reminded(place):
    round = make_round(place.partnership, by=place.by, state="open", answers=answers(place, 4, 4))
    place.members[5].email = ""
    place.members[5].save()
    round.invitations.update(mail_due="")
    operations_people = round.get_absolute_url(), page("round_people", round)
    for url in operations_people:
        assert "Remind the 4 who have not sent their answers" in words(place.web.get(url))
    round.invitations.update(mail_due="invitation")  # they get that first
    for url in operations_people:
        assert "Remind" not in words(place.web.get(url))


def test_a_member_reads_the_results_once_shared(place):
    round = make_round(place.partnership, by=place.by, state="revealed")
    member = place.as_(place.members[0].user)
    assert "as soon as the lead shares them" in words(member.get(round.get_absolute_url()))
    rounds.share_round(by=place.by, round=round, tell=False)
    assert page("results", round) in member.get(round.get_absolute_url()).content.decode()


def test_a_draft_is_for_leads(place):
    round = make_round(place.partnership, by=place.by)
    assert place.as_(place.members[0].user).get(round.get_absolute_url()).status_code == 403
    assert place.as_(UserFactory()).get(round.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"grouping": "organisation"}, "No organisation has the 5 people that a group needs"),
        ({"grouping": "sector"}, ""),  # six people of voluntary organisations
        ({"grouping": "standpoint"}, ""),
        ({"grouping": "sector", "least_number": 7}, ""),  # seven people, the lead's organisation included
        ({"grouping": "organisation", "least_number": 8}, "Fewer people are asked than the 8"),
        ({"grouping": "organisation", "confidentiality": "named"}, ""),
    ],
)
def test_groups_too_small_to_count_apart_are_said_before_opening(place, settings, said):
    round = make_round(place.partnership, by=place.by, **settings)
    for url in (round.get_absolute_url(), page("round_open", round)):
        seen = words(place.web.get(url))
        assert said in seen
        assert ("that a group needs" in seen) == ("a group needs" in said)


def test_no_standpoint_known_is_no_group(place):
    place.partnership.memberships.update(standpoint="")
    round = make_round(place.partnership, by=place.by, grouping="standpoint")
    assert "No standpoint has the 5 people" in words(place.web.get(round.get_absolute_url()))


def test_the_settings_say_what_the_groups_do_today(place):
    seen = words(place.web.get(reverse("assessments:round_new", args=[place.partnership.slug])))
    assert "By which groups are people counted?" in seen
    assert "The groups are fixed when the results are opened" in seen
    assert "averages in which each organisation counts the same" in seen
    assert "compare" not in seen.lower()
    round = make_round(place.partnership, by=place.by)
    assert "Counted by Organisation" in words(place.web.get(round.get_absolute_url()))


def test_paper_is_for_reading_in_a_round_by_link(place):
    round = make_round(place.partnership, by=place.by, state="open")
    seen = words(place.web.get(round.get_absolute_url()))
    assert "Answers on paper cannot be typed in for somebody in this round" in seen
    assert "at their own link, on any phone" in seen
    sheet = words(place.web.get(page("round_sheet", round)))
    assert "Answers on paper cannot be typed in for somebody in this round" in sheet
    assert "Nobody can type in this sheet for you" in sheet
    assert "Whoever types it in" not in sheet
    assert "To collect the sheets" not in sheet
    own = words(place.web.get(reverse("assessments:sheet", args=[place.partnership.slug])))
    assert "Whoever types it in sees your answers" in own
    assert "To collect the sheets" in own


def test_sharing_leads_to_the_comments_that_wait(place):
    said = [(member, {1: (3, "We meet too often")}) for member in place.members]
    round = make_round(place.partnership, by=place.by, state="revealed", answers=said)
    assert page("comments_review", round) in place.web.get(page("round_share", round)).content.decode()
