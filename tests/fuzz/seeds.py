"""Small files of every kind that the program takes, as tables, documents or texts, from which others are made."""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any

import openpyxl

from curricula.interchange.export import as_workbook
from curricula.interchange.parsed import ReadSettings
from tests.curricula.interchange.builders import PLAN, PLAN_MERGED, read
from tests.framework_files import DOCUMENT
from tests.places import ROOT
from tests.uploads import MAPPED, POSTINGS
from tests.uploads import PLAN as SHORT_PLAN

MOST_ROWS = 12  # of the demo's files: what makes a reader fail seldom stands far down
Cells = list[list[Any]]


@dataclass(frozen=True)
class Sheet:
    name: str
    rows: Cells
    merged: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seed:
    """Tables, a JSON document, or a text; and which page takes it."""

    kind: str
    what: tuple[Sheet, ...] | dict[str, Any] | str


SURVEY = "respondent,group,importance: MK.1,competence: MK.1,importance: MK.2\nE1,A,5,2,4\nE2,B,4,,3\nE3,A,1,5,2\n"
FIGURES = "year,position,openings,graduates,citation\n2024,Marketer,120,300,p. 1\n2025,Analyst,80,,p. 2\n"
LIST = "领域,能力,说明,检索词\n营销,搜索广告,购买关键词,SEM;搜索\n营销,直播销售,,直播\n数据,统计,,\n"
PARTNERSHIPS = (
    "企业全称,合作形式,开始日期,结束日期,课程\n云海电商,订单班,2024-03-01,2026-06-30,C1\n山城,实习基地,,,C2\n"
)
MARKS = "课程,搜索广告,直播销售,统计\nC1,H,,M\nC2,,L,●\n"
SYLLABUS = "Course 1. Students plan search advertising (MK.1).\n第一章 直播销售：8学时\n考核：作业 40%，考试 60%\n"


PLANS_OF_DEMO = (
    *("e-commerce-2025-plan.csv", "e-commerce-2026-plan.xlsx"),
    *("international-trade-2026.xlsx", "e-commerce-2026-raters.csv"),
)


def _table(text: str, name: str = "Sheet1") -> tuple[Sheet, ...]:
    return (Sheet(name, [list(row) for row in csv.reader(io.StringIO(text))]),)


def _of_demo(name: str) -> tuple[Sheet, ...]:
    path = ROOT / "fixtures" / "demo" / name
    if path.suffix == ".csv":
        content = path.read_bytes()
        encoding = "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") or _is_utf8(content) else "gb18030"
        rows = list(csv.reader(io.StringIO(content.decode(encoding))))
        return (Sheet("Sheet1", rows[:MOST_ROWS]),)
    book = openpyxl.load_workbook(path, data_only=True)
    return tuple(
        Sheet(page.title, [list(row) for row in page.iter_rows(max_row=3 * MOST_ROWS, values_only=True)])
        for page in book.worksheets
    )


def _is_utf8(content: bytes) -> bool:
    with suppress(UnicodeDecodeError):
        return bool(content.decode())
    return False


def _of_workbook(content: bytes) -> tuple[Sheet, ...]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return tuple(Sheet(page.title, [list(row) for row in page.iter_rows(values_only=True)]) for page in book)


@cache
def seeds() -> tuple[Seed, ...]:
    """Every kind about as often as it has forms of its own."""
    printed = (Sheet("计划", [list(row) for row in PLAN], PLAN_MERGED),)
    ours = _of_workbook(as_workbook(read(SHORT_PLAN.encode(), settings=ReadSettings())))
    frameworks = sorted((ROOT / "fixtures" / "frameworks").glob("*20*.json"))
    return (
        *(Seed("curriculum", what) for what in (printed, printed, ours, _table(SHORT_PLAN), _table(MAPPED))),
        *(Seed("curriculum", what) for what in (_table(MARKS), (*_table(SHORT_PLAN), *_table(MAPPED, "Mapping")))),
        *(
            Seed("curriculum", _of_demo(name))
            for name in ("e-commerce-2025-plan.csv", "international-trade-2026.xlsx")
        ),
        *(Seed("curriculum", _of_demo(name)) for name in ("e-commerce-2026-raters.csv", "e-commerce-2026-plan.xlsx")),
        *(Seed("postings", what) for what in (_table(POSTINGS), _of_demo("postings-2026.csv"))),
        *(Seed("survey", what) for what in (_table(SURVEY), _of_demo("employer-survey-2026.csv"))),
        *(Seed("figures", what) for what in (_table(FIGURES), _of_demo("official-figures.csv"))),
        *(Seed("framework", what) for what in (_table(LIST), DOCUMENT)),
        *(Seed("framework", json.loads(path.read_text(encoding="utf-8"))) for path in frameworks[:2]),
        *(Seed("framework", json.loads(text)) for text in (_CASE, _OSMT)),
        Seed("partnership", _table(PARTNERSHIPS)),
        Seed("syllabus", SYLLABUS),
    )


_CASE = """{"CFDocument": {"identifier": "d1", "uri": "https://x.example/d1", "title": "Trade", "creator": "us",
"lastChangeDateTime": "2026-01-01T00:00:00Z"}, "CFItems": [{"identifier": "i1", "uri": "https://x.example/i1",
"fullStatement": "Buys words", "humanCodingScheme": "MK.1", "CFItemType": "Skill"}, {"identifier": "i2", "uri": "u",
"fullStatement": "Marketing", "humanCodingScheme": "MK"}], "CFAssociations": [{"identifier": "a1", "uri": "u",
"associationType": "isChildOf", "originNodeURI": {"identifier": "i1"}, "destinationNodeURI": {"identifier": "i2"}}]}"""
_OSMT = """{"type": "RichSkillDescriptor", "items": [{"id": "s1", "skillName": "Search advertising",
"skillStatement": "Buys words", "categories": ["Marketing"], "keywords": ["SEM"]}]}"""
