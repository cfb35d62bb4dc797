"""A school's sheet of one kind of record, as the school has it → what each row states, refusals by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.tabular.choices import NO_CHOICES, Choices
from competencies.tabular.column_names import column_key
from competencies.tabular.problems import Doubt, Problem, Problems, UnreadableFile, some
from competencies.tabular.recognised import RecognisedFile
from competencies.tabular.records import Look, NoHeader, Record, read_records
from curricula.fields.declaration import Field, Place, RecordKind
from curricula.fields.texts import BadValue, is_blank
from curricula.fields.values import PROBLEMS, Choice, Money
from curricula.interchange.headers import is_subtotal
from curricula.interchange.spreadsheet import MAX_TEXT, clean

MESSAGES = PROBLEMS | {
    "missing_value": gettext_lazy("The row does not say “%(field)s”; add it, or delete the row."),
    "duplicate_record": gettext_lazy(
        "“%(value)s” already stands in row %(first)s with other values; keep one of them."
    ),
    "identical_record": gettext_lazy("“%(value)s” already stands in row %(first)s with the same values; taken once."),
    "text_too_long": gettext_lazy("The text has %(length)s characters, at most %(limit)s are kept; shorten it."),
    "sums_skipped": gettext_lazy("Rows that add up others were not read (%(count)s): %(names)s"),
    "remarks_skipped": gettext_lazy("Rows with a remark only were not read (%(count)s): %(names)s"),
    "names_dropped": gettext_lazy("Columns that name people are not read, and nothing of them is kept: %(names)s"),
    "no_rows": gettext_lazy("The columns were recognised, but nothing stands under them."),
}
_REMARK_STARTS = ("注", "备注", "说明", "填表", "制表", "审核", "note", "remark")


@dataclass(frozen=True)
class RecordRow:
    row: int
    stated: dict[str, Any]  # attribute → value, blanks left out


@dataclass(frozen=True)
class ParsedRecords:
    """One sheet, read whole. Nothing may be saved while there are refusals."""

    kind: RecordKind
    columns: Mapping[str, str]  # the file's header → what it was taken for
    ignored_columns: tuple[str, ...]
    rows: tuple[RecordRow, ...]
    warnings: tuple[Problem, ...] = ()
    refusals: tuple[Problem, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    recognised: RecognisedFile = RecognisedFile()  # noqa: RUF009 - frozen


def read_sheet(
    kind: RecordKind, content: bytes, *, name: str, max_bytes: int | None = None, choices: Choices = NO_CHOICES
) -> ParsedRecords:
    """Raises UnreadableFile."""
    words = _words(kind)
    choices.expect_meanings(set(words.values()))
    look = Look(choices, words={field.name: field.header or field.name for field in kind.fields})
    names = kind.first_required

    def recognise(cells: Sequence[str]) -> int:
        found = {words[key] for cell in cells if (key := column_key(cell)) in words}
        return len(found) if names.name in found else 0

    try:
        records = list(read_records(content, name=name, recognise=recognise, max_bytes=max_bytes, look=look))
    except NoHeader as error:
        message = _("No table of this kind was found. Looked for a column “%(wanted)s”; found: %(found)s.")
        facts = {"wanted": names.file_header, "found": some(error.found)}
        raise UnreadableFile("missing_columns", message % facts).with_columns(error.recognised) from error
    return _Sheet(kind, words, records, look).parsed()


def _words(kind: RecordKind) -> dict[str, str]:
    fields = kind.at(Place.IMPORT)
    return {
        column_key(word): f.name
        for f in fields
        for word in (f.header, f.name, *f.words.split(), f.bilingual_header)
        if column_key(word)
    }


class _Sheet:
    def __init__(self, kind: RecordKind, words: Mapping[str, str], records: Sequence[Record], look: Look) -> None:
        self.kind, self.records, self.look = kind, records, look
        self.problems = Problems(MESSAGES)
        self.header = records[0].header if records else ()
        self.columns: dict[int, Field] = {}
        for place, header in enumerate(records[0].names if records else ()):
            name = words.get(column_key(header))
            if name and kind[name] not in self.columns.values():
                self.columns[place] = kind[name]

    def parsed(self) -> ParsedRecords:
        rows = tuple(self._without_repeats(self._rows()))
        self._tell_dropped()
        self.problems.tell_gathered()
        if not rows and not self.problems.refusals:
            self.problems.refuse("no_rows")
        return ParsedRecords(
            kind=self.kind,
            columns={self.header[place]: str(field.label) for place, field in self.columns.items()},
            ignored_columns=tuple(h for place, h in enumerate(self.header) if h and place not in self.columns),
            rows=rows,
            warnings=(*self.problems.warnings, *self.look.failed),
            refusals=tuple(self.problems.refusals),
            recognised=self.look.recognised({place: field.name for place, field in self.columns.items()}),
        )

    def _tell_dropped(self) -> None:
        dropped = {column_key(word) for word in self.kind.dropped.split()}
        for place, header in enumerate(self.header):
            if place not in self.columns and column_key(header) in dropped:
                self.problems.gather("names_dropped", header)

    def _rows(self) -> Iterator[RecordRow]:
        for record in self.records:
            texts = {place: text for place, cell in enumerate(record.cells) if (text := clean(cell))}
            if aside := _set_aside(list(texts.values())):
                self.problems.gather(aside, f"{next(iter(texts.values()))[:40]} ({record.row})")
            elif texts and (row := self._row(record.row, texts)):
                yield row

    def _row(self, number: int, texts: Mapping[int, str]) -> RecordRow | None:
        stated: dict[str, Any] = {}
        for place in self.columns:
            if (text := texts.get(place, "")) and not _is_blank(self.columns[place], text):
                stated = self._read(number, place, text) | stated
        missing = [field for field in self.kind.fields if field.required and field.name not in stated]
        for field in missing:
            self.problems.refuse("missing_value", row=number, column=self._header(field), field=field.label)
        if early := self.kind.ends_early(stated):
            self.problems.refuse(
                "period_ends_early", row=number, column=self._header(early), value=str(stated[early.name])
            )
        return None if missing else RecordRow(number, stated)

    def _read(self, number: int, place: int, text: str) -> dict[str, Any]:
        field, header = self.columns[place], self.header[place]
        words: dict[str, Any] = {"row": number, "column": header, "value": text, "example": 48}
        try:
            if len(text) > MAX_TEXT:
                raise BadValue("text_too_long")
            if isinstance(field.value, Choice):
                text = self.look.word(field.name, text, read=partial(_code_of, field.value))
            return field.stated(field.value.read(_with_unit(field, header, text)))
        except BadValue as problem:
            self.problems.refuse(problem.code, **words, length=len(text), limit=MAX_TEXT)
            return {}

    def _header(self, field: Field) -> str:
        return next((self.header[place] for place, other in self.columns.items() if other == field), str(field.label))

    def _without_repeats(self, rows: Iterator[RecordRow]) -> Iterator[RecordRow]:
        """Told apart by their key, or counted where the kind says that a file does not tell all of them apart."""
        held: defaultdict[tuple[str, ...], dict[str, RecordRow]] = defaultdict(dict)
        for row in rows:
            alike, said = held[record_key(self.kind, row.stated)], repr(row.stated)
            if said in alike:
                self._tell_repeat("identical_record", row, alike[said])
            elif alike and not self.kind.numbered:
                self._tell_repeat("duplicate_record", row, next(iter(alike.values())))
            else:
                alike[said] = row
                yield self._numbered(row, held, len(alike))

    def _tell_repeat(self, code: str, row: RecordRow, first: RecordRow) -> None:
        tell = self.problems.warn if code == "identical_record" else self.problems.refuse
        tell(code, row=row.row, value=str(row.stated[self.kind.key[0]]), first=first.row)

    def _numbered(self, row: RecordRow, held: dict[tuple[str, ...], dict[str, RecordRow]], count: int) -> RecordRow:
        """The second of its kind is entry 2, unless the file has another entry 2."""
        name, entry = self.kind.numbered, str(row.stated.get(self.kind.numbered, ""))
        while count > 1:
            other = replace(row, stated=row.stated | {name: f"{entry} {count}".strip()})
            if not held[record_key(self.kind, other.stated)]:
                held[record_key(self.kind, other.stated)][repr(other.stated)] = other
                return other
            count += 1
        return row


def _is_blank(field: Field, text: str) -> bool:
    return is_blank(text) and not (isinstance(field.value, Choice) and field.value.knows(text))


def _code_of(choice: Choice, word: str) -> str:
    try:
        return choice.read(word)
    except BadValue:
        return ""


def record_key(kind: RecordKind, stated: Mapping[str, Any]) -> tuple[str, ...]:
    """What tells two records of a school apart, however it is written."""
    return tuple(str(stated.get(name) or "").casefold() for name in kind.key)


def _with_unit(field: Field, header: str, text: str) -> str:
    """“金额（万元）” says the unit once for the whole column."""
    in_thousands = isinstance(field.value, Money) and "万" in header and "万" not in text
    return f"{text}万" if in_thousands else text


def _set_aside(texts: Sequence[str]) -> str:
    """Sums and remarks are rows of a sheet, but no records."""
    if any(map(is_subtotal, texts[:2])):
        return "sums_skipped"
    return "remarks_skipped" if len(texts) == 1 and texts[0].casefold().startswith(_REMARK_STARTS) else ""
