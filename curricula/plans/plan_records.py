"""A plan as its courses and what they require of each other; two queries for any number of rows."""

from __future__ import annotations

from typing import NamedTuple

from curricula.models import Course, Curriculum, Mapping, Prerequisite, Scenario


class Requisite(NamedTuple):
    """One row of the plan's prerequisites: `requires` is a code of the plan, or None where it names one outside."""

    requires: str | None
    external: str
    course: str
    kind: str


def plan_courses(curriculum: Curriculum) -> list[Course]:
    """The courses in the order of the plan."""
    courses = list(curriculum.courses.order_by("order", "code"))
    for course in courses:
        course.curriculum = curriculum  # which knows its program and school: their addresses need no query
    return courses


def requisites_of(curriculum: Curriculum) -> list[Requisite]:
    rows = Prerequisite.objects.of(curriculum).order_by("course__order", "course__code", "pk")
    return [Requisite(*row) for row in rows.values_list("requires__code", "external", "course__code", "kind")]


def may_change_framework(curriculum: Curriculum) -> bool:
    """As long as nobody has mapped a course, also as a rater, or tried a scenario."""
    mapped = Mapping.objects.of(curriculum).exists()
    return curriculum.editable and not mapped and not Scenario.objects.filter(curriculum=curriculum).exists()
