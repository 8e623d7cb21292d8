from django.utils import translation

from assessments.queries import results
from tests.factories import MembershipFactory, PartnershipFactory, advance, everybody, make_round


def test_the_names_of_groups_are_stored_in_the_site_s_language_whoever_opens_the_results(edition):
    partnership = PartnershipFactory()
    people = MembershipFactory.create_batch(5, partnership=partnership, standpoint="frontline")
    answers = everybody(people, 1, 2, 3, 4, 5)
    round = make_round(partnership, grouping="standpoint", state="closed", answers=answers)
    with translation.override("de"):  # Django's own words exist in it, ours do not
        assert translation.gettext("Monday") == "Montag"
        advance(round, "revealed")
    assert [group.name for group in results(round).actions[0].groups] == ["Frontline"]
