"""The exported workbook comes back as the plan that it was, and one cell edited there as one change."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import openpyxl
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curricula.fields.course import COURSE, MODES
from curricula.interchange import CourseRow
from curricula.interchange.bundles import read_file
from curricula.interchange.export import CurriculumRows, as_workbook, sheets_of
from curricula.interchange.parsed import LEVELS, ElectiveGroup, MappingRow, PrerequisiteRow

PLANS = 200
MOST_COURSES = 7
ABILITIES = [f"{area}.{n}" for area in ("MK", "DA", "1") for n in (1, 2, 10)]

halves = st.integers(1, 12).map(lambda n: n / 2)
hours = st.sampled_from([4.0, 8.0, 16.0, 22.5, 32.0, 48.0])
words = st.sampled_from(
    ["", "Core", "专业核心课", "Women’s studies", "3", "A, B and C", "=1+1", "C++ / C#", "说明：见附表", "x\ny"]
)


@st.composite
def courses(draw: st.DrawFn, number: int, code: str) -> CourseRow:
    term = draw(st.none() | st.integers(1, 7))
    stated = draw(st.dictionaries(st.sampled_from(MODES), hours, max_size=4))
    total = draw(st.sampled_from([sum(stated.values()), sum(stated.values()) + 8])) if stated else draw(halves)
    return CourseRow(
        row=number,
        code=code,
        title_en=draw(st.sampled_from([f"Course {number}", f"Trade & law {number}", f"Maths II ({number})"])),
        title_zh=draw(st.sampled_from(["", f"课程{number}", f"跨境电商（{number}）"])),
        description=draw(words),
        credits=draw(st.none() | halves),
        term=term,
        term_last=None if term is None else draw(st.sampled_from([None, term + 1])),
        module=draw(words),
        course_type=draw(words),
        required=draw(st.sampled_from([None, True, False])),
        department=draw(words),
        examination=draw(st.sampled_from(["", "考试", "Examination", "考查"])),
        language_of_instruction=draw(st.sampled_from(["", "English", "双语"])),
        lecturers=draw(st.sampled_from([(), ("T01",), ("T01", "王芳")])),
        note=draw(words),
        total_hours=draw(st.sampled_from([None, total])),
        hours=stated,
        hours_assumed=draw(st.booleans()) if stated else False,
    )


@st.composite
def plans(draw: st.DrawFn) -> CurriculumRows:
    style = draw(st.sampled_from(["C{:02}", "0{:05}", "CS {}", "{}A-1"]))
    codes = [style.format(n) for n in range(1, draw(st.integers(2, MOST_COURSES)) + 1)]
    return CurriculumRows(
        courses=[draw(courses(number, code)) for number, code in enumerate(codes, start=1)],
        prerequisites=_prerequisites(draw, codes),
        mappings=_mappings(draw, codes),
        groups=_groups(draw, codes),
    )


def _prerequisites(draw: st.DrawFn, codes: list[str]) -> list[PrerequisiteRow]:
    """Each asks for courses before it in the list, so that no circle is drawn."""
    found = []
    for at, code in enumerate(codes):
        wanted = draw(st.lists(st.sampled_from(codes[:at]), unique=True, max_size=3)) if at else []
        alternative = 1 if len(wanted) > 1 and draw(st.booleans()) else 0
        kinds = ["pre"] if alternative else ["pre", "co", "strict-co"]
        found += [
            PrerequisiteRow(0, code, requires, draw(st.sampled_from(kinds)), alternative=alternative)
            for requires in wanted
        ]
    return found


def _mappings(draw: st.DrawFn, codes: list[str]) -> list[MappingRow]:
    found = []
    for code in codes:
        mine = draw(st.lists(st.sampled_from(ABILITIES), unique=True, max_size=4))
        for ability in mine:
            share = draw(st.none() | st.sampled_from([0.1, 1 / 3, 0.25]))
            if share is not None:
                share = min(share, 1 / len(mine))
            found.append(
                MappingRow(
                    row=0,
                    course=code,
                    ability=ability,
                    level=draw(st.sampled_from(["", *LEVELS])),
                    share=share,
                    evidence=draw(words),
                    rater=draw(st.sampled_from(["", "", "r-1"])),
                    strength=draw(st.sampled_from(["", "H", "M", "L"])),
                    weight=draw(st.none() | st.sampled_from([0.2, 0.5])),
                    provenance=draw(st.sampled_from(["declared", "syllabus", "assessed", "artefact"])),
                )
            )
    return found


def _groups(draw: st.DrawFn, codes: list[str]) -> list[ElectiveGroup]:
    if len(codes) < 4 or draw(st.booleans()):
        return []
    rule: dict[str, Any] = draw(st.sampled_from([{"choose": 1}, {"credits": 2.0}, {"hours": 32.0}]))
    return [ElectiveGroup("Directions 方向", tuple(codes[:3]), **rule)]


def back(content: bytes) -> dict[str, Any]:
    """What comes back, by what names it; numbers of rows are of the file and left out."""
    parsed = read_file(content, name="plan.xlsx")
    assert not parsed.refusals, parsed.refusals
    return by_names(parsed)


def by_names(found: Any) -> dict[str, Any]:
    rows: dict[str, Any] = {
        f"course {row.code}": replace(row, row=0, lecturers=tuple(row.lecturers)) for row in found.courses
    }
    rows |= {
        f"requires {row.course} {row.requires}": replace(row, row=0, external=False) for row in found.prerequisites
    }
    rows |= {f"cell {row.course} {row.ability} {row.rater}": replace(row, row=0) for row in found.mappings}
    return rows | {f"group {row.title}": replace(row, row=0, courses=tuple(row.courses)) for row in found.groups}


def changed_in_excel(content: bytes, *, sheet: int, row: int, column: str, value: Any) -> bytes:
    """The file as somebody keeps it who wrote into one cell; `column` is its header."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book.worksheets[sheet]
    place = [cell.value for cell in page[1]].index(column) + 1
    page.cell(row, place, value)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, set[str]]:
    """By the name of a row the fields in which it differs."""
    assert before.keys() == after.keys()
    return {
        name: {field for field in vars(row) if getattr(row, field) != getattr(after[name], field)}
        for name, row in before.items()
        if row != after[name]
    }


