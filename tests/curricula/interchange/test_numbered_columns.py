"""“一 二 三 … 八” above the columns of a plan: terms where they count in order, and nothing else."""

import pytest

from tests.curricula.interchange.builders import accepted, text, xlsx

HEADER = ["课程代码", "课程名称", "学分", "总学时"]
LEFT = [""] * 4
EIGHT = list("一二三四五六七八")
COURSES = [
    ["A1", "高等数学", 4, 64, 4, *[""] * 7],
    ["A2", "线性代数", 3, 48, "", 3, *[""] * 6],
    ["A3", "项目实训", 3, 48, *[""] * 5, 2, 2, ""],
]
TERMS = {"A1": (1, None), "A2": (2, None), "A3": (6, 7)}


def terms(data):
    return {course.code: (course.term, course.term_last) for course in accepted(data).courses}


@pytest.mark.parametrize("labels", [EIGHT, list("ⅠⅡⅢⅣⅤⅥⅦⅧ"), ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"]])
def test_a_run_of_numerals_over_figures_is_the_terms_of_a_plan(labels):
    assert terms(text([[*HEADER, *labels], *COURSES])) == TERMS


@pytest.mark.parametrize("group", ["学期", "开课学期", "各学期周学时", "教学进程", "开课安排", "分配"])
@pytest.mark.parametrize("labels", [EIGHT, [f"{label}/16" for label in EIGHT]])
def test_a_run_below_a_merged_header_is_the_terms(group, labels):
    rows = [[*HEADER, group, *[""] * 7], [*LEFT, *labels], *COURSES]
    assert terms(text(rows)) == terms(xlsx(rows, merged=["E1:L1"])) == TERMS


def test_the_weeks_of_each_term_below_it_change_nothing():
    rows = [[*HEADER, "教学进程", *[""] * 7], [*LEFT, *EIGHT], [*LEFT, 16, 18, 18, 18, 18, 18, 8, 12], *COURSES]
    assert terms(xlsx(rows, merged=["E1:L1"])) == TERMS


@pytest.mark.parametrize(
    "below", [[1, 2, 3, 4, 5, 6, 7, 8], list("一二三四五六七八"), list("上下" * 4), list("一二" * 4)]
)
@pytest.mark.parametrize("group", ["学年", "按学年学期分配周学时"])
def test_a_numeral_over_two_columns_is_a_year(group, below):
    """Read as a term, 四 / 8 would be the fourth."""
    years = ["一", "", "二", "", "三", "", "四", ""]
    rows = [[*HEADER, group, *[""] * 7], [*LEFT, *years], [*LEFT, *below], *COURSES]
    assert terms(xlsx(rows, merged=["E1:L1", "E2:F2", "G2:H2", "I2:J2", "K2:L2"])) == TERMS


@pytest.mark.parametrize(
    ("labels", "cells"),
    [
        (["一", "二", "三"], [4, "", ""]),  # too few to be no chance
        (["一", "二", "四", "五"], [4, "", "", ""]),  # not in order
        (["二", "三", "四", "五"], [4, "", "", ""]),  # not from the first
        (["一", "二", "三", "四"], ["√", "", "", ""]),  # a tick could be anything's
        (["一", "二", "三", "四"], ["张老师", "", "", ""]),
        (["一", "二", "三", "四"], ["H", "", "M", ""]),
    ],
)
def test_numerals_that_are_no_run_over_figures_stay_unknown(labels, cells):
    assert terms(text([[*HEADER, *labels], ["A1", "高等数学", 4, 64, *cells]])) == {"A1": (None, None)}


@pytest.mark.parametrize("labels", [[1, 2, 3, 4, 5], list("一二三四五")])
@pytest.mark.parametrize("header", [HEADER[:2], HEADER])
def test_numerals_below_graduation_requirements_are_requirements(header, labels):
    """Before, 1 to 5 became terms and the ticks were lost."""
    left, figures = [""] * len(header), [4, 64][: len(header) - 2]
    rows = [[*header, "毕业要求", *[""] * 4], [*left, *labels], ["A1", "高等数学", *figures, "√", "", "√", "", ""]]
    parsed = accepted(text(rows))
    assert [course.term for course in parsed.courses] == [None]
    assert [(m.course, m.ability) for m in parsed.mappings] == [("A1", str(labels[0])), ("A1", str(labels[2]))]


def test_strengths_in_figures_below_numerals_are_no_terms_of_a_list_without_hours():
    parsed = accepted(text([["课程代码", "课程名称", *"一二三四五"], ["A1", "高等数学", 3, "", 1, "", 2]]))
    assert [course.term for course in parsed.courses] == [None]
