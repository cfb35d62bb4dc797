"""Advice by hours: what can be done about shortfalls inside the courses, with every total held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from curricula.analysis.ability_stats import short_margin
from curricula.analysis.electives import chosen_parts
from curricula.analysis.exposure import emphases
from curricula.analysis.frames import MODES, CurriculumFrames, Policy
from curricula.analysis.gap import Judged, Prepared
from curricula.analysis.scenarios.edits import Edit, SetHours, SetMapping
from curricula.analysis.scenarios.effects import Change
from curricula.analysis.scenarios.evaluate import what_if

from .model import KINDS, Hours, Moves, least_left

SHORT: Final = (
    *("untaught", "untaught_emerging", "theory_without_practice"),
    *("under_taught_and_practised", "under_taught", "under_practised"),
)
PRACTICE: Final = ("operation", "simulation")
ROUNDING: Final = 1e-6
KEPT: Final = 1.0  # hours that an ability keeps in a course: its level there is no matter of hours
LEAST_SHOWN: Final = 0.01  # hours: less is what a share loses when it is written
TOLD: Final = ("exposed", "practised", "share", "size", "practice", "label")


@dataclass(frozen=True)
class Limits:
    """How far a course may change; pragmatic, and a school's to change. Parts of 1."""

    given: float = 0.30  # of its hours, to other content that it serves already
    shifted: float = 0.25  # of its hours, from theory to practice
    carried: float = 0.25  # share for an ability from which on a course may grow by a credit for it


@dataclass(frozen=True)
class Line:
    """What a course does for an ability, and what the plan does for it, before and after.

    exposed and practised: its hours in the course. share: of the course. size and practice: its part of all hours and
    of all practice of the plan, which are held against `demanded`, its part of the demand; practice is nan where the
    plan has none.
    """

    course: str
    ability: str
    exposed: Change[float]
    practised: Change[float]
    share: Change[float]
    size: Change[float]
    practice: Change[float]
    demanded: float
    label: Change[str]

    @property
    def gains(self) -> bool:
        """More hours, or as many and more of them practice."""
        more = self.exposed.after - self.exposed.before
        return more > LEAST_SHOWN or (more > -LEAST_SHOWN and self.practised.after > self.practised.before)


@dataclass(frozen=True)
class Left:
    """What stays short: by how many hours, which locked courses serve it, and what one credit more would do.

    course: the one with the largest share for it, None where no course has enough of one; then only a new or borrowed
    course is left. credit_hours: what the credit adds to the plan, reached: what of it reaches the ability.
    """

    ability: str
    hours: float
    locked: tuple[str, ...]
    course: str | None = None
    credit_hours: float = 0.0
    reached: float = 0.0
    before: float = 0.0  # by how many hours it is short today

    @property
    def lessened(self) -> bool:
        """Some hours moved for it, though not enough."""
        return self.before - self.hours > LEAST_SHOWN


@dataclass(frozen=True)
class HoursPlan:
    """What hours alone can do for the targets: the edits, each number before and after, and what is left."""

    targets: tuple[str, ...]
    cured: tuple[str, ...]  # no longer short, which is not to say aligned
    moved: dict[str, float]  # hours re-purposed, by course
    lines: tuple[Line, ...]
    edits: tuple[Edit, ...]
    left: tuple[Left, ...]
    locked: tuple[str, ...]
    proven: bool  # no plan within these limits does better; else the solver ran out of time

    @property
    def courses(self) -> tuple[str, ...]:
        return tuple(self.moved)

    @property
    def hours(self) -> float:
        """Re-purposed in all."""
        return sum(self.moved.values())

    def edits_for(self, ability: str) -> tuple[Edit, ...]:
        """The edits of the courses that give the ability more; whole courses, because their totals are held."""
        ours = {line.course for line in self.lines if line.ability == ability and line.gains}
        return tuple(edit for edit in self.edits if isinstance(edit, SetHours | SetMapping) and edit.course in ours)


def shortfalls(judged: Judged, policy: Policy) -> pd.Series:
    """By how many hours each ability misses the margin below which it is short, of exposure and practice together.

    0 where it is not short or demand is unknown.
    """
    table, hours = judged.table, pd.Series(0.0, index=judged.table.index)
    for kind, column in (("exposed", "exposure_share"), ("practised", "practised_share")):
        total = float(judged.teaching.by_kind[kind].sum())
        if total > 0:
            demand = table["demand_share"].where(table["known"])
            missing = demand - short_margin(demand, total, policy) - table[column]
            hours += (missing * total).clip(lower=0.0).fillna(0.0)
    return hours


