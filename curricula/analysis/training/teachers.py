"""What teachers lack: the “three no” of paper 001 §3.2, from what a school states of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class TeacherFacts:
    """What a school states of one teacher; None and empty texts are not stated, and never “no”."""

    code: str
    field: str = ""  # of study
    months: float | None = None  # in enterprises
    years: float | None = None  # in the industry
    dual: bool | None = None  # double-qualified
    certificates: tuple[str, ...] = ()
    part_time: bool | None = None
    courses: tuple[str, ...] = ()


@dataclass(frozen=True)
class ThreeNo:
    """Knowledge of the subject, experience of the trade, operation that can be taught: True, False or not stated."""

    knowledge: bool | None
    experience: bool | None
    operation: bool | None

    @property
    def lacks(self) -> int:
        """How many of the three are surely missing, 0 to 3."""
        return [self.knowledge, self.experience, self.operation].count(False)


def three_no(teacher: TeacherFacts, *, fields: Iterable[str], months: float, years: float) -> ThreeNo:
    """Which of the three a teacher has (paper 001 §3.2; paper 004 §3.2 names the same three).

    Knowledge: the field of study holds one of `fields`, whatever the case. Experience: at least `months` in
    enterprises or `years` in the industry; “no” only where both are stated and too small. Operation:
    double-qualified, or with a professional certificate; “no” only where the school states that the teacher is not
    double-qualified and no certificate is listed.

    >>> three_no(TeacherFacts("T1", field="国际贸易", months=2, dual=False), fields=["贸易"], months=6, years=1)
    ThreeNo(knowledge=True, experience=None, operation=False)
    """
    words = [word.casefold() for word in fields if word]
    knowledge = any(word in teacher.field.casefold() for word in words) if teacher.field else None
    operation = True if teacher.dual or teacher.certificates else teacher.dual
    return ThreeNo(knowledge, _reached((teacher.months, months), (teacher.years, years)), operation)


def _reached(*pairs: tuple[float | None, float]) -> bool | None:
    if any(stated is not None and stated >= least for stated, least in pairs):
        return True
    return None if any(stated is None for stated, _least in pairs) else False


KINDS: Final = ("knowledge", "experience", "operation")


@dataclass(frozen=True)
class CourseTeachers:
    """Who teaches one course, and how many of them surely have, surely lack or do not state one of the three."""

    course: str
    teachers: tuple[str, ...]
    has: dict[str, int]
    lacks: dict[str, int]

    @property
    def nobody(self) -> tuple[str, ...]:
        """Of the three those that every teacher of the course surely lacks: students meet them with nobody."""
        return tuple(kind for kind in KINDS if self.teachers and self.lacks[kind] == len(self.teachers))


def teachers_by_course(
    teachers: Iterable[tuple[TeacherFacts, ThreeNo]], courses: Iterable[str]
) -> list[CourseTeachers]:
    """A line for each course in its order, also for those that nobody is recorded to teach."""
    by_course: dict[str, list[tuple[str, ThreeNo]]] = {code: [] for code in courses}
    for teacher, found in teachers:
        for code in dict.fromkeys(teacher.courses):
            if code in by_course:
                by_course[code].append((teacher.code, found))
    return [_line(code, held) for code, held in by_course.items()]


def _line(course: str, held: list[tuple[str, ThreeNo]]) -> CourseTeachers:
    count = {said: {kind: sum(getattr(f, kind) is said for _c, f in held) for kind in KINDS} for said in (True, False)}
    return CourseTeachers(course, tuple(code for code, _found in held), count[True], count[False])
