"""What people write about prerequisites, and the same requirement as alternatives: true for the same courses."""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.tabular.choices import Choices
from curricula.fields.clauses import Choice, TooManyClauses, all_of, choices_of, in_words, one_of, some_of
from curricula.interchange import ReadSettings
from curricula.interchange.course_index import CourseIndex
from curricula.interchange.parsed import CourseRow
from curricula.interchange.requisites import requisite_clauses
from tests.curricula.interchange.builders import codes, read, text

NAMES = ("CS101", "CS102", "MA201", "高等数学", "EC301")
INDEX = CourseIndex([CourseRow(1, name) for name in NAMES])


def clauses_in(words: str, answers: dict[str, str] | None = None):
    doubts: list = []
    found = list(requisite_clauses(words, INDEX, answers=answers or {}, doubts=doubts))
    return [[each.name for each in clause] for clause in found], [doubt.code for doubt in doubts]


def said(words: str, **answers: str) -> str:
    return in_words(clauses_in(words, answers)[0])


# An expression is a name, or ("and" | "or" | how many, parts).
def expressions():
    names = st.sampled_from(NAMES)
    return st.recursive(
        names,
        lambda parts: st.tuples(st.sampled_from(["and", "or", 2]), st.lists(parts, min_size=2, max_size=3)),
        max_leaves=5,
    )


def written(expression) -> str:
    """With brackets around every part that has parts."""
    if isinstance(expression, str):
        return expression
    operation, parts = expression
    inside = [part if isinstance(part, str) else f"({written(part)})" for part in parts]
    if operation == 2:
        return f"two of {', '.join(inside)}"
    return f" {operation} ".join(inside)


def holds(expression, taken: set[str]) -> bool:
    if isinstance(expression, str):
        return expression in taken
    operation, parts = expression
    true = [holds(part, taken) for part in parts]
    return sum(true) >= {"and": len(true), "or": 1}.get(operation, operation)


def all_sets():
    return map(set, chain.from_iterable(combinations(NAMES, size) for size in range(len(NAMES) + 1)))


@given(expressions())
def test_what_is_written_is_true_for_the_same_courses(expression):
    clauses, doubts = clauses_in(written(expression))
    assert doubts == []
    if any(name not in NAMES for clause in clauses for name in clause):
        return  # too long for clauses: it stayed in its words
    for taken in all_sets():
        assert all(taken & set(clause) for clause in clauses) == holds(expression, taken)


@given(expressions())
def test_the_shorter_words_say_the_same_and_read_back(expression):
    try:
        clauses = clauses_of(expression)
    except TooManyClauses:
        return
    found = choices_of(clauses)
    for taken in all_sets():
        assert all(met(choice, taken) for choice in found) == holds(expression, taken)
    back = [clauses_in("".join(choice.said()).replace("2 of:", "two of"))[0] for choice in found]
    assert all_of([tuple(map(tuple, each)) for each in back])  # no part of it is lost to words
    assert {name for each in back for clause in each for name in clause} <= set(NAMES)


def clauses_of(expression):
    if isinstance(expression, str):
        return ((expression,),)
    operation, parts = expression
    made = [clauses_of(part) for part in parts]
    return {"and": all_of, "or": one_of}.get(operation, lambda them: some_of(2, them))(made)


