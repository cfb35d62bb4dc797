from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from competencies.models import ReferenceCourse
from competencies.saving.archive import Row, archived, goes_with, named_by, put_back
from curricula.models import Course, CourseEquivalence, Curriculum, ElectiveGroup, EvidenceDone, RemovedCourse
from curricula.records.circles import circle_in
from curricula.records.editing import editing
from curricula.records.room import expect_room
from curricula.records.versions import touch


class WaitForOneAnother(ValueError):
    """Courses would be prerequisites of each other; the message names them."""

    def __init__(self, cycle: Iterable[object]) -> None:
        super().__init__(_("Courses wait for one another: %(path)s.") % {"path": " → ".join(map(str, cycle))})


class CodeTaken(ValueError):
    """A course of the same code was made meanwhile; the message says what to do."""

    def __init__(self, code: str) -> None:
        message = _("The plan has another course “%(course)s” by now: give that one another code first.")
        super().__init__(message % {"course": code})


def save_course(course: Course, *, requisites: Any = None) -> None:
    """A course, new or not, with the formset of its prerequisites. Raises ApprovedCurriculum, WaitForOneAnother,
    PlanFull.
    """
    curriculum = course.curriculum
    with editing(curriculum):
        added = course.pk is None
        if added:
            course.order = 1 + (curriculum.courses.aggregate(last=Max("order"))["last"] or 0)
        course.save()
        if requisites is not None:
            requisites.instance = course
            requisites.save()
            added |= bool(requisites.new_objects)
            _expect_no_cycle(curriculum)
        if added:
            expect_room(curriculum)
        touch(curriculum)


def _expect_no_cycle(curriculum: Curriculum) -> None:
    if cycle := circle_in(curriculum):
        raise WaitForOneAnother(cycle)


def remove_course(course: Course, *, by: Any) -> RemovedCourse:
    """Take a course out of its plan with all that hangs on it, so that it can come back. Raises ApprovedCurriculum."""
    curriculum = course.curriculum
    with editing(curriculum):
        removed = RemovedCourse.objects.create(
            curriculum=curriculum,
            code=course.code,
            title_en=course.title_en,
            title_zh=course.title_zh,
            course=course.pk,
            rows=archived(goes_with(course)),
            removed_by=by,
        )
        course.delete()
        touch(curriculum)
    return removed


def restore_course(removed: RemovedCourse) -> int:
    """Put a course back as it was; how many rows had lost what they were about. Raises ApprovedCurriculum, CodeTaken,
    PlanFull.

    What links it with a course that is removed itself comes back with that one.
    """
    curriculum = removed.curriculum
    with editing(curriculum):
        held = RemovedCourse.objects.select_for_update().filter(pk=removed.pk).first()
        if held is None:  # somebody else did it meanwhile
            return 0
        if curriculum.courses.filter(code=held.code).exists():
            raise CodeTaken(held.code)
        left = put_back(held.rows)
        held.delete()
        lost = len(left) - _left_to_others(curriculum, left)
        expect_room(curriculum)
        touch(curriculum)
    return lost


def _left_to_others(curriculum: Curriculum, rows: Iterable[Row]) -> int:
    """Give each row to the removed course that it waits for; how many found one."""
    others = {other.course: other for other in RemovedCourse.objects.filter(curriculum=curriculum)}
    waiting: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        courses = (pk for model, pk in named_by(row) if model is Course)
        for pk in list(filter(others.__contains__, courses))[:1]:
            waiting[pk].append(row)
    for pk, taken in waiting.items():
        others[pk].rows += taken
        others[pk].save(update_fields=["rows"])
    return sum(map(len, waiting.values()))


def save_group(group: ElectiveGroup, courses: Iterable[Course]) -> None:
    """The group, with these courses and no others. Raises ApprovedCurriculum."""
    with editing(group.curriculum):
        group.save()
        before = {course.pk: course for course in group.courses.all()}
        chosen = {course.pk: course for course in courses}
        for course in chosen.values():
            course.elective_group = group
        for pk in before.keys() - chosen.keys():
            before[pk].elective_group = None
        moved = [each for pk, each in (before | chosen).items() if (pk in before) != (pk in chosen)]
        if moved:
            bulk_update_with_history(moved, Course, ["elective_group"])
        touch(group.curriculum)


def remove_group(group: ElectiveGroup) -> None:
    """Its courses stay in the plan and count whole. Raises ApprovedCurriculum."""
    with editing(group.curriculum):
        group.delete()
        touch(group.curriculum)


def link_reference_course(curriculum: Curriculum, *, reference_course: ReferenceCourse, course: Course | None) -> None:
    """Let one course of the plan, or none, stand for a reference course. Raises ApprovedCurriculum."""
    with editing(curriculum):
        CourseEquivalence.objects.of(curriculum).filter(reference_course=reference_course).delete()
        if course is not None:
            CourseEquivalence.objects.create(course=course, reference_course=reference_course)
        touch(curriculum)


def tick_off(curriculum: Curriculum, step: str, told: str, *, by: Any) -> None:
    """Say that a step of the evidence to collect was done; twice is once."""
    EvidenceDone.objects.get_or_create(curriculum=curriculum, step=step, defaults={"told": told, "done_by": by})


def take_back(curriculum: Curriculum, step: str) -> None:
    """Say that it was not done after all."""
    curriculum.evidence_done.filter(step=step).delete()
