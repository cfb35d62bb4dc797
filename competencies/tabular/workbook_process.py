"""Reads a workbook in a process of its own and writes its sheets to standard output, one JSON line each row.

A workbook of a few kilobytes can claim a cell in the last row and the last column; the reader then asks for
hundreds of gigabytes and the whole process is aborted, which no exception handler sees. Here that process has
little memory and nothing to lose. It is started by `workbooks.py` and knows no Django.
"""

from __future__ import annotations

import datetime
import io
import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

MEMORY = 2**31
ENCRYPTED, BROKEN, TOO_LARGE = 3, 4, 5
CellValue = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


def limit_resources(*, seconds: int) -> None:
    with suppress(ImportError, ValueError, OSError):  # not every system has these limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def lines(data: bytes, wanted: dict[str, Any]) -> Iterator[object]:
    """For each sheet what it is, then its rows: lists of texts."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        for page in workbook.sheets_metadata:
            hidden = page.visible != SheetVisibleEnum.Visible
            if page.typ == SheetTypeEnum.WorkSheet:
                head = {"name": page.name, "hidden": hidden, "extent": [0, 0], "merged": [], "count": 0}
                if hidden and not wanted["with_hidden"]:
                    yield head
                else:
                    yield from sheet_lines(workbook.get_sheet_by_name(page.name), head, wanted)


def sheet_lines(sheet: CalamineSheet, head: dict[str, Any], wanted: dict[str, Any]) -> Iterator[object]:
    rows, columns = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
    head["extent"] = [rows, columns]
    if rows > wanted["max_rows"] or columns > wanted["max_columns"] or rows * columns > wanted["max_cells"]:
        yield head
        return
    yield head | {"count": rows, "merged": [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]}
    left = [""] * (sheet.start[1] if sheet.start else 0)
    for cells in sheet.iter_rows():
        yield left + [text(cell) for cell in cells]


def text(cell: CellValue) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell)


def main(wanted: dict[str, Any]) -> int:
    data = sys.stdin.buffer.read()
    limit_resources(seconds=wanted["max_seconds"])
    left = wanted["max_unpacked_bytes"]
    try:
        for line in lines(data, wanted):
            left -= sys.stdout.buffer.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
            if left < 0:  # a text that is stored once may stand in any number of cells
                return TOO_LARGE
    except PasswordError:
        return ENCRYPTED
    except MemoryError:
        return TOO_LARGE
    except BaseException:  # the reader's own panics are no Exception
        return BROKEN
    return 0


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
