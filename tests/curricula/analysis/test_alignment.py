from __future__ import annotations

import math
from itertools import permutations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis import UndefinedMeasure
from curricula.analysis.alignment import (
    PorterNull,
    emphasis,
    porter_ceiling,
    porter_index,
    porter_null,
    porter_permutation_null,
    vintage_interval,
    vintage_ratio,
)
from tests.analysis_properties import amounts, pairs_of_vectors, quick, vectors


def _porter_twin(left, right):
    return sum(min(x / sum(left), y / sum(right)) for x, y in zip(left, right, strict=True))


@quick
@given(pairs_of_vectors())
def test_index_is_the_shared_part_and_symmetric_within_0_and_1(pair):
    left, right = pair
    index = porter_index(left, right)
    assert index == pytest.approx(_porter_twin(left, right), abs=1e-9)
    assert index == porter_index(right, left)
    assert 0 <= index <= 1


@quick
@given(pairs_of_vectors(), st.floats(1e-3, 1e3), st.randoms(use_true_random=False))
def test_index_knows_neither_unit_nor_order_nor_shape(pair, factor, random):
    left, right = map(np.array, pair)
    order = list(range(len(left)))
    random.shuffle(order)
    index = porter_index(left, right)
    assert porter_index(left[order] * factor, right[order]) == pytest.approx(index, abs=1e-12)
    assert porter_index(left.reshape(-1, 1), right.reshape(-1, 1)) == pytest.approx(index, abs=1e-12)


@quick
@given(vectors(4))
def test_index_of_equal_emphases_is_one_and_of_disjoint_ones_zero(values):
    assert porter_index(values, values) == 1.0
    assert porter_index([*values, 0, 0, 0, 0], [0, 0, 0, 0, *values]) == pytest.approx(0.0, abs=1e-12)


@quick
@given(pairs_of_vectors(), st.floats(0, 1))
def test_index_never_falls_as_one_side_moves_towards_the_other(pair, step):
    left, right = map(emphasis, pair)
    nearer = left + step * (right - left)
    assert porter_index(nearer, right) >= porter_index(left, right) - 1e-9


def test_index_bears_the_largest_and_smallest_numbers():
    assert porter_index([1.7e308, 1.7e308], [5e-324, 5e-324]) == 1.0


def test_frames_are_matched_by_their_labels_and_stay_as_they_were():
    left = pd.DataFrame({"theory": [1.0, 0.0], "operation": [0.0, 3.0]}, index=["buy", "sell"])
    right = left.iloc[::-1, ::-1]
    before = left.copy()
    assert porter_index(left, right) == 1.0
    assert porter_index(left["theory"], right["theory"]) == 1.0
    pd.testing.assert_frame_equal(left, before)


@pytest.mark.parametrize(
    ("left", "right", "message"),
    [
        ([1, 2], [1], r"one shape, but are \(2,\) and \(1,\)"),
        ([1, -2], [1, 1], r"left side must be finite and not negative, but element 1 is -2"),
        ([1, 1], [[1, 1]], "one shape"),
        ([1, 1], [1, math.inf], "right side must be finite and not negative, but element 1 is inf"),
        ([[1, math.nan]], [[1, 1]], r"element \(0, 1\) is nan"),
        (pd.Series({"buy": 1}), pd.Series({"sell": 1}), "'(buy|sell)' is on one side only"),
        (pd.Series([1, 1], index=["buy", "buy"]), pd.Series([1, 1]), "'buy' stands twice"),
        (pd.Series({"buy": 1.0, "sell": -1.0}), [1, 1], "'sell' is -1"),
        (pd.DataFrame({"theory": [-1.0]}, index=["buy"]), [[1]], "row 'buy', column 'theory' is -1"),
        (-1, 1, "the value is -1"),
    ],
)
def test_index_refuses_what_cannot_be_compared_and_names_it(left, right, message):
    with pytest.raises(ValueError, match=message) as refusal:
        porter_index(left, right)
    assert not isinstance(refusal.value, UndefinedMeasure)


@pytest.mark.parametrize(("left", "right"), [([0, 0], [1, 1]), ([1, 1], [0, 0]), ([], [])])
def test_index_is_undefined_where_a_side_is_empty(left, right):
    with pytest.raises(UndefinedMeasure, match="One side is empty"):
        porter_index(left, right)


