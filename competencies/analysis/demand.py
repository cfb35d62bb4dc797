"""What postings say about one ability or a list of them: rates, changes, specificity, speed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from . import UndefinedMeasure
from .checks import Floats, numbers, part_of
from .effective import effective_postings as effective_postings
from .rates import counts, rate_change_bounds, wilson_bounds

Rates = Mapping[str, float] | pd.Series  # ability → rate


@dataclass(frozen=True)
class RateChange:
    difference: float  # after − before, in [-1, 1]
    low: float
    high: float


@dataclass(frozen=True)
class ShrunkenRate:
    mean: float  # the rate to order a list by
    low: float  # 2.5 % of the posterior
    high: float  # 97.5 %


@dataclass(frozen=True)
class SkillChange:
    total: float  # growth + decline
    growth: float  # Σ of the rates gained
    decline: float  # Σ of the rates lost, as a positive number


def wilson_interval(mentions: int, postings: int, level: float = 0.95) -> tuple[float, float]:
    """Wilson score interval of a demand rate.

    Takes whole numbers of postings, 0 ≤ mentions ≤ postings; returns (low, high) as rates in [0, 1]. A narrow
    interval is a sure rate; (0, 1), given for 0 postings, is no evidence at all. ValueError for other input.
    Source: Wilson 1927; Newcombe 1998, Stat. Med. 17, 857-872, method 3.

    >>> low, high = wilson_interval(81, 263)
    >>> round(low, 4), round(high, 4)
    (0.2553, 0.3662)
    """
    low, high = wilson_bounds(*_postings(mentions, postings), level)
    return float(low), float(high)


def rate_change(before: tuple[int, int], after: tuple[int, int]) -> RateChange:
    """Change of a demand rate between two periods, with Newcombe's 95 % interval.

    Each side is (mentions, postings). `difference` is after − before: −1 all postings dropped the ability,
    0 nothing changed, +1 all took it up; an interval that holds 0 may be chance. Raises UndefinedMeasure
    where a period has no postings, ValueError where the numbers are not counts.
    Source: Newcombe 1998, Stat. Med. 17, 873-890, method 10.

    >>> change = rate_change((48, 80), (56, 70))
    >>> round(change.difference, 3), round(change.low, 3), round(change.high, 3)
    (0.2, 0.052, 0.334)
    """
    difference, low, high = rate_change_bounds(_postings(*before), _postings(*after))
    return RateChange(difference=float(difference), low=float(low), high=float(high))


def adjusted_p_values(p: npt.ArrayLike) -> Floats:
    """Benjamini–Hochberg adjusted p-values of one family of tests.

    Takes a vector of p-values in [0, 1], returns as many, in the same order: calling those ≤ q a finding
    keeps the expected share of false findings at q. Never below the p-value itself; an empty family gives an
    empty array. ValueError names a value outside [0, 1].
    Source: Benjamini and Hochberg 1995, JRSS B 57, 289-300.

    >>> adjusted_p_values([0.01, 0.04]).tolist()
    [0.02, 0.04]
    """
    values = numbers(p, name="p-values", highest=1.0)
    if values.ndim != 1:
        raise ValueError(f"p-values must be a vector, but have {values.ndim} dimensions")
    order = np.argsort(values)[::-1]
    adjusted = np.empty_like(values)
    adjusted[order] = np.minimum.accumulate(values[order] * (len(values) / np.arange(len(values), 0, -1)))
    return np.minimum(adjusted, 1.0)


def shrunken_rate(mentions: int, postings: int, prior: tuple[float, float]) -> ShrunkenRate:
    """A demand rate drawn towards what is usual, so that few postings cannot top a list.

    Takes whole numbers and a beta prior (a, b), both above 0, worth a + b postings; returns the posterior
    mean with its central 95 %. Without postings it is the prior a/(a + b); with many it nears k/n; the
    lowest and highest possible means are 0 and 1, never reached. ValueError for other input.
    Source: conjugate beta-binomial; Casella 1985, American Statistician 39, 83-87.

    >>> shrunken_rate(3, 5, (2, 18)).mean
    0.2
    """
    mentions, postings = _postings(mentions, postings)
    mean, low, high = shrunken_rates(mentions, postings, prior)
    return ShrunkenRate(mean=float(mean), low=float(low), high=float(high))


def shrunken_rates(k: npt.ArrayLike, n: npt.ArrayLike, prior: tuple[float, float]) -> tuple[Floats, Floats, Floats]:
    """`shrunken_rate` for arrays: means, lows and highs; k and n broadcast."""
    a, b = prior
    if not (0 < a < np.inf and 0 < b < np.inf):
        raise ValueError(f"both numbers of the prior must be above 0, but they are {a} and {b}")
    k, n = counts(k, n)
    low, high = (np.asarray(special.betaincinv(k + a, n - k + b, q), dtype=float) for q in (0.025, 0.975))
    return (k + a) / (n + a + b), low, high


def moment_prior(mentions: npt.ArrayLike, postings: int) -> tuple[float, float]:
    """The beta prior (a, b) whose mean and spread are those of the abilities' rates.

    `mentions` is one count an ability, all in the same `postings`. Raises UndefinedMeasure where the rates
    vary no more than chance would make them, or all are 0 or all 1: then nothing tells how far to shrink.
    Source: method of moments of the beta-binomial, Kleinman 1973, JASA 68, 46-54.

    >>> a, b = moment_prior([2, 4, 6, 8], 10)
    >>> round(a, 3), round(b, 3)
    (2.2, 2.2)
    """
    rates = numbers(mentions, name="mentions", highest=postings) / max(postings, 1)
    if len(rates) < 2 or postings < 2 or not 0 < rates.mean() < 1:
        raise UndefinedMeasure("A prior needs two postings, two abilities, and rates that are not all 0 or all 1.")
    mean = float(rates.mean())
    excess = float(rates.var(ddof=1)) * postings / (mean * (1 - mean)) - 1
    if excess <= 0:
        raise UndefinedMeasure("The rates vary no more than chance, so nothing tells how far to shrink them.")
    size = (postings - 1) / excess - 1
    if size <= 0:
        raise UndefinedMeasure("The rates are nearly all 0 or 1, so no prior fits them.")
    return mean * size, (1 - mean) * size


def effective_use(matrix: npt.ArrayLike) -> Floats:
    """Revealed comparative advantage: is an ability specific to a position?

    Takes positions × abilities of weights ≥ 0 and returns as many ratios: the ability's share in the position
    over its share in all positions. 0 is not asked for there, 1 asked for as everywhere, above 1 specific.
    nan where an ability has no weight in any position, or a position none at all; raises UndefinedMeasure
    where the whole matrix is 0.
    Source: Balassa 1965; Alabdulkareem et al. 2018, Science Advances 4, eaao6030, equation 1.

    >>> effective_use([[30, 10], [10, 30]]).tolist()
    [[1.5, 0.5], [0.5, 1.5]]
    """
    weights = numbers(matrix, name="weights")
    if weights.ndim != 2:
        raise ValueError(f"weights must be positions × abilities, but have {weights.ndim} dimensions")
    if not weights.sum():
        raise UndefinedMeasure("No position asks for any ability, so none can be specific.")
    expected = np.outer(weights.sum(axis=1), weights.sum(axis=0)) / weights.sum()
    return np.divide(weights, expected, out=np.full_like(weights, np.nan), where=expected > 0)


def skill_change(before: Rates, after: Rates) -> SkillChange:
    """How far demand moved between two periods, over the abilities that both could be searched for.

    Takes ability → rate in [0, 1]. `total` is Σ|after − before| = growth + decline: 0 nothing moved, K every
    one of K abilities went from nobody to everybody or back. An ability that is missing from one period's
    vocabulary is left out, not taken for 0. Raises UndefinedMeasure where no ability is in both.
    Source: Deming and Noray 2020, QJE 135, 1965-2005.

    >>> change = skill_change({"cad": 0.5, "plc": 0.25}, {"cad": 0.25, "plc": 0.75, "python": 0.1})
    >>> change.total, change.growth, change.decline
    (0.75, 0.5, 0.25)
    """
    shared = [ability for ability in before.keys() if ability in after.keys()]  # noqa: SIM118 a Series has keys too
    if not shared:
        raise UndefinedMeasure("No ability was searched for in both periods.")
    moved = _rates(after, shared) - _rates(before, shared)
    growth, decline = float(moved[moved > 0].sum()), float(-moved[moved < 0].sum())
    return SkillChange(total=growth + decline, growth=growth, decline=decline)


def _rates(period: Rates, abilities: list[str]) -> Floats:
    rates = np.array([period[ability] for ability in abilities], dtype=float)
    wrong = ~((rates >= 0) & (rates <= 1))
    if wrong.any():
        place = int(np.argmax(wrong))
        raise ValueError(f"rates must be between 0 and 1, but {abilities[place]!r} has {rates[place]:g}")
    return rates


def _postings(mentions: int, postings: int) -> tuple[int, int]:
    return part_of(mentions, postings, part_name="mentions", total_name="postings")
