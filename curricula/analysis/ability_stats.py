"""One row an ability: hours, shares, demand with its intervals, statuses and trend, by METHOD.md's rules."""

from __future__ import annotations

from typing import Final, TypeVar, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from competencies.analysis.checks import Floats
from competencies.analysis.demand import adjusted_p_values
from competencies.analysis.rates import binomial_midp

from .demand_periods import Demand, changed_demand
from .evidence_bands import hours_by_evidence
from .frames import LEVELS, CurriculumFrames, Policy
from .teaching_hours import Required, Teaching, shares_of

Rates = TypeVar("Rates", pd.Series, Floats)
ROUNDING: Final = 1e-12  # a difference that equals its margin on paper must not miss it in floats
MOST_ASSUMED: Final = 0.5  # of an ability's hours
SHARES: Final = {"taught": "taught_share", "practised": "practised_share", "exposed": "exposure_share"}
STATUSES: Final = {"taught": "theory_status", "practised": "practice_status", "exposed": "exposure_status"}


def ability_sizes(
    frames: CurriculumFrames, *, teaching: Teaching, required: Required, demand: Demand, policy: Policy
) -> pd.DataFrame:
    """The numbers behind each label: the columns of GapAnalysis.abilities up to `trend`, and what tests them.

    Beside those it holds, for labels and reasons: known (bool: demand is known), mapped (bool), hours_unstated
    (bool: mapped, but only to courses whose hours nobody stated), practice_open (bool: practised_high has no end),
    kind, dated_mentions and dated_rate, demand_low_90 and
    demand_high_90 (of the share), and p_taught, p_practised and p_exposed (BH-adjusted).
    """
    table = _taught(frames, teaching).join(_required(required)).join(_demanded(demand, policy))
    table["counted"] = table[["exposure_hours", "required_weight", "demand_mentions"]].gt(0).any(axis=1)
    table["known"] = table["searchable"] & (not demand.unknown(policy))
    table = table.join(changed_demand(demand, policy))
    for kind, status in STATUSES.items():
        table[f"p_{kind}"] = _sureness(table[SHARES[kind]], table, demand, policy)
        table[status] = _status(table, kind, float(teaching.by_kind[kind].sum()), policy)
    table["practice_status"] = table["practice_status"].where(~table["practice_open"], "unknown")
    table["gap"] = table["exposure_share"] - table["demand_share"].where(table["known"], table["required_share"])
    return table


def _taught(frames: CurriculumFrames, teaching: Teaching) -> pd.DataFrame:
    kinds, cells = teaching.by_kind, teaching.cells
    rank = cells["level"].map(LEVELS.index).astype("int64").groupby(cells["ability"]).max()
    served = cells[cells["share"] > 0]
    unstated = served[served["course"].isin(teaching.lacking)]["ability"]
    table = frames.abilities[["area"]].join(teaching.by_mode)
    exposed = kinds["exposed"] > 0
    table = table.assign(
        kind=frames.abilities.get("kind", "professional"),
        taught_hours=kinds["taught"],
        practised_hours=kinds["practised"],
        exposure_hours=kinds["exposed"],
        assessed_hours=kinds["assessed"],
        **{column: shares_of(kinds[kind]) for kind, column in SHARES.items()},
        mapped=table.index.isin(cells["ability"]),
        hours_unstated=table.index.isin(unstated) & ~exposed,
        level_reached=rank.reindex(table.index, fill_value=0).map(dict(enumerate(LEVELS))).astype(object),
        courses=_courses(cells, table.index),
        shares_assumed=_mostly_assumed(cells, table.index),
        practice_open=table.index.isin(served[served["course"].isin(teaching.open_practice)]["ability"]),
    )
    table = table.join(hours_by_evidence(cells, table.index))
    return table.assign(**_practice(table, stated=teaching.practice_stated))


def _practice(table: pd.DataFrame, *, stated: bool) -> dict[str, pd.Series]:
    """Between which hours and shares practice lies: what is not split into modes may all be practice, or none of it.

    The upper end of a share supposes that all hours in doubt of this ability are practice, and none of another's.
    """
    low, unsplit = table["practised_hours"], table["unsplit"]
    high, total = low + unsplit.where(~table["practice_open"]), low.sum()
    share = table["practised_share"] if stated else table["practised_share"] * np.nan
    upper = (high / (total + unsplit)).where(share.notna())
    hours = {"unsplit_hours": unsplit, "practised_low": low, "practised_high": high}
    return hours | {"practised_share": share, "practised_share_low": share, "practised_share_high": upper}


def _mostly_assumed(cells: pd.DataFrame, abilities: pd.Index) -> pd.Series:
    """Whether assumed shares hold more than half of an ability's hours."""
    hours = cells["exposed"].groupby(cells["ability"]).sum()
    assumed = cells["exposed"].where(cells["assumed"], 0.0).groupby(cells["ability"]).sum()
    return (assumed > MOST_ASSUMED * hours + ROUNDING).reindex(abilities, fill_value=False)


def _courses(cells: pd.DataFrame, abilities: pd.Index) -> pd.Series:
    """The courses mapped to each ability, a tuple each, in the order of the mapping."""
    found: dict[object, list[str]] = {ability: [] for ability in abilities}
    for course, ability in zip(cells["course"].tolist(), cells["ability"].tolist(), strict=True):
        found[ability].append(course)
    return pd.Series([tuple(codes) for codes in found.values()], index=abilities, dtype=object)


