"""The rating itself: rounds, invitations, answers, the counts taken when a round freezes, next steps."""

from .answers import Comment, Rating, Response
from .invitations import Invitation, InvitationLink
from .nextsteps import NextStep
from .rounds import LEAST_NUMBER, Confidentiality, Grouping, Round, RoundCounts

__all__ = [
    "LEAST_NUMBER",
    "Comment",
    "Confidentiality",
    "Grouping",
    "Invitation",
    "InvitationLink",
    "NextStep",
    "Rating",
    "Response",
    "Round",
    "RoundCounts",
]
