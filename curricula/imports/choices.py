"""“This column means…”: what a file was taken for, as a page offers it to be corrected, and what was chosen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.tabular.choices import LEFT_OUT, Choices
from competencies.tabular.decoding import CHOOSABLE
from competencies.tabular.problems import Doubt
from competencies.tabular.recognised import (
    BY_NAME,
    BY_VALUES,
    CHOSEN,
    RecognisedColumn,
    RecognisedFile,
    RecognisedSheet,
)

MOST_COLUMNS: Final = 120  # that can be chosen on a page
Option = tuple[str, Any]  # code, and what it says
_WHY: Final = {
    BY_NAME: gettext_lazy("by its name"),
    BY_VALUES: gettext_lazy("by its values"),
    CHOSEN: gettext_lazy("chosen"),
}
_MAPPINGS: Final = ("header", "skip", "columns", "answers")


def entry(*place: str) -> str:
    """The name of a field of the form: where its value stands among the choices."""
    return json.dumps(place, ensure_ascii=False)


def choices_of(sent: QueryDict) -> Choices:
    """What the form says; what it leaves open is left to be found."""
    found: dict[str, Any] = {name: {} for name in (*_MAPPINGS, "values")}
    for name in sent:
        place, value = _place(name), sent.get(name, "").strip()
        if not value or not place:
            continue
        if len(place) == 2 and place[0] in _MAPPINGS:
            found[place[0]][place[1]] = value
        elif len(place) == 3 and place[0] == "values":
            found["values"].setdefault(place[1], {})[place[2]] = value
    sheets, all_sheets = sent.getlist(entry("sheets")), sent.getlist("all_sheets")
    part = () if sorted(sheets) == sorted(all_sheets) else sheets
    said = (each for each in sent.getlist(entry("encoding")) if each in CHOOSABLE)  # by the question, or in the list
    return Choices(encoding=next(said, ""), sheets=tuple(part), **found)


def _place(name: str) -> tuple[str, ...]:
    try:
        place = json.loads(name)
    except (ValueError, RecursionError):
        return ()
    if not isinstance(place, list) or any("\0" in str(part) for part in place):  # which no database takes
        return ()
    return tuple(map(str, place))


@dataclass(frozen=True)
class Question:
    """A doubt with the name of its field."""

    doubt: Doubt

    @property
    def entry(self) -> str:
        return entry(*self.doubt.place)


@dataclass(frozen=True)
class ColumnLine:
    entry: str
    name: str
    samples: Sequence[str]
    chosen: str
    found: str  # what it was taken for, in words
    why: str
    asked: bool  # in a question of its own


@dataclass(frozen=True)
class WordLine:
    entry: str
    word: str
    chosen: str
    found: str


@dataclass(frozen=True)
class SheetPart:
    """A sheet of the file with its tables; `letters` head the first rows that are shown of it."""

    sheet: RecognisedSheet
    read: bool
    header: str  # as chosen
    found_header: str
    skip: str
    columns: Sequence[ColumnLine]
    unlisted: int

    @property
    def header_entry(self) -> str:
        return entry("header", self.sheet.name)

    @property
    def skip_entry(self) -> str:
        return entry("skip", self.sheet.name)


@dataclass(frozen=True)
class ColumnChoices:
    """What the page asks of a file that was read with `choices`; `meanings` and `vocabularies` are its kind's."""

    recognised: RecognisedFile
    choices: Choices
    last_time: Choices
    meanings: Sequence[Option]
    vocabularies: Mapping[str, Sequence[Option]]
    doubts: Sequence[Doubt]

    @property
    def sheets_entry(self) -> str:
        return entry("sheets")

    @property
    def encoding_entry(self) -> str:
        return entry("encoding")

    @property
    def encodings(self) -> Sequence[str]:
        return CHOOSABLE if self.recognised.encoding else ()

    @property
    def options(self) -> Sequence[Option]:
        return (*self.meanings, (LEFT_OUT, _("leave out")))

    def open_questions(self) -> list[Question]:
        return [Question(doubt) for doubt in self._asked_once() if doubt.is_open]

    def answered(self) -> list[Question]:
        return [Question(doubt) for doubt in self._asked_once() if not doubt.is_open]

    def _asked_once(self) -> Iterable[Doubt]:
        """Several tables may ask the same of columns of one name."""
        return {doubt.place: doubt for doubt in self.doubts}.values()

    def sheets(self) -> Iterator[SheetPart]:
        listed: set[str] = set()
        for sheet in self.recognised.sheets:
            columns = [column for table in sheet.tables for column in table.columns if not table.fixed]
            fresh = list({column.name: column for column in columns if column.name not in listed}.values())
            listed |= {column.name for column in fresh}
            yield SheetPart(
                sheet,
                read=sheet.name in self.choices.sheets or not (self.choices.sheets or sheet.hidden),
                header=self.choices.header.get(sheet.name, ""),
                found_header=", ".join(table.header for table in sheet.tables),
                skip=self.choices.skip.get(sheet.name, ""),
                columns=[self._line(column) for column in fresh[:MOST_COLUMNS]],
                unlisted=len(fresh[MOST_COLUMNS:]),
            )

    def fixed(self) -> list[RecognisedColumn]:
        """Columns of layouts that always mean the same."""
        return [column for table in self.recognised.tables if table.fixed for column in table.columns]

    def words(self) -> Iterator[tuple[str, Sequence[Option], list[WordLine]]]:
        """Each vocabulary: what its columns are called, what its words can mean, and its words."""
        labels = dict(self.meanings)
        for meaning, words in self.recognised.words.items():
            lines = [self._word(meaning, word, found) for word, found in words.items()]
            yield str(labels.get(meaning, meaning)), self.vocabularies[meaning], lines

    def _word(self, meaning: str, word: str, found: str) -> WordLine:
        chosen = self.choices.values.get(meaning, {}).get(word, "")
        in_words = str(dict(self.vocabularies[meaning]).get(found, ""))
        return WordLine(entry("values", meaning, word), word, chosen, in_words)

    def _line(self, column: RecognisedColumn) -> ColumnLine:
        place = ("columns", column.name)
        chosen = self.choices.columns.get(column.name, "")
        last = chosen and self.last_time.columns.get(column.name) == chosen
        return ColumnLine(
            entry=entry(*place),
            name=column.name,
            samples=column.samples,
            chosen=chosen,
            found=str(dict(self.meanings).get(column.meaning, column.meaning)),
            why=_("as last time") if last else str(_WHY.get(column.why, "")),
            asked=any(doubt.place == place and doubt.is_open for doubt in self.doubts),
        )
