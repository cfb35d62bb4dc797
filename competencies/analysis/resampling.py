"""Bootstrap draws of postings or of units, always by the cluster that was sampled, never by mention."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

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
    matrix = presence(mentions)
    sums = cluster_sums(matrix, cluster_codes(employers, postings=matrix.shape[0])).T.tocsr()
    if not sums.shape[1]:
        raise UndefinedMeasure("There are no postings to resample.")
    blocks = [(sums @ weights.T).T for weights in resample_weights(sums.shape[1], draws=draws, seed=seed)]
    return np.concatenate(blocks)


def resample_weights(units: int, *, draws: int, seed: int) -> Iterator[Floats]:
    """Blocks of draws × units: how often each unit stands in a resample of as many units as there are."""
    rng = np.random.default_rng(seed)
    block = max(1, min(whole(draws, name="draws", lowest=1), CELLS_AT_ONCE // units))
    for start in range(0, draws, block):
        rows = min(block, draws - start)
        picked = rng.integers(0, units, size=(rows, units)) + np.arange(rows)[:, None] * units
        counts = np.bincount(picked.ravel(), minlength=rows * units)
        yield counts.reshape(rows, units).astype(float)


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
