"""From a recommendation to the edits that would carry it out, where hours or a course can."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from curricula.analysis.frames import LEVELS, MODES, CurriculumFrames, Recommendation
from curricula.analysis.optimise.optimiser import HoursPlan, Limits

from .edits import AddCourse, DropCourse, Edit, NewMapping, SetHours, SetMapping

HOURS_PER_CREDIT: Final = 16.0
TEACHING: Final = tuple(mode for mode in MODES if mode != "assessment")
WHOLE: Final = 1 - 1e-4  # a share from which on a course serves nothing else


@dataclass(frozen=True)
class Underivable:
    """Why a recommendation is no edit: no_course, new_course, in_words, other_content."""

    code: str


def derived_edits(advice: Recommendation, frames: CurriculumFrames, plan: HoursPlan) -> tuple[Edit, ...] | Underivable:
    """The edits that a recommendation asks for, or why there are none.

    To strengthen: what the plan of hours does for the ability, so that several recommendations on one course are one
    change of it; where only practice is missing, theory that becomes practice; for what hours leave short, one credit
    more of the course with a share for it. To add: the one reference course that serves the ability and is not
    offered yet, or else one credit more, for that ability alone, of the course that is named. To retire: a course
    leaves only where it serves nothing else, is not compulsory and no other course requires it; else its hours are
    for other content, which the plan of hours sees to. Levels and assessment are advised in words.
    """
    if advice.kind == "retire":
        return _dropped(advice, frames)
    if advice.kind == "add":
        return _added(advice, frames)
    if advice.reason.code in ("raise_level", "assess"):
        return Underivable("in_words")
    if advice.ability not in plan.targets:
        return _shifted(advice, frames, plan)
    return plan.edits_for(advice.ability) or _one_credit(advice.ability, frames, plan)


def _shifted(advice: Recommendation, frames: CurriculumFrames, plan: HoursPlan) -> tuple[Edit, ...] | Underivable:
    """Nothing of it is practised, though its size is not short: theory becomes practice, within the limit."""
    course = advice.course
    if course is None or course in plan.locked or advice.reason.code != "shift_to_practice":
        return Underivable("new_course")
    now = _hours(frames, course)
    wanted = min(float(advice.reason.values["hours"]), Limits().shifted * float(now.sum()), float(now["theory"]))
    moved = float(np.floor(wanted + 1e-6))
    if moved <= 0:
        return Underivable("new_course")
    return (SetHours(course, {"theory": float(now["theory"]) - moved, "operation": float(now["operation"]) + moved}),)


def _one_credit(ability: str, frames: CurriculumFrames, plan: HoursPlan) -> tuple[Edit, ...] | Underivable:
    left = next((each for each in plan.left if each.ability == ability and each.course), None)
    if left is None or left.course is None:
        return Underivable("new_course")
    return (_grown(frames, left.course, left.credit_hours),)


def _added(advice: Recommendation, frames: CurriculumFrames) -> tuple[Edit, ...] | Underivable:
    offered = set(frames.offered["reference_course"])
    open_courses = [each for each in advice.reference_courses if each not in offered]
    if len(open_courses) == 1:
        return (_from_reference(advice, frames, open_courses[0]),)
    if advice.course is None or not _hours(frames, advice.course).sum() > 0:
        return Underivable("no_course")
    return _credit_for(advice.ability, frames, advice.course)


def _from_reference(advice: Recommendation, frames: CurriculumFrames, reference: str) -> AddCourse:
    """Whole credits, half theory and half operation, for that ability alone."""
    number = float(np.ceil(float(advice.reason.values["hours"]) / HOURS_PER_CREDIT - 1e-6))
    half = number * HOURS_PER_CREDIT / 2
    return AddCourse(
        code=_free_code(frames, reference),
        title=reference,
        credits=number,
        hours={"theory": half, "operation": half},
        mappings=(NewMapping(advice.ability, level=_level_required(frames, advice.ability)),),
        reference_course=reference,
    )


def _credit_for(ability: str, frames: CurriculumFrames, course: str) -> tuple[Edit, ...]:
    """The other abilities keep their hours: their shares, where stated, are of more hours now."""
    hours, cells = _hours(frames, course), frames.mappings[frames.mappings["course"] == course]
    total = float(hours.sum())
    kept = total / (total + HOURS_PER_CREDIT)
    stated = cells[cells["share"].notna() & (cells["ability"] != ability)]
    rows = zip(stated["ability"], stated["level"], stated["share"], strict=True)
    others = (SetMapping(course, other, level, _floored(share * kept)) for other, level, share in rows)
    level = _level_required(frames, ability)
    mine = SetMapping(course, ability, level, _floored(1 - kept))
    # What grows comes last, so that the sum of the shares is never above one on the way.
    return _grown(frames, course, HOURS_PER_CREDIT), *others, mine


def _grown(frames: CurriculumFrames, course: str, hours: float) -> SetHours:
    """Every mode in proportion and in whole hours; what rounding leaves goes to the mode that has most."""
    now: dict[str, float] = {str(mode): float(value) for mode, value in _hours(frames, course).items() if value > 0}
    total = sum(now.values())
    after: dict[str, float | None] = {
        mode: value + float(np.floor(hours * value / total + 1e-6)) for mode, value in now.items()
    }
    most = max(now, key=lambda mode: now[mode])
    rounded = sum(value for mode, value in after.items() if value and mode != most)
    return SetHours(course, {**after, most: total + hours - rounded})


def _dropped(advice: Recommendation, frames: CurriculumFrames) -> tuple[Edit, ...] | Underivable:
    course = advice.course
    if course is None or advice.reason.code != "retire_obsolete":
        return Underivable("other_content")
    cells = frames.mappings[frames.mappings["course"] == course]
    alone = len(cells) == 1 and not cells["share"].iloc[0] < WHOLE  # a share not stated is all of it
    waiting = bool(frames.prerequisites["requires"].eq(course).any())
    compulsory = frames.courses["required"].fillna(value=False).astype(bool)[course]
    return (DropCourse(course),) if alone and not waiting and not compulsory else Underivable("other_content")


def _hours(frames: CurriculumFrames, course: str) -> pd.Series:
    return frames.hours.reindex(index=[course], columns=list(TEACHING)).astype(float).fillna(0.0).iloc[0]


def _level_required(frames: CurriculumFrames, ability: str) -> str:
    rows = frames.requirements[frames.requirements["ability"] == ability]
    asked = rows[rows["position"].isin(frames.prepares_for or frames.positions)]["level"]
    return max(asked, key=LEVELS.index, default="")


def _free_code(frames: CurriculumFrames, wanted: str) -> str:
    taken, number, code = set(frames.courses.index), 2, wanted
    while code in taken:
        code, number = f"{wanted}-{number}", number + 1
    return code


def _floored(share: float) -> float:
    return float(np.floor(share * 1e4 + 1e-6) / 1e4)
