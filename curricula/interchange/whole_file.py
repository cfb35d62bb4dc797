"""What only a whole file can tell: codes for courses without one, courses that stand twice, what is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from .course_index import key
from .course_table import Draft
from .parsed import CourseRow, ReadSettings
from .problems import Problems, some

LONGEST_DERIVED_CODE = 40
_SCIENTIFIC = re.compile(r"\d(?:\.\d{1,15})?E\+\d{1,3}", re.IGNORECASE)
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)"
_DATE = re.compile(
    rf"(?:19|20)\d\d-\d{{2}}-\d{{2}}(?: 00:00:00)?|\d{{1,2}}-{_MONTH}(?:-\d{{2,4}})?|{_MONTH}-\d{{2}}"
    r"|\d{1,2}月\d{1,2}日|(?:19|20)\d\d[/年]\d{1,2}[/月]\d{1,2}日?",
    re.IGNORECASE,
)


def with_codes(drafts: Sequence[Draft], problems: Problems) -> list[Draft]:
    """Every draft with a code; where the file gives none, the title is the code, so that it is the same next time."""
    taken = {key(draft.course.code) for draft in drafts if draft.course.code}
    named, derived = [], []
    for draft in drafts:
        if not draft.course.code:
            code = _free_code(draft.course, taken)
            taken.add(key(code))
            derived.append(code)
            draft = replace(draft, course=replace(draft.course, code=code))
        named.append(draft)
    problems.warn_about("derived_code", derived)
    return named


def _free_code(course: CourseRow, taken: set[str]) -> str:
    title = " ".join((course.title_zh or course.title_en).split())[:LONGEST_DERIVED_CODE]
    by_term = [f"{title} ({course.term})"] if course.term else []
    counted = (f"{title} #{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (title, *by_term, *counted) if key(code) not in taken)


def warn_of_codes(drafts: Sequence[Draft], problems: Problems) -> None:
    """Codes that a spreadsheet has turned into something else: other files will not find these courses."""
    codes = [draft.course.code for draft in drafts]
    for doubt, pattern in (("codes_scientific", _SCIENTIFIC), ("codes_dates", _DATE)):
        if lost := [code for code in codes if pattern.fullmatch(code)]:
            problems.ask(doubt, [("keep", _("take them as they stand"))], count=len(lost), names=some(lost))
    digits = [code for code in codes if code.isdigit()]
    padded = {len(code) for code in digits if code.startswith("0")}
    short = [code for code in digits if not code.startswith("0") and len(code) < max(padded, default=0)]
    problems.warn_about("codes_short", short if len(padded) == 1 else [])


def without_duplicates(drafts: Iterable[Draft], problems: Problems) -> list[Draft]:
    """Two courses with one code are refused, unless they are sections, or two sheets say exactly the same of it."""
    first: dict[str, Draft] = {}
    gathered: dict[str, None] = {}
    for draft in drafts:
        other = first.setdefault(key(draft.course.code), draft)
        if other is draft:
            continue
        problems.sheet = draft.sheet
        place: dict[str, Any] = {"row": draft.course.row, "column": draft.column, "value": draft.course.code}
        if draft.sheet != other.sheet and _same(draft, other):
            problems.warn("identical_course", **place)
        elif draft.section and other.section:
            gathered[other.course.code] = None
            first[key(draft.course.code)] = _with_section(draft, other, place, problems)
        else:
            problems.refuse("duplicate_code", **place, first=other.course.row)
    problems.sheet = ""
    problems.warn_about("sections_gathered", list(gathered))
    return list(first.values())


def _with_section(draft: Draft, other: Draft, place: dict[str, Any], problems: Problems) -> Draft:
    """A further section of a course: who teaches it is added, and all else must be the same."""
    names = [each.name for each in fields(CourseRow) if each.name not in ("row", "lecturers", "note")]
    differing = [name for name in names if getattr(draft.course, name) != getattr(other.course, name)]
    if differing or draft.requisites != other.requisites:
        said = ", ".join(differing) or "prerequisites"
        problems.refuse("sections_differ", **place, first=other.course.row, names=said)
    lecturers = list(dict.fromkeys((*other.course.lecturers, *draft.course.lecturers)))
    return replace(other, course=replace(other.course, lecturers=lecturers))


def _same(draft: Draft, other: Draft) -> bool:
    return replace(draft.course, row=0) == replace(other.course, row=0) and draft.requisites == other.requisites


def with_hours_from_credits(
    courses: Sequence[CourseRow], *, settings: ReadSettings, problems: Problems
) -> list[CourseRow]:
    rate = settings.hours_per_credit
    if not rate:
        return list(courses)
    empty = [c for c in courses if c.credits and c.total_hours is None and not c.hours]
    problems.warn_about("hours_from_credits", _codes(empty), rate=f"{rate:g}")
    changed = {c.code: replace(c, total_hours=(c.credits or 0) * rate, hours_assumed=True) for c in empty}
    return [changed.get(course.code, course) for course in courses]


def warn_of_gaps(courses: Sequence[CourseRow], problems: Problems) -> None:
    """What the analysis will miss, each said once for all courses."""
    gaps: dict[str, Callable[[CourseRow], bool]] = {
        "missing_hours": lambda course: course.total_hours is None and not course.hours,
        "missing_split": lambda course: course.total_hours is not None and not course.hours,
        "missing_credits": lambda course: course.credits is None,
        "missing_terms": lambda course: course.term is None,
    }
    for code, missing in gaps.items():
        problems.warn_about(code, _codes(filter(missing, courses)))


def _codes(courses: Iterable[CourseRow]) -> list[str]:
    return [course.code for course in courses]
