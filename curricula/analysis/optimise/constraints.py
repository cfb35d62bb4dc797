"""What a change of hours may at most do: bounds on courses, terms and the whole plan, as rows of the program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from competencies.analysis.checks import Floats
from curricula.analysis.frames import MODES, CurriculumFrames
from curricula.analysis.measures.sequence import term_parts

from .model import Hours


@dataclass(frozen=True)
class Bounds:
    """What a plan may hold or lose at most; None is no bound. Hours are of all five modes.

    What exceeds a bound already may stay as it is, but not grow. A course without stated credits has its hours'
    worth of them.
    """

    course_hours: float | None = None
    course_credits: float | None = None
    course_loss: float | None = None  # per cent of its hours; what moves between its modes is no loss
    term_hours: float | None = None
    term_credits: float | None = None
    total_change: float | None = None  # by how many hours the whole plan may grow or shrink; 0: only shifts
    hours_per_credit: float = 16.0
    locked: frozenset[str] = frozenset()  # courses that must stay as they are


@dataclass(frozen=True)
class Limit:
    """One bound as a row: coefficients · x ≤ most, in hours, credits or per cent."""

    kind: str  # the name of the field of Bounds
    code: str  # the course, the term, "" for the whole plan
    bound: float  # what may be held at most, lost or changed
    allowed: float  # the bound, or what is held already where that is more
    coefficients: Floats
    most: float  # by how much it may rise


def limits(frames: CurriculumFrames, hours: Hours, bounds: Bounds) -> tuple[Limit, ...]:
    """Every bound that these hours could break. A bound below what is there already forbids growth."""
    return (
        *_by_group(frames, hours, bounds, group="course"),
        *_of_losses(frames, hours, bounds),
        *_by_group(frames, hours, bounds, group="term"),
        *_of_the_plan(hours, bounds),
        *_locked(hours, bounds),
    )


def _by_group(frames: CurriculumFrames, hours: Hours, bounds: Bounds, *, group: str) -> Iterator[Limit]:
    most = {"hours": getattr(bounds, f"{group}_hours"), "credits": getattr(bounds, f"{group}_credits")}
    parts = _parts(frames.courses, group)
    held = _held(frames, bounds).loc[parts.index].mul(parts["part"], axis=0).groupby(parts[group]).sum()
    for unit, bound in most.items():
        if bound is None:
            continue
        each = 1.0 if unit == "hours" else 1.0 / bounds.hours_per_credit
        for name, already in held[unit].items():
            ours = parts.loc[parts[group] == name, "part"].reindex(hours.courses, fill_value=0.0).to_numpy()
            if ours.any():
                allowed = max(bound, already)
                yield Limit(f"{group}_{unit}", str(name), bound, allowed, _gained(ours) * each, allowed - already)


def _parts(courses: pd.DataFrame, group: str) -> pd.DataFrame:
    """Which part of each course counts for which course or term; what runs over several terms is divided evenly."""
    if group == "term":
        return term_parts(courses)
    return pd.DataFrame({"course": courses.index, "part": 1.0}, index=courses.index)


def _of_losses(frames: CurriculumFrames, hours: Hours, bounds: Bounds) -> Iterator[Limit]:
    """So that no course is emptied for the sake of another."""
    most = bounds.course_loss
    if most is None:
        return
    held = _held(frames, bounds)["hours"]
    for course in hours.courses:
        if held[course] > 0:
            ours = (hours.courses == course) * (100.0 / held[course])
            yield Limit("course_loss", str(course), most, most, -_gained(ours), most)


def _held(frames: CurriculumFrames, bounds: Bounds) -> pd.DataFrame:
    """Hours and credits of each course as they are."""
    hours = frames.hours.reindex(index=frames.courses.index, columns=list(MODES)).astype(float).sum(axis=1)
    stated = frames.courses["credits"].astype(float)
    return pd.DataFrame({"hours": hours, "credits": stated.fillna(hours / bounds.hours_per_credit)})


def _of_the_plan(hours: Hours, bounds: Bounds) -> Iterator[Limit]:
    everywhere = np.ones(len(hours.courses))
    if bounds.total_change is not None:
        for sign in (1.0, -1.0):
            most = bounds.total_change
            yield Limit("total_change", "", most, most, sign * _gained(everywhere), most)


def _locked(hours: Hours, bounds: Bounds) -> Iterator[Limit]:
    for place, course in enumerate(hours.courses):
        if course in bounds.locked:
            ours = np.zeros(len(hours.courses))
            ours[place] = 1.0
            yield Limit("locked", str(course), 0.0, 0.0, np.abs(_gained(ours)), 0.0)


def _gained(courses: Floats) -> Floats:
    """Hours gained less hours lost, of each course the given part."""
    return np.concatenate([courses, courses, -courses, -courses])
