"""Does the order of the largest gaps survive other choices, none of which has a published truth?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
import scipy

from curricula.analysis.codes import notice
from curricula.analysis.demand_periods import demand_vectors
from curricula.analysis.frames import CurriculumFrames, Notice, Policy
from curricula.analysis.gap import Asked, Prepared, judge
from curricula.analysis.teaching_hours import required_vectors
from curricula.analysis.validation import ROUNDING

from .crosswalk import Counterparts, OtherFramework, through_crosswalk

MOST_GAPS: Final = 10
LEAST_ITEMS: Final = 3  # two items have one order or the other, which says nothing
NO_GAP: Final = 1e-12  # share
MIXED: Final = "mixed"  # the label of an ability whose counterparts have different ones


@dataclass(frozen=True)
class Variation:
    """The largest gaps under another choice.

    kind: equal_weights (of requirements), equal_shares (of the abilities of a course), demonstration (the other
    grouping), saturated_demand, all_electives (counted whole), rater (that person's own mapping), framework (through
    its crosswalk); name: the rater's code or the framework's, else "". rho: Spearman's rank correlation of the sizes
    of the same gaps under both choices; 1: the same order, 0: none, −1: turned round; None with a reason where it is
    undefined. moves: the abilities that enter or leave the largest gaps or have another label; index ability, columns
    rank_before, rank_after (Int64, among all gaps), gap_before, gap_after, label_before, label_after, enters, leaves,
    relabelled (bool). without: abilities among the largest that the other framework has no counterpart for.
    """

    kind: str
    name: str
    rho: float | None
    reason: Notice | None
    moves: pd.DataFrame
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Robustness:
    """largest: index ability, columns gap (signed), label; the largest sizes first, ties in the order of codes."""

    largest: pd.DataFrame
    variations: tuple[Variation, ...]


def robustness(
    prepared: Prepared, *, frameworks: Mapping[str, OtherFramework] | None = None, most: int = MOST_GAPS
) -> Robustness:
    """The `most` largest gaps, and what becomes of them under every other choice.

    A gap is what `GapAnalysis.abilities` calls so: exposure less demand, less requirement where demand is unknown.
    The grouping of demonstration therefore moves labels only, never the order.
    Nothing is resampled; each variation costs about what one what-if does.
    """
    base = prepared.judged.table
    varied = (*_choices(prepared), *_raters(prepared), *_frameworks(prepared, frameworks or {}))
    return Robustness(
        largest=base.loc[_ranks(base).index[:most], ["gap", "label"]],
        variations=tuple(_variation(base, kind, name, table, most) for kind, name, table in varied),
    )


Varied = tuple[str, str, pd.DataFrame | Notice]


def _choices(prepared: Prepared) -> Iterator[Varied]:
    frames, asked, policy = prepared.frames, prepared.asked, prepared.policy
    nothing = notice("nothing_to_vary")
    if len(set(frames.requirements["weight"])) > 1:
        equal = replace(frames, requirements=frames.requirements.assign(weight=1.0))
        yield "equal_weights", "", _judged(prepared, equal, asked=replace(asked, required=required_vectors(equal)))
    else:
        yield "equal_weights", "", nothing
    split = replace(frames, mappings=frames.mappings.assign(share=np.nan))
    yield "equal_shares", "", _judged(prepared, split) if frames.mappings["share"].notna().any() else nothing
    grouped = replace(policy, demonstration_is_practice=not policy.demonstration_is_practice)
    shown = frames.hours["demonstration"].gt(0).any()
    yield "demonstration", "", _judged(prepared, frames, policy=grouped) if shown else nothing
    saturated = replace(policy, saturated_demand=not policy.saturated_demand)
    yield "saturated_demand", "", _judged(prepared, frames, policy=saturated) if asked.demand.mentions else nothing
    if len(frames.groups):
        whole = replace(policy, all_electives=not policy.all_electives)
        yield "all_electives", "", _judged(prepared, frames, policy=whole)


def _raters(prepared: Prepared) -> Iterator[Varied]:
    """Each rater's own rows, in the courses that the rater judged; the accepted ones in the others."""
    accepted = prepared.frames.mappings
    for rater, rows in prepared.frames.ratings.groupby("rater"):
        own = rows[["course", "ability", "level", "share"]].astype({"share": float})
        totals = own.groupby("course")["share"].sum()
        if (totals > 1 + ROUNDING).any():
            yield "rater", str(rater), notice("shares_above_one", course=str(totals.idxmax()), sum=float(totals.max()))
            continue
        others = accepted[~accepted["course"].isin(own["course"])]
        mappings = pd.concat([others, own], ignore_index=True) if len(others) else own.reset_index(drop=True)
        yield "rater", str(rater), _judged(prepared, replace(prepared.frames, mappings=mappings))


