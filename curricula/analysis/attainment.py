"""What students showed, from aggregates only: shares of the marks, shares of students, and what they say of a plan.

Attainment stands beside exposure and demand and is never averaged with them. A cohort is no sample of graduates:
an interval says what another cohort of this size might show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from competencies.analysis import UndefinedMeasure
from competencies.analysis.checks import Floats, numbers, part_of, same_shape, whole
from competencies.analysis.rates import wilson_bounds

LEAST_STUDENTS: Final = 10  # below, a record is stored and not shown, so that nobody can be recognised
AROUND: Final = 0.05  # a verdict is shown at its target, and so far below and above it
SATURATED: Final = 0.95  # of the records met: they tell nothing apart
ROUNDING: Final = 1e-9  # a share that equals its step on paper must not miss it in floats
MET, NOT_MET, OPEN = "met", "not_met", "open"


@dataclass(frozen=True)
class Attainment:
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class ReachedShare:
    share: float
    low: float
    high: float
    level: int  # steps that the share reaches, 0 to their number
    level_low: int  # steps that both ends reach
    level_high: int
    verdict: str  # met, not_met, or open where the interval holds the target


@dataclass(frozen=True)
class WeakestPoint:
    name: str
    minimum: float
    expected: float  # the minimum to be expected were all points equally good


@dataclass(frozen=True)
class Evidence:
    abilities: int
    distinct_sets: int
    shared: list[list[str]]  # abilities that share one set of marks, group by group

    @property
    def abilities_that_share(self) -> int:
        return sum(map(len, self.shared))


def attainment_ratio(parts: pd.DataFrame, *, level: float = 0.95) -> Attainment:
    """The part of the marks for one ability that one group of students got (达成度): A = Σw·m/Σw.

    Takes one row a part: weight ≥ 0, mean, full (mark for this ability), sd (of the marks, nan unknown), n
    (students). Returns a share of the marks in [0, 1]: 0 nobody got any, 1 everybody all. The same students sat
    all parts, so their errors add up (correlation 1). Raises UndefinedMeasure without a part and where the
    weights sum to 0, ValueError where a mean is above its full mark.
    Source: 工程教育认证 as described by 范瑜 2023; Zou and Donner 2008, Stat. Med. 27, 1693-1702.

    >>> parts = pd.DataFrame({"weight": [1, 1], "mean": [8, 4], "full": [8, 8], "sd": [0, 0], "n": [20, 20]})
    >>> attainment_ratio(parts)
    Attainment(value=0.75, low=0.75, high=0.75)
    """
    found = part_ratios(parts, level=level)
    ratio, low, high = found.to_numpy(dtype=float).T
    return _combined(ratio, low, high, numbers(parts["weight"], name="weights"), rho=1.0)


def part_ratios(parts: pd.DataFrame, *, level: float = 0.95) -> pd.DataFrame:
    """Of each part, as `attainment_ratio` takes them: ratio m = mean/full, low and high, in [0, 1].

    Student's t interval where the spread is recorded; else, and for a single student, `mean_only_interval`.
    """
    full = numbers(parts["full"], name="full marks", lowest=np.nextafter(0, 1))
    ratio = numbers(numbers(parts["mean"], name="means") / full, name="mean ÷ full mark", highest=1.0)
    spread, students = numbers(parts["sd"], name="sd", missing=True) / full, numbers(parts["n"], name="students")
    rows = zip(ratio.tolist(), spread.tolist(), students.tolist(), strict=True)
    ends = [_mean_interval(*row, level) for row in rows]
    return pd.DataFrame([(m, *pair) for m, pair in zip(ratio, ends, strict=True)], columns=["ratio", "low", "high"])


def _mean_interval(ratio: float, spread: float, students: float, level: float) -> tuple[float, float]:
    n = whole(students, name="students")
    if np.isnan(spread) or n < 2:
        return mean_only_interval(ratio, n, level=level)
    half = float(special.stdtrit(n - 1, (1 + level) / 2)) * spread / n**0.5
    return max(ratio - half, 0.0), min(ratio + half, 1.0)


def mean_only_interval(mean_ratio: float, students: int, *, level: float = 0.95) -> tuple[float, float]:
    """The widest that the interval of a mean can be where the spread was not recorded.

    Takes a mean ratio m in [0, 1] and a number of students; returns Wilson's interval with k = n·m, in [0, 1]: a
    bound, because marks in [0, 1] vary by at most m(1 − m), as if everybody had all marks or none. Raises
    UndefinedMeasure for 0 students. Source: Bhatia and Davis 2000, Am. Math. Monthly 107, 353-357; Wilson 1927.

    >>> low, high = mean_only_interval(0.5, 20)
    >>> round(low, 3), round(high, 3)
    (0.299, 0.701)
    """
    m, n = float(numbers(mean_ratio, name="mean ratio", highest=1.0)), whole(students, name="students")
    _expect_students(n)
    low, high = wilson_bounds(n * m, n, level)
    return float(low), float(high)


def attainment_share(
    reached: int, students: int, *, steps: Sequence[float], target: float, level: float = 0.95
) -> ReachedShare:
    """How many students reached the threshold, and which level that is by the school's own steps.

    Takes whole numbers, rising shares of students that make the steps, and a target share. `level` 0 is below
    the first step, the number of steps is the highest; it is written with both ends, "2 (1–3)". The verdict is
    `met` or `not_met` only where the interval lies on one side of the target. Raises UndefinedMeasure for 0
    students. Source: NBA (India) attainment levels, ABET criteria; Wilson 1927.

    >>> found = attainment_share(19, 20, steps=[0.5, 0.6, 0.7], target=0.7)
    >>> found.level, found.level_low, found.level_high, found.verdict
    (3, 3, 3, 'met')
    """
    k, n = part_of(reached, students, part_name="students who reached it", total_name="students")
    _expect_students(n)
    rising = numbers(steps, name="steps", highest=1.0)
    if (np.diff(rising) <= 0).any():
        raise ValueError("steps must rise from each to the next")
    low, high = (float(end) for end in wilson_bounds(k, n, level))
    share, low_level, high_level = (int((rising <= end + ROUNDING).sum()) for end in (k / n, low, high))
    return ReachedShare(k / n, low, high, share, low_level, high_level, verdict(low, high, target))


def combined_attainment(
    rates: Sequence[tuple[int, int]], weights: npt.ArrayLike, *, rho: float, level: float = 0.95
) -> Attainment:
    """One share over several courses, Σw·k/n ÷ Σw, with an interval that knows whether the students are the same.

    Takes one (reached, students) a course, all on one scale, and weights ≥ 0. `rho` is the correlation between
    courses: 1 for the same students unless it is recorded, 0 for different cohorts. Returns a share in [0, 1].
    Raises UndefinedMeasure where the weights sum to 0 or a course has no students.
    Source: MOVER, Zou and Donner 2008, Stat. Med. 27, 1693-1702, with Wilson's limits.

    >>> combined_attainment([(10, 20), (20, 20)], [1, 1], rho=1).value
    0.75
    """
    pairs = [part_of(*rate, part_name="students who reached it", total_name="students") for rate in rates]
    k, n = np.array(pairs, dtype=float).reshape(-1, 2).T
    for students in n:
        _expect_students(int(students))
    given = numbers(weights, name="weights")
    same_shape(k, given, names=("rates", "weights"))
    return _combined(k / n, *wilson_bounds(k, n, level), given, rho=float(numbers(rho, name="rho", highest=1.0)))


def combined_ratios(ratios: Sequence[Attainment], weights: npt.ArrayLike, *, rho: float) -> Attainment:
    """Parts of the marks over several courses, Σw·A ÷ Σw, as `combined_attainment` does it for shares of students.

    Raises UndefinedMeasure where the weights sum to 0. Source: MOVER, Zou and Donner 2008, Stat. Med. 27, 1693-1702.

    >>> combined_ratios([Attainment(0.5, 0.25, 0.75), Attainment(1.0, 1.0, 1.0)], [1, 1], rho=1)
    Attainment(value=0.75, low=0.625, high=0.875)
    """
    value, low, high = np.array([(each.value, each.low, each.high) for each in ratios], dtype=float).reshape(-1, 3).T
    given = numbers(weights, name="weights")
    same_shape(value, given, names=("ratios", "weights"))
    return _combined(value, low, high, given, rho=float(numbers(rho, name="rho", highest=1.0)))


def _combined(value: Floats, low: Floats, high: Floats, weights: Floats, *, rho: float) -> Attainment:
    """θ ± √(ΣΣ ρ wᵢwⱼδᵢδⱼ), δ the distance to the limit, cut to [0, 1]."""
    if not weights.sum() > 0:
        raise UndefinedMeasure("No part with a weight serves this ability, so there is nothing to add up.")
    w = weights / weights.sum()
    down, up = (
        float(np.sqrt((1 - rho) * (part**2).sum() + rho * part.sum() ** 2))
        for part in (w * (value - low), w * (high - value))
    )
    middle = float(w @ value)
    return Attainment(middle, max(middle - down, 0.0), min(middle + up, 1.0))


def weakest_point(points: Mapping[str, float], students: int) -> WeakestPoint:
    """The indicator point with the lowest attainment, and how low it would be by chance alone.

    Takes shares in [0, 1] by the points' names, and the students behind each; `expected` is the minimum to be
    expected if all points were as good as their mean. Name the point; never compare the minima of requirements
    with different numbers of points. Raises UndefinedMeasure without a point and for 0 students.
    Source: 工程教育认证 as described by 范瑜 2023.

    >>> found = weakest_point({"3.1": 1.0, "3.2": 0.0}, 1)  # two coins: one chance in four that both fall well
    >>> found.name, found.minimum, found.expected
    ('3.2', 0.0, 0.25)
    """
    if not points:
        raise UndefinedMeasure("The requirement has no indicator point, so none can be the weakest.")
    values = numbers(list(points.values()), name="attainments", highest=1.0)
    name = list(points)[int(values.argmin())]
    expected = expected_minimum(float(values.mean()), students, len(points))
    return WeakestPoint(name, float(values.min()), expected)


def expected_minimum(true_share: float, students: int, points: int) -> float:
    """The lowest of so many equally good shares to be expected, each of so many students: Σ P(X ≥ i)^J ÷ n.

    Exact, in [0, true_share]: one point gives the share itself, more points and fewer students a lower one.

    >>> expected_minimum(0.5, 1, 2)
    0.25
    """
    n, j = whole(students, name="students"), whole(points, name="points", lowest=1)
    _expect_students(n)
    at_least = np.asarray(special.bdtrc(np.arange(n), n, numbers(true_share, name="share", highest=1.0)))
    return float((at_least**j).sum() / n)


def distinct_evidence(parts: Mapping[str, Collection[Hashable]]) -> Evidence:
    """How many different sets of marks stand behind so many abilities.

    Takes the parts (course, part) behind each ability; abilities without a part are left out. Abilities with the
    same parts have the same number: they are shown as one group, and no difference within it is ever said.

    >>> distinct_evidence({"a": ["exam"], "b": ["exam"], "c": ["report"]})
    Evidence(abilities=3, distinct_sets=2, shared=[['a', 'b']])
    """
    groups: defaultdict[frozenset[Hashable], list[str]] = defaultdict(list)
    for ability, behind in parts.items():
        if behind:
            groups[frozenset(behind)].append(ability)
    shared = [group for group in groups.values() if len(group) > 1]
    return Evidence(sum(map(len, groups.values())), len(groups), shared)


def verdict(low: float, high: float, target: float) -> str:
    """`met` where the whole interval is at or above the target, `not_met` where it is below, else `open`.

    >>> verdict(0.7, 0.8, 0.7), verdict(0.6, 0.69, 0.7), verdict(0.6, 0.7, 0.7)
    ('met', 'not_met', 'open')
    """
    if low >= target - ROUNDING:
        return MET
    return NOT_MET if high < target - ROUNDING else OPEN


def verdicts_around(low: float, high: float, target: float) -> tuple[str, str, str]:
    """The verdict 5 points below the target, at it, and 5 points above: what hangs on where the target was set.

    >>> verdicts_around(0.7, 0.9, 0.7)
    ('met', 'met', 'open')
    """
    below, above = verdict(low, high, target - AROUND), verdict(low, high, target + AROUND)
    return below, verdict(low, high, target), above


def attainment_finding(
    *,
    wanted: bool,
    exposure_hours: float,
    exposure_status: str,
    practice_status: str,
    attainment: tuple[float, float, float] | None,
    target: float,
) -> str:
    """What attainment says beside the gap label, never in place of it; "" where it says nothing.

    Statuses are below, within, above, unsure or unknown; `attainment` is (value, low, high) of direct evidence,
    None without a record. The first rule that applies.

    >>> attainment_finding(wanted=True, exposure_hours=60, exposure_status="within", practice_status="above",
    ...                    attainment=(0.48, 0.4, 0.56), target=0.7)
    'practised_not_attained'
    """
    if attainment is None:
        return "no_evidence" if wanted and exposure_hours > 0 else ""
    if not exposure_hours > 0:
        return "evidence_without_teaching"
    statuses = {exposure_status, practice_status}
    shown, short = verdict(*attainment[1:], target), "below" in statuses
    if shown == OPEN:
        return "attainment_open"
    if shown == MET:
        return "attained_though_short" if short else "attained"
    if wanted and statuses <= {"within", "above"}:
        return "practised_not_attained"
    return "short_and_not_attained" if short else ""


def is_tuned(settled: date | None, results: date | None) -> bool:
    """Flag `tuned`: the threshold or the target was set, or last changed, after the results were known.

    >>> is_tuned(date(2026, 7, 1), date(2026, 6, 30)), is_tuned(date(2026, 2, 1), date(2026, 6, 30))
    (True, False)
    """
    return settled is not None and results is not None and settled > results


def is_saturated(verdicts: Sequence[str], levels: Sequence[int]) -> bool:
    """Flag `saturated`: 95 % of the records met, or one level over all of several cells; nothing is told apart.

    >>> is_saturated(["met"] * 19 + ["open"], []), is_saturated(["met", "open"], [3, 2])
    (True, False)
    """
    met = bool(verdicts) and list(verdicts).count(MET) >= SATURATED * len(verdicts)
    return met or (len(levels) > 1 and len(set(levels)) == 1)


def _expect_students(n: int) -> None:
    if not n:
        raise UndefinedMeasure("No student was assessed, so nothing is known of attainment.")
