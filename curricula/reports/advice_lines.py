"""What to do first, and what hours alone can do, as the report tells it."""

from __future__ import annotations

from dataclasses import dataclass

from curricula.analysis.optimise.optimiser import HoursPlan, Line
from curricula.analysis.scenarios.effects import Change


@dataclass(frozen=True)
class RecommendationLine:
    kind: str
    kind_text: str
    ability: str
    ability_title: str
    course: str | None
    course_title: str
    reason: str
    worth: float
    candidates: tuple[str, ...] = ()  # other courses that could carry it, titles, best first
    reference_courses: tuple[str, ...] = ()
    certifications: tuple[str, ...] = ()
    blocking: int | None = None
    by_hours: str = ""  # what hours alone do for it; "" where hours are not what it lacks


@dataclass(frozen=True)
class HoursLine:
    """What a course would do for an ability by hours alone, and what then is said of the ability."""

    line: Line
    course_title: str
    ability_title: str
    label: Change[str]


@dataclass(frozen=True)
class LeftLine:
    ability: str
    ability_title: str
    words: str


@dataclass(frozen=True)
class HoursAdvice:
    plan: HoursPlan
    summary: str
    lines: tuple[HoursLine, ...]
    left: tuple[LeftLine, ...]
