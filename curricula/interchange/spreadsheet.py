"""Bytes → sheets of plain text cells as a person sees them, whatever the file was called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from typing import IO, Any

from competencies.tabular.decoding import GUESSED, open_text
from competencies.tabular.delimited import delimited_rows
from competencies.tabular.limits import Limits, within
from competencies.tabular.opening import Source, check_kind, check_size, open_file, size_of
from competencies.tabular.safe_cells import plain_cell
from competencies.tabular.workbooks import Area, is_workbook, workbook_sheets

from .parsed import ReadSettings
from .problems import Problems, in_our_words, unreadable

MAX_TEXT = 20_000
MAX_KEPT = 200  # of each text of a sheet that is refused anyway
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


@dataclass(frozen=True)
class Sheet:
    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Area, ...] = ()
    plain_text: bool = False  # came from text, not from a workbook


def clean(text: str) -> str:
    """One cell as a person sees it: no control or direction marks, no space around it."""
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.replace("\xa0", " ").replace("\u3000", " ").strip()


def column_letter(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _sheet(name: str, rows: Iterable[Iterable[str]], merged: tuple[Area, ...] = ()) -> Sheet:
    cells = tuple(tuple(map(clean, row)) for row in rows)
    return Sheet(name=unicodedata.normalize("NFC", clean(name)), rows=cells, merged=merged)


def _text_sheet(file: IO[bytes], limits: Limits, problems: Problems) -> Sheet:
    with open_text(file, guess=True) as text:
        if text.encoding in GUESSED:
            problems.warn("guessed_encoding", value=text.encoding)
        rows = within(delimited_rows(text), limits)
        return replace(_sheet("", (map(plain_cell, row) for row in rows)), plain_text=True)


def _workbook_sheets(file: IO[bytes], limits: Limits, problems: Problems) -> Iterator[Sheet]:
    hidden = []
    for sheet in workbook_sheets(file, limits=limits, with_hidden=False):
        if sheet.hidden:
            hidden.append(sheet.name)
        else:
            yield _sheet(sheet.name, sheet.rows, sheet.merged)
    problems.warn_about("hidden_sheets", hidden)


def _sheets(source: Source, limits: Limits, problems: Problems) -> list[Sheet]:
    with in_our_words(), closing(open_file(source)) as file:
        check_size(size_of(file), most=limits.max_bytes)
        start = file.read(8)
        check_kind(start)
        if is_workbook(start):
            return list(_workbook_sheets(file, limits, problems))
        return [_text_sheet(file, limits, problems)]


def _without_long_texts(sheet: Sheet, problems: Problems) -> Sheet:
    """Refused, and cut, so that no pattern meets a text of any length."""
    if all(len(text) <= MAX_TEXT for row in sheet.rows for text in row):
        return sheet
    for number, row in enumerate(sheet.rows, start=1):
        for index, text in enumerate(row):
            if len(text) > MAX_TEXT:
                place: dict[str, Any] = {"row": number, "column": column_letter(index), "value": text}
                problems.refuse("text_too_long", **place, length=len(text), limit=MAX_TEXT)
    return replace(sheet, rows=tuple(tuple(text[:MAX_KEPT] for text in row) for row in sheet.rows))


def read_sheets(source: Source, *, settings: ReadSettings, problems: Problems) -> list[Sheet]:
    sheets = [_without_long_texts(sheet, problems) for sheet in _sheets(source, settings.limits, problems)]
    if not any(any(row) for sheet in sheets for row in sheet.rows):
        raise unreadable("empty_file")
    return sheets
