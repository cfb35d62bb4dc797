"""Small files that once showed a failure, each with its right outcome; they stand for kinds of faults in reading."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from competencies.demand.readers.postings import read_postings
from competencies.demand.readers.surveys import read_survey
from competencies.frameworks.formats import read_format
from competencies.tabular.problems import UnreadableFile
from curricula.interchange.bundles import read_file
from tests.places import SHARED

CASES = SHARED / "cases"
COLLECTED = date(2026, 11, 28)
POINTS = {"11": "1.1", "point11": "1.1", "12": "1.2", "point12": "1.2"}


def plan(name: str):
    return read_file(CASES / name, name=name)


def postings(name: str):
    return read_postings(CASES / name, name=name, today=COLLECTED)


def survey(name: str):
    return read_survey(CASES / name, name=name, abilities=POINTS)


def framework(name: str):
    return read_format(name.rpartition(".")[2], CASES / name, slug="t")


def told(parsed) -> set[str]:
    return {problem.code for problem in parsed.warnings}


def refused(parsed) -> list[str]:
    return [problem.code for problem in parsed.refusals]


def titles(parsed) -> list[str]:
    assert not parsed.refusals
    return [course.title_zh or course.title_en for course in parsed.courses]


def column(name: str) -> Callable[[Any], list]:
    def of(parsed) -> list:
        assert not parsed.refusals
        return [getattr(course, name) for course in parsed.courses]

    return of


def requisites(parsed) -> list[tuple[str, str, bool]]:
    assert not parsed.refusals
    return [(row.course, row.requires, row.external) for row in parsed.prerequisites]


def choices(parsed) -> list[tuple[str, str, int]]:
    assert not parsed.refusals
    return [(row.course, row.requires, row.alternative) for row in parsed.prerequisites]


def cells(parsed) -> list[tuple[str, str]]:
    assert not parsed.refusals
    return [(row.course, row.ability) for row in parsed.mappings]


def every(field: str) -> Callable[[Any], set]:
    return lambda parsed: {getattr(row, field) for row in parsed.rows}


def tells(*codes: str) -> Callable[[Any], bool]:
    return lambda parsed: set(codes) <= told(parsed)


def areas(parsed) -> list[str]:
    assert not parsed.refusals
    return [ability.code for ability in parsed.abilities if not ability.parent]


def points(parsed) -> list[str]:
    """The abilities that are no area of others."""
    assert not parsed.refusals
    above = {ability.parent for ability in parsed.abilities}
    return [ability.code for ability in parsed.abilities if ability.code not in above]


TICKS = [("CS101", "PLO1"), ("CS102", "PLO1"), ("CS102", "PLO2"), ("CS103", "PLO3")]
CITIES = {"杭州", "深圳", "郑州"}
CHOICE = "公共艺术类选修课（在2-7学期修读，至少2学分）"

RIGHT: list[tuple[str, Callable, Callable | None, Any]] = [
    ("01a_cp1252_plan.csv", plan, titles, ["Women’s Studies", "Introducción al Comercio"]),
    ("01a_cp1252_plan.csv", plan, tells("guessed_encoding"), True),
    ("01c_cp1252_framework.csv", framework, lambda parsed: parsed.abilities[0].title.en, "Women’s work"),
    ("02a_dept_code_before_title.csv", plan, titles, ["国文", "微积分"]),
    ("02a_dept_code_before_title.csv", plan, column("department"), ["甲系", "乙系"]),
    ("02b_department_code_first.csv", plan, titles, ["Programming", "Calculus"]),
    ("03a_or.csv", plan, choices, [("CS101", "MA101", 1), ("CS101", "MA102", 1)]),
    (
        "03c_or_circle.csv",
        plan,
        choices,
        [("PH101", "MA101", 1), ("PH101", "PH100", 1), ("PH100", "MA101", 1), ("PH100", "PH101", 1)],
    ),
    (
        "03d_other_forms.csv",
        plan,
        requisites,
        [
            ("CS102", "CS101", False),
            ("CS201", "CS101", False),
            ("CS201", "CS102", False),
            ("CS202", "CS101", False),
            ("CS202", "CS102", False),
            ("CS203", "CS101", False),
            ("CS204", "CS101", False),
            ("CS205", "CS101", False),
            ("CS205", "CS102", False),
            ("CS205", "EE101", True),
            ("CS206", "CS101", False),
            ("CS206", "CS102", False),
            ("CS207", "Consent of instructor", True),
        ],
    ),
    (
        "03d_other_forms.csv",
        plan,
        lambda parsed: [row for row in choices(parsed) if row[-1]],
        [("CS205", "CS102", 1), ("CS205", "EE101", 1), ("CS206", "CS101", 1), ("CS206", "CS102", 1)],
    ),
    ("03d_other_forms.csv", plan, tells("bar_as_and", "words_beside_prerequisite", "external_prerequisite"), True),
    ("04_corequisites_both_ways.csv", plan, requisites, [("PH101", "PH101L", False), ("PH101L", "PH101", False)]),
    ("05a_qiangzhi_export.csv", plan, column("required"), [True, False]),
    ("05a_qiangzhi_export.csv", plan, column("course_type"), ["公共基础课程", "专业课"]),
    ("06a_codes_with_zero_format.xlsx", plan, column("code"), ["01010023", "01010025"]),
    ("06b_codes_scientific.csv", plan, tells("codes_scientific"), True),
    ("06d_code_became_date.xlsx", plan, tells("codes_dates"), True),
    (
        "06e_indicator_1_10.xlsx",
        plan,
        cells,
        [("A1", "1.1"), ("A2", "1.2"), ("A2", "1.10"), ("A3", "1.10")],
    ),
    ("07a_program_column.csv", plan, refused, ["several_programs"]),
    ("07c_program_sheets.xlsx", plan, refused, ["several_programs"]),
    ("08_column_weights.csv", plan, lambda parsed: {row.share for row in parsed.mappings}, {None}),
    ("08_column_weights.csv", plan, tells("column_weights"), True),
    ("08_column_weights.csv", plan, lambda parsed: {row.weight for row in parsed.mappings}, {0.2, 0.3, 0.4, 0.5}),
    ("09a_heading_year_and_term.csv", plan, column("term"), [5, 6]),
    ("09b_heading_in_code_column.csv", plan, column("code"), ["CS101", "CS102"]),
    ("09b_heading_in_code_column.csv", plan, column("term"), [1, 2]),
    ("09d_heading_beside_another_table.csv", plan, column("code"), ["CS101", "CS201"]),
    ("09d_heading_beside_another_table.csv", plan, column("term"), [None, 3]),
    ("09d_heading_beside_another_table.csv", plan, column("module"), ["", ""]),
    ("10a_totals.csv", plan, column("code"), ["CS101"]),
    ("10c_choose.csv", plan, column("code"), ["CS101", "CS201", "CS202", "CS203"]),
    (
        "10c_choose.csv",
        plan,
        lambda parsed: [(g.choose, g.courses) for g in parsed.groups],
        [(2, ("CS201", "CS202", "CS203"))],
    ),
    ("10c_choose.csv", plan, tells("choice_row", "elective_group"), True),
    ("11a_true_false.csv", plan, cells, TICKS),
    ("11b_cdio_itu.csv", plan, refused, ["unknown_letters"]),
    ("11b_cdio_itu.csv", plan, lambda parsed: parsed.refusals[0].value, "T, U"),
    ("11c_symbols.csv", plan, tells("symbols_by_legend"), True),
    ("11c_symbols.csv", plan, lambda parsed: "".join(row.strength for row in parsed.mappings), "HLHMLH"),
    ("11e_yes_no.csv", plan, cells, TICKS),
    ("11f_outcomes_in_rows.csv", plan, None, "outcomes_in_rows"),
    ("12a_ltpc.csv", plan, column("credits"), [3, 3, 1]),
    (
        "12a_ltpc.csv",
        plan,
        column("hours"),
        [
            {"theory": 48, "operation": 0},
            {"theory": 32, "operation": 32},
            {"theory": 0, "operation": 32},
        ],
    ),
    ("12a_ltpc.csv", plan, tells("hours_a_week"), True),
    ("13_hours_are_credits.csv", plan, column("credits"), [3, 4]),
    ("13_hours_are_credits.csv", plan, tells("hours_are_credits"), True),
    ("14a_header_again.csv", postings, every("title"), {"店铺运营", "客服"}),
    (
        "14b_other_names.csv",
        postings,
        lambda parsed: [(r.employer, r.region, r.text, r.published, r.skills, r.salary_low) for r in parsed.rows],
        [("甲公司", "杭州", "负责店铺运营与选品", date(2026, 3, 1), ("选品", "运营"), 8000)],
    ),
    (
        "14c_descriptions.csv",
        postings,
        lambda parsed: parsed.rows[0].text.endswith("negotiates with suppliers."),
        True,
    ),
    ("14d_linkedin.csv", postings, every("published"), {date(2024, 4, 18)}),
    ("14d_linkedin.csv", postings, every("salary_low"), {7500, 3480}),
    (
        "15_error_cells.xlsx",
        plan,
        lambda parsed: [(w.row, w.column) for w in parsed.warnings if w.code == "error_cell"],
        [(2, "C"), (3, "B"), (4, "A")],
    ),
    ("16_usual_figures.csv", plan, column("credits"), [2, 0, 3, 2, 2, 0.5]),
    ("16_usual_figures.csv", plan, column("total_hours"), [32, 32, 48, 32, 40, 8]),
    ("17a_framework_plain.csv", framework, points, ["A1", "A2"]),
    ("17c_framework_moodle.csv", framework, points, ["C1.1"]),
    (
        "18a_google_grid.csv",
        survey,
        lambda parsed: [(row.ability, row.importance, row.competence) for row in parsed.rows],
        [("1.1", 5, 3), ("1.2", 4, 2), ("1.1", 4, 2), ("1.2", 4, 3)],
    ),
    ("18c_zero_means_not_applicable.csv", survey, tells("rare_zeros"), True),
    ("19_student_marks.csv", plan, None, "marks_of_students"),
    ("20_html_description.csv", plan, column("description"), ["Students plan a shop."]),
    ("21_cross_listed.csv", plan, requisites, [("ST 200", "CS 330 / INFO 330", False)]),
    ("frame.csv", framework, lambda parsed: len(points(parsed)), 7),
    (
        "framework_three_columns.xlsx",
        framework,
        lambda parsed: (len(points(parsed)), len(parsed.positions)),
        (15, 3),
    ),
    ("postings_posted_on.xlsx", postings, lambda parsed: sum(r.published is not None for r in parsed.rows), 150),
    ("trade_plan.xlsx", plan, lambda parsed: len(parsed.courses), 40),
    ("trade_plan.xlsx", plan, lambda parsed: sum("operation" in c.hours for c in parsed.courses), 6),
    ("trade_plan.xlsx", plan, lambda parsed: {c.required for c in parsed.courses}, {True, False}),
    ("trade_plan.xlsx", plan, lambda parsed: all(c.lecturers for c in parsed.courses), True),
    ("trade_plan.xlsx", plan, tells("practice_by_name"), True),
    ("zh_01_dash_code_elective_row.csv", plan, titles, ["大学英语", CHOICE, "创新创业类选修课（至少2学分）"]),
    ("zh_01_dash_code_elective_row.csv", plan, tells("elective_row"), True),
    (
        "zh_01_dash_code_elective_row.csv",
        plan,
        lambda parsed: [(g.title, g.credits, len(g.courses)) for g in parsed.groups],
        [(CHOICE, 2, 1), ("创新创业类选修课（至少2学分）", 2, 1)],
    ),
    (
        "zh_01b_elective_row_plain_title.csv",
        plan,
        titles,
        ["大学英语", "公共艺术类选修课", "人文社科类选修课", "创新创业类选修课（至少2学分）"],
    ),
    ("zh_04_marks_plan.csv", plan, titles, ["跨境电商平台运营", "国际贸易实务", "跨境直播运营", "数据分析"]),
    (
        "zh_04_marks_matrix.csv",
        plan,
        lambda parsed: [row.course for row in parsed.mappings],
        ["跨境电商平台运营", "国际贸易实务", "跨境直播运营", "数据分析"],
    ),
    ("zh_06_hours_forms.csv", plan, column("total_hours"), [48, 32, 64, 64, 16]),
    ("zh_06_hours_forms.csv", plan, column("credits"), [3, 1, 2, 4, 1]),
    (
        "zh_10_elective_group_rule.csv",
        plan,
        lambda parsed: [(group.credits, tuple(group.courses)) for group in parsed.groups],
        [(4, ("X1", "X2", "X3"))],
    ),
    ("zh_10_elective_group_rule.csv", plan, tells("elective_group"), True),
    (
        "zh_11_graduation_requirements_wide.csv",
        framework,
        points,
        ["1.1", "1.2", "2.1"],
    ),
    ("zh_13_framework_chinese_headers.csv", framework, points, ["1.1"]),
    ("zh_14_plan_in_word.docx", plan, titles, ["管理学", "国际贸易实务"]),
    ("zh_16_postings_generic.csv", postings, every("region"), CITIES),
    ("zh_16_postings_generic.csv", postings, lambda parsed: all(len(r.text) > 50 for r in parsed.rows), True),
    ("zh_17_postings_zhilian_gb18030.csv", postings, every("region"), CITIES),
    ("zh_17_postings_zhilian_gb18030.csv", postings, every("salary_low"), {6001, 8000, 10000}),
    ("zh_18_postings_boss.csv", postings, every("region"), CITIES),
    ("zh_19_postings_51job.csv", postings, every("published"), {date(2026, 9, 28), date(2026, 9, 27)}),
    ("zh_21_plan_classic_grid.xlsx", plan, lambda parsed: sum(len(c.code) == 6 for c in parsed.courses), 33),
    ("zh_21_plan_classic_grid.xlsx", plan, lambda parsed: CHOICE in titles(parsed), True),
    (
        "zh_21_plan_classic_grid.xlsx",
        plan,
        lambda parsed: {(c.module, c.required) for c in parsed.courses if c.code.startswith("SJ")},
        {("集中性实践教学环节", True)},
    ),
    (
        "zh_21_plan_classic_grid.xlsx",
        plan,
        lambda parsed: [(g.choose, g.credits) for g in parsed.groups],
        [(None, 2), (4, 8)],
    ),
    (
        "zh_21_plan_classic_grid.xlsx",
        plan,
        lambda parsed: [c.note for c in parsed.courses if c.title_zh in ("国际贸易实务", "跨境电商平台运营")],
        ["校企合作课程", "专业核心课程"],
    ),
    ("zh_22_matrix_HML_12_requirements.xlsx", plan, lambda parsed: len(cells(parsed)), 109),
    ("zh_22_matrix_HML_12_requirements.xlsx", plan, lambda parsed: {row.level for row in parsed.mappings}, {""}),
    (
        "zh_22_matrix_HML_12_requirements.xlsx",
        plan,
        lambda parsed: {row.strength for row in parsed.mappings},
        {"H", "M", "L"},
    ),
    ("zh_23_matrix_weights.xlsx", plan, lambda parsed: all(row.weight for row in parsed.mappings), True),
    ("zh_23_matrix_weights.xlsx", plan, tells("column_weights"), True),
    (
        "zh_24_graduation_requirements.xlsx",
        framework,
        lambda parsed: (len(areas(parsed)), len(points(parsed))),
        (12, 28),
    ),
    ("zh_frame_kj_gr.csv", framework, lambda parsed: len(points(parsed)), 28),
]


@pytest.mark.skipif(not CASES.exists(), reason="the cases do not stand beside the project")
@pytest.mark.parametrize(
    ("name", "read", "seen", "right"), RIGHT, ids=lambda value: value if isinstance(value, str) else ""
)
def test_each_file_reads_right(name, read, seen, right):
    if seen is None:
        with pytest.raises(UnreadableFile) as caught:
            read(name)
        assert caught.value.code == right
        assert "Student One" not in str(caught.value)
    else:
        assert seen(read(name)) == right


@pytest.mark.skipif(not CASES.exists(), reason="the cases do not stand beside the project")
def test_every_file_has_its_right_outcome():
    files = {path.name for path in CASES.iterdir()} - {"README.md"}
    assert files == {name for name, *_ in RIGHT}
