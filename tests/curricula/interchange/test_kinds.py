"""The kinds of faults that the shared cases stand for, each with a small table of its own."""

import io

import openpyxl
import pytest

from curricula.interchange import ReadSettings, UnreadableFile
from curricula.interchange.term_context import names_only_a_time, nearest, when_named
from tests.curricula.interchange.builders import accepted, archive, by_code, codes, read, text, xlsx

HEADER = ["Course Code", "Title", "Credits"]


def with_requisite(said: str, *, kind: str = "Prerequisites"):
    rows = [[*HEADER, kind], ["EC101", "Markets", 3, ""], ["EC102", "Money", 3, ""], ["EC203", "Trade", 3, said]]
    return accepted(text(rows))


def required(parsed):
    return [(row.requires, row.external) for row in parsed.prerequisites if row.course == "EC203"]


def choices(parsed):
    return [(row.requires, row.alternative) for row in parsed.prerequisites if row.course == "EC203"]


PAIRS = (("EC101", "EC102"), ("EC101", "MA1"), ("EC102", "MA1"))


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("EC101 or EC102", [("EC101", 1), ("EC102", 1)]),
        ("EC101/EC102", [("EC101", 1), ("EC102", 1)]),
        ("EC101或EC102", [("EC101", 1), ("EC102", 1)]),
        ("EC101、EC102任选一门", [("EC101", 1), ("EC102", 1)]),
        ("EC101、EC102之一", [("EC101", 1), ("EC102", 1)]),
        ("One of the following: EC101, EC102", [("EC101", 1), ("EC102", 1)]),
        ("EC101, EC102, or MA9", [("EC101", 1), ("EC102", 1), ("MA9", 1)]),
        ("Markets or Money", [("EC101", 1), ("EC102", 1)]),
        ("EC101 with a C or better or EC102", [("EC101", 1), ("EC102", 1)]),
        ("(EC101 or MA1) and EC102", [("EC102", 0), ("EC101", 1), ("MA1", 1)]),
        ("co:EC101 or EC102", [("EC101", 1), ("EC102", 1)]),
        ("Either EC101 or EC102; EC101", [("EC101", 0)]),  # the choice is made
        ("EC101; EC101 or EC102", [("EC101", 0)]),
        ("MA1 or MA2", [("MA1 or MA2", 0)]),  # kept in words
        ("EC101 or MA1; EC101 or EC102", [("EC101", 1), ("MA1", 1), ("EC101", 2), ("EC102", 2)]),
        ("EC203 or EC101", []),  # the course itself is one of them
        ("1 of EC101; EC102", [("EC101", 1), ("EC102", 1)]),
        ("Either EC101; or EC102", [("EC101", 1), ("EC102", 1)]),
        ("EC101; EC102 (one of these)", [("EC101", 1), ("EC102", 1)]),
        ("2 of EC101; EC102; MA1", [(code, n) for n, pair in enumerate(PAIRS, start=1) for code in pair]),
        ("EC101 & (EC102 | MA1)", [("EC101", 0), ("EC102", 1), ("MA1", 1)]),
        ("《Markets》、EC-102", [("EC101", 0), ("EC102", 0)]),
        ("No prerequisites", []),
    ],
)
def test_of_alternatives_one_is_enough(said, found):
    assert choices(with_requisite(said)) == found


def test_an_alternative_that_two_courses_are_called_is_told_and_is_neither():
    rows = [[*HEADER, "Prerequisites"], ["EC101", "Markets", 3, ""], ["EC102", "Markets", 3, ""]]
    parsed = accepted(text([*rows, ["EC103", "Money", 3, ""], ["EC203", "Trade", 3, "Markets or Money"]]))
    assert required(parsed) == [("Markets", True), ("EC103", False)]
    assert "ambiguous_prerequisite" in codes(parsed.warnings)


def test_alternatives_keep_their_kinds():
    parsed = with_requisite("co:EC101 or EC102")
    assert [row.kind for row in parsed.prerequisites] == ["co", "pre"]
    spoken = with_requisite("Prerequisite: EC101. Corequisites: EC102, MA1")
    assert [row.kind for row in spoken.prerequisites] == ["pre", "co", "co"]


@pytest.mark.parametrize("title", ["Économie", "L’été à Genève", "Grundzüge – Teil 1", "Año y niñez"])
def test_western_letters_are_no_chinese_ones(title):
    parsed = accepted(text([HEADER, ["E1", title, 3]], encoding="cp1252"))
    assert [course.title_en for course in parsed.courses] == [title]
    assert "guessed_encoding" in codes(parsed.warnings)


def test_chinese_letters_stay_chinese():
    parsed = accepted(text([["课程代码", "课程名称", "学分"], ["A1", "镕基经济学概论", 3]], encoding="gb18030"))
    assert [course.title_zh for course in parsed.courses] == ["镕基经济学概论"]


