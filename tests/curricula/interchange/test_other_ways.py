"""Ways of writing terms, weekly hours, signs and marks that plans have beside the usual ones."""

import pytest

from curricula.interchange import ReadSettings
from tests.curricula.interchange.builders import accepted, by_code, codes, read, text

HEADER = ["Course Code", "Title", "Credits"]


@pytest.mark.parametrize(
    "word", ["Trimester 2", "T2 of 3", "Term 2 of 3", "Year 2 Trimester 3", "Tri 2", "2nd trimester", "Quarter 2"]
)
def test_three_terms_a_year_are_no_terms_of_a_plan_and_that_is_said_once(word):
    parsed = accepted(text([[*HEADER, "Term"], ["A", "a", 3, word], ["B", "b", 3, word]]))
    assert [course.term for course in parsed.courses] == [None, None]
    (warning,) = [found for found in parsed.warnings if found.code in ("other_terms", "unreadable_term")]
    assert (warning.code, warning.row, warning.column) == ("other_terms", 2, "Term")
    assert word in warning.message


@pytest.mark.parametrize("heading", ["Trimester 1", "Year 2 Trimester 1", "First Trimester", "Winter Quarter 2027"])
def test_a_heading_of_three_terms_a_year_is_neither_a_course_nor_a_module(heading):
    parsed = accepted(text([HEADER, ["Semester 1", "", ""], ["A", "a", 3], [heading, "", ""], ["B", "b", 3]]))
    assert [(c.code, c.term, c.module) for c in parsed.courses] == [("A", 1, ""), ("B", None, "")]
    assert "other_terms" in codes(parsed.warnings)


def test_a_column_of_trimesters_is_told():
    parsed = accepted(text([[*HEADER, "Year", "Trimester"], ["A", "a", 3, 1, 1], ["B", "b", 3, 2, 3]]))
    (warning,) = [found for found in parsed.warnings if found.code == "other_terms"]
    assert warning.value == "Trimester"


@pytest.mark.parametrize(
    ("word", "term"), [("第二小学期", 4), ("大二小学期", 4), ("第二短学期", 4), ("第1小学期", 2), ("大三夏", 6)]
)
def test_a_short_term_is_counted_with_the_term_before_it_and_told(word, term):
    parsed = accepted(text([["课程代码", "课程名称", "学分", "学期"], ["A", "甲", 3, word]]))
    assert parsed.courses[0].term == term
    assert ("short_term" in codes(parsed.warnings)) == ("小" in word or "短" in word)


@pytest.mark.parametrize("word", ["小学期", "夏季小学期", "暑期", "暑假"])
def test_a_short_term_of_no_year_is_a_season(word):
    parsed = accepted(text([["课程代码", "课程名称", "学分", "学期"], ["A", "甲", 3, word]]))
    assert parsed.courses[0].term is None
    assert "season_ignored" in codes(parsed.warnings)


WEEKLY = ["课程代码", "课程名称", "学分", "周学时", "学期"]


@pytest.mark.parametrize(
    ("word", "total"),
    [("2-2", 64), ("3-0", 48), ("3.0-1.0", 64), ("2+1", 48), ("4", 64), ("2-1-1", 64), ("1.5", 24)],
)
def test_hours_a_week_alone_are_counted_for_the_weeks_of_a_term(word, total):
    parsed = accepted(text([WEEKLY, ["A", "甲", 3, word, 1]]))
    (course,) = parsed.courses
    assert (course.total_hours, course.hours, course.hours_assumed) == (total, {}, True)
    (warning,) = [found for found in parsed.warnings if found.code == "hours_from_weekly"]
    assert (warning.column, warning.value) == ("周学时", word)


def test_how_many_weeks_a_term_has_is_the_schools_to_say():
    settings = ReadSettings(weeks_per_term=18)
    parsed = accepted(text([WEEKLY, ["A", "甲", 3, "2-2", 1]]), settings=settings)
    assert parsed.courses[0].total_hours == 72


def test_hours_a_week_over_several_terms_stay_open_and_are_told():
    parsed = accepted(text([WEEKLY, ["A", "体育", 4, "2", "1-4"]]))
    assert parsed.courses[0].total_hours is None
    (warning,) = [found for found in parsed.warnings if found.code == "weekly_over_terms"]
    assert (warning.row, warning.column, warning.value) == (2, "周学时", "2")


