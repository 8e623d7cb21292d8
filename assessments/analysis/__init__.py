"""The arithmetic of the product: ratings in, readings out.

Pure: the standard library only, frozen dataclasses in and out. Page, chart, file and command
line all read the same results. No data is ``None``, never 0; nothing here is rounded but by
:mod:`.rounding`, which writes a number for people to read.
"""

from . import dates, portfolio, shades
from .agreement import AGREEMENT_CUT_OFF, Verdict, average_deviation, consensus, verdict
from .attention import AttentionEntry, Reason
from .bands import Band, band
from .between import (
    BROUGHT_IN,
    NOT_PROVED,
    NOT_RATED,
    NOT_SAID_SAME,
    RATINGS_REMOVED,
    Between,
    is_of_today,
)
from .change import Change, not_comparable
from .change import Reading as ChangeReading
from .coarse import Counts
from .comparing import Changes, compare, compare_in_room
from .counts import (
    ActionCounts,
    GroupCounts,
    OrganisationTurnout,
    ResponseNote,
    RoundCounts,
    Turnout,
    action_from_json,
    action_to_json,
)
from .disclosure import NO_GROUP, as_if_confidential, at_least_answered, pool, protected, with_late_groups
from .distribution import LEVELS, Distribution
from .gaps import Gap, gaps
from .moved import Answered, Cells, Pair, both_times, tied
from .results import ActionResult, AreaResult, GroupResult, Results, Rules, analyse, with_workshop
from .rounding import shown_mean, shown_median, shown_percent
from .second import SecondCounts
from .standing import ActionStanding, Standing, middle_half, standing

__all__ = [
    "AGREEMENT_CUT_OFF",
    "BROUGHT_IN",
    "LEVELS",
    "NOT_PROVED",
    "NOT_RATED",
    "NOT_SAID_SAME",
    "NO_GROUP",
    "RATINGS_REMOVED",
    "ActionCounts",
    "ActionResult",
    "ActionStanding",
    "Answered",
    "AreaResult",
    "AttentionEntry",
    "Band",
    "Between",
    "Cells",
    "Change",
    "ChangeReading",
    "Changes",
    "Counts",
    "Distribution",
    "Gap",
    "GroupCounts",
    "GroupResult",
    "OrganisationTurnout",
    "Pair",
    "Reason",
    "ResponseNote",
    "Results",
    "RoundCounts",
    "Rules",
    "SecondCounts",
    "Standing",
    "Turnout",
    "Verdict",
    "action_from_json",
    "action_to_json",
    "analyse",
    "as_if_confidential",
    "at_least_answered",
    "average_deviation",
    "band",
    "both_times",
    "compare",
    "compare_in_room",
    "consensus",
    "dates",
    "gaps",
    "is_of_today",
    "middle_half",
    "not_comparable",
    "pool",
    "portfolio",
    "protected",
    "shades",
    "shown_mean",
    "shown_median",
    "shown_percent",
    "standing",
    "tied",
    "verdict",
    "with_late_groups",
    "with_workshop",
]
