"""One column of a table: what its header, the header's group and its own values say that it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from competencies.tabular.recognised import BY_NAME, BY_VALUES, CHOSEN
from curricula.fields.texts import is_number, number

from .aliases import LONGEST_HEADER, MEANINGS, MODE_FIELDS, field_of, has_chinese, paired_field, squeeze
from .column_values import by_values, values
from .numbered_columns import numbered_terms
from .problems import Problems
from .term_context import names_only_a_time, when_named
from .terms import TERMS_PER_YEAR, single_term

_TITLES = frozenset({"title", "title_zh", "title_en", "course"})
IDENTITY = frozenset({"code", "title", "title_zh", "title_en", "course", "number"})
FIGURES = frozenset(
    {"credits", "total_hours", "weeks", "weekly_hours", "term", "weekly_term", "paired_hours", *MODE_FIELDS}
)
_SEVERAL = frozenset(
    {*MODE_FIELDS, "weekly_term", "mark", "module", "assessment", "nature", "ignored", "sequence", "note", "program"}
)
_TICK_GROUPS = frozenset({"nature", "assessment", "assessment_any", "course_type"})
_TERM_GROUP = re.compile(r"学期|学年|周学时|semester|term", re.IGNORECASE)
_HOUR_GROUP = re.compile(r"时|hour", re.IGNORECASE)
_CREDIT_GROUP = re.compile(r"学分|credit", re.IGNORECASE)
_WEEKLY_GROUP = re.compile(r"周学时|每周|hours\s*(?:/|per)\s*week|weekly", re.IGNORECASE)
_EACH_WEEK = re.compile(r"(?:hours|hrs|h)?\s?(?:/|per)\s?(?:week|wk)|weekly|每?周(?:学|课)时", re.IGNORECASE)
_TOTAL = re.compile(r"总|总计|合计|小计|共计|总数|总学时|总学分|sum|total", re.IGNORECASE)
_WEEKS_NOTE = re.compile(r"\d+\s*(?:周|weeks)", re.IGNORECASE)
# “一16周” and “1 16周” name a term and its weeks; of “116周” nobody can tell where the term ends.
_WEEKS_BEHIND = re.compile(r"(?:(?<=\D)|(?<=\d)(?=\s))\s{0,9}\d{1,2}\s{0,9}(?:周|weeks?)$", re.IGNORECASE)
_YEAR = re.compile(r"第?([一二三四五六1-6])(?:学年|年级|年)|大([一二三四五])|year\s*([1-6])", re.IGNORECASE)
_SAYS_TERM = re.compile(r"学期|[上下]$|semester|term|\bsem\b", re.IGNORECASE)
_HALVES = {"上": 1, "秋": 1, "秋季": 1, "下": 2, "春": 2, "春季": 2, "fall": 1, "autumn": 1, "spring": 2}
_CHOICES = {
    **dict.fromkeys(("考试", "考查", "笔试", "机试", "答辩"), "assessment"),
    **dict.fromkeys(("必修", "选修", "限选", "任选", "必选", "必修课", "选修课", "限选课", "任选课"), "nature"),
}
_TICKS = frozenset("√✓✔☑●○▲△☆★x")
_DEPARTMENT = re.compile(r"dep|开课|院系|学院|部门|单位")
_TELLING = {
    "pre": re.compile(r"先修|前置课|预修|prerequisite"),
    "co": re.compile(r"并修|同修课|corequisite"),
    "department": re.compile(r"(开课|授课|承担|教学|责任).{0,30}(单位|学院|系|部门?)$"),
    "assessment": re.compile(r"(考核|考试|考查).{0,30}(方式|形式|方法|类型)"),
    "nature": re.compile(
        r"(修读|选课|课程|修习).{0,30}性质|(compulsory|core|required|mandatory)/|/(elective|optional|core|required)"
    ),
    "term": re.compile(
        r"(开课|开设|修读|建议|授课|推荐).{0,30}学期|(recommended|suggested|planned).{0,30}(term|semester)"
    ),
    "module": re.compile(r"(课程|知识|教学).{0,30}(模块|平台|板块)"),
    "total_hours": re.compile(r"总学时"),
}
# “其中实践学时”, “课外实践教学时数”: a kind of hours, dressed in words that do not change it
_DRESSED_HOURS = re.compile(
    r"(?:其中|包含|含|课内|课外|校内|校外|集中|独立|总)*(.{1,60}?)(?:教学|环节|总)*(?:学时|课时|时数|时)(?:总?数)?"
)
CODE_LIKE = re.compile(r"[A-Za-z]{0,8}[-_. ]?\d[\w.\-/ ]{0,14}", re.ASCII)


@dataclass(frozen=True)
class Column:
    index: int
    parts: tuple[str, ...]  # the header from top to bottom
    field: str = ""  # empty where nobody knows
    term: int | None = None
    weekly: bool = False  # its hours are those of one week
    ticked: bool = False  # the header's last part is the value, a tick chooses it
    name: str = ""  # by which it is chosen
    why: str = ""  # what said its field: BY_NAME, BY_VALUES or CHOSEN

    @property
    def chosen(self) -> bool:
        return self.why == CHOSEN

    @cached_property
    def header(self) -> str:
        return " / ".join(" ".join(part.split()) for part in self.parts)

    @property
    def label(self) -> str:
        return self.parts[-1] if self.parts else ""


def column_from_header(index: int, parts: Sequence[str], *, alone: bool) -> Column:
    """The column that a header names; `alone` says that its upper part stands over no other column."""
    kept = tuple(part for part in parts if not _WEEKS_NOTE.fullmatch(part)) or tuple(parts)
    column = Column(index=index, parts=tuple(dict.fromkeys(kept)))
    if not column.parts:
        return column
    if (term := _header_term(column.parts)) is not None:
        return replace(column, field="weekly_term", term=term)
    if paired_field(column.label) or paired_field("".join(column.parts)):
        return replace(column, field="paired_hours")
    if len(column.parts) == 1:
        weekly = field_of(_EACH_WEEK.sub("", column.label)) if _EACH_WEEK.search(column.label) else ""
        if weekly in MODE_FIELDS and not field_of(column.label):
            return replace(column, field=weekly, weekly=True)
        return replace(column, field=field_of(column.label))
    return _grouped(column, "".join(column.parts[:-1]), alone=alone)


def _grouped(column: Column, group: str, *, alone: bool) -> Column:
    field = field_of("".join(column.parts)) or field_of(column.label)
    of_credits = bool(_CREDIT_GROUP.search(group)) and not _HOUR_GROUP.search(group)
    if _TOTAL.fullmatch(column.label):
        field = "credits" if of_credits else "total_hours" if _HOUR_GROUP.search(group) else field
    elif field in MODE_FIELDS and of_credits:
        field = "ignored"
    elif field in MODE_FIELDS and _WEEKLY_GROUP.search(group):
        return replace(column, field=field, weekly=True)
    elif field == "assessment_any" and _HOUR_GROUP.search(group):
        field = "assessment_hours"
    above = field_of(column.parts[-2])
    if above in _TICK_GROUPS and (not field or field in ("ignored", "assessment_any")):
        return replace(column, field="assessment" if above == "assessment_any" else above, ticked=True)
    return replace(column, field=field or (above if alone else ""))


def _header_term(parts: tuple[str, ...]) -> int | None:
    """The term that a part names; what stands below it, such as its weeks, names no other and means nothing else."""
    for place, part in enumerate(parts):
        term = _part_term(part.strip(), " ".join(parts[:place]))
        if term is not None and not any(map(field_of, parts[place + 1 :])):
            return term
    return None


def _part_term(label: str, group: str) -> int | None:
    named = _WEEKS_BEHIND.sub("", re.sub(r"[(（].*", "", label)).strip()
    grouped = bool(_TERM_GROUP.search(group) or _YEAR.search(group))
    if not grouped and not (_SAYS_TERM.search(named) and not field_of(label)):
        return when_named(label).term if names_only_a_time(label) else None
    term = _HALVES.get(named.casefold()) or single_term(named)
    year = _YEAR.search(group)
    if term is None or year is None or term > TERMS_PER_YEAR or _YEAR.search(label):
        return term
    return ("一二三四五六".find(year[1] or year[2] or year[3]) + 1 or int(year[1] or year[3])) * 2 - 2 + term


def settled(columns: Sequence[Column], rows: Sequence[Sequence[str]], problems: Problems) -> list[Column]:
    """The columns once their values have settled what the headers left open."""
    named = {column.index: column for column in columns}
    columns = [_second_half_of_code(column, columns, rows) for column in columns]
    columns = [_ticked(column, values(rows, column)) for column in columns]
    known = {column.field for column in columns}
    found = [
        column if column.ticked else replace(column, field=_by_content(column, known, values(rows, column)))
        for column in columns
    ]
    found = numbered_terms(found, rows)
    if not is_our_export(columns):  # which means what its headers say
        found = by_values(found, rows, problems)
    return _first_of_each([_explained(column, named[column.index]) for column in found], problems)


def _explained(column: Column, named: Column) -> Column:
    """What was chosen stands, whatever the values say; else the name said it, or they did."""
    if named.chosen:
        return replace(column, field=named.field, ticked=column.ticked and column.field == named.field)
    if column.field in ("", "ignored"):
        return column
    return replace(column, why=BY_NAME if column.field == named.field else BY_VALUES)


def _second_half_of_code(column: Column, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Column:
    """“Course Number” is a code, but beside “Subject” it is the second half of one; so is “Course” when it counts."""
    if not any(other.field == "subject" for other in columns):
        return column
    figures = all(re.fullmatch(r"\d\w{0,5}", text) for text in values(rows, column))
    counts = column.field == "course" and figures
    named = column.field == "code" and squeeze(column.label) in ("coursenumber", "courseno", "coursenum") and figures
    return replace(column, field="number") if counts or named else column


def _ticked(column: Column, values: list[str]) -> Column:
    """“考试” and “考查”, “必修” and “选修” as columns: a tick, or the term of the examination, chooses."""
    field = _CHOICES.get(squeeze(column.label), "")
    if not field or column.ticked or not values or column.field in ("assessment_hours", "nature"):
        return column
    if all(map(_is_tick, values)) or (field == "assessment" and all(map(_is_term_list, values))):
        return replace(column, field=field, ticked=True)
    return column


def _is_tick(text: str) -> bool:
    return squeeze(text) in _TICKS


def _is_term_list(text: str) -> bool:
    return all(single_term(part) is not None for part in re.split(r"[、,，/;；~-]", text))


def _by_content(column: Column, known: set[str], values: list[str]) -> str:
    match column.field:
        case "":
            return _unlisted_field(column, known, values)
        case "assessment_any":
            return "assessment_hours" if values and all(map(is_number, values)) else "assessment"
        case "number":
            return _number_field(known, values)
        case "subject":
            return _subject_field(column, known)
        case "course":
            return _course_field(known, values)
        case "description" if values and known.isdisjoint(_TITLES) and max(map(len, values)) <= LONGEST_HEADER:
            return "title"
        case "title":
            return "title" if known.isdisjoint({"title_zh", "title_en"}) else _other_title(known)
        case "year" if not all(is_number(value) and number(value) <= 8 for value in values):
            return "ignored" if any(re.fullmatch(r"\d{4}", value) for value in values) else "year"
    return column.field


def _unlisted_field(column: Column, known: set[str], values: list[str]) -> str:
    """A header in words that nobody listed: what it contains decides, or what stands under it."""
    word = squeeze(column.label[:LONGEST_HEADER])
    if (dressed := _DRESSED_HOURS.fullmatch(word)) and field_of(dressed[1]) in MODE_FIELDS:
        return field_of(dressed[1])
    for field, pattern in _TELLING.items():
        if field not in known and pattern.search(word):
            return field
    if "nature" not in known and values and all(re.search("[必选]修?", value) for value in values):
        return "nature"
    if not values or not known.isdisjoint({"term", "weekly_term"}):
        return ""
    return "term" if all(map(_says_term, values)) else ""


def _says_term(value: str) -> bool:
    return bool(re.search("[大第].{0,30}[上下]|学期", value)) and single_term(value) is not None


def _subject_field(column: Column, known: set[str]) -> str:
    """Beside a code, “Department Code” is the department; “Subject” is the title where nothing else is."""
    if "number" in known:
        return "subject"
    if "code" not in known:
        return "code"
    if _DEPARTMENT.match(squeeze(column.label)):
        return "ignored" if "department" in known else "department"
    return "title" if known.isdisjoint({"title", "title_zh", "title_en", "course"}) else "ignored"


def _number_field(known: set[str], values: list[str]) -> str:
    if "subject" in known:
        return "number"
    counted = [str(position) for position in range(1, len(values) + 1)]
    return "sequence" if "code" in known or values == counted else "code"


def _course_field(known: set[str], values: list[str]) -> str:
    titled = bool(known & {"title", "title_zh", "title_en"})
    codes = sum(bool(CODE_LIKE.fullmatch(value)) for value in values)
    if "code" in known:
        return "ignored" if titled else "title"
    return "code" if titled or codes * 2 > len(values) else "title"


def _other_title(known: set[str]) -> str:
    if {"title_zh", "title_en"} <= known:
        return "ignored"
    return "title_zh" if "title_en" in known else "title_en"


def _first_of_each(columns: Iterable[Column], problems: Problems) -> list[Column]:
    """Where two columns say the same, the first is read; of several totals the one that says “total”."""
    columns = list(columns)
    totals = [column for column in columns if column.field == "total_hours"]
    best = {"total_hours": max(totals, key=_says_total, default=None)}
    for column in sorted(columns, key=lambda column: not column.chosen):
        if column.field and column.field not in _SEVERAL:
            best.setdefault(column.field, column)
    kept = []
    for column in columns:
        first = best.get(column.field)
        if first is not None and column is not first:
            problems.warn("duplicate_column", column=column.header, value=column.header, first=first.header)
            column = replace(column, field="ignored", why="")
        kept.append(column)
    return kept


def _says_total(column: Column) -> tuple[bool, bool]:
    return column.chosen, bool(re.search("总|total", squeeze(column.header)))


def is_our_export(columns: Iterable[Column]) -> bool:
    """Only our own files say in a column of theirs whether hours are assumed; a column that is chosen to say it may be
    anybody's, and so the file may be."""
    return any(field_of(column.label) == "hours_assumed" for column in columns)


def meanings(columns: Iterable[Column]) -> dict[str, str]:
    """Header → what it was taken for, in plain words."""
    return {c.header: str(MEANINGS[c.field]) for c in columns if c.field in MEANINGS and c.header}


def unused(columns: Iterable[Column]) -> tuple[str, ...]:
    return tuple(c.header for c in columns if c.header and c.field not in MEANINGS)


def mostly_chinese(values: Sequence[str]) -> bool:
    return sum(map(has_chinese, values)) * 2 >= len(values) if values else False
