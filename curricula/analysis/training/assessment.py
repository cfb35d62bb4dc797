"""What counts in the grade: parts of a course's assessment, and how much is practical (004 §4.5, 002 §IV.A)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from .spans import Span

ALL: Final = 1.0
NEAR: Final = 0.005  # weights rounded to whole percents still add up


@dataclass(frozen=True)
class Part:
    """One part of a course's assessment."""

    key: int
    course: str
    part: str
    weight: float | None  # of the grade, 0 to 1
    practical: bool | None
    assessor: str  # school, enterprise, both, "" where it is not stated


@dataclass(frozen=True)
class CourseAssessment:
    course: str
    parts: tuple[Part, ...]
    weight: float | None  # the sum of the stated weights; None where none is
    practical: Span | None  # part of the grade; None where `reason` says why
    enterprise: float | None  # part of the grade that an enterprise has a say in
    reason: str  # "", no_weights, some_weights, weights_sum


@dataclass(frozen=True)
class AbilityAssessment:
    ability: str
    practical: Span | None
    covered: float | None  # part of the ability's hours that lie in courses whose parts are known; None without hours
    courses: tuple[str, ...]  # with known parts
    unknown: tuple[str, ...]
    reason: str  # "", no_hours, no_parts


def course_assessments(parts: Iterable[Part]) -> list[CourseAssessment]:
    """Each course with its parts, and the practical part of its grade.

    Parts of which nobody says whether they are practical leave the practical part between two ends. It is
    undefined where a weight is missing, or where the weights do not add up to the whole grade.

    >>> parts = [Part(1, "C", "exam", 0.6, False, ""), Part(2, "C", "lab", 0.4, True, "")]
    >>> course_assessments(parts)[0].practical
    Span(low=0.4, high=0.4)
    """
    groups: defaultdict[str, list[Part]] = defaultdict(list)
    for part in parts:
        groups[part.course].append(part)
    return [_course(course, group) for course, group in groups.items()]


def _course(course: str, parts: list[Part]) -> CourseAssessment:
    weights = [part.weight for part in parts if part.weight is not None]
    total = round(sum(weights), 9) if weights else None
    reason = _doubt(len(parts) - len(weights), total)
    practical = Span(_weight(parts, (True,)), _weight(parts, (True, None)))
    enterprise = sum(part.weight or 0.0 for part in parts if part.assessor in ("enterprise", "both"))
    told = not reason and any(part.assessor for part in parts)
    return CourseAssessment(
        course=course,
        parts=tuple(parts),
        weight=total,
        practical=None if reason else practical,
        enterprise=round(enterprise, 9) if told else None,
        reason=reason,
    )


def _doubt(missing: int, total: float | None) -> str:
    if total is None:
        return "no_weights"
    if missing:
        return "some_weights"
    return "" if abs(total - ALL) <= NEAR else "weights_sum"


def _weight(parts: Iterable[Part], said: tuple[bool | None, ...]) -> float:
    return round(sum(part.weight or 0.0 for part in parts if part.practical in said), 9)


def ability_assessments(
    found: Iterable[CourseAssessment], hours: Mapping[str, Mapping[str, float]]
) -> list[AbilityAssessment]:
    """The practical part of the grade by ability: that of its courses, weighted with the hours they give to it.

    `hours` gives for each ability the hours of each course that serves it. Courses whose parts are not known are
    left out, and `covered` says how much of the hours the rest holds. Undefined without hours, and where the parts
    of none of its courses are known.

    >>> courses = [CourseAssessment("C", (), 1.0, Span(0.4, 0.4), None, "")]
    >>> ability_assessments(courses, {"a": {"C": 30.0, "D": 10.0}})[0].covered
    0.75
    """
    known = {each.course: each.practical for each in found if each.practical is not None}
    return [_ability(ability, by_course, known) for ability, by_course in hours.items()]


def _ability(ability: str, hours: Mapping[str, float], known: Mapping[str, Span]) -> AbilityAssessment:
    exposed = {course: each for course, each in hours.items() if each > 0}
    counted = {course: each for course, each in exposed.items() if course in known}
    total, held = sum(exposed.values()), sum(counted.values())
    span = None
    if held:
        low = sum(each * known[course].low for course, each in counted.items()) / held
        high = sum(each * known[course].high for course, each in counted.items()) / held
        span = Span(low, high)
    return AbilityAssessment(
        ability=ability,
        practical=span,
        covered=held / total if total else None,
        courses=tuple(counted),
        unknown=tuple(course for course in exposed if course not in known),
        reason="" if held else "no_parts" if total else "no_hours",
    )
