"""Looking back: who is asked, what is kept of it, and that it stays apart from the ratings."""

import json

import pytest
from django.core.cache import caches
from django.db import IntegrityError, transaction

from assessments import queries
from assessments.models import Invitation, Rating, RoundCounts
from assessments.models.frozen import FrozenRatingsChanged
from assessments.operations import erasure, invitations, retention, rounds
from assessments.operations.looking_back import look_back
from assessments.policies.base import NotNow
from assessments.queries.looking_back import asked
from tests.assessments.compare_room import bring_in, crowd
from tests.assessments.rating_room import AskedMember, code_of, save, start
from tests.assessments.round_room import make_place, words
from tests.factories import advance, everybody, make_lead, make_round, proved, rate
from tests.framework.editions import next_edition
from tests.made_once import made_once

pytestmark = pytest.mark.django_db

LEVELS = (2, 2, 2, 3, 3, 3, 4, 4)


@made_once
def place():
    return make_place(people=9)


@made_once
def spring(place):
    """Eight of the nine members answered."""
    answers = everybody(place.members[:8], *[3] * 8)
    return make_round(place.partnership, by=place.by, state="shared", title="Spring", answers=answers)


@made_once
def autumn(place, spring):
    return make_round(place.partnership, by=place.by, state="open", title="Autumn", looks_back_to=spring)


def code(n):
    return f"AAAA222{n}"


def answer(round, place, n, now, then):
    """Somebody rates the first action, and says what it was then."""
    member = place.members[n]
    response = rate(round, member, {1: now}, code=code(n + 2))
    response.proofs = proved(response)
    response.save(update_fields=["proofs"])
    if then is not None:
        invitation = place.invitation(round, member)
        look_back(invitation=invitation, code=code(n + 2), action_id=first(round), level=then)


def first(round):
    return round.edition.actions.get(number=1).pk


class TestWhoIsAsked:
    def test_those_who_answered_the_round_they_look_back_to(self, place, autumn):
        invited = [place.invitation(autumn, member) for member in place.members]
        assert len(asked(autumn, invited[0].participant)) == 11
        assert asked(autumn, invited[8].participant) == frozenset()

    def test_nobody_where_the_round_does_not_ask(self, place, spring):
        round = make_round(place.partnership, state="open", title="Plain")
        assert asked(round, place.invitation(round, place.members[0]).participant) == frozenset()

    def test_not_about_an_action_that_meant_something_else(self, place, spring, edition):
        later = next_edition(edition, {"citizens-places": "meaning_changed"})
        round = make_round(
            place.partnership, state="open", title="Autumn", edition=later, looks_back_to=spring
        )
        wanted = asked(round, place.invitation(round, place.members[0]).participant)
        assert len(wanted) == 10
        assert first(round) not in wanted

    def test_what_is_not_asked_is_not_kept(self, place, autumn):
        with pytest.raises(NotNow, match="not asked to look back"):
            answer(autumn, place, 8, 4, 3)


class TestWhatARoundLooksBackTo:
    def refused(self, place, before, **settings):
        with pytest.raises(NotNow, match="People can look back only to a closed round"):
            rounds.create_round(
                by=None, partnership=place.partnership, title="T", looks_back_to=before, **settings
            )

    def test_only_a_closed_round_of_the_same_kind_and_partnership(self, place, spring):
        self.refused(place, make_round(place.partnership, state="open", title="Open"))
        self.refused(place, spring, confidentiality="named")
        other = make_place(town="Southmoor")
        self.refused(other, spring)

    def test_settled_before_anybody_is_asked(self, autumn):
        with pytest.raises(NotNow, match="can no longer be changed"):
            rounds.change_round(by=None, round=autumn, looks_back_to=None)

    def test_the_form_offers_it_where_there_is_something_to_look_back_to(self, place):
        address = f"/partnerships/{place.partnership.slug}/rounds/new/"
        assert "Ask people to look back" not in words(place.web.get(address))
        before = make_round(place.partnership, by=place.by, state="closed", title="Spring")
        assert "Ask people to look back" in words(place.web.get(address))
        data = {"title": "Autumn", "grouping": "organisation", "least_number": 5, "looks_back_to": "on"}
        page = place.web.post(address, data | {"confidentiality": "named"})
        assert page.status_code == 422
        assert "There is no closed round of this kind to look back to." in words(page)
        place.web.post(address, data | {"confidentiality": "confidential"})
        made = place.partnership.rounds.get(title="Autumn")
        assert made.looks_back_to == before
        assert "Asked after each rating, to Spring" in words(place.web.get(made.get_absolute_url()))


