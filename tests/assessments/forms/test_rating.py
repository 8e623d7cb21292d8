"""The quick reading of what somebody sent says what the form says, or nothing."""

import pytest
from django.http import QueryDict
from hypothesis import example, given
from hypothesis import strategies as st

from assessments.forms.rating import COMMENT_LENGTH, AnswerForm, plain_answer

LEVELS = st.sampled_from(["", "0", "1", "3", "5", "6", "dk", "DK", " 3", "३", "1e0"])
WAYS = st.sampled_from(["", "on", "back", "skip", "sideways"])
NUMBERS = st.sampled_from(["", "0", "3", "-1", "007", " 2", "²", "99999999999", "1.0"])
PAGES = st.text(max_size=40)
REVIEWS = st.sampled_from(["", "1", "0", "on", "False"])
TEXTS = st.text(max_size=60) | st.sampled_from(["\r\n ", "a\r\nb", "\x00", "x" * COMMENT_LENGTH, "x" * 2001])


def form_of(data):
    return AnswerForm(data, levels=range(1, 6))


def sent(**fields):
    data = QueryDict(mutable=True)
    data.update(fields)
    return data


PLAIN = {"level": "4", "comment": " Because.\r\n", "go": "on", "seen": "2", "page": "a1b2", "review": "1"}


@given(level=LEVELS, comment=TEXTS, go=WAYS, seen=NUMBERS, page=PAGES, review=REVIEWS)
@example(**PLAIN)
@example(**PLAIN | {"seen": "000000001"})
@example(**PLAIN | {"comment": "\r\n" * COMMENT_LENGTH})
@example(**PLAIN | {"comment": "x\r\n" * (COMMENT_LENGTH // 2)})
def test_it_says_what_the_form_says(**fields):
    quick = plain_answer(sent(**fields))
    form = form_of(sent(**fields))
    if quick:
        assert form.is_valid(), form.errors
        assert quick == form.sent


@pytest.mark.parametrize("level", ["1", "2", "3", "4", "5", "dk"])
@pytest.mark.parametrize("way", ["on", "back"])
def test_it_knows_what_our_pages_send(level, way):
    quick = plain_answer(sent(**PLAIN | {"level": level, "go": way}))
    assert (quick.level, quick.dont_know) == ((None, True) if level == "dk" else (int(level), False))
    assert (quick.comment, quick.seen, quick.page, quick.way, quick.review) == (
        "Because.",
        2,
        "a1b2",
        way,
        True,
    )


@pytest.mark.parametrize(
    "odd",
    [
        {"level": ""},
        {"level": "6"},
        {"go": "skip"},
        {"comment": "x" * (COMMENT_LENGTH + 1)},
        {"comment": "a\x00b"},
        {"seen": "-1"},
        {"seen": "3000000000"},
        {"page": "x" * 33},
    ],
    ids=str,
)
def test_it_leaves_the_rest_to_the_form(odd):
    assert plain_answer(sent(**PLAIN | odd)) is None
