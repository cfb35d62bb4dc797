"""Why an ability has its label: the numbers that make the decision checkable by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from .ability_stats import SHARES, STATUSES, excess_margin, short_margin
from .codes import notice
from .demand_periods import Demand, too_few_employers
from .frames import Notice, Policy
from .teaching_hours import Teaching

Row = Mapping[Any, Any]


@dataclass(frozen=True)
class Context:
    """What is the same for every ability: the policy and the totals behind shares and rates."""

    policy: Policy
    postings: int
    dated: int
    postings_before: int
    unknown: Notice | None  # why demand is, for all abilities
    hours: dict[str, float]  # taught, practised, exposed over all abilities


def with_reasons(table: pd.DataFrame, *, teaching: Teaching, demand: Demand, policy: Policy) -> pd.DataFrame:
    """The labelled abilities with the column reasons, a tuple of Notices, never empty."""
    hours = {kind: float(teaching.by_kind[kind].sum()) for kind in SHARES}
    unknown = _unknown(demand, policy)
    context = Context(policy, demand.postings, demand.dated, demand.postings_before, unknown, hours)
    reasons = [_reasons(row, context) for row in table.to_dict("records")]
    return table.assign(reasons=pd.Series(reasons, index=table.index, dtype=object))


def _unknown(demand: Demand, policy: Policy) -> Notice | None:
    reason = demand.unknown(policy)
    if reason == "too_few_postings":
        return notice("demand_unknown", postings=demand.postings, needed=policy.min_postings)
    return too_few_employers(demand) if reason else None


def _reasons(row: Row, context: Context) -> tuple[Notice, ...]:
    found = [found for reason in (*BEHIND[row["label"]], *FLAGS) for found in reason(row, context)]
    return tuple({each.code: each for each in found}.values())


def _coverage(row: Row, _context: Context) -> Iterator[Notice]:
    courses = len(row["courses"])
    if not row["mapped"]:
        yield notice("no_mapping")
    elif row["exposure_hours"] > 0:
        yield notice("exposed", hours=row["exposure_hours"], courses=courses)
    elif row["hours_unstated"]:
        yield notice("hours_unstated", courses=courses)
    else:
        yield notice("no_exposure", courses=courses)


def _requirement(row: Row, _context: Context) -> Iterator[Notice]:
    if row["required_weight"] > 0:
        yield notice("required", weight=row["required_weight"], positions=row["required_positions"])
    else:
        yield notice("not_required")


def _rate(row: Row, context: Context) -> Iterator[Notice]:
    if context.postings and not row["searchable"]:
        yield notice("demand_not_searchable")
    elif context.unknown:
        yield context.unknown
    else:
        yield _known_rate(row, context)


def _known_rate(row: Row, context: Context) -> Notice:
    floor = context.policy.demand_floor
    code = "demand_unclear"
    if row["demand_low"] > floor:
        code = "demanded"
    elif row["demand_high"] < floor:
        code = "seldom_demanded"
    counts = {"mentions": int(row["demand_mentions"]), "postings": context.postings}
    return notice(code, **counts, low=row["demand_low"], high=row["demand_high"], floor=floor)


def _wanted(row: Row, context: Context) -> Iterator[Notice]:
    """Whichever of requirement and demand makes the ability wanted."""
    for reason in (*_requirement(row, context), *_rate(row, context)):
        if reason.code in ("required", "demanded"):
            yield reason


def _change(row: Row, context: Context) -> Iterator[Notice]:
    if row["trend"] != "unknown":
        yield notice(
            row["trend"],
            mentions=int(row["dated_mentions"]),
            postings=context.dated,
            mentions_before=int(row["mentions_before"]),
            postings_before=context.postings_before,
            p=row["p_change"],
            q=context.policy.fdr,
        )


def _no_practice(row: Row, _context: Context) -> Iterator[Notice]:
    yield notice("no_practice", taught_hours=row["taught_hours"])


def _exposure_size(row: Row, context: Context) -> Iterator[Notice]:
    yield from _size(row, context, kind="exposed", name="exposure")


def _practice_size(row: Row, context: Context) -> Iterator[Notice]:
    if not context.hours["practised"]:
        yield notice("no_practice_in_curriculum")
    yield from _size(row, context, kind="practised", name="practice")


def _size(row: Row, context: Context, *, kind: str, name: str) -> Iterator[Notice]:
    status, share = row[STATUSES[kind]], row[SHARES[kind]]
    ends = {"low": row["demand_low_90"], "high": row["demand_high_90"]}
    if status == "within":
        yield notice(f"{name}_within", share=share, demand_share=row["demand_share"], **ends)
    elif status in ("below", "above"):
        yield notice(f"{name}_{status}", **_measured(row, context, kind=kind))
    elif status == "unsure":
        yield notice(f"{name}_unsure", **_measured(row, context, kind=kind), **ends)


def _measured(row: Row, context: Context, *, kind: str) -> dict[str, float]:
    share, demand, of_hours = row[SHARES[kind]], row["demand_share"], context.hours[kind]
    margin = short_margin if demand > share else excess_margin
    return {
        "share": share,
        "hours": share * of_hours,
        "of_hours": of_hours,
        "demand_share": demand,
        "difference": share - demand,
        "margin": float(margin(demand, of_hours, context.policy)),
        "p": row[f"p_{kind}"] if row["counted"] else 1.0,
        "q": context.policy.fdr,
    }


def _over(row: Row, context: Context) -> Iterator[Notice]:
    """What confirms, or blocks, that more is taught than asked for."""
    if row["exposure_status"] != "above":
        return
    required = row["required_share"] if row["required_weight"] > 0 else 0.0
    code = "above_required" if row["exposure_share"] > required else "not_above_required"
    yield notice(code, share=row["exposure_share"], required_share=required)
    asked = "asked_by_half_or_fewer" if row["demand_rate"] <= 0.5 else "asked_by_most"
    yield notice(asked, mentions=int(row["demand_mentions"]), postings=context.postings)


def _level(row: Row, _context: Context) -> Iterator[Notice]:
    reached, required = row["level_reached"], row["level_required"]
    if not required:
        return
    if not reached:
        yield notice("level_unstated", required=required)
    else:
        below = LEVEL_ORDER[reached] < LEVEL_ORDER[required]
        yield notice("level_below" if below else "level_met", reached=reached, required=required)


def _chain(row: Row, _context: Context) -> Iterator[Notice]:
    code = "chain_complete" if row["chain_complete"] else "chain_incomplete"
    yield notice(code, **{step: int(row[step]) for step in ("introduced", "developed", "assessed")})


def _beside_required(row: Row, _context: Context) -> Iterator[Notice]:
    yield notice("beside_required", share=row["exposure_share"], required_share=row["required_share"])


def _judged(row: Row, context: Context) -> Iterator[Notice]:
    """Everything that was looked at where an exposed ability stays inconclusive."""
    if row["exposure_hours"] > 0:
        for reason in (_exposure_size, _practice_size, _over, _level, _chain, _change):
            yield from reason(row, context)


def _no_assessment(row: Row, _context: Context) -> Iterator[Notice]:
    if row["never_assessed"]:
        yield notice("never_assessed", hours=row["exposure_hours"])


def _no_demand(row: Row, context: Context) -> Iterator[Notice]:
    if row["demand_unknown"]:
        yield from _rate(row, context)


LEVEL_ORDER: Final = {"I": 1, "D": 2, "A": 3}
FLAGS: Final = (_no_assessment, _no_demand)
BEHIND: Final[dict[str, tuple[Callable[[Row, Context], Iterator[Notice]], ...]]] = {
    "mapping_missing": (_coverage, _wanted),
    "untaught_emerging": (_coverage, _change, _rate),
    "untaught": (_coverage, _wanted),
    "outside": (_coverage, _requirement, _rate),
    "theory_without_practice": (_no_practice, _wanted),
    "obsolete_candidate": (_coverage, _requirement, _rate, _change),
    "under_taught_and_practised": (_exposure_size, _practice_size, _level),
    "under_taught": (_exposure_size, _practice_size, _level),
    "under_practised": (_practice_size, _exposure_size, _level),
    "over_taught": (_exposure_size, _over),
    "aligned": (_exposure_size, _practice_size, _level, _chain),
    "covered": (_requirement, _level, _beside_required),
    "inconclusive": (_coverage, _requirement, _rate, _judged),
}
