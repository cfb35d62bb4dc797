"""A stored framework as the rows that every writer of framework files starts from."""

from __future__ import annotations

from typing import Any, TypeVar

from competencies.frameworks.formats.rows import (
    AbilityRow,
    CareerEntryRow,
    CertificationCourseRow,
    CertificationRow,
    CrosswalkRow,
    FrameworkRow,
    ParsedFramework,
    PositionRow,
    ReferenceCourseRow,
    RequirementRow,
    TermRow,
)
from competencies.models import (
    Ability,
    AbilityTerm,
    CareerEntry,
    Certification,
    CertificationCourse,
    Crosswalk,
    Framework,
    Position,
    ReferenceCourse,
    Requirement,
)

Row = TypeVar("Row")


def stored_framework(framework: Framework) -> ParsedFramework:
    """All of a framework in its stored order; its queries do not grow with its size."""
    own = {"framework": framework}
    entries = CareerEntry.objects.filter(**own).select_related("position")
    courses = ReferenceCourse.objects.filter(**own).prefetch_related("abilities")
    return ParsedFramework(
        framework=_row(FrameworkRow, framework, sources=tuple(framework.sources)),
        abilities=_rows(AbilityRow, Ability.objects.filter(**own).select_related("parent"), _ability),
        terms=_rows(TermRow, _terms(framework), lambda term: {"ability": term.ability.code}),
        positions=_rows(PositionRow, Position.objects.filter(**own), _position),
        career_entries=_rows(CareerEntryRow, entries, lambda entry: {"position": _code(entry.position)}),
        requirements=_rows(RequirementRow, _requirements(framework), _requirement),
        certifications=_rows(CertificationRow, Certification.objects.filter(**own)),
        reference_courses=_rows(ReferenceCourseRow, courses, _reference_course),
        certification_courses=_rows(CertificationCourseRow, _certification_courses(framework), _certification_course),
        crosswalks=_rows(CrosswalkRow, _crosswalks(framework), _crosswalk),
    )


def _rows(make: type[Row], records: Any, extra: Any = lambda _record: {}) -> tuple[Row, ...]:
    return tuple(_row(make, record, row=number, **extra(record)) for number, record in enumerate(records, start=1))


def _row(make: type[Row], record: Any, **extra: Any) -> Row:
    names = make.__dataclass_fields__.keys() - extra.keys()  # type: ignore[attr-defined]
    return make(**{name: getattr(record, name) for name in names}, **extra)


def _terms(framework: Framework) -> Any:
    terms = AbilityTerm.objects.filter(ability__framework=framework).select_related("ability")
    return terms.order_by("ability__order", "ability__code", "id")


def _requirements(framework: Framework) -> Any:
    requirements = Requirement.objects.filter(position__framework=framework).select_related("position", "ability")
    return requirements.order_by("position__order", "position__code", "item")


def _certification_courses(framework: Framework) -> Any:
    courses = CertificationCourse.objects.filter(certification__framework=framework)
    return courses.select_related("certification", "course").order_by("id")


def _crosswalks(framework: Framework) -> Any:
    crosswalks = Crosswalk.objects.filter(ability__framework=framework)
    return crosswalks.select_related("ability", "counterpart__framework").order_by("id")


def _code(record: Ability | Position | None) -> str:
    return record.code if record else ""


def _ability(ability: Ability) -> dict[str, Any]:
    return {"parent": _code(ability.parent)}


def _position(position: Position) -> dict[str, Any]:
    return {"occupation_codes": tuple(position.occupation_codes), "title_terms": tuple(position.title_terms)}


def _requirement(requirement: Requirement) -> dict[str, Any]:
    return {"position": requirement.position.code, "ability": requirement.ability.code}


def _reference_course(course: ReferenceCourse) -> dict[str, Any]:
    return {"abilities": tuple(ability.code for ability in course.abilities.all())}


def _certification_course(entry: CertificationCourse) -> dict[str, Any]:
    return {"certification": entry.certification.code, "course": entry.course.code}


def _crosswalk(crosswalk: Crosswalk) -> dict[str, Any]:
    counterpart = crosswalk.counterpart
    return {"ability": crosswalk.ability.code, "framework": counterpart.framework.slug, "to": counterpart.code}
