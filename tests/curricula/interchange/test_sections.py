"""Lists with a row for each section, and hours that are joined in one cell."""

import pytest

from tests.curricula.interchange.builders import accepted, codes, read, text, xlsx

SECTIONS = ["Course Code", "Section", "Title", "Credits", "Instructor"]


def test_the_sections_of_a_course_are_one_course_with_all_who_teach_it():
    rows = [
        SECTIONS,
        ["CS1", "01", "Data", 3, "T07"],
        ["CS1", "02", "Data", 3, "T09"],
        ["CS2", "01", "Nets", 4, "T07"],
    ]
    parsed = accepted(text(rows))
    assert [(course.code, course.lecturers) for course in parsed.courses] == [
        ("CS1", ["T07", "T09"]),
        ("CS2", ["T07"]),
    ]
    assert "sections_gathered" in codes(parsed.warnings)


def test_chinese_classes_are_sections_too():
    rows = [
        ["课程代码", "课程名称", "学分", "教学班", "任课教师"],
        ["A1", "管理学", 3, "1班", "T1"],
        ["A1", "管理学", 3, "2班", "T2"],
    ]
    assert [course.lecturers for course in accepted(text(rows)).courses] == [["T1", "T2"]]


def test_sections_that_differ_are_refused_by_what_differs_and_nobody_is_named():
    parsed = read(text([SECTIONS, ["CS1", "01", "Data", 3, "T07"], ["CS1", "02", "Data", 4, "Adams"]]))
    (refusal,) = parsed.refusals
    assert (refusal.code, refusal.row) == ("sections_differ", 3)
    assert "credits" in refusal.message
    assert "Adams" not in refusal.message


def test_without_sections_a_code_that_stands_twice_is_still_refused():
    parsed = read(text([["Course Code", "Title", "Credits"], ["CS1", "Data", 3], ["CS1", "Data", 3]]))
    assert codes(parsed.refusals) == ["duplicate_code"]


@pytest.mark.parametrize("write", [text, xlsx])
@pytest.mark.parametrize(
    ("header", "cell", "hours"),
    [
        ("L-T-P", "3-0-2", {"theory": 48, "operation": 32}),
        ("L-T-P", "3:1:0", {"theory": 64, "operation": 0}),
        ("L/T/P", "2/0/1.5", {"theory": 32, "operation": 24}),
    ],
)
def test_hours_that_are_joined_in_one_cell_are_hours_a_week(write, header, cell, hours):
    parsed = accepted(write([["Course Code", "Title", header, "Credits"], ["CS1", "Data", cell, 4]]))
    (course,) = parsed.courses
    assert (course.credits, course.hours) == (4, hours)
    assert "hours_a_week" in codes(parsed.warnings)


def test_the_fourth_figure_is_the_credits():
    (course,) = accepted(text([["Course Code", "Title", "L-T-P-C"], ["CS1", "Data", "3-0-2-4"]])).courses
    assert (course.credits, course.hours) == (4, {"theory": 48, "operation": 32})


def test_weekly_hours_under_terms_say_the_terms():
    head = ["课程代码", "课程名称", "学分", "总学时", "各学期周学时分配", "", "", ""]
    rows = [
        head,
        ["", "", "", "", "一", "二", "三", "四"],
        ["A1", "管理学", 3, 48, 3, "", "", ""],
        ["A2", "英语", 8, 128, "", 4, 4, ""],
    ]
    parsed = accepted(xlsx(rows))
    assert [(course.term, course.term_last) for course in parsed.courses] == [(1, None), (2, 3)]
