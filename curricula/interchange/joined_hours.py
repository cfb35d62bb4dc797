"""“3-0-2” under “L-T-P”: three columns in one cell, parted before anything else is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .aliases import squeeze
from .spreadsheet import Sheet

JOINED = {
    name: parts for parts in (("L", "T", "P"), ("L", "T", "P", "C")) for name in ("".join(parts), "/".join(parts))
}
MOST_ROWS_ABOVE = 40  # of a header
_AMOUNT = r"\d{1,3}(?:\.\d+)?"
_BETWEEN = re.compile(r"\s{0,9}[-–—:/+,;]\s{0,9}")


def apart(sheet: Sheet) -> Sheet:
    """The same sheet; what is joined stands first in its own column, the rest behind the last one of the sheet."""
    for number, row in enumerate(sheet.rows[:MOST_ROWS_ABOVE]):
        for place, cell in enumerate(row):
            parts = JOINED.get(squeeze(cell).upper())
            if parts and any(_figures(below, place, len(parts)) for below in sheet.rows[number + 1 :]):
                return _parted(sheet, number, place, parts)
    return sheet


def _parted(sheet: Sheet, header: int, place: int, parts: Sequence[str]) -> Sheet:
    width = max(map(len, sheet.rows))
    rows = [list(row) + [""] * (width + len(parts) - 1 - len(row)) for row in sheet.rows]
    for number, row in enumerate(rows):
        found = parts if number == header else _figures(row, place, len(parts)) if number > header else None
        if found:
            row[place], row[width:] = found[0], list(found[1:])
    return replace(sheet, rows=tuple(map(tuple, rows)))


def _figures(row: Sequence[str], place: int, count: int) -> list[str] | None:
    found = _BETWEEN.split(row[place].strip()) if place < len(row) else []
    return found if len(found) == count and all(re.fullmatch(_AMOUNT, each) for each in found) else None
