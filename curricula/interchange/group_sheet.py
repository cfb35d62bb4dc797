"""A sheet that lists elective groups, as our own export writes it: one group a row, its courses in one cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from competencies.tabular.column_names import column_key
from curricula.fields.declaration import Field
from curricula.fields.elective_group import ELECTIVE_GROUP
from curricula.fields.texts import BadValue, is_blank

from .parsed import ElectiveGroup
from .problems import Problems
from .spreadsheet import Sheet

RULES = ("choose", "credits", "hours")
_WORDS = {column_key(word): field for field in ELECTIVE_GROUP.fields for word in (field.header, *field.words.split())}


def group_columns(sheet: Sheet) -> dict[int, Field]:
    """Place → field of the header in the first row; nothing where the sheet lists no groups."""
    header = sheet.rows[0] if sheet.rows else ()
    found = {place: field for place, cell in enumerate(header) if (field := _WORDS.get(column_key(cell)))}
    names = {field.name for field in found.values()}
    return found if "title" in names and names.intersection(RULES) else {}


def read_groups(sheet: Sheet, problems: Problems) -> tuple[ElectiveGroup, ...]:
    return tuple(_groups(sheet, group_columns(sheet), problems))


def _groups(sheet: Sheet, columns: dict[int, Field], problems: Problems) -> Iterator[ElectiveGroup]:
    titles: dict[str, int] = {}
    for number, row in enumerate(sheet.rows[1:], start=2):
        stated = _stated(number, row, columns, problems)
        title = stated.pop("title", "")
        if title in titles:
            problems.refuse("duplicate_group", row=number, value=title, first=titles[title])
        elif title:
            titles[title] = number
            yield ElectiveGroup(title, row=number, **{"courses": ()} | stated)
        elif stated:
            problems.refuse("missing_group_title", row=number)


def _stated(number: int, row: tuple[str, ...], columns: dict[int, Field], problems: Problems) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for place, field in columns.items():
        text = row[place] if place < len(row) else ""
        try:
            found |= field.stated(field.value.read(text)) if not is_blank(text) else {}
        except BadValue as problem:
            problems.refuse(problem.code, row=number, column=field.header, value=text, example=2)
    return found
