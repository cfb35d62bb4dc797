"""Plain lists of courses, and our own export, which must come back as it went."""

from dataclasses import replace
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from curricula.interchange import MODES, CourseRow, PrerequisiteRow
from curricula.interchange.catalogue import EXPORT_HEADERS, export_cells
from tests.curricula.interchange.builders import PUBLIC, accepted, by_code, codes, text, xlsx

ENGLISH = [
    ["Bachelor of E-commerce", *[""] * 12],
    [
        *("Course Code", "Course Title", "Credits", "Semester", "Required/Elective", "Prerequisites"),
        *(
            "Total Hours",
            "Lecture Hours",
            "Demonstration",
            "Lab Hours",
            "Simulation",
            "Practice Hours",
            "Assessment Hours",
        ),
    ],
    ["EC 101", "Online Retail", 3, "1", "Required", "", 48, 20, 4, 8, 8, 6, 2],
    ["EC 201", "Store Operation", "3-4", "3-4", "Elective", "EC 101; Statistics", 32, 32, "", "", "", "", ""],
    ["Total", "", 6, "", "", "", 80, 52, 4, 8, 8, 6, 2],
]


def test_an_english_plan_with_all_five_modes_reads_whole():
    for data in (text(ENGLISH), xlsx(ENGLISH, merged=["A1:M1"])):
        parsed = accepted(data)
        first, second = parsed.courses
        assert parsed.layout == "catalogue"
        assert (first.code, first.title_en, first.required, first.experiment_hours) == (
            "EC 101",
            "Online Retail",
            True,
            8,
        )
        assert first.hours == {"theory": 20, "demonstration": 4, "simulation": 16, "operation": 6, "assessment": 2}
        assert (second.credits, second.credits_max, second.term, second.term_last) == (3, 4, 3, 4)
        assert [(p.requires, p.external) for p in parsed.prerequisites] == [("EC 101", False), ("Statistics", True)]


def test_subject_and_number_make_the_code_and_web_escapes_are_undone():
    rows = [
        ["Subject", "Number", "Name", "Description", "Credit Hours"],
        ["AAS", "201", "Racial &amp; Ethnic Politics", "A &quot;quoted&quot; word", "3 OR 4 hours."],
    ]
    course = accepted(text(rows)).courses[0]
    assert (course.code, course.title_en) == ("AAS 201", "Racial & Ethnic Politics")
    assert (course.description, course.credits, course.credits_max) == ('A "quoted" word', 3, 4)


@pytest.mark.parametrize("number", ["Number", "Course", "Course Number", "Catalog Number"])
def test_the_second_half_of_a_code_goes_by_many_names(number):
    rows = [["Subject", number, "Title", "Credits"], ["MATH", "101", "Calculus", "3"], ["ART", "101", "Drawing", "3"]]
    assert [course.code for course in accepted(text(rows)).courses] == ["MATH 101", "ART 101"]


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        (["Subject Code", "Subject Name", "Credits"], "X1"),
        (["No.", "Course", "Credits"], "X1"),
        (["Code", "Course", "Credits"], "X1"),
        (["course_code", "course_title", "credit_points"], "X1"),
        (["MODULE CODE", "MODULE TITLE", "ECTS"], "X1"),
    ],
)
def test_other_words_for_code_title_and_credits(headers, code):
    course = accepted(text([headers, ["X1", "Statistics", "3"]])).courses[0]
    assert (course.code, course.title_en, course.credits) == (code, "Statistics", 3)


def test_a_column_of_running_numbers_is_no_code():
    parsed = accepted(text([["No", "Title", "Credits"], ["1", "A", "3"], ["2", "B", "3"]]))
    assert [course.code for course in parsed.courses] == ["A", "B"]


def test_a_formula_in_a_text_file_is_just_text():
    parsed = accepted(text([["Code", "Title", "Credits"], ["A", "=cmd|' /C calc'!A0", "3"], ["B", "'=1+1", "3"]]))
    assert [course.title_en for course in parsed.courses] == ["=cmd|' /C calc'!A0", "=1+1"]


def test_control_and_direction_marks_are_dropped():
    parsed = accepted(text([["Code", "Title", "Credits"], ["A\x07\u202e", "St\x1bat\u200bs", "3"]]))
    assert (parsed.courses[0].code, parsed.courses[0].title_en) == ("A", "Stats")


@pytest.mark.skipif(not PUBLIC.exists(), reason="the public data files are not beside the project")
def test_a_whole_university_reads_in_seconds():
    data = (PUBLIC / "uiuc_2019_fall.csv").read_bytes()
    start = process_time()
    parsed = accepted(data)
    assert process_time() - start < 5
    courses = by_code(parsed)
    assert len(courses) == len(parsed.courses) == 8589
    assert courses["AAS 201"].title_en == "US Racial & Ethnic Politics"
    assert (courses["AAS 199"].credits, courses["AAS 199"].credits_max) == (1, 5)
    assert codes(parsed.warnings) == ["season_ignored", "missing_hours", "missing_terms"]
    assert parsed.ignored_columns == ("Year", "YearTerm", "Section Info", "Degree Attributes", "Schedule Information")


