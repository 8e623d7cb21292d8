"""Which framework a round is about, in which edition, and that a round keeps it once it is open."""

import pytest
from django.utils import timezone

from assessments import policies, queries
from assessments.models import Round
from assessments.operations import rounds
from assessments.operations.rehearsals import begin_rehearsal
from assessments.operations.workshops import move, start_workshop
from assessments.policies.base import NotNow
from framework.models import Edition
from framework.operations import start_draft
from framework.queries.wording import wording
from partnerships.models.audit import AuditEvent
from tests.assessments.compare_room import bring_in, crowd
from tests.assessments.council_room import another_framework
from tests.assessments.round_room import make_place
from tests.factories import CouncilFactory, make_round, make_step, rate
from tests.framework.editions import next_edition
from tests.made_once import made_once

CODE = "citizens-places"
"""An action of both frameworks of these tests, which means another thing in each."""


@made_once
def place():
    return make_place()


def second(edition, **kinds):
    return next_edition(edition, {"purpose": "clarified"} | kinds)


def retire(edition):
    """As an edition is taken out of use."""
    edition = Edition.objects.get(pk=edition.pk)
    edition.status = Edition.Status.RETIRED
    edition.save_base(raw=True)
    return edition


def make_own(edition, council):
    edition.owner = council
    edition.save_base(raw=True)


class TestChoosing:
    def test_with_one_framework_its_newest_edition_is_all_there_is(self, place, edition):
        later = second(edition)
        assert queries.editions.choices(place.partnership) == [later]
        assert queries.editions.usual(place.partnership) == later

    def test_another_framework_stands_beside_it_and_does_not_take_its_place(self, place, edition):
        other = another_framework(edition)
        assert queries.editions.choices(place.partnership) == [edition, other]
        assert queries.editions.usual(place.partnership) == edition

    def test_the_framework_of_the_last_round_is_the_usual_one(self, place, edition):
        other = another_framework(edition)
        make_round(place.partnership, edition=other)
        assert queries.editions.usual(place.partnership) == other
        assert make_round(place.partnership, title="Next").edition == other

    def test_a_council_goes_on_with_wording_of_its_own(self, place, edition):
        own = second(edition)
        make_own(own, place.partnership.council)
        assert queries.editions.usual(place.partnership) == own
        elsewhere = make_place(town="Eastmoor").partnership
        assert queries.editions.choices(elsewhere) == [edition]

    def test_without_a_published_framework_a_round_is_refused_in_words(self, place, edition):
        retire(edition)
        with pytest.raises(NotNow, match="no published framework yet"):
            rounds.create_round(by=place.by, partnership=place.partnership, title="Autumn")
        assert not Round.objects.exists()

    def test_what_was_rated_on_paper_may_be_of_an_edition_no_longer_used(self, place, edition):
        later = second(edition)
        retire(edition)
        assert queries.editions.rated_elsewhere(place.partnership) == [later, edition]


class TestOpening:
    def test_a_draft_takes_the_newest_wording_and_the_trail_says_so(self, place, edition):
        round = make_round(place.partnership)
        later = second(edition)
        assert round.edition == edition
        round = rounds.open_round(by=place.by, round=round)
        assert round.edition == later
        event = AuditEvent.objects.get(event="round moved to another edition")
        assert event.before == {"edition": str(edition)}
        assert event.after == {"edition": str(later)}

    def test_a_draft_that_has_the_newest_says_nothing(self, place, edition):
        second(edition)
        rounds.open_round(by=place.by, round=make_round(place.partnership))
        assert not AuditEvent.objects.filter(event="round moved to another edition").exists()

    def test_it_stays_with_its_framework(self, place, edition):
        other = another_framework(edition)
        round = make_round(place.partnership, edition=other)
        second(edition)
        assert rounds.open_round(by=place.by, round=round).edition == other

    def test_nothing_happens_if_yet_another_edition_came_out_while_the_lead_looked(self, place, edition):
        round = make_round(place.partnership)
        seen = second(edition)
        next_edition(seen, {}, number=3)
        with pytest.raises(NotNow, match=r"changed while you were looking.*edition 3"):
            rounds.open_round(by=place.by, round=round, seen=seen.pk)
        round.refresh_from_db()
        assert (round.state, round.edition) == ("draft", edition)
        assert not round.invitations.exists()

    def test_one_that_was_retired_is_not_opened_with(self, place, edition):
        later = second(edition)
        round = make_round(place.partnership)
        retire(later)
        assert rounds.open_round(by=place.by, round=round).edition == edition

    def test_where_none_is_left_it_is_refused_and_says_what_to_do(self, place, edition):
        round = make_round(place.partnership)
        retire(edition)
        with pytest.raises(NotNow, match="Choose another framework"):
            rounds.open_round(by=place.by, round=round)
        round.refresh_from_db()
        assert round.state == "draft"

    def test_words_that_can_still_change_are_nobodys_to_rate(self, place, edition):
        round = make_round(place.partnership)
        draft = start_draft(by=place.by, framework=edition.framework)
        for attempt in (
            lambda: make_round(place.partnership, edition=draft, title="New"),
            lambda: rounds.change_round(by=place.by, round=round, edition=draft),
            lambda: bring_in(place.partnership, "From a sheet", crowd(3), edition=draft),
        ):
            with pytest.raises(NotNow, match="still a draft"):
                attempt()
        assert [each.edition for each in Round.objects.all()] == [edition]

    def test_a_workshop_on_a_draft_takes_it_too(self, place, edition):
        round = make_round(place.partnership)
        later = second(edition, **{CODE: "retired"})
        workshop = start_workshop(by=place.by, round=round, seen=later.pk)
        assert workshop.round.edition == later
        assert workshop.actions.count() == later.actions.count() == 10

    def test_a_workshop_called_off_leaves_nothing_of_the_older_words(self, place, edition):
        round = make_round(place.partnership)
        workshop = start_workshop(by=place.by, round=round)
        move(by=place.by, workshop=workshop, name="call_off", seen=workshop.revision)
        later = second(edition, **{CODE: "retired"})
        round = rounds.open_round(by=place.by, round=Round.objects.get(pk=round.pk))
        assert round.edition == later
        assert not type(workshop).objects.filter(pk=workshop.pk).exists()

    def test_a_rehearsal_has_the_words_of_the_day(self, place, edition):
        draft = make_round(place.partnership)
        open_now = make_round(place.partnership, state="open", title="Open")
        later = second(edition)
        assert begin_rehearsal(by=place.by, round=draft).round.edition == later
        assert begin_rehearsal(by=place.by, round=open_now).round.edition == edition


