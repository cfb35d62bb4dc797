"""How much of a file is read, so that no file takes the machine with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .file_problems import unreadable

MEGABYTE = 2**20


@dataclass(frozen=True)
class Limits:
    """What a workbook, or a table that is held whole, may take; the figures fit the largest that people have."""

    max_bytes: int = 200 * MEGABYTE
    max_unpacked_bytes: int = 1024 * MEGABYTE
    max_rows: int = 2**20  # as many as a sheet can have
    max_columns: int = 2**14
    max_cells: int = 2**26  # of one sheet
    max_seconds: int = 300  # of work on a workbook

    def check(self, *, rows: int, columns: int, cells: int) -> None:
        if rows > self.max_rows or columns > self.max_columns or cells > self.max_cells:
            most = {"max_rows": self.max_rows, "max_columns": self.max_columns}
            raise unreadable("too_many_cells", rows=rows, columns=columns, **most)


def within(rows: Iterable[Sequence[str]], limits: Limits) -> Iterator[Sequence[str]]:
    """The same rows, as long as they do not become more than the limits allow."""
    widest = cells = 0
    for number, row in enumerate(rows, start=1):
        widest, cells = max(widest, len(row)), cells + len(row)
        limits.check(rows=number, columns=widest, cells=cells)
        yield row
