"""The kinds of faults that the shared cases stand for, each with a small table of its own."""

import io

import openpyxl
import pytest

from curricula.interchange.term_context import names_only_a_time, nearest, when_named
from tests.curricula.interchange.builders import accepted, by_code, codes, read, text, xlsx

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
