"""Why an ability has its label: the numbers that make the decision checkable by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from .ability_stats import ROUNDING, SHARES, STATUSES, excess_margin, short_margin
from .codes import notice
from .demand_periods import Demand
from .frames import LEVELS, Notice, Policy
from .labels import BY_PRESENCE, assessment_unknown
from .settling import grown, growth_that_settles
from .teaching_hours import Teaching
from .warnings import MOST_UNMAPPED_TO_JUDGE

Row = Mapping[Any, Any]


@dataclass(frozen=True)
class Context:
    """What is the same for every ability: the policy and the totals behind shares and rates."""

    policy: Policy
    postings: int
    employers: int
    dated: int
    postings_before: int
    unknown: Notice | None  # why demand is, for all abilities
    hours: dict[str, float]  # taught, practised, exposed over all abilities
    unfinished: Notice | None  # the mapping
    assumed: dict[str, str]  # ability -> its courses whose share is assumed, a code a line
    unsplit: dict[str, str]  # ability -> its courses whose practice is not stated


def with_reasons(
    table: pd.DataFrame, *, teaching: Teaching, demand: Demand, policy: Policy, unfinished: bool
) -> pd.DataFrame:
    """The labelled abilities with the column reasons, a tuple of Notices, never empty."""
    part = teaching.unmapped_part or 0.0
    cells = teaching.cells[teaching.cells["share"] > 0]
    in_doubt = cells["course"].isin(teaching.unsplit.union(teaching.open_practice))
    context = Context(
        policy=policy,
        postings=demand.postings,
        employers=demand.label.employers,
        dated=demand.dated,
        postings_before=demand.postings_before,
        unknown=demand.unknown_because(policy),
        hours={kind: float(teaching.by_kind[kind].sum()) for kind in SHARES},
        unfinished=notice("mapping_unfinished", part=part, most=MOST_UNMAPPED_TO_JUDGE) if unfinished else None,
        assumed=_courses(cells[cells["assumed"]]),
        unsplit=_courses(cells[in_doubt]),
    )
    # Shares are parts of all mentions, so one rate stands for the same share everywhere.
    scaled = table.assign(
        code=table.index, share_of_rate=table["demand_share"].sum() / (table["demand_rate"].sum() or np.nan)
    )
    reasons = [_reasons(row, context) for row in scaled.to_dict("records")]
    return table.assign(reasons=pd.Series(reasons, index=table.index, dtype=object))


def _courses(cells: pd.DataFrame) -> dict[str, str]:
    return {str(ability): "\n".join(rows) for ability, rows in cells.groupby("ability")["course"]}


def _reasons(row: Row, context: Context) -> tuple[Notice, ...]:
    found = [found for reason in (*BEHIND[row["label"]], *FLAGS) for found in reason(row, context)]
    if context.unfinished and row["label"] == "no_finding":
        found.insert(0, context.unfinished)
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
    if row["practice_open"]:
        yield notice("practice_open", taught_hours=row["taught_hours"])
    elif row["practised_high"] > 0:
        yield notice("practice_between", low=row["practised_low"], high=row["practised_high"])
    else:
        yield notice("no_practice", taught_hours=row["taught_hours"])


def _exposure_size(row: Row, context: Context) -> Iterator[Notice]:
    yield from _size(row, context, kind="exposed", name="exposure")


def _practice_size(row: Row, context: Context) -> Iterator[Notice]:
    if row["practice_open"] or row["unsplit_hours"] > 0:
        yield from _no_practice(row, context)
    elif not context.hours["practised"]:
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
    least = context.policy.least_hours / context.hours["exposed"]
    code = "above_required" if row["exposure_share"] - required >= least - ROUNDING else "not_above_required"
    yield notice(code, share=row["exposure_share"], required_share=required)
    asked = "asked_by_half_or_fewer" if row["demand_rate"] <= 0.5 else "asked_by_most"
    yield notice(asked, mentions=int(row["demand_mentions"]), postings=context.postings)


def _level(row: Row, _context: Context) -> Iterator[Notice]:
    """A level that nobody stated, in the plan or in the framework, is neither met nor missed."""
    reached, required = row["level_reached"], row["level_required"]
    if not required:
        return
    if not reached and not row["level_met"]:
        yield notice("level_unstated", required=required)
    elif reached and LEVELS.index(reached) >= LEVELS.index(required):
        yield notice("level_met", reached=reached, required=required)
    elif reached and not row["level_met"]:
        yield notice("level_below", reached=reached, required=row["level_asked"])


def _chain(row: Row, _context: Context) -> Iterator[Notice]:
    if row["chain_incomplete"]:
        yield notice("chain_incomplete", **{step: int(row[step]) for step in ("introduced", "developed", "assessed")})


def _assumed(row: Row, context: Context) -> Iterator[Notice]:
    if row["shares_assumed"]:
        yield notice("settled_by_shares", course_codes=context.assumed[row["code"]])


def _settled(row: Row, context: Context) -> Iterator[Notice]:
    """Which evidence would tell, and how much of it."""
    unsure = "unsure" in (row["exposure_status"], row["practice_status"]) or row["exposure_hours"] == 0
    if row["known"] and unsure:
        yield _more_postings(row, context)
    yield from _assumed(row, context)
    if row["practice_status"] in ("unsure", "unknown") and row["code"] in context.unsplit:
        yield notice("settled_by_practice", course_codes=context.unsplit[row["code"]])


def _more_postings(row: Row, context: Context) -> Notice:
    growth = growth_that_settles(row, context.hours, context.policy)
    if growth is None:
        return notice("on_the_margin")
    held = {"postings": context.postings, "employers": context.employers}
    return notice(
        "settled_by_postings",
        **held,
        **{f"needed_{name}": grown(count, growth) for name, count in held.items()},
    )


def _presence(row: Row, context: Context) -> Iterator[Notice]:
    if row["kind"] in BY_PRESENCE and not context.policy.social_by_size:
        yield notice("by_presence")


def _beside_required(row: Row, _context: Context) -> Iterator[Notice]:
    if row["required_weight"] > 0:
        yield notice("beside_required", share=row["exposure_share"], required_share=row["required_share"])


def _judged(row: Row, context: Context) -> Iterator[Notice]:
    """All that was looked at where nothing is said of an exposed ability; not where the mapping is half done."""
    if row["exposure_hours"] > 0 and not context.unfinished:
        for reason in (_exposure_size, _practice_size, _over, _level, _change):
            yield from reason(row, context)


def _no_assessment(row: Row, _context: Context) -> Iterator[Notice]:
    if row["never_assessed"]:
        yield notice("never_assessed", hours=row["exposure_hours"])
    if assessment_unknown(row):
        yield notice("assessment_open")


def _no_demand(row: Row, context: Context) -> Iterator[Notice]:
    if row["demand_unknown"]:
        yield from _rate(row, context)


FLAGS: Final = (_no_assessment, _chain, _no_demand)
BEHIND: Final[dict[str, tuple[Callable[[Row, Context], Iterator[Notice]], ...]]] = {
    "mapping_missing": (_coverage, _wanted),
    "untaught_emerging": (_coverage, _change, _rate),
    "untaught": (_coverage, _wanted),
    "outside": (_coverage, _requirement, _rate),
    "theory_without_practice": (_no_practice, _wanted),
    "practice_unstated": (_no_practice, _wanted, _settled),
    "obsolete_candidate": (_coverage, _requirement, _rate, _change),
    "under_taught_and_practised": (_exposure_size, _practice_size, _level, _assumed),
    "under_taught": (_exposure_size, _practice_size, _level, _assumed),
    "under_practised": (_practice_size, _exposure_size, _level, _assumed),
    "level_below": (_level, _exposure_size, _practice_size),
    "over_taught": (_exposure_size, _over, _assumed),
    "aligned": (_exposure_size, _practice_size, _level),
    "covered": (_presence, _requirement, _level, _beside_required),
    "inconclusive": (_settled, _coverage, _requirement, _rate, _judged),
    "no_finding": (_presence, _coverage, _requirement, _rate, _judged),
}
