"""What people type as a name, made comparable, without changing what anybody can see of it."""

import unicodedata

# Left over from copying out of address books: invisible, and they turn round the words that follow.
DIRECTION_MARKS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])


def tidy(text: str) -> str:
    """One line, single spaces, composed characters (é is one), no direction overrides."""
    return " ".join(unicodedata.normalize("NFC", text.translate(DIRECTION_MARKS)).split())


def has_control_characters(text: str) -> bool:
    return any(unicodedata.category(sign) in {"Cc", "Cs", "Co", "Cn"} for sign in text)


def can_be_seen(text: str) -> bool:
    """Whether anything of the text shows: not only spaces, joiners and marks."""
    return any(unicodedata.category(sign)[0] in "LNPS" for sign in text)


def alike(text: str) -> str:
    """What is the same of two texts that nobody can tell apart: without capitals and unseen signs."""
    return "".join(sign for sign in tidy(text).casefold() if unicodedata.category(sign) != "Cf")
