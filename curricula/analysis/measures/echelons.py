"""The plan by echelon of work or by layer of the framework."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from competencies.analysis import UndefinedMeasure
from competencies.analysis.checks import numbers, same_labels
from competencies.analysis.frames import MIN_POSTINGS
from curricula.analysis.alignment import porter_index

COUNTED: Final = {"taught": "exposed", "practised": "practised", "assessed": "assessed"}


@dataclass(frozen=True)
class EchelonReading:
    """table: index echelon; columns hours (of exposure), required, taught, practised and assessed (abilities)."""

    table: pd.DataFrame
    unrequired_hours: float  # of abilities that no echelon requires


def by_echelon(hours: pd.DataFrame, weights: pd.DataFrame) -> EchelonReading:
    """Hours and counts by echelon, an ability's hours split by where its requirement weight lies.

    `hours` is abilities × taught, practised, exposed, assessed (hours ≥ 0), as `emphases` gives them; `weights`
    is the same abilities × echelons (≥ 0, in any unit). Hours are conserved: the table's and the unrequired ones
    add up to all exposure. Of the abilities required in an echelon it counts how many are taught (exposed at
    all), practised and assessed; an ability may be required in several. Raises ValueError where the abilities
    differ. Source: Porter 2002, applied to echelons.

    >>> hours = pd.DataFrame({"taught": [30.0], "practised": 0.0, "exposed": 30.0, "assessed": 0.0}, index=["a"])
    >>> by_echelon(hours, pd.DataFrame({"basic": [2.0], "senior": [1.0]}, index=["a"])).table["hours"].tolist()
    [20.0, 10.0]
    """
    given = numbers(weights, name="weights")
    exposed = numbers(same_labels(pd.Series(0.0, index=weights.index), hours["exposed"]), name="hours")
    total = given.sum(axis=1, keepdims=True)
    parts = np.divide(given, total, out=np.zeros_like(given), where=total > 0)
    needed = given > 0
    table = pd.DataFrame({"hours": exposed @ parts, "required": needed.sum(axis=0)}, index=weights.columns)
    for kind, column in COUNTED.items():
        table[kind] = (needed & (hours.loc[weights.index, [column]].to_numpy() > 0)).sum(axis=0)
    return EchelonReading(table, float(exposed[total.ravel() == 0].sum()))


def echelon_index(hours: npt.ArrayLike, postings: npt.ArrayLike, *, min_postings: int = MIN_POSTINGS) -> float:
    """How far the hours by echelon are spread as the postings are: Porter's index, without a chance band.

    Takes hours and assigned postings, one an echelon. 0 nothing in common, 1 the same spread; three or four cells
    have too few exchanges for a band. Raises UndefinedMeasure with fewer than `min_postings` assigned postings
    and without hours. Source: Porter 2002, Educational Researcher 31(7), 3-14.

    >>> echelon_index([30, 10], [50, 50])
    0.75
    """
    if (assigned := numbers(postings, name="postings").sum()) < min_postings:
        raise UndefinedMeasure(
            f"Only {assigned:g} postings are assigned to an echelon, and {min_postings} are needed to compare."
        )
    return porter_index(hours, postings)
