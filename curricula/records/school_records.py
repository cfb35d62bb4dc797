"""The records of a school: rows of a sheet in, whole or not at all, and out again as a sheet that comes back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from competencies.saving.outcome import Counts
from competencies.tabular.problems import Problem, some
from curricula.fields.declaration import Place
from curricula.interchange.export import SheetOfRows, workbook_of
from curricula.models import Course, Curriculum, School, SchoolRecord

from .names import apply
from .sheets import ParsedRecords, record_key
from .text_lengths import too_long_for


@dataclass
class RecordsOutcome:
    """What saving a sheet did, or would do; nothing was saved when there are refusals."""

    counts: Counts = Counts()  # noqa: RUF009 - frozen
    warnings: list[Problem] = field(default_factory=list)
    refusals: list[Problem] = field(default_factory=list)


@transaction.atomic
def save_records(model: type[SchoolRecord], parsed: ParsedRecords, *, school: School) -> RecordsOutcome:
    """What the sheet states replaces, what it leaves blank stays."""
    outcome = RecordsOutcome(warnings=list(parsed.warnings), refusals=list(parsed.refusals))
    for row in parsed.rows:
        outcome.refusals += too_long_for(model, row.stated, row=row.row)
    if outcome.refusals:
        return outcome
    School.objects.select_for_update().get(pk=school.pk)  # one sheet at a time goes into a school
    parsed = with_codes(parsed, school)
    _name_courses(parsed, school, outcome)
    held = {record_key(model.kind, vars(record)): record for record in model.objects.filter(school=school)}
    made, changed = [], []
    for row in parsed.rows:
        record = held.get(record_key(model.kind, row.stated))
        if record is None:
            made.append(model(school=school, **row.stated))
        elif apply(record, row.stated):
            changed.append(record)
    bulk_create_with_history(made, model, batch_size=500)
    if changed:
        names = [name for each in model.kind.fields for name in each.attributes]
        bulk_update_with_history(changed, model, list(dict.fromkeys(names)), batch_size=200)
    outcome.counts = Counts(len(made), len(changed), len(parsed.rows) - len(made) - len(changed))
    return outcome


def last_change(model: type[SchoolRecord], *, school: School) -> int | None:
    """The number of the last entry in the history of these records of a school."""
    return model.history.filter(school=school).order_by("-history_id").values_list("history_id", flat=True).first()


def with_codes(parsed: ParsedRecords, school: School) -> ParsedRecords:
    """People as codes of this school, whatever the file calls them."""
    if school.keeps_own_codes:
        return parsed
    coded = (replace(row, stated=parsed.kind.with_codes(row.stated, school.person_salt)) for row in parsed.rows)
    return replace(parsed, rows=tuple(coded))


def course_codes(school: School) -> dict[str, str]:
    """Code or title, whatever its case → the code of a course in the newest plans of the school."""
    plans = Curriculum.objects.filter(program__school=school).newest()
    rows = list(Course.objects.filter(curriculum__in=plans).values_list("code", "title_en", "title_zh"))
    named = {title.strip().casefold(): code for code, *titles in rows for title in titles if title.strip()}
    return named | {code.casefold(): code for code, *_titles in rows}


def by_code(named: Any, known: dict[str, str]) -> Any:
    """A course, or a list of them, by the codes that plans have; what no plan has stays as it is written."""
    if isinstance(named, str):
        return known.get(named.casefold(), named)
    return list(dict.fromkeys(known.get(each.casefold(), each) for each in named))


def _name_courses(parsed: ParsedRecords, school: School, outcome: RecordsOutcome) -> None:
    """Courses by their codes; what no plan has, such as a textbook, stays as it is written, and that is told."""
    fields = [each.name for each in parsed.kind.fields if each.names_courses]
    known = course_codes(school) if any(name in row.stated for row in parsed.rows for name in fields) else {}
    for name in fields:
        unknown: dict[str, None] = {}
        for row in (row for row in parsed.rows if name in row.stated):
            names = row.stated[name] if isinstance(row.stated[name], list) else [row.stated[name]]
            unknown |= dict.fromkeys(each for each in names if each.casefold() not in known)
            row.stated[name] = by_code(row.stated[name], known)
        if unknown:
            message = _("No plan of the school has these courses, which stay as they are written: %(names)s")
            label = str(parsed.kind[name].label)
            told = message % {"names": some(list(unknown))}
            outcome.warnings.append(Problem(0, label, "", "unknown_course", told))


def workbook_of_records(model: type[SchoolRecord], records: Iterable[Any]) -> bytes:
    """One sheet under the headers that the import knows."""
    fields = list(model.kind.at(Place.EXPORT))
    rows = [tuple(each.cell(record) for each in fields) for record in records]
    name = capfirst(str(model.kind.plural))[:31]
    return workbook_of([SheetOfRows(name, tuple(each.file_header for each in fields), rows)])