@pytest.mark.parametrize("header", ["Dept Code", "Department Code", "院系代码", "Subject"])
def test_a_title_that_is_called_so_goes_before_a_subject(header):
    rows = [[header, "Code", "Course Title", "Credits"], ["EC", "EC101", "Markets", 3]]
    assert [course.title_en for course in accepted(text(rows)).courses] == ["Markets"]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("(EC101 or MA1) and EC102", [("EC102", False), ("EC101", False), ("MA1", True)]),
        ("EC101 (C or better)", [("EC101", False)]),
        ('["EC101","EC102"]', [("EC101", False), ("EC102", False)]),
        ("Completion of EC101 with 50%", [("EC101", False)]),
    ],
)
def test_requisites_say_what_is_required_and_what_may_be_chosen(said, found):
    assert required(with_requisite(said)) == found


def test_a_title_with_or_in_it_is_one_course():
    rows = [[*HEADER, "Prerequisites"], ["A", "Truth or Fiction", 3, ""], ["B", "Essays", 3, "Truth or Fiction"]]
    assert [row.requires for row in accepted(text(rows)).prerequisites] == ["A"]


def test_courses_taken_together_are_no_circle_but_one_before_the_other_is():
    together = [[*HEADER, "Corequisites"], ["A", "a", 3, "B"], ["B", "b", 3, "C"], ["C", "c", 3, "A"]]
    assert len(accepted(text(together)).prerequisites) == 3
    before = [[*HEADER, "Corequisites", "Prerequisites"], ["A", "a", 3, "B", ""], ["B", "b", 3, "", "A"]]
    assert codes(read(text(before)).refusals) == ["prerequisite_cycle"]


def test_cross_listed_codes_find_each_other():
    for code in (
        "BIO/CHEM 210",
        "BIO 210 (also CHEM 210)",
        "BIO 210 & CHEM 210",
        "BIO 210; CHEM 210",
        "BIO 210 [CHEM 210]",
    ):
        rows = [[*HEADER, "Prerequisites"], [code, "Cells", 3, ""], ["X 1", "Next", 3, "CHEM 210"]]
        assert [(row.requires, row.external) for row in accepted(text(rows)).prerequisites] == [(code, False)]


@pytest.mark.parametrize(
    ("code", "warning"),
    [
        ("1.20E+10", "codes_scientific"),
        ("5-Mar", "codes_dates"),
        ("2025-10-01", "codes_dates"),
        ("7月3日", "codes_dates"),
    ],
)
def test_codes_that_a_spreadsheet_destroyed_are_told(code, warning):
    assert warning in codes(accepted(text([HEADER, [code, "a", 3]])).warnings)


def test_codes_that_lost_their_zero_are_told():
    rows = [HEADER, ["01020", "a", 3], ["1021", "b", 3]]
    assert "codes_short" in codes(accepted(text(rows)).warnings)


def formatted(*cells):
    """A workbook of one row below a header, with the format of each cell, or an error in it."""
    book = openpyxl.Workbook()
    book.active.append(["Course Code", "Title", "Credits", "Total Hours"])
    book.active.append([value for value, _format in cells])
    for place, (_value, shown) in enumerate(cells, start=1):
        book.active.cell(2, place).number_format = shown
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_cell_is_read_as_it_is_shown():
    data = formatted((7, "000"), ("a", "General"), (2, "0.00"), (32, "0"))
    assert [(c.code, c.credits, c.total_hours) for c in accepted(data).courses] == [("007", 2, 32)]


@pytest.mark.parametrize("error", ["#REF!", "#VALUE!", "#NAME?", "########"])
def test_failed_cells_are_blank_and_told(error):
    parsed = accepted(text([HEADER, ["A", "a", error]]))
    assert [(w.row, w.column) for w in parsed.warnings if w.code == "error_cell"] == [(2, "C")]
    assert parsed.courses[0].credits is None


@pytest.mark.parametrize("header", ["专业", "Program", "Award", "适用专业"])
def test_several_programs_are_refused_with_their_names(header):
    rows = [[header, *HEADER], ["Law", "A", "a", 3], ["Trade", "B", "b", 3]]
    (refusal,) = read(text(rows)).refusals
    assert (refusal.code, "Law, Trade" in refusal.message) == ("several_programs", True)


def test_sheets_of_two_programs_with_their_year_are_told():
    more = {"2026级法学": [["课程代码", "课程名称", "学分"], ["B", "乙", 2]]}
    data = xlsx([["课程代码", "课程名称", "学分"], ["A", "甲", 2]], sheet="2026级国际贸易", more=more)
    assert codes(read(data).refusals) == ["several_programs"]


