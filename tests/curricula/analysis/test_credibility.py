from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis import UndefinedMeasure
from curricula.analysis.alignment import porter_index
from curricula.analysis.credibility import flat_plan_index, mapping_credibility
from tests.analysis_properties import quick, vectors

tables = st.integers(1, 6).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 3), min_size=width, max_size=width),
        min_size=1,
        max_size=6,
    )
)


@quick
@given(tables)
def test_counts_are_those_of_a_walk_over_the_cells(table):
    found = mapping_credibility(table, scale=[1, 2, 3])
    mapped = [[level for level in row if level] for row in table]
    cells = sum(map(len, mapped))
    assert (found.cells, found.possible) == (cells, len(table) * len(table[0]))
    assert found.density == cells / found.possible
    assert found.top_level == sum(row.count(3) for row in mapped)
    assert found.top_share == (found.top_level / cells if cells else None)
    assert found.courses_mapped == sum(map(bool, mapped))
    assert found.courses_to_four_fifths == sum(5 * len(row) >= 4 * len(table[0]) for row in mapped)
    assert found.straight_rows == sum(len(row) > 1 and len(set(row)) == 1 for row in mapped)
    for row, variation in zip(mapped, found.row_variation, strict=True):
        assert variation == (
            pytest.approx(1 - sum((times / len(row)) ** 2 for times in Counter(row).values())) if row else None
        )


@quick
@given(st.integers(1, 6).flatmap(vectors))
def test_a_flat_plan_is_one_of_equal_shares(side):
    assert flat_plan_index(side) == pytest.approx(porter_index([1] * len(side), side))
    assert flat_plan_index(side) >= 1 / len(side) - 1e-9


def test_what_is_no_mapping_says_why():
    with pytest.raises(UndefinedMeasure, match="no courses or no abilities"):
        mapping_credibility(np.zeros((0, 3)), scale=[1, 2, 3])
    with pytest.raises(ValueError, match="not on the scale"):
        mapping_credibility([[4]], scale=[1, 2, 3])
    with pytest.raises(UndefinedMeasure, match="One side is empty"):
        flat_plan_index([0, 0])
