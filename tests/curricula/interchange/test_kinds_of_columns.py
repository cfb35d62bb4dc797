"""Kinds of faults in matrices, hours and headers, each with a small table of its own."""

import pytest

from curricula.interchange import ReadSettings, UnreadableFile
from tests.curricula.interchange.builders import accepted, by_code, codes, read, text, xlsx

HEADER = ["Course Code", "Title", "Credits"]


def matrix(*rows, below=()):
    return text([["Course Code", "Course Title", "PLO1", "PLO2"], *(["A", "a", *row] for row in rows), *below])


@pytest.mark.parametrize(
    "marks", [("TRUE", "FALSE"), ("Yes", "No"), ("T", "F"), ("是", "否"), ("Y", "N"), ("✔", "✘"), ("支撑", "不支撑")]
)
def test_yes_and_no_are_a_tick_and_none(marks):
    parsed = accepted(matrix(marks))
    assert [(row.ability, row.level) for row in parsed.mappings] == [("PLO1", "")]


def test_letters_of_an_unknown_set_are_refused_once():
    rows = [["Course Code", "Course Title", "PLO1", "PLO2"], ["A", "a", "U", "E"], ["B", "b", "E", "U"]]
    (refusal,) = read(text(rows)).refusals
    assert (refusal.code, refusal.value, "PLO1, PLO2" in refusal.message) == ("unknown_letters", "E, U", True)


def test_symbols_without_an_explanation_are_told():
    assert "symbols_without_level" in codes(accepted(matrix(("●", "○"))).warnings)


def test_figures_that_sum_to_one_in_each_column_are_no_shares():
    rows = [["Course Code", "Course Title", "PLO1", "PLO2"], ["A", "a", 0.6, 0.2], ["B", "b", 0.4, 0.8]]
    parsed = accepted(text([*rows[:1], ["A", "a", 0.6, 0.1], ["B", "b", 0.4, 0.9]]))
    assert {row.share for row in parsed.mappings} == {None}
    assert "column_weights" in codes(parsed.warnings)
    percent = accepted(text([*rows[:1], ["A", "a", "60%", "10%"], ["B", "b", "40%", "90%"]]))
    assert [(row.share, row.weight) for row in percent.mappings] == [(None, w) for w in (0.6, 0.1, 0.4, 0.9)]


def test_l1_is_no_weak_support():
    assert accepted(matrix(("L1", "L2"))).mappings == ()
    assert [row.strength for row in accepted(matrix(("H 0.6", "L0.4"))).mappings] == ["H", "L"]


def test_strengths_may_be_words():
    for words in (("strong", "weak"), ("高支撑", "低支撑")):
        assert [row.strength for row in accepted(matrix(words)).mappings] == ["H", "L"]


def test_columns_of_terms_hold_ticks():
    header = ["Code", "Title", "Credits", "Sem 1", "Sem 2", "Fall Y2"]
    rows = [header, ["A", "a", 3, "x", "", ""], ["B", "b", 2, "", "x", ""], ["C", "c", 2, "", "", "x"]]
    assert [course.term for course in accepted(text(rows)).courses] == [1, 2, 3]


def test_a_header_may_say_that_its_hours_are_of_a_week():
    rows = [["Code", "Title", "Credits", "Lecture hrs/week", "实验周学时"], ["A", "a", 4, 3, 2]]
    course = accepted(text(rows), settings=ReadSettings(weeks_per_term=10)).courses[0]
    assert course.hours == {"theory": 30, "simulation": 20}


def test_short_descriptions_beside_no_title_are_titles():
    rows = [["Course ID", "Course Description", "Cr. Hrs"], ["A", "Marketing basics", 3]]
    assert [(c.title_en, c.credits) for c in accepted(text(rows)).courses] == [("Marketing basics", 3)]


def test_weights_of_a_long_list_are_the_abilities_where_each_has_1_in_all():
    rows = [["指标点", "支撑课程", "权重"], ["1.1", "甲", 0.4], ["", "乙", 0.6], ["2.1", "乙", 1]]
    parsed = accepted(xlsx(rows, merged=["A2:A3"]))
    assert [(row.course, row.ability, row.share, row.weight) for row in parsed.mappings] == [
        ("甲", "1.1", None, 0.4),
        ("乙", "1.1", None, 0.6),
        ("乙", "2.1", None, 1),
    ]


