"""What two plans of one framework do differently, cell by cell, as a table that can be read and applied."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pandas as pd

from curricula.analysis.frames import MODES, CurriculumFrames

COLUMNS: Final = ("course", "what", "ability", "before", "after")
FACTS: Final = ("title", "credits", "term")
Row = tuple[Any, str, Any, Any, Any]


def plan_differences(before: CurriculumFrames, after: CurriculumFrames) -> pd.DataFrame:
    """One row a difference; columns course, what, ability ("" unless the mapping differs), before, after.

    `what` is `course` (before and after: its title, None where the plan lacks it), title, credits, term, one of
    MODES, `level` or `share`. None stands for not stated, and for the level and share of an ability that is not
    mapped. The details of a course that only one plan has are not repeated: the course itself is the difference.
    """
    both = before.courses.index.intersection(after.courses.index, sort=False)
    parts = [
        *_courses(before.courses["title"], after.courses["title"]),
        *_facts(before.courses, after.courses, both, FACTS),
        *_facts(before.hours, after.hours, both, MODES),
        *_cells(before.mappings, after.mappings, both),
    ]
    return pd.DataFrame(parts, columns=list(COLUMNS), dtype=object)


def _courses(before: pd.Series, after: pd.Series) -> Iterator[Row]:
    for course in before.index.symmetric_difference(after.index, sort=False):
        yield course, "course", "", before.get(course), after.get(course)


def _facts(before: pd.DataFrame, after: pd.DataFrame, both: pd.Index, columns: tuple[str, ...]) -> Iterator[Row]:
    if before is after:  # as an edit leaves what it does not touch
        return
    sides = [side.reindex(index=both, columns=list(columns)) for side in (before, after)]
    for place, column, left, right in _differing(*sides):
        yield both[place], column, "", left, right


def _cells(before: pd.DataFrame, after: pd.DataFrame, both: pd.Index) -> Iterator[Row]:
    if before is after:
        return
    sides = [rows[rows["course"].isin(both)].set_index(["course", "ability"]) for rows in (before, after)]
    cells = sides[0].index.union(sides[1].index, sort=False)
    for place, column, left, right in _differing(*(side.reindex(cells)[["level", "share"]] for side in sides)):
        course, ability = cells[place]
        yield course, column, ability, left, right


def _differing(before: pd.DataFrame, after: pd.DataFrame) -> Iterator[tuple[int, str, Any, Any]]:
    """(row, column, before, after) where two frames of one shape differ; nan is None, and two of them are the same."""
    left, right = before.to_numpy(dtype=object), after.to_numpy(dtype=object)
    known = ~pd.isna(left), ~pd.isna(right)
    differs = (known[0] != known[1]) | (known[0] & known[1] & (left != right))
    for row, column in np.argwhere(differs):
        was = left[row, column] if known[0][row, column] else None
        will_be = right[row, column] if known[1][row, column] else None
        yield int(row), str(before.columns[column]), was, will_be
