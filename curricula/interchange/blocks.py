"""Tables that stand side by side under one header row, such as the two terms of a year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from .columns import IDENTITY, Column

LEAST_IN_COMMON = 3  # fields that blocks share; a course may be named twice, but not with its credits


def blocks(columns: Sequence[Column]) -> list[range]:
    """The columns of each table; one range over all where there is only one."""
    whole = [range(len(columns))]
    fields = [column.field for column in columns]
    first = next((index for index, field in enumerate(fields) if field in IDENTITY), None)
    if first is None or fields.count(fields[first]) == 1:
        return whole
    places = [index for index, field in enumerate(fields) if field == fields[first]]
    starts = [_start(fields, place, first) for place in places]
    found = [range(*ends) for ends in pairwise([0, *starts[1:], len(columns)])]
    common = set.intersection(*(set(fields[block.start : block.stop]) - {""} for block in found))
    return found if len(common) >= LEAST_IN_COMMON else whole


def _start(fields: Sequence[str], place: int, first: int) -> int:
    """A block begins where its columns begin to repeat those of the first, before the one that names the course."""
    step = 0
    while step < first and fields[place - step - 1] and fields[place - step - 1] == fields[first - step - 1]:
        step += 1
    return place - step


def behind_a_gap(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], is_total: Callable[[str], bool]
) -> int | None:
    """Where another table begins behind an empty column: it names no courses, and its rows are not those beside it."""
    last = max((index for index, column in enumerate(columns) if column.field in IDENTITY), default=0)
    for index in range(last + 1, len(columns) - 1):
        if not columns[index].parts and not any(_filled(rows, index, index + 1)) and any(columns[index + 1].parts):
            return index if _lists_something_else(rows, index, is_total) else None
    return None


def _filled(rows: Sequence[Sequence[str]], start: int, stop: int | None = None) -> list[int]:
    return [sum(map(bool, row[start:stop])) for row in rows]


def _lists_something_else(rows: Sequence[Sequence[str]], gap: int, is_total: Callable[[str], bool]) -> bool:
    pairs = list(zip(_filled(rows, 0, gap), _filled(rows, gap), strict=True))
    beside = sum(left > 1 and right > 0 for left, right in pairs)
    courses = sum(left > 1 for left, _right in pairs)
    totals = [any(is_total(cell) for row in rows for cell in row[part]) for part in (slice(gap), slice(gap, None))]
    return totals == [False, True] or any(left < 2 and right for left, right in pairs) or beside * 2 < courses
