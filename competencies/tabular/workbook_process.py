"""Reads a workbook in a process of its own and writes its sheets to standard output, one JSON line each row.

A workbook of a few kilobytes can claim a cell in the last row and the last column; the reader then asks for
hundreds of gigabytes and the whole process is aborted, which no exception handler sees. Here that process has
little memory and nothing to lose. It is started by `workbooks.py` and knows no Django.
"""

from __future__ import annotations

import datetime
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

MEMORY = 2**31
MOST_LOOKED_AT = 5 * 2**20  # bytes of a workbook that is read a second time for what its cells show
ENCRYPTED, BROKEN, TOO_LARGE = 3, 4, 5
# Formats that say more than the value: figures with leading zeros, “1.10”; and cells in which a formula failed
_TELLING_FORMAT = re.compile(rb'formatCode="0(?:0+|\.00+)"|numFmtId="2"')
_FAILED = re.compile(rb'<c [^<>]{0,100}t="e"')
_ZEROS, _DECIMALS = re.compile("0{2,30}"), re.compile(r"0\.(0{1,10})")
CellValue = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


def limit_resources(*, seconds: int) -> None:
    with suppress(ImportError, ValueError, OSError):  # not every system has these limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def lines(data: bytes, wanted: dict[str, Any]) -> Iterator[object]:
    """For each sheet what it is, then its rows: lists of texts."""
    shown = as_shown(data)
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        for page in workbook.sheets_metadata:
            hidden = page.visible != SheetVisibleEnum.Visible
            if page.typ == SheetTypeEnum.WorkSheet:
                head = {"name": page.name, "hidden": hidden, "extent": [0, 0], "merged": [], "count": 0}
                if hidden and page.name not in wanted["read_hidden"]:
                    yield head
                else:
                    yield from sheet_lines(
                        workbook.get_sheet_by_name(page.name), head, wanted, shown.get(page.name, {})
                    )


Shown = Mapping[tuple[int, int], str]  # row and column, from 0 -> what a person sees there


def as_shown(data: bytes) -> dict[str, Shown]:
    """By sheet, the cells of an .xlsx file that show something else than their value, or an error instead of one."""
    if len(data) > MOST_LOOKED_AT:
        return {}
    with suppress(Exception), zipfile.ZipFile(io.BytesIO(data)) as archive:  # the values stay, whatever is odd here
        names = archive.namelist()
        formats = [archive.read(name) for name in names if name.endswith("xl/styles.xml")]
        sheets = (archive.read(name) for name in names if name.startswith("xl/worksheets/"))
        if any(map(_TELLING_FORMAT.search, formats)) or any(map(_FAILED.search, sheets)):
            return _as_shown(data)
    return {}


def _as_shown(data: bytes) -> dict[str, Shown]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    return {
        page.title: {
            (cell.row - 1, cell.column - 1): seen
            for row in page.iter_rows()
            for cell in row
            if cell.value is not None and (seen := _seen(cell))
        }
        for page in book.worksheets
    }


def _seen(cell: Any) -> str:
    """The text of a cell that its value alone does not give, or an empty one."""
    if cell.data_type == "e":
        return str(cell.value)
    if not isinstance(cell.value, int | float) or isinstance(cell.value, bool):
        return ""
    if _ZEROS.fullmatch(cell.number_format) and float(cell.value).is_integer():
        return f"{int(cell.value):0{len(cell.number_format)}d}"
    decimals = _DECIMALS.fullmatch(cell.number_format)
    exact = decimals and round(cell.value, len(decimals[1])) == cell.value and not float(cell.value).is_integer()
    return f"{cell.value:.{len(decimals[1])}f}" if decimals and exact else ""


def sheet_lines(sheet: CalamineSheet, head: dict[str, Any], wanted: dict[str, Any], shown: Shown) -> Iterator[object]:
    rows, columns = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
    head["extent"] = [rows, columns]
    if rows > wanted["max_rows"] or columns > wanted["max_columns"] or rows * columns > wanted["max_cells"]:
        yield head
        return
    yield head | {"count": rows, "merged": [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]}
    left = [""] * (sheet.start[1] if sheet.start else 0)
    for number, cells in enumerate(sheet.iter_rows()):
        row = left + [text(cell) for cell in cells]
        yield [shown.get((number, column), one) for column, one in enumerate(row)] if shown else row


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
