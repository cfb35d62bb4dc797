"""How much of the growth of demand a plan does not touch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from competencies.analysis import UndefinedMeasure
from competencies.analysis.checks import numbers, same_shape


@dataclass(frozen=True)
class UntouchedGrowth:
    rising: int  # abilities that surely rise
    untaught: int  # of them, those with exposure 0
    growth: float  # Σ of the rates that they gained
    untouched: float  # of it, what the untaught gained
    share: float  # untouched ÷ growth


def growth_untouched(
    before: npt.ArrayLike, after: npt.ArrayLike, rising: npt.ArrayLike, exposure: npt.ArrayLike
) -> UntouchedGrowth:
    """Of the growth of the abilities that surely rise, the part that the plan gives no hour.

    Takes one element an ability: rates before and after in [0, 1], whether it surely rises (after BH), hours of
    exposure ≥ 0. `share` 0: every rising ability is taught; 1: none is. Growth that chance would show is left
    out, since it would be touched or not by chance as well. Raises UndefinedMeasure where no ability rises.
    Source: growth part of skill change, Deming and Noray 2020, QJE 135, 1965-2005.

    >>> growth_untouched([0.25, 0.25, 0.5], [0.5, 0.75, 0.75], [True, True, False], [12, 0, 0]).untouched
    0.5
    """
    old, new = (numbers(rates, name="rates", highest=1.0) for rates in (before, after))
    hours, sure = numbers(exposure, name="hours"), np.asarray(rising, dtype=bool)
    for values, name in ((new, "after"), (hours, "exposure"), (sure, "rising")):
        same_shape(old, values, names=("before", name))
    sure = sure & (new > old)
    if not sure.any():
        raise UndefinedMeasure("No ability surely rises, so there is no growth to touch.")
    untaught, gained = sure & (hours == 0), new - old
    growth, untouched = float(gained[sure].sum()), float(gained[untaught].sum())
    return UntouchedGrowth(int(sure.sum()), int(untaught.sum()), growth, untouched, untouched / growth)
