"""Headers of teaching plans: which rows they are, what belongs to their table, and what its columns mean."""

from tests.curricula.interchange.builders import accepted, plan, text, xlsx


def test_ticks_under_required_and_elective_choose_between_them():
    rows = [
        ["课程代码", "课程名称", "学分", "课程性质", "", "考核方式", ""],
        ["", "", "", "必修", "选修", "考试", "考查"],
        ["C1", "甲", "2", "√", "", "√", ""],
        ["C2", "乙", "2", "", "√", "", "√"],
    ]
    found = [(c.required, c.course_type, c.examination) for c in accepted(text(rows)).courses]
    assert found == [(True, "必修", "考试"), (False, "选修", "考查")]


def test_credits_by_mode_are_not_hours_by_mode():
    rows = [
        ["课程代码", "课程名称", "学分", "", "", "学时", "", ""],
        ["", "", "小计", "理论", "实践", "合计", "理论", "实践"],
        ["C1", "甲", "3", "2", "1", "64", "32", "32"],
    ]
    course = accepted(text(rows)).courses[0]
    assert (course.credits, course.total_hours, course.hours) == (3, 64, {"theory": 32, "operation": 32})


def test_a_group_of_hours_may_stand_above_the_row_that_names_the_courses():
    rows = [
        ["", "", "", "学时分配", "", "", ""],
        ["课程代码", "课程名称", "学分", "理论", "实践", "学期", "备注"],
        ["C1", "甲", "3", "32", "16", "1", "x"],
    ]
    course = accepted(text(rows)).courses[0]
    assert (course.hours, course.term, course.note) == ({"theory": 32, "operation": 16}, 1, "x")


def test_three_header_rows_are_joined():
    rows = [
        ["课程代码", "课程名称", "学分", "教学安排", "", "", ""],
        ["", "", "", "总学时", "学时分配", "", ""],
        ["", "", "", "", "讲授", "实验", "实践"],
        ["A1", "甲", "3", "48", "32", "8", "8"],
    ]
    merged = ["A1:A3", "B1:B3", "C1:C3", "D1:G1", "D2:D3", "E2:G2"]
    for data in (xlsx(rows, merged=merged), text(rows)):
        course = accepted(data).courses[0]
        assert (course.total_hours, course.hours) == (48, {"theory": 32, "simulation": 8, "operation": 8})


def test_the_header_repeated_on_every_page_is_no_course():
    header = "课程代码 课程名称 学分 学期"
    parsed = accepted(plan(header, "A 甲 1 1", header, "B 乙 1 2"))
    assert [course.code for course in parsed.courses] == ["A", "B"]


def test_a_summary_of_credits_below_the_plan_is_not_read_as_courses():
    parsed = accepted(
        plan(
            "课程代码 课程名称 学分 学期",
            "A 甲 1 1",
            "_ _ _ _",
            "课程类别 学分 学时 备注",
            "必修课 100 1600 _",
            "选修课 60 900 _",
        )
    )
    assert [course.code for course in parsed.courses] == ["A"]


def test_words_that_nobody_listed_are_understood_by_what_they_contain_or_hold():
    rows = [
        [
            "专业课程编码",
            "必修课程名称",
            "学分",
            "修读类别",
            "推荐开课学期安排",
            "课程考核基本方式",
            "建议先修课程要求",
        ],
        ["A", "甲", "1", "必修", "大二上", "考试", ""],
        ["B", "乙", "2", "限选", "大二下", "考查", "甲"],
    ]
    parsed = accepted(text(rows))
    assert [(c.code, c.title_zh, c.required, c.term, c.examination) for c in parsed.courses] == [
        ("A", "甲", True, 3, "考试"),
        ("B", "乙", False, 4, "考查"),
    ]
    assert [(p.course, p.requires) for p in parsed.prerequisites] == [("B", "A")]


def test_two_tables_on_one_sheet_are_joined():
    rows = [
        ["表1 理论教学进程表"],
        ["课程代码", "课程名称", "学分", "学时", "学期"],
        ["A1", "甲", "3", "48", "1"],
        ["合计", "", "3", "48", ""],
        ["表2 集中实践环节安排表"],
        ["序号", "课程代码", "实践环节名称", "学分", "周数", "学期"],
        ["1", "P1", "金工实习", "2", "2", "3"],
    ]
    parsed = accepted(text(rows))
    assert [(c.code, c.hours, c.term) for c in parsed.courses] == [("A1", {}, 1), ("P1", {"operation": 32}, 3)]


def test_a_second_header_row_in_the_other_language_is_no_course():
    rows = [
        ["课程代码", "课程名称", "学分", "学时"],
        ["Course Code", "Course Title", "Credits", "Hours"],
        ["A", "数据", "3", "48"],
    ]
    for data in (text(rows), xlsx(rows)):
        assert [course.code for course in accepted(data).courses] == ["A"]


def test_a_module_left_blank_is_filled_though_subtotals_are_merged_across():
    rows = [
        ["课程模块", "课程代码", "课程名称", "学分"],
        ["通识", "A", "甲", 1],
        ["", "B", "乙", 2],
        ["小计", "", "", 3],
    ]
    assert [course.module for course in accepted(xlsx(rows, merged=["A4:C4"])).courses] == ["通识", "通识"]


def test_a_blank_in_a_column_that_was_never_merged_stays_blank():
    rows = [["课程性质", "课程代码", "学分"], ["必修", "A", 1], ["必修", "B", 2], ["", "C", 3]]
    assert [course.required for course in accepted(text(rows)).courses] == [True, True, None]


def test_the_fields_of_a_file_are_its_columns_even_where_they_are_empty():
    parsed = accepted(text([["课程代码", "课程名称", "学分", "备注", "先修课程"], ["A", "甲", "1", "", ""]]))
    assert parsed.fields == ("code", "title_zh", "credits", "credits_max", "note", "prerequisites")


def test_a_title_that_holds_the_letters_of_a_total_is_a_course():
    rows = [
        ["课程代码", "课程名称", "学分"],
        ["C1", "公共计算机基础", "2"],
        ["C2", "综合计算机实训", "3"],
        ["", "合计", "5"],
    ]
    assert [course.title_zh for course in accepted(text(rows)).courses] == ["公共计算机基础", "综合计算机实训"]
