from __future__ import annotations

from competencies.models import ReferenceCourse
from curricula.models import Course, CourseEquivalence, Curriculum
from curricula.records.editing import editing
from curricula.records.versions import touch


def save_course(course: Course) -> None:
    """Raises ApprovedCurriculum."""
    with editing(course.curriculum):
        course.save()
        touch(course.curriculum)


def link_reference_course(curriculum: Curriculum, *, reference_course: ReferenceCourse, course: Course | None) -> None:
    """Let one course of the plan, or none, stand for a reference course. Raises ApprovedCurriculum."""
    with editing(curriculum):
        CourseEquivalence.objects.of(curriculum).filter(reference_course=reference_course).delete()
        if course is not None:
            CourseEquivalence.objects.create(course=course, reference_course=reference_course)
        touch(curriculum)