def test_a_total_stands_above_hours_a_week():
    parsed = accepted(text([["课程代码", "课程名称", "总学时", "周学时"], ["A", "甲", 56, "2-2"]]))
    assert (parsed.courses[0].total_hours, parsed.courses[0].hours) == (56, {})


def test_circled_figures_before_a_title_and_those_that_the_file_explains_are_no_part_of_it():
    rows = [["课程代码", "课程名称", "学分"], ["A", "①管理学", 3], ["B", "微积分②", 3], ["C", "大学英语③*", 3]]
    parsed = accepted(text([*rows, ["注：②为学位课", "", ""]]))
    assert [course.title_zh for course in parsed.courses] == ["管理学", "微积分", "大学英语③"]
    assert [course.note for course in parsed.courses] == ["①", "学位课", "*"]
    assert "marks_of_titles" in codes(parsed.warnings)


def test_circled_figures_of_a_matrix_mean_what_the_file_says():
    rows = [["课程名称", "1.1", "1.2"], ["管理学", "①", "②"], ["会计", "②", "③"]]
    parsed = accepted(text([*rows, ["注：①强支撑 ②中 ③弱", "", ""]]))
    assert [row.strength for row in parsed.mappings] == ["H", "M", "M", "L"]
    assert "symbols_by_legend" in codes(parsed.warnings)
    assert [row.strength for row in accepted(text(rows)).mappings] == ["L", "M", "M", "H"]


@pytest.mark.parametrize("header", ["Cross-listed as", "Cross-listed", "Crosslisted with"])
def test_a_cross_listed_course_is_found_by_its_other_code(header):
    rows = [[*HEADER, header, "Prerequisites"], ["CS 330", "Data", 3, "INFO 330, STAT 330", ""]]
    parsed = accepted(text([*rows, ["ST 200", "Statistics", 3, "", "INFO 330"]]))
    assert [(row.course, row.requires, row.external) for row in parsed.prerequisites] == [("ST 200", "CS 330", False)]
    assert parsed.courses[0].note == f"{header}: INFO 330, STAT 330"
    assert header in parsed.columns
    assert header not in parsed.ignored_columns


def test_a_code_of_a_course_in_the_file_is_that_course_whoever_else_lists_it():
    rows = [[*HEADER, "Cross-listed as", "Prerequisites"], ["CS 330", "Data", 3, "INFO 330", ""]]
    parsed = accepted(text([*rows, ["INFO 330", "Data", 3, "CS 330", ""], ["ST 1", "S", 3, "", "INFO 330"]]))
    assert [(row.course, row.requires) for row in parsed.prerequisites] == [("ST 1", "INFO 330")]


@pytest.mark.parametrize(
    "cell", ["H(1.1) M(1.2)", "H（1.1）、M（1.2）", "1.1(H) 1.2(M)", "1.1H,1.2M", "H(1.1); M(1.2)", "1.1：H；1.2：M"]
)
def test_letters_with_indicators_in_one_cell_serve_those_indicators(cell):
    rows = [["课程名称", "毕业要求1", "毕业要求2"], ["管理学", cell, "L(2.1)"], ["会计", "", "H"]]
    found = [(row.course, row.ability, row.strength) for row in accepted(text(rows)).mappings]
    assert found == [
        ("管理学", "1.1", "H"),
        ("管理学", "1.2", "M"),
        ("管理学", "2.1", "L"),
        ("会计", "毕业要求2", "H"),
    ]


def test_a_letter_with_a_share_is_no_indicator():
    rows = [["课程名称", "毕业要求1", "毕业要求2"], ["管理学", "H(0.3)", "L(0.1)"], ["会计", "H", "M"]]
    assert {row.ability for row in accepted(text(rows)).mappings} == {"毕业要求1", "毕业要求2"}


def test_several_marks_for_one_ability_are_refused_for_what_they_are():
    rows = [["课程名称", "毕业要求1", "毕业要求2"], ["管理学", "H(0.3) M(0.2)", "L"], ["会计", "H", "M"]]
    (refusal,) = read(text(rows)).refusals
    assert (refusal.code, refusal.row, refusal.column) == ("several_marks", 2, "毕业要求1")
    assert by_code(read(text(rows))) == {}
