"""From a plan and a list of edits to the frames of the plan that would result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import singledispatch
from typing import Any, Final

import numpy as np
import pandas as pd

from curricula.analysis.frames import LEVELS, MODES, CurriculumFrames, last_terms
from curricula.analysis.validation import ROUNDING
from curricula.limits import MOST_CODE, MOST_CREDITS, MOST_HOURS, MOST_TERM, MOST_TITLE

from .edits import (
    AddCertificate,
    AddCourse,
    DropCourse,
    Edit,
    JoinCompetition,
    MoveCourse,
    RemoveMapping,
    SetHours,
    SetMapping,
    writable,
)

MESSAGES: Final = {
    "unknown_course": "course {course!r} is not in the plan",
    "course_exists": "course {course!r} is in the plan already",
    "unknown_ability": "ability {ability!r} is not in the framework",
    "unknown_mode": "there is no mode {mode!r} of hours",
    "unknown_level": "there is no level {level!r}",
    "unknown_certificate": "certificate {certification!r} is not in the framework",
    "unknown_reference_course": "reference course {reference_course!r} is not in the framework",
    "code_too_long": "the code of a course has at most {most} characters, but {course!r} has more",
    "title_too_long": "the title of course {course!r} has more than {most} characters",
    "unwritable_text": "a text of the edit holds control characters or halves of characters",
    "certificate_exists": "the curriculum prepares for certificate {certification!r} already",
    "cell_exists": "course {course!r} is mapped to ability {ability!r} twice",
    "no_mapping": "course {course!r} is not mapped to ability {ability!r}",
    "hours_out_of_range": "course {course!r} cannot have {hours:g} hours of {mode}",
    "credits_out_of_range": "course {course!r} cannot have {credits:g} credits",
    "term_out_of_range": "course {course!r} cannot be in term {term}; terms count from 1 to {most}",
    "ends_after_plan": "course {course!r} would run to term {last}, after the plan's last term {plan_last}; "
    "it can begin in term {latest} at the latest",
    "share_out_of_range": "course {course!r} cannot give {share:g} of itself to ability {ability!r}, only 0 to 1",
    "shares_above_one": "the shares of course {course!r} sum to {sum:g}, and cannot be more than 1",
}


class RefusedEdit(ValueError):
    """An edit that the plan cannot take: `place` in the list, and a code with its values for other languages."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(MESSAGES[code].format(**values))
        self.code = code
        self.values = values
        self.place: int | None = None

    def __str__(self) -> str:
        message = super().__str__()
        return message if self.place is None else f"edit {self.place + 1}: {message}"


def apply_edits(frames: CurriculumFrames, edits: Iterable[Edit]) -> CurriculumFrames:
    """The frames of the plan after the edits, made one after another; the frames given are not changed.

    Parts that no edit touches are the same objects, so that a reader can tell. Raises RefusedEdit, a
    ValueError, for an unknown course, reference course, ability, certificate, mode or level, a second course or cell
    with one code, texts that are too long or cannot be written, and hours, credits, terms or shares out of range
    after the edit: whatever it takes, a record can hold. A prerequisite of a dropped course leaves with it;
    `sequence.broken_prerequisites` tells which courses miss one then. A course over several terms keeps its length
    when it is moved, and is not moved to where it would end after the plan's last term.
    """
    for place, edit in enumerate(edits):
        try:
            if not writable(edit):
                raise RefusedEdit("unwritable_text")
            frames = _applied(edit, frames)
        except RefusedEdit as refused:
            refused.place = place
            raise
    return frames


@singledispatch
def _applied(edit: object, _frames: CurriculumFrames) -> CurriculumFrames:
    raise TypeError(f"{edit!r} is no edit")


