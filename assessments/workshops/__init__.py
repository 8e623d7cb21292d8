"""The live session: what its screens show, and the prompts to talk by."""

from . import control, drawing, invented, phone, preview, profile, prompts, screens, square, words

__all__ = [
    "control",
    "drawing",
    "invented",
    "phone",
    "preview",
    "profile",
    "prompts",
    "screens",
    "square",
    "words",
]
