"""A curriculum in the terms of its files, for export."""

from __future__ import annotations

from collections.abc import Iterator

from curricula.fields.course import COURSE, MODES
from curricula.fields.declaration import Place
from curricula.interchange.export import CurriculumRows
from curricula.interchange.parsed import CourseRow, ElectiveGroup, MappingRow, PrerequisiteRow
from curricula.models import Course, Curriculum, Mapping, Prerequisite

SAME_NAMES = tuple(field.name for field in COURSE.at(Place.EXPORT) if field.name not in MODES)


def rows_of(curriculum: Curriculum) -> CurriculumRows:
    """Courses, prerequisites, elective groups and accepted mappings, the raters' own rows among them."""
    courses = [_course_row(number, course) for number, course in enumerate(curriculum.courses.all(), start=1)]
    prerequisites = Prerequisite.objects.of(curriculum).values_list(
        "course__code", "requires__code", "external", "kind", "alternative"
    )
    mappings = Mapping.objects.of(curriculum).accepted().handed_in()
    said = ("level", "share", "evidence", "rater", "strength", "weight", "provenance")
    fields = ("course__code", "ability__code", *said)
    ordered = mappings.order_by("rater", "course__order", "course__code", "ability__order", "ability__code")
    return CurriculumRows(
        courses=courses,
        prerequisites=[
            PrerequisiteRow(0, course, inside or outside, kind, external=inside is None, alternative=alternative)
            for course, inside, outside, kind, alternative in prerequisites.order_by("course", "id")
        ],
        groups=list(_groups(curriculum)),
        mappings=[MappingRow(number, *row) for number, row in enumerate(ordered.values_list(*fields), start=1)],
    )


def _groups(curriculum: Curriculum) -> Iterator[ElectiveGroup]:
    for number, group in enumerate(curriculum.elective_groups.prefetch_related("courses"), start=1):
        codes = tuple(course.code for course in group.courses.all())
        yield ElectiveGroup(group.title, codes, group.choose, group.credits, group.hours, row=number)


def _course_row(number: int, course: Course) -> CourseRow:
    same = {name: getattr(course, name) for name in SAME_NAMES}
    stated = {mode: hours for mode, hours in course.hours.items() if hours is not None}
    return CourseRow(row=number, hours=stated, **same)
