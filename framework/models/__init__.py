"""Frameworks, their editions, and every word in them."""

from .changes import Change, Translation
from .editions import Edition, Framework
from .protection import PublishedEditionChanged
from .words import Action, ActionLevel, Area, Level

__all__ = [
    "Action",
    "ActionLevel",
    "Area",
    "Change",
    "Edition",
    "Framework",
    "Level",
    "PublishedEditionChanged",
    "Translation",
]
