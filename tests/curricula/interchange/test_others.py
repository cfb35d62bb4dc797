"""Files of other products that carry courses, and those that carry none."""

import pytest

from curricula.interchange import UnreadableFile
from tests.curricula.interchange.builders import accepted, by_code, codes, read, text, xlsx


def test_a_mapademics_workbook_gives_the_courses_of_its_courses_sheet():
    data = xlsx(
        [["Name", "Code", "CIP Code", "Description"], ["E-commerce", "EC", "52.0208", "A program"]],
        sheet="Programs",
        more={
            "Courses": [
                ["Name", "Course Code", "Description", "Program Names"],
                ["Retail", "EC1", "Selling", "E-commerce"],
            ],
            "Course Sections": [["Course Code", "Section Code", "Name"], ["EC1", "01", "Retail"]],
            "Credentials": [["Name", "Credential Type"], ["Certificate", "x"]],
        },
    )
    parsed = accepted(data)
    assert [(c.code, c.title_en, c.description) for c in parsed.courses] == [("EC1", "Retail", "Selling")]
    assert parsed.warnings[0].message == (
        "Sheets without courses or abilities were not read: Programs, Course Sections, Credentials"
    )


def test_heliocampus_outcomes_are_gathered_by_course():
    rows = [
        ["SubjectCode", "CourseNumber", "CLODescription"],
        ["EC", "101", "Sells"],
        ["EC", "101", "Buys"],
        ["EC", "201", "Ships"],
    ]
    parsed = accepted(text(rows))
    assert {code: course.description for code, course in by_code(parsed).items()} == {
        "EC 101": "Sells\nBuys",
        "EC 201": "Ships",
    }
    assert parsed.columns["CLODescription"] == "description"


def test_watermark_says_which_courses_are_required():
    rows = [
        ["program_code", "course_code", "aligned_course", "required_course"],
        ["P", "A", "yes", "yes"],
        ["P", "B", "yes", "no"],
    ]
    parsed = accepted(text(rows))
    assert [(c.code, c.required) for c in parsed.courses] == [("A", True), ("B", False)]
    assert parsed.ignored_columns == ("program_code", "aligned_course")


def test_several_programs_in_one_watermark_file_are_refused():
    rows = [
        ["program_code", "course_code", "aligned_course", "required_course"],
        ["P", "A", "1", "1"],
        ["Q", "B", "1", "0"],
    ]
    assert codes(read(text(rows)).refusals) == ["several_programs"]


@pytest.mark.parametrize(
    "rows",
    [
        [["Learning Outcome", "Short Phrase"], ["Can sell", "sell"]],
        [["PLOCode", "PLOName", "ProgramCode", "ProgramName"], ["1", "Sells", "EC", "E-commerce"]],
    ],
)
def test_a_list_of_outcomes_without_courses_is_sent_to_the_frameworks(rows):
    with pytest.raises(UnreadableFile, match="import it as a framework") as refusal:
        read(text(rows))
    assert refusal.value.code == "framework_file"