def _required(required: Required) -> pd.DataFrame:
    table = required.table
    return pd.DataFrame(
        {
            "required_weight": table["weight"],
            "required_share": shares_of(table["weight"]),
            "required_positions": table["positions"],
            "level_required": table["level"].astype(object),
            "level_stated_required": table["level_stated"].astype(object),
            "level_assumed_required": table["level_assumed"],
        }
    )


def _demanded(demand: Demand, policy: Policy) -> pd.DataFrame:
    """The frame of demand with its shares; all but `searchable` is nan where there are no postings."""
    counts, n = demand.table, demand.postings
    ends = {
        "demand_share_low": "low",
        "demand_share_high": "high",
        "demand_low_90": "low_90",
        "demand_high_90": "high_90",
    }
    total = intensity(counts["rate"], n, policy).sum() or np.nan
    shares = {
        name: intensity(counts[column], n, policy) / total for name, column in {"demand_share": "rate", **ends}.items()
    }
    return pd.DataFrame(
        {
            "searchable": counts["searchable"].astype(bool),
            "demand_mentions": counts["mentions"] if n else counts["mentions"] * np.nan,
            "demand_rate": counts["rate"],
            "demand_low": counts["low"],
            "demand_high": counts["high"],
            **shares,
            **{name: counts[name] for name in ("design_effect", "effective_postings", "effective_mentions")},
        }
    )


def intensity(rate: Rates, postings: npt.ArrayLike, policy: Policy) -> Rates:
    """What a demand share is made of: the rate itself, or −ln(1 − rate) under the sensitivity switch.

    A rate of 1 would be infinite there, so it counts as half a posting short of all.
    """
    if not policy.saturated_demand:
        return rate
    capped = np.minimum(rate, 1 - 0.5 / np.maximum(postings, 1))
    return cast(Rates, -np.log1p(-capped))


def rate_of_share(share: Floats, total: float, policy: Policy) -> Floats:
    """The rate of postings at which demand would have this share: min(1, x·Σk/n), or its saturated twin."""
    if policy.saturated_demand:
        return -np.expm1(-share * total)
    return np.minimum(share * total, 1.0)


def _sureness(share: pd.Series, table: pd.DataFrame, demand: Demand, policy: Policy) -> pd.Series:
    """BH-adjusted mid-p that the demand share is the given share; one family over all abilities in question."""
    family = (table["counted"] & table["known"] & share.notna() & table["demand_share"].notna()).to_numpy()
    p = np.full(len(table), np.nan)
    if family.any():
        total = float(intensity(table["demand_rate"], demand.postings, policy).sum())
        k, n = (table[name].to_numpy()[family] for name in ("effective_mentions", "effective_postings"))
        p[family] = adjusted_p_values(binomial_midp(k, n, rate_of_share(share.to_numpy()[family], total, policy)))
    return pd.Series(p, index=table.index)


def short_margin(demand: npt.ArrayLike, hours: npt.ArrayLike, policy: Policy) -> Floats:
    """How far a share must lie below the demanded share to be short: a ratio or the cap, and a credit's worth."""
    demand = np.asarray(demand)
    return np.maximum(policy.least_hours / np.asarray(hours), np.minimum(demand - demand / policy.ratio, policy.cap))


def excess_margin(demand: npt.ArrayLike, hours: npt.ArrayLike, policy: Policy) -> Floats:
    """How far a share must lie above the demanded share to be in excess."""
    demand = np.asarray(demand)
    return np.maximum(policy.least_hours / np.asarray(hours), np.minimum(policy.ratio * demand - demand, policy.cap))


def _status(table: pd.DataFrame, kind: str, hours: float, policy: Policy) -> npt.NDArray[np.object_]:
    x, demand = table[SHARES[kind]].to_numpy(), table["demand_share"].to_numpy()
    upper = table["practised_share_high"].fillna(np.inf).to_numpy() if kind == "practised" else x
    ends = [table[end].to_numpy() for end in ("demand_low_90", "demand_high_90")]
    sure = table[f"p_{kind}"].to_numpy() <= policy.fdr
    known = table["known"].to_numpy() & ~np.isnan(x) & ~np.isnan(demand)
    return np.where(known, size_status(x, upper, demand, ends, sure=sure, hours=hours, policy=policy), "unknown")


def size_status(
    x: Floats,
    upper: Floats,
    demand: Floats,
    ends: list[Floats],
    *,
    sure: npt.NDArray[np.bool_],
    hours: npt.ArrayLike,
    policy: Policy,
) -> npt.NDArray[np.object_]:
    """below, above: sure and large. within: small at both ends of demand's interval. unsure: anything between.

    Where hours are not split into modes, practice must be short at its upper end too, and small at both. `hours`:
    all of the kind, of which `x` and `upper` are shares; without any every share is nan, and so is every answer.
    """
    hours = np.where(np.asarray(hours) > 0, hours, np.inf)
    large = np.any(
        [_short(s, end, hours, policy) | _excess(s, end, hours, policy) for s in (x, upper) for end in ends], 0
    )
    rules = {
        "below": sure & _short(x, demand, hours, policy) & _short(upper, demand, hours, policy),
        "above": sure & _excess(x, demand, hours, policy),
        "within": ~large,
    }
    return np.select(list(rules.values()), list(rules), default="unsure").astype(object)


def _short(share: Floats, demand: Floats, hours: npt.ArrayLike, policy: Policy) -> npt.NDArray[np.bool_]:
    return demand - share >= short_margin(demand, hours, policy) - ROUNDING


def _excess(share: Floats, demand: Floats, hours: npt.ArrayLike, policy: Policy) -> npt.NDArray[np.bool_]:
    return share - demand >= excess_margin(demand, hours, policy) - ROUNDING
