"""What proves people of answers given before that was kept, and of people who are erased."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments import keys
from assessments.models import Response
from assessments.models.frozen import FrozenRatingsChanged
from assessments.operations import answers, erasure, invitations, retention
from assessments.operations.mail import deliver
from assessments.operations.proving import mailed_to
from assessments.operations.proving_later import prove_earlier
from partnerships.operations import change_member
from tests.assessments.round_room import make_place
from tests.assessments.workshop_room import make_hall
from tests.factories import advance, make_round, rate
from tests.made_once import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


@made_once
def place():
    return make_place(people=3)


@made_once
def round(place):
    """Opened, and everybody mailed."""
    round = make_round(place.partnership, by=place.by, state="open")
    deliver(by=place.by, round=round)
    return round


def known(round):
    """Who -> how they came in and what proves it."""
    found = Response.objects.filter(round=round).select_related("participant__membership")
    return {each.participant.name: (each.came_by, each.proofs) for each in found}


def sam(n):
    return {f"Sam Tarn {n}": ("mailed", [f"mail:{keys.hash_address(f'sam{n}@northmoor.example')}"])}


def unknown(n):
    return {f"Sam Tarn {n}": ("", [])}


class TestAnswersGivenBeforeThisWasKept:
    def test_by_the_mailed_link_alone(self, place, round):
        rate(round, place.members[0], {1: 4})
        assert prove_earlier(place.partnership) == 1
        assert known(round) == sam(0)
        assert prove_earlier(place.partnership) == 0

    def test_in_a_round_that_is_frozen(self, place, round):
        rate(round, place.members[0], {1: 4})
        advance(round, "shared", by=place.by)
        assert prove_earlier(place.partnership) == 1
        assert known(round) == sam(0)
        response = Response.objects.get()
        response.proofs = []
        with pytest.raises(FrozenRatingsChanged):
            response.save()

    @pytest.mark.parametrize("make", [invitations.issue_link, invitations.renew_link])
    def test_not_where_the_lead_had_a_link_made_before(self, place, round, make):
        make(by=place.by, invitation=place.invitation(round, place.members[0]))
        rate(round, place.members[0], {1: 4})
        rate(round, place.members[1], {1: 4})
        assert prove_earlier(place.partnership) == 1
        assert known(round) == unknown(0) | sam(1)

    def test_nor_between_beginning_and_the_first_answer(self, place, round):
        """Until then whoever has another link begins afresh, and it is their answer that stands."""
        response = rate(round, place.members[0], {}, submit=False)
        invitations.issue_link(by=place.by, invitation=place.invitation(round, place.members[0]))
        answers.save_answer(response=response, action_id=round.edition.actions.first().pk, level=4)
        assert prove_earlier(place.partnership) == 0

    def test_but_where_one_was_made_afterwards(self, place, round):
        rate(round, place.members[0], {1: 4})
        invitations.issue_link(by=place.by, invitation=place.invitation(round, place.members[0]))
        assert prove_earlier(place.partnership) == 1

    def test_not_where_nothing_was_mailed(self, place):
        round = make_round(place.partnership, by=place.by, state="open")
        rate(round, place.members[0], {1: 4})
        assert prove_earlier(place.partnership) == 0

    def test_not_where_the_address_has_been_changed_since_they_were_asked(self, place, round):
        rate(round, place.members[0], {1: 4})
        change_member(by=place.by, membership=place.members[0], email="mine@northmoor.example")
        assert prove_earlier(place.partnership) == 0
        change_member(by=place.by, membership=place.members[0], email="sam0@northmoor.example")
        assert prove_earlier(place.partnership) == 0

    def test_but_where_it_was_changed_before_and_another_fact_since(self, place):
        change_member(by=place.by, membership=place.members[0], email="sam9@northmoor.example")
        later = make_round(place.partnership, by=place.by, state="open")
        deliver(by=place.by, round=later)
        change_member(by=place.by, membership=place.members[0], name="Sam Tarn 9")
        rate(later, place.members[0], {1: 4})
        assert prove_earlier(place.partnership) == 1
        assert known(later) == sam(9)

    def test_an_address_of_the_leads_own_in_a_members_place(self, place, round):
        """In the second round it is the lead's: put in before it, and the old one put back after it."""
        rate(round, place.members[0], {1: 4})
        advance(round, "closed", by=place.by)
        change_member(by=place.by, membership=place.members[0], email="mine@northmoor.example")
        trap = make_round(place.partnership, by=place.by, state="open", title="Trap")
        deliver(by=place.by, round=trap)
        rate(trap, place.members[0], {1: 4})
        change_member(by=place.by, membership=place.members[0], email="sam0@northmoor.example")
        prove_earlier(place.partnership)
        assert known(round) == known(trap) == unknown(0)

    def test_not_of_a_room_nor_of_somebody_who_was_erased(self, place, round):
        hall = make_hall(people=3, place=place, title="In the room")
        hall.go_to(1)
        hall.move("start")
        hall.rate(1, 4, 4, 4)
        rate(round, place.members[0], {1: 4})
        advance(round, "shared", by=place.by)
        Response.objects.put_proofs(_blank(Response.objects.all()))
        erasure.erase_person(by=place.by, membership=place.members[0])
        assert prove_earlier(place.partnership) == 0

    def test_not_of_another_partnership_and_not_what_is_known(self, place, round):
        invitation = place.invitation(round, place.members[0])
        answers.start_response(
            invitation=invitation,
            code="KTM482QX",
            organisation=None,
            standpoint="",
            browser=mailed_to(invitation),
        )
        before = known(round)
        assert prove_earlier(place.partnership) == 0
        assert known(round) == before
        assert prove_earlier(make_place(people=1, town="Westholt").partnership) == 0

    def test_it_asks_no_more_of_a_larger_partnership(self, place, round, django_assert_max_num_queries):
        for member in place.members:
            rate(round, member, {1: 4})
        with django_assert_max_num_queries(5 + 3 + 2):
            assert prove_earlier(place.partnership) == 3


def _blank(responses):
    for each in responses:
        each.came_by, each.proofs = "", []
    return responses


def proved_rounds(place):
    """Two rounds in which somebody was known by the same address, and each by more."""
    member, found = place.members[0], []
    for title in ("Spring", "Autumn"):
        round = make_round(place.partnership, by=place.by, state="open", title=title)
        rate(round, member, {1: 4})
        response = Response.objects.get(round=round)
        response.came_by, response.proofs = "mailed", sorted(["mail:abc", f"code:{response.pk}"])
        response.save()
        found.append(advance(round, "shared", by=place.by))
    return found


class TestSomebodyErased:
    def test_nothing_tells_by_what_they_were_known_and_what_was_one_persons_stays_so(self, place):
        spring, autumn = proved_rounds(place)
        erasure.erase_person(by=place.by, membership=place.members[0])
        first, second = (Response.objects.get(round=each) for each in (spring, autumn))
        assert (first.came_by, second.came_by) == ("", "")
        assert first.proofs == ["erased:0", "erased:1"]
        assert second.proofs == ["erased:1", "erased:2"]

    def test_it_proves_nothing_new_afterwards(self, place):
        proved_rounds(place)
        erasure.erase_person(by=place.by, membership=place.members[0])
        assert prove_earlier(place.partnership) == 0


def test_after_the_councils_months_nothing_is_left_of_how_anybody_came_in(place):
    proved_rounds(place)
    later = timezone.localdate() + timedelta(days=366 * 20)
    assert len(retention.remove_old_ratings(by=None, today=later)) == 2
    assert not Response.objects.exists()
