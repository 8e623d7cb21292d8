import pytest

from framework.checks.plainwords import not_british, reading_ease, syllables
from framework.queries.wording import wording


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *[("cat", 1), ("place", 1), ("places", 2), ("table", 2), ("whole", 1), ("names", 1), ("hoped", 1)],
        *[("wanted", 2), ("changes", 2), ("people", 2), ("the", 1), ("little", 2), ("community", 4)],
        *[("organisation", 5), ("voluntary", 4), ("rhythm", 1), ("b", 1)],
    ],
)
def test_syllables(word, count):
    assert syllables(word) == count


def test_reading_ease_is_the_published_formula():
    # 6 words, 1 sentence, 6 syllables; then 2 sentences of 2 words with 5 and 4 syllables.
    assert reading_ease("The cat sat on the mat.") == pytest.approx(206.835 - 1.015 * 6 - 84.6)
    assert reading_ease("Organisation hoped? Community now!") == pytest.approx(
        206.835 - 1.015 * 2 - 84.6 * 11 / 4
    )


@pytest.mark.parametrize("text", ["", "  ", "12 - 4!", "🙂"])
def test_without_words_there_is_nothing_to_say(text):
    assert reading_ease(text) is None


def test_the_british_way_whatever_the_ending():
    assert not_british("Organizing centers, and Organizing neighbors; a program.") == (
        ("organizing", "organising"),
        ("centers", "centres"),
        ("neighbors", "neighbours"),
        ("program", "programme"),
    )
    assert not_british("Organising centres; an honorary size, a laboratory, the programme's colour.") == ()


def test_edition_1_takes_its_own_advice(edition):
    words = wording(edition, "en-gb")
    for action in words.actions:
        assert reading_ease(f"{action.statement} {action.question}") >= 60, action.code