def _null_twin(cells, left, right):
    """Every way in which the points can fall."""
    total = 0.0
    for fallen in product(range(cells), repeat=left + right):
        x = np.bincount(fallen[:left], minlength=cells) / left
        y = np.bincount(fallen[left:], minlength=cells) / right
        total += np.minimum(x, y).sum()
    return total / cells ** (left + right)


@pytest.mark.parametrize(("cells", "left", "right"), [(2, 1, 1), (2, 3, 2), (3, 2, 4), (4, 1, 3), (1, 2, 2)])
def test_null_mean_is_the_mean_over_every_allocation(cells, left, right):
    assert porter_null(cells, left, right, replications=10).mean == pytest.approx(
        _null_twin(cells, left, right), abs=1e-12
    )


@pytest.mark.parametrize(("cells", "left", "right"), [(20, 30, 30), (40, 500, 70)])
def test_null_equals_a_simulation_one_allocation_at_a_time(cells, left, right):
    rng = np.random.default_rng(11)
    slow = []
    for _ in range(2_000):
        x = np.bincount(rng.integers(0, cells, left), minlength=cells) / left
        y = np.bincount(rng.integers(0, cells, right), minlength=cells) / right
        slow.append(porter_index(x, y))
    fast = porter_null(cells, left, right)
    assert fast.mean == pytest.approx(np.mean(slow), abs=0.006)
    assert (fast.low, fast.high) == pytest.approx(np.quantile(slow, [0.05, 0.95]).tolist(), abs=0.02)


def test_null_has_one_answer_for_one_seed_and_does_not_mind_the_sides():
    found = porter_null(12, 30, 20, replications=500)
    turned = porter_null(12, 20, 30, replications=500)
    assert found == porter_null(12, 30, 20, replications=500, seed=0)
    assert found != porter_null(12, 30, 20, replications=500, seed=1)
    assert found.mean == pytest.approx(turned.mean, abs=1e-12)
    assert found.low < found.mean < found.high


def test_null_grows_with_the_points_and_falls_with_the_cells():
    means = [porter_null(20, points, points, replications=1).mean for points in (10, 100, 1_000, 100_000)]
    assert means == sorted(means)
    assert means[-1] > 0.98
    assert porter_null(200, 100, 100, replications=1).mean < means[1]


def test_null_of_one_cell_is_always_one():
    assert porter_null(1, 5, 9, replications=100) == PorterNull(1.0, 1.0, 1.0)


def test_null_draws_large_tables_in_blocks():
    found = porter_null(1_500_000, 3, 3, replications=3)
    assert found.low <= found.high


@pytest.mark.parametrize(("left", "right"), [(0, 5), (5, 0)])
def test_null_is_undefined_where_a_side_has_no_points(left, right):
    with pytest.raises(UndefinedMeasure, match="no coding decisions"):
        porter_null(4, left, right)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 5, 5), "cells must be a whole number of at least 1, but is 0"),
        ((4, 2.5, 5), "left points must be a whole number"),
        ((4, 5, -1), "right points must be a whole number of at least 0, but is -1"),
    ],
)
def test_null_takes_counts_and_never_hours(arguments, message):
    with pytest.raises(ValueError, match=message):
        porter_null(*arguments)


def _ceiling_twin(shares, mentions):
    """1 − ½ΣE|X/n − p|, summed over everything that X can be."""
    expected = 0.0
    for p in shares:
        for x in range(mentions + 1):
            chance = math.comb(mentions, x) * p**x * (1 - p) ** (mentions - x)
            expected += chance * abs(x / mentions - p)
    return 1 - expected / 2


@quick
@given(vectors(5), st.integers(1, 40))
def test_ceiling_equals_the_sum_over_all_samples(values, mentions):
    shares = emphasis(values)
    found = porter_ceiling(shares, mentions)
    assert found == pytest.approx(_ceiling_twin(shares.tolist(), mentions), abs=1e-9)
    assert 0 <= found <= 1


def test_ceiling_holds_where_the_expected_count_is_whole():
    assert porter_ceiling([0.25, 0.75], 4) == pytest.approx(_ceiling_twin([0.25, 0.75], 4), abs=1e-12)


def test_ceiling_rises_with_the_mentions_and_is_one_where_there_is_no_choice():
    ceilings = [porter_ceiling(np.full(50, 0.02), mentions) for mentions in (10, 100, 1_000, 10**6)]
    assert ceilings == sorted(ceilings)
    assert porter_ceiling([1.0, 0.0], 1) == 1.0


