"""What a comparison says by name: organisations that come and go, and what the older line leaves out."""

import importlib

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.urls import reverse

from assessments.models import RoundCounts
from assessments.models.frozen import FrozenModel
from partnerships.models import Organisation
from partnerships.operations.partnerships import change_organisation
from tests.assessments.compare_room import bring_in, crowd
from tests.factories import PartnershipFactory, make_lead
from tests.framework.editions import next_edition
from tests.made_once import made_once

from .results_pages import text

MIGRATION = "0010_organisations_by_key"


@made_once
def partnership():
    return PartnershipFactory()


@pytest.fixture
def compared(client, partnership):
    """The page on which rounds are compared, as text."""
    client.force_login(make_lead(partnership).user)

    def read(*rounds):
        query = "&".join(f"rounds={round.pk}" for round in rounds)
        return text(client.get(f"{reverse('assessments:compare', args=[partnership.slug])}?{query}"))

    return read


def bring(partnership, title, *names):
    """A round in which two people of each organisation answered, and five of none."""
    people = [f"{name} {number}" for name in names for number in (1, 2)]
    return bring_in(
        partnership,
        title,
        dict.fromkeys(people, 3) | crowd(*[3] * 5),
        organisations={who: who[:-2] for who in people},
    )


def rename(partnership, old, new):
    change_organisation(by=None, organisation=partnership.organisations.get(name=old), name=new)


def test_an_organisation_that_answered_before_is_not_there_for_the_first_time(partnership, compared):
    bring(partnership, "Spring", "Arts", "Care")
    winter, autumn = bring(partnership, "Winter", "Arts"), bring(partnership, "Autumn", "Arts", "Care")
    said = compared(winter, autumn)
    assert "not in Winter: Care" in said
    assert "first time" not in said


def test_an_organisation_that_is_called_something_else_is_the_same(partnership, compared):
    spring = bring(partnership, "Spring", "Arts", "Care")
    rename(partnership, "Care", "Care and Kin")
    said = compared(spring, bring(partnership, "Autumn", "Arts", "Care and Kin"))
    assert "not in Spring:" not in said
    assert "nobody any more from" not in said


def test_who_is_gone_is_named(partnership, compared):
    spring, autumn = bring(partnership, "Spring", "Arts", "Care"), bring(partnership, "Autumn", "Arts")
    assert "nobody any more from Care" in compared(spring, autumn)


class TestTurnoutsKeptWithoutKeys:
    """Stored before the keys were."""

    @pytest.fixture
    def spring(self, partnership):
        round = bring(partnership, "Spring", "Arts", "Care", "Fire")
        kept = RoundCounts.objects.get(round=round)
        for organisation in kept.data["turnout"]["organisations"]:
            del organisation["key"]
        super(FrozenModel, kept).save(update_fields=["data"])
        return round

    def find_keys(self):
        apps = MigrationLoader(connection).project_state(("assessments", MIGRATION)).apps
        importlib.import_module(f"assessments.migrations.{MIGRATION}").find_keys(apps, None)

    def keys(self, round):
        organisations = RoundCounts.objects.get(round=round).data["turnout"]["organisations"]
        return {each["name"]: each["key"] for each in organisations}

    def test_are_read_by_name(self, partnership, compared, spring):
        said = compared(spring, bring(partnership, "Autumn", "Arts", "Care"))
        assert "nobody any more from Fire" in said
        assert "not in Spring:" not in said

    def test_are_given_them_by_what_each_is_called_and_was(self, partnership, spring):
        by_name = {each.name: str(each.pk) for each in partnership.organisations.all()}
        rename(partnership, "Care", "Care and Kin")
        rename(partnership, "Care and Kin", "Kin")
        self.find_keys()
        assert self.keys(spring) == by_name

    def test_a_name_of_another_partnership_says_nothing(self, partnership, spring):
        own = str(partnership.organisations.get(name="Care").pk)
        Organisation.objects.create(partnership=PartnershipFactory(), name="Care", sector="other")
        self.find_keys()
        assert self.keys(spring)["Care"] == own


class TestTheOlderLine:
    CHANGED = "cannot be compared: on average people rate"

    def test_what_it_leaves_out_is_named_as_it_may_have_been_the_highest(
        self, partnership, compared, edition
    ):
        first = edition.actions.get(number=1)
        level = dict.fromkeys(range(1, 12), 3) | {1: 5, 2: 4}
        spring = bring_in(partnership, "Spring", crowd(*[level] * 6))
        later = next_edition(edition, {first.code: "meaning_changed"})
        said = compared(spring, bring_in(partnership, "Autumn", crowd(*[level] * 6), edition=later))
        second = edition.actions.get(number=2).short_title
        assert (
            f"Spring, without “{first.short_title}”, which cannot be compared: on average people rate "
            f"“{second}” highest (4.0)" in said
        )

    def test_several_are_counted_and_a_hidden_one_is_not(self, partnership, compared, edition):
        codes = [edition.actions.get(number=number).code for number in (1, 2, 3)]
        level = dict.fromkeys(range(1, 12), 3) | {1: 5, 2: 4, 3: ""}
        spring = bring_in(partnership, "Spring", crowd(*[level] * 6))
        later = next_edition(edition, dict.fromkeys(codes, "meaning_changed"))
        said = compared(spring, bring_in(partnership, "Autumn", crowd(*[level] * 6), edition=later))
        assert "Spring, without 2 actions that cannot be compared: on average people rate every" in said