@pytest.mark.parametrize(
    ("header", "mark", "found"),
    [("Contribution", "High", ("", "H")), ("I/D/A", "D", ("D", "")), ("how much?", "A", ("A", ""))],
)
def test_a_column_of_levels_may_be_called_anything(header, mark, found):
    (row,) = accepted(text([["Course Code", "Program Outcome", header], ["A1", "PLO1", mark]])).mappings
    assert (row.level, row.strength) == found


def test_abilities_of_a_list_have_their_strengths_behind_them():
    parsed = accepted(text([["课程", "支撑的指标点"], ["甲", "1.1(H)、1.2(M)"]]))
    assert [(row.ability, row.strength) for row in parsed.mappings] == [("1.1", "H"), ("1.2", "M")]


def test_two_columns_of_one_name_are_refused():
    rows = [["课程代码", "课程名称", "1.1", "1.2", "1.1"], ["A", "甲", "√", "", "√"]]
    assert codes(read(text(rows)).refusals) == ["duplicate_ability"]


def test_a_sign_that_is_repeated_says_how_strong():
    assert [row.strength for row in accepted(matrix(("★★★", "★"))).mappings] == ["H", "L"]


def test_lectures_tutorials_and_practice_are_hours_a_week():
    rows = [["Code", "Title", "L", "T", "P", "C"], ["A", "a", 2, 1, 4, 5]]
    course = accepted(text(rows), settings=ReadSettings(weeks_per_term=10)).courses[0]
    assert (course.hours, course.credits, course.hours_assumed) == ({"theory": 30, "operation": 40}, 5, True)


@pytest.mark.parametrize("header", [["Lec", "Tut", "Prac"], ["Lecture", "Seminar", "Practical"]])
def test_hours_as_few_as_credits_are_hours_a_week(header):
    rows = [["Code", "Title", "Credits", *header], ["A", "a", 4, 3, 1, 0], ["B", "b", 2, 0, 0, 4]]
    parsed = accepted(text(rows), settings=ReadSettings(weeks_per_term=10))
    assert [c.hours for c in parsed.courses] == [{"theory": 40, "operation": 0}, {"theory": 0, "operation": 40}]
    assert [doubt.code for doubt in parsed.doubts] == ["hours_a_week"]


@pytest.mark.parametrize("header", ["Project", "Studio", "Placement", "项目实践", "Workshop"])
def test_practice_by_another_name_is_practice_and_told(header):
    rows = [["Code", "Title", "Credits", "Lecture Hours", header], ["A", "a", 3, 20, 28]]
    parsed = accepted(text(rows))
    assert parsed.courses[0].hours == {"theory": 20, "operation": 28}
    assert "practice_by_name" in codes(parsed.warnings)


def test_a_project_in_words_holds_no_hours():
    rows = [["Code", "Title", "Credits", "Lecture Hours", "Project"], ["A", "a", 3, 20, "An online shop"]]
    assert accepted(text(rows)).courses[0].hours == {"theory": 20}


def test_hours_of_an_unknown_kind_are_told():
    rows = [
        ["Code", "Title", "Credits", "Contact hours", ""],
        ["", "", "", "Lecture", "Colloquy"],
        ["A", "a", 3, 20, 28],
    ]
    assert "hours_not_read" in codes(accepted(xlsx(rows, merged=["D1:E1", "A1:A2", "B1:B2", "C1:C2"])).warnings)


def test_the_values_say_which_column_tells_what_must_be_taken():
    rows = [
        ["课程代码", "课程名称", "学分", "类别", "课程性质"],
        ["A", "甲", 2, "必修", "专业课"],
        ["B", "乙", 2, "限选", "专业课"],
    ]
    assert [(c.required, c.course_type) for c in accepted(text(rows)).courses] == [(True, "专业课"), (False, "专业课")]


