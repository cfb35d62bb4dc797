"""Plans as schools print them: terms above the courses, tables side by side, figures left to the reader."""

import pytest

from curricula.interchange.term_context import When, nearest, when_named
from tests.curricula.interchange.builders import Rows, accepted, by_code, codes, read, text, xlsx
from tests.some import some

HEADER = ["课程代码", "课程名称", "学分", "学时"]


def terms(parsed):
    return {course.code: course.term for course in parsed.courses}


def plan(*rows, merged=()):
    """The same plan as a workbook with its merged cells and as a text without them."""
    return [xlsx(rows, merged=merged), text(rows)]


def test_two_terms_side_by_side_are_two_tables():
    rows = [
        ["各学期课程设置一览表", *[""] * 8],
        ["第一学期", "", "", "", "", "第二学期", "", "", ""],
        [*HEADER, "", *HEADER],
        ["A1", "大学语文", 2, 32, "", "B1", "微观经济学", 3, 48],
        ["A2", "军事理论", 1, 16, "", "", "", "", ""],
        ["合计", "", 3, 48, "", "合计", "", 3, 48],
        ["第三学期", "", "", "", "", "第四学期", "", "", ""],
        [*HEADER, "", *HEADER],
        ["C1", "国际贸易", 3, 48, "", "D1", "跨境物流", 2, 32],
    ]
    for data in some(plan(*rows, merged=["A1:I1", "A2:D2", "F2:I2", "A7:D7", "F7:I7"])):
        parsed = accepted(data)
        assert terms(parsed) == {"A1": 1, "A2": 1, "B1": 2, "C1": 3, "D1": 4}
        assert [(c.credits, c.total_hours) for c in parsed.courses] == [(2, 32), (1, 16), (3, 48), (3, 48), (2, 32)]
        assert "duplicate_column" not in codes(parsed.warnings)


def test_years_above_terms_side_by_side_count_through_the_years():
    header = ["课程", "学分", "总学时", "课程", "学分", "总学时"]
    years = [[year, *[""] * 5] for year in ("第一学年", "第二学年")]
    halves = ["第一学期", "", "", "第二学期", "", ""]
    rows = [years[0], halves, header, ["甲", 3, 48, "乙", 2, 32], years[1], halves, header, ["丙", 3, 48, "丁", 2, 32]]
    merged = ["A1:F1", "A2:C2", "D2:F2", "A5:F5", "A6:C6", "D6:F6"]
    assert terms(accepted(xlsx(rows, merged=merged))) == {"甲": 1, "乙": 2, "丙": 3, "丁": 4}


def test_a_term_above_its_courses_is_theirs_and_no_module():
    rows = [
        ["指导性教学计划", "", "", ""],
        ["第一学期", "", "", ""],
        HEADER,
        ["A", "甲", 2, 32],
        ["小计", "", 2, 32],
        ["大一下", "", "", ""],
        ["B", "乙", 2, 32],
        ["第三学期（必修）", "", "", ""],
        HEADER,
        ["C", "丙", 2, 32],
    ]
    for data in some(plan(*rows)):
        parsed = accepted(data)
        assert terms(parsed) == {"A": 1, "B": 2, "C": 3}
        assert {course.module for course in parsed.courses} == {""}
        assert parsed.title == "指导性教学计划"
        assert codes(parsed.warnings).count("term_from_heading") == 1


def test_a_sheet_for_each_year_says_which_year_its_terms_are_of():
    header = [*HEADER, "学期"]
    more: dict[str, Rows] = {"大二": [header, ["B", "乙", 2, 32, "上"], ["C", "丙", 2, 32, "第二学期"]]}
    data = xlsx([header, ["A", "甲", 2, 32, "下"]], sheet="大一", more=more)
    assert terms(accepted(data)) == {"A": 2, "B": 3, "C": 4}


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("第一学期", (1, "")),
        ("表2 大三上课程安排", (5, "三")),
        ("第二学年第1学期", (3, "二")),
        ("Semester 3", (3, "")),
        ("二年级", (None, "二")),
        ("第一至第四学期", (None, "")),
        ("2024-2025学年第一学期", (None, "")),
        ("2024级培养方案", (None, "")),
        ("2025学年", (None, "")),
        ("通识教育课程", (None, "")),
        ("第一学期" * 20, (None, "")),
    ],
)
def test_a_heading_names_one_term_or_none(said, when):
    found = when_named(said)
    assert (found.term, found.year) == when


