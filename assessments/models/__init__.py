"""The rating itself: rounds, invitations, answers, the counts taken when a round freezes, the workshop."""

from .answers import Comment, Rating, Response
from .invitations import Invitation, InvitationLink
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
    "Rating",
    "Response",
    "RevealedCounts",
    "Round",
    "RoundCounts",
    "Seat",
    "Workshop",
    "WorkshopAction",
]
