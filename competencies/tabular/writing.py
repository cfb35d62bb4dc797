"""Tables that spreadsheet programs open, and open safely."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

from .safe_cells import safe_cell

Row = Sequence[object]
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Of every workbook that is written: no text becomes a formula or a link, by whatever method it came into its cell.
TEXT_IS_TEXT: Final[Mapping[str, bool]] = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_SAME_DAY = (1980, 1, 1, 0, 0, 0)  # the same tables give the same bytes on any day


def csv_bytes(rows: Iterable[Row], *, quoting: Literal[0, 1, 2, 3] = csv.QUOTE_MINIMAL) -> bytes:
    """UTF-8 with the mark that lets a spreadsheet program read Chinese; no text starts a formula, None is empty."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=quoting).writerows([_guarded(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _guarded(value: object) -> object:
    return safe_cell(value) if isinstance(value, str) else value


def zip_of_tables(tables: Mapping[str, Iterable[Row]]) -> bytes:
    """A file `name.csv` for each table."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            archive.writestr(zipfile.ZipInfo(f"{name}.csv", _SAME_DAY), csv_bytes(rows))
    return content.getvalue()
