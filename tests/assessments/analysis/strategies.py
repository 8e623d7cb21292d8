"""Made-up ratings for the property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from assessments.analysis import Distribution


def distributions(most: int = 40) -> st.SearchStrategy[Distribution]:
    """Any distribution with up to `most` people on each level."""
    people = st.integers(0, most)
    return st.builds(Distribution, st.tuples(people, people, people, people, people), people)
