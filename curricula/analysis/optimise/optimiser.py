"""The smallest change of hours that brings abilities into line with demand, or the bound that forbids it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Final

import numpy as np
import pandas as pd

from competencies.analysis.checks import Floats
from curricula.analysis.codes import notice
from curricula.analysis.exposure import emphases
from curricula.analysis.frames import MODES, Notice, Policy
from curricula.analysis.gap import Prepared
from curricula.analysis.judgement import Judged
from curricula.analysis.reasons import with_reasons
from curricula.analysis.scenarios.edits import SetHours
from curricula.analysis.scenarios.effects import Effect
from curricula.analysis.scenarios.evaluate import what_if

from .constraints import Bounds, limits
from .infeasibility import Conflict, conflicts
from .model import Hours, target_rows
from .solver import Search, Smallest, conflict, feasible, smallest

QUESTIONS: Final = 3.0  # as long as so many searches may take all of them together
LEAST_ROOM: Final = 100.0  # credits' worth of hours that even an empty plan may gain
BEYOND: Final = (  # reasons that no hours can cure, as the analysis words them
    *("no_mapping", "hours_unstated", "demand_not_searchable", "demand_unknown", "level_below", "level_unstated"),
    *("chain_incomplete", "falling"),
)


@dataclass(frozen=True)
class Plan:
    """The hour changes, fewest hours first and then fewest courses, and what an analysis says of them.

    changes: columns course, mode, before, after, in hours. reached: each target with the label that it really gets.
    beyond: for each target that is not aligned then, why: what no hours can cure. least_hours: no change moves
    fewer; below `hours` where the solver ran out of time. fewest_courses: proven that so few hours need as many.
    """

    changes: pd.DataFrame
    hours: float  # moved: what is gained and what is lost, added up
    edits: tuple[SetHours, ...]
    effect: Effect = field(repr=False)
    reached: dict[str, str]
    beyond: dict[str, tuple[Notice, ...]]
    least_hours: float
    fewest_courses: bool

    @property
    def courses(self) -> tuple[str, ...]:
        return tuple(edit.course for edit in self.edits)


@dataclass(frozen=True)
class Impossible:
    """Why no change of hours does it: a code with its numbers, and what stands in the way.

    reason: beyond_hours (no target can be reached by hours at all), bounds_too_tight (each of `conflicts` is a
    smallest set of bounds to blame, with what each bound would have to be), targets_conflict (`targets` cannot be met
    together with the others, whatever the bounds), out_of_time. beyond: as in Plan.
    """

    reason: Notice
    conflicts: tuple[Conflict, ...] = ()
    targets: tuple[str, ...] = ()
    beyond: dict[str, tuple[Notice, ...]] = field(default_factory=dict)


def labelled(prepared: Prepared, labels: Collection[str]) -> tuple[str, ...]:
    """The abilities that have one of these labels, in the framework's order."""
    found = prepared.judged.table["label"]
    return tuple(found.index[found.isin(list(labels))])


def smallest_change(
    prepared: Prepared,
    targets: Iterable[str],
    *,
    bounds: Bounds = Bounds(),  # noqa: B008 - frozen
    keep_aligned: bool = False,
    seconds: float = 10.0,
) -> Plan | Impossible:
    """The fewest whole hours to add, take away or shift so that the targets' hours are aligned with demand.

    For each target, exposure and practice are brought *within*: neither short nor in excess at either end of the
    90 % interval of demand; that is what hours can do for the label `aligned`. Levels, chains, missing mappings
    and unknown demand they cannot cure; the result says of which target that is true. Hours of courses that are
    mapped may change, shares of the mapping stay. Hours gained and hours lost count alike; of equally small
    changes the one with the fewest courses is taken. `keep_aligned` holds what is aligned now to the same
    conditions. The plan's hours may at most double. Each search may take `seconds`, all of them together `QUESTIONS`
    times as long; what is not proven then is said to be open. Raises ValueError for an unknown target. Method: mixed
    integer linear programming, scipy's milp (HiGHS, Huangfu and Hall 2018, Math. Prog. Comp. 10, 119-142).
    """
    asked = tuple(dict.fromkeys(targets))
    _expect_known(prepared, asked)
    can = _reachable(prepared, asked)
    if not can:
        reasons = _beyond(prepared, prepared.judged, asked)
        return Impossible(notice("beyond_hours", abilities=len(asked)), beyond=reasons)
    kept = labelled(prepared, ("aligned",)) if keep_aligned else ()
    conditions = tuple(dict.fromkeys((*can, *kept)))
    search = _search(prepared, conditions, bounds, seconds)
    found = smallest(search)
    if isinstance(found, Smallest):
        return _plan(prepared, asked, search, found)
    reasons = _beyond(prepared, prepared.judged, [each for each in asked if each not in can])
    if not found.in_time:
        return Impossible(notice("out_of_time", seconds=seconds), beyond=reasons)
    return _impossible(search, conditions, reasons)


def _expect_known(prepared: Prepared, targets: tuple[str, ...]) -> None:
    for target in targets:
        if target not in prepared.frames.abilities.index:
            raise ValueError(f"target {target!r} is no ability of the framework")


