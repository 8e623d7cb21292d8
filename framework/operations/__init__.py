"""Every write to a framework: one function each, keyword-only, in one transaction with its audit event."""

from .drafts import drop_draft, publish, start_draft
from .editions import retire_edition, use_again
from .files import import_edition
from .kinds import answer_changes, answer_questions, take_back_answers
from .texts import write_texts

__all__ = [
    "answer_changes",
    "answer_questions",
    "drop_draft",
    "import_edition",
    "publish",
    "retire_edition",
    "start_draft",
    "take_back_answers",
    "use_again",
    "write_texts",
]
