"""Tables of web pages, as many systems of schools export them under the name of a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from .file_problems import unreadable
from .limits import MEGABYTE
from .workbooks import Area, RawSheet

MOST_LETTERS = 10 * MEGABYTE
MOST_CELLS = 1_000_000  # of a page, those counted that one cell reaches over
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|meta|style|body|table|div)\b", re.IGNORECASE
)
_HIDDEN = ("script", "style")
_LONGEST_NAME = 60  # characters of what stands above a table


def is_web_page(start: bytes) -> bool:
    return bool(_PAGE.match(start.removeprefix(b"\xef\xbb\xbf")))


def web_sheets(text: str, *, encoding: str) -> Iterator[RawSheet]:
    """Each table as a sheet, named by what stands above it. Raises UnreadableFile."""
    if len(text) > MOST_LETTERS:
        raise unreadable("too_large", size=len(text) // MEGABYTE, most=MOST_LETTERS // MEGABYTE)
    page = _Page()
    page.feed(text)
    page.close()
    for table in filter(None, page.tables):
        yield RawSheet(table.name, False, tuple(table.merged), iter(table.rows), encoding=encoding)


class _Table:
    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[list[str]] = []
        self.merged: list[Area] = []
        self.taken: set[tuple[int, int]] = set()  # by cells that reach down to them

    def __len__(self) -> int:
        return sum(map(len, self.rows))

    def add(self, text: str, *, across: int, down: int) -> None:
        row, cells = len(self.rows) - 1, self.rows[-1]
        while (row, len(cells)) in self.taken:
            cells.append("")
        left = len(cells)
        cells += [text, *[""] * (across - 1)]
        if across > 1 or down > 1:
            self.merged.append((row, left, row + down - 1, left + across - 1))
            self.taken |= {(row + step, left + side) for step in range(1, down) for side in range(across)}


class _Page(HTMLParser):
    """A table within a cell is a table of its own, and no text of the cell."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[_Table] = []
        self.open: list[_Table] = []
        self.cells: list[tuple[int, int]] = []  # how far each open cell reaches
        self.said = [""]  # of the page, then of each open cell
        self.left = MOST_CELLS
        self.hidden = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            above = self.said[-1].split("\n")[-1].strip() or self.said[-1].strip().split("\n")[-1].strip()
            self.open.append(_Table(above if len(above) <= _LONGEST_NAME else ""))
            self.tables.append(self.open[-1])
            self.said[0] = "" if len(self.said) == 1 else self.said[0]
        elif tag == "tr" and self.open:
            self._end_cells()
            self.open[-1].rows.append([])
        elif tag in ("td", "th") and self.open:
            self._end_cells()
            reach = dict(attrs)
            self.cells.append((_span(reach.get("colspan")), _span(reach.get("rowspan"))))
            self.said.append("")
        elif tag in _HIDDEN:
            self.hidden = tag
        elif tag in ("br", "p", "div", "li") or re.fullmatch("h[1-6]", tag):
            self.said[-1] += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag == self.hidden:
            self.hidden = ""
        elif tag in ("td", "th", "tr", "table") and self.open:
            self._end_cells()
            if tag == "table":
                self.open.pop()

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.said[-1] += " ".join(data.split()) if data.strip() else " " if self.said[-1][-1:].strip() else ""

    def _end_cells(self) -> None:
        """A cell and a row end where the next one begins, whether the page says so or not."""
        if len(self.cells) < len(self.open) or not self.cells:
            return
        across, down = self.cells.pop()
        text = self.said.pop().strip()
        self.left -= across * down
        if self.left < 0:
            raise unreadable("unpacks_too_large", most=MOST_LETTERS // MEGABYTE)
        if not self.open[-1].rows:
            self.open[-1].rows.append([])
        self.open[-1].add(text, across=across, down=down)


def _span(said: str | None) -> int:
    return min(max(int(said), 1), 1_000) if said and said.isdecimal() else 1
