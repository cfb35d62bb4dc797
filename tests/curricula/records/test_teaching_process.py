"""The plan as Chinese schools print it: its sums are right, and it comes back as the plan that it was."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest

from curricula.interchange.bundles import read_file
from curricula.interchange.teaching_process import as_teaching_process
from curricula.records.exported_rows import rows_of
from tests.universe import Universe, add_courses, make_universe

pytestmark = pytest.mark.django_db


@pytest.fixture
def universe() -> Universe:
    """C1 and C3 are of one module, C2 of another; C3 runs over two terms, C2 and C4 are chosen among."""
    made = make_universe()
    courses = add_courses(made.curriculum, 4)
    group = made.curriculum.elective_groups.create(title="二选一", choose=1)
    for course, module in zip(courses, ("基础", "方向", "基础", "方向"), strict=True):
        course.module, course.required, course.department = module, module == "基础", "商学院"
        course.elective_group = group if module == "方向" else None
        course.term_last = 4 if course.code == "C3" else None
        course.save()
    return made


def sheet_of(client, universe) -> list[tuple]:
    content = client.get(universe.curriculum.page("courses-export"), {"format": "process"}).content
    return list(openpyxl.load_workbook(io.BytesIO(content))["教学进程表"].iter_rows(values_only=True))


def test_it_is_ordered_by_module_with_subtotals_that_a_student_takes(universe, as_user):
    rows = sheet_of(as_user(universe.viewer), universe)
    assert rows[1][:4] == ("课程模块", "序号", "课程代码", "课程名称")
    assert [row[2] for row in rows[3:] if row[2]] == ["C1", "C3", "C2", "C4"]
    assert [row[6:8] for row in rows if row[0] == "小计"] == [(6, 96), (3, 48)]  # the second: one of two
    assert (rows[-1][0], *rows[-1][6:9]) == ("合计", 9, 144, 96)


def test_the_hours_of_a_course_stand_in_the_terms_that_it_runs_in(universe, as_user):
    rows = {row[2]: row[13:21] for row in sheet_of(as_user(universe.viewer), universe)}
    assert rows["C1"] == (48, *[None] * 7)
    assert rows["C3"] == (None, None, 24, 24, *[None] * 4)


def test_it_comes_back_as_the_plan_that_it_was(universe):
    found = rows_of(universe.curriculum)
    parsed = read_file(as_teaching_process(found, title="2026级 教学进程表", parts={}), name="plan.xlsx")
    assert not parsed.refusals
    same = {
        row.code: replace(
            row, row=0, title_en="", total_hours=row.total_hours or sum(row.hours.values()), lecturers=()
        )
        for row in found.courses
    }
    back = {row.code: replace(row, row=0, note="", course_type="", lecturers=()) for row in parsed.courses}
    assert back == same


def test_it_is_offered_to_chinese_readers(universe, as_user):
    client, page = as_user(universe.viewer), universe.curriculum.page("courses")
    assert "format=process" not in client.get(page).content.decode()
    client.cookies["django_language"] = "zh-hans"
    assert "教学进程表" in client.get(page).content.decode()
