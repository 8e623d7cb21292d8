"""A round made whole from ratings that were given elsewhere."""

from datetime import datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from framework.queries.wording import wording
from partnerships import operations as partnerships
from partnerships.models import Participant, Partnership, Sector
from partnerships.models.audit import actor_key
from partnerships.operations.audit import record
from partnerships.texts.tidy import can_be_seen, has_control_characters, tidy

from .. import queries
from ..models import Grouping, Invitation, Rating, Response, Round
from ..policies.base import NotNow
from ..policies.rounds import require_framework, require_settled
from ..sheets.ratings import DONT_KNOW
from ..states import RoundState
from .freezing import freeze
from .rounds import closing_time


@transaction.atomic
def import_round(
    *,
    by,
    partnership,
    title,
    sheet,
    edition=None,
    grouping=Grouping.ORGANISATION,
    closed_on=None,
    same_people=False,
    **settings,
):
    """A confidential round whose results are open, from a ``ratingsheet.Sheet``; returns the round.

    Every row is one person invited. A respondent that is a member's e-mail address is that member.
    ``same_people`` says that a respondent is the same person in each of the partnership's files of which
    that is said: people of two files are matched only then, and never with people who answered here.
    """
    title = _tidy_title(title)
    require_names(sheet, same_people)
    # Held, so that a second press of the button waits and is then told that the round is there.
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    _refuse_twice(partnership, title)
    organisations = _organisations(by, partnership, sheet)
    settings |= {"has_same_people": same_people}
    round = _closed_round(by, partnership, title, edition, grouping, closed_on, settings)
    participants = _participants(partnership, sheet)
    places = [
        {
            "participant": participant,
            "organisation": organisations.get(person.organisation.casefold()),
            "standpoint": person.standpoint,
        }
        for person, participant in zip(sheet.people, participants, strict=True)
    ]
    Invitation.objects.bulk_create(
        Invitation(round=round, entered_organisation=place["organisation"], **place) for place in places
    )
    _answers(round, sheet, places)
    freeze(round)
    round.state, round.revealed_at, round.revealed_by = RoundState.REVEALED, timezone.now(), actor_key(by)
    round.save()
    record(
        "round imported", by=by, target=round, partnership=partnership, after={"people": len(sheet.people)}
    )
    return round


def new_organisations(partnership, sheet):
    """The organisations in the sheet that the partnership does not have yet."""
    known = {name.casefold() for name in partnership.organisations.values_list("name", flat=True)}
    return [name for name in sheet.organisations if name.casefold() not in known]


def found_again(partnership, sheet):
    """How many people of the sheet are in other files of which it was said that their people are the same."""
    before = Participant.objects.filter(
        partnership=partnership,
        responses__round__in=partnership.rounds.filter(has_same_people=True),
        responses__answered_at__isnull=False,
    ).distinct()
    names = before.values_list("imported_as", "membership__email")
    known = {name for pair in names for name in pair if name}
    return sum(person.respondent in known for person in sheet.people)


def require_names(sheet, same_people):
    if same_people and not all(person.respondent for person in sheet.people):
        raise NotNow(
            _(
                "Without the column respondent nobody can be found again in another file. Add the column, or "
                "do not say that the people are the same."
            )
        )


def _tidy_title(title):
    title = tidy(title)
    if title and (has_control_characters(title) or not can_be_seen(title)):
        raise NotNow(_("The title of the round has no letters that can be seen. Give it another."))
    return title


def _refuse_twice(partnership, title):
    if partnership.rounds.filter(title__iexact=title).exists():
        raise NotNow(
            _("%(partnership)s already has a round called “%(title)s”. Choose another title.")
            % {"partnership": partnership, "title": title}
        )


def _organisations(by, partnership, sheet):
    for name in new_organisations(partnership, sheet):
        partnerships.add_organisation(by=by, partnership=partnership, name=name, sector=Sector.OTHER)
    return {organisation.name.casefold(): organisation for organisation in partnership.organisations.all()}


def _closed_round(by, partnership, title, edition, grouping, closed_on, settings):
    edition = edition or queries.editions.usual(partnership)
    require_framework(edition)
    require_settled(edition)
    round = Round(
        partnership=partnership,
        edition=edition,
        title=title,
        grouping=grouping,
        state=RoundState.CLOSED,
        is_brought_in=True,
        created_by=actor_key(by),
        closed_at=_noon(closed_on) if closed_on else closing_time(partnership),
        closed_by=actor_key(by),
        **settings,
    )
    round.full_clean()
    round.save()
    return round


def _noon(day):
    """Where a round of that day stands among the others: at noon, as whoever brings it in says."""
    if day > timezone.localdate():
        raise NotNow(_("The closing date lies in the future. Give the day the ratings were collected."))
    return min(timezone.make_aware(datetime.combine(day, time(12))), timezone.now())


def _participants(partnership, sheet):
    """The participant of each row, the missing ones made; without a respondent it has no name."""
    known = {
        participant.imported_as: participant
        for participant in partnership.participants.exclude(imported_as="")
    }
    known |= _members(partnership, {person.respondent for person in sheet.people if person.respondent})
    made = Participant.objects.bulk_create(
        Participant(partnership=partnership, imported_as=person.respondent)
        for person in sheet.people
        if person.respondent not in known
    )
    new = iter(made)
    return [known.get(person.respondent) or next(new) for person in sheet.people]


def _members(partnership, respondents):
    """Respondents that are a current member's e-mail address."""
    members = {member.email: member for member in partnership.memberships.current().exclude(email="")}
    return {
        respondent: Participant.objects.get_or_create(
            membership=members[respondent], defaults={"partnership": partnership}
        )[0]
        for respondent in respondents
        if respondent in members
    }


def _answers(round, sheet, places):
    """Responses and ratings of everybody who said something, in two bulk inserts."""
    answered = [
        (person, place) for person, place in zip(sheet.people, places, strict=True) if _said_something(person)
    ]
    responses = Response.objects.bulk_create(
        Response(
            round=round,
            came_by=Response.CameBy.FILE,
            started_at=round.closed_at,
            answered_at=round.closed_at if person.answered else None,
            submitted_at=round.closed_at if person.answered else None,
            **place,
        )
        for person, place in answered
    )
    actions = [action.id for action in wording(round.edition_id, "en").actions]
    Rating.objects.bulk_create(
        rating
        for (person, _place), response in zip(answered, responses, strict=True)
        for rating in _ratings(person, response, actions, round.closed_at)
    )


def _said_something(person):
    return person.answered or any(person.comments)


def _ratings(person, response, actions, at):
    for action, cell, comment in zip(actions, person.cells, person.comments, strict=True):
        if cell is not None or comment:
            yield Rating(
                response=response,
                action_id=action,
                level=None if cell == DONT_KNOW else cell,
                dont_know=cell == DONT_KNOW,
                comment=comment,
                saved_at=at,
            )
