"""What a table of a report is: columns with their kinds, rows of values, and notes below."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any, NamedTuple

from curricula.wording.formats import NUMERIC, Kind, Showable, Value


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

    def only(self, *keys: str, key: str = "", title: str = "") -> Table:
        """The same rows with some of the columns, and called otherwise where a key and a title are given."""
        places = [next(i for i, column in enumerate(self.columns) if column.key == wanted) for wanted in keys]
        rows = tuple(tuple(row[place] for place in places) for row in self.rows)
        columns = tuple(self.columns[place] for place in places)
        return replace(self, key=key or self.key, title=title or self.title, columns=columns, rows=rows)

    def without(self, key: str) -> Table:
        """The same rows without a column."""
        return self.only(*(column.key for column in self.columns if column.key != key))


class Cells(NamedTuple):
    """A column with what stands in it: of each line the attribute of its key, or what `of` makes of the line.

    A value that brings its own kind keeps it.
    """

    key: str
    title: str
    kind: Kind = "text"
    of: Callable[[Any], Showable | Value] | None = None

    def value(self, line: Any) -> Value:
        found = self.of(line) if self.of else getattr(line, self.key)
        return found if isinstance(found, Value) else Value(found, self.kind)


def table_of(key: str, title: str, lines: Iterable[Any], *columns: Cells, notes: tuple[str, ...] = ()) -> Table:
    """A table with a row for each line."""
    rows = tuple(tuple(each.value(line) for each in columns) for line in lines)
    return Table(key, title, tuple(Column(*each[:3]) for each in columns), rows, notes)


def in_order(**titles: str) -> tuple[Cells, ...]:
    """Columns of lines that are tuples already, each by its key."""
    return tuple(Cells(key, title, of=itemgetter(place)) for place, (key, title) in enumerate(titles.items()))
