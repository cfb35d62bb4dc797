"""What hours alone can do, as the report tells it."""

from __future__ import annotations

from dataclasses import dataclass

from curricula.analysis.optimise.optimiser import HoursPlan, Line
from curricula.analysis.scenarios.effects import Change


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
