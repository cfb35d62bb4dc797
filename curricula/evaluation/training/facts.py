"""Records of a school as the pure readings take them."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

from django.db.models import Model

from curricula.analysis.training.conditions import PlacementFacts, ResourceFacts
from curricula.analysis.training.teachers import TeacherFacts, ThreeNo, three_no
from curricula.models import Course, Placement, Resource, Teacher

from .gathered import Gathered

Facts = TypeVar("Facts")


def copied(kind: type[Facts], record: Model, **said: Any) -> Facts:
    """A record as a pure dataclass: its fields by their own names, and those that are said."""
    held = (each.name for each in fields(kind) if each.name not in said)  # type: ignore[arg-type]
    return kind(**{name: getattr(record, name) for name in held}, **said)


def teacher_facts(teacher: Teacher) -> TeacherFacts:
    return copied(
        TeacherFacts,
        teacher,
        months=teacher.practice_months,
        years=teacher.industry_years,
        certificates=tuple(teacher.certificates),
        part_time=teacher.employment == "part" if teacher.employment else None,
        courses=tuple(teacher.courses),
    )


def judged_teachers(gathered: Gathered) -> list[tuple[Teacher, TeacherFacts, ThreeNo]]:
    """The teachers who touch the plan, each with what he or she lacks by the school's thresholds."""
    rules = gathered.rules
    limits = {"months": rules["teacher_months"], "years": rules["teacher_years"]}
    found = [(teacher, teacher_facts(teacher)) for teacher in gathered.of(Teacher)]
    fields = rules.words("teacher_fields")
    return [(teacher, facts, three_no(facts, fields=fields, **limits)) for teacher, facts in found]


def mapped_courses(gathered: Gathered) -> dict[str, Course]:
    """The courses that serve an ability of the framework, in the plan's order; all of them while none is mapped."""
    mapped = set(gathered.frames.mappings["course"])
    return {code: each for code, each in gathered.courses.items() if code in mapped} or gathered.courses


def resource_facts(resource: Resource) -> ResourceFacts:
    return ResourceFacts(resource.seats, resource.accounts, resource.reality, tuple(resource.courses))


def placement_facts(placement: Placement) -> PlacementFacts:
    return PlacementFacts(placement.student, placement.kind_of, placement.until or placement.since)


def abilities_by_course(gathered: Gathered) -> dict[str, list[str]]:
    """The abilities that each course serves with a part of itself."""
    cells = gathered.analysis.cells
    served = cells[cells["share"] > 0]
    return {str(course): rows.tolist() for course, rows in served.groupby("course")["ability"]}
