"""What a text of an edition can hold, on a page as in a file."""

import unicodedata

from partnerships.texts.tidy import DIRECTION_MARKS

ONE_LINE = {"name": 200, "title": 200, "short_title": 40, "label": 40}
"""How many letters the texts may have that stand in one line; the same as in ``framework.models``."""
LONGEST = 2000
"""How many letters any other text may have: people read these on a phone."""
MOST_AREAS, MOST_ACTIONS, MOST_PROMPTS = 20, 60, 10


def is_control(sign: str, *, one_line: bool) -> bool:
    """Whether no text can hold this sign: it cannot be seen, some databases refuse it, a line ends at it
    unnoticed, or it turns round all that follows."""
    if sign in "\n\t":
        return one_line
    return unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") or ord(sign) in DIRECTION_MARKS
