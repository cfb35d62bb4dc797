"""What the property tests share."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

# A shared machine may stall any one example, and what one run found another need not remember.
quick = settings(max_examples=40, deadline=None, database=None, derandomize=True)

amounts = st.one_of(st.just(0.0), st.floats(0.01, 1e6))


def vectors(size: int, elements: st.SearchStrategy[float] = amounts) -> st.SearchStrategy[list[float]]:
    """Lists of one size that do not sum to 0."""
    return st.lists(elements, min_size=size, max_size=size).filter(any)


def pairs_of_vectors() -> st.SearchStrategy[tuple[list[float], list[float]]]:
    return st.integers(1, 8).flatmap(lambda size: st.tuples(vectors(size), vectors(size)))


@st.composite
def counts_of_postings(draw: st.DrawFn, most: int = 200) -> tuple[int, int]:
    """(mentions, postings) with at least one posting."""
    postings = draw(st.integers(1, most))
    return draw(st.integers(0, postings)), postings
