from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from competencies.analysis import UndefinedMeasure
from competencies.analysis.demand import (
    RateChange,
    SkillChange,
    adjusted_p_values,
    effective_use,
    moment_prior,
    rate_change,
    shrunken_rate,
    shrunken_rates,
    skill_change,
    wilson_interval,
)
from tests.analysis_properties import amounts, counts_of_postings, quick


def test_no_postings_are_no_evidence():
    assert wilson_interval(0, 0) == (0.0, 1.0)


def test_no_mention_and_all_mentions_reach_the_ends():
    assert wilson_interval(0, 20)[0] == 0.0
    assert wilson_interval(20, 20)[1] == 1.0


@pytest.mark.parametrize(
    ("mentions", "postings", "message"),
    [
        (3, 2, "mentions \\(3\\) cannot be more than postings \\(2\\)"),
        (-1, 2, "mentions must be a whole number of at least 0, but is -1"),
        (1.5, 2, "mentions must be a whole number"),
        (1, float("nan"), "postings must be a whole number"),
        (1, float("inf"), "postings must be a whole number"),
    ],
)
def test_intervals_refuse_what_is_no_count(mentions, postings, message):
    with pytest.raises(ValueError, match=message):
        wilson_interval(mentions, postings)


def test_a_change_is_after_minus_before():
    change = rate_change((10, 100), (40, 100))
    assert change.difference == pytest.approx(0.3)
    assert 0 < change.low < 0.3 < change.high
    assert isinstance(change, RateChange)


@pytest.mark.parametrize(("before", "after"), [((0, 0), (1, 2)), ((1, 2), (0, 0))])
def test_a_change_needs_two_periods(before, after):
    with pytest.raises(UndefinedMeasure, match="postings in both periods"):
        rate_change(before, after)


def _benjamini_hochberg_twin(p):
    """For each value, the least q at which the step-up procedure rejects it."""
    ranked = sorted(range(len(p)), key=lambda i: p[i])
    adjusted = [0.0] * len(p)
    for rank, i in enumerate(ranked):
        later = [p[j] * len(p) / (place + 1) for place, j in enumerate(ranked) if place >= rank]
        adjusted[i] = min(1.0, *later)
    return adjusted


families = st.lists(st.floats(0, 1), min_size=1, max_size=30)


@quick
@given(families)
def test_adjusted_p_values_equal_the_step_up_procedure(p):
    assert adjusted_p_values(p).tolist() == pytest.approx(_benjamini_hochberg_twin(p), abs=1e-12)


@quick
@given(families, st.randoms(use_true_random=False))
def test_adjusted_p_values_follow_their_order_and_never_fall(p, random):
    order = list(range(len(p)))
    random.shuffle(order)
    adjusted = adjusted_p_values(p)
    assert adjusted_p_values(np.array(p)[order]).tolist() == pytest.approx(adjusted[order].tolist())
    assert (adjusted >= np.array(p) - 1e-12).all()
    assert (adjusted <= 1).all()


def test_a_family_of_none_has_no_values_and_a_wrong_value_is_named():
    assert adjusted_p_values([]).tolist() == []
    with pytest.raises(ValueError, match=r"element 1 is 1\.2"):
        adjusted_p_values([0.1, 1.2])
    with pytest.raises(ValueError, match="element 0 is nan"):
        adjusted_p_values([float("nan")])
    with pytest.raises(ValueError, match="vector"):
        adjusted_p_values([[0.1]])


@quick
@given(counts_of_postings(), st.floats(0.2, 50), st.floats(0.2, 50))
def test_a_shrunken_rate_lies_between_the_prior_and_what_was_seen(counts, a, b):
    k, n = counts
    found = shrunken_rate(k, n, (a, b))
    low, high = sorted((k / n, a / (a + b)))
    assert low - 1e-12 <= found.mean <= high + 1e-12
    assert 0 <= found.low <= found.high <= 1


def test_a_shrunken_rate_is_the_mean_of_its_posterior():
    def posterior(rate):
        return stats.beta.pdf(rate, 2, 18) * stats.binom.pmf(3, 5, rate)

    total = integrate.quad(posterior, 0, 1)[0]
    mean = integrate.quad(lambda rate: rate * posterior(rate), 0, 1)[0] / total
    found = shrunken_rate(3, 5, (2, 18))
    assert found.mean == pytest.approx(mean)
    assert integrate.quad(posterior, 0, found.low)[0] / total == pytest.approx(0.025)
    assert integrate.quad(posterior, found.high, 1)[0] / total == pytest.approx(0.025)


def test_a_few_postings_cannot_top_a_list():
    means, _, _ = shrunken_rates([2, 60], [2, 100], (2, 18))
    assert means[0] < means[1]
    assert means.tolist() == [shrunken_rate(2, 2, (2, 18)).mean, shrunken_rate(60, 100, (2, 18)).mean]


@pytest.mark.parametrize("prior", [(0, 1), (1, 0), (1, float("inf")), (-1, 2), (float("nan"), 1)])
def test_a_prior_must_be_a_beta_distribution(prior):
    with pytest.raises(ValueError, match="prior must be above 0"):
        shrunken_rate(1, 2, prior)


