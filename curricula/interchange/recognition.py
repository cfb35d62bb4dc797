"""What was found in a curriculum file, to be seen and corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from competencies.tabular.column_names import names_to_choose
from competencies.tabular.recognised import (
    RecognisedColumn,
    RecognisedFile,
    RecognisedSheet,
    RecognisedTable,
    samples,
)

from .aliases import MEANINGS
from .columns import Column
from .headers import Table
from .spreadsheet import Sheet
from .vocabularies import words_of

HEADER_WITHIN = 40  # rows, where no table was found


def recognised_file(
    sheets: Sequence[Sheet], by_sheet: Mapping[str, Sequence[RecognisedTable]], tables: Sequence[Table]
) -> RecognisedFile:
    return RecognisedFile(
        sheets=tuple(
            RecognisedSheet(sheet.name, tuple(by_sheet.get(sheet.name, ())), sheet.top, sheet.hidden)
            for sheet in sheets
        ),
        encoding=sheets[0].encoding.removesuffix("-sig") if sheets else "",
        words=words_of(tables),
    )


def recognised_table(table: Table) -> RecognisedTable:
    rows = [row.cells for row in table.rows]
    shown = (_column(column, samples(rows, column.index)) for column in table.columns)
    return RecognisedTable(_span(table.header), tuple(column for column in shown if column))


def _column(column: Column, found: tuple[str, ...]) -> RecognisedColumn | None:
    meaning = column.field if column.field in MEANINGS else ""
    why = column.why if meaning or column.chosen else ""
    return RecognisedColumn(column.name, found, meaning, why) if column.parts or found else None


def fixed_table(columns: Mapping[str, str], ignored: Iterable[str]) -> RecognisedTable:
    """Of a layout that always means the same by its columns; what they mean is said in words."""
    read = [RecognisedColumn(header, (), meaning) for header, meaning in columns.items()]
    return RecognisedTable("", (*read, *(RecognisedColumn(header, ()) for header in ignored)), fixed=True)


def guessed_tables(sheet: Sheet) -> list[RecognisedTable]:
    """Where no table was found: the first row with several texts, so that somebody can say what they mean."""
    rows = enumerate(sheet.rows[:HEADER_WITHIN], start=1)
    number = next((number for number, row in rows if sum(map(bool, row)) > 1), 0)
    if not number:
        return []
    header, below = sheet.rows[number - 1], sheet.rows[number:]
    names = names_to_choose(header)
    columns = [RecognisedColumn(name, samples(below, place)) for place, name in enumerate(names) if header[place]]
    return [RecognisedTable(str(number), tuple(columns))]


def _span(rows: range) -> str:
    return str(rows.start) if len(rows) == 1 else f"{rows.start}-{rows.stop - 1}"
