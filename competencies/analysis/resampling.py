"""Bootstrap draws of postings or of units, always by the cluster that was sampled, never by mention."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy import sparse

from . import UndefinedMeasure
from .checks import Floats, whole
from .rates import Employers, Mentions, cluster_codes, cluster_sums, presence

CELLS_AT_ONCE = 2_000_000  # keeps a block of draws near 16 MB


def resampled_mentions(
    mentions: Mentions, employers: Employers | None = None, *, draws: int = 2_000, seed: int = 0
) -> Floats:
    """How often each ability is mentioned in each of `draws` resamples of the postings.

    `mentions` is postings × abilities of 0 and 1; whole employers are drawn with replacement where they are
    named, single postings where not. Returns draws × abilities, in mentions; one seed gives one result.
    Raises UndefinedMeasure where there are no postings. Source: Efron and Tibshirani 1993, ch. 8.

    >>> resampled_mentions([[1, 0], [1, 0]], draws=3).tolist()
    [[2.0, 0.0], [2.0, 0.0], [2.0, 0.0]]
    """
    return resampled_sums(employer_sums(mentions, employers), draws=draws, seed=seed)


def resampled_sums(
    sums: sparse.csr_array[Any], *, draws: int, seed: int, size: int | None = None, replace: bool = True
) -> Floats:
    """The same of what `employer_sums` gives; `size` and `replace` as in `resample_weights`."""
    columns = sums.T.tocsr()
    blocks = resample_weights(sums.shape[0], draws=draws, seed=seed, size=size, replace=replace)
    return np.concatenate([(columns @ weights.T).T for weights in blocks])


def employer_sums(mentions: Mentions, employers: Employers | None) -> sparse.csr_array[Any]:
    """Mentions of each employer, a posting without one standing alone: what is drawn, units × abilities."""
    matrix = presence(mentions)
    if not matrix.shape[0]:
        raise UndefinedMeasure("There are no postings to resample.")
    return cluster_sums(matrix, cluster_codes(employers, postings=matrix.shape[0]))


def resample_weights(
    units: int, *, draws: int, seed: int, size: int | None = None, replace: bool = True
) -> Iterator[Floats]:
    """Blocks of draws × units: how often each unit stands in a resample of as many units as there are.

    With `size`, each draw first takes so many different units at random, so that a larger set is resampled as if
    it were a smaller one. Without `replace` it ends there: each of the units taken stands there once.
    """
    rng = np.random.default_rng(seed)
    block = max(1, min(whole(draws, name="draws", lowest=1), CELLS_AT_ONCE // units))
    taken = units if size is None else size
    for start in range(0, draws, block):
        rows = min(block, draws - start)
        picked = rng.integers(0, taken, size=(rows, taken)) if replace else np.tile(np.arange(taken), (rows, 1))
        if taken < units:
            different = rng.random((rows, units)).argpartition(taken, axis=1)
            picked = np.take_along_axis(different, picked, axis=1)
        counts = np.bincount((picked + np.arange(rows)[:, None] * units).ravel(), minlength=rows * units)
        yield counts.reshape(rows, units).astype(float)


def basic_interval(value: float, percentiles: tuple[float, float], *, highest: float = 1.0) -> tuple[float, float]:
    """The basic bootstrap interval of an index or ratio: its resamples' percentiles, reflected at the value.

    An index of a sample lies below the true one, and those of its resamples lie as far below again: their
    percentiles need not even hold the index. Returns 2·value − upper and 2·value − lower, cut to [0, `highest`].
    Source: Davison and Hinkley 1997, ch. 5.

    >>> low, high = basic_interval(0.5, (0.25, 0.5))
    >>> low, high
    (0.5, 0.75)
    """
    lower, upper = percentiles
    low, high = np.clip([2 * value - upper, 2 * value - lower], 0.0, highest)
    return float(low), float(high)


def percentile_interval(values: Floats, *, level: float = 0.95) -> tuple[float, float]:
    """The middle `level` of bootstrap values; nan marks a resample in which the measure is undefined.

    Raises UndefinedMeasure where more than 1 − level of the resamples are undefined: the data are too thin
    for an interval. Source: percentile interval, Efron and Tibshirani 1993, ch. 13.

    >>> percentile_interval(np.arange(101.0), level=0.5)
    (25.0, 75.0)
    """
    defined = values[~np.isnan(values)]
    if len(values) - len(defined) > (1 - level) * len(values) or not len(defined):
        raise UndefinedMeasure("Too many resamples of these data have no value, so there is no interval.")
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
