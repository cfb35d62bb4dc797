"""Chinese teaching plans as schools lay them out: each test is one way in which plans differ."""

import datetime
import random
from pathlib import Path

import pytest

from curricula.interchange import ReadSettings
from tests.curricula.interchange.builders import (
    PLAN,
    PLAN_COURSES,
    PLAN_MERGED,
    PUBLIC,
    accepted,
    by_code,
    codes,
    ods,
    plan,
    read,
    text,
    xlsx,
)

KINDS = {
    "xlsx, merged": xlsx(PLAN, merged=PLAN_MERGED),
    "xlsx, not merged": xlsx(PLAN),
    "ods": ods(PLAN),
    "GB18030": text(PLAN, encoding="gb18030"),
    "UTF-8": text(PLAN),
    "UTF-8 with mark": text(PLAN, encoding="utf-8-sig"),
    "UTF-16": text(PLAN, encoding="utf-16"),
    "UTF-16, tabs": text(PLAN, encoding="utf-16", delimiter="\t"),
    "UTF-16 without mark": text(PLAN, encoding="utf-16-le"),
    "UTF-16 big end first": text(PLAN, encoding="utf-16-be"),
    "semicolons": text(PLAN, delimiter=";"),
    "tabs": text(PLAN, encoding="gb18030", delimiter="\t"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_printed_plan_gives_the_same_courses_from_every_kind_of_file(kind):
    parsed = accepted(KINDS[kind], name="培养方案")
    assert parsed.courses == PLAN_COURSES
    assert (parsed.layout, parsed.title) == ("teaching_plan", "某某大学电子商务专业（跨境方向）2024级培养方案")


def test_an_old_workbook_reads_like_a_new_one():
    path = Path(__file__).with_name("teaching_plan.xls")
    assert accepted(path.read_bytes()).courses == PLAN_COURSES


def test_the_preview_says_what_each_column_was_taken_for():
    columns = read(KINDS["xlsx, merged"]).columns
    assert columns["学时分配 / 理论 学时"] == "hours of theory"
    assert columns["学时分配 / 上机学时"] == "hours of simulation"
    assert columns["开设学期"] == "term"


def test_weeks_become_hours_of_operation_and_say_so():
    parsed = read(KINDS["GB18030"], settings=ReadSettings(hours_per_week=20))
    weeks = [notice for notice in parsed.warnings if notice.code == "weeks_to_hours"]
    assert [(notice.row, notice.column, notice.value) for notice in weeks] == [
        (11, "总学时", "8周"),
        (12, "学时分配 / 实践学时", "16周"),
    ]
    assert by_code(parsed)["PR402"].hours == {"operation": 320}


def test_a_course_without_a_code_gets_its_title_as_code_with_a_warning():
    parsed = read(KINDS["GB18030"])
    assert by_code(parsed)["毕业实习"].title_zh == "毕业实习"
    assert [notice.message for notice in parsed.warnings if notice.code == "derived_code"] == [
        "Courses without a code (1), where the title stands in for it: 毕业实习"
    ]


HEADERS = {
    "code": ["课程代码", "课程 编码", "课程编号", "课程号", "课程\n代码", "课程代码Course Code"],
    "title": ["课程名称", "课程名", "课 程 名 称", "课程名称（中文）", "课程中文名称"],
    "credits": ["学分", "总学分", "学 分", "学分（Credits）", "课程学分"],
    "total": ["学时", "总学时", "课内总学时", "总 学 时", "总课时"],
    "theory": ["理论", "讲授", "理论学时", "讲课学时", "理论教学", "讲授（学时）"],
    "experiment": ["实验", "实验学时", "课内实验"],
    "computer": ["上机", "上机学时", "仿真"],
    "practice": ["实践", "实训", "实践学时", "实习", "课内实践"],
    "demonstration": ["演示", "演示学时"],
    "assessment": ["考核学时", "认证", "认证学时"],
    "nature": ["课程性质", "修读性质", "修读方式"],
    "term": ["开设学期", "开课学期", "建议修读学期", "学期"],
    "unit": ["开课单位", "开课学院"],
    "method": ["考核方式", "考试方式"],
    "module": ["课程模块", "课程平台"],
}
VALUES = {
    "code": ["A1", "B2"],
    "title": ["数据分析", "营销学"],
    "credits": ["4", "2.5"],
    "total": ["66", "40"],
    "theory": ["32", "40"],
    "experiment": ["8", ""],
    "computer": ["8", ""],
    "practice": ["12", ""],
    "demonstration": ["4", ""],
    "assessment": ["2", ""],
    "nature": ["限选", "公必"],
    "term": ["大二上", "第5学期"],
    "unit": ["商学院", ""],
    "method": ["考查", "考试"],
    "module": ["专业课", "通识课"],
}


@pytest.mark.parametrize("seed", range(40))
def test_columns_in_any_order_and_wording_give_the_same_courses(seed):
    chance = random.Random(seed)
    order = chance.sample(list(HEADERS), len(HEADERS))
    titles = [[f"第{n}行标题"] + [""] * (len(order) - 1) for n in range(chance.randint(0, 6))]
    rows = [
        *titles,
        [chance.choice(HEADERS[name]) for name in order],
        *([VALUES[name][n] for name in order] for n in (0, 1)),
    ]
    data = xlsx(rows) if seed % 4 == 0 else text(rows, encoding=chance.choice(["gb18030", "utf-8", "utf-16"]))
    first, second = accepted(data).courses
    assert (first.code, first.title_zh, first.credits, first.term, first.required) == ("A1", "数据分析", 4, 3, False)
    assert first.hours == {"theory": 32, "simulation": 16, "operation": 12, "demonstration": 4, "assessment": 2}
    assert (first.total_hours, first.experiment_hours, first.module) == (66, 8, "专业课")
    assert (second.code, second.credits, second.term, second.required) == ("B2", 2.5, 5, True)
    assert (second.hours, second.department, second.examination) == ({"theory": 40}, "", "考试")


def test_headings_across_a_row_become_the_module_of_the_rows_below():
    parsed = accepted(
        plan(
            "序号 课程名称 课程代码 学分 学时 学期",
            "一、通识教育课程 _ _ _ _ _",
            "1 英语 B1 3 48 1",
            "小计 _ _ 3 48 _",
            "二、专业课程 _ _ _ _ _",
            "2 电商 B2 3 48 3",
            "（一）选修课（至少选修6学分） _ _ _ _ _",
            "3 营销 B3 2 32 4",
            "_ 应修学分 _ 6 _ _",
        )
    )
    assert [course.module for course in parsed.courses] == [
        "一、通识教育课程",
        "二、专业课程",
        "（一）选修课（至少选修6学分）",
    ]


@pytest.mark.parametrize(
    "word",
    [
        "小计",
        "合 计",
        "总计",
        "学分小计",
        "学分要求",
        "应修学分",
        "必修课小计",
        "最低应修学分合计：",
        "Total",
        "Subtotal",
    ],
)
def test_rows_of_sums_are_no_courses(word):
    rows = [
        ["课程代码", "课程名称", "学分", "学时"],
        ["A1", "会计学", "2", "32"],
        ["", word, "2", "32"],
        [word, "", "2", "32"],
    ]
    assert [course.code for course in accepted(text(rows)).courses] == ["A1"]


def test_a_column_for_each_term_gives_first_and_last_term():
    rows = [
        ["课程代码", "课程名称", "学分", "总学时", "各学期周学时", *[""] * 7],
        [*[""] * 4, *"一二三四五六七八"],
        [*[""] * 4, *["16周"] * 8],
        ["A1", "高等数学", "5", "80", "5", *[""] * 7],
        ["A2", "体育", "4", "128", "2", "2", "2", "2", *[""] * 4],
        ["A3", "实习", "2", "32", *[""] * 6, "√", ""],
    ]
    assert [(c.term, c.term_last) for c in accepted(text(rows)).courses] == [(1, None), (1, 4), (7, None)]


@pytest.mark.parametrize("group", ["各学期周学时", "学期周学时分配", "各学期周学时及周数", "开设学期及周学时"])
@pytest.mark.parametrize(
    "named",
    [
        ("一\n16周", "二\n18周"),
        ("一 16周", "二 18周"),
        ("一16周", "二18周"),
        ("１\n１６周", "２\n１８周"),
        ("1\n16周", "2\n18周"),
        ("第1学期\n16周", "第2学期\n18周"),
        ("第一学期16周", "第二学期18周"),
        ("第一学期(16周)", "第二学期(18周)"),
        ("一（16周）", "二（18周）"),
        ("Term 1 16 weeks", "Term 2 18 weeks"),
    ],
)
def test_a_term_may_be_headed_with_its_weeks(group, named):
    rows = [
        ["课程代码", "课程名称", "学分", "总学时", group, ""],
        [*[""] * 4, *named],
        ["A1", "高等数学", "5", "80", "3", ""],
        ["A2", "体育", "4", "128", "2", "2"],
    ]
    merged = ["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1"]
    for data in (text(rows), xlsx(rows, merged=merged)):
        parsed = accepted(data)
        assert [(c.term, c.term_last) for c in parsed.courses] == [(1, None), (1, 2)]
        assert parsed.mappings == ()


def test_halves_of_a_year_may_be_headed_with_their_weeks():
    rows = [
        ["课程编号", "课程名称", "学分", "第一学年", "", "第二学年", ""],
        ["", "", "", "上\n16周", "下18周", "上 16周", "下（18周）"],
        ["A1", "甲", "5", "4", "", "", ""],
        ["A2", "乙", "5", "", "4", "", ""],
        ["A3", "丙", "5", "", "", "", "2"],
    ]
    assert [course.term for course in accepted(xlsx(rows, merged=["D1:E1", "F1:G1"])).courses] == [1, 2, 4]


@pytest.mark.parametrize("halves", ["1234", "1212", "上下上下", "秋春秋春"])
def test_terms_under_school_years_count_through_the_years(halves):
    rows = [
        ["课程编号", "课程名称", "学分", "第一学年", "", "第二学年", ""],
        ["", "", "", *halves],
        ["A1", "甲", "5", "4", "", "", ""],
        ["A2", "乙", "5", "", "", "4", ""],
        ["A3", "丙", "5", "", "", "", "2"],
    ]
    assert [course.term for course in accepted(xlsx(rows, merged=["D1:E1", "F1:G1"])).courses] == [1, 3, 4]


def test_year_and_term_in_two_columns_count_through_the_years():
    parsed = accepted(plan("课程代码 课程名称 学分 学年 学期", "A 甲 1 1 2", "B 乙 1 2 1", "C 丙 1 四 下"))
    assert [course.term for course in parsed.courses] == [2, 3, 8]


def test_a_total_without_a_split_is_kept_and_named():
    parsed = accepted(plan("课程代码 课程名称 学分 学时 学期", "A 甲 1 48 1"))
    assert (parsed.courses[0].total_hours, parsed.courses[0].hours) == (48, {})
    assert codes(parsed.warnings) == ["missing_split"]


def test_parts_that_do_not_sum_to_the_total_are_a_warning():
    parsed = accepted(plan("课程代码 课程名称 学分 总学时 理论 实践 学期", "A 甲 1 48 32 8 1"))
    assert [notice.message for notice in parsed.warnings] == [
        "The hours by mode sum to 40, the total says 48; check the figures."
    ]


def test_weeks_in_a_column_of_their_own_count_where_there_are_no_hours():
    parsed = accepted(plan("课程代码 课程名称 学分 总学时 周数 学期", "A 甲 1 48 16 1", "B 实习 2 _ 2 2"))
    assert [(c.total_hours, c.hours) for c in parsed.courses] == [(48, {}), (32, {"operation": 32})]


def test_weekly_hours_times_weeks_is_a_total_not_practice():
    parsed = accepted(plan("课程代码 课程名称 学分 周学时 周数 学期", "A 甲 3 3-1 16 1"))
    assert (parsed.courses[0].total_hours, parsed.courses[0].hours) == (64, {})
    assert parsed.courses[0].hours_assumed


def test_hours_from_credits_are_made_only_on_request():
    data = plan("课程代码 课程名称 学分 学期", "A 甲 3 1")
    assert accepted(data).courses[0].total_hours is None
    course = accepted(data, settings=ReadSettings(hours_per_credit=16)).courses[0]
    assert (course.total_hours, course.hours_assumed) == (48, True)


def test_a_title_in_both_languages_is_taken_apart():
    rows = [["课程代码", "课程名称", "学分"], ["A", "数据分析\nData Analysis", "2"]]
    course = accepted(text(rows)).courses[0]
    assert (course.title_zh, course.title_en) == ("数据分析", "Data Analysis")
    rows = [["课程代码", "课程名称", "课程英文名称", "学分"], ["A", "数据分析", "Data Analysis", "2"]]
    course = accepted(text(rows)).courses[0]
    assert (course.title_zh, course.title_en) == ("数据分析", "Data Analysis")


def test_the_language_of_titles_can_be_set():
    data = plan("课程代码 课程名称 学分", "A Python 2")
    assert accepted(data).courses[0].title_en == "Python"
    assert accepted(data, settings=ReadSettings(language="zh")).courses[0].title_zh == "Python"


def test_sheets_with_courses_are_joined_and_others_named():
    header = ["课程代码", "课程名称", "学分"]
    data = xlsx(
        [header, ["A", "甲", 1]],
        sheet="必修",
        more={"选修": [header, ["B", "乙", 2], ["A", "甲", 1]], "说明": [["请", "阅读"], ["谢", "谢"]]},
    )
    parsed = accepted(data)
    assert [course.code for course in parsed.courses] == ["A", "B"]
    assert codes(parsed.warnings)[:2] == ["ignored_sheets", "identical_course"]
    assert parsed.warnings[1].sheet == "选修"


def test_a_list_of_abilities_in_a_plan_becomes_mappings():
    rows = [["课程代码", "课程名称", "学分", "毕业要求"], ["A", "甲", "1", "1.1、1.2；2.1"], ["B", "乙", "1", ""]]
    assert [(m.course, m.ability) for m in accepted(text(rows)).mappings] == [("A", "1.1"), ("A", "1.2"), ("A", "2.1")]


def test_ticks_that_a_plan_uses_for_itself_are_no_abilities():
    rows = [["课程代码", "课程名称", "学分", "重点课", "主干课"], ["A", "甲", "1", "√", ""], ["B", "乙", "1", "", "√"]]
    parsed = accepted(text(rows))
    assert (parsed.mappings, parsed.ignored_columns) == ((), ("重点课", "主干课"))


def test_a_term_that_the_spreadsheet_turned_into_a_date_is_turned_back():
    rows = [["课程代码", "课程名称", "学分", "学期"], ["A", "甲", 1, datetime.date(2024, 3, 4)], ["B", "乙", 1, 2]]
    parsed = accepted(xlsx(rows))
    assert (parsed.courses[0].term, parsed.courses[0].term_last) == (3, 4)
    assert "date_as_term" in codes(parsed.warnings)


def test_seasons_leave_the_term_open_and_say_so_once():
    parsed = accepted(plan("课程代码 课程名称 学分 学期", "A 甲 1 春", "B 乙 1 秋"))
    assert [course.term for course in parsed.courses] == [None, None]
    assert codes(parsed.warnings) == ["season_ignored", "missing_hours", "missing_terms"]


def test_a_signature_below_the_plan_is_a_remark():
    parsed = accepted(plan("课程代码 课程名称 学分 学期", "A 甲 1 1", "制表：张三 审核：李四 _ _"))
    assert [course.code for course in parsed.courses] == ["A"]
    assert "row_skipped" in codes(parsed.warnings)


def test_prerequisites_are_found_by_code_and_by_title():
    parsed = accepted(
        plan(
            "课程代码 课程名称 学分 先修课程",
            "A 数据结构、算法与分析 3 无",
            "B 高等数学 3 —",
            "C 机器学习 3 数据结构、算法与分析、高等数学",
            "D 运营 3 c；管理学",
        )
    )
    assert [(p.course, p.requires, p.external) for p in parsed.prerequisites] == [
        ("C", "A", False),
        ("C", "B", False),
        ("D", "C", False),
        ("D", "管理学", True),
    ]
    assert [n.value for n in parsed.warnings if n.code == "external_prerequisite"] == ["管理学"]


@pytest.mark.skipif(not PUBLIC.exists(), reason="the public data files are not beside the project")
def test_the_public_plan_reads_whole():
    parsed = accepted((PUBLIC / "zh_training_plan.csv").read_bytes())
    courses = by_code(parsed)
    assert len(parsed.courses) == 87
    assert (courses["PSY199"].term, courses["PSY199"].term_last) == (1, 2)
    assert (courses["MAR114"].term, courses["MAR114"].term_last) == (1, 8)
    assert courses["PE201"].credits == 0.5
    assert courses["ISE297"].title_zh == "C++语言程序设计（含实验）"
    assert [courses[c].required for c in ("FL101", "ISE203", "ISE129", "ISE6232")] == [True, True, False, None]
    assert codes(parsed.warnings) == ["missing_hours"]


@pytest.mark.parametrize(
    ("header", "cell", "hours"),
    [
        ("学时（理论/实践）", "32/16", {"theory": 32, "operation": 16}),
        ("学时(讲授/实验)", "32／16", {"theory": 32, "simulation": 16}),
        ("理论/上机", "40", {"theory": 40}),
        ("理论学时/实践学时", "16/2周", {"theory": 16, "operation": 32}),
        ("Hours (Lecture/Lab)", "30/15", {"theory": 30, "simulation": 15}),
    ],
)
def test_theory_and_practice_in_one_cell_are_parted(header, cell, hours):
    rows = [["课程编码", "课程名称", "学分", header], ["A1", "数据库", "3", cell]]
    assert accepted(text(rows)).courses[0].hours == hours


def test_theory_and_practice_in_one_cell_below_a_group_are_parted():
    rows = [["课程编码", "课程名称", "学时分配", ""], ["", "", "总学时", "理论/实践"], ["A1", "数据库", "48", "32/16"]]
    course = accepted(text(rows)).courses[0]
    assert (course.total_hours, course.hours) == (48, {"theory": 32, "operation": 16})


@pytest.mark.parametrize("cell", ["32/16/8", "32/x"])
def test_what_is_no_pair_of_hours_is_refused_with_its_place(cell):
    rows = [["课程编码", "课程名称", "学时（理论/实践）"], ["A1", "数据库", "32/16"], ["A2", "网络", cell]]
    (refusal,) = read(text(rows)).refusals
    assert (refusal.row, refusal.column, refusal.value) == (3, "学时（理论/实践）", cell)
