"""From postings to demand (METHOD.md): which postings count, in which twelve months, and what they mention."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from competencies.analysis.rates import design_effect

from .frames import CurriculumFrames, DemandEvidence, DemandFrames

YEAR = pd.DateOffset(months=12)


@dataclass(frozen=True)
class Demand:
    """Counts behind every demand number.

    table: index every ability; columns searchable (bool) and, nan where not searchable: mentions (of `postings`),
    now (of `dated`), before (of `postings_before`), effect (design effect of mentions).
    matrix: postings of the labels × searchable abilities, 0 or 1; employers: one a row of it, nan unknown.
    """

    table: pd.DataFrame
    postings: int  # n of the labels
    dated: int  # of them, those that a trend may use
    postings_before: int  # dated ones of the twelve months before
    matrix: sparse.csr_array[Any]
    employers: npt.NDArray[np.object_]
    evidence: DemandEvidence | None

    @property
    def mentions(self) -> int:
        """Σk over the searchable abilities."""
        return int(self.table["mentions"].sum())


def demand_vectors(frames: CurriculumFrames) -> Demand:
    """What the postings for the positions prepared for say; a demand without postings where there is no source.

    The labels read the twelve months up to the newest posting of the sources, whatever its position, so that
    two curricula judged by the same sources are judged over the same period. A posting on the very day twelve
    months earlier belongs to the twelve months before. Undated postings count on the day they were collected,
    and in no trend.
    """
    if frames.demand is None or frames.demand.postings.empty:
        return _no_demand(frames)
    demand = frames.demand
    periods = _periods(demand.postings, frames.prepares_for)
    abilities = frames.abilities.index
    searchable = searchable_abilities(frames)
    matrix = _presence(demand, searchable)
    window = matrix[np.flatnonzero(periods["label"])]
    employers = demand.postings["employer"].to_numpy(dtype=object)[periods["label"]]
    counts = pd.DataFrame(
        {
            "mentions": _column_sums(window),
            "now": _column_sums(matrix[np.flatnonzero(periods["label"] & periods["dated"])]),
            "before": _column_sums(matrix[np.flatnonzero(periods["before"])]),
            "effect": design_effect(window, employers),
        },
        index=searchable,
    )
    table = counts.reindex(abilities).assign(searchable=abilities.isin(searchable))
    return Demand(
        table=table,
        postings=int(periods["label"].sum()),
        dated=int((periods["label"] & periods["dated"]).sum()),
        postings_before=int(periods["before"].sum()),
        matrix=window,
        employers=employers,
        evidence=_evidence(demand, periods, counts),
    )


@dataclass(frozen=True)
class Period:
    """The postings of one period: postings × searchable abilities, 0 or 1, and their employers and positions."""

    matrix: sparse.csr_array[Any]
    employers: npt.NDArray[np.object_]  # nan unknown
    positions: npt.NDArray[np.object_]  # nan where the title names none


def searchable_abilities(frames: CurriculumFrames) -> pd.Index:
    """The columns of every matrix of postings."""
    codes = frames.demand.searchable if frames.demand else ()
    return frames.abilities.index[frames.abilities.index.isin(codes)]


def label_period(frames: CurriculumFrames, *, positions: tuple[str, ...] = ()) -> Period:
    """The postings of the labels' twelve months for these positions; for all of them, where none is named."""
    return _period(frames, positions, lambda periods: periods["label"])


def dated_periods(frames: CurriculumFrames) -> tuple[Period, Period]:
    """The dated postings for the positions prepared for: those of the twelve months before, and the labels'."""
    return (
        _period(frames, frames.prepares_for, lambda periods: periods["before"]),
        _period(frames, frames.prepares_for, lambda periods: periods["label"] & periods["dated"]),
    )


def _period(
    frames: CurriculumFrames, positions: tuple[str, ...], chosen: Callable[[pd.DataFrame], pd.Series]
) -> Period:
    searchable = searchable_abilities(frames)
    if frames.demand is None or frames.demand.postings.empty:
        nobody = np.array([], dtype=object)
        return Period(sparse.csr_array((0, len(searchable))), nobody, nobody)
    postings = frames.demand.postings
    rows = np.flatnonzero(chosen(_periods(postings, positions)))
    employers, named = (postings[column].to_numpy(dtype=object)[rows] for column in ("employer", "position"))
    return Period(_presence(frames.demand, searchable)[rows], employers, named)


def _periods(postings: pd.DataFrame, prepares_for: tuple[str, ...]) -> pd.DataFrame:
    """For each posting: is it for the positions, in the labels' twelve months, in those before, fit for a trend?"""
    day = postings["counted_on"]
    newest = day.max()
    relevant = postings["position"].isin(prepares_for) if prepares_for else pd.Series(True, index=day.index)
    recent, earlier = day > newest - YEAR, day > newest - YEAR - YEAR
    undated = ~postings["dated"].astype(bool)
    # What was searched with other terms would make a change of words look like a change of demand.
    dated = ~undated & postings.get("same_terms", True)
    periods = {
        "relevant": relevant,
        "label": relevant & recent,
        "before": relevant & ~recent & earlier & dated,
        "dated": dated,
        "undated": undated,
    }
    return pd.DataFrame(periods).astype(bool)


def _presence(demand: DemandFrames, searchable: pd.Index) -> sparse.csr_array[Any]:
    """Every posting × every searchable ability; mentions of anything else are no evidence here."""
    rows = demand.postings.index.get_indexer(pd.Index(demand.mentions["posting"]))
    columns = searchable.get_indexer(pd.Index(demand.mentions["ability"]))
    kept = columns >= 0
    shape = (len(demand.postings), len(searchable))
    matrix = sparse.csr_array((np.ones(kept.sum()), (rows[kept], columns[kept])), shape=shape)
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    return matrix


def _column_sums(matrix: sparse.csr_array[Any]) -> npt.NDArray[np.float64]:
    return np.asarray(matrix.sum(axis=0), dtype=float).ravel()


def _evidence(demand: DemandFrames, periods: pd.DataFrame, counts: pd.DataFrame) -> DemandEvidence:
    postings = demand.postings
    label = postings[periods["label"]]
    days = (label if len(label) else postings)["counted_on"]
    aside = periods["relevant"] & ~periods["label"] & ~periods["before"]
    employers = label["employer"].nunique()
    return DemandEvidence(
        sources=tuple(sorted(postings["source"].dropna().unique())),
        first=days.min(),
        last=days.max(),
        postings=len(label),
        postings_before=int(periods["before"].sum()),
        undated=int((periods["label"] & periods["undated"]).sum()),
        employers=employers or None,
        employer_unknown=int(label["employer"].isna().sum()),
        other_positions=int((~periods["relevant"]).sum()),
        older=int(aside.sum()),
        duplicates_removed=demand.duplicates_removed,
        design_effect_max=float(counts["effect"].max()) if len(counts) else 1.0,
        mentions=int(counts["mentions"].sum()),
    )


def _no_demand(frames: CurriculumFrames) -> Demand:
    abilities = frames.abilities.index
    searchable = abilities.isin(frames.demand.searchable if frames.demand else ())
    counts = pd.DataFrame(np.nan, index=abilities, columns=["mentions", "now", "before", "effect"])
    return Demand(
        table=counts.assign(searchable=searchable),
        postings=0,
        dated=0,
        postings_before=0,
        matrix=sparse.csr_array((0, 0)),
        employers=np.array([], dtype=object),
        evidence=None,
    )