class TestWhatIsKept:
    def test_today_against_then_counted_at_the_freeze(self, place, autumn):
        for n, level in enumerate(LEVELS):
            answer(autumn, place, n, level, 1 if n < 7 else 5)
        round = advance(autumn, "revealed")
        change = queries.results.of(round).looking_back[0]
        assert (change.matched, change.higher_at_least, change.lower_at_most) == (8, 7, 1)

    def test_no_average_is_made_of_it(self, place, autumn):
        for n, level in enumerate(LEVELS):
            answer(autumn, place, n, level, 1)
        action = queries.results.of(advance(autumn, "revealed")).actions[0]
        assert (action.distribution.counts, action.n) == ((0, 3, 3, 2, 0), 8)

    def test_a_few_who_did_not_look_back_hide_the_counts(self, place, autumn):
        for n, level in enumerate(LEVELS):
            answer(autumn, place, n, level, 1 if n < 7 else None)
        round = advance(autumn, "revealed")
        change = queries.results.of(round).looking_back[0]
        assert (change.matched, change.higher_at_least, change.hidden) == (None, None, True)
        stored = json.dumps(RoundCounts.objects.get(round=round).data["layers"]["looking_back"])
        assert '"higher": 7' not in stored

    def test_saying_it_again_and_taking_it_back(self, place, autumn):
        answer(autumn, place, 0, 4, 2)
        invitation = place.invitation(autumn, place.members[0])
        said = {"invitation": invitation, "code": code(2), "action_id": first(autumn)}
        look_back(**said, level=3)
        assert back_levels(autumn) == [3]
        look_back(**said, level=None)
        assert back_levels(autumn) == []

    def test_it_freezes_with_the_round(self, place, autumn):
        answer(autumn, place, 0, 4, 2)
        advance(autumn, "revealed")
        rating = Rating.objects.get(layer="looking_back")
        rating.level = 5
        for attempt in (
            rating.save,
            rating.delete,
            lambda: Rating.objects.filter(layer="looking_back").update(level=5),
            lambda: Rating.objects.create(
                response=rating.response, action_id=rating.action_id + 1, layer="looking_back", level=5
            ),
        ):
            with pytest.raises(FrozenRatingsChanged):
                attempt()

    def test_it_is_a_level_and_nothing_else(self, place, autumn):
        answer(autumn, place, 0, 4, 2)
        said = Rating.objects.get(layer="looking_back")
        for field, value in (("level", None), ("level", 6), ("comment", "I was away")):
            changed = Rating.objects.get(pk=said.pk)
            setattr(changed, field, value)
            with pytest.raises(IntegrityError), transaction.atomic():
                changed.save()

    def test_erasing_and_retention_take_it_as_other_answers(self, place, autumn):
        answer(autumn, place, 0, 4, 2)
        answer(autumn, place, 1, 4, 2)
        erasure.erase_person(by=None, membership=place.members[0])
        assert back_levels(autumn) == [2]
        round = advance(autumn, "revealed")
        from assessments.analysis.dates import months_after

        retention.remove_old_ratings(by=None, today=months_after(round.revealed_at.date(), 40))
        assert back_levels(autumn) == []

    def test_starting_again_takes_it_away(self, place, autumn):
        answer(autumn, place, 0, 4, 2)
        invitations.restart_answers(by=place.by, invitation=place.invitation(autumn, place.members[0]))
        assert back_levels(autumn) == []


def back_levels(round):
    return list(
        Rating.objects.filter(response__round=round, layer="looking_back").values_list("level", flat=True)
    )


