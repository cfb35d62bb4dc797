"""What a table of a report is: columns with their kinds, rows of values, and notes below."""

from __future__ import annotations

from dataclasses import dataclass, replace

from curricula.wording.formats import NUMERIC, Kind, Value


@dataclass(frozen=True)
class Column:
    key: str
    title: str
    kind: Kind

    @property
    def numeric(self) -> bool:
        return self.kind in NUMERIC


@dataclass(frozen=True)
class Table:
    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...] = ()

    @property
    def labelled_rows(self) -> list[list[tuple[str, Value]]]:
        """Each cell with its column's title, for a narrow page that shows rows as blocks."""
        return [[(column.title, cell) for column, cell in zip(self.columns, row, strict=True)] for row in self.rows]

    def only(self, *keys: str, key: str, title: str) -> Table:
        """The same rows with some of the columns."""
        places = [next(i for i, column in enumerate(self.columns) if column.key == wanted) for wanted in keys]
        rows = tuple(tuple(row[place] for place in places) for row in self.rows)
        return replace(self, key=key, title=title, columns=tuple(self.columns[i] for i in places), rows=rows)