def test_sheets_of_modules_and_years_are_one_program():
    more = {"专业课": [["课程代码", "课程名称", "学分"], ["B", "乙", 2]]}
    data = xlsx([["课程代码", "课程名称", "学分"], ["A", "甲", 2]], sheet="通识课", more=more)
    assert list(by_code(accepted(data))) == ["A", "B"]


@pytest.mark.parametrize(
    ("said", "term"),
    [
        ("Second Year, 2nd Semester", 4),
        ("YEAR THREE – SEMESTER TWO", 6),
        ("Senior Year: Fall", 7),
        ("Semester VI (30 credits)", 6),
        ("第三学年（第2学期）", 6),
        ("Sophomore Fall", 3),
        ("Spring – Year 2", 4),
        ("Y3S1", 5),
        ("Level 5 Semester 2", 4),
        ("IV SEMESTER", 4),
        ("3rd Sem", 3),
        ("Semester 2 – 18 credits", 2),
        ("SEMESTER – III", 3),
        ("大二（下）", 4),
        ("二、第二学年第一学期课程", 3),
    ],
)
def test_a_heading_in_any_column_is_no_course(said, term):
    for row in ([said, "", ""], ["", said, ""], [said, "", 30]):
        assert [(c.code, c.term) for c in accepted(text([HEADER, row, ["A", "a", 3]])).courses] == [("A", term)]


def test_a_season_counts_within_the_year_above_it():
    rows = [HEADER, ["Sophomore Year", "", ""], ["Spring", "", ""], ["A", "a", 3]]
    assert [course.term for course in accepted(text(rows)).courses] == [4]
    assert nearest(["Junior Year", "Fall Semester"]).term == 5
    assert not when_named("Fall 2026")


def test_a_course_may_name_a_time():
    assert not names_only_a_time("Second Year Project")
    rows = [HEADER, ["P2", "Second Year Project", 6], ["A", "a", 3]]
    assert list(by_code(accepted(text(rows)))) == ["P2", "A"]


@pytest.mark.parametrize(
    "total",
    [
        "Total Credits Required",
        "Semester 1 Total",
        "Average",
        "其中实践学分",
        "Sum of semester",
        "Grand total",
        "毕业最低学分",
    ],
)
def test_totals_are_no_courses_wherever_they_stand(total):
    for row in ([total, "", 3], ["", total, 3]):
        assert list(by_code(accepted(text([HEADER, ["A", "a", 3], row])))) == ["A"]


@pytest.mark.parametrize("name", ["Gesamt", "Σ", "Sub Total (Core)", ""])
def test_a_row_that_adds_up_the_courses_above_it_is_a_total_whatever_it_is_called(name):
    rows = [HEADER, ["A", "a", 3], ["B", "b", 2.5], [name, "", 5.5]]
    parsed = accepted(text(rows))
    assert list(by_code(parsed)) == ["A", "B"]
    assert "module_sums" in codes(parsed.warnings)


def test_a_course_may_begin_with_total():
    assert list(by_code(accepted(text([HEADER, ["Q1", "Total Quality Management", 3]])))) == ["Q1"]


@pytest.mark.parametrize(
    ("rule", "choose", "points"),
    [
        ("Select two of the following courses:", 2, None),
        ("Take 1 from the following", 1, None),
        ("Elective (choose 1 of 3)", 1, None),
        ("Choose 3 credits from the following", None, 3),
        ("以下课程任选2门", 2, None),
        ("3选2", 2, None),
        ("Choose any two courses from the following list", 2, None),
        ("Electives – choose 2", 2, None),
        ("Option: 2 from 3", 2, None),
        ("One of:", 1, None),
        ("以下课程任选其二", 2, None),
        ("Elective block: 2 courses to be chosen", 2, None),
        ("One elective from the list below", 1, None),
        ("选修课程（以下选修3学分）", None, 3),
        ("Elective Group A (take at least 6 credits)", None, 6),
        ("Minimum 6 ECTS to be selected", None, 6),
    ],
)
def test_a_choice_is_the_heading_of_its_group(rule, choose, points):
    rows = [HEADER, ["", rule, 6], ["A", "a", 3], ["B", "b", 3], ["C", "c", 3]]
    parsed = accepted(text(rows))
    assert list(by_code(parsed)) == ["A", "B", "C"]
    assert [(group.choose, group.credits) for group in parsed.groups] == [(choose, points)]
    assert {"choice_row", "elective_group"} <= set(codes(parsed.warnings))


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


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(*rows: str) -> bytes:
    body = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    document = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>第三学期</w:t></w:r></w:p><w:tbl>{body}</w:tbl>'
    return archive({"word/document.xml": f"{document}</w:body></w:document>"})


