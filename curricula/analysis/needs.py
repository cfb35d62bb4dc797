"""What a survey of importance against performance or competence says should be done first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from competencies.analysis import UndefinedMeasure
from competencies.analysis.checks import Floats, numbers, same_labels, same_shape


@dataclass(frozen=True)
class RankedDiscrepancy:
    negative: float  # percent of answers with competence below importance
    positive: float  # percent above
    tied: float  # percent equal
    score: float  # positive − negative, in [-100, 100]


def importance_performance(
    importance: npt.ArrayLike, performance: npt.ArrayLike, *, scale: tuple[float, float]
) -> pd.DataFrame:
    """Importance–performance quadrants by both crosshairs.

    Takes two vectors, one mean rating an item, and the scale's (lowest, highest) answer. Returns a frame with
    one row an item: importance, performance, gap (importance − performance, in points of the scale),
    `quadrant_mean` (crosshair at the items' means) and `quadrant_midpoint` (at the middle of the scale), each
    `concentrate_here`, `keep_up`, `low_priority` or `possible_overkill`, and `moves`: the two differ, so the
    verdict hangs on the crosshair. On the line counts as high. Raises UndefinedMeasure without items,
    ValueError that names a rating outside the scale. Source: Martilla and James 1977, J. Marketing 41, 77-79.

    >>> importance_performance([5, 3], [2, 4], scale=(1, 5))["quadrant_mean"].tolist()
    ['concentrate_here', 'possible_overkill']
    """
    lowest, highest = scale
    if not lowest < highest:
        raise ValueError(f"the scale must rise, but goes from {lowest:g} to {highest:g}")
    labels = importance.index if isinstance(importance, pd.Series) else None
    important = numbers(importance, name="importance", lowest=lowest, highest=highest)
    performed = numbers(same_labels(importance, performance), name="performance", lowest=lowest, highest=highest)
    _expect_vectors(important, performed, "performance")
    if not len(important):
        raise UndefinedMeasure("No item was rated, so there is nothing to place in quadrants.")
    frame = pd.DataFrame({"importance": important, "performance": performed}, index=labels)
    frame["gap"] = frame["importance"] - frame["performance"]
    slack = 1e-9 * (highest - lowest)  # a mean of equal ratings may lie a rounding error above them
    middle = (lowest + highest) / 2
    frame["quadrant_mean"] = _quadrants(frame, important.mean() - slack, performed.mean() - slack)
    frame["quadrant_midpoint"] = _quadrants(frame, middle - slack, middle - slack)
    frame["moves"] = frame["quadrant_mean"] != frame["quadrant_midpoint"]
    return frame


def mean_weighted_discrepancy(importance: npt.ArrayLike, competence: npt.ArrayLike) -> float:
    """Borich's mean weighted discrepancy score of one item: how large is the training need?

    Takes paired answers ≥ 0, nan where missing; pairs that miss one are left out. Returns the mean of
    (importance − competence) × mean importance, in squared points of the scale: from 1 to 5, −6.25 is the
    lowest, 0 no need, 20 the highest. Raises UndefinedMeasure without a complete pair.
    Source: Borich 1980, J. Teacher Education 31(3), 39-42; McKim and Saucier 2011, J. Extension 49.

    >>> mean_weighted_discrepancy([5, 3], [3, 3])
    4.0
    """
    important, competent = _complete_pairs(importance, competence)
    return float((important - competent).mean() * important.mean())


def ranked_discrepancy(importance: npt.ArrayLike, competence: npt.ArrayLike) -> RankedDiscrepancy:
    """The ranked discrepancy of one item: the training need, without taking answers for distances.

    Takes paired answers ≥ 0, nan where missing; pairs that miss one are left out. Score −100: everybody rates
    competence below importance; 0: as many below as above; +100: everybody above. Raises UndefinedMeasure
    without a complete pair. Source: Narine and Harder 2021, Advancements in Agricultural Development 2(3).

    >>> ranked_discrepancy([5, 4], [3, 4])
    RankedDiscrepancy(negative=50.0, positive=0.0, tied=50.0, score=-50.0)
    """
    important, competent = _complete_pairs(importance, competence)
    negative = 100 * float((competent < important).mean())
    positive = 100 * float((competent > important).mean())
    tied = 100 * float((competent == important).mean())
    return RankedDiscrepancy(negative=negative, positive=positive, tied=tied, score=positive - negative)


def _quadrants(frame: pd.DataFrame, important_from: float, performed_from: float) -> Sequence[str]:
    important = frame["importance"] >= important_from
    performed = frame["performance"] >= performed_from
    conditions = [important & ~performed, important & performed, ~important & ~performed]
    names = ["concentrate_here", "keep_up", "low_priority"]
    return np.select(conditions, names, default="possible_overkill").tolist()


def _complete_pairs(importance: npt.ArrayLike, competence: npt.ArrayLike) -> tuple[Floats, Floats]:
    important = numbers(importance, name="importance", missing=True)
    competent = numbers(same_labels(importance, competence), name="competence", missing=True)
    _expect_vectors(important, competent, "competence")
    both = ~(np.isnan(important) | np.isnan(competent))
    if not both.any():
        raise UndefinedMeasure("Nobody answered both questions, so no discrepancy can be formed.")
    return important[both], competent[both]


def _expect_vectors(importance: Floats, other: Floats, name: str) -> None:
    same_shape(importance, other, names=("importance", name))
    if importance.ndim != 1:
        raise ValueError(f"importance and {name} must be vectors, but have {importance.ndim} dimensions")