@pytest.mark.parametrize(
    ("said", "figure"), [("(3)", 3), ("无学分", 0), ("2.0★", 2), ("1½", 1.5), ("¼", 0.25), ("Non-credit", 0)]
)
def test_usual_figures_of_credits(said, figure):
    assert accepted(text([HEADER, ["A", "a", said]])).courses[0].credits == figure


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("1周(20学时)", 20),
        ("16×3", 48),
        ("3周(48)", 48),
        ("48（40+8）", 48),
        ("48/32", 48),
        ("2K", 32),
        ("每学期16学时", 32),
        ("分散", None),
    ],
)
def test_usual_figures_of_hours(said, hours):
    rows = [["课程代码", "课程名称", "学分", "总学时", "开设学期"], ["A", "甲", 2, said, "1-2"]]
    assert accepted(text(rows)).courses[0].total_hours == hours


def test_falling_pairs_are_year_and_term():
    rows = [
        ["课程代码", "课程名称", "学分", "学期"],
        ["A", "甲", 2, "2-1"],
        ["B", "乙", 2, "1-2"],
        ["C", "丙", 2, "5"],
    ]
    assert [course.term for course in accepted(text(rows)).courses] == [3, 2, 5]


def test_marks_of_titles_become_what_the_file_says():
    rows = [[*HEADER, "Note"], ["A", "★甲", 2, ""], ["B", "C#程序设计", 2, "x"], ["注：★为校企合作课程", "", "", ""]]
    found = by_code(accepted(text(rows)))
    assert [(c.title_zh, c.note) for c in found.values()] == [("甲", "校企合作课程"), ("C#程序设计", "x")]


@pytest.mark.parametrize(
    "header", [["学号", "姓名", "成绩"], ["Roll No", "Student", "CO1"], ["序号", "姓名", "总成绩"]]
)
def test_marks_of_students_are_refused_without_a_name(header):
    with pytest.raises(UnreadableFile) as caught:
        read(text([header, ["20260001", "Wang Wu", "90"], ["20260002", "Zhao Liu", "80"]]))
    assert caught.value.code == "marks_of_students"
    assert "Wang" not in str(caught.value)


def test_abilities_in_the_rows_are_told():
    with pytest.raises(UnreadableFile) as caught:
        read(text([["指标点", "甲", "乙"], ["1.1", "H", ""], ["1.2", "", "M"]]))
    assert caught.value.code == "outcomes_in_rows"
    with pytest.raises(UnreadableFile) as caught:
        read(text([["能力点", "代码", "管理学", "电商"], ["选品", "1.1", "√", ""], ["谈判", "1.2", "", "√"]]))
    assert caught.value.code == "outcomes_in_rows"


@pytest.mark.parametrize(
    "module",
    ["专业任选课（≥4学分）", "Electives (min. 4 credits)", "专业拓展课（应选4学分）", "选修课（修读4个学分）"],
)
def test_a_rule_of_credits_in_a_module_makes_its_group(module):
    rows = [["课程类别", *HEADER], [module, "X1", "x", 2], [module, "X2", "y", 2], [module, "X3", "z", 2]]
    assert [(g.credits, len(g.courses)) for g in accepted(text(rows)).groups] == [(4, 3)]


def test_descriptions_from_web_pages_become_text():
    rows = [[*HEADER, "Description"], ["A", "a", 3, "<ul><li>Plan</li><li>Sell &amp; ship</li></ul>"]]
    assert accepted(text(rows)).courses[0].description == "Plan\n\nSell & ship"


def test_few_hours_beside_no_credits_are_credits():
    parsed = accepted(text([["Number", "Title", "Hrs"], ["A 1", "a", 3], ["A 2", "b", 1]]))
    assert [(course.credits, course.total_hours) for course in parsed.courses] == [(3, None), (1, None)]


def test_hours_of_three_kinds_in_one_cell_that_cannot_be_parted_are_told():
    parsed = accepted(text([["Code", "Title", "L-T-P", "Credits"], ["A", "a", "three", 4]]))
    assert "hours_not_read" in codes(parsed.warnings)
