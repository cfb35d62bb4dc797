from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from competencies.analysis import UndefinedMeasure
from competencies.analysis.resampling import (
    basic_interval,
    employer_sums,
    percentile_interval,
    resample_weights,
    resampled_mentions,
    resampled_sums,
)

MENTIONS = np.array([[1, 0, 1], [1, 1, 0], [0, 1, 0], [1, 0, 0], [0, 0, 1]])
EMPLOYERS = ["a", "a", "b", "b", None]


def test_resamples_are_the_sums_of_the_postings_drawn():
    weights = np.concatenate(list(resample_weights(5, draws=40, seed=3)))
    slow = [
        [sum(weight * row[ability] for weight, row in zip(draw, MENTIONS, strict=True)) for ability in range(3)]
        for draw in weights
    ]
    assert resampled_mentions(MENTIONS, draws=40, seed=3).tolist() == slow


def test_a_named_employer_is_drawn_whole():
    drawn = resampled_mentions(MENTIONS, EMPLOYERS, draws=500, seed=1)
    employers = np.array([[2, 1, 1], [1, 1, 0], [0, 0, 1]])
    possible = {
        tuple((np.array(weights) @ employers).tolist()) for weights in np.ndindex(4, 4, 4) if sum(weights) == 3
    }
    assert {tuple(row) for row in drawn.tolist()} == possible


def test_every_resample_has_as_many_units_as_there_are_and_one_seed_gives_one_result():
    blocks = list(resample_weights(7, draws=50, seed=5))
    assert (np.concatenate(blocks).sum(axis=1) == 7).all()
    assert np.array_equal(np.concatenate(blocks), np.concatenate(list(resample_weights(7, draws=50, seed=5))))
    assert not np.array_equal(blocks[0], next(resample_weights(7, draws=50, seed=6)))


def test_large_tables_are_drawn_in_blocks_that_add_up():
    blocks = list(resample_weights(900_000, draws=5, seed=0))
    assert [len(block) for block in blocks] == [2, 2, 1]


def test_resamples_are_spread_around_what_was_counted():
    drawn = resampled_mentions(sparse.csr_array(np.repeat(MENTIONS, 40, axis=0)), draws=2_000)
    assert drawn.mean(axis=0) == pytest.approx(MENTIONS.sum(axis=0) * 40, rel=0.02)
    assert drawn.std(axis=0) == pytest.approx(np.sqrt([48, 48, 48]), rel=0.06)


def test_no_postings_cannot_be_resampled():
    with pytest.raises(UndefinedMeasure, match="no postings"):
        resampled_mentions(np.zeros((0, 3)))


def test_resamples_without_a_value_are_left_out_until_they_are_too_many():
    values = np.array([np.nan, *range(1, 101)], dtype=float)
    assert percentile_interval(values, level=0.9) == pytest.approx((5.95, 95.05))
    with pytest.raises(UndefinedMeasure, match="no interval"):
        percentile_interval(np.array([np.nan, 1.0, 2.0]), level=0.9)
    with pytest.raises(UndefinedMeasure):
        percentile_interval(np.array([]))


def test_a_larger_set_can_be_drawn_as_if_it_were_a_smaller_one():
    weights = np.concatenate(list(resample_weights(6, draws=300, seed=2, size=3)))
    assert set(weights.sum(axis=1)) == {3.0}
    assert ((weights > 0).sum(axis=0) > 60).all()  # each unit is in about half of the draws' threes, some drawn away
    assert set((weights > 0).sum(axis=1)) == {1, 2, 3}
    subsets = np.concatenate(list(resample_weights(6, draws=600, seed=2, size=3, replace=False)))
    assert set(subsets.ravel()) == {0.0, 1.0}
    assert set(subsets.sum(axis=1)) == {3.0}
    assert len({tuple(row) for row in subsets.tolist()}) == 20  # every three of six


def test_thinned_employers_are_sums_of_whole_employers():
    sums = employer_sums(MENTIONS, EMPLOYERS)
    assert sums.toarray().tolist() == [[2, 1, 1], [1, 1, 0], [0, 0, 1]]
    thinned = resampled_sums(sums, draws=60, seed=1, size=2, replace=False)
    assert {tuple(row) for row in thinned.tolist()} == {(3, 2, 1), (2, 1, 2), (1, 1, 1)}


@pytest.mark.parametrize(
    ("value", "percentiles", "highest", "expected"),
    [
        (0.72, (0.58, 0.70), 1.0, (0.74, 0.86)),
        (0.9, (0.6, 0.95), 1.0, (0.85, 1.0)),
        (0.2, (0.1, 0.5), 1.0, (0.0, 0.3)),
        (1.5, (1.0, 1.75), np.inf, (1.25, 2.0)),
    ],
)
def test_the_basic_interval_reflects_the_percentiles_at_the_value(value, percentiles, highest, expected):
    assert basic_interval(value, percentiles, highest=highest) == pytest.approx(expected)
