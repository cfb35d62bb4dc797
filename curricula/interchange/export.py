"""A curriculum as a workbook or as a zip of tables, under the headers that the import knows.

Courses, prerequisites, elective groups and accepted mappings come back as they were. What no such
file of a school has stays behind: whence a mapping is known, proposals that wait, and which course stands for a
certificate's.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import xlsxwriter
from django.utils.translation import get_language
from xlsxwriter.utility import xl_col_to_name

from competencies.tabular.writing import TEXT_IS_TEXT, zip_of_tables
from curricula.fields.course import COURSE
from curricula.fields.elective_group import ELECTIVE_GROUP

from . import catalogue, mapping
from .parsed import CourseRow, ElectiveGroup, MappingRow, PrerequisiteRow
from .spreadsheet import LISTS_SHEET

Value = str | float | None
WIDEST: Final = 60
FURTHER_ROWS: Final = 500  # below what is there, to be filled


@dataclass(frozen=True)
class CurriculumRows:
    """A curriculum in the terms of its files."""

    courses: Sequence[CourseRow]
    prerequisites: Sequence[PrerequisiteRow]
    mappings: Sequence[MappingRow]
    groups: Sequence[ElectiveGroup] = ()


@dataclass(frozen=True)
class SheetOfRows:
    name: str
    headers: tuple[str, ...]
    rows: list[tuple[Value, ...]]


CHINESE: Final = {  # what is written for a Chinese reader; each imports back as what it stands for
    **{"Courses": "课程", "Mappings": "支撑关系", "Elective Groups": "选修组", "Prerequisites": "先修课程"},
    **{"course": "课程", "ability": "能力", "level": "层级", "share": "占比", "evidence": "依据", "rater": "评定人"},
    **{"support strength": "支撑强度(H/M/L)", "weight in ability": "在能力中的权重", "known from": "认定依据"},
}

CHINESE_CELLS: Final[dict[str, dict[Value, Value]]] = {
    COURSE["required"].header: {"yes": "必修", "no": "选修"},
    COURSE["hours_assumed"].header: {"yes": "是", "no": "否"},
}


def _said(words: str) -> str:
    return CHINESE.get(words, words) if _chinese() else words


def _chinese() -> bool:
    return (get_language() or "").startswith("zh")


def _course_cells(cells: dict[str, Value]) -> tuple[Value, ...]:
    words = CHINESE_CELLS if _chinese() else {}
    return tuple(words.get(header, {}).get(value, value) for header, value in cells.items())


def _course_header(name: str, header: str) -> str:
    return _said(header) if name == "prerequisites" else COURSE[name].file_header


def sheets_of(found: CurriculumRows) -> tuple[SheetOfRows, ...]:
    """Courses, mappings and groups, under headers in the reader's language."""
    required: dict[str, list[PrerequisiteRow]] = defaultdict(list)
    for prerequisite in found.prerequisites:
        required[prerequisite.course].append(prerequisite)
    courses = [_course_cells(catalogue.export_cells(row, required[row.code])) for row in found.courses]
    given = [name for name in mapping.EXPORT_HEADERS if name not in mapping.OPTIONAL or _any(found.mappings, name)]
    mappings = [tuple(_mapping_cell(row, name) for name in given) for row in found.mappings]
    return (
        SheetOfRows(
            _said("Courses"), tuple(_course_header(*each) for each in catalogue.EXPORT_HEADERS.items()), courses
        ),
        SheetOfRows(_said("Mappings"), tuple(_said(mapping.EXPORT_HEADERS[name]) for name in given), mappings),
        SheetOfRows(
            _said("Elective Groups"),
            tuple(field.file_header for field in ELECTIVE_GROUP.fields),
            [tuple(field.cell(group) for field in ELECTIVE_GROUP.fields) for group in found.groups],
        ),
    )


def _mapping_cell(row: MappingRow, name: str) -> Value:
    value: Value = getattr(row, name)
    words = mapping.PROVENANCE_WORDS.get(str(value), "").split() if name == "provenance" and _chinese() else []
    return next((word for word in words if not word.isascii()), value)


def _any(rows: Iterable[MappingRow], name: str) -> bool:
    return any(getattr(row, name) not in ("", None) for row in rows)


def filled_sheets(found: CurriculumRows) -> list[SheetOfRows]:
    """The courses, and the others once there are any: headers over nothing would be refused as a file."""
    courses, *others = sheets_of(found)
    return [courses, *(sheet for sheet in others if sheet.rows)]


def as_workbook(found: CurriculumRows, *, abilities: Sequence[str] = ()) -> bytes:
    """Sheets Courses, Mappings and Elective Groups; with the codes of abilities the cells of mappings offer lists."""
    courses, *others = sheets_of(found)
    filled = [table for table in others if table.rows or (abilities and table.name == _said("Mappings"))]
    return workbook_of([courses, *filled], offered=lambda table: _offered(table, found, abilities))


def _offered(table: SheetOfRows, found: CurriculumRows, abilities: Sequence[str]) -> dict[int, Sequence[str]]:
    """By the place of a column of the mappings what may stand there."""
    if table.name != _said("Mappings") or not abilities:
        return {}
    lists: dict[str, Sequence[str]] = {
        "course": [course.code for course in found.courses],
        "ability": abilities,
        "level": ["I", "D", "A"],
        "support strength": ["H", "M", "L"],
    }
    headers = {_said(name): values for name, values in lists.items()}
    return {place: headers[header] for place, header in enumerate(table.headers) if header in headers}


def workbook_of(
    tables: Iterable[SheetOfRows], *, offered: Callable[[SheetOfRows], dict[int, Sequence[str]]] = lambda _table: {}
) -> bytes:
    """Every text is written as text, whatever it begins with; `offered` are lists by the place of their column."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, TEXT_IS_TEXT) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        lists: list[tuple[Any, int, int, Sequence[str]]] = []
        for table in tables:
            sheet = book.add_worksheet(table.name)
            _write_sheet(sheet, table, bold)
            lists += [(sheet, len(table.rows), place, values) for place, values in offered(table).items() if values]
        if lists:
            _offer(book.add_worksheet(LISTS_SHEET), lists)
    return content.getvalue()


def _offer(hidden: Any, lists: list[tuple[Any, int, int, Sequence[str]]]) -> None:
    """The lists stand on a sheet that nobody sees; what is none of theirs is still taken: a school may add it."""
    hidden.very_hidden()
    for column, (sheet, rows, place, values) in enumerate(lists):
        for number, value in enumerate(values):
            hidden.write_string(number, column, value)
        letter = xl_col_to_name(column)
        source = f"={LISTS_SHEET}!${letter}$1:${letter}${len(values)}"
        allowed = {"validate": "list", "source": source, "error_type": "warning"}
        sheet.data_validation(1, place, rows + FURTHER_ROWS, place, allowed)


def _write_sheet(sheet: Any, table: SheetOfRows, bold: Any) -> None:
    sheet.freeze_panes(1, 1)
    for column, header in enumerate(table.headers):
        sheet.write_string(0, column, header, bold)
        longest = max((len(str(row[column] or "")) for row in table.rows), default=0)
        sheet.set_column(column, column, min(WIDEST, max(len(header), longest) + 2))
    for number, row in enumerate(table.rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, value)
            elif value is not None:
                sheet.write_number(number, column, value)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.headers) - 1)


def as_tables(found: CurriculumRows) -> bytes:
    """A zip of courses.csv, mappings.csv and elective groups.csv."""
    return zip_of_tables({table.name.lower(): [table.headers, *table.rows] for table in filled_sheets(found)})