LETTERS = st.characters(
    categories=["L", "N"], include_characters=" -+=@.,;:/()、（）；&<'", exclude_characters="\u3000"
)
WORDS = st.text(LETTERS, min_size=2, max_size=20).map(str.strip).filter(lambda word: len(word) > 1 and word[0] != "'")
PROSE = st.one_of(st.just(""), WORDS, st.tuples(WORDS, WORDS).map("\n".join))
CODES = st.from_regex(r"[A-Z]{1,4}[ .,;-]?[0-9]{1,4}", fullmatch=True)
HOURS = st.floats(0, 900, allow_nan=False)
TERMS = st.one_of(
    st.just((None, None)),
    st.tuples(st.integers(1, 4), st.one_of(st.none(), st.integers(5, 12))),
)


@st.composite
def course_rows(draw) -> CourseRow:
    term, term_last = draw(TERMS)
    return CourseRow(
        row=0,
        code=draw(CODES),
        title_en=draw(PROSE.filter(lambda title: "\n" not in title)),
        title_zh=draw(st.sampled_from(["", "数据分析", "营销（二）", "习惯、和与法"])),
        description=draw(PROSE),
        credits=draw(st.one_of(st.none(), st.floats(0, 20))),
        credits_max=draw(st.one_of(st.none(), st.floats(20, 30))),
        term=term,
        term_last=term_last,
        module=draw(st.sampled_from(["", "Core", "通识课程"])),
        course_type=draw(st.sampled_from(["", "公必", "elective course"])),
        required=draw(st.sampled_from([True, False, None])),
        department=draw(st.sampled_from(["", "商学院", "School of Business"])),
        examination=draw(st.sampled_from(["", "考试", "exam and paper"])),
        language_of_instruction=draw(st.sampled_from(["", "英文", "Chinese, English"])),
        lecturers=draw(st.sampled_from([(), ["张三"], ["Smith, John"], ["T01", "Doe, Jane", "李 四"]])),
        note=draw(PROSE),
        total_hours=draw(st.one_of(st.none(), HOURS)),
        hours=draw(st.dictionaries(st.sampled_from(MODES), HOURS)),
        experiment_hours=draw(st.one_of(st.none(), HOURS)),
        hours_assumed=draw(st.booleans()),
    )


@st.composite
def curricula(draw) -> tuple[list[CourseRow], list[PrerequisiteRow]]:
    courses = draw(st.lists(course_rows(), min_size=1, max_size=5, unique_by=lambda course: course.code))
    kinds = st.sampled_from(["pre", "co", "strict-co"])
    required = [
        PrerequisiteRow(row=0, course=later.code, requires=earlier.code, kind=draw(kinds))
        for place, later in enumerate(courses)
        for earlier in courses[:place]
        if draw(st.booleans())
    ]
    outside = PrerequisiteRow(row=0, course=courses[0].code, requires="Outside 101", external=True)
    return courses, [*required, *([outside] if draw(st.booleans()) else [])]


def guarded(value):
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@") else value


@given(curricula())
@example(([CourseRow(row=0, code="A0", title_en="NIL", module="-", note="&amp;", required=True)], []))
@settings(max_examples=40, deadline=None)
def test_what_is_exported_comes_back_without_loss(curriculum):
    courses, prerequisites = curriculum
    cells = [export_cells(course, prerequisites) for course in courses]
    values = [["" if value is None else guarded(value) for value in row.values()] for row in cells]
    parsed = accepted(text([list(EXPORT_HEADERS.values()), *values]))
    assert [replace(course, row=0) for course in parsed.courses] == courses
    assert {replace(row, row=0) for row in parsed.prerequisites} == set(prerequisites)


def test_a_workbook_of_courses_and_mappings_comes_back_whole():
    course = CourseRow(row=2, code="A", title_en="Maths", title_zh="数学", credits=3.5, term=2, hours={"theory": 48.0})
    rows = [list(EXPORT_HEADERS.values()), list(export_cells(course, []).values())]
    mappings = [
        ["course", "ability", "level", "share", "evidence", "rater"],
        ["A", "Analysis", "D", 0.25, "exam", "r1"],
    ]
    parsed = accepted(xlsx(rows, sheet="Courses", more={"Mappings": mappings}))
    assert (parsed.layout, parsed.courses) == ("workbook", (course,))
    (mapping,) = parsed.mappings
    assert (mapping.course, mapping.ability, mapping.level, mapping.share) == ("A", "Analysis", "D", 0.25)
    assert (mapping.evidence, mapping.rater) == ("exam", "r1")