def _frameworks(prepared: Prepared, frameworks: Mapping[str, OtherFramework]) -> Iterator[Varied]:
    for name, other in frameworks.items():
        crossed = through_crosswalk(prepared.frames, other).frames
        asked = Asked(required=required_vectors(crossed), demand=demand_vectors(crossed), drawn=None)
        yield "framework", name, _seen_from_here(_judged(prepared, crossed, asked=asked), other.counterparts)


def _seen_from_here(table: pd.DataFrame, counterparts: Counterparts) -> pd.DataFrame:
    """Own abilities with the mean gap of their counterparts, and their label where they agree on one."""
    pairs = pd.DataFrame([(own, other) for own, found in counterparts.items() for other in set(found)])
    if pairs.empty:
        return table.iloc[:0]
    found = table.loc[pairs[1], ["gap", "label", "counted"]].groupby(pairs[0].to_numpy())
    label = found["label"].agg(lambda labels: labels.iloc[0] if len(set(labels)) == 1 else MIXED)
    return pd.DataFrame({"gap": found["gap"].mean(), "label": label, "counted": found["counted"].any()})


def _judged(
    prepared: Prepared, frames: CurriculumFrames, *, asked: Asked | None = None, policy: Policy | None = None
) -> pd.DataFrame:
    agreement = prepared.judged.agreement
    return judge(frames, asked or prepared.asked, policy or prepared.policy, agreement=agreement).table


def _ranks(table: pd.DataFrame) -> pd.Series:
    """Places of the gaps by size, 1 the largest; abilities without a gap have none."""
    sizes = table.loc[table["counted"].astype(bool), "gap"].abs()
    sizes = sizes[sizes > NO_GAP].round(12).sort_index().sort_values(ascending=False, kind="stable")
    return pd.Series(range(1, len(sizes) + 1), index=sizes.index, dtype="Int64")


def _variation(base: pd.DataFrame, kind: str, name: str, varied: pd.DataFrame | Notice, most: int) -> Variation:
    largest = _ranks(base).index[:most]
    if isinstance(varied, Notice):
        return Variation(kind, name, None, varied, _moves(base, base, most))
    both = largest.intersection(varied.index[varied["gap"].notna()], sort=False)
    rho = _rank_correlation(base.loc[both, "gap"].abs(), varied.loc[both, "gap"].abs())
    return Variation(
        kind=kind,
        name=name,
        rho=None if isinstance(rho, Notice) else rho,
        reason=rho if isinstance(rho, Notice) else None,
        moves=_moves(base, varied, most),
        without=tuple(largest[~largest.isin(varied.index)]),
    )


def _rank_correlation(before: pd.Series, after: pd.Series) -> float | Notice:
    if len(before) < LEAST_ITEMS:
        return notice("too_few_gaps", gaps=len(before), needed=LEAST_ITEMS)
    if min(before.round(12).nunique(), after.round(12).nunique()) < 2:
        return notice("gaps_all_equal", gaps=len(before))
    return round(float(scipy.stats.spearmanr(before.round(12), after.round(12)).statistic), 12)


def _moves(before: pd.DataFrame, after: pd.DataFrame, most: int) -> pd.DataFrame:
    ranks = _ranks(before), _ranks(after)
    either = ranks[0].index[:most].union(ranks[1].index[:most], sort=False)
    either = either[either.isin(after.index) & either.isin(before.index)]
    moves = pd.DataFrame(
        {
            f"{name}_{side}": values.reindex(either)
            for side, table, places in (("before", before, ranks[0]), ("after", after, ranks[1]))
            for name, values in (("rank", places), ("gap", table["gap"]), ("label", table["label"]))
        },
        index=either,
    )
    among = [moves[f"rank_{side}"].le(most).fillna(False).astype(bool) for side in ("before", "after")]
    moves["enters"], moves["leaves"] = ~among[0] & among[1], among[0] & ~among[1]
    moves["relabelled"] = moves["label_before"] != moves["label_after"]
    return moves[moves[["enters", "leaves", "relabelled"]].any(axis=1)]
