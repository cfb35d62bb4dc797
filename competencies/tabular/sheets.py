"""From the bytes of a workbook or a text table to sheets of cells: the one way, whatever reads them then."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import IO, NamedTuple

from .decoding import open_text
from .delimited import DELIMITERS, Score, delimited_rows, evenness
from .documents import is_word, word_sheets
from .file_problems import unreadable
from .limits import Limits, within
from .objects import records_in, rows_of
from .opening import Source, check_kind, check_size, open_file, size_of
from .safe_cells import plain_cell
from .web_tables import is_web_page, web_sheets
from .workbooks import RawSheet, is_workbook, workbook_sheets


class TextTable(NamedTuple):
    """How the cells of a text are told apart, where it says so less clearly than a workbook."""

    score: Score = evenness
    delimiters: str = DELIMITERS
    guess: bool = False  # the letters, where they are neither Unicode nor GB18030
    encoding: str = ""  # that somebody chose


PLAIN = TextTable()
_OBJECTS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*\"")


def checked_start(file: IO[bytes], *, most: int) -> bytes:
    """The first bytes of a file that may hold a table; it is left behind them."""
    check_size(size_of(file), most=most)
    start = file.read(512)
    check_kind(start)
    return start


def raw_sheets(
    source: Source, *, limits: Limits, text: TextTable = PLAIN, read_hidden: Collection[str] = ()
) -> Iterator[RawSheet]:
    """The sheets of a file, one after another; a text table is one without a name. Raises UnreadableFile.

    Of a hidden sheet there is nothing but its name, unless `read_hidden` holds it.
    """
    with open_file(source) as file:
        start = checked_start(file, most=limits.max_bytes)
        for sheet in sheets_in(file, start=start, limits=limits, text=text, read_hidden=read_hidden):
            yield sheet._replace(rows=within(_unguarded(sheet.rows), limits)) if sheet.plain_text else sheet


def _unguarded(rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    return ([plain_cell(cell) for cell in row] for row in rows)


def sheets_in(
    file: IO[bytes], *, start: bytes, limits: Limits, text: TextTable, read_hidden: Collection[str] = ()
) -> Iterator[RawSheet]:
    """The same of an open file, cells as they stand; the rows of a text pass by, however many they are."""
    if is_workbook(start):
        word = start.startswith(b"PK") and is_word(file)
        yield from (
            word_sheets(file, limits=limits) if word else workbook_sheets(file, limits=limits, read_hidden=read_hidden)
        )
        return
    with open_text(file, guess=text.guess, encoding=text.encoding) as lines:
        if is_web_page(start):
            for sheet in web_sheets(lines.read(), encoding=lines.encoding):
                yield sheet._replace(rows=within(sheet.rows, limits))
            return
        if _OBJECTS.match(start):
            yield RawSheet("", False, (), within(_rows_of_objects(lines.read()), limits), encoding=lines.encoding)
            return
        rows = delimited_rows(lines, score=text.score, delimiters=text.delimiters)
        yield RawSheet("", False, (), rows, plain_text=True, encoding=lines.encoding)


def _rows_of_objects(text: str) -> list[list[str]]:
    try:
        return rows_of(records_in(json.loads(text)))
    except (ValueError, RecursionError) as error:
        raise unreadable("not_json") from error