@settings(max_examples=PLANS, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(plan=plans(), language=st.sampled_from(["en", "zh-hans"]), data=st.data())
def test_a_plan_comes_back_as_it_was_and_one_edited_cell_as_one_change(
    plan: CurriculumRows, language: str, data: st.DataObject
) -> None:
    with override(language):
        content = as_workbook(plan, abilities=ABILITIES)
        of_credits, of_level = COURSE["credits"].file_header, sheets_of(plan)[1].headers[2]
    held = by_names(plan)
    assert back(content) == held
    if not plan.mappings or data.draw(st.booleans()):
        row = data.draw(st.integers(0, len(plan.courses) - 1))
        edited = changed_in_excel(content, sheet=0, row=row + 2, column=of_credits, value=9.5)
        expected = {f"course {plan.courses[row].code}": {"credits"}}
    else:
        row = data.draw(st.integers(0, len(plan.mappings) - 1))
        cell = plan.mappings[row]
        level = data.draw(st.sampled_from([each for each in LEVELS if each != cell.level]))
        edited = changed_in_excel(content, sheet=1, row=row + 2, column=of_level, value=level)
        expected = {f"cell {cell.course} {cell.ability} {cell.rater}": {"level"}}
    assert differing(held, back(edited)) == expected


def test_a_course_in_words_of_headers_is_no_header_and_a_type_left_open_is_not_the_nature() -> None:
    """Both came back otherwise: the row ended the table, and “选修” became the type."""
    wordy = CourseRow(
        row=2,
        code="C04",
        title_en="Course 4",
        module="Core",
        department="School",
        examination="Examination",
        language_of_instruction="双语",
        note="Credits",
        description="Term",
    )
    plan = CurriculumRows(
        courses=[CourseRow(row=1, code="C01", title_zh="课程", required=False), wordy], prerequisites=(), mappings=()
    )
    for language in ("en", "zh-hans"):
        with override(language):
            assert back(as_workbook(plan)) == by_names(plan)
