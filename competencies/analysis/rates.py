"""Rates of postings, many abilities at once: intervals, tests against a rate, and the weight of employers.

All functions work element by element on arrays. `k` postings of `n` mention an ability; k and n need not be
whole, because both may have been divided by a design effect.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse, special

from . import UndefinedMeasure
from .checks import Floats, numbers

Mentions = Any  # npt.ArrayLike or any of scipy's sparse matrices, which have no common typed parent
Employers = Sequence[object] | npt.NDArray[Any] | pd.Series


def wilson_bounds(k: npt.ArrayLike, n: npt.ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Wilson score interval of each rate k/n.

    `k` and `n` broadcast; returns two arrays of rates in [0, 1], (0, 1) where n = 0: nothing is known.
    Narrower means surer; 0 mentions give a low of exactly 0, n mentions a high of exactly 1.
    Source: Wilson 1927, JASA 22, 209-212; Newcombe 1998, Stat. Med. 17, 857-872, method 3.

    >>> low, high = wilson_bounds([0, 10], 20)
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.0, 0.299], [0.161, 0.701])
    """
    k, n = counts(k, n)
    z = _deviate(level)
    trials = np.where(n > 0, n, 1)
    rate = k / trials
    centre = rate + z**2 / (2 * trials)
    half = z * np.sqrt(rate * (1 - rate) / trials + z**2 / (4 * trials**2))
    scale = 1 + z**2 / trials
    low = np.where((n == 0) | (k == 0), 0.0, (centre - half) / scale)
    high = np.where((n == 0) | (k == n), 1.0, (centre + half) / scale)
    return low, high


def rate_change_bounds(
    before: tuple[npt.ArrayLike, npt.ArrayLike],
    after: tuple[npt.ArrayLike, npt.ArrayLike],
    level: float = 0.95,
) -> tuple[Floats, Floats, Floats]:
    """Change of each rate, after − before, with Newcombe's interval of the difference.

    Each side is (k, n), which broadcast; returns difference, low and high, all in [-1, 1]: −1 every posting
    dropped the ability, 0 no change, +1 every posting took it up. An interval without 0 is a change that is
    unlikely to be chance. Raises UndefinedMeasure where a side has no postings.
    Source: Newcombe 1998, Stat. Med. 17, 873-890, method 10.

    >>> difference, low, high = rate_change_bounds(([48], [80]), ([56], [70]))
    >>> float(difference[0].round(3)), float(low[0].round(3)), float(high[0].round(3))
    (0.2, 0.052, 0.334)
    """
    (k1, n1), (k2, n2) = counts(*before), counts(*after)
    expect_postings(n1, n2)
    p1, p2 = k1 / n1, k2 / n2
    (low1, high1), (low2, high2) = wilson_bounds(k1, n1, level), wilson_bounds(k2, n2, level)
    difference = p2 - p1
    low = difference - np.hypot(p2 - low2, high1 - p1)
    high = difference + np.hypot(high2 - p2, p1 - low1)
    return difference, low, high


def binomial_midp(k: npt.ArrayLike, n: npt.ArrayLike, p: npt.ArrayLike) -> Floats:
    """Two-sided exact binomial mid-p value of k in n against the rate p.

    All three broadcast. Twice the smaller tail, each tail with half of the probability of k itself:
    0 cannot be so at that rate, 1 is exactly in the middle of what that rate gives. n = 0 gives 1: no
    evidence against any rate. Where k and n are not whole the tails are those of the beta distribution,
    which equal the binomial's at whole numbers (Korn and Graubard 1998).
    Source: Lancaster 1961, JASA 56, 223-234; Berry and Armitage 1995, The Statistician 44, 417-423.

    >>> binomial_midp([0, 1, 2], 2, 0.5).tolist()
    [0.25, 1.0, 0.25]
    """
    k, n = counts(k, n)
    k, n, p = np.broadcast_arrays(k, n, numbers(p, name="rate", highest=1.0))
    at_least = np.where(k <= 0, 1.0, special.betainc(k, n - k + 1, p))
    above = np.where(k >= n, 0.0, special.betainc(k + 1, n - k, p))
    upper = (at_least + above) / 2
    return 2 * np.minimum(upper, 1 - upper)


def two_proportion_score_p(k1: npt.ArrayLike, n1: npt.ArrayLike, k2: npt.ArrayLike, n2: npt.ArrayLike) -> Floats:
    """Two-sided p-value of the pooled score test that k1/n1 and k2/n2 are one rate.

    All four broadcast. 1 means equal rates, small values a change that chance would seldom give; where
    nobody or everybody mentions the ability on both sides the rates are equal and p is 1.
    Raises UndefinedMeasure where a side has no postings. Source: Pearson 1900; the square is chi-squared
    of the 2 × 2 table without continuity correction.

    >>> float(two_proportion_score_p(10, 20, 10, 20))
    1.0
    """
    (k1, n1), (k2, n2) = counts(k1, n1), counts(k2, n2)
    expect_postings(n1, n2)
    pooled = (k1 + k2) / (n1 + n2)
    variance = pooled * (1 - pooled) * (1 / n1 + 1 / n2)
    distance = np.abs(k1 / n1 - k2 / n2)
    z = distance / np.sqrt(np.where(variance > 0, variance, 1.0))
    return 2 * special.ndtr(-z)


