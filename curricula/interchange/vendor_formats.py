"""Files of other products that carry courses under words of their own, and those that carry none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from competencies.tabular.column_names import names
from curricula.fields.texts import is_blank, required_flag, yes

from .aliases import MEANINGS, field_of, squeeze
from .course_table import Draft
from .marks import mostly_marks
from .parsed import CourseRow
from .problems import Problems, unreadable
from .spreadsheet import Sheet

MOST_ROWS_ABOVE = 20  # of a header of a list of students
_OUTCOME_LISTS = (
    {"learningoutcome", "shortphrase"},  # UBC Curriculum MAP; the sheet is the category
    {"plocode", "ploname"},  # HelioCampus, outcomes of programs
)
_NO_COURSES = (
    {"name", "code", "cipcode"},  # Mapademics, sheet Programs
    {"ciptitle", "cipcode"},
    {"coursecode", "sectioncode"},  # Mapademics, sheet Course Sections
    {"coursecode", "sectionnumber"},
    {"credentialname"},
    {"name", "credentialtype"},
)
_OUTCOMES_OF_COURSES = {"subjectcode", "coursenumber", "clodescription"}  # HelioCampus
_ALIGNED_COURSES = {"programcode", "coursecode", "requiredcourse"}  # Watermark


def other_kind(sheet: Sheet) -> str:
    """heliocampus, watermark, outcomes (a framework, no courses), skipped (neither), or nothing."""
    words = _header(sheet)[1]
    found = set(words)
    if found >= _OUTCOMES_OF_COURSES:
        return "heliocampus"
    if found >= _ALIGNED_COURSES:
        return "watermark"
    if any(found >= wanted for wanted in _OUTCOME_LISTS):
        return "outcomes"
    return "skipped" if any(found >= wanted for wanted in _NO_COURSES) else ""


def _header(sheet: Sheet) -> tuple[int, list[str]]:
    place = next((index for index, row in enumerate(sheet.rows) if sum(map(bool, row)) > 1), 0)
    return place, [squeeze(cell.replace("_", "")) for cell in sheet.rows[place]] if sheet.rows else []


def _records(sheet: Sheet) -> list[tuple[int, dict[str, str]]]:
    place, words = _header(sheet)
    rows = enumerate(sheet.rows[place + 1 :], start=place + 2)
    return [(number, dict(zip(words, row, strict=False))) for number, row in rows if any(row)]


def refuse_outcome_list(sheet: Sheet) -> None:
    raise unreadable("framework_file", found=", ".join(filter(None, sheet.rows[_header(sheet)[0]])))


_STUDENTS = frozenset(
    names(
        """usn studentid studentno studentnumber studentname rollno rollnumber regno registrationno registrationnumber
    matriculationnumber matricno admissionno 学号 学生学号 学生姓名 准考证号"""
    )
)
_PERSON, _MARKS = frozenset({"姓名", "name"}), frozenset({"成绩", "总成绩", "总评成绩", "平时成绩", "marks", "score"})


def refuse_students(sheets: Iterable[Sheet]) -> None:
    """A list of marks, refused by its headers only: no name of a student stands in the message."""
    for sheet in sheets:
        for row in sheet.rows[:MOST_ROWS_ABOVE]:
            words = {squeeze(cell) for cell in row if cell}
            if len(words) > 2 and (words & _STUDENTS or (words & _PERSON and words & _MARKS)):
                raise unreadable("marks_of_students", found=", ".join(filter(None, row)))


def refuse_other_lists(sheets: Iterable[Sheet]) -> None:
    """Abilities in the rows, courses in the columns."""
    for sheet in sheets:
        place, words = _header(sheet)
        if words and field_of(words[0]) == "ability" and mostly_marks(_below(sheet, place)):
            raise unreadable("outcomes_in_rows", found=", ".join(filter(None, sheet.rows[place])))


def _below(sheet: Sheet, place: int) -> list[str]:
    return [cell for row in sheet.rows[place + 1 :] for cell in row[1:] if cell]


def read_heliocampus(sheet: Sheet, problems: Problems) -> list[Draft]:
    """One course from all the rows of its outcomes; the outcomes become its description."""
    first: dict[str, int] = {}
    outcomes: dict[str, list[str]] = defaultdict(list)
    for number, record in _records(sheet):
        code = " ".join(filter(None, (record.get("subjectcode", ""), record.get("coursenumber", ""))))
        if not code:
            problems.refuse("missing_code_and_title", row=number, column="SubjectCode, CourseNumber")
            continue
        first.setdefault(code, number)
        outcomes[code] += filter(None, [record.get("clodescription", "")])
    return [
        Draft(
            course=CourseRow(row=number, code=code, description="\n".join(dict.fromkeys(outcomes[code]))),
            sheet=problems.sheet,
        )
        for code, number in first.items()
    ]


def read_watermark(sheet: Sheet, problems: Problems) -> list[Draft]:
    records = _records(sheet)
    programs = sorted({record.get("programcode", "") for _, record in records} - {""})
    if len(programs) > 1:
        problems.refuse("several_programs", column="program_code", names=", ".join(programs[:5]))
    return [draft for number, record in records if (draft := _watermark_draft(number, record, problems))]


def _watermark_draft(number: int, record: dict[str, str], problems: Problems) -> Draft | None:
    code, required = record.get("coursecode", ""), record.get("requiredcourse", "")
    if not code:
        problems.refuse("missing_code_and_title", row=number, column="course_code")
        return None
    flag = None if is_blank(required) else yes(required) or bool(required_flag(required))
    return Draft(course=CourseRow(row=number, code=code, required=flag), sheet=problems.sheet)


def columns_of(kind: str, sheet: Sheet) -> tuple[dict[str, str], tuple[str, ...]]:
    """What each column of such a file was taken for, and which were not used."""
    used = {
        "heliocampus": {"subjectcode": "subject", "coursenumber": "number", "clodescription": "description"},
        "watermark": {"coursecode": "code", "requiredcourse": "nature"},
    }[kind]
    headers = [cell for cell in sheet.rows[_header(sheet)[0]] if cell]
    fields = {header: used.get(squeeze(header.replace("_", ""))) for header in headers}
    taken = {header: str(MEANINGS[name]) for header, name in fields.items() if name}
    return taken, tuple(header for header, name in fields.items() if not name)
