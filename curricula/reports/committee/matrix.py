"""The course × ability matrix as schools write it: H, M, L where the school states strengths, else levels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd
from django.utils.translation import gettext as _

from curricula.analysis.frames import CurriculumFrames
from curricula.wording import phrases
from curricula.wording.formats import plural
from curricula.wording.names import Names

MOST_COLUMNS: Final = 90  # more do not fit a page, whatever the letters
MOST_NAMED: Final = 20  # courses without a mapping; their number is said of all
PLAIN: Final = "•"  # mapped, with neither a strength nor a level
ORDER: Final = ("H", "M", "L", "A", "D", "I", PLAIN)


@dataclass(frozen=True)
class MatrixColumn:
    code: str
    title: str
    area: str
    first: bool  # of its area
    counts: tuple[int, ...]  # by letter, as Matrix.letters has them
    total: int


@dataclass(frozen=True)
class MatrixRow:
    code: str
    title: str
    cells: tuple[str, ...]  # a letter for each column, "" where nothing is mapped
    total: int


@dataclass(frozen=True)
class Matrix:
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    letters: tuple[str, ...]  # that occur, the strongest first
    legend: tuple[str, ...]
    notes: tuple[str, ...]

    def for_paper(self, *, courses: int | None = None) -> Matrix:
        """As a page holds it: not too many abilities, and of the courses at most so many; sums count all of them."""
        return self._fewer_columns()._fewer_rows(courses or len(self.rows))

    def _fewer_rows(self, most: int) -> Matrix:
        """The courses that serve the most abilities, in the order of the plan."""
        left = len(self.rows) - most
        if left <= 0:
            return self
        places = sorted(range(len(self.rows)), key=lambda place: self.rows[place].total, reverse=True)[:most]
        said = plural(
            "%(n)s course that serves few abilities is left out here for want of room; the sums count it, and the "
            "workbook has it.",
            "%(n)s courses that serve few abilities are left out here for want of room; the sums count them, and the "
            "workbook has them.",
            left,
        )
        rows = tuple(self.rows[place] for place in sorted(places))
        return replace(self, rows=rows, notes=(*self.notes, said))

    def _fewer_columns(self) -> Matrix:
        """An empty column is what matters most and stays, unless there are more columns than a page holds."""
        if len(self.columns) <= MOST_COLUMNS:
            return self
        kept = [place for place, column in enumerate(self.columns) if column.total][:MOST_COLUMNS]
        hidden = len(self.columns) - len(kept)
        said = plural(
            "%(n)s ability is left out here for want of room; the workbook has all of them.",
            "%(n)s abilities are left out here for want of room; the workbook has all of them.",
            hidden,
        )
        columns = [self.columns[place] for place in kept]
        areas = ["", *(column.area for column in columns)]
        firsts = (column.area != before for column, before in zip(columns, areas, strict=False))
        return replace(
            self,
            columns=tuple(replace(column, first=first) for column, first in zip(columns, firsts, strict=True)),
            rows=tuple(replace(row, cells=tuple(row.cells[place] for place in kept)) for row in self.rows),
            notes=(*self.notes, said),
        )


def matrix_of(frames: CurriculumFrames, names: Names) -> Matrix:
    """Mapped courses by every ability; the courses without a mapping are named in the notes."""
    cells = _cells(frames)
    mapped = {course for course, _ability in cells}
    courses = [str(code) for code in frames.courses.index if str(code) in mapped]
    codes = [str(code) for code in frames.abilities.index]
    letters = tuple(letter for letter in ORDER if letter in set(cells.values()))
    return Matrix(
        columns=tuple(_columns(frames, cells, letters, names)),
        rows=tuple(_row(course, codes, cells, names) for course in courses),
        letters=letters,
        legend=tuple(_meaning(letter) for letter in letters),
        notes=tuple(_notes(frames, names, mapped)),
    )


def _cells(frames: CurriculumFrames) -> dict[tuple[str, str], str]:
    rows = frames.mappings
    strengths: Sequence[str] = list(rows["strength"].fillna("")) if "strength" in rows else [""] * len(rows)
    kept = zip(rows["course"], rows["ability"], strengths, rows["level"], strict=True)
    return {
        (str(course), str(ability)): str(strength or (level if not pd.isna(level) else "") or PLAIN)
        for course, ability, strength, level in kept
    }


def _columns(
    frames: CurriculumFrames, cells: dict[tuple[str, str], str], letters: Sequence[str], names: Names
) -> Iterator[MatrixColumn]:
    held: dict[str, list[str]] = defaultdict(list)
    for (_course, ability), letter in cells.items():
        held[ability].append(letter)
    before = None
    for code, area in frames.abilities["area"].items():
        found = held[str(code)]
        counts = tuple(found.count(letter) for letter in letters)
        title, area_title = names.abilities.get(str(code), str(code)), names.abilities.get(str(area), "")
        yield MatrixColumn(str(code), title, area_title, area != before, counts, len(found))
        before = area


def _row(course: str, codes: Sequence[str], cells: dict[tuple[str, str], str], names: Names) -> MatrixRow:
    held = tuple(cells.get((course, code), "") for code in codes)
    return MatrixRow(course, names.courses.get(course, course), held, sum(map(bool, held)))


def _meaning(letter: str) -> str:
    words = {"H": _("strong support"), "M": _("medium support"), "L": _("weak support"), PLAIN: _("no level stated")}
    return phrases.headed(letter, words.get(letter) or phrases.level_text(letter))


def _notes(frames: CurriculumFrames, names: Names, mapped: set[str]) -> Iterator[str]:
    left = [names.courses.get(str(code), str(code)) for code in frames.courses.index if str(code) not in mapped]
    if left:
        named = phrases.in_a_row(left[:MOST_NAMED]) + (" …" if len(left) > MOST_NAMED else "")
        yield plural(
            "%(n)s course has no mapping: %(names)s.",
            "%(n)s courses have no mapping: %(names)s.",
            len(left),
            names=named,
        )
