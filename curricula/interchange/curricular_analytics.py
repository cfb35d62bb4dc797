"""Files of Curricular Analytics: a preamble of keys and values, then sections, each under its own header."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from curricula.fields.texts import BadValue, is_blank

from .aliases import squeeze
from .amounts import credit_amount
from .cells import LIMITS
from .columns import mostly_chinese
from .course_index import key
from .course_table import Draft
from .parsed import CourseRow, PrerequisiteRow, ReadSettings
from .problems import Problems, unreadable
from .spreadsheet import Sheet
from .terms import OPEN, parse_terms
from .whole_file import without_duplicates

_HEADERS = {
    "courseid": "id",
    "coursename": "title",
    "prefix": "prefix",
    "number": "number",
    "prerequisites": "pre",
    "corequisites": "co",
    "strictcorequisites": "strict-co",
    "requisities": "requisites",
    "requisites": "requisites",
    "credithours": "credits",
    "institution": "institution",
    "canonicalname": "canonical",
    "term": "term",
}
_USED = {
    "id": "code",
    "prefix": "subject",
    "number": "number",
    "title": "title",
    "pre": "pre",
    "co": "co",
    "strict-co": "strict-co",
    "requisites": "pre",
    "credits": "credits",
    "term": "term",
}
_SECTIONS = frozenset({"courses", "additionalcourses", "courselearningoutcomes", "curriculumlearningoutcomes"})
_PREAMBLE = frozenset({"curriculum", "degreeplan", "institution", "degreetype", "systemtype", "cip"})
_TEMPLATE = re.compile(r"(integer|string)\b", re.IGNORECASE)
_TOKEN = re.compile(r"(?:(pre|co|strict-co)\s{0,9}:)?\s{0,9}([^;,；，\n]+)", re.IGNORECASE)
_KIND_MARK = re.compile(r"\s{1,9}(?=(?:pre|co|strict-co):)", re.IGNORECASE)
_REQUISITES = (("pre", "pre"), ("co", "co"), ("strict-co", "strict-co"), ("requisites", "pre"))
PREAMBLE_ROWS = 40


@dataclass(frozen=True)
class Record:
    row: int
    cells: dict[str, str]

    def at(self, name: str) -> str:
        text = self.cells.get(name, "")
        return "" if is_blank(text) else text


@dataclass
class AnalyticsFile:
    title: str = ""
    headers: dict[str, str] = field(default_factory=dict)  # the file's header -> one of _HEADERS' values
    records: list[Record] = field(default_factory=list)
    outcomes: bool = False


def is_curricular_analytics(sheet: Sheet) -> bool:
    rows = [{squeeze(cell) for cell in row if cell} for row in sheet.rows[:PREAMBLE_ROWS]]
    headed = any({"courseid", "coursename", "prefix", "number"} <= row for row in rows)
    keyed = sum(bool(row and squeeze(row[0]) in _PREAMBLE) for row in sheet.rows[:PREAMBLE_ROWS])
    return headed or (keyed >= 2 and {"courses"} in rows)


def read_curricular_analytics(
    sheet: Sheet, *, settings: ReadSettings, problems: Problems
) -> tuple[AnalyticsFile, list[Draft], list[PrerequisiteRow]]:
    file = _parsed(sheet)
    _refuse_template(file)
    if file.outcomes:
        problems.warn("outcomes_not_read")
    drafts = _drafts(file, settings, problems)
    codes = {record.at("id"): draft.course.code for record, draft in zip(file.records, drafts, strict=True)}
    prerequisites = list(_prerequisites(file, drafts, codes, problems))
    return file, without_duplicates(drafts, problems), prerequisites


def _parsed(sheet: Sheet) -> AnalyticsFile:
    file, section = AnalyticsFile(), ""
    names: list[str] = []
    for number, row in enumerate(sheet.rows, start=1):
        texts = [cell.strip('"') for cell in row]
        filled = [text for text in texts if text]
        if not filled or filled[0].startswith("#"):
            continue
        words = [squeeze(text) for text in texts]
        if len(filled) == 1 and squeeze(filled[0]) in _SECTIONS:
            section, names = squeeze(filled[0]), []
            file.outcomes = file.outcomes or section.endswith("outcomes")
        elif {"courseid", "coursename"} <= set(words):
            names = [_HEADERS.get(word, "") for word in words]
            file.headers.update({text: _HEADERS.get(squeeze(text), "") for text in filled})
        elif names:
            file.records.append(Record(row=number, cells=dict(zip(names, texts, strict=False))))
        elif not section and words[0] in ("curriculum", "degreeplan") and len(filled) > 1:
            file.title = " · ".join(filter(None, (file.title, texts[1])))
    return file


def _refuse_template(file: AnalyticsFile) -> None:
    entered = [record for record in file.records if not _TEMPLATE.match(record.at("id"))]
    if file.records and not entered:
        raise unreadable("blank_template", header=", ".join(file.headers))
    file.records = [record for record in entered if any(map(record.at, ("id", "title", "prefix", "number")))]


def _drafts(file: AnalyticsFile, settings: ReadSettings, problems: Problems) -> list[Draft]:
    language = settings.language or ("zh" if mostly_chinese([record.at("title") for record in file.records]) else "en")
    repeated = _repeated_numbers(file.records)
    drafts = []
    for record in file.records:
        code = _code(record, repeated, problems)
        title = record.at("title") or record.at("canonical")
        course = CourseRow(row=record.row, code=code)
        course = replace(course, title_zh=title) if language.startswith("zh") else replace(course, title_en=title)
        drafts.append(
            Draft(
                course=replace(course, **_figures(record, file, problems)),
                sheet=problems.sheet,
                column=_header(file, "id"),
            )
        )
    return drafts


def _prefix_and_number(record: Record) -> str:
    return " ".join(part for part in (record.at("prefix"), record.at("number")) if part)


def _repeated_numbers(records: list[Record]) -> set[str]:
    """Prefix and number that several Course IDs share; one ID that stands twice is a mistake, and no such case."""
    ids = {(key(_prefix_and_number(record)), record.at("id")) for record in records}
    counts = Counter(number for number, _ in ids if number)
    return {number for number, count in counts.items() if count > 1}


def _code(record: Record, repeated: set[str], problems: Problems) -> str:
    number, identifier = _prefix_and_number(record), record.at("id")
    if key(number) in repeated:
        problems.warn("code_from_id", row=record.row, column="Prefix, Number", value=number)
        return f"{number} ({identifier})"
    return number or identifier or record.at("title")


def _figures(record: Record, file: AnalyticsFile, problems: Problems) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, read in (("credits", _credits), ("term", _terms)):
        try:
            found |= read(record.at(name)) if record.at(name) else {}
        except BadValue as problem:
            _report(problem, record, name, file, problems)
    return found


def _credits(text: str) -> dict[str, Any]:
    amount = credit_amount(text)
    return {"credits": amount.value, "credits_max": amount.highest}


def _terms(text: str) -> dict[str, Any]:
    terms = parse_terms(text)
    return {"term": terms.first, "term_last": terms.last}


def _report(problem: BadValue, record: Record, name: str, file: AnalyticsFile, problems: Problems) -> None:
    header = _header(file, name)
    tell = problems.warn if problem.code in OPEN else problems.refuse
    words = {"count": 1, "names": record.at("id"), "limit": LIMITS.get(problem.code, "")}
    tell(problem.code, row=record.row, column=header, value=record.at(name), **words)


def _header(file: AnalyticsFile, name: str) -> str:
    return next((header for header, meant in file.headers.items() if meant == name), name)


def _prerequisites(
    file: AnalyticsFile, drafts: list[Draft], codes: dict[str, str], problems: Problems
) -> Iterator[PrerequisiteRow]:
    numbers = {key(draft.course.code): draft.course.code for draft in drafts}
    seen: set[tuple[str, str]] = set()
    for record, draft in zip(file.records, drafts, strict=True):
        course = draft.course.code
        for column, kind, name in _required(record):
            required = codes.get(name) or numbers.get(key(name)) or name
            place: dict[str, Any] = {"row": record.row, "column": _header(file, column), "value": name}
            if required == course:
                problems.refuse("self_prerequisite", **place)
            elif (course, required) not in seen:
                seen.add((course, required))
                external = name not in codes and key(name) not in numbers
                if external:
                    problems.warn("external_prerequisite", **place)
                yield PrerequisiteRow(row=record.row, course=course, requires=required, kind=kind, external=external)


def _required(record: Record) -> Iterator[tuple[str, str, str]]:
    """(column, kind, course) of each requisite: “4;5”, “1, 2” or “pre:6 co:11”."""
    for column, kind in _REQUISITES:
        for text in _KIND_MARK.split(record.at(column)):
            for own_kind, name in _TOKEN.findall(text):
                if name.strip():
                    yield column, own_kind.casefold() or kind, name.strip()


def columns_read(file: AnalyticsFile) -> dict[str, str]:
    """Header → the field whose meaning is shown for it."""
    return {header: _USED[name] for header, name in file.headers.items() if name in _USED}


def columns_ignored(file: AnalyticsFile) -> tuple[str, ...]:
    return tuple(header for header, name in file.headers.items() if name not in _USED)
