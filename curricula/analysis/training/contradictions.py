"""Industry and training out of step (paper 001 §3): in time, in quantity, in quality, and by stratum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from competencies.analysis import UndefinedMeasure
from competencies.analysis.frames import MIN_POSTINGS
from curricula.analysis.frames import TAUGHT_MODES
from curricula.analysis.measures.echelons import by_echelon, echelon_index

from .readings import CENSUS, Reading, because


@dataclass(frozen=True)
class YearCount:
    """Openings and graduates of one year, None where nobody states them."""

    year: int
    openings: int | None
    graduates: int | None

    @property
    def ratio(self) -> float | None:
        return self.openings / self.graduates if self.openings is not None and self.graduates else None


@dataclass(frozen=True)
class QuantityLag:
    """Openings for each graduate 求人倍率 in the newest year that states both, and in the oldest."""

    years: tuple[YearCount, ...]  # rising
    reading: Reading

    @property
    def change(self) -> float | None:
        """Newest ratio − oldest; None with fewer than two."""
        ratios = [each.ratio for each in self.years if each.ratio is not None]
        return ratios[-1] - ratios[0] if len(ratios) > 1 else None


def quantity_lag(years: Sequence[YearCount]) -> QuantityLag:
    """How many openings stand against one graduate. 1: as many; above 1: fewer graduates than openings.

    Official figures are counts of a register, not a sample, so they have no interval; what they leave out is not
    known. Undefined where no year states both. Source: 001 §3.1 ("the number of talents is backward").

    >>> quantity_lag([YearCount(2024, 300, 100), YearCount(2025, 440, 110)]).change
    1.0
    """
    rising = tuple(sorted(years, key=lambda each: each.year))
    both = [each for each in rising if each.ratio is not None]
    if not both:
        return QuantityLag(rising, Reading(None, undefined=because("no_openings_and_graduates", years=len(rising))))
    return QuantityLag(rising, Reading(both[-1].ratio, no_interval=CENSUS))


@dataclass(frozen=True)
class QualityLag:
    """Hours of the whole plan, mapped or not; `open_hours` may be practice or not, nobody has said."""

    taught: float
    simulation: float
    operation: float
    open_hours: float
    reading: Reading  # practised ÷ all but assessment; low and high by what is not stated

    @property
    def practised(self) -> float:
        return self.simulation + self.operation


def quality_lag(hours: pd.Series, *, open_ended: bool = False) -> QualityLag:
    """The share of a plan's hours that students practise, simulation and operation shown apart.

    `hours` has the sums over the plan, index of TAUGHT_MODES. Low: no hour that is not split is practice; high:
    all of them are. With `open_ended` some course states neither practice nor a total, so there is no upper end.
    0: only lectures and demonstrations; 1: only practice. Hours are a census: these are bounds, not an interval
    of sampling. Undefined without hours, and where more than half of them are not split. Source: 001 §3.1
    ("the quality lags behind … only based on the theoretical basis"); 004 §3.3 for keeping simulation apart.

    >>> found = quality_lag(pd.Series({"theory": 60.0, "simulation": 20.0, "operation": 10.0, "unsplit": 10.0}))
    >>> found.reading.value, found.reading.low, found.reading.high
    (0.3, 0.3, 0.4)
    """
    spent = hours.reindex(list(TAUGHT_MODES)).fillna(0.0)
    simulation, operation, left = (float(spent[mode]) for mode in ("simulation", "operation", "unsplit"))
    taught = float(spent["theory"] + spent["demonstration"])
    total = taught + simulation + operation + left
    if not total:
        return QualityLag(0, 0, 0, 0, Reading(None, undefined=because("no_hours_stated")))
    if left > total / 2:
        why = because("practice_not_stated_in_half", hours=left, total=total)
        return QualityLag(taught, simulation, operation, left, Reading(None, undefined=why))
    low = (simulation + operation) / total
    high = None if open_ended else low + left / total
    exact = not left and not open_ended
    reading = Reading(low, low, high, no_interval=CENSUS if exact else "")
    return QualityLag(taught, simulation, operation, left, reading)


@dataclass(frozen=True)
class Strata:
    """Demand and exposure by echelon or layer; Porter's index without a chance band (3–4 cells)."""

    table: pd.DataFrame  # index stratum; hours, share of them, required, taught, practised, assessed, postings, share
    unrequired_hours: float
    unassigned: int  # postings whose title names no position with a stratum
    index: Reading
    elsewhere: int = 0  # postings of strata in which the plan prepares for no position


def strata(
    hours: pd.DataFrame,
    weights: pd.DataFrame,
    postings: pd.Series,
    *,
    unassigned: int = 0,
    min_postings: int = MIN_POSTINGS,
) -> Strata:
    """The plan's hours beside the postings, stratum by stratum.

    `hours` is abilities × taught, practised, exposed, assessed; `weights` abilities × strata in their order;
    `postings` assigned ones by stratum. Shares of hours are of those that a stratum requires. Undefined with too
    few assigned postings, without hours, and with one stratum alone, which overlaps with itself whatever the plan
    does. No band of chance is drawn: three cells have six orders. Source: Porter 2002; 001 §3.3 ("stratification of
    industry demand").
    """
    found = by_echelon(hours, weights)
    counts = postings.reindex(found.table.index).fillna(0).astype(int)
    elsewhere = int(postings.sum()) - int(counts.sum())
    table = found.table.assign(
        hours_share=_shares(found.table["hours"]), postings=counts, postings_share=_shares(counts)
    )
    index = _stratum_index(table, min_postings=min_postings)
    return Strata(table, found.unrequired_hours, unassigned, index, elsewhere)


def _stratum_index(table: pd.DataFrame, *, min_postings: int) -> Reading:
    if len(table) == 1:
        return Reading(None, undefined=because("one_stratum"))
    hours, counts = table["hours"], table["postings"]
    try:
        index = echelon_index(hours, counts, min_postings=min_postings)
        return Reading(index, no_interval="too_few_cells_for_a_band")
    except UndefinedMeasure:
        if counts.sum() < min_postings:
            few = because("too_few_assigned", postings=int(counts.sum()), needed=min_postings)
            return Reading(None, undefined=few)
        return Reading(None, undefined=because("no_hours_by_stratum"))


def _shares(counts: pd.Series) -> pd.Series:
    total = float(counts.sum())
    return counts / total if total else counts.astype(float) * float("nan")