@_applied.register
def _add_course(edit: AddCourse, frames: CurriculumFrames) -> CurriculumFrames:
    if edit.code in frames.courses.index:
        raise RefusedEdit("course_exists", course=edit.code)
    _expect_course_facts(edit, frames)
    requires = dict.fromkeys(edit.requires)  # named twice is required once
    for required in requires:
        _expect_course(frames, required)
    alone = {"alternative": 0} if "alternative" in frames.prerequisites else {}
    facts = {"title": edit.title, "credits": _number(edit.credits), "term": _term(edit.code, edit.term)}
    added = replace(
        frames,
        courses=_with_row(frames.courses, edit.code, facts | {"required": None}),
        prerequisites=_with_rows(
            frames.prerequisites, [alone | {"requires": required, "course": edit.code} for required in requires]
        ),
        offered=_with_rows(
            frames.offered,
            [{"reference_course": edit.reference_course, "course": edit.code}] if edit.reference_course else [],
        ),
    )
    added = _with_hours(added, edit.code, edit.hours)
    for cell in edit.mappings:
        if _cell(added, edit.code, cell.ability).any():
            raise RefusedEdit("cell_exists", course=edit.code, ability=cell.ability)
        added = _applied(SetMapping(edit.code, cell.ability, level=cell.level, share=cell.share), added)
    return added


@_applied.register
def _drop_course(edit: DropCourse, frames: CurriculumFrames) -> CurriculumFrames:
    course = _expect_course(frames, edit.course)
    return replace(
        frames,
        courses=frames.courses.drop(index=course),
        hours=frames.hours.drop(index=course, errors="ignore"),
        mappings=_without(frames.mappings, course),
        ratings=_without(frames.ratings, course),
        prerequisites=_without(_without(frames.prerequisites, course), course, column="requires"),
        offered=_without(frames.offered, course),
    )


@_applied.register
def _move_course(edit: MoveCourse, frames: CurriculumFrames) -> CurriculumFrames:
    course = _expect_course(frames, edit.course)
    term, courses = _term(course, edit.term), frames.courses
    moved = {"term": term} | ({"term_last": _last_term(course, term, courses)} if "term_last" in courses else {})
    terms = courses[list(moved)].astype(float)
    terms.loc[course] = moved
    return replace(frames, courses=courses.assign(**terms))


def _last_term(course: str, term: float, courses: pd.DataFrame) -> float:
    """Where a course ends that keeps its length; nan where it has none."""
    longer = float((courses["term_last"].astype(float) - courses["term"].astype(float))[course])
    if np.isnan(term + longer):
        return np.nan
    plan_last = last_terms(courses).max()
    if longer > 0 and term + longer > plan_last:
        latest = max(1, int(plan_last - longer))
        values = {"last": int(term + longer), "plan_last": int(plan_last), "latest": latest}
        raise RefusedEdit("ends_after_plan", course=course, **values)
    return term + max(longer, 0.0)


@_applied.register
def _set_hours(edit: SetHours, frames: CurriculumFrames) -> CurriculumFrames:
    return _with_hours(frames, _expect_course(frames, edit.course), edit.hours)


@_applied.register
def _set_mapping(edit: SetMapping, frames: CurriculumFrames) -> CurriculumFrames:
    course = _expect_course(frames, edit.course)
    if edit.ability not in frames.abilities.index:
        raise RefusedEdit("unknown_ability", ability=edit.ability)
    if edit.level not in LEVELS:
        raise RefusedEdit("unknown_level", level=edit.level)
    share = _number(edit.share)
    if share < 0 or share > 1:
        raise RefusedEdit("share_out_of_range", course=course, ability=edit.ability, share=share)
    others = frames.mappings[~_cell(frames, course, edit.ability)]
    cell = {"course": course, "ability": edit.ability, "level": edit.level, "share": share}
    mappings = _with_rows(others, [cell])
    total = mappings.loc[mappings["course"] == course, "share"].astype(float).sum()
    if total > 1 + ROUNDING:
        raise RefusedEdit("shares_above_one", course=course, sum=float(total))
    return replace(frames, mappings=mappings)


@_applied.register
def _remove_mapping(edit: RemoveMapping, frames: CurriculumFrames) -> CurriculumFrames:
    cell = _cell(frames, _expect_course(frames, edit.course), edit.ability)
    if not cell.any():
        raise RefusedEdit("no_mapping", course=edit.course, ability=edit.ability)
    return replace(frames, mappings=frames.mappings[~cell].reset_index(drop=True))


@_applied.register
def _join_competition(edit: JoinCompetition, frames: CurriculumFrames) -> CurriculumFrames:
    course = _expect_course(frames, edit.course)
    _expect_hours(course, "operation", edit.hours)  # a competition never takes hours away
    before = frames.hours["operation"].reindex([course]).fillna(0.0).iloc[0]
    return _with_hours(frames, course, {"operation": float(before) + edit.hours})


