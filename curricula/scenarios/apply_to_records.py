"""The edits of a scenario, done on the records of a plan: the twin of what the analysis does on frames."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import singledispatchmethod
from typing import Any, Final

from django.db.models import Max

from curricula.analysis.scenarios.edits import (
    AddCertificate,
    AddCourse,
    DropCourse,
    Edit,
    JoinCompetition,
    MoveCourse,
    RemoveMapping,
    SetHours,
    SetMapping,
)
from curricula.models import HOUR_FIELDS, Course, CourseEquivalence, Curriculum, Mapping, Prerequisite

CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")


def apply_to_records(curriculum: Curriculum, edits: Iterable[Edit]) -> None:
    """Do the edits one after another on the courses of the plan; the caller holds the transaction.

    What `apply_edits` takes, the records hold: that is where edits are refused, and the caller has asked it before.
    """
    records = _Records(curriculum)
    for edit in edits:
        records.apply(edit)


@dataclass
class _Records:
    """The courses of a plan by code, kept while edits follow one another."""

    curriculum: Curriculum
    courses: dict[str, Course] = field(init=False)

    def __post_init__(self) -> None:
        self.courses = {course.code: course for course in self.curriculum.courses.all()}

    @singledispatchmethod
    def apply(self, edit: Any) -> None:
        raise TypeError(f"{edit!r} is no edit")

    @apply.register
    def _add_course(self, edit: AddCourse) -> None:
        last = self.curriculum.courses.aggregate(last=Max("order"))["last"]
        title = "title_zh" if CHINESE.search(edit.title) else "title_en"
        course = Course.objects.create(
            curriculum=self.curriculum,
            code=edit.code,
            credits=edit.credits,
            term=edit.term,
            order=0 if last is None else last + 1,
            **{title: edit.title},
            **dict(edit.hours),
        )
        self.courses[edit.code] = course
        for required in dict.fromkeys(edit.requires):
            Prerequisite.objects.create(course=course, requires=self.courses[required])
        for cell in edit.mappings:
            self._write_cell(edit.code, cell.ability, level=cell.level, share=cell.share)
        if edit.reference_course:
            reference = self.curriculum.framework.reference_courses.get(code=edit.reference_course)
            CourseEquivalence.objects.create(course=course, reference_course=reference)

    @apply.register
    def _drop_course(self, edit: DropCourse) -> None:
        self.courses.pop(edit.course).delete()

    @apply.register
    def _move_course(self, edit: MoveCourse) -> None:
        """A course over several terms keeps its length."""
        course = self.courses[edit.course]
        longer = max(0, course.term_last - course.term) if course.term_last and course.term else None
        course.term_last = edit.term + longer if longer is not None and edit.term is not None else None
        course.term = edit.term
        course.save()

    @apply.register
    def _set_hours(self, edit: SetHours) -> None:
        course = self.courses[edit.course]
        before = _stated(course)
        for mode, hours in edit.hours.items():
            setattr(course, mode, hours)
        if course.total_hours is not None:
            course.total_hours = max(0.0, course.total_hours + _stated(course) - before)
        if course.experiment_hours is not None:
            course.experiment_hours = min(course.experiment_hours, course.simulation or 0.0)
        course.save()

    @apply.register
    def _set_mapping(self, edit: SetMapping) -> None:
        self._write_cell(edit.course, edit.ability, level=edit.level, share=edit.share)

    @apply.register
    def _remove_mapping(self, edit: RemoveMapping) -> None:
        for cell in Mapping.objects.filter(course=self.courses[edit.course], ability__code=edit.ability, rater=""):
            cell.delete()

    @apply.register
    def _join_competition(self, edit: JoinCompetition) -> None:
        course = self.courses[edit.course]
        course.note = "\n".join(part for part in (course.note, edit.title) if part)
        self._set_hours(SetHours(edit.course, {"operation": (course.operation or 0.0) + edit.hours}))

    @apply.register
    def _add_certificate(self, edit: AddCertificate) -> None:
        self.curriculum.certifications.add(self.curriculum.framework.certifications.get(code=edit.certification))

    def _write_cell(self, course: str, ability: str, *, level: str, share: float | None) -> None:
        wanted = self.curriculum.framework.abilities.leaves().get(code=ability)
        Mapping.objects.update_or_create(
            course=self.courses[course],
            ability=wanted,
            rater="",
            defaults={"level": level, "share": share, "state": Mapping.State.ACCEPTED},
        )


def _stated(course: Course) -> float:
    return sum(getattr(course, mode) or 0.0 for mode in HOUR_FIELDS)
