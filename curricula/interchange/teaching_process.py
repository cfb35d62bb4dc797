"""A plan as Chinese schools print it, 教学进程表: by module, with subtotals and hours by term; read like any plan."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

import xlsxwriter

from competencies.tabular.writing import TEXT_IS_TEXT

from .export import CurriculumRows, Value
from .parsed import CourseRow

LEAST_TERMS: Final = 8
MODES: Final = {
    "theory": "理论学时",
    "demonstration": "演示学时",
    "simulation": "仿真学时",
    "operation": "实践学时",
    "assessment": "考核学时",
}
BEFORE: Final = ("课程模块", "序号", "课程代码", "课程名称", "课程性质", "考核方式", "学分", "总学时")
AFTER: Final = ("开课单位", "备注")
WIDTHS: Final = {"课程模块": 16, "课程代码": 12, "课程名称": 30, "考核方式": 10, "开课单位": 18, "备注": 30}
HEADER_ROWS: Final = 3  # the title, and two of the header


def as_teaching_process(found: CurriculumRows, *, title: str, parts: Mapping[str, float]) -> bytes:
    """One sheet. `parts` of courses in elective groups count in the sums; a course over several terms is spread."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, TEXT_IS_TEXT) as book:
        _Sheet(book, found, parts).write(title)
    return content.getvalue()


def _hours(course: CourseRow) -> float | None:
    return sum(course.hours.values()) if course.total_hours is None and course.hours else course.total_hours


class _Sheet:
    def __init__(self, book: Any, found: CurriculumRows, parts: Mapping[str, float]) -> None:
        self.sheet = book.add_worksheet("教学进程表")
        self.look = {
            "head": book.add_format(
                {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
            ),
            "cell": book.add_format({"border": 1, "valign": "vcenter", "text_wrap": True}),
            "sum": book.add_format({"bold": True, "border": 1}),
        }
        self.found, self.parts = found, parts
        self.rules = {code: group.title for group in found.groups for code in group.courses}
        last = max((course.term_last or course.term or 0 for course in found.courses), default=0)
        self.terms = range(1, max(LEAST_TERMS, last) + 1)
        self.row = HEADER_ROWS

    def write(self, title: str) -> None:
        self._head(title)
        modules = dict.fromkeys(course.module for course in self.found.courses)
        ordered = sorted(self.found.courses, key=lambda course: list(modules).index(course.module))
        number = 0
        for module, courses in groupby(ordered, key=lambda course: course.module):
            number = self._module(module, list(courses), number)
        self._sums("合计", ordered)
        self.sheet.freeze_panes(HEADER_ROWS, 4)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0, HEADER_ROWS - 1)

    def _head(self, title: str) -> None:
        groups = [("学时分配", list(MODES.values())), ("各学期学时", [str(term) for term in self.terms])]
        width = len(BEFORE) + sum(len(names) for _group, names in groups) + len(AFTER)
        self.sheet.merge_range(0, 0, 0, width - 1, title, self.look["head"])
        place = self._single(BEFORE, 0)
        for group, names in groups:
            self.sheet.merge_range(1, place, 1, place + len(names) - 1, group, self.look["head"])
            for name in names:
                self.sheet.write_string(2, place, name, self.look["head"])
                place += 1
        self._single(AFTER, place)

    def _single(self, names: Sequence[str], place: int) -> int:
        for name in names:
            self.sheet.merge_range(1, place, 2, place, name, self.look["head"])
            self.sheet.set_column(place, place, WIDTHS.get(name, 7))
            place += 1
        return place

    def _module(self, module: str, courses: list[CourseRow], number: int) -> int:
        top = self.row
        for course in courses:
            number += 1
            self._line([module, number, *self._cells(course)], "cell")
        if module and len(courses) > 1:
            self.sheet.merge_range(top, 0, self.row - 1, 0, module, self.look["cell"])
        self._sums("小计", courses)
        return number

    def _cells(self, course: CourseRow) -> list[Value]:
        nature = {True: "必修", False: "选修", None: None}[course.required]
        note = "；".join(filter(None, (self.rules.get(course.code), course.note)))
        modes = [course.hours.get(mode) for mode in MODES]
        first = [course.code, course.title_zh or course.title_en, nature, course.examination, course.credits]
        return [*first, _hours(course), *modes, *self._by_term(course), course.department, note]

    def _by_term(self, course: CourseRow) -> list[Value]:
        """The hours in the terms that the course runs in; a tick where they are not stated."""
        if course.term is None:
            return [None for _term in self.terms]
        running = range(course.term, (course.term_last or course.term) + 1)
        hours = _hours(course)
        each: Value = "√" if hours is None else round(hours / len(running), 1)
        return [each if term in running else None for term in self.terms]

    def _sums(self, name: str, courses: Iterable[CourseRow]) -> None:
        """Of courses in elective groups the part that is chosen."""
        counted = [(course, self.parts.get(course.code, 1.0)) for course in courses]
        columns = [
            [course.credits, _hours(course), *(course.hours.get(mode) for mode in MODES)] for course, _ in counted
        ]
        sums = [
            round(sum((value or 0) * part for value, (_course, part) in zip(column, counted, strict=True)), 2)
            for column in zip(*columns, strict=True)
        ]
        self._line([name, None, None, None, None, None, *sums, *(None for _term in self.terms), None, None], "sum")

    def _line(self, cells: Sequence[Value], look: str) -> None:
        for place, value in enumerate(cells):
            if isinstance(value, str):
                self.sheet.write_string(self.row, place, value, self.look[look])
            elif value is None:
                self.sheet.write_blank(self.row, place, None, self.look[look])
            else:
                self.sheet.write_number(self.row, place, value, self.look[look])
        self.row += 1
