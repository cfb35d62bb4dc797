"""Reads the text of a PDF or of a Word file in a process of its own and writes it to standard output.

A small document can ask for any amount of memory or time; here it has little of both and nothing to lose. It is
started by `syllabus.py` and knows no Django.
"""

from __future__ import annotations

import io
import json
import logging
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

ENCRYPTED, BROKEN, TOO_LARGE = 3, 4, 5
MEMORY = 2**31
LONGEST_NAME, MOST_COLUMNS = 60, 200
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SAID_TWICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # for programs of long ago


class Encrypted(Exception):
    pass


def limit_resources(*, seconds: int) -> None:
    with suppress(ImportError, ValueError, OSError):  # not every system has these limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def pdf_pieces(data: bytes, wanted: dict[str, Any]) -> Iterator[str]:
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError

    logging.disable()
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Encrypted
    try:
        if len(reader.pages) > wanted["max_pages"]:
            raise MemoryError
        for page in reader.pages:
            yield page.extract_text() + "\n"
    except FileNotDecryptedError as error:
        raise Encrypted from error


def word_pieces(data: bytes, wanted: dict[str, Any]) -> Iterator[str]:
    yield from _said(_body(data, wanted))


def _body(data: bytes, wanted: dict[str, Any]) -> Any:
    from defusedxml.ElementTree import fromstring

    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("word/document.xml") as stream:
        document = stream.read(wanted["max_unpacked_bytes"] + 1)
    if len(document) > wanted["max_unpacked_bytes"]:
        raise MemoryError
    return fromstring(document)


def word_tables(data: bytes, wanted: dict[str, Any]) -> Iterator[str]:
    """A JSON line for each table: what is said right above it, its rows, and the cells that are merged."""
    for above, table in _tables(_body(data, wanted)):
        rows, merged = _grid(table)
        yield json.dumps({"name": above, "rows": rows, "merged": merged}, ensure_ascii=False) + "\n"


def _tables(document: Any) -> Iterator[tuple[str, Any]]:
    above = ""
    for part in document.iterfind(f"{WORD}body/*"):
        if part.tag == WORD + "tbl":
            yield above, part
            above = ""
        elif part.tag == WORD + "p" and (text := "".join(_said(part)).strip()):
            above = text[:LONGEST_NAME]


def _grid(table: Any) -> tuple[list[list[str]], list[list[int]]]:
    rows: list[list[str]] = []
    merged: list[list[int]] = []
    open_below: dict[int, list[int]] = {}  # column -> the area that may go on in the next row
    for number, row in enumerate(table.findall(WORD + "tr")):
        cells: list[str] = []
        for cell in row.findall(WORD + "tc"):
            width, down = _span(cell)
            place = len(cells)
            if down == "continue" and place in open_below:
                open_below[place][2] = number
                cells += [""] * width
                continue
            area = [number, place, number, place + width - 1]
            open_below[place] = area
            merged.append(area)
            cells += ["".join(_said(cell)).strip(), *[""] * (width - 1)]
        rows.append(cells)
    return rows, [area for area in merged if area[:2] != area[2:]]


def _span(cell: Any) -> tuple[int, str]:
    """How many columns a cell covers, and whether it begins or continues a cell over several rows."""
    wide, down = cell.find(f"{WORD}tcPr/{WORD}gridSpan"), cell.find(f"{WORD}tcPr/{WORD}vMerge")
    width = int(wide.get(WORD + "val", "1")) if wide is not None else 1
    return min(max(width, 1), MOST_COLUMNS), "" if down is None else down.get(WORD + "val", "continue")


def _said(element: Any) -> Iterator[str]:
    waiting = [iter([element])]
    while waiting:
        one = next(waiting[-1], None)
        if one is None:
            waiting.pop()
            continue
        if isinstance(one, str):
            yield one
        elif one.tag == WORD + "t":
            yield one.text or ""
        elif one.tag in (WORD + "tab", WORD + "br", WORD + "cr"):
            yield "\t" if one.tag == WORD + "tab" else "\n"
        elif one.tag != SAID_TWICE:
            waiting.append(iter([*one, "\n"]) if one.tag == WORD + "p" else iter(one))


READERS: dict[str, Callable[[bytes, dict[str, Any]], Iterator[str]]] = {
    "pdf": pdf_pieces,
    "word": word_pieces,
    "tables": word_tables,
}


def main(kind: str, wanted: dict[str, Any]) -> int:
    data = sys.stdin.buffer.read()
    limit_resources(seconds=wanted["max_seconds"])
    left = wanted["max_letters"]
    try:
        for piece in READERS[kind](data, wanted):
            left -= len(piece)
            if left < 0:
                return TOO_LARGE
            sys.stdout.buffer.write(piece.encode("utf-8", "ignore"))
    except Encrypted:
        return ENCRYPTED
    except (MemoryError, RecursionError):
        return TOO_LARGE
    except Exception:  # whatever a damaged file makes the readers raise
        return BROKEN
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], json.loads(sys.argv[2])))
