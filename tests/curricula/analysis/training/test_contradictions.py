from __future__ import annotations

import pandas as pd
import pytest

from curricula.analysis.training.contradictions import YearCount, quality_lag, quantity_lag, strata


def test_quantity_is_read_from_the_newest_year_that_states_both():
    years = [YearCount(2025, 500, None), YearCount(2023, 300, 200), YearCount(2024, 450, 250)]
    found = quantity_lag(years)
    assert found.reading.value == 1.8  # 450 / 250
    assert found.change == pytest.approx(0.3)  # 1.8 − 300 / 200
    assert (found.reading.low, found.reading.no_interval) == (None, "counted_whole")
    assert [each.year for each in found.years] == [2023, 2024, 2025]


def test_quantity_is_undefined_where_no_year_states_both_and_graduates_of_0_are_no_ratio():
    found = quantity_lag([YearCount(2024, 300, None), YearCount(2025, 300, 0)])
    assert found.reading.value is None
    assert found.reading.undefined.code == "no_openings_and_graduates"
    assert found.change is None


def test_quality_keeps_simulation_apart_and_is_bounded_by_what_nobody_stated():
    hours = pd.Series({"theory": 50.0, "demonstration": 10.0, "simulation": 24.0, "operation": 6.0, "unsplit": 10.0})
    found = quality_lag(hours.rename(None))
    # practised 30 of 100 hours; with the 10 that are not split at most 40
    assert (found.simulation, found.operation, found.practised, found.taught) == (24, 6, 30, 60)
    assert (found.reading.value, found.reading.low, found.reading.high) == (0.3, 0.3, 0.4)


def test_hours_of_assessment_are_in_neither_side():
    found = quality_lag(pd.Series({"theory": 30.0, "operation": 10.0, "assessment": 60.0}))
    assert found.reading.value == 0.25
    assert found.reading.no_interval == "counted_whole"


def test_quality_is_undefined_without_hours_and_where_half_is_not_split():
    assert quality_lag(pd.Series({"theory": 0.0})).reading.undefined.code == "no_hours_stated"
    found = quality_lag(pd.Series({"theory": 10.0, "operation": 10.0, "unsplit": 21.0}))
    assert found.reading.value is None
    assert found.reading.undefined.values == {"hours": 21.0, "total": 41.0}


def test_quality_has_no_upper_end_where_a_course_states_neither_practice_nor_a_total():
    found = quality_lag(pd.Series({"theory": 30.0, "operation": 10.0}), open_ended=True)
    assert (found.reading.low, found.reading.high) == (0.25, None)


HOURS = pd.DataFrame(
    {"taught": [30.0, 0.0], "practised": [10.0, 20.0], "exposed": [40.0, 20.0], "assessed": 0.0}, index=["a", "b"]
)
WEIGHTS = pd.DataFrame({"basic": [1.0, 0.0], "senior": [1.0, 2.0]}, index=["a", "b"])


def test_strata_set_hours_beside_postings():
    found = strata(HOURS, WEIGHTS, pd.Series({"senior": 75, "basic": 25}), unassigned=4)
    # a: 40 hours, half to each; b: 20 hours to senior: basic 20, senior 40
    assert found.table["hours"].tolist() == [20.0, 40.0]
    assert found.table["postings_share"].tolist() == [0.25, 0.75]
    assert found.index.value == pytest.approx(1 - abs(1 / 3 - 1 / 4))  # min(1/3, 1/4) + min(2/3, 3/4)
    assert found.index.no_interval == "too_few_cells_for_a_band"
    assert found.unassigned == 4


def test_strata_are_undefined_with_too_few_assigned_postings_and_show_the_counts():
    found = strata(HOURS, WEIGHTS, pd.Series({"senior": 50, "basic": 42}))
    assert found.index.value is None
    assert found.index.undefined.values == {"postings": 92, "needed": 93}
    assert found.table["postings"].tolist() == [42, 50]


def test_postings_of_strata_without_a_position_of_the_plan_are_counted_apart_and_one_stratum_is_no_overlap():
    postings = pd.Series({"senior": 75, "basic": 25, "top": 9})
    assert strata(HOURS, WEIGHTS, postings).elsewhere == 9
    assert strata(HOURS, WEIGHTS, postings).index == strata(HOURS, WEIGHTS, postings.drop("top")).index
    found = strata(HOURS, WEIGHTS[["senior"]], postings + 50)
    assert (found.index.value, found.index.undefined.code, found.elsewhere) == (None, "one_stratum", 134)


def test_strata_are_undefined_without_hours():
    found = strata(HOURS * 0, WEIGHTS, pd.Series({"senior": 50, "basic": 50}))
    assert found.index.undefined.code == "no_hours_by_stratum"
