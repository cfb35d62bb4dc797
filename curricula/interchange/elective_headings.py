"""Which rows stand below a heading of choice, and whether a row for electives is such a heading or a course."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from curricula.fields.texts import BadValue, plain, required_flag

from .amounts import credit_amount
from .cells import Cells
from .elective_groups import is_placeholder, rule
from .headers import Row
from .teaching_plan import row_kind

MOST_TO_CHOOSE_FROM = 4  # times as much as is chosen, where nothing else says that courses are the options
# Chosen from what the whole school offers, and not from the courses below.
_ELSEWHERE = re.compile(r"公共|公选|通识|全校|跨专业|跨学科|\b(?:free|general|university|open)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Below:
    """The courses below a row for electives that may be what it is chosen from."""

    rows: tuple[Row, ...] = ()
    heading: bool = False
    doubtful: bool = False


NOTHING_BELOW = Below()


def below_choice(cells: Cells, place: int) -> Iterator[Row]:
    """The courses under a line that tells to choose: down to the next heading, or to another part of the plan."""
    part: list[str] | None = None
    for row in cells.table.rows[place + 1 :]:
        kind = row_kind(cells.table, row)
        if kind in ("heading", "choice", "module_sums"):
            return
        if kind == "course":
            part = _part(cells, row) if part is None else part
            if _part(cells, row) != part:
                return
            yield row


def below_electives(cells: Cells, place: int) -> Below:
    """What stands under “专业选修课（修满6学分）”, which has no code and may be a course for whatever is chosen."""
    row = cells.table.rows[place]
    if _code(cells, row) or not is_placeholder(title := _title(cells, row)):
        return NOTHING_BELOW
    rows = tuple(_options(cells, place, title))
    if len(rows) < 2:
        return NOTHING_BELOW
    return _judged(cells, row, title, rows)


def _judged(cells: Cells, row: Row, title: str, rows: tuple[Row, ...]) -> Below:
    told, wanted = all(_is_elective(cells, each) for each in rows), rule(title)
    total = sum(_credits(cells, each) for each in rows)
    if not wanted:
        return Below(rows, doubtful=told and 0 < _credits(cells, row) < total)
    chosen, offered = (wanted.courses, len(rows)) if wanted.courses else (wanted.credits or 0, total)
    few = offered <= MOST_TO_CHOOSE_FROM * chosen and not _ELSEWHERE.search(title)
    heading = chosen <= offered and (told or few)
    return Below(rows, heading, doubtful=not heading)


def _options(cells: Cells, place: int, title: str) -> Iterator[Row]:
    """The coded courses right below it, of the same part or of one that it names, none of which must be taken."""
    part = _part(cells, cells.table.rows[place])
    for row in cells.table.rows[place + 1 :]:
        own = _part(cells, row)
        apart = own != part and not all(plain(name) in plain(title) for name in own)
        if row_kind(cells.table, row) != "course" or not _code(cells, row) or apart or _must(cells, row):
            return
        yield row


def _part(cells: Cells, row: Row) -> list[str]:
    return [*cells.texts(row, "module"), *cells.texts(row, "course_type")]


def _title(cells: Cells, row: Row) -> str:
    return next(filter(None, (cells.text(row, field) for field in ("title", "title_zh", "title_en"))), "")


def _code(cells: Cells, row: Row) -> str:
    return cells.text(row, "code") or cells.text(row, "number")


def _flags(cells: Cells, row: Row, *fields: str) -> set[bool | None]:
    return {required_flag(text) for field in fields for text in cells.texts(row, field)}


def _must(cells: Cells, row: Row) -> bool:
    return True in _flags(cells, row, "nature", "course_type")


def _is_elective(cells: Cells, row: Row) -> bool:
    return False in _flags(cells, row, "nature", "course_type", "module")


def _credits(cells: Cells, row: Row) -> float:
    """Without a word about what cannot be read: the course itself tells it."""
    try:
        return credit_amount(cells.text(row, "credits")).value
    except BadValue:
        return 0.0
