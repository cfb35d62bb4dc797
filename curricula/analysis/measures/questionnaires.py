"""Shares of answers: of a population that is known, of those who did not answer, and of two options compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from competencies.analysis import UndefinedMeasure
from competencies.analysis.checks import part_of, whole
from competencies.analysis.rates import wilson_bounds


@dataclass(frozen=True)
class AnswerShare:
    share: float  # of those who answered
    effective: float | None  # answers that the interval stands on; None for a census
    low: float
    high: float
    response: float | None  # answered ÷ asked; None where the number asked is unknown
    silent_none: float | None  # of all asked, had nobody of the silent said yes
    silent_all: float | None  # had all of them


@dataclass(frozen=True)
class PairedDifference:
    respondents: int
    first: float
    second: float
    phi: float  # correlation of the two options, in [-1, 1]; 0 where one of them does not vary
    difference: float  # first − second
    low: float
    high: float


def answer_share(yes: int, answered: int, asked: int | None = None, *, level: float = 0.95) -> AnswerShare:
    """The share of yes among those who answered an item, with an interval and with the worst that silence can hide.

    Takes whole numbers, yes ≤ answered ≤ asked; `asked` None where nobody knows how many were. With asked known,
    n* = n(N − 1)/(N − n), which holds for those who answered as a chance sample; where all answered it is a
    census, without an interval (low = high = share). `silent_none` and `silent_all` need no such assumption.
    Shares lie in [0, 1]. Raises UndefinedMeasure where nobody answered.
    Source: Cochran 1977, ch. 2-3, with Wilson 1927; Manski 1989, J. Human Resources 24, 343-360.

    >>> found = answer_share(10, 20, 40)
    >>> found.share, found.effective, found.silent_none, found.silent_all
    (0.5, 39.0, 0.25, 0.75)
    """
    k, n = part_of(yes, answered, part_name="yes", total_name="answered")
    if not n:
        raise UndefinedMeasure("Nobody answered this item, so it has no share.")
    if asked is None:
        return AnswerShare(k / n, float(n), *_wilson(k / n, n, level), None, None, None)
    n, whole_number = part_of(n, asked, part_name="answered", total_name="asked")
    effective = n * (whole_number - 1) / (whole_number - n) if whole_number > n else None
    low, high = _wilson(k / n, effective, level) if effective is not None else (k / n, k / n)
    silent = whole_number - n
    return AnswerShare(
        share=k / n,
        effective=effective,
        low=low,
        high=high,
        response=n / whole_number,
        silent_none=k / whole_number,
        silent_all=(k + silent) / whole_number,
    )


def paired_difference(
    both: int, only_first: int, only_second: int, neither: int, *, level: float = 0.95
) -> PairedDifference:
    """Was one option chosen more often than another by the same people? Newcombe's paired interval.

    Takes whole numbers of respondents who ticked both options, one of them, or none. `difference` −1: all ticked
    only the second; 0: as many; +1: only the first. "Most" is said only where the interval excludes 0. Shares of
    options add to more than 1 and are never made into shares of ticks. Raises UndefinedMeasure without
    respondents. Source: Newcombe 1998, Stat. Med. 17, 2635-2650, method 8, without continuity correction.

    >>> found = paired_difference(5, 5, 5, 5)
    >>> found.difference, found.phi, round(found.low + found.high, 12)
    (0.0, 0.0, 0.0)
    """
    a, b, c, d = (whole(count, name="respondents") for count in (both, only_first, only_second, neither))
    n = a + b + c + d
    if not n:
        raise UndefinedMeasure("Nobody answered this item, so its options cannot be compared.")
    (p1, p2), phi = ((a + b) / n, (a + c) / n), _phi(a, b, c, d)
    (low1, high1), (low2, high2) = (_wilson(p, n, level) for p in (p1, p2))
    below = _added(p1 - low1, high2 - p2, phi)
    above = _added(high1 - p1, p2 - low2, phi)
    return PairedDifference(n, p1, p2, phi, p1 - p2, p1 - p2 - below, p1 - p2 + above)


def _phi(a: int, b: int, c: int, d: int) -> float:
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    return float((a * d - b * c) / margins**0.5) if margins else 0.0


def _added(one: float, other: float, phi: float) -> float:
    return float(np.sqrt(max(one**2 - 2 * phi * one * other + other**2, 0.0)))


def _wilson(share: float, n: float, level: float) -> tuple[float, float]:
    low, high = wilson_bounds(share * n, n, level)
    return float(low), float(high)
