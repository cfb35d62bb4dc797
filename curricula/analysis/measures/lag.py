"""Which year's demand a curriculum is most like, and how many years ago that was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from competencies.analysis import UndefinedMeasure
from competencies.analysis.checks import Floats, numbers, same_shape
from competencies.analysis.effective import effective_counts, unknown_demand
from competencies.analysis.frames import MIN_POSTINGS
from competencies.analysis.rates import Employers, Mentions
from competencies.analysis.resampling import employer_sums, resample_weights, resampled_sums
from curricula.analysis.alignment import porter_index

LEAST_PERIODS: Final = 3
SURE: Final = 0.95  # of the draws in which one of the set is best
LEVEL: Final = 0.05  # the index of oldest and newest must lie below this point of their exchanges

Period = tuple[Mentions, Employers | None]  # postings × abilities of 0 and 1, and who posted


@dataclass(frozen=True)
class CurriculumLag:
    similarity: dict[int, float]  # Porter index with each year's demand
    best: int  # the year that is best most often
    lag_years: int  # from the best to the newest
    likely: list[int]  # the fewest years that are best in 95 % of the draws, rising

    @property
    def is_finding(self) -> bool:
        """Only where the newest year is not among those likely."""
        return max(self.similarity) not in self.likely


@dataclass(frozen=True)
class YearOfDemand:
    """One twelve months as a lag counts it."""

    year: int
    postings: int
    unknown: str  # too_few_postings or too_few_employers; "" where its demand is known
    index: float | None  # Porter index with the plan; None where demand is unknown or either side is empty


def years_of_demand(
    curriculum: npt.ArrayLike, periods: Mapping[int, Period], *, min_postings: int = MIN_POSTINGS
) -> list[YearOfDemand]:
    """Each year: is its demand known, and how like it is the plan; also where the years are too few for a lag.

    Takes what `curriculum_lag` takes. An index alone says nothing of a lag: samples of unequal size are not alike.

    >>> years_of_demand([1, 1], {2024: ([[1, 0]] * 50 + [[0, 1]] * 50, None), 2025: ([[1, 0]], None)})
    ... # doctest: +NORMALIZE_WHITESPACE
    [YearOfDemand(year=2024, postings=100, unknown='', index=1.0),
     YearOfDemand(year=2025, postings=1, unknown='too_few_postings', index=None)]
    """
    taught = numbers(curriculum, name="curriculum")
    return [_year_of(taught, year, periods[year], min_postings) for year in sorted(periods)]


def _year_of(taught: Floats, year: int, period: Period, min_postings: int) -> YearOfDemand:
    counted = effective_counts(*period)
    unknown = unknown_demand(counted, min_postings=min_postings)
    comparable = not unknown and taught.sum() > 0 and counted.mentions.sum() > 0
    index = float(porter_index(taught, counted.mentions)) if comparable else None
    return YearOfDemand(year, counted.postings, unknown, index)


def curriculum_lag(
    curriculum: npt.ArrayLike,
    periods: Mapping[int, Period],
    *,
    min_postings: int = MIN_POSTINGS,
    draws: int = 2_000,
    seed: int = 0,
) -> CurriculumLag:
    """How many years old the demand is that the curriculum is most like.

    `curriculum` has one value ≥ 0 an ability; `periods` gives by year the postings × abilities of 0 and 1, in one
    vocabulary, and their employers. Each draw brings every year to as many employers as the smallest has, because
    a larger sample is more like anything. Lag 0: most like the newest year. Raises UndefinedMeasure for fewer
    than three years whose demand is known, and where oldest and newest demand do not differ: then no year is more
    like it than another. Source: an analogue of Biasi and Ma 2022, NBER working paper 29853.

    >>> old, new = [[1, 0, 0]] * 50 + [[0, 1, 0]] * 50, [[0, 0, 1]] * 100
    >>> found = curriculum_lag([1, 1, 0], {2023: (old, None), 2024: (new, None), 2025: (new, None)}, draws=50)
    >>> found.best, found.lag_years, found.likely, found.is_finding
    (2023, 2, [2023], True)
    """
    taught = numbers(curriculum, name="curriculum")
    known = (
        year for year, of in periods.items() if not unknown_demand(effective_counts(*of), min_postings=min_postings)
    )
    sums = {year: employer_sums(*periods[year]) for year in known}
    if len(sums) < LEAST_PERIODS:
        raise UndefinedMeasure(f"A lag needs {LEAST_PERIODS} yearly periods of {min_postings} postings each.")
    if not _differ(sums[min(sums)], sums[max(sums)], draws=draws, seed=seed):
        raise UndefinedMeasure("Demand of the oldest and of the newest period does not differ.")
    demand = {year: np.asarray(of.sum(axis=0), dtype=float).ravel() for year, of in sums.items()}
    return lag_of(taught, demand, best_counts(taught, sums, draws=draws, seed=seed))


def lag_of(curriculum: npt.ArrayLike, demand: Mapping[int, npt.ArrayLike], counts: Mapping[int, int]) -> CurriculumLag:
    """The lag from each year's demand and from the draws in which that year was best.

    >>> lag_of([1, 0], {2024: [1, 0], 2025: [0, 1]}, {2024: 96, 2025: 4}).likely
    [2024]
    """
    similarity = {year: porter_index(curriculum, values) for year, values in demand.items()}
    ranked = sorted(demand, key=lambda year: (-counts[year], -year))
    covered = np.cumsum([counts[year] for year in ranked])
    needed = int(np.argmax(covered >= SURE * covered[-1] - 1e-9)) + 1
    return CurriculumLag(similarity, ranked[0], max(demand) - ranked[0], sorted(ranked[:needed]))


def best_counts(
    curriculum: Floats, sums: Mapping[int, sparse.csr_array[Any]], *, draws: int, seed: int
) -> dict[int, int]:
    """In how many draws each year is the one most like the curriculum; of years alike, the newer."""
    size = min(units.shape[0] for units in sums.values())
    years = sorted(sums, reverse=True)
    drawn = [resampled_sums(sums[year], draws=draws, seed=seed + year, size=size) for year in years]
    same_shape(curriculum, drawn[0][0], names=("curriculum", "demand"))
    best = np.argmax([_indices(curriculum, mentions) for mentions in drawn], axis=0)
    return dict(zip(years, np.bincount(best, minlength=len(years)).tolist(), strict=True))


def _differ(old: sparse.csr_array[Any], new: sparse.csr_array[Any], *, draws: int, seed: int) -> bool:
    """Is the index of both below the 5 % point of as many exchanges of their employers?"""
    pooled = sparse.vstack([old, new], format="csr")
    total = np.asarray(pooled.sum(axis=0), dtype=float).ravel()
    chosen = resample_weights(pooled.shape[0], draws=draws, seed=seed, size=old.shape[0], replace=False)
    first = np.concatenate([(pooled.T @ weights.T).T for weights in chosen])
    exchanged = _overlaps(first, total - first)
    observed = np.asarray(old.sum(axis=0), dtype=float).reshape(1, -1)
    return bool(_overlaps(observed, total - observed)[0] < np.nanquantile(exchanged, LEVEL))


def _indices(curriculum: Floats, mentions: Floats) -> Floats:
    """The index of the curriculum with each row; −1 where a row has no mention."""
    return np.nan_to_num(_overlaps(np.broadcast_to(curriculum, mentions.shape), mentions), nan=-1.0)


def _overlaps(left: Floats, right: Floats) -> Floats:
    shares = [
        np.divide(side, total, out=np.full(side.shape, np.nan), where=total > 0)
        for side in (left, right)
        for total in [side.sum(axis=1, keepdims=True)]
    ]
    return np.minimum(*shares).sum(axis=1)
