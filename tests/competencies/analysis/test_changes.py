from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from competencies.analysis import UndefinedMeasure
from competencies.analysis.changes import demand_change, no_change_because, skill_change_floor
from competencies.analysis.demand import adjusted_p_values, rate_change
from competencies.analysis.effective import effective_counts
from competencies.analysis.rates import binomial_distance, two_proportion_score_p
from tests.analysis_properties import quick


def counted(mentions, postings, employers=None):
    """Postings of which the first so many mention each ability."""
    table = (np.arange(postings)[:, None] < np.array(mentions)).astype(int)
    return effective_counts(table, employers)


def test_changes_of_postings_that_stand_alone_are_newcombe_and_the_score_test_with_bh():
    before, after = (5, 20, 1, 40), (25, 22, 2, 10)
    found = demand_change(counted(before, 100), counted(after, 120))
    p = [float(two_proportion_score_p(k0, 100, k1, 120)) for k0, k1 in zip(before, after, strict=True)]
    assert found["trend"].tolist() == ["rising", "open", "too_few", "falling"]
    assert found["p"].tolist() == pytest.approx([p[0], p[1], np.nan, p[3]], nan_ok=True)
    assert found["adjusted"].dropna().tolist() == pytest.approx(adjusted_p_values([p[0], p[1], p[3]]).tolist())
    for row, k0, k1 in zip(found.itertuples(), before, after, strict=True):
        change = rate_change((k0, 100), (k1, 120))
        assert (row.difference, row.low, row.high) == pytest.approx((change.difference, change.low, change.high))
        assert (row.before, row.after, row.rate_before, row.rate_after) == (k0, k1, k0 / 100, k1 / 120)


def test_employers_who_repeat_themselves_make_a_change_less_sure_and_as_large():
    alone = demand_change(counted([20], 100), counted([40], 100))
    few = np.repeat(np.arange(20), 5).astype(str)
    repeated = demand_change(counted([20], 100, few), counted([40], 100, few))
    assert repeated["difference"].tolist() == pytest.approx(alone["difference"].tolist())
    assert repeated["p"][0] > 0.05 > 0.01 > alone["p"][0]
    assert repeated["low"][0] < 0 < alone["low"][0]
    assert [*alone["trend"], *repeated["trend"]] == ["rising", "open"]


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (counted([0, 0], 0), "too_few_postings"),
        (counted([2, 1], 92), "too_few_postings"),
        (counted([2, 1], 300, ["a"] * 300), "too_few_employers"),
        (counted([9, 90], 140, np.arange(140) % 7), "too_few_employers"),
    ],
)
def test_a_period_whose_demand_is_unknown_has_no_change(other, reason):
    known = counted([5, 30], 100)
    assert no_change_because(known, other) == f"{reason}_after"
    assert no_change_because(other, known) == f"{reason}_before"
    for found in (demand_change(known, other), demand_change(other, known)):
        assert found[["difference", "low", "high", "p", "adjusted"]].isna().all(axis=None)
        assert found["trend"].tolist() == ["unknown", "unknown"]


@quick
@given(st.integers(1, 8), st.integers(1, 8), st.floats(0, 1))
def test_the_distance_of_two_binomials_equals_the_sum_over_all_pairs(left, right, rate):
    x, y = (stats.binom.pmf(np.arange(n + 1), n, rate) for n in (left, right))
    far = np.abs(np.arange(left + 1)[:, None] / left - np.arange(right + 1) / right)
    assert binomial_distance(left, right, rate) == pytest.approx(float((np.outer(x, y) * far).sum()), abs=1e-12)


def test_the_floor_is_what_chance_alone_would_show():
    before, after = ([20, 5, 40, 0], [93] * 4), ([30, 9, 50, 0], [120] * 4)
    rng, pooled = np.random.default_rng(1), np.array([50, 14, 90, 0]) / 213
    drawn = [rng.binomial(n, pooled, (40_000, 4)) / n for n in (93, 120)]
    assert skill_change_floor(before, after) == pytest.approx(np.abs(drawn[0] - drawn[1]).sum(axis=1).mean(), rel=0.01)


def test_fewer_effective_postings_raise_the_floor_and_none_have_no_floor():
    few, many = (skill_change_floor(([n / 5], [n]), ([n / 4], [n])) for n in (20.4, 93))
    assert few > many > 0
    assert skill_change_floor(([0.1], [0.4]), ([0.1], [0.4])) == pytest.approx(2 * 0.25 * 0.75)
    with pytest.raises(UndefinedMeasure, match="one has none"):
        skill_change_floor(([0], [0]), ([1], [9]))