def binomial_distance(left: int, right: int, rate: float) -> float:
    """E|X/left − Y/right| of two independent binomial counts with one rate: how far apart chance puts two shares.

    Takes whole numbers ≥ 1 and a rate in [0, 1]. 0 where the rate is 0 or 1; at most a half, of single trials.
    Computed as the area between their distribution functions, E|A − B| = ∫ F(1 − G) + G(1 − F): linear in the
    trials, without a table of pairs.

    >>> binomial_distance(1, 1, 0.5)
    0.5
    """
    if not 0 < rate < 1:
        return 0.0
    sides = [(trials, *_distribution(trials, rate)) for trials in (left, right)]
    steps = np.union1d(*((first + np.arange(len(below))) / trials for trials, first, below in sides))
    f, g = (
        np.concatenate([[0.0], below])[
            np.clip(np.floor(steps[:-1] * trials + 1e-9) - first + 1, 0, len(below)).astype(int)
        ]
        for trials, first, below in sides
    )
    return float(((f * (1 - g) + g * (1 - f)) * np.diff(steps)).sum())


def _distribution(trials: int, rate: float) -> tuple[int, Floats]:
    """The first count whose probability a float can tell from 0, and P(X ≤ k) from there on."""
    # The upper end is the lower one of what does not happen: 1 − 1e-18 is 1 in a float. Where already nought of
    # them is likelier than that, there is no such count and all begin at 0.
    ends = special.bdtrik(1e-18, trials, [rate, 1 - rate])
    first, above = np.ceil(np.nan_to_num(ends)).astype(int)
    return int(first), np.asarray(special.bdtr(np.arange(first, trials - above + 1), trials, rate), dtype=float)


def binomial_pmf(k: npt.ArrayLike, n: npt.ArrayLike, rate: npt.ArrayLike) -> Floats:
    """P(X = k) of a binomial count: whole numbers k and n ≥ 0, rate in [0, 1]; 0 for k above n.

    Written with scipy.special, because scipy.stats takes longer to import than an analysis to run.

    >>> binomial_pmf([0, 1, 2, 3], 2, 0.5).round(12).tolist()
    [0.25, 0.5, 0.25, 0.0]
    """
    k, n, rate = np.broadcast_arrays(*(np.asarray(values, dtype=float) for values in (k, n, rate)))
    within = np.minimum(k, n)
    log_ways = -special.betaln(within + 1, n - within + 1) - np.log1p(n)
    chance = np.exp(log_ways + special.xlogy(within, rate) + special.xlog1py(n - within, -rate))
    return np.where(k <= n, chance, 0.0)


def counts(k: npt.ArrayLike, n: npt.ArrayLike) -> tuple[Floats, Floats]:
    """`k` and `n` as arrays of one shape, each ≥ 0; raises ValueError where k is more than n."""
    k, n = np.broadcast_arrays(numbers(k, name="mentions"), numbers(n, name="postings"))
    if (k > n).any():
        place = int(np.argmax((k > n).ravel()))
        raise ValueError(
            f"mentions cannot be more than postings, but element {place} has {k.flat[place]:g} in {n.flat[place]:g}"
        )
    return k, n


def presence(mentions: Mentions) -> sparse.csr_array[Any]:
    """`mentions` as a sparse matrix postings × abilities; raises ValueError where a cell is not 0 or 1."""
    given: Any = mentions if sparse.issparse(mentions) else numbers(mentions, name="mentions", highest=1.0)
    if given.ndim != 2:
        raise ValueError(f"mentions must be postings × abilities, but have {given.ndim} dimensions")
    matrix: sparse.csr_array[Any] = sparse.csr_array(given, dtype=float, copy=True)
    matrix.sum_duplicates()
    if not np.isin(matrix.data, (0.0, 1.0)).all():
        raise ValueError("mentions must be 0 or 1: a posting mentions an ability or does not")
    matrix.eliminate_zeros()
    return matrix


def cluster_codes(employers: Employers | None, *, postings: int) -> npt.NDArray[np.intp]:
    """One code 0, 1, … a posting, equal where the employer is; a posting without employer stands alone."""
    if employers is None:
        return np.arange(postings, dtype=np.intp)
    codes, names = pd.factorize(np.asarray(employers, dtype=object))
    if len(codes) != postings:
        raise ValueError(f"{postings} postings need as many employers, but there are {len(codes)}")
    alone = codes < 0
    codes[alone] = len(names) + np.arange(alone.sum())
    return codes


def cluster_sums(matrix: sparse.csr_array[Any], clusters: npt.NDArray[np.intp]) -> sparse.csr_array[Any]:
    """Mentions added up by cluster: a sparse matrix clusters × abilities."""
    postings = len(clusters)
    members = sparse.csr_array(
        (np.ones(postings), (clusters, np.arange(postings))),
        shape=(int(clusters.max(initial=-1)) + 1, postings),
    )
    return members @ matrix


def expect_postings(*sides: Floats) -> None:
    if any((side == 0).any() for side in sides):
        raise UndefinedMeasure("A change of demand needs postings in both periods, and one has none.")


def _deviate(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError(f"level must be between 0 and 1, but is {level}")
    return float(special.ndtri((1 + level) / 2))
