"""What the name of a sheet says of the courses on it: a module, or a program of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .course_table import Draft
from .problems import Problems, some

_BLOCK = re.compile(r"实践|实习|实训|practical|practice block|internship", re.IGNORECASE)
_MUST = re.compile(r"集中")
_TABLE_WORDS = re.compile(r"(?:教学)?(?:安排|计划|进程|进度|一览|设置|统计|明细)*表?$")
_STRUCTURE = re.compile(
    r"课|环节|教育|模块|平台|实践|实习|实训|必修|选修|学期|学年|大[一二三四五]|年级|级|表|计划|安排|进程|矩阵|支撑|\d|sheet"
    r"|year|term|semester|core|elective|general|major|minor|required|module|block|course|plan|part|level|fall|spring"
    r"|autumn|table|matrix|mapping|data|list|import|export|foundation|optional|compulsory|practice|unit|stage|phase"
    r"|^(?:one|two|three|four|first|second|third|fourth|final|new|old|copy)$",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"(?:19|20)\d\d\s?(?:级|届|版)?")
SHORTEST_PROGRAM = 3  # letters of a program's name


@dataclass(frozen=True)
class Named:
    """The courses of one table, with the sheet that it stands on."""

    sheet: str
    headers: frozenset[str]
    drafts: Sequence[Draft]


def with_module(drafts: Sequence[Draft], sheet: str, problems: Problems) -> list[Draft]:
    """On a sheet of practice blocks alone, its name is their module, and 集中 says that they must be taken."""
    module = _TABLE_WORDS.sub("", re.sub(r"^\s*附?表?\s*\d*\s*", "", sheet)).strip()
    silent = not any(draft.course.module or draft.course.course_type for draft in drafts)
    if not (module and _BLOCK.search(module) and drafts and silent):
        return list(drafts)
    must = True if _MUST.search(module) and all(draft.course.required is None for draft in drafts) else None
    problems.warn("module_from_sheet", value=module)
    return [
        replace(draft, course=replace(draft.course, module=module, required=must or draft.course.required))
        for draft in drafts
    ]


def other_programs(tables: Iterable[Named], problems: Problems) -> frozenset[str]:
    """Sheets of programs that were not chosen; unless one was, they are refused.

    软件工程 and 网络工程 with the same columns are two programs; 大一 and 大二, or modules, are one.
    """
    by_headers: dict[frozenset[str], list[str]] = {}
    for table in tables:
        if table.drafts:
            by_headers.setdefault(table.headers, []).append(table.sheet)
    for found in by_headers.values():
        names = list(dict.fromkeys(found))
        if len(names) > 1 and all(map(_is_program, names)):
            chosen = ask_program(names, problems)
            return frozenset(names) - {chosen} if chosen else frozenset()
    return frozenset()


def ask_program(names: Sequence[str], problems: Problems, column: str = "") -> str:
    options = [(name, name) for name in names]
    return problems.ask("several_programs", options, refused=True, names=some(names), column=column)


def _is_program(name: str) -> bool:
    """A year of entry before it says that it is one, as in 2026级法学."""
    name, entries = _ENTRY.subn("", name)
    return len(re.sub(r"\W", "", name)) >= SHORTEST_PROGRAM - entries and not _STRUCTURE.search(name)
