"""A framework as tables: a sheet for each kind of record in .xlsx, a file for each in a .zip of CSV.

The tables hold what the JSON document holds, one value a cell, and are read by turning them back into it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any, NamedTuple

from xlsxwriter import Workbook

from competencies.frameworks.lists import read_lists
from competencies.frameworks.problems import framework_problems, unreadable
from competencies.frameworks.rows import (
    SECTIONS,
    FrameworkDocument,
    FrameworkRow,
    ParsedFramework,
    Part,
    SourceRow,
    Table,
    Texts,
)
from competencies.frameworks.table_rows import TableRow, below_header
from competencies.frameworks.validation import checked_framework
from competencies.tabular.limits import Limits
from competencies.tabular.problems import Problems
from competencies.tabular.recognised import RecognisedFile, RecognisedSheet
from competencies.tabular.sheets import raw_sheets
from competencies.tabular.workbooks import is_workbook
from competencies.tabular.writing import TEXT_IS_TEXT, zip_of_tables

from . import CellTooLong, Format
from .given import Given, load_json

Cells = Sequence[object]

_KINDS: dict[str, type[Part]] = {"framework": FrameworkRow, "sources": SourceRow, **SECTIONS}
_LISTS = [
    (section, name, table) for section, kind in SECTIONS.items() for name, table in kind.tables.items()
]  # fmt: skip
_OUR_COLUMNS = {table.name: {table.owner, table.column or "text", "language"} for _section, _name, table in _LISTS}
_LONGEST_CELL = 32_767  # characters, in a workbook


# Writing


def _columns(kind: type[Part]) -> Iterator[tuple[str, str, str]]:
    """Column, field and language of what a table of these records holds; lists have tables of their own."""
    for name, field in kind.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Texts):
            yield from ((f"{name}_{language}", name, language) for language in ("en", "zh"))
        elif name != "row" and not any(isinstance(fact, Table) for fact in field.metadata):
            yield name, name, ""


def _tables(rows: FrameworkDocument) -> Iterator[tuple[str, list[Cells]]]:
    """Every table with rows below its header, and always the framework's own and the abilities'."""
    for section, kind in _KINDS.items():
        records = [rows.framework] if section == "framework" else getattr(rows, section)
        if records or section == "abilities":
            columns = list(_columns(kind))
            header: Cells = [column for column, _name, _language in columns]
            yield section, [header, *([_cell(row, *column) for column in columns] for row in records)]
        for _section, name, table in _LISTS:
            if _section == section and (cells := list(_inner_cells(records, name, table))):
                yield table.name, [_inner_header(table), *cells]


def _cell(record: Any, _column: str, name: str, language: str) -> object:
    value = getattr(record, name)
    return getattr(value, language) if language else value


def _inner_header(table: Table) -> Cells:
    return [table.owner, *([table.column] if table.column else ("text", "language"))]


def _inner_cells(records: Iterable[Any], name: str, table: Table) -> Iterator[Cells]:
    for record in records:
        for value in getattr(record, name):
            yield [record.code, *([value] if table.column else (value.text, value.language))]


def csv_archive(rows: FrameworkDocument) -> bytes:
    return zip_of_tables({name: [list(map(_text, row)) for row in table] for name, table in _tables(rows)})


def workbook(rows: FrameworkDocument) -> bytes:
    """Raises CellTooLong."""
    data = io.BytesIO()
    with Workbook(data, TEXT_IS_TEXT) as book:
        head = book.add_format({"bold": True})
        for name, table in _tables(rows):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for number, row in enumerate(table):
                for place, value in enumerate(row):
                    _write_cell(sheet, number, place, value, None if number else head)
            sheet.autofilter(0, 0, len(table) - 1, len(table[0]) - 1)
    return data.getvalue()


def _write_cell(sheet: Any, row: int, place: int, value: object, look: Any) -> None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, place, value, look)
        return
    text = _text(value)
    if len(text) > _LONGEST_CELL:
        raise CellTooLong(text[:80])
    sheet.write_string(row, place, text, look)


def _text(value: object) -> str:
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False) if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


# Reading


def read_tables(file: Given, slug: str) -> ParsedFramework:
    """A workbook, several CSV files, or one: our own tables, or lists as people have them."""
    problems = framework_problems()
    found = list(_sheets_in(file))
    hidden = tuple(RecognisedSheet(sheet.name, hidden=True) for sheet in found if sheet.is_left)
    problems.warn_about("hidden_sheets", [sheet.name for sheet in hidden])
    sheets = [(sheet.name, sheet.rows) for sheet in found if any(map(any, sheet.rows))]
    if not sheets:
        raise unreadable("no_rows").with_columns(RecognisedFile(hidden) if hidden else None)
    if any(_is_ours(name.lower(), rows) for name, rows in sheets):
        sheets = [(name.lower(), rows) for name, rows in sheets]
        tables = {name or "abilities": list(below_header(enumerate(rows, start=1))) for name, rows in sheets}
        document = _document_of(tables, slug=slug, problems=problems)
        return checked_framework(document, strict=False, problems=problems)
    lists = read_lists(sheets, slug=slug, problems=problems, choices=file.choices)
    checked = checked_framework(lists.document, strict=False, problems=problems)
    recognised = replace(lists.recognised, sheets=(*lists.recognised.sheets, *hidden))
    return checked.model_copy(update={"partial": lists.partial, "recognised": recognised})


class _Sheet(NamedTuple):
    name: str
    rows: list[Sequence[str]]
    is_left: bool  # hidden, and not chosen


def _sheets_in(file: Given) -> Iterator[_Sheet]:
    for name in file.files:
        if not file.packed or name.lower().endswith(".csv"):
            for sheet in raw_sheets(file.content(name), limits=Limits(), read_hidden=file.choices.sheets):
                called = (PurePath(name).stem if file.packed else sheet.name).strip()
                yield _Sheet(called, list(sheet.rows), sheet.hidden and sheet.name not in file.choices.sheets)


def _is_ours(name: str, rows: list[Sequence[str]]) -> bool:
    header = {cell.strip().lower() for cell in next(filter(any, rows))} - {""}
    return bool(header & {"title_en", "title_zh"}) or header <= _OUR_COLUMNS.get(name, set())


def _document_of(tables: Mapping[str, list[TableRow]], *, slug: str, problems: Problems) -> dict[str, Any]:
    """The JSON document that the tables stand for; rows of inner tables that belong to no record are refused."""
    head = next(iter(tables.get("framework", [])), {"title_en": slug})
    document: dict[str, Any] = {name: [_nested(row) for row in rows] for name, rows in tables.items()}
    document["framework"] = _nested(head) | {"slug": slug}
    for section, name, table in _LISTS:
        document.pop(table.name, None)
        owners = {record.get("code"): record for record in document.get(section, ())}
        for row in tables.get(table.name, ()):
            code = row.get(table.owner, "")
            if code not in owners:
                problems.refuse("unknown_reference", row=row["row"], column=f"{table.name}.{table.owner}", value=code)
                continue
            value = {key: row[key] for key in row.keys() - {table.owner, "row"}}
            owners[code].setdefault(name, []).append(value.get(table.column) if table.column else value)
    for source in document.get("sources", ()):
        source.pop("row")
    return document


def _nested(row: Mapping[str, Any]) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for name, text in row.items():
        stem, _underscore, language = name.rpartition("_")
        if language in ("en", "zh") and stem in ("title", "statement", "note"):
            nested.setdefault(stem, {})[language] = text
        elif name == "outside":
            nested[name] = load_json(text.encode())
        else:
            nested[name] = text
    return nested


def _is_workbook(file: Given) -> bool:
    return not file.packed and is_workbook(file.content())


def _is_csv(file: Given) -> bool:
    if file.packed:
        return bool(file.first_named("abilities.csv"))
    return not is_workbook(file.content()) and not file.content().lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{")


FORMATS = (
    Format("xlsx", _is_workbook, read_tables, workbook),
    Format("csv", _is_csv, read_tables, csv_archive),
)