def cell(said: object = "", merged: str = "") -> str:
    return f"<w:tc><w:tcPr>{merged}</w:tcPr><w:p><w:r><w:t>{said}</w:t></w:r></w:p></w:tc>"


def test_the_tables_of_a_word_file_are_read_with_their_merged_cells():
    begun, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    parsed = accepted(
        word(
            "".join(map(cell, ("课程模块", "课程编码", "课程名称", "学分"))),
            cell("专业核心课", begun) + "".join(map(cell, ("A1", "甲", 2))),
            cell("", goes_on) + "".join(map(cell, ("A2", "乙", 3))),
            cell("小计", '<w:gridSpan w:val="3"/>') + cell(5),
        )
    )
    assert [(c.code, c.module, c.term) for c in parsed.courses] == [("A1", "专业核心课", 3), ("A2", "专业核心课", 3)]


def test_a_word_file_without_tables_says_so():
    document = f'<w:document xmlns:w="{WORD}"><w:body><w:p/></w:body></w:document>'
    with pytest.raises(UnreadableFile) as caught:
        read(archive({"word/document.xml": document}))
    assert caught.value.code == "no_table_in_word"


def test_a_table_behind_an_empty_column_is_another_one():
    rows = [
        [*HEADER, "", "Type", "Hours"],
        ["A", "a", 3, "", "", ""],
        ["B", "b", 3, "", "Core", 40],
        ["", "", "", "", "All", 80],
    ]
    parsed = accepted(text(rows))
    assert [(c.code, c.course_type, c.total_hours) for c in parsed.courses] == [("A", "", None), ("B", "", None)]
    assert "table_beside" in codes(parsed.warnings)


def test_a_table_with_a_total_of_its_own_is_another_one():
    beside = [["Core", 24], ["Elective", 9], ["Total", 33]]
    rows = [
        [*HEADER, "", "Category", "Required"],
        *([c, c.lower(), 3, "", *more] for c, more in zip("ABC", beside, strict=True)),
    ]
    assert [course.course_type for course in accepted(text(rows)).courses] == ["", "", ""]


@pytest.mark.parametrize("name", ["plan.html", "plan.xls"])
def test_a_web_page_is_read_whatever_it_is_called(name):
    page = (
        "<html><head><style>td {}</style></head><body><h3>第二学期</h3><table><tr><th rowspan=2>课程编码"
        "<th rowspan=2>课程名称<th rowspan=2>学分<th colspan=2>学时</tr><tr><th>理论<th>实践</tr>"
        "<tr><td>A1</td><td>管&nbsp;理学<br></td><td>3<td>40<td>8</tr></table></body></html>"
    )
    (course,) = accepted(page.encode("gb18030"), name=name).courses
    assert (course.code, course.title_zh, course.credits, course.term) == ("A1", "管 理学", 3, 2)
    assert course.hours == {"theory": 40, "operation": 8}


def test_a_web_page_with_cells_that_reach_too_far_is_refused():
    page = "<table><tr><td>Code<td>Title<td>Credits</tr>" + "<tr><td colspan=1000 rowspan=1000>x</tr>" * 3
    with pytest.raises(UnreadableFile) as caught:
        read(page.encode())
    assert caught.value.code == "unpacks_too_large"


def test_a_table_within_a_cell_is_a_table_of_its_own():
    inner = "<table><tr><td>Code<td>Title<td>Credits</tr><tr><td>A1<td>Export<td>3</tr></table>"
    page = f"<html><table><tr><td>Menu</td><td>{inner}</td></tr></table></html>"
    assert [course.code for course in accepted(page.encode()).courses] == ["A1"]


def test_objects_are_rows():
    data = b'[{"code": "A1", "title": "Export", "credits": 3}, {"code": "A2", "title": "Law", "term": 2}]'
    assert [(c.code, c.credits, c.term) for c in accepted(data).courses] == [("A1", 3, None), ("A2", None, 2)]


def test_headers_in_traditional_letters_are_read():
    rows = [["課程代碼", "課程名稱", "學分", "開課學期", "修別"], ["A1", "國際貿易", 3, "第二學期", "選修"]]
    (course,) = accepted(text(rows)).courses
    assert (course.code, course.title_zh, course.credits, course.term) == ("A1", "國際貿易", 3, 2)
    assert course.required is False


def test_exports_of_american_systems_are_read():
    rows = [["SUBJ_CODE", "CRSE_NUMB", "TITLE", "CREDIT_HR_LOW", "CREDIT_HR_HIGH"], ["CS", "101", "Programming", 1, 4]]
    (course,) = accepted(text(rows)).courses
    assert (course.code, course.title_en, course.credits, course.credits_max) == ("CS 101", "Programming", 1, 4)


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
