"""Do the people who mapped courses to abilities agree, how sure is that, and where do they not?

Ratings are raters × units (a unit is what is judged, such as a course–ability cell): numbers or labels,
missing as nan or None. An empty text is a rating like any other: "not mapped" is a judgement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from competencies.analysis import UndefinedMeasure
from competencies.analysis.checks import Floats, same_labels, same_shape
from competencies.analysis.resampling import percentile_interval, resample_weights

Level = Literal["nominal", "ordinal", "interval", "ratio"]
Weights = Literal["linear", "quadratic"]

FIRM, TENTATIVE = 0.80, 0.667  # Krippendorff 2004, ch. 11: conclusions below the second are to be discarded


@dataclass(frozen=True)
class _Ratings:
    counts: Floats  # units × categories: how many raters chose each
    values: npt.NDArray[np.object_]  # the categories, rising where they are numbers
    units: pd.Index

    def paired(self) -> _Ratings:
        """Only the units that two raters judged: the others say nothing about agreement."""
        kept = self.counts.sum(axis=1) >= 2
        if not kept.any():
            raise UndefinedMeasure("No unit was judged by two raters, so agreement is unknown.")
        return _Ratings(self.counts[kept], self.values, self.units[kept])


def cohen_kappa(a: npt.ArrayLike, b: npt.ArrayLike, *, weights: Weights | None = None) -> float:
    """Cohen's kappa of two raters: agreement beyond what their habits alone would give.

    `a` and `b` are vectors of ratings of the same units; a unit that one of them skipped is left out. Without
    `weights` any difference counts the same; "linear" and "quadratic" count the distance between numbers, or
    its square. Below 0: less than chance; 0: as chance; 1: full agreement. Raises UndefinedMeasure where both
    gave one and the same rating throughout or no unit was judged by both, ValueError for weights over labels.
    Source: Cohen 1960, Educ. Psychol. Meas. 20, 37-46; 1968, Psychol. Bull. 70, 213-220.

    >>> cohen_kappa([1, 1, 2, 2], [1, 2, 2, 2])
    0.5
    """
    first, second = _vector(a), _vector(same_labels(a, b))
    same_shape(first, second, names=("the first rater's ratings", "the second's"))
    pair = np.array([first, second])
    complete = ~pd.isna(pair).any(axis=0)
    if not complete.any():
        raise UndefinedMeasure("No unit was judged by both raters, so agreement is unknown.")
    codes, values = _categories(pair[:, complete])
    size = len(values)
    table = np.bincount(codes[0] * size + codes[1], minlength=size**2).reshape(size, size) / complete.sum()
    distance = _kappa_distances(values, weights)
    expected = (np.outer(table.sum(axis=1), table.sum(axis=0)) * distance).sum()
    if not expected:
        raise UndefinedMeasure("Both raters gave one and the same rating throughout, so there is no variation.")
    return float(1 - (table * distance).sum() / expected)


def gwet_ac1(ratings: npt.ArrayLike) -> float:
    """Gwet's AC1 of two or more raters: agreement beyond chance, steady where one rating is very common.

    Takes raters × units, nan or None where missing. Below 0: less than chance; 0: as chance; 1: full
    agreement. Raises UndefinedMeasure where no unit has two ratings or all ratings are the same.
    Source: Gwet 2008, Brit. J. Math. Stat. Psychol. 61, 29-48; 2014, Handbook of Inter-Rater Reliability.

    >>> gwet_ac1([[1, 1, 2, 2], [1, 2, 2, 2]])
    0.5294117647058824
    """
    everything = _read(ratings)
    counts = everything.paired().counts
    _expect_variation(everything)
    raters = counts.sum(axis=1)
    agreed = ((counts * (counts - 1)).sum(axis=1) / (raters * (raters - 1))).mean()
    rated = everything.counts[everything.counts.sum(axis=1) > 0]
    prevalence = (rated / rated.sum(axis=1, keepdims=True)).mean(axis=0)
    by_chance = (prevalence * (1 - prevalence)).sum() / (len(prevalence) - 1)
    return float((agreed - by_chance) / (1 - by_chance))


def krippendorff_alpha(ratings: npt.ArrayLike, *, level: Level) -> float:
    """Krippendorff's alpha: one minus observed over expected disagreement, for any raters and any gaps.

    Takes raters × units, nan or None where missing; `level` says what a difference means: "nominal" (labels,
    all differences alike), "ordinal" (ranks), "interval" (distances), "ratio" (proportions, numbers ≥ 0).
    Below 0: systematic disagreement; 0: as chance; ≥ .667 tentative and ≥ .80 firm, to be judged on the lower
    bound of `alpha_interval`; 1: full agreement. Raises UndefinedMeasure where no unit has two ratings or
    these do not vary, ValueError where the level needs numbers and gets labels.
    Source: Krippendorff 2004, Content Analysis, ch. 11; Krippendorff 2011, Computing alpha-reliability.

    >>> krippendorff_alpha([[1, 1, 2, 2], [1, 2, 2, 2]], level="nominal")
    0.5333333333333333
    """
    paired = _varied(ratings, level)
    return float(_alphas(paired, np.ones((1, len(paired.counts))), level)[0])


def alpha_interval(
    ratings: npt.ArrayLike, *, level: Level, draws: int = 2_000, confidence: float = 0.95, seed: int = 0
) -> tuple[float, float]:
    """Bootstrap interval of alpha over the units; its lower end is what a judgement stands on.

    Takes what `krippendorff_alpha` takes; whole units are drawn with replacement, one seed gives one result.
    Raises UndefinedMeasure where alpha has no value, or has none in too many resamples.
    Source: percentile bootstrap over units, Zapf et al. 2016, BMC Med. Res. Methodol. 16, 93.

    >>> alpha_interval([[1, 2, 1, 2], [1, 2, 1, 2]], level="nominal", confidence=0.5)
    (1.0, 1.0)
    """
    paired = _varied(ratings, level)
    blocks = resample_weights(len(paired.counts), draws=draws, seed=seed)
    return percentile_interval(
        np.concatenate([_alphas(paired, weights, level) for weights in blocks]), level=confidence
    )


def reliability(lower_bound: float) -> str:
    """`firm` from .80, `tentative` from .667, else `unreliable`, on the lower bound of alpha.

    >>> reliability(0.7)
    'tentative'
    """
    if lower_bound >= FIRM:
        return "firm"
    return "tentative" if lower_bound >= TENTATIVE else "unreliable"


def unstable_units(ratings: npt.ArrayLike, *, level: Level) -> pd.DataFrame:
    """The units that raters judge differently, the worst first.

    Takes what `krippendorff_alpha` takes; a frame's columns name the units. Returns one row a unit in which
    raters differ: `ratings` (how many) and `disagreement` (mean over its pairs of ratings, divided by what
    chance would give: near 0 almost agreed, 1 as chance, above 1 worse). Alpha is 1 minus the mean of
    `disagreement` over all paired units, weighted by their ratings. Raises as alpha does.

    >>> unstable_units([[1, 1, 2, 2], [1, 2, 2, 2]], level="nominal")["disagreement"].round(2).to_dict()
    {1: 1.87}
    """
    paired = _varied(ratings, level)
    totals = paired.counts.sum(axis=0)
    distances = _distances(paired.values, totals, level)
    raters = paired.counts.sum(axis=1)
    observed = (_coincidences(paired.counts) * distances).sum(axis=(1, 2)) / raters
    disagreement = observed / _expected(totals, distances)
    frame = pd.DataFrame({"ratings": raters.astype(int), "disagreement": disagreement}, index=paired.units)
    return frame[frame["disagreement"] > 0].sort_values("disagreement", ascending=False, kind="stable")


def _alphas(paired: _Ratings, weights: Floats, level: Level) -> Floats:
    """Alpha for each row of `weights` over the units; nan where the weighted ratings do not vary."""
    coincidences = np.tensordot(weights, _coincidences(paired.counts), axes=1)
    totals = weights @ paired.counts
    distances = _distances(paired.values, totals, level)
    observed = (coincidences * distances).sum(axis=(1, 2)) / totals.sum(axis=1)
    expected = _expected(totals, distances)
    ratio = np.divide(observed, expected, out=np.full_like(observed, np.nan), where=expected > 0)
    return 1 - ratio


def _coincidences(counts: Floats) -> Floats:
    """Units × categories × categories: ordered pairs of ratings within a unit, each rating weighing 1."""
    pairs = counts[:, :, None] * counts[:, None, :]
    own = np.arange(counts.shape[1])
    pairs[:, own, own] -= counts
    return pairs / (counts.sum(axis=1) - 1)[:, None, None]


def _expected(totals: Floats, distances: Floats) -> Floats:
    """Mean distance of two ratings drawn from all of them without putting the first back."""
    number = totals.sum(axis=-1)
    return (totals[..., :, None] * totals[..., None, :] * distances).sum(axis=(-2, -1)) / (number * (number - 1))


def _distances(values: npt.NDArray[np.object_], totals: Floats, level: Level) -> Floats:
    """Squared differences between categories, for each row of `totals`, which only the ordinal ones need."""
    if level == "nominal":
        return 1.0 - np.eye(len(values))
    if level == "ordinal":
        middles = np.cumsum(totals, axis=-1) - totals / 2  # between these ranks lie all ratings in between
        return (middles[..., :, None] - middles[..., None, :]) ** 2
    numeric = values.astype(float)
    difference = np.abs(numeric[:, None] - numeric)
    if level == "ratio":
        total = numeric[:, None] + numeric
        difference = np.divide(difference, total, out=np.zeros_like(total), where=total > 0)
    return difference**2


def _kappa_distances(values: npt.NDArray[np.object_], weights: Weights | None) -> Floats:
    if weights is None:
        return 1.0 - np.eye(len(values))
    if weights not in ("linear", "quadratic"):
        raise ValueError(f"weights must be None, 'linear' or 'quadratic', but are {weights!r}")
    numeric = _numeric(values, needed_by=f"{weights} weights")
    difference = np.abs(numeric[:, None] - numeric)
    return difference if weights == "linear" else difference**2


def _varied(ratings: npt.ArrayLike, level: Level) -> _Ratings:
    """The paired units, checked to suit the level and to vary."""
    if level not in ("nominal", "ordinal", "interval", "ratio"):
        raise ValueError(f"level must be nominal, ordinal, interval or ratio, but is {level!r}")
    paired = _read(ratings).paired()
    if level != "nominal":
        numeric = _numeric(paired.values, needed_by=f"the {level} level")
        if level == "ratio" and (numeric < 0).any():
            raise ValueError(f"the ratio level needs ratings of at least 0, but one is {numeric.min():g}")
    _expect_variation(paired)
    return paired


def _read(ratings: npt.ArrayLike) -> _Ratings:
    array = np.asarray(ratings, dtype=object)
    if array.ndim != 2:
        raise ValueError(f"ratings must be raters × units, but have {array.ndim} dimensions")
    codes, values = _categories(array)
    units = np.broadcast_to(np.arange(array.shape[1]), array.shape)
    given = codes >= 0
    places = units[given] * len(values) + codes[given]
    counts = np.bincount(places, minlength=array.shape[1] * len(values)).astype(float)
    labels = ratings.columns if isinstance(ratings, pd.DataFrame) else pd.RangeIndex(array.shape[1])
    return _Ratings(counts.reshape(array.shape[1], len(values)), values, labels)


def _categories(array: npt.NDArray[np.object_]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.object_]]:
    """Codes in the shape of `array` (−1 missing) and the categories, rising where all are numbers."""
    codes, values = pd.factorize(array.ravel())
    if all(isinstance(value, int | float | np.number) for value in values):
        order = np.argsort(values.astype(float), kind="stable")
        ranks = np.empty(len(order) + 1, dtype=np.intp)
        ranks[order], ranks[-1] = np.arange(len(order)), -1
        codes, values = ranks[codes], values[order]
    return codes.reshape(array.shape), values


def _numeric(values: npt.NDArray[np.object_], *, needed_by: str) -> Floats:
    for value in values:
        if not isinstance(value, int | float | np.number) or not np.isfinite(value):
            raise ValueError(f"{needed_by} needs finite numbers, but one rating is {value!r}")
    return values.astype(float)


def _expect_variation(ratings: _Ratings) -> None:
    if (ratings.counts.sum(axis=0) > 0).sum() < 2:
        raise UndefinedMeasure("All ratings are the same, so agreement cannot be told from a lack of variation.")


def _vector(ratings: npt.ArrayLike) -> npt.NDArray[np.object_]:
    array = np.asarray(ratings, dtype=object)
    if array.ndim != 1:
        raise ValueError(f"one rater's ratings must be a vector, but have {array.ndim} dimensions")
    return array
