"""From the bytes of a spreadsheet, a text table or JSON lines to rows of text, one at a time."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import chain, islice
from typing import Any, NamedTuple

from .decoding import open_text
from .delimited import DELIMITERS
from .file_problems import unreadable
from .limits import Limits
from .opening import Source, check_size, open_file, size_of
from .sheets import TextTable, checked_start, sheets_in
from .workbooks import WORKBOOK_NAMES, RawSheet, is_workbook

LIMITS = Limits()  # of what is held in memory: a workbook, an upload, a JSON array
MAX_STREAMED_BYTES = 2 * 2**30  # of a text file on disk, which is read line by line
_HEADER_WITHIN = 30  # rows; titles stand above a header, but not that many
_JSON_NAMES = (".json", ".jsonl", ".ndjson")

Cells = Sequence[str]
Recognise = Callable[[Cells], int]  # how many columns a row names; 0 where it can be no header


class Record(NamedTuple):
    row: int  # from 1, as a spreadsheet counts
    header: tuple[str, ...]
    cells: Cells
    problem: str = ""  # a code, where the row could not be read


class NoHeader(ValueError):
    """No row names what is looked for; `found` is what stands in the first row that holds anything."""

    def __init__(self, found: Iterable[str]) -> None:
        super().__init__("no header")
        self.found = tuple(cell for cell in found if cell.strip())


def read_records(source: Source, *, name: str, recognise: Recognise, max_bytes: int | None = None) -> Iterator[Record]:
    """The rows below the first header that `recognise` knows, whatever kind of file they stand in."""
    with closing(open_file(source)) as file:
        start, size = checked_start(file, most=max_bytes or MAX_STREAMED_BYTES), size_of(file)
        if isinstance(source, bytes) or is_workbook(start):
            check_size(size, most=max_bytes or LIMITS.max_bytes)
        if name.lower().endswith(WORKBOOK_NAMES) and not is_workbook(start):
            raise unreadable("not_a_workbook")
        if name.lower().endswith(_JSON_NAMES) or start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            with open_text(file) as text:
                yield from _from_json(text, size=size)
            return
        delimiters = "\t,;|" if name.lower().endswith((".tsv", ".tab")) else DELIMITERS
        table = TextTable(score=partial(_names, recognise=recognise), delimiters=delimiters)
        yield from _from_sheets(sheets_in(file, start=start, limits=LIMITS, text=table), recognise=recognise)


def _names(rows: Iterable[Cells], *, recognise: Recognise) -> int:
    return max(map(recognise, islice(rows, _HEADER_WITHIN)), default=0)


def _from_sheets(sheets: Iterable[RawSheet], *, recognise: Recognise) -> Iterator[Record]:
    """The first sheet that has a header."""
    missing = NoHeader(())
    for sheet in sheets:
        try:
            yield from _below_header(enumerate(sheet.rows, start=1), recognise=recognise)
        except NoHeader as error:
            missing = missing if missing.found else error
        else:
            return
    raise missing


def _below_header(rows: Iterable[tuple[int, Cells]], *, recognise: Recognise) -> Iterator[Record]:
    remaining = iter(rows)
    top = list(islice(remaining, _HEADER_WITHIN))
    scores = [recognise(cells) for _number, cells in top]
    if not any(scores):
        raise NoHeader(next((cells for _number, cells in top if any(map(str.strip, cells))), ()))
    place = scores.index(max(scores))
    header = tuple(map(str.strip, top[place][1]))
    for number, cells in chain(top[place + 1 :], remaining):
        yield Record(number, header, cells)


def _from_json(text: io.TextIOWrapper, *, size: int) -> Iterator[Record]:
    """One object a line; a file that is one array of objects is taken too."""
    lines = enumerate(text, start=1)
    first = next(((number, line) for number, line in lines if line.strip()), None)
    if first is None:
        raise unreadable("empty_file")
    if first[1].lstrip().startswith("["):
        yield from _from_json_array(text, size=size)
        return
    headers: dict[tuple[str, ...], tuple[str, ...]] = {}
    for number, line in chain([first], lines):
        if line.strip():
            record = _json_record(number, line, headers=headers)
            if record.problem and number == first[0]:
                raise unreadable("not_json")
            yield record


def _from_json_array(text: io.TextIOWrapper, *, size: int) -> Iterator[Record]:
    check_size(size, most=LIMITS.max_bytes)
    text.seek(0)
    try:
        objects = json.load(text)
    except (ValueError, RecursionError) as error:
        raise unreadable("not_json") from error
    for number, content in enumerate(objects, start=1):
        if isinstance(content, dict):
            yield Record(number, *_flat(content))
        else:
            yield Record(number, (), (), "not_an_object")


def _json_record(number: int, line: str, *, headers: dict[tuple[str, ...], tuple[str, ...]]) -> Record:
    try:
        content = json.loads(line)
    except (ValueError, RecursionError):
        return Record(number, (), (), "bad_json")
    if not isinstance(content, dict):
        return Record(number, (), (), "not_an_object")
    header, cells = _flat(content)
    return Record(number, headers.setdefault(header, header), cells)


def _flat(content: dict[str, Any]) -> tuple[tuple[str, ...], list[str]]:
    """Keys and their texts; {"company": {"name": …}} becomes "company.name"."""
    flat: dict[str, str] = {}
    for key, value in content.items():
        if isinstance(value, dict):
            flat |= {f"{key}.{inner}": _text(part) for inner, part in value.items()}
        else:
            flat[key] = _text(value)
    return tuple(map(_whole, flat)), list(map(_whole, flat.values()))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(map(_text, value))
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _whole(text: str) -> str:
    r"""JSON may write half of a pair, "\ud800", which is no character and which no database takes."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
