"""Bytes → sheets of plain text cells as a person sees them, whatever the file was called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from competencies.tabular.choices import Choices
from competencies.tabular.column_names import column_letter
from competencies.tabular.decoding import GUESSED, readings
from competencies.tabular.limits import Limits
from competencies.tabular.mojibake import repaired, suspected
from competencies.tabular.opening import Source, open_file
from competencies.tabular.recognised import RecognisedFile, RecognisedSheet, top_rows
from competencies.tabular.safe_cells import ERROR_CELL
from competencies.tabular.sheets import TextTable, raw_sheets
from competencies.tabular.workbooks import Area

from .parsed import ReadSettings
from .problems import Problems, in_our_words, unreadable

LISTS_SHEET = "Lists"  # of our own workbooks: what cells offer, for nobody to see
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
    encoding: str = ""  # of a text
    top: tuple[tuple[int, Sequence[str]], ...] = ()  # its first rows as they are, also where they are not read
    hidden: bool = False  # without rows unless its name was chosen


def clean(text: str) -> str:
    """One cell as a person sees it: no control or direction marks, no space around it."""
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.replace("\xa0", " ").replace("\u3000", " ").strip()


def _sheet(name: str, rows: Iterable[Iterable[str]], merged: tuple[Area, ...] = ()) -> Sheet:
    cells = tuple(tuple(map(clean, row)) for row in rows)
    return Sheet(name=unicodedata.normalize("NFC", clean(name)), rows=cells, merged=merged)


def _sheets(source: Source, limits: Limits, choices: Choices, problems: Problems) -> Iterator[Sheet]:
    hidden = []
    text = TextTable(guess=True, encoding=choices.encoding)
    with in_our_words():
        for sheet in raw_sheets(source, limits=limits, text=text, read_hidden=choices.sheets):
            if sheet.encoding in GUESSED and not choices.encoding:
                _ask_encoding(source, sheet.encoding, problems)
            if sheet.hidden and sheet.name == LISTS_SHEET:
                continue
            if sheet.hidden and sheet.name not in choices.sheets:
                hidden.append(sheet.name)
            read = _sheet(sheet.name, sheet.rows, sheet.merged)
            yield replace(read, plain_text=sheet.plain_text, encoding=sheet.encoding, hidden=sheet.hidden)
    problems.warn_about("hidden_sheets", hidden)


def _ask_encoding(source: Source, guessed: str, problems: Problems) -> None:
    with closing(open_file(source)) as file:
        options = [(encoding, f"{encoding}: {text}") for encoding, text in readings(file)]
    problems.ask("guessed_encoding", options, place=("encoding",), value=guessed)


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


def _without_errors(sheet: Sheet, problems: Problems) -> Sheet:
    """Cells in which a formula failed are blank, and told each, because something stood there."""
    failed = {
        (number, index): text
        for number, row in enumerate(sheet.rows, start=1)
        for index, text in enumerate(row)
        if text.startswith("#") and ERROR_CELL.fullmatch(text)
    }
    if not failed:
        return sheet
    problems.sheet = sheet.name
    for (number, index), text in failed.items():
        letter = column_letter(index)
        problems.warn("error_cell", row=number, column=letter, value=text, cell=f"{letter}{number}")
    problems.sheet = ""
    rows = enumerate(sheet.rows, start=1)
    cells = (["" if (number, index) in failed else text for index, text in enumerate(row)] for number, row in rows)
    return replace(sheet, rows=tuple(map(tuple, cells)))


def _legible(sheets: list[Sheet], problems: Problems) -> list[Sheet]:
    """With letters that another program confused before brought back, where that is wished."""
    example, curable = suspected(cell for sheet in sheets for row in sheet.rows for cell in row)
    if not example:
        return sheets
    cure = [("repair", _("read “%(text)s”") % {"text": repaired(example)})] if curable else []
    answer = problems.ask("mojibake", [*cure, ("keep", _("take them as they stand"))], value=example)
    if answer != "repair":
        return sheets
    return [replace(s, rows=tuple(tuple(map(repaired, row)) for row in s.rows)) for s in sheets]


def _only_hidden(sheets: Iterable[Sheet]) -> RecognisedFile | None:
    hidden = tuple(RecognisedSheet(sheet.name, hidden=True) for sheet in sheets if sheet.hidden)
    return RecognisedFile(hidden) if hidden else None


def read_sheets(source: Source, *, settings: ReadSettings, problems: Problems) -> list[Sheet]:
    choices = settings.choices
    raw = (_without_long_texts(sheet, problems) for sheet in _sheets(source, settings.limits, choices, problems))
    sheets = [_without_errors(sheet, problems) for sheet in raw]
    if not any(any(row) for sheet in sheets for row in sheet.rows):
        raise unreadable("empty_file").with_columns(_only_hidden(sheets))
    sheets = _legible(sheets, problems)
    return [replace(s, rows=tuple(map(tuple, choices.rows_of(s.name, s.rows))), top=top_rows(s.rows)) for s in sheets]
