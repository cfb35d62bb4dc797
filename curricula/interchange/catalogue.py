"""The plain list of courses under English headers, as our own export writes it; the import reads it without loss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from curricula.fields.course import COURSE, MODES
from curricula.fields.declaration import Place
from curricula.fields.values import Written

from .parsed import CourseRow, PrerequisiteRow
from .requisites import ONE_OF

EXPORT_HEADERS = {field.name: field.header for field in COURSE.at(Place.EXPORT) if field.header} | {
    "prerequisites": "Prerequisites",  # “A; One of: B | C; co:D; strict-co:E”
}


def export_cells(course: CourseRow, prerequisites: Iterable[PrerequisiteRow]) -> dict[str, Written]:
    """Header → value of one course, in the order of the columns."""
    values: dict[str, Written] = {f.name: f.cell(course) for f in COURSE.at(Place.EXPORT) if f.name not in MODES}
    values |= course.hours
    values["term"] = _term(course)  # “3”, or “3-4” where the course runs on
    values["prerequisites"] = "; ".join(_clauses([p for p in prerequisites if p.course == course.code]))
    return {header: values.get(name) for name, header in EXPORT_HEADERS.items()}


def _term(course: CourseRow) -> Written:
    if course.term is None:
        return None
    return f"{course.term}-{course.term_last}" if course.term_last else str(course.term)


def _clauses(requisites: Sequence[PrerequisiteRow]) -> Iterator[str]:
    """One for each requisite, and one “One of: A | B” for alternatives."""
    told = set()
    for each in requisites:
        if each.alternative == 0:
            yield _requisite(each)
        elif each.alternative not in told:
            told.add(each.alternative)
            mine = (_requisite(other) for other in requisites if other.alternative == each.alternative)
            yield ONE_OF + " | ".join(mine)


def _requisite(requisite: PrerequisiteRow) -> str:
    return requisite.requires if requisite.kind == "pre" else f"{requisite.kind}:{requisite.requires}"
