"""From the bytes of a spreadsheet, a text table or JSON lines to rows of text, one at a time."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, islice
from typing import NamedTuple

from competencies.apart.progress import count

from .choices import LEFT_OUT, NO_CHOICES, Choices
from .column_names import column_letter, names_to_choose
from .decoding import open_text
from .delimited import DELIMITERS
from .file_problems import unreadable
from .limits import Limits
from .objects import flat, records_in
from .opening import Source, check_size, open_file, size_of
from .problems import Problem
from .recognised import (
    BY_NAME,
    CHOSEN,
    MOST_WORDS,
    RecognisedColumn,
    RecognisedFile,
    RecognisedSheet,
    RecognisedTable,
    samples,
    top_rows,
)
from .safe_cells import ERROR_CELL, FAILED
from .sheets import TextTable, checked_start, sheets_in
from .web_tables import is_web_page
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
    names: tuple[str, ...] = ()  # what each column is read by: its header, or the word for what was chosen


@dataclass
class Look:
    """What `read_records` saw on its way to the rows, and what it was told to see; whoever reads them names it."""

    choices: Choices = NO_CHOICES
    words: Mapping[str, str] = field(default_factory=dict)  # code of a meaning → the header that the reader knows
    mask: Callable[[str], str] = str  # of values that are shown
    hidden: frozenset[str] = frozenset()  # meanings of columns that name people: no value of theirs is shown
    encoding: str = ""
    sheets: list[RecognisedSheet] = field(default_factory=list)
    header: tuple[str, ...] = ()
    header_row: int = 0
    sheet: str = ""
    said: dict[str, dict[str, str]] = field(default_factory=dict)  # meaning with a vocabulary → its words
    below: list[Cells] = field(default_factory=list)  # the first rows
    failed: list[Problem] = field(default_factory=list)  # cells whose formula failed, which are read as blank

    def without_errors(self, row: int, cells: Cells) -> Cells:
        if not any(cell[:1] == "#" and ERROR_CELL.fullmatch(cell) for cell in cells):
            return cells
        for place, cell in enumerate(cells):
            if ERROR_CELL.fullmatch(cell) and len(self.failed) < MOST_WORDS:
                letter = column_letter(place)
                message = str(FAILED) % {"cell": f"{letter}{row}", "value": cell}
                self.failed.append(Problem(row, letter, cell, "error_cell", message))
        return ["" if ERROR_CELL.fullmatch(cell) else cell for cell in cells]

    def word(self, meaning: str, text: str, *, read: Callable[[str], str]) -> str:
        """What was said to stand for a word; it is told on the way, with the code that it is read as."""
        said = self.said.setdefault(meaning, {})
        if len(said) <= MOST_WORDS:
            said[text] = read(text)
        return self.choices.word(meaning, text)

    def names(self, header: Iterable[str]) -> tuple[str, ...]:
        """The header as the reader takes it: chosen columns under words that it knows, others as they are."""
        cells = tuple(header)
        if not self.choices.columns:
            return cells
        chosen = map(self.choices.columns.get, names_to_choose(cells))
        return tuple(self._name(cell, meaning) for cell, meaning in zip(cells, chosen, strict=True))

    def _name(self, cell: str, meaning: str | None) -> str:
        if meaning is None:
            return cell
        return "" if meaning == LEFT_OUT else self.words.get(meaning, meaning)

    def recognised(self, meanings: Mapping[int, str]) -> RecognisedFile:
        """With what the reader took the columns for, by their places."""
        columns = tuple(
            RecognisedColumn(
                name, self._samples(place, meaning := meanings.get(place, "")), meaning, self._why(name, meaning)
            )
            for place, name in enumerate(names_to_choose(self.header))
        )
        table = RecognisedTable(str(self.header_row or ""), columns)
        sheets = (
            replace(sheet, tables=(table,) if sheet.name == self.sheet else (), top=tuple(self._shown(sheet.top)))
            for sheet in self.sheets
        )
        words = {meaning: said for meaning, said in self.said.items() if len(said) <= MOST_WORDS}
        return RecognisedFile(tuple(sheets), self.encoding.removesuffix("-sig"), words)

    def _samples(self, place: int, meaning: str) -> tuple[str, ...]:
        return () if meaning in self.hidden else tuple(map(self.mask, samples(self.below, place)))

    def _shown(self, top: Sequence[tuple[int, Cells]]) -> Iterator[tuple[int, Cells]]:
        """Where people are named, the rows down to the header only."""
        for number, cells in top:
            if not self.hidden or number <= self.header_row:
                yield number, tuple(map(self.mask, cells))

    def _why(self, name: str, meaning: str) -> str:
        if name in self.choices.columns:
            return CHOSEN
        return BY_NAME if meaning else ""


class NoHeader(ValueError):
    """No row names what is looked for; `found` is what stands in the first row that holds anything."""

    def __init__(self, found: Iterable[str], look: Look | None = None) -> None:
        super().__init__("no header")
        self.found = tuple(cell for cell in found if cell.strip())
        self.recognised = (
            look.recognised({}) if look and (look.header or any(sheet.hidden for sheet in look.sheets)) else None
        )


def read_records(
    source: Source, *, name: str, recognise: Recognise, max_bytes: int | None = None, look: Look | None = None
) -> Iterator[Record]:
    """The rows below the first header that `recognise` knows, whatever kind of file they stand in."""
    look = look or Look()
    with closing(open_file(source)) as file:
        start, size = checked_start(file, most=max_bytes or MAX_STREAMED_BYTES), size_of(file)
        if isinstance(source, bytes) or is_workbook(start):
            check_size(size, most=max_bytes or LIMITS.max_bytes)
        if name.lower().endswith(WORKBOOK_NAMES) and not (is_workbook(start) or is_web_page(start)):
            raise unreadable("not_a_workbook")
        if name.lower().endswith(_JSON_NAMES) or start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            with open_text(file, encoding=look.choices.encoding) as text:
                look.encoding = text.encoding
                yield from _from_json(text, size=size, recognise=recognise, look=look)
            return
        delimiters = "\t,;|" if name.lower().endswith((".tsv", ".tab")) else DELIMITERS
        score = partial(_names, recognise=recognise, look=look)
        table = TextTable(score=score, delimiters=delimiters, encoding=look.choices.encoding)
        sheets = sheets_in(file, start=start, limits=LIMITS, text=table, read_hidden=look.choices.sheets)
        yield from _from_sheets(sheets, recognise=recognise, look=look)


def _names(rows: Iterable[Cells], *, recognise: Recognise, look: Look) -> int:
    return max((recognise(look.names(cells)) for cells in islice(rows, _HEADER_WITHIN)), default=0)


def _from_sheets(sheets: Iterable[RawSheet], *, recognise: Recognise, look: Look) -> Iterator[Record]:
    """The first sheet that has a header."""
    missing = NoHeader(())
    remaining = iter(sheets)
    for sheet in remaining:
        look.encoding = sheet.encoding
        if sheet.hidden and sheet.name not in look.choices.sheets:
            look.sheets.append(RecognisedSheet(sheet.name, hidden=True))
            continue
        try:
            yield from _below_header(sheet, recognise=recognise, look=look)
        except NoHeader as error:
            missing = missing if missing.found else error
        else:
            look.sheets += [RecognisedSheet(other.name, hidden=other.hidden) for other in remaining]
            return
    raise missing if missing.found else NoHeader((), look)


def _below_header(sheet: RawSheet, *, recognise: Recognise, look: Look) -> Iterator[Record]:
    chosen = look.choices.header_rows(sheet.name)
    remaining = enumerate(look.choices.rows_of(sheet.name, sheet.rows), start=1)
    top = list(islice(remaining, max(_HEADER_WITHIN, chosen.stop if chosen else 0)))
    look.sheets.append(RecognisedSheet(sheet.name, top=top_rows(cells for _number, cells in top), hidden=sheet.hidden))
    scores = [recognise(look.names(cells)) for _number, cells in top]
    place = chosen.start - 1 if chosen else scores.index(max(scores)) if any(scores) else -1
    if not 0 <= place < len(top) or not scores[place]:
        filled = [at for at, (_number, cells) in enumerate(top) if any(map(str.strip, cells))]
        first = place if place in filled else next(iter(filled), -1)
        if first >= 0 and not look.header:
            _see(look, sheet, top, first)
        raise NoHeader(top[first][1] if first >= 0 else (), look)
    _see(look, sheet, top, place)
    names = look.names(look.header)
    for number, cells in chain(top[place + 1 :], remaining):
        count(1)
        yield Record(number, look.header, look.without_errors(number, cells), names=names)


def _see(look: Look, sheet: RawSheet, top: Sequence[tuple[int, Cells]], place: int) -> None:
    look.sheet, look.header_row = sheet.name, top[place][0]
    look.header = tuple(map(str.strip, top[place][1]))
    look.below = [cells for _number, cells in top[place + 1 :]]


def _from_json(text: io.TextIOWrapper, *, size: int, recognise: Recognise, look: Look) -> Iterator[Record]:
    """One object a line; a file that is one array of objects is taken too."""
    lines = enumerate(text, start=1)
    first = next(((number, line) for number, line in lines if line.strip()), None)
    if first is None:
        raise unreadable("empty_file")
    if first[1].lstrip().startswith("[") or _is_one_object(first[1], recognise):
        yield from _from_json_array(text, size=size, look=look)
        return
    headers: dict[tuple[str, ...], tuple[str, ...]] = {}
    for number, line in chain([first], lines):
        if line.strip():
            record = _json_record(number, line, headers=headers)
            if record.problem and number == first[0]:
                raise unreadable("not_json")
            yield _seen(record, look)


def _is_one_object(first: str, recognise: Recognise) -> bool:
    """{"total": 2, "data": […]}, on one line or on many, and not the first of many objects."""
    record = _json_record(1, first, headers={})
    if record.problem:
        return first.strip() == "{"
    return not recognise(record.header) and bool(records_in(json.loads(first)))


def _seen(record: Record, look: Look) -> Record:
    """Objects have no header row: their keys are the columns, of the first one and of those that follow."""
    if not look.sheets:
        look.sheets = [RecognisedSheet("")]
        look.header = record.header
    look.below += [record.cells] if record.header == look.header and len(look.below) < _HEADER_WITHIN else []
    return record._replace(names=look.names(record.header))


def _from_json_array(text: io.TextIOWrapper, *, size: int, look: Look) -> Iterator[Record]:
    check_size(size, most=LIMITS.max_bytes)
    text.seek(0)
    try:
        objects = records_in(json.load(text))
    except (ValueError, RecursionError) as error:
        raise unreadable("not_json") from error
    if not objects:
        raise unreadable("not_json")
    for number, content in enumerate(objects, start=1):
        if isinstance(content, dict):
            yield _seen(Record(number, *flat(content)), look)
        else:
            yield Record(number, (), (), "not_an_object")


def _json_record(number: int, line: str, *, headers: dict[tuple[str, ...], tuple[str, ...]]) -> Record:
    try:
        content = json.loads(line)
    except (ValueError, RecursionError):
        return Record(number, (), (), "bad_json")
    if not isinstance(content, dict):
        return Record(number, (), (), "not_an_object")
    header, cells = flat(content)
    return Record(number, headers.setdefault(header, header), cells)