def test_a_fitted_prior_has_the_mean_and_spread_of_the_rates():
    """Rates .2 to .8: mean ½, variance 1/15; over ten postings that is 8/3 of a binomial's, so a + b = 22/5."""
    assert moment_prior([2, 4, 6, 8], 10) == pytest.approx((2.2, 2.2))


def test_a_fitted_prior_finds_the_distribution_that_made_the_counts():
    rng = np.random.default_rng(7)
    mentions = rng.binomial(400, rng.beta(2, 18, size=4_000))
    assert moment_prior(mentions, 400) == pytest.approx((2, 18), rel=0.1)


@pytest.mark.parametrize(
    ("mentions", "postings", "reason"),
    [
        ([5, 5, 5], 10, "vary no more than chance"),
        ([0, 0], 10, "not all 0 or all 1"),
        ([10, 10], 10, "not all 0 or all 1"),
        ([3], 10, "two abilities"),
        ([0, 1], 1, "two postings"),
        ([0, 10], 10, "nearly all 0 or 1"),
    ],
)
def test_a_prior_is_not_fitted_where_nothing_tells_how_far_to_shrink(mentions, postings, reason):
    with pytest.raises(UndefinedMeasure, match=reason):
        moment_prior(mentions, postings)


tables = st.tuples(st.integers(1, 5), st.integers(1, 5)).flatmap(
    lambda shape: st.lists(
        st.lists(amounts, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
    ).filter(lambda table: any(map(any, table)))
)


def _advantage_twin(table, position, ability):
    total = sum(map(sum, table))
    in_position, everywhere = sum(table[position]), sum(row[ability] for row in table)
    if not in_position or not everywhere:
        return float("nan")
    return (table[position][ability] / in_position) / (everywhere / total)


@quick
@given(tables)
def test_comparative_advantage_equals_its_definition_cell_by_cell(table):
    slow = [[_advantage_twin(table, i, j) for j in range(len(table[0]))] for i in range(len(table))]
    np.testing.assert_allclose(effective_use(table), slow, rtol=1e-9)


@quick
@given(tables, st.floats(0.1, 100))
def test_comparative_advantage_knows_no_unit_and_averages_to_one(table, factor):
    found = effective_use(table)
    np.testing.assert_allclose(effective_use(np.array(table) * factor), found, rtol=1e-9)
    size = np.array(table).sum(axis=1)
    for column in found.T[np.array(table).sum(axis=0) > 0]:
        seen = size > 0
        assert np.average(column[seen], weights=size[seen]) == pytest.approx(1.0)


def test_an_ability_nobody_asks_for_has_no_ratio_and_never_a_zero():
    found = effective_use(pd.DataFrame({"x": [2.0, 1.0], "y": [0.0, 0.0]}))
    assert found[:, 0].tolist() == [1.0, 1.0]
    assert np.isnan(found[:, 1]).all()


def test_a_position_that_asks_for_nothing_has_no_ratio():
    assert np.isnan(effective_use([[1, 2], [0, 0]])[1]).all()


@pytest.mark.parametrize("matrix", [[[0, 0]], np.zeros((0, 0))])
def test_specificity_needs_something_that_is_asked_for(matrix):
    with pytest.raises(UndefinedMeasure, match="No position asks"):
        effective_use(matrix)


def test_a_wrong_weight_is_named_by_position_and_ability():
    frame = pd.DataFrame({"x": [1.0, -2.0]}, index=["buyer", "analyst"])
    with pytest.raises(ValueError, match="row 'analyst', column 'x' is -2"):
        effective_use(frame)
    with pytest.raises(ValueError, match="positions × abilities"):
        effective_use([1, 2])


rates = st.dictionaries(st.sampled_from("abcdef"), st.floats(0, 1))


@quick
@given(rates, rates)
def test_skill_change_equals_the_sum_over_shared_abilities_and_turns_round(before, after):
    shared = before.keys() & after.keys()
    if not shared:
        with pytest.raises(UndefinedMeasure, match="in both periods"):
            skill_change(before, after)
        return
    found, back = skill_change(before, after), skill_change(after, before)
    assert found.total == pytest.approx(sum(abs(after[a] - before[a]) for a in shared))
    assert found.total == found.growth + found.decline
    assert (back.growth, back.decline) == pytest.approx((found.decline, found.growth))
    assert 0 <= found.total <= len(shared)


def test_an_ability_missing_from_a_vocabulary_is_left_out_and_not_zero():
    assert skill_change({"a": 0.25, "b": 0.9}, {"a": 0.5, "c": 0.9}) == SkillChange(0.25, 0.25, 0.0)


def test_skill_change_reads_series_and_names_a_wrong_rate():
    before, after = pd.Series({"a": 0.5}), pd.Series({"a": 0.25})
    assert skill_change(before, after).decline == 0.25
    with pytest.raises(ValueError, match=r"'a' has 1\.5"):
        skill_change({"a": 0.5}, {"a": 1.5})
    with pytest.raises(ValueError, match="'a' has nan"):
        skill_change({"a": float("nan")}, {"a": 0.5})