def test_ceiling_equals_the_mean_index_of_samples_from_the_curriculum_itself():
    shares = emphasis([8, 4, 2, 1, 1])
    drawn = np.random.default_rng(2).multinomial(60, shares, 4_000)
    mean = np.mean([porter_index(shares, counts) for counts in drawn])
    assert porter_ceiling(shares, 60) == pytest.approx(mean, abs=0.003)


def test_ceiling_is_undefined_without_mentions():
    with pytest.raises(UndefinedMeasure, match="no mentions"):
        porter_ceiling([0.5, 0.5], 0)


@pytest.mark.parametrize(
    ("shares", "mentions", "message"),
    [
        ([0.5, 0.4], 5, r"sum to 1, but sum to 0\.9"),
        ([-0.5, 1.5], 5, "element 0 is -0"),
        ([0.5, 0.5], 2.5, "mentions must be a whole number"),
    ],
)
def test_ceiling_refuses_what_are_no_shares_and_no_count(shares, mentions, message):
    with pytest.raises(ValueError, match=message):
        porter_ceiling(shares, mentions)


def _cosine(left, right):
    dot = sum(x * y for x, y in zip(left, right, strict=True))
    return dot / math.sqrt(sum(x * x for x in left)) / math.sqrt(sum(y * y for y in right))


positive = st.lists(st.floats(0.01, 1e3), min_size=3, max_size=3)


@quick
@given(positive, positive, positive, st.floats(0.01, 100))
def test_vintage_is_the_ratio_of_two_cosines_and_knows_no_unit(taught, old, new, factor):
    ratio = vintage_ratio(taught, old, new)
    assert ratio == pytest.approx(_cosine(taught, old) / _cosine(taught, new))
    assert vintage_ratio(np.array(taught) * factor, old, np.array(new) * factor) == pytest.approx(ratio)
    assert vintage_ratio(taught, new, old) == pytest.approx(1 / ratio)
    assert vintage_ratio(taught, old, old) == pytest.approx(1.0)


def test_vintage_above_one_is_a_curriculum_of_the_old_demand():
    assert vintage_ratio([3, 1], [3, 1], [1, 3]) > 1
    assert vintage_ratio([1, 3], [3, 1], [1, 3]) < 1


@pytest.mark.parametrize(
    ("taught", "old", "new"),
    [([1, 0], [0, 1], [1, 0]), ([1, 0], [1, 0], [0, 1]), ([0, 0], [1, 0], [1, 0]), ([1, 0], [0, 0], [1, 0])],
)
def test_vintage_is_undefined_where_nothing_is_shared(taught, old, new):
    with pytest.raises(UndefinedMeasure, match="nothing in common"):
        vintage_ratio(taught, old, new)


def test_vintage_matches_labels_and_refuses_other_lengths():
    taught = pd.Series({"buy": 3.0, "sell": 1.0})
    assert vintage_ratio(taught, taught.iloc[::-1], pd.Series({"sell": 1.0, "buy": 3.0})) == pytest.approx(1)
    with pytest.raises(ValueError, match="curriculum and after must have one shape"):
        vintage_ratio([1, 1], [1, 1], [1, 1, 1])
    with pytest.raises(ValueError, match="curriculum and before must have one shape"):
        vintage_interval([1, 1], [[1, 1, 1]], [[1, 1]])


def _postings(first, second, both):
    return np.array([[1, 0]] * first + [[0, 1]] * second + [[1, 1]] * both)


def test_vintage_interval_excludes_one_only_where_demand_moved():
    old, new = _postings(60, 20, 20), _postings(20, 60, 20)
    low, high = vintage_interval([4, 1], old, new)
    assert 1 < low < vintage_ratio([4, 1], old.sum(axis=0), new.sum(axis=0)) < high
    low, high = vintage_interval([4, 1], old, old)
    assert low < 1 < high


def test_vintage_interval_widens_where_few_employers_stand_behind_the_postings():
    old, new = _postings(60, 20, 20), _postings(20, 60, 20)
    few = [f"employer {place // 20}" for place in range(100)]
    single = vintage_interval([4, 1], old, new)
    grouped = vintage_interval([4, 1], old, new, (few, few))
    assert grouped[1] - grouped[0] > single[1] - single[0]


