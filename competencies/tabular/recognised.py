"""What a reader found in a file: sheets, headers, columns and what each was taken for, whatever the records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from .choices import LEFT_OUT, Choices

SAMPLES = 3
TOP_ROWS = 12  # of a sheet, to see where its header stands
LONGEST_SAMPLE = 60  # characters
MOST_WORDS = 24  # of a vocabulary; where more stand in a file, they are no vocabulary
BY_NAME, BY_VALUES, CHOSEN = "name", "values", "chosen"

Cells = Sequence[str]


@dataclass(frozen=True)
class RecognisedColumn:
    name: str  # by which it is chosen
    samples: tuple[str, ...]
    meaning: str = ""  # a code of the reader; "" where it is not read
    why: str = ""  # BY_NAME, BY_VALUES or CHOSEN; "" where nothing said anything of it


@dataclass(frozen=True)
class RecognisedTable:
    header: str  # its rows, “3” or “3-4”
    columns: tuple[RecognisedColumn, ...]
    fixed: bool = False  # of a layout whose columns always mean the same


@dataclass(frozen=True)
class RecognisedSheet:
    name: str
    tables: tuple[RecognisedTable, ...] = ()
    top: tuple[tuple[int, Cells], ...] = ()  # number and cells
    hidden: bool = False  # nobody who opens the file sees it: it is read only where its name is chosen


@dataclass(frozen=True)
class RecognisedFile:
    sheets: tuple[RecognisedSheet, ...] = ()
    encoding: str = ""  # of a text
    # code of a meaning with a vocabulary → each word in the file → what it is read as, or nothing
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def tables(self) -> list[RecognisedTable]:
        return [table for sheet in self.sheets for table in sheet.tables]

    @property
    def hidden(self) -> list[str]:
        """The names of hidden sheets that were not read."""
        return [sheet.name for sheet in self.sheets if sheet.hidden and not sheet.top]

    @property
    def unused(self) -> list[str]:
        columns = (column for table in self.tables for column in table.columns)
        return list(dict.fromkeys(column.name for column in columns if not column.meaning))

    @property
    def columns_key(self) -> str:
        """The same for files with the same columns, in whatever order; "" where none can be chosen."""
        names = sorted({column.name for table in self.tables if not table.fixed for column in table.columns})
        return sha256("\x1f".join(names).encode("utf-8", "replace")).hexdigest() if names else ""

    def as_choices(self, choices: Choices) -> Choices:
        """All that was found, said as if somebody had chosen it."""
        columns = (column for table in self.tables if not table.fixed for column in table.columns)
        stated = {column.name: column.meaning or LEFT_OUT for column in columns}
        header = {sheet.name: sheet.tables[0].header for sheet in self.sheets if len(sheet.tables) == 1}
        return choices.model_copy(update={"columns": stated, "header": header, "encoding": self.encoding})


def samples(rows: Iterable[Cells], place: int) -> tuple[str, ...]:
    """The first few values of a column that differ."""
    found: dict[str, None] = {}
    for row in rows:
        if place < len(row) and (text := " ".join(row[place].split())):
            found[text[:LONGEST_SAMPLE]] = None
        if len(found) == SAMPLES:
            break
    return tuple(found)


def top_rows(rows: Iterable[Cells]) -> tuple[tuple[int, Cells], ...]:
    return tuple((number, cells) for number, cells in zip(range(1, TOP_ROWS + 1), rows, strict=False))
