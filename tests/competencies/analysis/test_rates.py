from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from competencies.analysis import UndefinedMeasure
from competencies.analysis.rates import (
    binomial_midp,
    rate_change_bounds,
    two_proportion_score_p,
    wilson_bounds,
)
from tests.analysis_properties import counts_of_postings, quick


@quick
@given(counts_of_postings(), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_wilson_equals_scipy_one_at_a_time(counts, level):
    k, n = counts
    twin = stats.binomtest(k, n).proportion_ci(confidence_level=level, method="wilson")
    low, high = wilson_bounds(k, n, level)
    assert (float(low), float(high)) == pytest.approx((twin.low, twin.high), abs=1e-12)


def test_wilson_takes_many_counts_of_one_number_of_postings():
    low, high = wilson_bounds(np.array([0, 5, 20]), 20)
    assert low[0] == 0.0
    assert high[2] == 1.0
    assert [float(value) for value in (low[1], high[1])] == pytest.approx([0.111862, 0.468701], abs=1e-6)


def test_wilson_of_no_postings_is_everything():
    low, high = wilson_bounds([0, 1], [0, 2])
    assert (low[0], high[0]) == (0.0, 1.0)
    assert np.isfinite([low, high]).all()


@quick
@given(counts_of_postings())
def test_wilson_is_symmetric_and_holds_the_rate(counts):
    k, n = counts
    low, high = wilson_bounds([k, n - k], n)
    assert 0 <= low[0] <= k / n <= high[0] <= 1
    assert (1 - high[1], 1 - low[1]) == pytest.approx((low[0], high[0]), abs=1e-12)


@quick
@given(counts_of_postings(), st.integers(2, 9))
def test_wilson_narrows_with_more_postings_and_widens_with_the_level(counts, times):
    k, n = counts
    low, high = wilson_bounds([k, k * times], [n, n * times])
    wide_low, wide_high = wilson_bounds(k, n, 0.99)
    assert high[1] - low[1] < high[0] - low[0] < wide_high - wide_low


@pytest.mark.parametrize("level", [0, 1, 95])
def test_wilson_refuses_a_level_that_is_no_probability(level):
    with pytest.raises(ValueError, match=f"level must be between 0 and 1, but is {level}"):
        wilson_bounds(1, 2, level)


def test_more_mentions_than_postings_are_named():
    with pytest.raises(ValueError, match="element 1 has 5 in 4"):
        wilson_bounds([4, 5], 4)


def _newcombe_twin(before, after):
    (x1, n1), (x2, n2) = after, before
    first, second = (stats.binomtest(x, n).proportion_ci(method="wilson") for x, n in ((x1, n1), (x2, n2)))
    p, q = x1 / n1, x2 / n2
    low = p - q - math.sqrt((p - first.low) ** 2 + (second.high - q) ** 2)
    high = p - q + math.sqrt((first.high - p) ** 2 + (q - second.low) ** 2)
    return p - q, low, high


@quick
@given(counts_of_postings(), counts_of_postings())
def test_newcombe_equals_its_textbook_form_and_turns_round(before, after):
    found = [float(value) for value in rate_change_bounds(before, after)]
    difference, low, high = (float(value) for value in rate_change_bounds(after, before))
    assert found == pytest.approx(_newcombe_twin(before, after), abs=1e-12)
    assert found == pytest.approx([-difference, -high, -low], abs=1e-12)
    assert -1 - 1e-12 <= found[1] <= found[0] <= found[2] <= 1 + 1e-12


def test_a_change_needs_postings_in_both_periods():
    with pytest.raises(UndefinedMeasure, match="postings in both periods"):
        rate_change_bounds(([0, 1], [0, 2]), ([1, 1], [2, 2]))


def _midp_twin(k, n, p):
    at = math.comb(n, k) * p**k * (1 - p) ** (n - k)
    below = sum(math.comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k))
    above = sum(math.comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k + 1, n + 1))
    return 2 * min(below + at / 2, above + at / 2)


@quick
@given(counts_of_postings(most=40), st.one_of(st.sampled_from([0.0, 0.5, 1.0]), st.floats(0.001, 0.999)))
def test_midp_equals_the_sum_of_probabilities(counts, p):
    k, n = counts
    assert float(binomial_midp(k, n, p)) == pytest.approx(_midp_twin(k, n, p), abs=1e-11)


@quick
@given(counts_of_postings(), st.floats(0.001, 0.999))
def test_midp_is_a_symmetric_probability(counts, p):
    k, n = counts
    value = float(binomial_midp(k, n, p))
    assert 0 <= value <= 1
    assert value == pytest.approx(float(binomial_midp(n - k, n, 1 - p)), abs=1e-12)


def test_midp_of_no_postings_is_no_evidence():
    assert float(binomial_midp(0, 0, 0.3)) == 1.0


def test_midp_lies_between_its_whole_neighbours_where_a_design_effect_left_no_whole_numbers():
    lower, middle, upper = binomial_midp([2, 2.5, 3], [40, 40, 40], 0.3)
    assert lower < middle < upper
    assert float(binomial_midp(30 / 1.5, 100 / 1.5, 0.45)) > float(binomial_midp(30, 100, 0.45))


def test_midp_takes_a_rate_for_each_ability():
    assert binomial_midp([0, 2], 2, [0.0, 1.0]).tolist() == [1.0, 1.0]


@quick
@given(counts_of_postings(), counts_of_postings())
def test_score_test_equals_chi_squared_of_the_table(first, second):
    (k1, n1), (k2, n2) = first, second
    table = [[k1, n1 - k1], [k2, n2 - k2]]
    same = 0 < k1 + k2 < n1 + n2
    expected = stats.chi2_contingency(table, correction=False).pvalue if same else 1.0
    assert float(two_proportion_score_p(k1, n1, k2, n2)) == pytest.approx(expected, abs=1e-12)


def test_score_test_needs_postings_on_both_sides():
    with pytest.raises(UndefinedMeasure, match="postings in both periods"):
        two_proportion_score_p([1, 0], [2, 0], 1, 2)


def test_wilson_solves_the_score_equation_it_stands_for():
    low, _ = wilson_bounds(15, 148)
    root = optimize.brentq(lambda p: (15 / 148 - p) / math.sqrt(p * (1 - p) / 148) - stats.norm.ppf(0.975), 1e-6, 0.1)
    assert float(low) == pytest.approx(root, abs=1e-9)