class TestOnThePhone:
    @pytest.fixture
    def room(self, place, autumn):
        caches["default"].clear()
        invitation = Invitation.objects.select_related("round").get(
            round=autumn, participant__membership=place.members[0]
        )
        token = invitations.issue_link(by=None, invitation=invitation)
        return AskedMember(place.partnership, place.lead, place.members[0], autumn, invitation, token)

    def test_it_is_said_before_anybody_rates(self, client, room):
        assert "you are also asked after each question how you would rate it then" in words(
            client.get(room.url())
        )

    @pytest.mark.both_databases
    def test_one_tap_more_and_on(self, client, room):
        start(client, room)
        assert save(client, room, 1, "4").url == room.url("1/back/")
        page = client.get(room.url("1/back/"))
        assert "And thinking back to Spring, how would you rate it then?" in words(page)
        assert "Today you say 4" in words(page)
        assert client.post(room.url("1/back/"), {"level": "2"}).url == room.url("2/")
        assert back_levels(room.round) == [2]
        today = Rating.objects.filter(response__round=room.round, layer="first")
        assert list(today.values_list("level", flat=True)) == [4]

    def test_asked_once_and_not_after_dont_know(self, client, room):
        start(client, room)
        assert save(client, room, 1, "dk").url == room.url("2/")
        save(client, room, 1, "4")
        client.post(room.url("1/back/"), {"level": "2"})
        assert save(client, room, 1, "5").url == room.url("2/")
        assert save(client, room, 2, go="back").url == room.url("1/")

    def test_i_cannot_say_keeps_nothing(self, client, room):
        start(client, room)
        save(client, room, 1, "4")
        assert client.post(room.url("1/back/"), {"level": "0"}).url == room.url("2/")
        assert back_levels(room.round) == []

    @pytest.mark.parametrize("said", ["", "9", "-1", "2.5", "<script>", "１"])
    def test_anything_else_is_asked_again(self, client, room, said):
        start(client, room)
        save(client, room, 1, "4")
        page = client.post(room.url("1/back/"), {"level": said})
        assert page.status_code == 422
        assert "Choose one of the levels" in words(page)
        assert back_levels(room.round) == []

    def test_looked_over_changed_and_taken_along(self, client, room):
        start(client, room)
        save(client, room, 1, "4")
        client.post(room.url("1/back/"), {"level": "2"})
        page = client.get(room.url("review/"))
        assert "Looking back to Spring: 2" in words(page)
        assert "/1/back/?review=1" in page.content.decode()
        client.post(room.url("1/back/"), {"level": "3", "review": "1"})
        data = client.get(room.url("data/")).json()
        assert data["ratings"][0] | {"saved_at": ""} == {
            "number": 1,
            "action": "Focus on local citizens and places",
            "level": 4,
            "dont_know": False,
            "comment": "",
            "looking_back": 3,
            "saved_at": "",
        }

    def test_another_browser_without_the_code_neither_sees_nor_says_it(self, client, room):
        start(client, room)
        save(client, room, 1, "4")
        client.post(room.url("1/back/"), {"level": "2"})
        assert code_of(client, room)
        client.cookies.clear()
        assert client.get(room.url("1/back/")).url == room.url("code/")
        assert client.post(room.url("1/back/"), {"level": "5"}).url == room.url("code/")
        assert back_levels(room.round) == [2]

    def test_a_round_that_has_closed(self, client, room):
        start(client, room)
        save(client, room, 1, "4")
        rounds.close_round(by=None, round=room.round)
        assert client.post(room.url("1/back/"), {"level": "2"}).status_code == 409
        assert back_levels(room.round) == []

    def test_no_such_page_where_the_round_does_not_ask(self, client, place, edition):
        round = make_round(place.partnership, state="open", title="Plain")
        invitation = Invitation.objects.get(round=round, participant__membership=place.members[0])
        token = invitations.issue_link(by=None, invitation=invitation)
        assert client.get(f"/r/{token}/1/back/").status_code == 404


class TestBesideTheChange:
    @pytest.fixture
    def page(self, place, autumn):
        """Everybody falls by one since spring, and says it was lower then."""
        for n in range(8):
            answer(autumn, place, n, 2, 1)
        advance(autumn, "shared")
        return place.web.get(f"/partnerships/{place.partnership.slug}/compare/")

    def test_the_second_bar_and_what_it_says_of_a_fall(self, page):
        said = words(page)
        assert "All 8 who looked back, or all but one, say it is higher now than then." in said
        assert "People look back and do not see a fall: they may see more clearly now." in said
        assert "Looking back: people were also asked" in said

    def test_only_beside_the_round_they_looked_back_to(self, place, page):
        bring_in(place.partnership, "Winter", crowd(*[3] * 8))
        chosen = "&".join(f"rounds={round.pk}" for round in place.partnership.rounds.exclude(title="Spring"))
        said = words(place.web.get(f"/partnerships/{place.partnership.slug}/compare/?{chosen}"))
        assert "looked back" not in said


def test_a_round_that_looks_back_can_be_rated_in_the_room_all_the_same(place, spring):
    from assessments.operations import workshops

    make_lead(place.partnership)
    round = make_round(place.partnership, title="In the room", looks_back_to=spring)
    workshop = workshops.start_workshop(by=None, round=round)
    for seen, name in enumerate(("begin", "end", "finish"), 1):
        workshops.move(by=None, workshop=workshop, name=name, seen=seen)
    round.refresh_from_db()
    assert {change.reading.value for change in queries.results.of(round).looking_back} == {"too_few"}
