"""A framework as tables: a sheet for each kind of record in .xlsx, a file for each in a .zip of CSV.

The tables hold what the JSON document holds, one value a cell, and are read by turning them back into it.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from competencies.tabular.archives import members, unpacked
from competencies.tabular.decoding import open_text
from competencies.tabular.delimited import delimited_rows
from competencies.tabular.limits import Limits
from competencies.tabular.problems import Problem, UnreadableFile
from competencies.tabular.safe_cells import plain_cell
from competencies.tabular.workbooks import is_workbook, workbook_sheets
from competencies.tabular.writing import zip_of_tables

from .document import SCHEMA
from .json_records import TableRow
from .rows import FrameworkRow, ParsedFramework
from .size import check_framework_size, framework_bytes
from .talentgap import parsed_document

Tables = dict[str, list[dict[str, Any]]]

_TITLES = ("title_en", "title_zh")
COLUMNS: dict[str, tuple[str, ...]] = {
    "framework": (
        *("slug", *_TITLES, "version", "language", "publisher", "licence", "status", "source"),
        *("note_en", "note_zh"),
    ),
    "sources": ("key", "citation"),
    "abilities": (
        *("code", "parent", *_TITLES, "statement_en", "statement_zh", "kind", "horizon", "citation"),
        *("note_en", "note_zh"),
    ),
    "terms": ("ability", "text", "language"),
    "positions": (*("code", *_TITLES, "direction", "degree", "layer", "echelon", "trade_model", "citation"),),
    "occupation_codes": ("position", "occupation_code"),
    "title_terms": ("position", "text", "language"),
    "career_entries": ("code", *_TITLES, "direction", "degree", "position", "citation"),
    "requirements": (
        *("position", "ability", "item", "weight", "level", "level_assumed", "statement_en", "statement_zh"),
        "citation",
    ),
    "certifications": ("code", *_TITLES, "degree", "citation"),
    "reference_courses": ("code", *_TITLES, "citation"),
    "course_abilities": ("course", "ability"),
    "certification_courses": ("certification", "direction", "course", "citation"),
    "crosswalks": ("ability", "framework", "to", "relation", "citation"),
}
# Lists inside a record have a table of their own: its name, the column that names the owner, the list's column.
_INNER: dict[str, dict[str, tuple[str, str, str]]] = {
    "abilities": {"terms": ("terms", "ability", "")},
    "positions": {
        "occupation_codes": ("occupation_codes", "position", "occupation_code"),
        "title_terms": ("title_terms", "position", ""),
    },
    "reference_courses": {"abilities": ("course_abilities", "course", "ability")},
}
_LONGEST_CELL = 32_767  # characters, in a workbook


class CellTooLong(ValueError):
    """A text is longer than a cell of a workbook can be; the message begins with it."""


# Writing


def csv_archive(document: Mapping[str, Any]) -> bytes:
    return zip_of_tables({name: _written(name, rows) for name, rows in _tables_of(document).items()})


def _written(name: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[Sequence[str]]:
    yield COLUMNS[name]
    for row in rows:
        yield [_text(row.get(column)) for column in COLUMNS[name]]


def workbook(document: Mapping[str, Any]) -> bytes:
    """Raises CellTooLong."""
    data = io.BytesIO()
    with Workbook(data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        head = book.add_format({"bold": True})
        for name, rows in _tables_of(document).items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, COLUMNS[name], head)
            for number, row in enumerate(rows, start=1):
                for place, column in enumerate(COLUMNS[name]):
                    _write_cell(sheet, number, place, row.get(column))
            sheet.autofilter(0, 0, len(rows), len(COLUMNS[name]) - 1)
    return data.getvalue()


def _write_cell(sheet: Any, row: int, place: int, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        text = _text(value)
        if len(text) > _LONGEST_CELL:
            raise CellTooLong(text[:80])
        sheet.write_string(row, place, text)
    else:
        sheet.write_number(row, place, value)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _tables_of(document: Mapping[str, Any]) -> Tables:
    """Every table with rows, and always the framework's own and the abilities'."""
    tables: Tables = {name: [] for name in COLUMNS}
    tables["framework"] = [_flat(document["framework"])]
    for name in document.keys() - {"schema", "framework"}:
        for record in document[name]:
            tables[name].append(_flat(record))
            for inner, (table, owner, column) in _INNER.get(name, {}).items():
                for value in record[inner]:
                    tables[table].append({owner: record["code"], **({column: value} if column else value)})
    return {name: rows for name, rows in tables.items() if rows or name in ("framework", "abilities")}


def _flat(record: Mapping[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, Mapping):
            flat |= {f"{name}_{language}": text for language, text in value.items()}
        elif not isinstance(value, list):
            flat[name] = value
    return flat


# Reading


def read_tables(path: Path, *, slug: str) -> ParsedFramework:
    """A workbook, a .zip of CSV files, a folder of them, or one CSV file that holds the abilities."""
    try:
        document, strays = _document_of(_tables_in(path), slug=slug)
    except UnreadableFile as error:
        return ParsedFramework(FrameworkRow(slug), refusals=(error.problem(path.name),))
    parsed = parsed_document(document)
    return replace(parsed, refusals=(*strays, *parsed.refusals))


def _tables_in(path: Path) -> dict[str, list[TableRow]]:
    if path.is_dir():
        return {file.stem.lower(): _from_csv(file.read_bytes()) for file in sorted(path.glob("*.csv"))}
    data = framework_bytes(path)
    file = io.BytesIO(data)
    tables = [member for member in members(file) if member.filename.lower().endswith(".csv")]
    if tables:
        check_framework_size(sum(member.file_size for member in tables))
        return {Path(name).stem.lower(): _from_csv(content) for name, content in unpacked(file, tables)}
    if is_workbook(data):
        return _from_workbook(file)
    rows = _from_csv(data)
    if not rows:
        raise UnreadableFile("no_rows", _("The file holds no table of abilities: no row stands below a header."))
    return {"abilities": rows}


def _from_csv(data: bytes) -> list[TableRow]:
    with open_text(io.BytesIO(data)) as text:
        rows = enumerate(delimited_rows(text), start=1)
        return list(_rows_of((number, [plain_cell(cell) for cell in cells]) for number, cells in rows))


def _from_workbook(file: IO[bytes]) -> dict[str, list[TableRow]]:
    sheets = workbook_sheets(file, limits=Limits())
    return {sheet.name.strip().lower(): list(_rows_of(enumerate(sheet.rows, start=1))) for sheet in sheets}


def _rows_of(rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[TableRow]:
    """The filled cells of each row under the names of the first row."""
    header: list[str] | None = None
    for number, cells in rows:
        texts = [cell.strip() for cell in cells]
        if not any(texts):
            continue
        if header is None:
            header = [text.lower() for text in texts]
            continue
        yield TableRow(number, {name: text for name, text in zip(header, texts, strict=False) if text})


def _document_of(tables: Mapping[str, list[TableRow]], *, slug: str) -> tuple[dict[str, Any], list[Problem]]:
    """The JSON document that the tables stand for, and the rows of inner tables that belong to no record."""
    head = next(iter(tables.get("framework", [])), TableRow(1, {"title_en": slug}))
    inner = {table for lists in _INNER.values() for table, _owner, _column in lists.values()}
    document: dict[str, Any] = {"schema": SCHEMA, "framework": _nested(head) | {"slug": slug}}
    for name, rows in tables.items():
        if name != "framework" and name not in inner:
            document[name] = [_nested(row) for row in rows]
    strays: list[Problem] = []
    for section, lists in _INNER.items():
        owners = {record["code"]: record for record in document.get(section, ()) if "code" in record}
        for key, (table, owner, column) in lists.items():
            for row in tables.get(table, ()):
                record = owners.get(row.get(owner, ""))
                if record is None:
                    strays.append(_stray(table, owner, row))
                    continue
                value = row.get(column) if column else {name: row[name] for name in row.keys() - {owner}}
                record.setdefault(key, []).append(value)
    return document, strays


def _stray(table: str, owner: str, row: TableRow) -> Problem:
    code = row.get(owner, "")
    message = _("“%(code)s” is not in this file.") % {"code": code}
    return Problem(row.row, f"{table}.{owner}", code[:120], "unknown_reference", message)


def _nested(row: TableRow) -> TableRow:
    """The cells under the document's names, with the types that it has."""
    nested = TableRow(row.row, {})
    for name, text in row.items():
        stem, _underscore, language = name.rpartition("_")
        if language in ("en", "zh") and stem in ("title", "statement", "note"):
            nested.setdefault(stem, {})[language] = text
        else:
            nested[name] = _typed(name, text)
    return nested


def _typed(name: str, text: str) -> str | float | bool:
    if name in ("item", "weight"):
        return _number(text)
    if name == "level_assumed" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    return text


def _number(text: str) -> str | float:
    """What is no number stays as it is, for the reader to refuse."""
    try:
        value = float(text)
    except ValueError:
        return text
    if not math.isfinite(value):
        return text
    return int(value) if value.is_integer() else value
