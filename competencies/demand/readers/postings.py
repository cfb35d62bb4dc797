"""From a file of job postings to checked rows, without the personal data and with its duplicates named."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache, partial
from hashlib import blake2b
from typing import NamedTuple, TypeVar

from competencies.personal_data import mask_personal_data
from competencies.tabular.choices import NO_CHOICES, Choices
from competencies.tabular.first_rows import FirstRows
from competencies.tabular.plain_text import SAYS_NOTHING, language_of, plain_line, plain_text
from competencies.tabular.problems import Problems
from competencies.tabular.recognised import RecognisedFile
from competencies.tabular.records import Cells, Look, NoHeader, Record, Source, read_records

from .near_duplicates import Advertisement, sketches_of
from .parsed import Parsed, missing_columns, no_rows
from .posting_columns import ALIASES, PostingColumns, is_header_again, posting_columns, recognised_columns
from .posting_demands import Years, education, experience
from .posting_problems import ORDERS, no_columns, posting_problems, warn_of_columns
from .posting_values import Salary, UnreadableCell, day, day_in_order, labels, order_of, place_of_work, salary

LONGEST_TEXT = 131_072  # characters; as long as a cell of a text table may be
_WARNINGS_OF_A_KIND = 100
_SKETCHED_AT_ONCE = 128  # rows, so that all their windows stay in the processor's cache
_NO_SALARY = Salary()
Value = TypeVar("Value")
_LONGEST_NOTHING = 40  # characters, blanks around the word included; longer cells are not looked at


class PostingRow(NamedTuple):
    row: int
    title: str
    text: str  # all text columns, one below the other
    employer: str
    region: str
    published: datetime.date | None
    salary_low: float | None  # a month, where the file names a period; else as the file has it
    salary_high: float | None
    salary: str  # as the file has it
    pays_a_month: bool  # the period is known, so that salary_low and salary_high are a month's
    education: str  # a key of posting_demands.EDUCATION, "" unknown
    years: Years
    skills: tuple[str, ...]  # labels that the source itself gives
    language: str  # "zh" or "en"
    fingerprint: str  # of the whole row as the file has it; the same for an exact duplicate
    sketch: bytes = b""  # by which near duplicates are found


@dataclass
class ReadingNotes:
    """What there is to tell about a file beside its rows; filled while `iter_postings` runs."""

    rows_read: int = 0  # duplicates and refused ones too
    problems: Problems = field(default_factory=posting_problems)
    recognised: RecognisedFile = field(default_factory=RecognisedFile)
    duplicates: list[tuple[int, int]] = field(default_factory=list)  # (row, first row that is the same)


@dataclass(frozen=True)
class ParsedPostings(Parsed):
    """Exact duplicates are not among the rows; near ones are."""

    rows: tuple[PostingRow, ...] = ()
    duplicates: tuple[tuple[int, int], ...] = ()  # (row, first row that is the same)


def read_postings(
    source: Source,
    *,
    name: str,
    today: datetime.date | None = None,
    max_bytes: int | None = None,
    choices: Choices = NO_CHOICES,
) -> ParsedPostings:
    """All postings of a file; `today` is the day of collection, from which "3 days ago" counts."""
    notes = ReadingNotes()
    rows = tuple(iter_postings(source, name=name, today=today, notes=notes, max_bytes=max_bytes, choices=choices))
    return ParsedPostings(
        rows=rows,
        rows_read=notes.rows_read,
        warnings=tuple(notes.problems.warnings),
        refusals=tuple(notes.problems.refusals),
        duplicates=tuple(notes.duplicates),
        doubts=tuple(notes.problems.doubts),
        recognised=notes.recognised,
    )


def iter_postings(
    source: Source,
    *,
    name: str,
    today: datetime.date | None = None,
    notes: ReadingNotes | None = None,
    max_bytes: int | None = None,
    choices: Choices = NO_CHOICES,
) -> Iterator[PostingRow]:
    """The same rows one at a time, for files of any length; which of them are near duplicates, their sketches tell."""
    choices.expect_meanings(ALIASES)
    look = Look(choices, mask=mask_personal_data)
    reader = _Reader(today=today or datetime.date.today(), notes=notes or ReadingNotes(), look=look)
    reader.notes.problems.answers = choices.answers
    records = read_records(source, name=name, recognise=recognised_columns, max_bytes=max_bytes, look=look)
    waiting: list[PostingRow] = []
    try:
        for record in records:
            row = reader.posting(record)
            if row:
                waiting.append(row)
            if len(waiting) == _SKETCHED_AT_ONCE:
                yield from _sketched(waiting)
                waiting.clear()
    except NoHeader as error:
        raise missing_columns(no_columns(), error.found, error.recognised) from error
    yield from _sketched(waiting)
    if not reader.notes.rows_read:
        raise no_rows()
    reader.finish()


def _sketched(rows: list[PostingRow]) -> Iterator[PostingRow]:
    sketches = sketches_of([advertisement_of(row) for row in rows])
    return (PostingRow(*row[:-1], sketch) for row, sketch in zip(rows, sketches, strict=True))


class _Reader:
    """Turns records into postings and keeps what has to be known from one row to the next."""

    def __init__(self, *, today: datetime.date, notes: ReadingNotes, look: Look) -> None:
        self.notes = notes
        self._look = look
        self._ambiguous = ""  # the first day that may be a month
        self._today = today
        self._columns: dict[tuple[str, ...], PostingColumns] = {}
        self._first_rows = FirstRows()

    def posting(self, record: Record) -> PostingRow | None:
        if not record.problem and not any(map(str.strip, record.cells)):
            return None
        if is_header_again(record.cells, record.header):
            self._warn("header_again", record=record, place=0, value=record.cells[0])
            return None
        self.notes.rows_read += 1
        digest = blake2b("\x1f".join(record.cells).encode("utf-8", "replace"), digest_size=16).digest()
        first_row = self._first_rows.first(digest)
        if first_row and not record.problem:
            self.notes.duplicates.append((record.row, first_row))
            return None
        row = self._row(record, fingerprint=digest.hex())
        if row:
            self._first_rows.add(digest, record.row)
        return row

    def finish(self) -> None:
        """What can be told only when the last row has passed."""
        look = self._look
        fields = {name for columns in self._columns.values() for name in columns.places}
        if not {"title", "text"} & fields:
            raise missing_columns(no_columns(), look.header, look.recognised({}))
        columns = posting_columns(look.names(look.header))
        taken = {place: name for name, places in columns.places.items() for place in places}
        self.notes.recognised = look.recognised(taken)
        if self._ambiguous:
            self.notes.problems.ask("order_of_dates", ORDERS, value=self._ambiguous)
        self.notes.problems.warnings += look.failed
        warn_of_columns(self.notes.problems, fields)
        self.notes.problems.tell_unlisted(most=_WARNINGS_OF_A_KIND)

    def _row(self, record: Record, *, fingerprint: str) -> PostingRow | None:
        columns = self._columns_of(record)
        title = _masked(_line(record.cells, columns.of("title")))
        text = mask_personal_data(_text(record.cells, columns.of("text")))
        problem = _problem(record, title=title, text=text)
        if problem:
            self.notes.problems.refuse(problem, row=record.row)
            return None
        pay = self._salary(record, columns) if columns.pay else _NO_SALARY
        of_pay = [_line(record.cells, (place,)) for place in columns.pay + columns.of("pay_period")]
        return PostingRow(
            row=record.row,
            title=title,
            text=text,
            employer=_masked(_line(record.cells, columns.of("employer"))),
            region=place_of_work(_masked(_line(record.cells, columns.of("region")))),
            published=self._read(partial(self._day, columns=columns), "published", record, columns),
            salary_low=pay.low,
            salary_high=pay.high,
            salary=_masked(" – ".join(filter(None, of_pay))),
            pays_a_month=pay.a_month,
            education=self._read(education, "education", record, columns) or "",
            years=self._read(experience, "experience", record, columns) or Years(),
            skills=_skills(record.cells, columns.of("skills")),
            language=_language(title, text),
            fingerprint=fingerprint,
        )

    def _columns_of(self, record: Record) -> PostingColumns:
        columns = self._columns.get(record.header)
        if columns is None:
            columns = self._columns[record.header] = posting_columns(record.names or record.header)
        return columns

    def _read(
        self, reader: Callable[[str], Value | None], name: str, record: Record, columns: PostingColumns
    ) -> Value | None:
        """What a cell says; None where it is empty, or cannot be read, which is told."""
        cell = _line(record.cells, columns.of(name)) if columns.of(name) else ""
        try:
            return reader(cell) if cell else None
        except UnreadableCell as error:
            self._warn(str(error), record=record, place=columns.of(name)[0], value=cell)
            return None

    def _day(self, cell: str, *, columns: PostingColumns) -> datetime.date | None:
        try:
            return day(cell, today=self._today)
        except UnreadableCell as error:
            if str(error) != "ambiguous_date":
                raise
        place = columns.of("published")[0]
        told = order_of(row[place] for row in self._look.below if place < len(row))
        if not told:
            self._ambiguous = self._ambiguous or cell
        answer = self.notes.problems.answers.get("order_of_dates", "")
        return day_in_order(cell, order=told or answer, today=self._today)

    def _salary(self, record: Record, columns: PostingColumns) -> Salary:
        cells = [_line(record.cells, columns.of(name)) for name in ("salary", "salary_low", "salary_high")]
        period = _line(record.cells, columns.of("pay_period")) or record.header[columns.pay[0]].replace("_", " ")
        try:
            if cells[1] or cells[2]:
                low, high = salary(cells[1], period), salary(cells[2], period)
                return Salary(low.low, high.high, low.a_month or high.a_month)
            return salary(cells[0], period) if cells[0] else _NO_SALARY
        except UnreadableCell as error:
            self._warn(str(error), record=record, place=columns.pay[0], value=" ".join(filter(None, cells)))
            return _NO_SALARY

    def _warn(self, code: str, *, record: Record, place: int, value: str) -> None:
        column = record.header[place]
        self.notes.problems.warn_some(code, most=_WARNINGS_OF_A_KIND, row=record.row, column=column, value=value)


def _problem(record: Record, *, title: str, text: str) -> str:
    if record.problem:
        return record.problem
    if len(record.cells) > len(record.header) and any(map(str.strip, record.cells[len(record.header) :])):
        return "too_many_cells"
    if len(text) > LONGEST_TEXT:
        return "text_too_long"
    return "" if title or text else "no_title_or_text"


def _line(cells: Cells, places: tuple[int, ...]) -> str:
    for place in places:
        if place < len(cells) and (line := plain_line(cells[place])):
            return line
    return ""


def _language(title: str, text: str) -> str:
    return "en" if text.isascii() and title.isascii() else language_of(f"{title}\n{text}")


@lru_cache(maxsize=16_384)
def _masked(line: str) -> str:
    return mask_personal_data(line)


def _text(cells: Cells, places: tuple[int, ...]) -> str:
    parts = [cells[place] for place in places if place < len(cells) and not _says_nothing(cells[place])]
    return plain_text(parts[0] if len(parts) == 1 else "\n".join(parts))


def _says_nothing(cell: str) -> bool:
    return len(cell) < _LONGEST_NOTHING and cell.strip().lower() in SAYS_NOTHING


def _skills(cells: Cells, places: tuple[int, ...]) -> tuple[str, ...]:
    if not places:
        return ()
    found = (label for place in places if place < len(cells) for label in labels(cells[place]))
    return tuple(dict.fromkeys(map(mask_personal_data, found)))


def advertisement_of(row: PostingRow) -> Advertisement:
    """A row as near-duplicates are compared."""
    return Advertisement.of(row, details=f"{row.skills}{row.salary_low}{row.salary_high}")
