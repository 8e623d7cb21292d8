"""The radar, looked at as the data that the browser draws."""

from dataclasses import replace

import pytest

from assessments import readings
from assessments.analysis import (
    ActionCounts,
    Distribution,
    GroupCounts,
    RoundCounts,
    Rules,
    Turnout,
    analyse,
)

from ..results_room import read, words_for

STRONG = ((0, 0, 1, 5, 2), 0)
FEW = ((1, 1, 1, 1, 0), 2)


def drawn(*patterns, equal_weight=False, words=None, **rules):
    results = read(*patterns, **rules)
    return readings.charts.radar(results, words or words_for(len(patterns)), equal_weight=equal_weight)


def trace(figure, name):
    return next(each for each in figure.data if each.name == name)


def test_the_outline_runs_through_the_means_clockwise_from_the_top_and_closes():
    figure = drawn(STRONG, ((0, 4, 0, 4, 0), 0), ((8, 0, 0, 0, 0), 0), STRONG)
    outline = trace(figure, "outline")
    assert list(outline.theta) == [0, 90, 180, 270, 0]
    assert list(outline.r) == [4.125, 3.0, 1.0, 4.125, 4.125]
    assert (figure.layout.polar.angularaxis.direction, figure.layout.polar.angularaxis.rotation) == (
        "clockwise",
        90,
    )


def test_a_hidden_action_is_a_gap_and_never_a_nought():
    figure = drawn(STRONG, FEW, STRONG)
    outline = trace(figure, "outline")
    assert list(outline.r) == [4.125, None, 4.125, 4.125]
    assert outline.connectgaps is False
    assert outline.fill == "none"  # a fill would bridge the gap
    assert list(trace(figure, "means").theta) == [0, 240]


def test_a_hidden_first_action_leaves_the_closing_open_too():
    assert list(trace(drawn(FEW, STRONG, STRONG), "outline").r) == [None, 4.125, 4.125, None]


def test_nothing_of_a_hidden_action_is_in_the_figure():
    assert "Title 2:" not in drawn(STRONG, FEW, STRONG).to_json()


def test_a_dot_for_each_level_somebody_gave_its_area_in_proportion():
    dots = trace(drawn(STRONG, ((0, 4, 0, 4, 0), 0), STRONG), "dots convene")
    assert list(zip(dots.r, dots.marker.size, strict=True)) == [
        (3, 1), (4, 5), (5, 2), (2, 4), (4, 4), (3, 1), (4, 5), (5, 2)
    ]  # fmt: skip
    assert dots.marker.sizemode == "area"


def test_the_dots_of_all_areas_have_one_measure():
    figure = drawn(STRONG, STRONG, STRONG, ((0, 0, 0, 0, 90), 0))
    assert trace(figure, "dots convene").marker.sizeref == trace(figure, "dots system").marker.sizeref


def test_rings_for_1_to_5():
    radial = drawn(STRONG).layout.polar.radialaxis
    assert list(radial.tickvals) == [1, 2, 3, 4, 5]
    assert radial.range[0] == 0


def test_sectors_lie_behind_the_spokes_of_each_area():
    sectors = [each for each in drawn(*[STRONG] * 11).data if each.type == "barpolar"]
    assert [each.name for each in sectors] == ["Convene", "System", "Edge", "Ethos"]
    assert sum(each.width[0] for each in sectors) == pytest.approx(360)


def test_labels_are_numbered_wrapped_and_short_where_it_is_narrow():
    words = words_for(11, title="Passionate, persuasive, persistent {}")
    labels = trace(drawn(*[STRONG] * 11, words=words), "labels")
    assert labels.text[6] == "7 Passionate,<br>persuasive,<br>persistent 7"
    assert list(labels.meta["narrow"]) == [str(number) for number in range(1, 12)]


def test_a_title_with_markup_stays_text():
    figure = drawn(STRONG, words=words_for(1, title="<b>Bold</b> & <i>x</i>"))
    assert trace(figure, "labels").text[0].replace("<br>", " ") == (
        "1 &lt;b&gt;Bold&lt;/b&gt; &amp; &lt;i&gt;x&lt;/i&gt;"
    )
    assert "<b>" not in figure.to_json()
    assert "\\u003cb\\u003e" not in figure.to_json()


def test_a_label_of_a_level_with_markup_stays_text():
    words = words_for(1)
    label = '<a href="//elsewhere.example">Partly</a>'
    levels = tuple(replace(each, label=label) for each in words.levels)
    figure = drawn(STRONG, words=replace(words, levels=levels))
    assert trace(figure, "dots convene").hovertext[0].startswith("Title 1: 1 person said 3, &lt;a href")
    assert "\\u003ca" not in figure.to_json()


def test_what_is_pointed_at_is_said_in_words():
    figure = drawn(STRONG)
    assert trace(figure, "dots convene").hovertext[0] == "Title 1: 1 person said 3, Partly"
    assert trace(figure, "dots convene").hovertext[1] == "Title 1: 5 people said 4, Mostly"
    assert trace(figure, "means").hovertext[0] == "Title 1: average 4.1, from 8 people"


def test_a_figure_with_every_action_hidden_still_draws():
    figure = drawn(FEW, FEW)
    assert list(trace(figure, "outline").r) == [None, None, None]
    assert not [each for each in figure.data if each.name.startswith("dots")]


def _action(number, groups):
    whole = sum((group.distribution for group in groups), Distribution.empty())
    return ActionCounts(f"action-{number}", number, "convene", whole, tuple(groups))


class TestEqualWeight:
    """Six people of one organisation say 1 and twelve of another say 5; action 2 knows only the first."""

    @pytest.fixture
    def results(self):
        def whole(*counts):
            return Distribution(counts)

        groups = [
            [GroupCounts("a", "A", whole(6, 0, 0, 0, 0)), GroupCounts("b", "B", whole(0, 0, 0, 0, 12))],
            [GroupCounts("a", "A", whole(0, 6, 0, 0, 0))],
        ]
        actions = tuple(_action(number, each) for number, each in enumerate(groups, 1))
        return analyse(RoundCounts(actions, Turnout(18, 18)), Rules())

    def test_the_outline_the_words_and_the_sentence_follow_it(self, results):
        figure = readings.charts.radar(results, words_for(2), equal_weight=True)
        assert list(trace(figure, "outline").r) == [3.0, None, 3.0]
        assert list(trace(figure, "means").hovertext) == [
            "Title 1: average 3.0, each organisation counting the same"
        ]
        assert readings.results.gaps(results, equal_weight=True) == (
            "The line has a gap at action 2: no second organisation to weigh against."
        )

    def test_by_people_it_is_another_figure(self, results):
        figure = readings.charts.radar(results, words_for(2))
        assert list(trace(figure, "outline").r) == [pytest.approx(66 / 18), 2.0, pytest.approx(66 / 18)]
