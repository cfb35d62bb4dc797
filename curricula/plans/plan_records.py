"""A plan as its courses and what they require of each other; two queries for any number of rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from operator import attrgetter
from typing import Any, NamedTuple

from curricula.fields.clauses import Choice, choices_of
from curricula.models import Course, Curriculum, Mapping, Prerequisite, Scenario


class Requisite(NamedTuple):
    """One row of the plan's prerequisites: `requires` is a code of the plan, or None where it names one outside."""

    requires: str | None
    external: str
    course: str
    kind: str
    alternative: int = 0  # rows of a course with the same one above 0 are alternatives


def plan_courses(curriculum: Curriculum) -> list[Course]:
    """The courses in the order of the plan."""
    courses = list(curriculum.courses.order_by("order", "code"))
    for course in courses:
        course.curriculum = curriculum  # which knows its program and school: their addresses need no query
    return courses


def requisites_of(curriculum: Curriculum) -> list[Requisite]:
    rows = Prerequisite.objects.of(curriculum).order_by("course__order", "course__code", "pk")
    fields = ("requires__code", "external", "course__code", "kind", "alternative")
    return [Requisite(*row) for row in rows.values_list(*fields)]


def choices(rows: Iterable[Any], key: Callable[[Any], Hashable]) -> list[Choice[Any]]:
    """What one course requires, in the fewest words; `key` tells what is the same in two choices."""
    clauses: dict[int, list[Any]] = {}
    for place, row in enumerate(rows):
        clauses.setdefault(row.alternative or -1 - place, []).append(row)
    return choices_of(clauses.values(), key)


def choices_among(rows: Iterable[Prerequisite]) -> list[Choice[Prerequisite]]:
    return choices(rows, key=attrgetter("requires_id", "external", "kind"))


def may_change_framework(curriculum: Curriculum) -> bool:
    """As long as nobody has mapped a course, also as a rater, or tried a scenario."""
    mapped = Mapping.objects.of(curriculum).exists()
    return curriculum.editable and not mapped and not Scenario.objects.filter(curriculum=curriculum).exists()
