"""What an editor does to a draft, for the tests of its pages."""

from framework import parts
from framework.operations import write_texts
from framework.wording import wording


def write(draft, code, by=None, **texts):
    """Write texts of one action as an editor who saw what is stored; without a code, labels."""
    part = parts.of_action(code) if code else parts.OF_LEVELS
    seen = parts.texts_in(wording(draft, "en"), part)
    return write_texts(by=by, edition=draft, part=part, texts=texts, seen=seen)
