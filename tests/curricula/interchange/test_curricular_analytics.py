import pytest

from curricula.interchange import UnreadableFile
from tests.curricula.interchange.builders import PUBLIC, accepted, by_code, codes, read

FOLDER = PUBLIC / "curricular_analytics"
PATHS = sorted(FOLDER.glob("*.csv")) if FOLDER.exists() else []
HEADER = (
    "Course ID,Course Name,Prefix,Number,Prerequisites,Corequisites,Strict-Corequisites,"
    "Credit Hours,Institution,Canonical Name,Term"
)
PLAN = f"""Curriculum,Underwater Basket Weaving,,,,,,,,,
Degree Plan,Precalc Ready,,,,,,,,,
Institution,ACME State University,,,,,,,,,
Courses,,,,,,,,,,
{HEADER}
1,Introduction to Baskets,BW,101,,,,3,,,1
2,Swimming,PE,115,,,,3,,,1
4,Basic Basket Forms,BW,111,1,,5,3,,,2
5,Basic Basket Forms Lab,BW,111L,,,,1,,,2
# a remark
6,Advanced Basketry,BW,201,"4, 5",2,,3,,,3
7,General Elective,,,1;2,,,3,,,3
Additional Courses,,,,,,,,,,
{HEADER}
9,,,,,,,3,,Precalculus,1
Course Learning Outcomes,,,,,,,,,,
Course ID,Learning Outcome ID,Learning Outcome,Description,Requisites,Hours
1,1,Weaves,,,3
"""


def plan(*rows: str) -> bytes:
    return "\n".join(["Curriculum,Test", "Institution,X", "Courses", HEADER, *rows]).encode()


def test_sections_requisites_terms_and_codes_are_read():
    parsed = accepted(b"\xef\xbb\xbf" + PLAN.encode())
    assert (parsed.layout, parsed.title) == ("curricular_analytics", "Underwater Basket Weaving · Precalc Ready")
    assert list(by_code(parsed)) == ["BW 101", "PE 115", "BW 111", "BW 111L", "BW 201", "7", "9"]
    assert by_code(parsed)["9"].title_en == "Precalculus"
    assert [course.term for course in parsed.courses] == [1, 1, 2, 2, 3, 3, 1]
    assert [(p.course, p.requires, p.kind) for p in parsed.prerequisites] == [
        ("BW 111", "BW 101", "pre"),
        ("BW 111", "BW 111L", "strict-co"),
        ("BW 201", "BW 111", "pre"),
        ("BW 201", "BW 111L", "pre"),
        ("BW 201", "PE 115", "co"),
        ("7", "BW 101", "pre"),
        ("7", "PE 115", "pre"),
    ]
    assert codes(parsed.warnings) == ["outcomes_not_read", "missing_hours"]


def test_requisites_with_their_kind_before_them_are_read_without_a_preamble():
    rows = (
        '"Course ID", "Course Name", "Prefix", "Number", "Requisities", "Credit Hours", "Term"\n'
        '1,"A","X","1","",3,1\n2,"B","X","2","pre:1",3,2\n3,"C","","","pre:1 co:2",3,3\n'
    )
    parsed = accepted(rows.encode())
    assert [(p.course, p.requires, p.kind) for p in parsed.prerequisites] == [
        ("X 2", "X 1", "pre"),
        ("3", "X 1", "pre"),
        ("3", "X 2", "co"),
    ]


def test_a_requisite_outside_the_file_is_kept_as_external():
    parsed = accepted(plan("1,A,X,1,77,,,3", "2,B,X,2,1,,,3"))
    assert [(p.requires, p.external) for p in parsed.prerequisites] == [("77", True), ("X 1", False)]
    assert codes(parsed.warnings)[0] == "external_prerequisite"


def test_a_cycle_is_refused_and_named():
    (refusal,) = read(plan("1,A,X,1,3,,,3", "2,B,X,2,1,,,3", "3,C,X,3,2,,,3")).refusals
    assert refusal.code == "prerequisite_cycle"
    assert "X 1 → X 3 → X 2 → X 1" in refusal.message


def test_a_course_that_requires_itself_is_refused():
    assert codes(read(plan("1,A,X,1,1,,,3")).refusals) == ["self_prerequisite"]


def test_prefix_and_number_that_repeat_are_told_apart_by_the_course_id():
    parsed = accepted(plan("1,A,X,1,,,,3", "2,B,X,1,1,,,3"))
    assert list(by_code(parsed)) == ["X 1 (1)", "X 1 (2)"]
    assert codes(parsed.warnings)[:2] == ["code_from_id", "code_from_id"]
    assert parsed.prerequisites[0].requires == "X 1 (1)"


def test_one_course_id_for_two_courses_is_refused():
    assert codes(read(plan("1,A,X,1,,,,3", "1,B,X,1,,,,3")).refusals) == ["duplicate_code"]


def test_figures_that_are_none_are_refused_with_their_place():
    refusals = read(plan("1,A,X,1,,,,many", "2,B,X,2,,,,-3", "3,C,X,3,,,,3,,,0")).refusals
    assert [(n.row, n.column, n.code) for n in refusals] == [
        (5, "Credit Hours", "unreadable_number"),
        (6, "Credit Hours", "negative_number"),
        (7, "Term", "term_out_of_range"),
    ]


def test_a_blank_template_is_refused_in_plain_words():
    template = plan("Integer - required,String - required,String,String,Integer,Integer,Integer,Integer - required")
    with pytest.raises(UnreadableFile, match="blank template: enter the courses under “Course ID") as refusal:
        read(template)
    assert refusal.value.code == "blank_template"


@pytest.mark.skipif(not PATHS, reason="the public data files are not beside the project")
def test_all_public_files_with_courses_read_and_all_templates_are_refused():
    counts, courses = {"read": 0, "blank": 0}, 0
    for path in PATHS:
        try:
            parsed = accepted(path.read_bytes(), name=path.name)
        except UnreadableFile as refusal:
            assert refusal.code == "blank_template", path  # noqa: PT017 - counted, not expected of each
            counts["blank"] += 1
        else:
            counts["read"] += 1
            courses += len(parsed.courses)
            assert parsed.layout == "curricular_analytics", path
    assert counts == {"read": 101, "blank": 24}
    assert courses > 2000


@pytest.mark.skipif(not PATHS, reason="the public data files are not beside the project")
def test_public_files_without_prefix_use_the_course_id():
    parsed = accepted((FOLDER / "examples__UH_EE.csv").read_bytes())
    assert (len(parsed.courses), by_code(parsed)["4"].title_en) == (38, "1st Yr Writing Seminar")
    assert [(p.requires, p.kind) for p in parsed.prerequisites if p.course == "ECE/ENGRD 2100"] == [
        ("PHYS 2213", "co"),
        ("MATH 2930", "co"),
    ]


def test_a_trimester_leaves_the_term_open():
    parsed = accepted(plan("1,A,X,1,,,,3,,,Trimester 2"))
    assert parsed.courses[0].term is None
    assert "other_terms" in codes(parsed.warnings)