def met(choice: Choice[str], taken: set[str]) -> bool:
    return sum(taken.issuperset(way) for way in choice.ways) >= choice.needed


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("CS101 or (CS102 and MA201)", "CS101 or (CS102 and MA201)"),
        ("(CS101 and CS102) or (MA201 and EC301)", "(CS101 and CS102) or (MA201 and EC301)"),
        ("two of CS101, CS102, MA201", "2 of: CS101, CS102, MA201"),
        ("At least 2 courses from: CS101, CS102 and MA201", "2 of: CS101, CS102, MA201"),
        ("Choose two of the following courses: CS101, CS102, MA201", "2 of: CS101, CS102, MA201"),
        ("CS101、CS102、高等数学中任选两门", "2 of: CS101, CS102, 高等数学"),
        ("从CS101、CS102、高等数学中选2门", "2 of: CS101, CS102, 高等数学"),
        ("CS101、CS102、MA201、高等数学（任选三门）", "3 of: CS101, CS102, MA201, 高等数学"),
        ("CS101、CS102、高等数学三选二", "2 of: CS101, CS102, 高等数学"),
        ("任选两门：CS101、CS102、高等数学", "2 of: CS101, CS102, 高等数学"),
        ("以下课程之一：CS101、高等数学", "CS101 or 高等数学"),
        ("EC301，CS101、CS102任选一门", "EC301 and (CS101 or CS102)"),
        ("CS101、CS102任选一门，EC301", "(CS101 or CS102) and EC301"),
        ("EC301 and one of CS101, CS102", "EC301 and (CS101 or CS102)"),
        ("EC301, CS101/CS102", "EC301 and (CS101 or CS102)"),
        ("EC301 and CS101/CS102", "EC301 and (CS101 or CS102)"),
        ("two of CS101/CS102, MA201", "(CS101 or CS102) and MA201"),
        ("CS101 (or CS102)", "CS101 or CS102"),
        ("(CS101 or CS102) with a grade of C or better", "CS101 or CS102"),
        ("EC301, and CS101 or CS102", "EC301 and (CS101 or CS102)"),  # the comma says it
        ("EC301 and CS101, or CS102", "(EC301 and CS101) or CS102"),
        ("three of CS101, CS102", "three of CS101, CS102"),  # kept in its words
        ("CS101 or (CS102", "CS101 or (CS102"),
        ("物流与供应链管理或CS101", "物流与供应链管理 or CS101"),
        ("物流与CS102或CS101", "物流与CS102或CS101"),
    ],
)
def test_forms_that_people_write(words, meaning):
    assert (said(words), clauses_in(words)[1]) == (meaning, [])


@pytest.mark.parametrize(
    ("words", "code", "readings"),
    [
        (
            "EC301 and CS101 or CS102",
            "and_or_mixed",
            {"and_first": "(EC301 and CS101) or CS102", "or_first": "EC301 and (CS101 or CS102)"},
        ),
        (
            "CS101 or CS102, EC301",
            "comma_after_or",
            {"and": "(CS101 or CS102) and EC301", "or": "CS101 or CS102 or EC301"},
        ),
        (
            "One of CS101, CS102 and EC301",
            "and_in_choice",
            {"list": "CS101 or CS102 or EC301", "beside": "(CS101 or CS102) and EC301"},
        ),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked(words, code, readings):
    assert clauses_in(words)[1] == [code]
    assert {answer: said(words, **{code: answer}) for answer in readings} == readings
    first = next(iter(readings.values()))
    assert said(words) == first


def test_nothing_is_asked_where_both_ways_say_the_same():
    assert clauses_in("CS101 and CS101 or CS101")[1] == []


def test_a_long_list_stays_in_its_words():
    names = [f"CS{number}" for number in range(200, 212)]
    index = CourseIndex([CourseRow(1, name) for name in names])
    words = f"two of {', '.join(names)}"  # 12 choices among 11 each
    (clause,) = requisite_clauses(words, index, answers={}, doubts=[])
    assert [each.name for each in clause] == [words]


PLAN = [["Course Code", "Title", "Credits", "Prerequisites"], *([name, f"Title {name}", 3, ""] for name in NAMES)]


def test_the_question_names_the_cell_and_both_readings_and_counts_its_kind():
    rows = [*PLAN, ["X1", "x", 3, "EC301 and CS101 or CS102"], ["X2", "y", 3, "CS101 and CS102 or MA201"]]
    parsed = read(text(rows))
    (doubt,) = parsed.doubts
    assert [says for _code, says in doubt.options] == ["(EC301 and CS101) or CS102", "EC301 and (CS101 or CS102)"]
    assert "(EC301 and CS101) or CS102" in doubt.question
    assert "2" in doubt.question
    assert "and_or_mixed" in codes(parsed.warnings)  # a command tells how it is read for now
    answered = read(text(rows), settings=ReadSettings(choices=Choices(answers={"and_or_mixed": "or_first"})))
    assert "and_or_mixed" not in codes(answered.warnings)
    assert [(row.requires, row.alternative) for row in answered.prerequisites if row.course == "X1"] == [
        ("EC301", 0),
        ("CS101", 1),
        ("CS102", 1),
    ]
