"""A curriculum in the terms of its files, for export."""

from __future__ import annotations

from curricula.fields.course import COURSE, MODES
from curricula.fields.declaration import Place
from curricula.interchange.export import CurriculumRows
from curricula.interchange.parsed import CourseRow, MappingRow, PrerequisiteRow
from curricula.models import Course, Curriculum, Mapping, Prerequisite

SAME_NAMES = tuple(field.name for field in COURSE.at(Place.EXPORT) if field.name not in MODES)


def rows_of(curriculum: Curriculum) -> CurriculumRows:
    """Courses, prerequisites and accepted mappings, the raters' own rows among them."""
    courses = [_course_row(number, course) for number, course in enumerate(curriculum.courses.all(), start=1)]
    prerequisites = Prerequisite.objects.of(curriculum).values_list(
        "course__code", "requires__code", "external", "kind"
    )
    mappings = Mapping.objects.of(curriculum).accepted()
    fields = ("course__code", "ability__code", "level", "share", "evidence", "rater", "strength", "weight")
    ordered = mappings.order_by("rater", "course__order", "course__code", "ability__order", "ability__code")
    return CurriculumRows(
        courses=courses,
        prerequisites=[
            PrerequisiteRow(0, course, inside or outside, kind, external=inside is None)
            for course, inside, outside, kind in prerequisites.order_by("course", "id")
        ],
        mappings=[MappingRow(number, *row) for number, row in enumerate(ordered.values_list(*fields), start=1)],
    )


def _course_row(number: int, course: Course) -> CourseRow:
    same = {name: getattr(course, name) for name in SAME_NAMES}
    stated = {mode: hours for mode, hours in course.hours.items() if hours is not None}
    return CourseRow(row=number, hours=stated, **same)