class TestKeeping:
    """Once open, a round keeps its edition for ever; the next one has the new words."""

    def test_a_round_being_rated_when_an_edition_comes_out(self, place, edition):
        round = make_round(place.partnership, state="open")
        rate(round, place.members[0], dict.fromkeys(range(1, 12), 3))
        later = second(edition, **{CODE: "retired"})
        rate(round, place.members[1], dict.fromkeys(range(1, 12), 4))
        for step in (rounds.close_round, rounds.reveal_round):
            round = step(by=place.by, round=Round.objects.get(pk=round.pk))
        shared = rounds.share_round(by=place.by, round=round)
        assert shared.edition == edition
        assert [action.code for action in queries.results.of(shared).actions] == [
            action.code for action in wording(edition, "en").actions
        ]
        following = make_round(place.partnership, state="open", title="Next")
        assert following.edition == later

    def test_opened_again_it_has_the_words_it_had(self, place, edition):
        round = make_round(place.partnership, state="closed")
        second(edition)
        round = rounds.reopen_round(by=place.by, round=round, reason="Two were on leave")
        assert round.edition == edition


class TestTwoFrameworksInOnePartnership:
    """Side by side, and never compared, not even where both use the same code."""

    @pytest.fixture
    def both(self, place, edition):
        other = another_framework(edition)
        first = bring_in(place.partnership, "First", crowd(*[3] * 6), edition=edition)
        between = bring_in(place.partnership, "Between", crowd(*[5] * 6), edition=other)
        last = bring_in(place.partnership, "Last", crowd(*[4] * 6), edition=edition)
        return first, between, last

    def test_the_round_before_is_the_last_one_of_the_same_framework(self, both):
        first, between, last = (Round.objects.get(pk=each.pk) for each in both)
        assert last.previous == first
        assert between.previous is None
        assert queries.results.between(between, last) is None

    def test_they_cannot_stand_side_by_side(self, both):
        with pytest.raises(policies.comparison.CannotCompare, match="different frameworks"):
            policies.comparison.require_comparable(list(both[:2]))

    def test_who_has_not_chosen_sees_rounds_of_one_framework(self, both):
        assert queries.comparison.usual(list(both)) == [both[0], both[2]]
        assert queries.comparison.usual(list(both[:2])) == []

    def test_a_step_about_one_is_not_said_of_the_other(self, place, both):
        first, between, _last = both
        make_step(place.partnership, 1, round=between)
        assert queries.nextsteps.since_results(between, [CODE]).count() == 1
        assert queries.nextsteps.since_results(first, [CODE]).count() == 0

    def test_steps_have_the_words_of_their_own_framework(self, place, both):
        _first, between, last = both
        make_step(place.partnership, 1, round=between, text="Of the ten")
        number = wording(last.edition_id, "en").by_code(CODE).number
        make_step(place.partnership, number, round=last, text="Of ours")
        found = queries.nextsteps.listing(place.partnership, is_lead=True, today=timezone.localdate())
        assert [(action.title, [line.step.text for line in lines]) for action, lines in found.groups] == [
            (wording(last.edition_id, "en").by_code(CODE).title, ["Of ours"]),
            (f"Title of {CODE}", ["Of the ten"]),
        ]


def test_a_partnership_handed_to_another_council_leaves_the_first_ones_wording(place, edition):
    own = second(edition)
    make_own(own, place.partnership.council)
    round = make_round(place.partnership)
    place.partnership.council = CouncilFactory()
    place.partnership.save()
    assert rounds.open_round(by=place.by, round=Round.objects.get(pk=round.pk)).edition == edition