def test_the_nearest_words_count_and_a_year_further_out_completes_them():
    assert nearest(["大二", "电子商务", "第二学期"]).term == 4
    assert nearest(["第二学期", "第三学期"]).term == 3
    assert nearest(["电子商务"]) == When()


def test_a_course_above_a_repeated_header_stays_a_course():
    header = ["课程编码", "课程名称", "学分", "修读学期"]
    rows = [header, ["M1", "甲", "2", "第3学期"], header, ["M2", "乙", "3", "第4学期"]]
    assert terms(accepted(text(rows))) == {"M1": 3, "M2": 4}


@pytest.mark.parametrize("weeks", ["16周", "14"])
def test_the_weeks_below_a_term_are_not_the_term(weeks):
    rows = [
        [*HEADER, "按学年及学期分配周学时", ""],
        [*[""] * 4, "第一学年", ""],
        [*[""] * 4, "1", "2"],
        [*[""] * 4, weeks, "18周"],
        ["A", "甲", 2, 32, "2", ""],
        ["B", "乙", 2, 36, "", "2"],
    ]
    merged = ["A1:A4", "B1:B4", "C1:C4", "D1:D4", "E1:F1", "E2:F2"]
    assert terms(accepted(xlsx(rows, merged=merged))) == {"A": 1, "B": 2}


def test_the_terms_of_examinations_are_no_hours():
    rows = [
        ["课程代码", "课程名称", "学时分配", "", "", "考核方式及学期", ""],
        ["", "", "合计", "理论", "实践", "考试", "考查"],
        ["A", "甲", 48, 40, 8, 1, ""],
        ["B", "乙", 96, 64, 32, "1、2", 3],
    ]
    for data in some(plan(*rows, merged=["A1:A2", "B1:B2", "C1:E1", "F1:G1"])):
        first, second = accepted(data).courses
        assert (first.hours, first.examination) == ({"theory": 40, "operation": 8}, "考试")
        assert (second.hours, second.examination) == ({"theory": 64, "operation": 32}, "考试 考查")


def test_ticks_choose_between_columns_that_no_group_joins():
    rows = [
        [*HEADER, "考试", "考查", "必修", "选修"],
        ["A", "甲", 2, 32, "√", "", "√", ""],
        ["B", "乙", 2, 32, "", "√", "", "√"],
    ]
    found = [(c.examination, c.required) for c in accepted(text(rows)).courses]
    assert found == [("考试", True), ("考查", False)]


def test_what_the_total_leaves_beside_the_practice_is_theory_and_assumed():
    rows = [["课程代码", "课程名称", "学分", "总学时", "其中实践学时"], ["A", "甲", 3, 48, 16], ["B", "乙", 2, 32, ""]]
    parsed = accepted(text(rows))
    assert [(dict(c.hours), c.hours_assumed) for c in parsed.courses] == [
        ({"theory": 32, "operation": 16}, True),
        ({"theory": 32}, True),
    ]
    assert codes(parsed.warnings).count("rest_as_theory") == 1


def test_hours_in_other_words_are_hours():
    header = ["课程代码", "课程名称", "理论教学时数", "实践教学时数", "课外实践学时", "上机总学时", "理论周学时"]
    course = accepted(text([header, ["A", "甲", 32, 16, 8, 4, 2]])).courses[0]
    assert course.hours == {"theory": 32, "operation": 24, "simulation": 4}