def targets_of(judged: Judged) -> tuple[str, ...]:
    """The abilities whose size is surely and clearly below demand, in the framework's order."""
    table = judged.table
    below = (table["exposure_status"] == "below") | (table["practice_status"] == "below")
    return tuple(table.index[below & table["label"].isin(SHORT)])


def hours_plan(
    prepared: Prepared, *, limits: Limits = Limits(), targets: Iterable[str] | None = None, seconds: float = 5.0
) -> HoursPlan:
    """The change of hours that leaves least short, within METHOD.md's *Advice by hours*.

    Hours and credits of every course are held. A course gives hours only to what it serves already, in its own mix of
    theory and practice, and turns theory into practice. Nothing else becomes short, or shorter, or goes into excess,
    and what has unknown demand loses nothing; docs/method.md gives the sentence behind each of these. `targets`: those
    of `targets_of` unless given. Raises ValueError for a target that is no ability of the framework.
    """
    asked = targets_of(prepared.judged) if targets is None else tuple(dict.fromkeys(targets))
    for target in asked:
        if target not in prepared.frames.abilities.index:
            raise ValueError(f"target {target!r} is no ability of the framework")
    locked = locked_courses(prepared.frames, prepared.policy)
    hours = _hours(prepared, asked, limits, locked)
    moves = least_left(hours, seconds=seconds)
    edits: tuple[Edit, ...] = (
        *_mapping_edits(prepared, hours, moves),
        *_hour_edits(prepared.frames, hours, moves),
    )
    after = what_if(prepared, edits).judged
    missing = shortfalls(after, prepared.policy)[list(asked)]
    before = shortfalls(prepared.judged, prepared.policy)
    return HoursPlan(
        targets=asked,
        cured=tuple(missing.index[missing <= ROUNDING]),
        moved=_moved(hours, moves),
        lines=tuple(_lines(prepared.judged, after)),
        edits=edits,
        left=tuple(
            replace(left, before=float(before[left.ability]))
            for left in _left(after.teaching.cells, missing[missing > ROUNDING], limits, locked, prepared.policy)
        ),
        locked=locked,
        proven=moves.proven,
    )


def locked_courses(frames: CurriculumFrames, policy: Policy) -> tuple[str, ...]:
    """Those that a director or their kind locks, and those that not every student takes: an hour there is no hour."""
    locked = chosen_parts(frames, policy).lt(1)
    if "locked" in frames.courses:
        locked |= frames.courses["locked"].astype(bool)
    return tuple(frames.courses.index[locked])


def _hours(prepared: Prepared, targets: tuple[str, ...], limits: Limits, locked: tuple[str, ...]) -> Hours:
    judged = prepared.judged
    sizes = _sizes(judged.table, targets)
    courses = _courses(prepared, limits, locked)
    cells = judged.teaching.cells[["course", "ability", "share", "exposed"]]
    cells = cells[cells["course"].isin(courses.index) & cells["ability"].isin(sizes.index) & (cells["share"] > 0)]
    return Hours(
        courses=courses,
        cells=cells.assign(
            course=courses.index.get_indexer(pd.Index(cells["course"])),
            ability=sizes.index.get_indexer(pd.Index(cells["ability"])),
            loses=np.floor(cells["exposed"] - KEPT + ROUNDING).clip(lower=0.0),
        ).reset_index(drop=True),
        sizes=sizes,
        totals={kind: float(judged.teaching.by_kind[kind].sum()) for kind in KINDS},
        policy=prepared.policy,
    )


def _sizes(table: pd.DataFrame, targets: tuple[str, ...]) -> pd.DataFrame:
    """What has hours and a demand to compare them with."""
    table = table[(table["exposure_hours"] > 0) & table["known"] & table["demand_share"].notna()]
    sizes = {"exposed": table["exposure_hours"], "practised": table["practised_hours"]}
    return pd.DataFrame({**sizes, "demand": table["demand_share"], "target": table.index.isin(targets)})


def _courses(prepared: Prepared, limits: Limits, locked: tuple[str, ...]) -> pd.DataFrame:
    """Those that serve something, have hours and are not locked, with how far they may change."""
    modes = prepared.frames.hours.reindex(index=prepared.frames.courses.index, columns=list(MODES)).fillna(0.0)
    kinds = emphases(modes, demonstration_is_practice=prepared.policy.demonstration_is_practice)
    cells = prepared.judged.teaching.cells
    kinds["mapped"] = cells.groupby("course")["share"].sum().reindex(kinds.index, fill_value=0.0)
    kinds["given"] = np.floor(limits.given * kinds["exposed"] + ROUNDING)
    kinds["shifted"] = np.floor(np.minimum(limits.shifted * kinds["exposed"], modes["theory"]) + ROUNDING)
    free = (kinds["exposed"] > 0) & (kinds["mapped"] > 0) & ~kinds.index.isin(locked)
    return kinds.loc[free, ["exposed", "practised", "mapped", "given", "shifted"]]


