"""Each mistake is refused with its row, its column, its value and a reason."""

import pytest

from tests.curricula.interchange.builders import codes, read, text, xlsx

HEADER = ["Code", "Title", "Credits", "Total Hours", "Theory Hours", "Term", "Prerequisites"]
GOOD = ["A", "Maths", "3", "48", "48", "1", ""]


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("Credits", "-3", "negative_number"),
        ("Credits", "abc", "unreadable_number"),
        ("Credits", "NaN", "nan"),
        ("Credits", "inf", "infinite"),
        ("Credits", "201", "absurd_credits"),
        ("Theory Hours", "-1", "negative_number"),
        ("Theory Hours", "many", "unreadable_number"),
        ("Theory Hours", "nan", "nan"),
        ("Theory Hours", "Infinity", "infinite"),
        ("Theory Hours", "5001", "absurd_hours"),
        ("Theory Hours", "400周", "absurd_hours"),
        ("Total Hours", "6000", "absurd_hours"),
        ("Total Hours", "1e400", "infinite"),
        ("Term", "0", "term_out_of_range"),
        ("Term", "-2", "term_out_of_range"),
        ("Term", "100", "term_out_of_range"),
        ("Prerequisites", "B", "self_prerequisite"),
    ],
)
def test_a_bad_value_is_refused_with_its_place(column, value, code):
    bad = ["B", "Physics", "3", "", "48", "1", ""]
    bad[HEADER.index(column)] = value
    (refusal,) = read(text([HEADER, GOOD, bad])).refusals
    assert (refusal.row, refusal.column, refusal.value, refusal.code) == (3, column, value, code)
    assert str(refusal).startswith(f"row 3, column {column}: ")
    assert refusal.message.endswith(".")


def test_a_row_without_code_and_title_is_refused():
    (refusal,) = read(text([HEADER, GOOD, ["", "", "3", "48", "48", "1", ""]])).refusals
    assert (refusal.row, refusal.column, refusal.code) == (3, "Code", "missing_code_and_title")


@pytest.mark.parametrize("code", ["A", "a", " A ", "Ａ"])
def test_two_courses_with_one_code_are_refused(code):
    (refusal,) = read(text([HEADER, GOOD, [code, "Other", "3", "", "48", "1", ""]])).refusals
    assert (refusal.row, refusal.column, refusal.code) == (3, "Code", "duplicate_code")
    assert "row 2" in refusal.message


def test_a_course_that_differs_between_two_sheets_is_refused_with_its_sheet():
    other = [*GOOD]
    other[2] = "4"
    (refusal,) = read(xlsx([HEADER, GOOD], sheet="one", more={"two": [HEADER, other]})).refusals
    assert (refusal.code, refusal.sheet) == ("duplicate_code", "two")
    assert str(refusal).endswith("(sheet two)")


def test_every_cycle_is_named():
    rows = [["Code", "Title", "Credits", "Prerequisites"]]
    rows += [[code, code, "1", needs] for code, needs in ("AC", "BA", "CB", "DE", "ED", "FA")]
    refusals = read(text(rows)).refusals
    assert [refusal.value for refusal in refusals] == ["A → C → B → A", "D → E → D"]


def test_a_chain_longer_than_the_stack_has_no_cycle():
    rows = [["Code", "Title", "Credits", "Prerequisites"], ["C0", "t", "1", ""]]
    rows += [[f"C{n}", "t", "1", f"C{n - 1}"] for n in range(1, 3000)]
    parsed = read(text(rows))
    assert (parsed.refusals, len(parsed.prerequisites)) == ((), 2999)


def test_all_mistakes_of_a_file_are_listed_at_once_in_the_order_of_its_rows():
    rows = [HEADER, ["A", "x", "-1", "", "", "", ""], ["", "", "1", "", "", "", ""], ["A", "y", "z", "", "", "0", ""]]
    parsed = read(text(rows))
    assert [(refusal.row, refusal.code) for refusal in parsed.refusals] == [
        (2, "negative_number"),
        (3, "missing_code_and_title"),
        (4, "unreadable_number"),
        (4, "term_out_of_range"),
        (4, "duplicate_code"),
    ]
    assert "missing_credits" not in codes(parsed.warnings)


@pytest.mark.parametrize(("column", "example"), [("Credits", "3"), ("Theory Hours", "48"), ("Total Hours", "48")])
def test_a_figure_that_cannot_be_read_is_told_one_that_can(column, example):
    bad = ["B", "Physics", "3", "48", "48", "1", ""]
    bad[HEADER.index(column)] = "四学分"
    (refusal,) = read(text([HEADER, GOOD, bad])).refusals
    assert refusal.message.endswith(f"write a figure such as {example}.")
