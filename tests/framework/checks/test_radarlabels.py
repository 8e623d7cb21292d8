"""Whether the labels around the radar can be read; that the browser draws them there is in tests/browser."""

from dataclasses import replace

import pytest

from framework.checks import radarlabels
from framework.queries.drafts import findings
from framework.queries.wording import wording

LONG = "Long-term wholehearted political support"


@pytest.fixture
def actions(published):
    return wording(published, "en").actions


def called(actions, **titles):
    """The same actions, some under another short title: ``a4="Clear purpose"``."""
    return [replace(each, short_title=titles.get(f"a{each.number}", each.short_title)) for each in actions]


def found(actions):
    return [([label.number for label in each.labels], each.width) for each in radarlabels.troubles(actions)]


def test_every_label_of_the_published_edition_can_be_read(published, actions):
    assert found(actions) == []
    assert not [each for each in findings(published) if each.where == "Radar"]


def test_a_label_stands_beyond_the_rim_and_away_from_the_middle(actions):
    boxes = radarlabels.boxes(actions, 640)
    top, right, left = boxes[0], boxes[2], boxes[9]
    assert top.left < 320 < top.right
    assert top.bottom < 246 - 180
    assert right.left > 320 + 170
    assert left.right < 320 - 170


def test_four_lines_run_into_the_label_below_where_the_chart_is_small(actions):
    assert found(called(actions, a5=LONG)) == [([5, 6], 540)]


def test_two_long_ones_run_into_each_other_at_any_size(actions):
    both = {"a6": "Optimistic, courageous and wholeheartedly creative", "a7": "WWWWWW WWWWWWWWWWWWWW WWWW"}
    more = [*called(actions, **both), *(replace(actions[0], number=n, code=f"c-{n}") for n in range(12, 19))]
    assert 640 in {width for labels, width in found(more) if len(labels) == 2}


def test_one_that_fits_the_full_size_may_not_fit_a_smaller_window(actions):
    assert found(called(actions, a4="Understanding communities")) == [([4], 540)]


def test_a_wide_line_at_the_side_runs_off_the_edge(actions):
    assert found(called(actions, a4="WWWWWWWWWWWWWWWW")) == [([4], 640)]


def test_on_a_phone_the_numbers_of_many_actions_run_together(actions):
    many = [replace(actions[0], number=n, code=f"code-{n}", short_title="A") for n in range(1, 51)]
    assert 240 in {width for _labels, width in found(many)}


@pytest.mark.parametrize("title", ["", "  ", "🙂🙂", "שלום עולם", "x" * 10_000, "<b>bold</b>"])
def test_whatever_is_typed_there_is_an_answer(actions, title):
    assert isinstance(found(called(actions, a3=title)), list)


def test_there_may_be_no_action_at_all_or_one(actions):
    assert found([]) == []
    assert found(actions[:1]) == []


def test_the_finding_names_both_labels_says_what_to_do_and_stops_nobody(actions):
    (finding,) = radarlabels.label_findings(called(actions, a5=LONG))
    assert str(finding) == (
        f"Radar, drawn small: “5 {LONG}” and “6 Optimistic, courageous, creative” run into each other. "
        "Shorten one of the two short titles, so that it takes a line less."
    )
    assert (finding.must, finding.code, finding.field) == (False, "political-support", "short_title")


def test_of_one_label_it_says_that_it_runs_off(actions):
    (finding,) = radarlabels.label_findings(called(actions, a4="WWWWWWWWWWWWWWWW"))
    assert str(finding).endswith("runs off its edge. Shorten the longest word of the short title.")
