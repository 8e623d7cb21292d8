import logging

import pytest

from config.logging import DiscreetFormatter, mask_tokens

SECRET = "kR7-_vQx9answer"


def formatted(message, *args, exc_info=None):
    record = logging.LogRecord("a", logging.ERROR, "file.py", 1, message, args, exc_info)
    return DiscreetFormatter("{levelname} {message}", style="{").format(record)


def caught(error):
    try:
        comment = f"They never listen: {SECRET}"
        raise error from KeyError(comment)
    except type(error) as raised:
        return type(raised), raised, raised.__traceback__


@pytest.mark.parametrize(
    "text",
    [
        f"GET /r/{SECRET}/3/ HTTP/1.1",
        f"https://site.example/r/{SECRET}",
        f'"/r/{SECRET}?next=1"',
        f"/cy/r/{SECRET}#top",
    ],
)
def test_link_tokens_are_masked(text):
    assert SECRET not in mask_tokens(text)
    assert "/r/…" in mask_tokens(text)


def test_a_token_among_the_arguments_is_masked():
    assert formatted("Not Found: %s", f"/r/{SECRET}/3/") == "ERROR Not Found: /r/…/3/"


def test_an_exception_is_told_by_type_and_place_only():
    text = formatted("Saving failed", exc_info=caught(ValueError(f"level {SECRET} is not known")))
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "test_logging.py:" in text
    assert "in caught" in text
    assert SECRET not in text
    assert "never listen" not in text


def test_text_another_handler_left_on_the_record_is_not_used():
    record = logging.LogRecord("a", logging.ERROR, "f.py", 1, "m", (), caught(ValueError(SECRET)))
    logging.Formatter().format(record)
    assert SECRET in record.exc_text
    assert SECRET not in DiscreetFormatter("%(message)s").format(record)
