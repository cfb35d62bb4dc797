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
from .alignment import LEAST_EXCHANGED, porter_ceiling, porter_index, porter_permutation_null
from .codes import notice
from .credibility import flat_plan_index
from .demand_periods import Demand
from .frames import PAIRS, Notice, PairAlignment, Policy
from .teaching_hours import Teaching, shares_of
from .warnings import MOST_UNMAPPED_TO_JUDGE as MOST
from .warnings import practice_not_stated

SIDES: Final = ("theory", "practice", "demand", "required")
EMPTY: Final = {
    "theory": "no_theory_hours",
    "practice": "no_practice_hours",
    "demand": "no_demand",
    "required": "no_required_weight",
}


@dataclass(frozen=True)
class Sides:
    """What is compared: counted abilities × SIDES.

    amounts: hours, demand weights and requirement weights. searchable: which of the abilities a pair with demand
    runs over. mentions: Σk·n*/n, what a ceiling is drawn with. postings: n. withheld: why a side is not compared.
    """

    amounts: pd.DataFrame
    searchable: pd.Series
    mentions: int
    postings: int
    withheld: dict[str, Notice]


def withheld_sides(teaching: Teaching, demand: Demand, *, policy: Policy, unfinished: bool) -> dict[str, Notice]:
    """The sides of which too little is stated to compare them, with the reason."""
    if unfinished:
        return dict.fromkeys(SIDES, notice("mapping_unfinished", part=teaching.unmapped_part or 0.0, most=MOST))
    withheld = {}
    if teaching.by_mode["unsplit"].sum() > 0 and not teaching.by_kind["taught"].sum() > 0:
        withheld["theory"] = notice("theory_not_stated")
    if not teaching.practice_stated:
        withheld["practice"] = practice_not_stated(teaching)
    if reason := demand.unknown_because(policy):
        withheld["demand"] = reason
    return withheld


def pair_sides(table: pd.DataFrame, demand: Demand, *, policy: Policy, withheld: dict[str, Notice]) -> Sides:
    """The four sides of the pairs over the abilities that the table of sizes counts."""
    counted = table[table["counted"]]
    weights = intensity(counted["demand_rate"], demand.postings, policy).fillna(0.0)
    amounts = (counted["taught_hours"], counted["practised_hours"], weights, counted["required_weight"])
    return Sides(
        amounts=pd.DataFrame(dict(zip(SIDES, amounts, strict=True))),
        searchable=counted["searchable"],
        mentions=0 if "demand" in withheld else round(demand.effective_mentions),
        postings=demand.postings,
        withheld=withheld,
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


def pair_alignments(sides: Sides, *, drawn: pd.DataFrame | None) -> dict[str, PairAlignment]:
    """The index of each of PAIRS with its ceiling and interval, or the reason why there is none; no chance band."""
    return {pair: _pair_alignment(sides, pair, drawn) for pair in PAIRS}


def with_chance_bands(alignment: dict[str, PairAlignment], sides: Sides, *, seed: int) -> dict[str, PairAlignment]:
    """The same indices with the band of exchanged abilities: the dearest numbers of all, drawn apart."""
    return {pair: _with_chance_band(aligned, sides, pair, seed) for pair, aligned in alignment.items()}


def signed_terms(sides: Sides) -> pd.DataFrame:
    """The terms of each index: abilities × gap_<pair>, in share.

    p̂ − t̂ between theory and practice, and the curriculum's side minus demand or requirement. Each side is
    divided by its own sum over the cells of the pair, so that ½ Σ|term| is exactly 1 − index; nan outside the
    pair, and throughout where the index is undefined.
    """
    terms = {}
    for pair in PAIRS:
        amounts = _cells(sides.amounts, sides, pair)
        if _reason(sides, pair, amounts):
            amounts = amounts * np.nan
        left, right = (shares_of(amounts[side]) for side in amounts)
        terms[f"gap_{pair}"] = right - left if pair == "theory_practice" else left - right
    return pd.DataFrame(terms, index=sides.amounts.index)


def _cells(values: pd.DataFrame, sides: Sides, pair: str) -> pd.DataFrame:
    """The two columns of a pair, over the abilities that it runs over."""
    columns = pair.split("_")
    return values.loc[sides.searchable, columns] if "demand" in columns else values[columns]


def _with_chance_band(aligned: PairAlignment, sides: Sides, pair: str, seed: int) -> PairAlignment:
    if aligned.index is None or aligned.abilities < LEAST_EXCHANGED:
        return aligned
    amounts = _cells(sides.amounts, sides, pair)
    null = porter_permutation_null(*(amounts[side] for side in amounts), seed=seed)
    return replace(aligned, null_low=null.low, null_mean=null.mean, null_high=null.high)


def _reason(sides: Sides, pair: str, amounts: pd.DataFrame) -> Notice | None:
    """Why a pair has no index: of demand first, because without it no cells may be left, then what is not stated.

    Practice that is not stated is told before theory, because only with it the hours of a course are split.
    """
    told = ("demand", *(side for side in ("practice", "theory") if side in sides.withheld))
    for side in sorted(pair.split("_"), key=lambda side: told.index(side) if side in told else len(told)):
        if side in sides.withheld:
            return sides.withheld[side]
        if not amounts[side].sum() > 0:
            count = {"postings": sides.postings} if side == "demand" else {"abilities": len(amounts)}
            return notice(EMPTY[side], **count)
    return None


def _pair_alignment(sides: Sides, pair: str, drawn: pd.DataFrame | None) -> PairAlignment:
    amounts = _cells(sides.amounts, sides, pair)
    found = PairAlignment(None, abilities=len(amounts), not_searchable=len(sides.amounts) - len(amounts))
    if reason := _reason(sides, pair, amounts):
        return replace(found, reason=reason)
    left, right = (amounts[side] for side in amounts)
    sampled, own = "demand" in amounts, pair == "theory_practice"
    index = porter_index(left, right)
    low, high = _interval(index, shares_of(left), drawn) if sampled and drawn is not None else (None, None)
    return replace(
        found,
        index=index,
        ceiling=porter_ceiling(shares_of(left), sides.mentions) if sampled else 1.0,
        flat=None if own else flat_plan_index(right),  # a plan that serves everything alike has equal sides itself
        low=low,
        high=high,
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