def _moved(hours: Hours, moves: Moves) -> dict[str, float]:
    given = np.bincount(hours.cells["course"], weights=moves.gained.clip(0), minlength=len(hours.courses))
    moved = pd.Series(given + moves.shifted, index=hours.courses.index)
    return {str(course): float(amount) for course, amount in moved[moved > 0].items()}


def _mapping_edits(prepared: Prepared, hours: Hours, moves: Moves) -> Iterator[SetMapping]:
    """New shares of the courses that give hours to other content; those that lose come first, so that no sum is
    above 1 on the way. Where a course leaves a share unstated all are stated, because it would split the rest anew.
    """
    moved = hours.cells.assign(gained=moves.gained)[moves.gained != 0]
    codes = zip(hours.courses.index[moved["course"]], hours.sizes.index[moved["ability"]], strict=True)
    given = dict(zip(codes, moved["gained"], strict=True))
    changed, cells = {course for course, _ability in given}, prepared.judged.teaching.cells
    exposed = hours.courses["exposed"].to_dict()
    unstated = changed & set(cells.loc[cells["assumed"], "course"])
    found = []
    for course, ability, level, share in cells[["course", "ability", "level", "share"]].itertuples(index=False):
        gained = given.get((course, ability), 0.0)
        if gained or course in unstated:
            after = share + gained / float(exposed[course])
            found.append((gained > 0, SetMapping(course, ability, level, _floored(after))))
    place = {course: place for place, course in enumerate(prepared.frames.courses.index)}
    yield from (edit for _gains, edit in sorted(found, key=lambda each: (place[each[1].course], each[0])))


def _floored(share: float) -> float:
    """In millionths and never up, so that no sum is above 1."""
    return float(np.floor(share * 1e6 + ROUNDING) / 1e6)


def _hour_edits(frames: CurriculumFrames, hours: Hours, moves: Moves) -> Iterator[SetHours]:
    """Theory that becomes practice, of the kind that the course has most of."""
    shifts = pd.Series(moves.shifted, index=hours.courses.index)
    for course in map(str, shifts.index[shifts > 0]):
        shifted = float(shifts[course])
        now = frames.hours.fillna(0.0).loc[course].to_dict()
        mode = max(PRACTICE, key=lambda mode: now[mode])
        yield SetHours(course, {"theory": now["theory"] - shifted, mode: now[mode] + shifted})


def _lines(before: Judged, after: Judged) -> Iterator[Line]:
    """What the edits change, by course and ability: the teaching cells are the same ones on both sides."""
    sides = [_told(judged) for judged in (before, after)]
    sides[1] = sides[1].loc[sides[0].index]
    for (course, ability), *pair in zip(sides[0].index, *(side.to_dict("records") for side in sides), strict=True):
        changed = {name: Change(*(cell[name] for cell in pair)) for name in TOLD}
        if any(abs(changed[kind].after - changed[kind].before) > LEAST_SHOWN for kind in KINDS):
            yield Line(course, ability, demanded=float(pair[0]["demanded"]), **changed)


def _told(judged: Judged) -> pd.DataFrame:
    """The cells with what the plan as a whole does for their ability."""
    cells = judged.teaching.cells.set_index(["course", "ability"])
    named = {"exposure_share": "size", "practised_share": "practice", "demand_share": "demanded", "label": "label"}
    plan = judged.table[list(named)].rename(columns=named)
    return cells.join(plan, on="ability")


def _left(
    cells: pd.DataFrame, missing: pd.Series, limits: Limits, locked: tuple[str, ...], policy: Policy
) -> Iterator[Left]:
    for ability, hours in missing.items():
        shares = cells[(cells["ability"] == ability) & (cells["share"] > 0)].set_index("course")["share"]
        closed = shares.index.isin(locked)
        left, free = Left(str(ability), float(hours), tuple(shares.index[closed])), shares[~closed]
        if not free.empty and free.max() >= limits.carried:
            credit = policy.least_hours
            left = replace(left, course=str(free.idxmax()), credit_hours=credit, reached=credit * float(free.max()))
        yield left
