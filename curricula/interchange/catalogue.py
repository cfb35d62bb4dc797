"""The plain list of courses under English headers, as our own export writes it; the import reads it without loss."""

from __future__ import annotations

from collections.abc import Iterable

from .parsed import MODES, CourseRow, PrerequisiteRow

MODE_HEADERS = {mode: f"{mode.capitalize()} Hours" for mode in MODES}
EXPORT_HEADERS = {
    "code": "Course Code",
    "title_en": "Title (English)",
    "title_zh": "Title (Chinese)",
    "description": "Description",
    "credits": "Credits",
    "credits_max": "Maximum Credits",
    "term": "Term",  # “3”, or “3-4” where the course runs on
    "module": "Module",
    "course_type": "Course Type",
    "required": "Required",  # yes, no or empty
    "department": "Department",
    "assessment": "Assessment Method",
    "note": "Note",
    "total_hours": "Total Hours",
    **{f"hours.{mode}": header for mode, header in MODE_HEADERS.items()},
    "experiment_hours": "Experiment Hours (part of Simulation)",
    "hours_assumed": "Hours Assumed",  # yes or no
    "prerequisites": "Prerequisites",  # “A; B; co:C; strict-co:D”
}
_TEXTS = ("code", "title_en", "title_zh", "description", "module", "course_type", "department", "assessment", "note")
_FIGURES = ("credits", "credits_max", "total_hours", "experiment_hours")

Value = str | float | None


def export_cells(course: CourseRow, prerequisites: Iterable[PrerequisiteRow]) -> dict[str, Value]:
    """Header → value of one course, in the order of the columns."""
    values: dict[str, Value] = {name: getattr(course, name) for name in (*_TEXTS, *_FIGURES)}
    values |= {f"hours.{mode}": hours for mode, hours in course.hours.items()}
    values["term"] = _term(course)
    values["required"] = {True: "yes", False: "no", None: None}[course.required]
    values["hours_assumed"] = "yes" if course.hours_assumed else "no"
    values["prerequisites"] = "; ".join(_requisite(p) for p in prerequisites if p.course == course.code)
    return {header: values.get(name) for name, header in EXPORT_HEADERS.items()}


def _term(course: CourseRow) -> Value:
    if course.term is None:
        return None
    return f"{course.term}-{course.term_last}" if course.term_last else str(course.term)


def _requisite(requisite: PrerequisiteRow) -> str:
    return requisite.requires if requisite.kind == "pre" else f"{requisite.kind}:{requisite.requires}"
