"""What of a results page can still change, read in one query; all else of it is kept once drawn."""

from dataclasses import dataclass

from ..models.nextsteps import NextStepQuerySet
from ..prepared import Prepared
from ..states import RoundState, WorkshopState

# The steps are those of readable_by(), under way or ended since the results were opened, soonest_first().
# Building the query with the ORM took a third of the page's time.
CHANGING = Prepared(
    "assessments_changing",
    ["boolean", "bigint"],
    f"""
    SELECT workshop.state, EXISTS (SELECT 1 FROM assessments_comment WHERE round_id = round.id),
           before.id, before.title, before.state,
           action.code, step.owner, step.due_on, step.state
    FROM assessments_round round
    LEFT JOIN assessments_workshop workshop ON workshop.round_id = round.id
    LEFT JOIN assessments_round before ON before.id = round.previous_id
    LEFT JOIN assessments_nextstep step
      ON step.partnership_id = round.partnership_id
     AND EXISTS (SELECT 1 FROM framework_action about
                 JOIN framework_edition theirs ON theirs.id = about.edition_id
                 JOIN framework_edition ours ON ours.framework_id = theirs.framework_id
                 WHERE about.id = step.action_id AND ours.id = round.edition_id)
     AND (step.state = 'open' OR step.closed_at >= round.revealed_at)
     AND {NextStepQuerySet.READABLE}
    LEFT JOIN framework_action action ON action.id = step.action_id
    WHERE round.id = %s
    ORDER BY {NextStepQuerySet.SOONEST}
    """,  # noqa: S608  texts of our own
)


@dataclass(frozen=True, slots=True)
class Before:
    """The round the results are read beside: its key, and its title, which can be put right."""

    pk: int
    title: str


@dataclass(frozen=True, slots=True)
class Changing:
    """``has_finished_workshop``: what a workshop added is there. ``before``: the round to read beside, where
    the reader may see it. ``has_comments`` is here for being in the same query. ``steps``: (action's code,
    owner, due day, state) of what has been decided, as far as the reader may read it, soonest first.
    """

    has_finished_workshop: bool
    has_comments: bool
    before: Before | None
    steps: tuple[tuple, ...]


def read(round, *, is_lead):
    """What can still change of the results of a frozen round, for a lead or for somebody else."""
    rows = CHANGING.all(is_lead, round.pk)
    workshop, has_comments, before, title, state = rows[0][:5]
    may_see = before and (is_lead or state == RoundState.SHARED)
    return Changing(
        has_finished_workshop=workshop == WorkshopState.FINISHED,
        has_comments=bool(has_comments),
        before=Before(before, title) if may_see else None,
        steps=tuple(tuple(row[5:]) for row in rows if row[5] is not None),
    )
