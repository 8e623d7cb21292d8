"""Text that goes into a spreadsheet cell."""

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")


def inert(text):
    """The text as a cell that no spreadsheet takes for a formula, whoever wrote it.

    An apostrophe in front makes it text. What comes before the sign is looked through, because some
    programs drop leading blanks and unseen signs.
    """
    text = str(text)
    visible = text.lstrip(" \u00a0\u200b\u200e\u200f\ufeff\v\f\0")
    return f"'{text}" if visible.startswith(STARTS_A_FORMULA) else text
