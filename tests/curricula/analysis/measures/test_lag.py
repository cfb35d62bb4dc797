from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis import UndefinedMeasure
from competencies.analysis.resampling import employer_sums
from curricula.analysis.alignment import porter_index
from curricula.analysis.measures.lag import best_counts, curriculum_lag, lag_of, years_of_demand
from tests.analysis_properties import quick

OLD, NEW = np.array([0.5, 0.4, 0.1, 0.05]), np.array([0.1, 0.2, 0.5, 0.4])


def period(rates, postings, seed):
    return (np.random.default_rng(seed).random((postings, 4)) < rates).astype(int), None


def drifting(first=200, last=200):
    sizes = (first, 150, 150, last)
    return {2022 + place: period(OLD + (NEW - OLD) * place / 3, size, place) for place, size in enumerate(sizes)}


def test_a_plan_of_the_oldest_demand_lags_by_all_the_years():
    found = curriculum_lag(OLD, drifting(), draws=400)
    demand = {year: postings.sum(axis=0) for year, (postings, _) in drifting().items()}
    assert found.similarity == {year: pytest.approx(porter_index(OLD, counts)) for year, counts in demand.items()}
    assert (found.best, found.lag_years, found.is_finding) == (2022, 3, True)
    assert 2025 not in found.likely


def test_a_plan_of_the_newest_demand_does_not_lag():
    found = curriculum_lag(NEW, drifting(), draws=400)
    assert (found.best, found.lag_years, found.is_finding) == (2025, 0, False)


def test_a_larger_period_is_not_best_for_its_size():
    rates = np.full(12, 0.3)
    best = np.zeros(3)
    for trial in range(30):
        rng = np.random.default_rng(trial)
        sums = {
            year: employer_sums((rng.random((size, 12)) < rates).astype(int), None)
            for year, size in ((0, 30), (1, 30), (2, 400))
        }
        counts = best_counts(rates, sums, draws=60, seed=trial)
        best += [counts[year] for year in range(3)]
    assert best.sum() == 1800
    assert best[2] < 1000  # of as many draws as there are, a third would be 600


def test_demand_that_did_not_change_and_too_few_periods_have_no_lag():
    same = {year: period(OLD, 150, year) for year in (2023, 2024, 2025)}
    with pytest.raises(UndefinedMeasure, match="does not differ"):
        curriculum_lag(OLD, same, draws=200)
    with pytest.raises(UndefinedMeasure, match="3 yearly periods of 93 postings"):
        curriculum_lag(OLD, drifting() | {2023: period(OLD, 92, 1), 2024: period(OLD, 92, 2)}, draws=50)


@quick
@given(st.lists(st.integers(0, 100), min_size=1, max_size=6).filter(any))
def test_the_likely_periods_are_the_fewest_that_hold_95_percent_of_the_draws(counts):
    years = range(2020, 2020 + len(counts))
    found = lag_of([1, 1], {year: [1, 2] for year in years}, dict(zip(years, counts, strict=True)))
    falling, needed = sorted(counts, reverse=True), 1
    while 100 * sum(falling[:needed]) < 95 * sum(counts):
        needed += 1
    assert len(found.likely) == needed
    assert sum(counts[year - 2020] for year in found.likely) == sum(falling[:needed])
    assert counts[found.best - 2020] == max(counts)
    assert found.lag_years == max(years) - found.best


def test_years_are_told_one_by_one_where_they_are_too_few_for_a_lag():
    """60 and 40 of 100 postings name the two abilities: ½ Σ|.5 − .6|, |.5 − .4| leaves an index of .9."""
    mixed = ([[1, 0]] * 60 + [[0, 1]] * 40, None)
    one_employer = ([[1, 0]] * 100, ["a"] * 100)
    found = years_of_demand([8, 8], {2026: mixed, 2024: ([[1, 0]] * 92, None), 2025: one_employer})
    assert [(each.year, each.postings, each.unknown) for each in found] == [
        (2024, 92, "too_few_postings"),
        (2025, 100, "too_few_employers"),
        (2026, 100, ""),
    ]
    assert [each.index for each in found] == [None, None, pytest.approx(0.9)]


def test_a_plan_without_hours_and_a_year_without_a_mention_are_like_nothing():
    assert years_of_demand([0, 0], {2026: ([[1, 0]] * 100, None)})[0].index is None
    assert years_of_demand([1, 1], {2026: ([[0, 0]] * 100, None)})[0].index is None