def _reachable(prepared: Prepared, targets: tuple[str, ...]) -> list[str]:
    """The targets that demand says something of and that some course serves."""
    table, cells = prepared.judged.table, prepared.judged.teaching.cells
    demanded = table.index[table["known"] & table["demand_share"].notna()]
    served = set(cells.loc[cells["share"] > 0, "ability"])
    return [target for target in targets if target in demanded and target in served]


def _search(prepared: Prepared, targets: tuple[str, ...], bounds: Bounds, seconds: float) -> Search:
    hours = _hours(prepared)
    table = prepared.judged.table
    rows = target_rows(hours, table, list(table.index.get_indexer(pd.Index(targets))), prepared.policy)
    until = monotonic() + QUESTIONS * seconds
    return Search(hours, rows, limits(prepared.frames, hours, bounds), seconds, until)


def _hours(prepared: Prepared) -> Hours:
    """The courses that serve an ability: of the others nobody has said what their hours are for."""
    cells = prepared.judged.teaching.cells
    shares = cells.pivot_table(index="course", columns="ability", values="share", aggfunc="sum", fill_value=0.0)
    shares = shares[shares.sum(axis=1) > 0].reindex(columns=prepared.frames.abilities.index, fill_value=0.0)
    modes = prepared.frames.hours.reindex(index=shares.index, columns=list(MODES)).astype(float).fillna(0.0)
    kinds = emphases(modes, demonstration_is_practice=prepared.policy.demonstration_is_practice)
    return Hours(
        courses=shares.index,
        taught=kinds["taught"].to_numpy(),
        practised=kinds["practised"].to_numpy(),
        shares=shares.to_numpy(),
        room=max(float(np.ceil(kinds["exposed"].sum())), LEAST_ROOM * prepared.policy.least_hours),
    )


def _plan(prepared: Prepared, targets: tuple[str, ...], search: Search, found: Smallest) -> Plan:
    changes = _mode_changes(prepared, search.hours.changes(found.x), search.hours.courses)
    edits = tuple(
        SetHours(str(course), dict(zip(rows["mode"], rows["after"], strict=True)))
        for course, rows in changes.groupby("course", sort=False)
    )
    effect = what_if(prepared, edits)
    reached = effect.judged.table["label"]
    return Plan(
        changes=changes,
        hours=float((changes["after"] - changes["before"]).abs().sum()),
        edits=edits,
        effect=effect,
        reached={target: str(reached[target]) for target in targets},
        beyond=_beyond(prepared, effect.judged, [target for target in targets if reached[target] != "aligned"]),
        least_hours=found.least_hours,
        fewest_courses=found.fewest_courses,
    )


def _mode_changes(prepared: Prepared, gained: Floats, courses: pd.Index) -> pd.DataFrame:
    """Which modes carry the change: shares see only theory and practice, so the mode with most hours of the kind."""
    hours = prepared.frames.hours.reindex(columns=list(MODES)).astype(float).fillna(0.0)
    modes = _modes(prepared.policy)
    rows = [
        (str(course), mode, before, after)
        for kind, changed in zip(modes, gained, strict=True)
        for course, change in zip(courses, changed, strict=True)
        for mode, before, after in _spread(hours.loc[course, list(modes[kind])], float(change))
    ]
    order = {str(course): place for place, course in enumerate(prepared.frames.courses.index)}
    rows.sort(key=lambda row: (order[row[0]], MODES.index(row[1])))
    return pd.DataFrame(rows, columns=["course", "mode", "before", "after"])


def _modes(policy: Policy) -> dict[str, tuple[str, ...]]:
    shown = ("demonstration",)
    if policy.demonstration_is_practice:
        return {"theory": ("theory",), "practice": ("operation", "simulation", *shown)}
    return {"theory": ("theory", *shown), "practice": ("operation", "simulation")}


def _spread(hours: pd.Series, change: float) -> Iterator[tuple[str, float, float]]:
    """Hours are gained by the mode that has most, and lost from there on down."""
    left = change
    for mode, before in hours.sort_values(ascending=False, kind="stable").items():
        moved = left if left > 0 else max(left, -float(before))
        left -= moved
        if moved:
            yield str(mode), float(before), float(before) + moved


def _beyond(prepared: Prepared, judged: Judged, abilities: Iterable[str]) -> dict[str, tuple[Notice, ...]]:
    """Why each of these is not aligned: what no hours can cure, or everything that was looked at."""
    table, demand = judged.table.loc[list(abilities)], prepared.asked.demand
    reasons = with_reasons(table, teaching=judged.teaching, demand=demand, policy=prepared.policy)["reasons"]
    return {
        str(ability): tuple(each for each in found if each.code in BEYOND) or found
        for ability, found in reasons.items()
    }


def _impossible(search: Search, targets: tuple[str, ...], beyond: dict[str, tuple[Notice, ...]]) -> Impossible:
    free = feasible(replace(search, limits=()))
    if free.impossible:
        unmet = tuple(targets[place] for place in conflict(search, targets=len(targets)))
        reason = notice("targets_conflict", abilities=len(unmet), of=len(targets))
        return Impossible(reason, targets=unmet, beyond=beyond)
    if free.x is None:
        return Impossible(notice("out_of_time", seconds=search.seconds), beyond=beyond)
    blamed = conflicts(search)
    counts = {"bounds": sum(len(each.bounds) for each in blamed), "conflicts": len(blamed)}
    return Impossible(notice("bounds_too_tight", **counts), conflicts=blamed, beyond=beyond)
