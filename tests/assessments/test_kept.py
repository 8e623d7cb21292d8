"""What is kept is told apart by every fact it depends on."""

from datetime import UTC, datetime

from assessments.kept import kept, kept_of_each

SPRING = datetime(2026, 3, 1, tzinfo=UTC)


def test_it_is_made_once_for_the_same_facts():
    made = []

    def make():
        made.append(1)
        return len(made)

    assert [kept("page", (1, SPRING, "en"), make) for _time in range(3)] == [1, 1, 1]


def test_any_other_fact_is_another_thing():
    ways = [
        ("page", (1, 23)),
        ("page", (12, 3)),
        ("page", (1, "23")),
        ("page", ("1:2", "3")),
        ("page", ("1", "2:3")),
        ("page", (1, None)),
        ("page", (1, "None")),
        ("pages", (1, 23)),
        ("page", ("A\nB", "")),
        ("page", ("A", "B")),
    ]
    for number, (what, facts) in enumerate(ways):
        assert kept(what, facts, lambda: number) == number  # noqa: B023  called at once
    assert [kept(what, facts, lambda: "made again") for what, facts in ways] == [*range(len(ways))]


def test_of_several_only_what_is_missing_is_made():
    asked = []

    def make(missing):
        asked.append(missing)
        return {name: f"made of {name}" for name in missing if name != "gone"}

    facts = {"a": (1,), "b": (2,), "gone": (3,)}
    assert kept_of_each("thing", {"a": (1,)}, make) == {"a": "made of a"}
    assert kept_of_each("thing", facts, make) == {"a": "made of a", "b": "made of b"}
    assert asked == [["a"], ["b", "gone"]]
