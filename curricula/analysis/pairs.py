"""The five Porter indices of a curriculum, each with its chance band, ceiling, interval and signed terms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from competencies.analysis import UndefinedMeasure
from competencies.analysis.resampling import basic_interval, percentile_interval, resampled_mentions

from .ability_stats import intensity
from .alignment import porter_ceiling, porter_index, porter_null
from .codes import notice
from .demand_periods import Demand
from .frames import PAIRS, PairAlignment, Policy
from .teaching_hours import Required, Teaching, shares_of

SIDES: Final = ("theory", "practice", "demand", "required")
EMPTY: Final = {
    "theory": "no_theory_hours",
    "practice": "no_practice_hours",
    "demand": "no_demand",
    "required": "no_required_weight",
}


@dataclass(frozen=True)
class Sides:
    """What is compared: both frames are counted abilities × SIDES.

    amounts: hours, demand weights and requirement weights. points: the coding decisions behind them, whole
    numbers: accepted cells that have hours of the kind, mentions, requirement items. searchable: which of the
    abilities a pair with demand runs over.
    """

    amounts: pd.DataFrame
    points: pd.DataFrame
    searchable: pd.Series


def pair_sides(table: pd.DataFrame, *, teaching: Teaching, required: Required, policy: Policy, postings: int) -> Sides:
    """The four sides of the pairs over the abilities that the table of sizes counts."""
    counted, cells = table[table["counted"]], teaching.cells
    weights = intensity(counted["demand_rate"], postings, policy).fillna(0.0)
    with_hours = {kind: cells[cells[kind] > 0].groupby("ability").size() for kind in ("taught", "practised")}
    amounts = (counted["taught_hours"], counted["practised_hours"], weights, counted["required_weight"])
    points = (*with_hours.values(), counted["demand_mentions"], required.table["items"])
    return Sides(
        amounts=pd.DataFrame(dict(zip(SIDES, amounts, strict=True))),
        points=pd.DataFrame(
            {
                side: values.reindex(counted.index).fillna(0).astype(int)
                for side, values in zip(SIDES, points, strict=True)
            }
        ),
        searchable=counted["searchable"],
    )


def drawn_demand(demand: Demand, policy: Policy, *, draws: int, seed: int) -> pd.DataFrame | None:
    """Demand weights of each ability in each resample of the postings: draws × searchable abilities.

    Whole employers are drawn where they are named, single postings where not. None without mentions.
    """
    if not demand.mentions:
        return None
    abilities = demand.table.index[demand.table["searchable"]]
    if policy.saturated_demand:
        return pd.DataFrame(_drawn_saturated(demand, policy, draws, seed), columns=abilities)
    return pd.DataFrame(resampled_mentions(demand.matrix, demand.employers, draws=draws, seed=seed), columns=abilities)


def _drawn_saturated(demand: Demand, policy: Policy, draws: int, seed: int) -> npt.NDArray[np.float64]:
    """Each posting also mentions itself, so that a resample tells how many postings it holds."""
    itself = sparse.csr_array(np.ones((demand.postings, 1)))
    drawn = resampled_mentions(
        sparse.hstack([demand.matrix, itself], format="csr"), demand.employers, draws=draws, seed=seed
    )
    postings = drawn[:, -1:]
    return intensity(drawn[:, :-1] / postings, postings, policy)


def pair_alignments(sides: Sides, *, drawn: pd.DataFrame | None, postings: int) -> dict[str, PairAlignment]:
    """The index of each of PAIRS with its ceiling and interval, or the reason why there is none; no chance band."""
    return {pair: _pair_alignment(sides, pair, drawn, postings) for pair in PAIRS}


def with_chance_bands(
    alignment: dict[str, PairAlignment],
    sides: Sides,
    *,
    seed: int,
    known: tuple[Sides, dict[str, PairAlignment]] | None = None,
) -> dict[str, PairAlignment]:
    """The same indices with the band that chance would give: by far the dearest numbers of all, drawn apart.

    `known` are other sides with their bands, drawn with the same seed: a pair of as many cells and points has
    the same band, which is taken from there.
    """
    return {pair: _with_chance_band(aligned, sides, pair, seed, known) for pair, aligned in alignment.items()}


def signed_terms(sides: Sides) -> pd.DataFrame:
    """The terms of each index: abilities × gap_<pair>, in share.

    p̂ − t̂ between theory and practice, and the curriculum's side minus demand or requirement. Each side is
    divided by its own sum over the cells of the pair, so that ½ Σ|term| is exactly 1 − index; nan outside the
    pair, and throughout where the index is undefined.
    """
    terms = {}
    for pair in PAIRS:
        amounts = _cells(sides.amounts, sides, pair)
        left, right = (shares_of(amounts[side]) for side in amounts)
        terms[f"gap_{pair}"] = right - left if pair == "theory_practice" else left - right
    return pd.DataFrame(terms, index=sides.amounts.index)


def _cells(values: pd.DataFrame, sides: Sides, pair: str) -> pd.DataFrame:
    """The two columns of a pair, over the abilities that it runs over."""
    columns = pair.split("_")
    return values.loc[sides.searchable, columns] if "demand" in columns else values[columns]


def _with_chance_band(
    aligned: PairAlignment,
    sides: Sides,
    pair: str,
    seed: int,
    known: tuple[Sides, dict[str, PairAlignment]] | None,
) -> PairAlignment:
    if aligned.index is None:
        return aligned
    table = _table_size(sides, pair)
    if known and known[1][pair].index is not None and _table_size(known[0], pair) == table:
        band = known[1][pair]
        return replace(aligned, null_low=band.null_low, null_mean=band.null_mean, null_high=band.null_high)
    null = porter_null(*table, seed=seed)
    return replace(aligned, null_low=null.low, null_mean=null.mean, null_high=null.high)


def _table_size(sides: Sides, pair: str) -> tuple[int, int, int]:
    """All that chance knows of a pair: its cells, and the points of either side."""
    points = _cells(sides.points, sides, pair)
    left, right = (int(side) for side in points.sum())
    return len(points), left, right


def _pair_alignment(sides: Sides, pair: str, drawn: pd.DataFrame | None, postings: int) -> PairAlignment:
    amounts, points = _cells(sides.amounts, sides, pair), _cells(sides.points, sides, pair)
    beside = len(sides.amounts) - len(amounts)
    for side in sorted(amounts, key=lambda side: side != "demand"):  # without demand no cells may be left
        if not amounts[side].sum() > 0:
            count = {"postings": postings} if side == "demand" else {"abilities": len(amounts)}
            return PairAlignment(
                None, abilities=len(amounts), not_searchable=beside, reason=notice(EMPTY[str(side)], **count)
            )
    left, right = (amounts[side] for side in amounts)
    sampled = "demand" in amounts
    index = porter_index(left, right)
    low, high = _interval(index, shares_of(left), drawn) if sampled and drawn is not None else (None, None)
    return PairAlignment(
        index=index,
        ceiling=porter_ceiling(shares_of(left), int(points["demand"].sum())) if sampled else 1.0,
        low=low,
        high=high,
        abilities=len(amounts),
        not_searchable=beside,
    )


def _interval(index: float, shares: pd.Series, drawn: pd.DataFrame) -> tuple[float, float] | tuple[None, None]:
    """The 95 % basic bootstrap interval of the index of these shares; none where too many resamples are empty."""
    weights = drawn.to_numpy()
    totals = weights.sum(axis=1, keepdims=True)
    demand = np.divide(weights, totals, out=np.full_like(weights, np.nan), where=totals > 0)
    fixed = shares.reindex(drawn.columns, fill_value=0.0).to_numpy()
    try:
        return basic_interval(index, percentile_interval(1 - np.abs(demand - fixed).sum(axis=1) / 2))
    except UndefinedMeasure:
        return None, None