@pytest.mark.parametrize(("weeks", "hours"), [("两周", 32), ("（2周）", 32), ("三 周", 48), ("0.5周", 8)])
def test_weeks_in_words_and_brackets_are_weeks(weeks, hours):
    course = accepted(text([HEADER, ["A", "认识实习", 1, weeks]])).courses[0]
    assert course.hours == {"operation": hours}


def test_words_written_downwards_are_read_as_words():
    rows = [
        ["课程\n类别", *HEADER],
        ["专\n业\n必\n修", "A", "跨境电商\n运营", 2, 32],
        ["", "B", "Data\nAnalysis", 2, 32],
    ]
    first, second = accepted(xlsx(rows, merged=["A2:A3"])).courses
    assert (first.course_type, first.title_zh, first.required) == ("专业必修", "跨境电商运营", True)
    assert (second.course_type, second.title_zh) == ("专业必修", "Data Analysis")


def test_a_title_merged_across_the_module_is_a_course():
    rows = [["课程类别", *HEADER], ["通识", "A", "甲", 2, 32], ["创新创业实践", "", "", 4, 64]]
    course = accepted(xlsx(rows, merged=["A3:C3"])).courses[1]
    assert (course.title_zh, course.credits, course.total_hours) == ("创新创业实践", 4, 64)


def test_the_sums_of_a_module_are_its_heading_and_no_course():
    rows = [["课程模块", *HEADER, "学期"], ["通识教育课", "", "", 38, 608, ""], ["", "A", "甲", 3, 48, 1]]
    parsed = accepted(text(rows))
    assert [(c.code, c.module) for c in parsed.courses] == [("A", "通识教育课")]
    assert codes(parsed.warnings)[0] == "module_sums"


def test_a_nameless_row_with_a_term_is_refused_though_its_module_stands_there():
    rows = [["课程模块", *HEADER, "学期"], ["通识教育课", "A", "甲", 3, 48, 1], ["通识教育课", "", "", 2, 32, 2]]
    assert codes(read(text(rows)).refusals) == ["missing_code_and_title"]


@pytest.mark.parametrize("label", ["占总学分比例", "比例（%）", "课程门数", "平均周学时", "实践学分占总学分比例"])
def test_shares_and_counts_below_the_sums_are_no_courses(label):
    assert list(by_code(accepted(text([HEADER, ["A", "甲", 2, 32], ["", label, 30, 12]])))) == ["A"]


def test_notes_and_signatures_below_the_plan_are_no_courses():
    rows = [
        [*HEADER, "学期"],
        ["A", "甲", 2, 32, 1],
        ["说明：", "", "", "", ""],
        ["1.本专业学生须修满160学分", "", "", "", ""],
        ["制定人：张三", "审核人：李四", "", "批准人：王五", ""],
    ]
    for data in some(plan(*rows)):
        assert list(by_code(accepted(data))) == ["A"]


def test_an_attachment_number_is_not_the_title():
    rows = [["附件1：", "", "", ""], ["电子商务专业教学计划", "", "", ""], HEADER, ["A", "甲", 2, 32]]
    assert accepted(text(rows)).title == "电子商务专业教学计划"


def test_headers_in_two_languages_keep_both_titles():
    rows = [
        ["课程代码 Course Code", "课程名称 Course Title (Chinese)", "英文名称 Course Title (English)", "学分 Credits"],
        ["A", "统计学", "Statistics", 3],
    ]
    course = accepted(text(rows)).courses[0]
    assert (course.title_zh, course.title_en) == ("统计学", "Statistics")


def test_the_code_of_a_practice_block_is_its_code():
    rows = [["序号", "环节代码", "实践环节名称", "学分", "周数"], [1, "SJ01", "军事技能训练", 2, 2]]
    course = accepted(text(rows)).courses[0]
    assert (course.code, course.title_zh, course.hours) == ("SJ01", "军事技能训练", {"operation": 32})
