"""Rows without a code that stand for whatever students choose: the heading of the options below, or a course."""

import pytest

from tests.curricula.interchange.builders import accepted, by_code, codes, text

HEADER = ["Course Code", "Title", "Credits"]
HEADER_ZH = ["课程类别", "课程性质", "课程编码", "课程名称", "学分"]
OPTIONS = [["A", "a", 3], ["B", "b", 3], ["C", "c", 3]]


def groups(parsed) -> list[tuple]:
    return [(group.title, tuple(group.courses), group.choose, group.credits) for group in parsed.groups]


@pytest.mark.parametrize(
    ("title", "choose", "points"),
    [
        ("专业选修课（修满6学分）", None, 6),
        ("限选（至少2门）", 2, None),
        ("任选课程（2门）", 2, None),
        ("专业限选课（不少于6学分）", None, 6),
        ("专业选修课：6学分", None, 6),
        ("Major electives (choose 6 credits)", None, 6),
        ("Major electives (at least 6 credits)", None, 6),
        ("Electives (6 credits)", None, 6),
        ("Major electives: 6 credits required", None, 6),
        ("Electives (min. 2 courses)", 2, None),
    ],
)
def test_a_row_that_says_how_much_is_chosen_of_the_courses_below_is_their_heading(title, choose, points):
    parsed = accepted(text([HEADER, ["M", "m", 4], ["", title, 6], *OPTIONS]))
    assert list(by_code(parsed)) == ["M", "A", "B", "C"]
    assert groups(parsed) == [(title, ("A", "B", "C"), choose, points)]
    assert {"choice_row", "elective_group"} <= set(codes(parsed.warnings))


@pytest.mark.parametrize("title", ["专业选修课（修满6学分）", "以下课程任选2门"])
def test_the_options_have_their_heading_where_another_column_names_their_module(title):
    options = [["专业选修课", "选修", *option] for option in OPTIONS]
    rows = [HEADER_ZH, ["专业必修课", "必修", "M", "m", 4], ["", "", "", title, 6], *options]
    parsed = accepted(text([*rows, ["实践环节", "必修", "P", "p", 2]]))
    assert [group[:2] for group in groups(parsed)] == [(title, ("A", "B", "C"))]
    assert [course.module for course in parsed.courses] == ["", title, title, title, ""]


def test_the_options_have_their_heading_where_each_names_its_module():
    rows = [
        ["课程模块", *HEADER_ZH[1:]],
        ["专业必修课", "必修", "M", "m", 4],
        ["专业选修课", "", "", "专业选修课（修满6学分）", 6],
    ]
    parsed = accepted(text([*rows, *(["专业选修课", "选修", *option] for option in OPTIONS)]))
    assert [group[:2] for group in groups(parsed)] == [("专业选修课（修满6学分）", ("A", "B", "C"))]
    assert [course.module for course in parsed.courses] == ["专业必修课", *["专业选修课"] * 3]


def test_a_choice_ends_with_the_term():
    rows = [HEADER, ["Semester 1", "", ""], ["", "Choose 1 of the following", 3], *OPTIONS[:2]]
    parsed = accepted(text([*rows, ["Semester 2", "", ""], ["D", "d", 3], ["E", "e", 3]]))
    assert [(group.courses, group.choose) for group in parsed.groups] == [(("A", "B"), 1)]
    assert [(course.term, course.module) for course in parsed.courses[2:]] == [(2, ""), (2, "")]


def test_the_same_words_over_two_lists_are_two_groups():
    rows = [HEADER, ["", "Choose 1 of the following", 3], *OPTIONS[:2], ["", "Choose 1 of the following", 3]]
    parsed = accepted(text([*rows, ["D", "d", 3], ["E", "e", 3]]))
    assert [(group.courses, group.choose) for group in parsed.groups] == [(("A", "B"), 1), (("D", "E"), 1)]
    assert len({group.title for group in parsed.groups}) == 2


@pytest.mark.parametrize(
    "below",
    [
        [["通识教育课", "必修", "G2", "g", 3], ["通识教育课", "必修", "G3", "h", 3]],  # they must be taken
        [["专业课", "", "G2", "g", 3], ["专业课", "", "G3", "h", 3]],  # another module
        [["通识教育课", "任选", "G2", "g", 3]],  # one course is no choice
        [["通识教育课", "任选", "", "创新创业类选修课（至少2学分）", 2], ["专业课", "", "G3", "h", 3]],
        [],
    ],
)
def test_a_row_above_other_courses_stays_a_course_and_is_told(below):
    title = "公共艺术类选修课（至少2学分）"
    parsed = accepted(text([HEADER_ZH, ["通识教育课", "任选", "", title, 2], *below]))
    assert title in (parsed.courses[0].title_zh, parsed.courses[0].title_en)
    assert parsed.courses[0].credits == 2
    assert (title, (title,), None, 2) in groups(parsed)
    assert "elective_row" in codes(parsed.warnings)


@pytest.mark.parametrize(
    "rows",
    [
        # courses that may be chosen from anywhere, above a plan that says nothing of what must be taken
        [["", "公共选修课（至少6学分）", 6], *OPTIONS],
        [["", "Free electives (6 credits)", 6], *OPTIONS],
        # far more courses than are chosen
        [["", "选修课（修满3学分）", 3], *([f"A{number}", "a", 3] for number in range(9))],
        # fewer than are chosen
        [["", "选修课（修满9学分）", 9], *OPTIONS[:2]],
    ],
)
def test_where_it_is_doubtful_the_row_is_kept_and_named_with_what_stands_below(rows):
    parsed = accepted(text([HEADER, *rows]))
    assert len(parsed.courses) == len(rows)
    (warning,) = [found for found in parsed.warnings if found.code == "elective_row_above"]
    assert (warning.row, warning.value) == (2, rows[0][1])
    assert "A" in warning.message


def test_an_elective_among_coded_courses_is_a_course():
    rows = [HEADER, ["A", "a", 3], ["", "Technical Elective", 3], ["B", "b", 3], ["C", "c", 3]]
    parsed = accepted(text(rows))
    assert len(parsed.courses) == 4
    assert parsed.groups == ()


@pytest.mark.parametrize("title", ["选修课程设计", "Elective Surgery (4 credits)", "选修导论"])
def test_a_course_with_a_code_is_never_a_heading(title):
    parsed = accepted(text([HEADER, ["E1", title, 4], *OPTIONS]))
    assert list(by_code(parsed)) == ["E1", "A", "B", "C"]
    assert parsed.groups == ()
