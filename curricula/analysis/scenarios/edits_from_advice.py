"""From a recommendation to the edits that would carry it out, where it says enough for that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from curricula.analysis.exposure import completed_shares
from curricula.analysis.frames import LEVELS, MODES, CurriculumFrames, Recommendation

from .edits import AddCourse, DropCourse, Edit, NewMapping, RemoveMapping, SetHours, SetMapping

HOURS_PER_CREDIT: Final = 16.0
TEACHING: Final = tuple(mode for mode in MODES if mode != "assessment")
SHARE_STEPS: Final = 10_000  # shares are written with so many steps, never rounded up
MOST_TAKEN: Final = 0.5  # of a course's hours by one piece of advice: what is left is still that course, and more than
# that is a decision about the course itself, which no count of postings can stand for


@dataclass(frozen=True)
class Underivable:
    """Why a recommendation is no edit yet: no_course, no_hours, no_theory_to_move, how_to_assess."""

    code: str


@dataclass(frozen=True)
class Derived:
    edits: tuple[Edit, ...]
    left: float = 0.0  # hours that the advice asks for beyond what one piece of advice may take from a course


def derived_edits(advice: Recommendation, frames: CurriculumFrames) -> Derived | Underivable:
    """The edits that a recommendation asks for, on the plan as the frames have it, or why there are none.

    To add: the one reference course that serves the ability and that the plan does not offer yet, half theory and
    half operation and for that ability alone, or else more hours of the course that is named. To strengthen and to
    retire: the course that is named, whose other abilities keep the hours that they have, as far as shares can say
    it; to shift to practice moves theory of the whole course to operation, because a mapping does not tell modes
    apart. Hours are whole. At most half of the hours of a course go, and half of its theory to practice; `left` says
    how many more the advice asks for. A course leaves only where demand for all that it serves has faded, where it
    is not compulsory and where no other course requires it.
    """
    if advice.reason.code in ("add_untaught", "add_emerging"):
        return _added(advice, frames)
    if advice.course is None or advice.course not in frames.courses.index:
        return Underivable("no_course")
    return BY_REASON[advice.reason.code](advice, frames, advice.course)


def _added(advice: Recommendation, frames: CurriculumFrames) -> Derived | Underivable:
    offered = set(frames.offered["reference_course"])
    open_courses = [each for each in advice.reference_courses if each not in offered]
    if len(open_courses) == 1:
        return Derived((_from_reference(advice, frames, open_courses[0]),))
    if advice.course is None or advice.course not in frames.courses.index:
        return Underivable("no_course")
    return _resized(frames, advice.course, advice.ability, _whole(advice.reason.values["hours"]))


def _from_reference(advice: Recommendation, frames: CurriculumFrames, reference: str) -> AddCourse:
    half = float(np.ceil(_whole(advice.reason.values["hours"]) / 2))
    return AddCourse(
        code=_free_code(frames, reference),
        title=reference,
        credits=float(np.ceil(2 * half / HOURS_PER_CREDIT)),
        hours={"theory": half, "operation": half},
        mappings=(NewMapping(advice.ability, level=_level_required(frames, advice.ability)),),
        reference_course=reference,
    )


def _shifted(advice: Recommendation, frames: CurriculumFrames, course: str) -> Derived | Underivable:
    share = _shares(frames, course).get(advice.ability, 0.0)
    hours = _hours(frames, course)
    if hours["theory"] <= 0 or share <= 0:
        return Underivable("no_theory_to_move")
    wanted = min(_whole(float(advice.reason.values["hours"]) / share), hours["theory"])
    moved = min(wanted, _most_taken(hours["theory"]))
    if moved <= 0:
        return Underivable("no_theory_to_move")
    edit = SetHours(course, {"theory": hours["theory"] - moved, "operation": hours["operation"] + moved})
    return Derived((edit,), left=wanted - moved)


def _grown(advice: Recommendation, frames: CurriculumFrames, course: str) -> Derived | Underivable:
    return _resized(frames, course, advice.ability, _whole(advice.reason.values["hours"]))


def _shrunk(advice: Recommendation, frames: CurriculumFrames, course: str) -> Derived | Underivable:
    """No more than the course gives to the ability, and no more than half of the course."""
    share = _shares(frames, course).get(advice.ability, 0.0)
    total = float(_hours(frames, course)[list(TEACHING)].sum())
    held = share * total
    wanted = min(float(advice.reason.values["hours"]), held)
    everything, most = wanted >= held - 0.5, _most_taken(total)
    if everything and advice.reason.code == "retire_obsolete" and _may_leave(frames, course, advice.ability):
        return Derived((DropCourse(course),))
    if everything and held <= most:
        return _resized(frames, course, advice.ability, -held)
    taken = min(float(np.floor(wanted)), most)
    found = _resized(frames, course, advice.ability, -taken)
    left = max(0.0, float(np.floor(wanted)) - taken)
    return found if isinstance(found, Underivable) else replace(found, left=left)


def _may_leave(frames: CurriculumFrames, course: str, ability: str) -> bool:
    """The course serves nothing but the ability, nobody must take it, and no other course requires it."""
    others = frames.mappings[(frames.mappings["course"] == course) & (frames.mappings["ability"] != ability)]
    alone = _shares(frames, course).get(ability, 0.0) >= 1 - 1 / SHARE_STEPS and others.empty
    waiting = bool(frames.prerequisites["requires"].eq(course).any())
    compulsory = frames.courses["required"].fillna(value=False).astype(bool)[course]
    return alone and not waiting and not compulsory


def _most_taken(hours: float) -> float:
    """Whole hours that one piece of advice may take of so many."""
    return float(np.floor(MOST_TAKEN * hours + 1e-6))


def _raised(advice: Recommendation, frames: CurriculumFrames, course: str) -> Derived | Underivable:
    cells = frames.mappings
    cell = cells[(cells["course"] == course) & (cells["ability"] == advice.ability)]
    share = cell["share"].astype(float).iloc[0] if len(cell) else np.nan
    stated = None if np.isnan(share) else float(share)
    return Derived((SetMapping(course, advice.ability, level=str(advice.reason.values["required"]), share=stated),))


def _unassessed(_advice: Recommendation, _frames: CurriculumFrames, _course: str) -> Underivable:
    return Underivable("how_to_assess")


def _resized(frames: CurriculumFrames, course: str, ability: str, change: float) -> Derived | Underivable:
    """More or fewer hours of a course that go to one ability: every mode in proportion, the other shares to match."""
    hours, shares = _hours(frames, course), _shares(frames, course)
    total = float(hours[list(TEACHING)].sum())
    after = total + change
    if total <= 0 or after <= 0:
        return Underivable("no_hours")
    stated = {mode: round(hours[mode] * after / total, 1) for mode in TEACHING if hours[mode] > 0}
    cells = frames.mappings[frames.mappings["course"] == course].set_index("ability")
    own = _share((shares.get(ability, 0.0) * total + change) / after)
    mine = _own_cell(frames, cells, course, ability, own)
    others: list[Edit] = [
        SetMapping(course, str(other), cell["level"], _share(cell["share"] * total / after))
        for other, cell in cells.iterrows()
        if other != ability and not np.isnan(cell["share"])
    ]
    # Those that grow come last, so that the sum of the shares is never above one on the way.
    return Derived((SetHours(course, stated), *((*others, *mine) if change > 0 else (*mine, *others))))


def _own_cell(
    frames: CurriculumFrames, cells: pd.DataFrame, course: str, ability: str, share: float
) -> tuple[Edit, ...]:
    if share <= 0:
        return (RemoveMapping(course, ability),)
    if ability not in cells.index:
        return (SetMapping(course, ability, _level_required(frames, ability), share),)
    alike = cells.loc[ability, "share"] == share
    return () if alike else (SetMapping(course, ability, str(cells.loc[ability, "level"]), share),)


def _shares(frames: CurriculumFrames, course: str) -> dict[str, float]:
    """What the course gives to each ability."""
    cells = frames.mappings[frames.mappings["course"] == course]
    return dict(zip(cells["ability"], completed_shares(cells)["share"].astype(float), strict=True))


def _hours(frames: CurriculumFrames, course: str) -> pd.Series:
    return frames.hours.reindex(index=[course], columns=list(MODES)).astype(float).fillna(0.0).iloc[0]


def _level_required(frames: CurriculumFrames, ability: str) -> str:
    rows = frames.requirements[frames.requirements["ability"] == ability]
    asked = rows[rows["position"].isin(frames.prepares_for or frames.positions)]["level"]
    return max(asked, key=LEVELS.index, default="")


def _free_code(frames: CurriculumFrames, wanted: str) -> str:
    taken, number, code = set(frames.courses.index), 2, wanted
    while code in taken:
        code, number = f"{wanted}-{number}", number + 1
    return code


def _share(value: float) -> float:
    return float(np.floor(min(max(value, 0.0), 1.0) * SHARE_STEPS + 1e-6) / SHARE_STEPS)


def _whole(hours: float | int | str) -> float:
    return float(np.ceil(float(hours) - 1e-6))


BY_REASON: Final[dict[str, Callable[[Recommendation, CurriculumFrames, str], Derived | Underivable]]] = {
    "shift_to_practice": _shifted,
    "give_more_hours": _grown,
    "raise_level": _raised,
    "assess": _unassessed,
    "retire_obsolete": _shrunk,
    "retire_excess": _shrunk,
}
