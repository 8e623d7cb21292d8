"""What is made once for several tests is for each of them as if it had been made for it alone."""

import pytest
from django.db import connection, transaction

from partnerships.models import Council
from tests.factories import CouncilFactory, PartnershipFactory
from tests.made_once import KEEPER, Keeper, made_once

pytestmark = pytest.mark.django_db


@made_once
def council():
    return CouncilFactory(name="Northmoor Council")


@made_once
def partnership(council):
    return PartnershipFactory(council=council)


@pytest.mark.parametrize("time", range(3))
def test_each_test_finds_it_as_it_was_made(council, time):
    assert council.name == Council.objects.get().name == "Northmoor Council"
    council.name = f"Southmoor Council {time}"
    council.save()


def test_a_test_that_does_not_ask_does_not_find_it():
    assert not Council.objects.exists()


def test_what_one_needs_of_another_is_the_same_thing(partnership, council):
    assert partnership.council is council


@pytest.mark.django_db(transaction=True)
def test_a_test_that_saves_for_good_makes_its_own(council):
    assert not connection.in_atomic_block
    assert Council.objects.get() == council


def makers(request):
    definitions = request.node._fixtureinfo.name2fixturedefs
    return [definitions[name][-1].func.made_once for name in ("council", "partnership")]


def test_what_it_leans_on_is_there(request, partnership):
    made = makers(request)[1](partnership.council)
    assert (made.council, made.pk > partnership.pk) == (partnership.council, True)
    assert transaction.atomic()._from_testcase is False
    kept = sum(map(request.config.stash[KEEPER].holds, makers(request)))
    assert [each._from_testcase for each in connection.atomic_blocks] == [True] * (kept + 1)  # the test's own


def test_it_can_be_switched_off(request, partnership, django_db_blocker):
    keeper = Keeper(django_db_blocker, keeps=False)
    keeper.prepare(request.node)
    assert not any(map(keeper.holds, makers(request)))
