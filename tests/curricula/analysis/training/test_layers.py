from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from curricula.analysis.training.layers import layers, standing

ABILITIES = pd.DataFrame(
    {
        "area": ["A", "B", "B"],
        "taught": [20.0, 10.0, 0.0],
        "practised": [0.0, 10.0, 0.0],
        "exposed": [20.0, 20.0, 0.0],
        "assessed": [4.0, 0.0, 0.0],
    },
    index=["a", "b", "c"],
)
WEIGHTS = pd.DataFrame({"manager": [1.0, 1.0, 1.0], "specialist": [0.0, 3.0, 0.0]}, index=["a", "b", "c"])


def test_layers_set_breadth_against_depth():
    found = layers(ABILITIES, WEIGHTS)
    manager, specialist = found.table.loc["manager"], found.table.loc["specialist"]
    # manager: 20 of a and a quarter of b's 20; specialist: the other 15 of b
    assert (manager["hours"], specialist["hours"]) == (25, 15)
    assert (manager["required"], manager["taught"], manager["practised"], manager["assessed"]) == (3, 2, 1, 1)
    assert manager["areas"] == 2
    assert manager["breadth"] == pytest.approx(np.exp(-(0.8 * np.log(0.8) + 0.2 * np.log(0.2))))
    assert specialist["breadth"] == pytest.approx(1.0)
    assert (manager["depth"], specialist["depth"]) == (12.5, 15)
    assert manager["practised_share"] == pytest.approx(2.5 / 25)
    assert specialist["practised_share"] == pytest.approx(0.5)


def test_a_layer_that_is_not_taught_has_neither_breadth_nor_depth():
    found = layers(ABILITIES * {"area": 1, "taught": 0, "practised": 0, "exposed": 0, "assessed": 0}, WEIGHTS)
    assert found.table[["breadth", "depth", "practised_share"]].isna().all().all()


STAGES = {"basic": {"a": 1.0}, "senior": {"b": 1.0, "a": 1.0}}
CELLS = pd.DataFrame(
    {
        "ability": ["a", "b", "b"],
        "term": [1.0, 5.0, np.nan],
        "term_last": [2.0, np.nan, np.nan],
        "exposed": [32.0, 16.0, 8.0],
    }
)


def test_where_a_year_of_entry_stands_follows_the_terms_that_it_has_begun():
    first = standing(2026, CELLS, STAGES, today=date(2026, 10, 1))
    # one term begun: half of the 32 hours of a, half of that for each stage
    assert (first.terms, first.last_term) == (1, 5)
    assert first.table["hours"].tolist() == [8, 8]
    assert first.table["of_hours"].tolist() == [16, 32]  # senior: half of a's 32, all of b's 16 with a term
    assert first.table["begun"].tolist() == [1, 1]
    assert first.without_term == 8
    third = standing(2024, CELLS, STAGES, today=date(2026, 10, 1))
    assert third.terms == 5
    assert third.table["hours"].tolist() == [16, 32]
    assert third.table["begun"].tolist() == [1, 2]
    assert not third.is_over


def test_a_year_of_entry_that_has_not_come_has_had_nothing_and_an_old_one_is_over():
    assert standing(2027, CELLS, STAGES, today=date(2026, 10, 1)).table["hours"].tolist() == [0, 0]
    assert standing(2020, CELLS, STAGES, today=date(2026, 10, 1)).is_over
