"""The rating itself: rounds, invitations, answers, and the counts taken when a round freezes."""

from .answers import Comment, Rating, Response
from .invitations import Invitation, InvitationLink
from .rounds import LEAST_NUMBER, Confidentiality, Grouping, Round, RoundCounts

__all__ = [
    "LEAST_NUMBER",
    "Comment",
    "Confidentiality",
    "Grouping",
    "Invitation",
    "InvitationLink",
    "Rating",
    "Response",
    "Round",
    "RoundCounts",
]
