"""Tables that stand side by side under one header row, such as the two terms of a year."""

from __future__ import annotations

from collections.abc import Sequence
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
