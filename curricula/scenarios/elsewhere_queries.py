"""Who else is hit by a change to a course: other plans that hold it, and what hangs on it in its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Prefetch, Q

from competencies.models import Ability, Certification
from curricula.analysis.scenarios.edits import Edit, MoveCourse, SetHours, SetMapping
from curricula.models import HOUR_FIELDS, Course, CourseEquivalence, CourseTie, Curriculum, Mapping, Prerequisite


@dataclass(frozen=True)
class Twin:
    """The course in another plan, and what would make it there what it is here."""

    course: Course
    tied: CourseTie | None  # by hand; None where the codes are the same
    edits: tuple[Edit, ...]

    @property
    def plan(self) -> Curriculum:
        return self.course.curriculum


@dataclass(frozen=True)
class WhoElse:
    course: Course
    twins: list[Twin]
    requires: list[Prerequisite]
    required_by: list[Prerequisite]
    abilities: list[Ability]  # that no other course of the plan serves
    certificates: list[Certification]  # that name a course which no other course of the plan stands for


def who_else(course: Course) -> WhoElse:
    """The same number of queries for any number of plans and cells."""
    return WhoElse(
        course=course,
        twins=twins_of(course),
        requires=list(course.prerequisites.select_related("requires")),
        required_by=list(course.required_by.select_related("course").order_by("course__order")),
        abilities=_carried_alone(course),
        certificates=_certified_alone(course),
    )


def twins_of(course: Course) -> list[Twin]:
    """In the newest version of every other plan of the school."""
    plan = course.curriculum
    ties = {tie.beside(plan.program, course.code): tie for tie in CourseTie.objects.of(plan.program, course.code)}
    tied = (Q(curriculum__program=program, code=code) for program, code in ties)
    plans = Curriculum.objects.filter(program__school=plan.program.school_id).newest().exclude(pk=plan.pk)
    cells = Prefetch("mappings", Mapping.objects.cells().select_related("ability"), to_attr="cells")
    found = Course.objects.filter(curriculum__in=plans).filter(reduce(or_, tied, Q(code=course.code)))
    found = found.select_related("curriculum__program__school", "curriculum__framework").prefetch_related(cells)
    here = list(Mapping.objects.cells().filter(course=course).select_related("ability"))
    return [
        Twin(each, ties.get((each.curriculum.program_id, each.code)), tuple(_edits(course, here, each)))
        for each in found.order_by("curriculum__program__slug", "-curriculum__year", "code")
    ]


def _edits(course: Course, here: Iterable[Mapping], there: Course) -> Iterator[Edit]:
    """What is stated here and differs there; what is not stated here stays as it is there."""
    if course.term and course.term != there.term:
        yield MoveCourse(there.code, course.term)
    hours = {mode: getattr(course, mode) for mode in HOUR_FIELDS}
    changed = {mode: hours[mode] for mode in hours if hours[mode] not in (None, getattr(there, mode))}
    if changed:
        yield SetHours(there.code, changed)
    if course.curriculum.framework_id == there.curriculum.framework_id:
        yield from _mappings(here, there)


def _mappings(here: Iterable[Mapping], there: Course) -> Iterator[Edit]:
    held = {cell.ability_id: (cell.level, cell.share) for cell in there.cells}  # type: ignore[attr-defined]
    for cell in here:
        if held.get(cell.ability_id) != (cell.level, cell.share):
            yield SetMapping(there.code, cell.ability.code, cell.level, cell.share)


def _carried_alone(course: Course) -> list[Ability]:
    cells = Mapping.objects.cells()
    others = cells.filter(ability=OuterRef("pk"), course__curriculum=course.curriculum_id).exclude(course=course)
    mine = cells.filter(course=course).values("ability")
    return list(Ability.objects.filter(pk__in=mine).exclude(Exists(others)).order_by("order"))


def _certified_alone(course: Course) -> list[Certification]:
    """Of the certificates that the plan prepares for."""
    links = CourseEquivalence.objects.filter(course__curriculum=course.curriculum_id)
    others = links.exclude(course=course).values("reference_course")
    alone = links.filter(course=course).exclude(reference_course__in=others).values("reference_course")
    return list(course.curriculum.certifications.filter(courses__course__in=alone).distinct().order_by("code"))
