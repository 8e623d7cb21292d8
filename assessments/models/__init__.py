"""The rating itself: rounds, invitations, answers, frozen counts, next steps, workshops."""

from .answers import Comment, Rating, Response
from .changes import RoundChange
from .invitations import Invitation, InvitationLink
from .letters import Letter
from .nextsteps import NextStep
from .rounds import LEAST_NUMBER, Confidentiality, Grouping, Round, RoundCounts
from .workshops import AgreedRating, RevealedCounts, Seat, Workshop, WorkshopAction

__all__ = [
    "LEAST_NUMBER",
    "AgreedRating",
    "Comment",
    "Confidentiality",
    "Grouping",
    "Invitation",
    "InvitationLink",
    "Letter",
    "NextStep",
    "Rating",
    "Response",
    "RevealedCounts",
    "Round",
    "RoundChange",
    "RoundCounts",
    "Seat",
    "Workshop",
    "WorkshopAction",
]