def test_vintage_interval_is_undefined_where_resamples_lose_the_curriculum():
    rare = np.array([[1, 0]] + [[0, 1]] * 30)
    with pytest.raises(UndefinedMeasure, match="no interval"):
        vintage_interval([1, 0], rare, rare)
    with pytest.raises(UndefinedMeasure, match="no postings"):
        vintage_interval([1, 0], np.zeros((0, 2)), rare)


@quick
@given(st.lists(amounts, min_size=1, max_size=6))
def test_emphasis_sums_to_one_or_is_undefined(values):
    if not any(values):
        with pytest.raises(UndefinedMeasure):
            emphasis(values)
    else:
        assert emphasis(values).sum() == pytest.approx(1.0)


uneven = st.integers(5, 6).flatmap(lambda size: st.tuples(vectors(size), vectors(size)))


@quick
@given(uneven)
def test_the_band_of_exchanges_is_that_of_every_order_of_one_side(sides):
    left, right = sides
    found = porter_permutation_null(left, right)
    slow = [porter_index(left, order) for order in permutations(right)]
    assert found.mean == pytest.approx(np.mean(slow))
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(slow, [0.05, 0.95])), abs=1e-9)


def test_many_abilities_are_exchanged_at_random_around_the_exact_mean():
    left, right = np.arange(1, 41) ** 2, np.arange(41, 1, -1)
    found = porter_permutation_null(left, right, replications=4_000, seed=1)
    rng = np.random.default_rng(2)
    slow = [porter_index(left, rng.permutation(right)) for _ in range(4_000)]
    assert found.mean == pytest.approx(np.mean(slow), abs=0.002)
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(slow, [0.05, 0.95])), abs=0.005)
    assert porter_permutation_null(left, right, replications=4_000, seed=1) == found


def test_levels_stay_with_their_ability_when_abilities_are_exchanged():
    left, right = (
        np.array([[1, 0], [0, 2], [3, 1], [0, 1], [1, 1]]),
        np.array([[0, 1], [2, 0], [1, 1], [4, 0], [0, 0]]),
    )
    slow = [porter_index(left, right[list(order)]) for order in permutations(range(5))]
    found = porter_permutation_null(left, right)
    assert found.mean == pytest.approx(np.mean(slow))
    assert found.high == pytest.approx(np.quantile(slow, 0.95), abs=1e-9)


def test_exchanging_even_sides_changes_nothing_and_few_abilities_have_no_band():
    found = porter_permutation_null([1] * 5, [5, 1, 1, 1, 2])
    assert (found.mean, found.low, found.high) == pytest.approx((0.7,) * 3)
    with pytest.raises(UndefinedMeasure, match="Fewer than 5"):
        porter_permutation_null([1, 2, 3, 4], [1, 2, 3, 4])
    with pytest.raises(UndefinedMeasure, match="One side is empty"):
        porter_permutation_null([0] * 5, [1] * 5)
    with pytest.raises(ValueError, match="replications"):
        porter_permutation_null([1] * 5, [1] * 5, replications=0)


@pytest.mark.parametrize(("first", "second"), [(12, 60), (60, 12)])
def test_unchanged_demand_of_unequal_periods_does_not_look_dated(first, second):
    rng, rates, found = np.random.default_rng(4), np.array([0.5, 0.4, 0.3, 0.2, 0.1, 0.1]), []
    for trial in range(40):
        before, after = (rng.random((size, 6)) < rates for size in (first, second))
        found.append(vintage_interval(rates, before.astype(int), after.astype(int), draws=200, seed=trial))
    assert sum(low > 1 or high < 1 for low, high in found) <= 4


def test_the_vintage_interval_reflects_resamples_at_the_ratio():
    old, new = _postings(30, 10, 10), _postings(10, 30, 10)
    low, high = vintage_interval([4, 1], old, new, draws=4_000)
    rng, ratios = np.random.default_rng(5), []
    for _ in range(4_000):
        drawn = [period[rng.integers(0, 50, 50)].sum(axis=0) for period in (old, new)]
        ratios.append(vintage_ratio([4, 1], *drawn))
    middle = vintage_ratio([4, 1], old.sum(axis=0), new.sum(axis=0))
    lower, upper = np.quantile(ratios, [0.025, 0.975])
    assert (low, high) == pytest.approx((2 * middle - upper, 2 * middle - lower), abs=0.05)
