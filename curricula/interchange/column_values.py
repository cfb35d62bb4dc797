"""Columns whose values say something else than their header: hours that are credits, weekly hours, swapped words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from competencies.tabular.choices import LEFT_OUT
from curricula.fields.texts import BadValue, is_blank, number, required_flag

from .aliases import MEANINGS, MODE_FIELDS, has_chinese, squeeze
from .problems import Problems
from .terms import counts_other_terms

if TYPE_CHECKING:
    from .columns import Column

Columns = list["Column"]
Rows = Sequence[Sequence[str]]
FEWEST_FILLED = 3  # rows in which a column makes up the total, so that it is no chance
MOST_CREDIT_HOURS = 12  # a course with fewer hours than that in a whole term has them each week
_OF_A_TERM = frozenset({"total_hours", "weeks", "weekly_hours", "paired_hours", "experiment_part"})
_JOINED_HOURS = frozenset({"ltp", "ltpc", "l/t/p", "l/t/p/c"})  # “3-0-2” in one cell
_LTPC = {"l": "theory", "t": "theory", "p": "operation"}
_SPOKEN_OF = re.compile(r"必|选|required|elective|compulsory|optional|mandatory", re.IGNORECASE)
_LETTERS = frozenset({"c", "e", "r", "m", "o"})  # compulsory, elective, required, mandatory, optional
_NEW_PRACTICE = re.compile(
    r"project|studio|clinic|placement|rehearsal|atelier|internship|workshop|项目|工作坊|课程设计"
)
_HOUR_GROUP = re.compile(r"学时|课时|hour", re.IGNORECASE)
_NO_HOURS = re.compile(
    r"学分|周|credit|week|term|semester|total|sum|self|课外|自学|线上|线下|合计|总|小计|考", re.IGNORECASE
)


def by_values(columns: Columns, rows: Rows, problems: Problems) -> Columns:
    for settle in (_weekly_modes, _ltpc, _few_hours, _nature_and_type, _letters_of_nature):
        columns = settle(columns, rows, problems)
    _tell_practice(columns, rows, problems)
    return [_without_prose(column, rows) for column in columns]


def values(rows: Rows, column: Column) -> list[str]:
    return [row[column.index] for row in rows if column.index < len(row) and not is_blank(row[column.index])]


def figures(texts: Sequence[str]) -> list[float] | None:
    """All of them as figures, or None where one is no figure."""
    try:
        return [number(text) for text in texts]
    except BadValue:
        return None


def _weekly_modes(columns: Columns, rows: Rows, problems: Problems) -> Columns:
    """Lectures of three hours and practice of one beside three credits are hours of a week."""
    modes = [column for column in columns if column.field in MODE_FIELDS]
    weekly = [column for column in modes if column.weekly]
    if weekly and (len(weekly) < len(modes) or any(column.field in _OF_A_TERM for column in columns)):
        return [replace(column, field="ignored") if column in weekly else column for column in columns]
    if not weekly and (any(column.field in _OF_A_TERM for column in columns) or not _as_few_as_credits(columns, rows)):
        return columns
    if not any(column.field == "theory" for column in modes):
        return columns
    words: dict[str, Any] = {"column": modes[0].header, "value": ", ".join(column.label for column in modes)}
    options = [("week", _("hours of a week")), ("term", _("hours of a whole term"))]
    if problems.ask("hours_a_week", options, **words) == "term":
        return columns
    return [replace(column, weekly=True) if column in modes else column for column in columns]


def _as_few_as_credits(columns: Columns, rows: Rows) -> bool:
    """No course has more hours than in a week, and all together not more than three for each credit."""
    credits_of = [column for column in columns if column.field == "credits"]
    modes = [column for column in columns if column.field in MODE_FIELDS]
    sums = [total for row in rows if (total := sum(_amount(row, column) for column in modes))]
    points = sum(_amount(row, column) for row in rows for column in credits_of)
    return len(sums) > 1 and max(sums) <= MOST_CREDIT_HOURS and sum(sums) <= 3 * points


def _ltpc(columns: Columns, rows: Rows, problems: Problems) -> Columns:
    """L, T, P and C are the hours of lectures, tutorials and practice each week, and the credits."""
    places = {squeeze(column.label): column for column in columns if len(column.label) <= 8}
    if not {"l", "t", "p"} <= places.keys() or any(figures(values(rows, places[name])) is None for name in _LTPC):
        return columns
    problems.warn("hours_a_week", column="L, T, P", value="L, T, P")
    fields = {places[name].index: field for name, field in _LTPC.items()}
    if "c" in places and not any(column.field == "credits" for column in columns):
        fields[places["c"].index] = "credits"
    weekly = {places[name].index for name in _LTPC}
    return [
        replace(column, field=fields[column.index], weekly=column.index in weekly)
        if column.index in fields
        else column
        for column in columns
    ]


def _few_hours(columns: Columns, rows: Rows, problems: Problems) -> Columns:
    """Three or four “Hours” beside no credits are credit hours, as American catalogues call them."""
    known = {column.field for column in columns}
    total = next((column for column in columns if column.field == "total_hours"), None)
    if (
        total is None
        or total.chosen
        or not known.isdisjoint({"credits", "weeks", "weekly_hours", "paired_hours", *MODE_FIELDS})
    ):
        return columns
    found = figures(values(rows, total)) or []
    if not found or max(found) > MOST_CREDIT_HOURS:
        return columns
    place: dict[str, Any] = {"column": total.header, "value": f"{min(found):g}–{max(found):g}"}
    if has_chinese(total.header) or re.search("total|contact|class|teach", squeeze(total.label)):
        problems.ask("few_hours", _meant("total_hours", "credits"), place=("columns", total.name), **place)
        return columns
    problems.ask("hours_are_credits", _meant("credits", "total_hours"), place=("columns", total.name), **place)
    return [replace(column, field="credits") if column is total else column for column in columns]


def _meant(*fields: str) -> list[tuple[str, object]]:
    return [(field, MEANINGS[field]) for field in fields]


def _nature_and_type(columns: Columns, rows: Rows, _problems: Problems) -> Columns:
    """课程属性 with 必修 and 选修 says what must be taken, whatever 课程性质 beside it holds."""
    nature = [column for column in columns if column.field == "nature" and not (column.ticked or column.chosen)]
    kind = [column for column in columns if column.field == "course_type" and not (column.ticked or column.chosen)]
    if len(nature) != 1 or len(kind) != 1:
        return columns
    said, of_kind = values(rows, nature[0]), values(rows, kind[0])
    told = [text for text in of_kind if required_flag(text) is not None and _SPOKEN_OF.search(text)]
    if not of_kind or len(told) < len(of_kind) or any(required_flag(text) is not None for text in said):
        return columns
    fields = {nature[0].index: "course_type", kind[0].index: "nature"}
    return [replace(column, field=fields.get(column.index, column.field)) for column in columns]


def _letters_of_nature(columns: Columns, rows: Rows, problems: Problems) -> Columns:
    """“Type” with C and E only: compulsory and elective."""
    if any(column.field == "nature" for column in columns):
        return columns
    for column in columns:
        found = (
            {squeeze(text) for text in values(rows, column)}
            if column.field == "course_type" and not column.chosen
            else set()
        )
        if len(found) == 2 and found <= _LETTERS and found & {"e", "o"}:
            problems.warn("nature_by_letters", column=column.header, value=", ".join(sorted(found)).upper())
            return [replace(other, field="nature") if other is column else other for other in columns]
    return columns


def _tell_practice(columns: Columns, rows: Rows, problems: Problems) -> None:
    for column in columns:
        if not column.field and counts_other_terms(column.label):
            problems.warn_once("other_terms", value=column.label)
        if (
            column.field == "operation"
            and not column.chosen
            and _NEW_PRACTICE.search(squeeze(column.label))
            and _counts(values(rows, column))
        ):
            words: dict[str, Any] = {"column": column.header, "value": column.label}
            problems.ask("practice_by_name", _hours("operation"), place=("columns", column.name), **words)
        if squeeze(column.label) in _JOINED_HOURS and not column.field:
            problems.warn("hours_not_read", column=column.header, value=column.label)
        elif not column.field and _holds_hours(column, columns, rows):
            words = {"column": column.header, "value": column.label}
            options = _hours("operation", "demonstration", "assessment_hours")
            problems.ask("hours_not_read", options, place=("columns", column.name), **words)


def _hours(*fields: str) -> list[tuple[str, object]]:
    return [*_meant(*fields, "simulation", "theory"), (LEFT_OUT, _("leave out"))]


def _holds_hours(column: Column, columns: Columns, rows: Rows) -> bool:
    """Figures under a group of hours, or such as fill up what the total has beyond the hours that are known."""
    if _NO_HOURS.search(column.label) or max(figures(values(rows, column)) or [0]) <= 0:
        return False
    modes = [other.index for other in columns if other.field in MODE_FIELDS]
    among = modes and min(modes) < column.index < max(modes)
    return bool(among or _HOUR_GROUP.search("".join(column.parts[:-1]))) or _fills_up(column, columns, rows)


def _fills_up(column: Column, columns: Columns, rows: Rows) -> bool:
    total = next((other for other in columns if other.field == "total_hours"), None)
    modes = [other for other in columns if other.field in MODE_FIELDS]
    if total is None or not modes:
        return False
    filled = [row for row in rows if _amount(row, column)]
    sums = [_amount(row, total) == _amount(row, column) + sum(_amount(row, mode) for mode in modes) for row in filled]
    return len(sums) >= FEWEST_FILLED and sum(sums) * 10 >= len(sums) * 9


def _amount(row: Sequence[str], column: Column) -> float:
    text = row[column.index] if column.index < len(row) else ""
    return (figures([text]) or [0.0])[0] if not is_blank(text) else 0.0


def _counts(texts: Sequence[str]) -> bool:
    return any(re.search(r"\d", text) for text in texts)


def _without_prose(column: Column, rows: Rows) -> Column:
    """“Project” over titles of projects holds no hours."""
    found = values(rows, column)
    prose = column.field == "operation" and not column.chosen and _NEW_PRACTICE.search(squeeze(column.label)) and found
    return replace(column, field="") if prose and not _counts(found) else column
