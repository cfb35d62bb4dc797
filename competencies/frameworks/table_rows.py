"""The rows of a sheet under the names of its columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from competencies.tabular.limits import Limits
from competencies.tabular.sheets import raw_sheets

TableRow = dict[str, Any]  # the filled cells under their columns, and under "row" where they stood


def named_rows(data: bytes) -> Iterator[tuple[str, list[TableRow]]]:
    """Name and rows of each sheet; the first row that holds anything names the columns, in small letters."""
    for sheet in raw_sheets(data, limits=Limits()):
        yield sheet.name.strip().lower(), list(below_header(enumerate(sheet.rows, start=1)))


def below_header(rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[TableRow]:
    header: list[str] | None = None
    for number, cells in rows:
        texts = [cell.strip() for cell in cells]
        if not any(texts):
            continue
        if header is None:
            header = [text.lower() for text in texts]
            continue
        yield {name: text for name, text in zip(header, texts, strict=False) if text} | {"row": number}