@_applied.register
def _add_certificate(edit: AddCertificate, frames: CurriculumFrames) -> CurriculumFrames:
    if not frames.certification_courses["certification"].eq(edit.certification).any():
        raise RefusedEdit("unknown_certificate", certification=edit.certification)
    if edit.certification in frames.certifications:
        raise RefusedEdit("certificate_exists", certification=edit.certification)
    return replace(frames, certifications=(*frames.certifications, edit.certification))


def _expect_course(frames: CurriculumFrames, course: str) -> str:
    if course not in frames.courses.index:
        raise RefusedEdit("unknown_course", course=course)
    return course


def _expect_course_facts(edit: AddCourse, frames: CurriculumFrames) -> None:
    if len(edit.code) > MOST_CODE:
        raise RefusedEdit("code_too_long", course=edit.code, most=MOST_CODE)
    if len(edit.title) > MOST_TITLE:
        raise RefusedEdit("title_too_long", course=edit.code, most=MOST_TITLE)
    if edit.credits is not None and not 0 <= edit.credits <= MOST_CREDITS:
        raise RefusedEdit("credits_out_of_range", course=edit.code, credits=edit.credits)
    if edit.reference_course is not None and edit.reference_course not in _reference_courses(frames):
        raise RefusedEdit("unknown_reference_course", reference_course=edit.reference_course)


def _reference_courses(frames: CurriculumFrames) -> set[str]:
    named = (frames.reference_abilities, frames.certification_courses, frames.offered)
    return {*frames.reference_courses, *(code for rows in named for code in rows["reference_course"])}


def _expect_hours(course: str, mode: str, hours: float | None) -> float:
    if hours is not None and not 0 <= hours <= MOST_HOURS:
        raise RefusedEdit("hours_out_of_range", course=course, mode=mode, hours=hours)
    return _number(hours)


def _with_hours(frames: CurriculumFrames, course: str, stated: Mapping[str, float | None]) -> CurriculumFrames:
    for mode in stated:
        if mode not in MODES:
            raise RefusedEdit("unknown_mode", mode=mode)
    hours = frames.hours.reindex(frames.courses.index).astype(float)
    before = np.nansum(hours.loc[[course]])
    for mode, value in stated.items():
        hours.loc[course, mode] = _expect_hours(course, mode, value)
    change = float(np.nansum(hours.loc[[course]]) - before)
    return replace(frames, hours=hours, courses=_with_total(frames.courses, course, change))


def _with_total(courses: pd.DataFrame, course: str, change: float) -> pd.DataFrame:
    """A stated total grows and shrinks with the modes: what it leaves unsplit stays as it is."""
    if not change or "total_hours" not in courses or courses["total_hours"].isna()[course]:
        return courses
    totals = courses["total_hours"].astype(float)
    return courses.assign(total_hours=totals.where(totals.index != course, (totals + change).clip(lower=0.0)))


def _term(course: str, term: int | None) -> float:
    if term is not None and (not 1 <= term <= MOST_TERM or term != int(term)):
        raise RefusedEdit("term_out_of_range", course=course, term=term, most=MOST_TERM)
    return _number(term)


def _number(value: float | None) -> float:
    return np.nan if value is None else float(value)


def _cell(frames: CurriculumFrames, course: str, ability: str) -> pd.Series:
    return frames.mappings["course"].eq(course) & frames.mappings["ability"].eq(ability)


def _without(rows: pd.DataFrame, code: str, *, column: str = "course") -> pd.DataFrame:
    """The rows of other courses; the very same frame where there are no others to leave out."""
    gone = rows[column].eq(code)
    return rows[~gone].reset_index(drop=True) if gone.any() else rows


def _with_rows(rows: pd.DataFrame, added: list[dict[str, Any]]) -> pd.DataFrame:
    if not added:
        return rows
    new = pd.DataFrame(added)
    return pd.concat([rows, new], ignore_index=True) if len(rows) else new.reindex(columns=rows.columns)


def _with_row(rows: pd.DataFrame, label: str, values: dict[str, Any]) -> pd.DataFrame:
    new = pd.DataFrame([values], index=pd.Index([label], name=rows.index.name)).reindex(columns=rows.columns)
    return pd.concat([rows, new]) if len(rows) else new
