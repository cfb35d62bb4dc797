"""The rows of a file as its preview shows them, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

from django.core.paginator import Page, Paginator

from curricula.wording.formats import MISSING

ROWS_ON_PAGE: Final = 25


class Column(NamedTuple):
    title: str
    text: Callable[[Any], object]  # of a row
    look: str = ""  # num, wide, …
    labelled: bool = False  # on a narrow screen, where the title of the column is not seen


class Cell(NamedTuple):
    column: Column
    text: object


@dataclass
class Table:
    """`name` is that of the parameter by which an address turns its pages; the first column names the row."""

    name: str
    title: str
    rows: Sequence[Any]
    columns: Sequence[Column]
    number: str = "1"

    @cached_property
    def page(self) -> Page[Any]:
        return Paginator(self.rows, ROWS_ON_PAGE).get_page(self.number)

    @property
    def cells(self) -> Iterator[list[Cell]]:
        for row in self.page:
            yield [Cell(column, column.text(row) or MISSING) for column in self.columns]
