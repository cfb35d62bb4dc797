"""What was asked, of whom, and how far it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from curricula.models import AssignedCourse, Assignment, Course, Curriculum, Lecturer


@dataclass(frozen=True)
class Asked:
    """One assignment as its person, and who gave it, read it."""

    assignment: Assignment
    lines: list[AssignedCourse]

    @property
    def done(self) -> int:
        return sum(line.done is not None for line in self.lines)

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def finished(self) -> bool:
        return self.done == self.total

    @property
    def late(self) -> bool:
        return not self.finished and self.assignment.due < timezone.localdate()

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.total) if self.total else 0


@dataclass(frozen=True)
class Taught:
    """The courses of one plan that somebody teaches and nobody asked for."""

    curriculum: Curriculum
    courses: list[Course]


@dataclass(frozen=True)
class MyCourses:
    asked: list[Asked]
    taught: list[Taught]

    @property
    def waiting(self) -> int:
        return sum(each.total - each.done for each in self.asked)


def my_courses(user: Any) -> MyCourses:
    """What is asked of a person, what waits first; and beside it the courses that are the person's to map."""
    lines = AssignedCourse.objects.open().asked_of(user)
    asked = sorted(_grouped(lines), key=lambda each: (each.finished, each.assignment.due, each.assignment.pk))
    named = {line.course_id for each in asked for line in each.lines}
    return MyCourses(asked, list(_taught(user, named)))


def asked_in(curriculum: Curriculum, *, closed: bool = False) -> list[Asked]:
    """The assignments of one plan, those that are late first."""
    lines = AssignedCourse.objects.filter(assignment__curriculum=curriculum, assignment__closed__isnull=not closed)
    return sorted(_grouped(lines), key=lambda each: (each.finished, each.assignment.due, each.assignment.pk))


def _grouped(lines: Any) -> Iterable[Asked]:
    found: dict[int, Asked] = {}
    near = ("assignment__curriculum__program__school", "assignment__person", "assignment__asked_by", "course")
    for line in lines.select_related(*near).order_by("assignment__due", "assignment", "course__order", "course__code"):
        found.setdefault(line.assignment_id, Asked(line.assignment, [])).lines.append(line)
    return found.values()


def _taught(user: Any, named: set[int]) -> Iterable[Taught]:
    """By the names in the plans that mean this person; what is asked of the person stands there already."""
    tied = set(Lecturer.objects.filter(membership__user=user).values_list("school_id", "name"))
    plans = Curriculum.objects.filter(program__school__in={school for school, _name in tied}).newest()
    courses = Course.objects.filter(curriculum__in=plans).exclude(lecturers=[]).exclude(pk__in=named)
    found: dict[int, Taught] = {}
    for course in courses.select_related("curriculum__program__school").order_by(*_BY_PLAN) if tied else ():
        if tied & {(course.curriculum.program.school_id, name) for name in course.lecturers}:
            found.setdefault(course.curriculum_id, Taught(course.curriculum, [])).courses.append(course)
    return found.values()


_BY_PLAN = (
    *("curriculum__program__school__slug", "curriculum__program__slug", "-curriculum__year"),
    *("order", "code"),
)


def assigned_to(user: Any, course: Course) -> AssignedCourse | None:
    """What was asked of this person for this course, and is open: a second rating before anything else."""
    lines = AssignedCourse.objects.open().asked_of(user).filter(course=course)
    near = ("assignment__curriculum__program__school", "assignment__asked_by")
    return lines.select_related(*near).order_by("-assignment__second", "done", "assignment__due").first()
