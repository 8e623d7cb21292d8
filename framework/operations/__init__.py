"""Every write to a framework: one function each, keyword-only, in one transaction with its audit event."""

from .areas import add_area, bring_back_area, remove_area, step_area
from .drafts import drop_draft, publish, start_draft
from .editions import retire_edition, use_again
from .files import import_edition
from .kinds import answer_changes, answer_questions, take_back_answers
from .languages import confirm_translations, write_translations
from .structure import (
    add_action,
    bring_back_action,
    merge_actions,
    move_action,
    retire_action,
    split_action,
    step_action,
)
from .texts import write_texts

__all__ = [
    "add_action",
    "add_area",
    "answer_changes",
    "answer_questions",
    "bring_back_action",
    "bring_back_area",
    "confirm_translations",
    "drop_draft",
    "import_edition",
    "merge_actions",
    "move_action",
    "publish",
    "remove_area",
    "retire_action",
    "retire_edition",
    "split_action",
    "start_draft",
    "step_action",
    "step_area",
    "take_back_answers",
    "use_again",
    "write_texts",
    "write_translations",
]
