"""A plan is the same curriculum however its columns are ordered, called, or assigned by hand."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from competencies.tabular.choices import Choices
from curricula.fields.course import COURSE
from curricula.interchange import ParsedCurriculum, ReadSettings
from curricula.interchange.aliases import has_chinese
from curricula.interchange.header_words import HEADER_WORDS, HOUR_STEMS
from tests.curricula.interchange.builders import read, text

PLANS = 200
MOST_COURSES = 8


def words(name: str) -> list[str]:
    """All names of a column."""
    if name in HOUR_STEMS:
        return [
            stem + ending
            for stem in HOUR_STEMS[name].split()
            for ending in ("", "学时" if has_chinese(stem) else " hours")
        ]
    declared = {field.heading: field.words for field in COURSE.fields}
    return (HEADER_WORDS | declared)[name].split()


# What each column holds; its values decide nothing that its name leaves open.
COLUMNS: dict[str, st.SearchStrategy[Any]] = {
    "credits": st.sampled_from(["1", "2", "2.5", "4"]),
    "theory": st.sampled_from(["", "16", "32", "48"]),
    "operation": st.sampled_from(["", "8", "24", "64"]),
    "term": st.integers(1, 8).map(str),
    "department": st.sampled_from(["商学院", "School of Trade", "计算机系"]),
    "module": st.sampled_from(["公共基础课", "Core", "专业课"]),
    "nature": st.sampled_from(["必修", "选修"]),
    "assessment": st.sampled_from(["考试", "考查"]),
    "language_of_instruction": st.sampled_from(["英语", "English"]),
    "lecturers": st.sampled_from(["T01", "T02; T03"]),
}
NAMES = ("code", "title", *COLUMNS)
ALIASES = {name: words(name) for name in NAMES}


@st.composite
def plans(draw: st.DrawFn) -> tuple[list[str], list[dict[str, str]]]:
    """Which columns a plan has, and its rows."""
    names = draw(st.lists(st.sampled_from(sorted(COLUMNS)), min_size=2, unique=True))
    rows = [
        {"code": f"K{number:03}", "title": f"课程{number}"} | {name: draw(COLUMNS[name]) for name in names}
        for number in range(1, draw(st.integers(2, MOST_COURSES)) + 1)
    ]
    return ["code", "title", *names], rows


def written(names: list[str], rows: list[dict[str, str]], headers: dict[str, str]) -> bytes:
    return text([[headers[name] for name in names], *([row[name] for name in names] for row in rows)])


def said(parsed: ParsedCurriculum) -> list[dict[str, Any]]:
    assert not parsed.refusals
    return [vars(course) for course in parsed.courses]


@settings(max_examples=PLANS, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(plan=plans(), data=st.data())
def test_order_names_and_assignment_by_hand_make_no_difference(plan: Any, data: st.DataObject) -> None:
    names, rows = plan
    usual = {name: ALIASES[name][0] for name in names}
    expected = said(read(written(names, rows, usual)))
    assert [course["code"] for course in expected] == [row["code"] for row in rows]

    shuffled = data.draw(st.permutations(names))
    renamed = {name: data.draw(st.sampled_from(ALIASES[name])) for name in names}
    assert said(read(written(shuffled, rows, renamed))) == expected

    strange = {name: f"Spalte {name[::-1]}" for name in names}
    by_hand = ReadSettings(choices=Choices(columns={strange[name]: name for name in names}))
    assert said(read(written(shuffled, rows, strange), settings=by_hand)) == expected
