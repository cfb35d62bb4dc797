"""What would settle a finding that stays open: how many postings, whose shares, whose practice."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from competencies.analysis.checks import Floats
from competencies.analysis.rates import wilson_bounds

from .ability_stats import SHARES, STATUSES, excess_margin, short_margin
from .frames import Policy

Row = Mapping[Any, Any]
GROWTH: Final = 1.05 ** np.arange(1, 95)  # up to a hundred times the evidence; more is nobody's plan
JUDGED: Final = ("exposed", "practised")


def growth_that_settles(row: Row, hours: Mapping[str, float], policy: Policy) -> float | None:
    """How many times the postings would tell, if the rates stay what they are; None where a hundred times would not.

    Of an exposed ability the 90 % interval of its demand must lie on one side of the margins for each size that is
    unsure, of another the 95 % interval of its rate on one side of the floor. `hours` are all hours of each kind.
    """
    k, n = row["effective_mentions"] * GROWTH, row["effective_postings"] * GROWTH
    if row["exposure_hours"] > 0:
        shares = [end * row["share_of_rate"] for end in wilson_bounds(k, n, 0.90)]
        kinds = [kind for kind in JUDGED if row[STATUSES[kind]] == "unsure"]
        told = [_told(row[SHARES[kind]], shares, hours[kind], policy) for kind in kinds]
        enough = np.logical_and.reduce(told)
    else:
        low, high = wilson_bounds(k, n)
        enough = (low > policy.demand_floor) | (high < policy.demand_floor)
    return float(GROWTH[np.argmax(enough)]) if np.any(enough) else None


def _told(share: float, ends: list[Floats], hours: float, policy: Policy) -> npt.NDArray[np.bool_]:
    short = [end - share >= short_margin(end, hours, policy) for end in ends]
    excess = [share - end >= excess_margin(end, hours, policy) for end in ends]
    small = ~(short[0] | short[1] | excess[0] | excess[1])
    return (short[0] & short[1]) | (excess[0] & excess[1]) | small


def grown(count: float, growth: float) -> int:
    """So many times as many, written as a person would ask for them: two digits, rounded up."""
    wanted = count * growth
    step = 10 ** max(0, len(str(int(wanted))) - 2)
    return ceil(wanted / step) * step
