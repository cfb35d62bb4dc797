"""What a person says of a file before it is read: sheets, rows, letters, what columns and words mean.

Every reader takes `Choices`, and gives back a `RecognisedFile`: what it found with them, to be seen and corrected.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .file_problems import unreadable

LEFT_OUT = "-"  # in place of a meaning
_OF_ONE_FILE = ("several_programs", "codes_scientific", "codes_dates", "scale")
_FARTHEST = 2**20  # rows of a sheet
_SPAN = re.compile(r"(\d{1,7})(?:\s{0,9}[-–—~至]\s{0,9}(\d{1,7}))?")

Cells = Sequence[str]


class Choices(BaseModel):
    """Nothing in it decides nothing: what is not chosen is found as ever. The sheet of a text has no name, ""."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    form: Literal["talentgap.columns/1"] = Field(default="talentgap.columns/1", alias="schema")
    encoding: str = ""  # of a text
    sheets: tuple[str, ...] = ()  # the ones to read; none named: all that hold what is looked for
    header: Mapping[str, str] = {}  # sheet → rows of its header, “3” or “3-4”
    skip: Mapping[str, str] = {}  # sheet → rows that are not read, “5, 9-12”
    columns: Mapping[str, str] = {}  # name of the column → code of what it means, or LEFT_OUT
    values: Mapping[str, Mapping[str, str]] = {}  # code of a meaning → word in the file → word that the reader knows
    answers: Mapping[str, str] = {}  # code of a doubt → code of its answer

    def text(self) -> str:
        """The JSON that `read_choices` takes."""
        return self.model_dump_json(by_alias=True, indent=1)

    def for_next_file(self) -> Choices:
        """What says something of files of this make, and not of this one alone."""
        answers = {doubt: answer for doubt, answer in self.answers.items() if doubt not in _OF_ONE_FILE}
        return Choices(columns=self.columns, values=self.values, answers=answers)

    def header_rows(self, sheet: str) -> range | None:
        """From 1, as a spreadsheet counts; None where they are to be found."""
        return next(_spans(self.header.get(sheet, "")), None)

    def rows_of(self, sheet: str, rows: Iterable[Cells]) -> Iterator[Cells]:
        """The rows in their places, empty where they are skipped; none of a sheet that is not to be read."""
        if self.sheets and sheet not in self.sheets:
            return iter(())
        skipped = _rows_in(self.skip.get(sheet, ""))
        return (() if number in skipped else cells for number, cells in enumerate(rows, start=1))

    def word(self, meaning: str, text: str) -> str:
        """What stands for a word of the file under columns of this meaning."""
        return self.values.get(meaning, {}).get(text, text)

    def expect_meanings(self, known: Collection[str]) -> None:
        """Raises UnreadableFile where a column is to mean what the reader does not know."""
        for name, meaning in self.columns.items():
            if meaning != LEFT_OUT and meaning not in known:
                raise unreadable("bad_choices", place=f"columns/{name}", reason=meaning)


NO_CHOICES = Choices()


def _spans(text: str) -> Iterator[range]:
    for found in _SPAN.finditer(text):
        first, last = int(found[1]), int(found[2] or found[1])
        if 0 < first <= last:
            yield range(first, min(last, _FARTHEST) + 1)


def _rows_in(text: str) -> set[int]:
    """Each row is counted once, however often the text names it."""
    found, past = set[int](), 1
    for span in sorted(_spans(text), key=lambda span: span.start):
        found.update(range(max(past, span.start), span.stop))
        past = max(past, span.stop)
    return found


def read_choices(text: str | bytes) -> Choices:
    """What a page or `--explain` wrote. Raises UnreadableFile."""
    try:
        return Choices.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = "/".join(map(str, first["loc"])) or "JSON"
        raise unreadable("bad_choices", place=place, reason=first["msg"]) from error
