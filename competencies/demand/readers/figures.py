"""From a table of official figures to checked rows: how many openings or graduates in which period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.personal_data import mask_personal_data
from competencies.tabular.choices import NO_CHOICES, Choices
from competencies.tabular.column_names import column_key, names, signless
from competencies.tabular.plain_text import plain_line
from competencies.tabular.problems import Problems
from competencies.tabular.records import Cells, Look, NoHeader, Record, Source, read_records

from .parsed import Parsed, masked, missing_columns, no_rows
from .periods import Period, UnreadablePeriod, period

OPENINGS, GRADUATES = "openings", "graduates"
KINDS = (OPENINGS, GRADUATES)
ALIASES: Mapping[str, tuple[str, ...]] = {
    "kind": names("kind type measure indicator 类型 指标 统计口径"),
    "number": names("number count value total figure 数量 人数 数值 合计"),
    OPENINGS: names(
        "openings vacancies jobs demand jobopenings jobvacancies numberofvacancies numberofopenings 需求量 "
        "需求数 岗位需求 需求人数 招聘人数 岗位数 空缺岗位 岗位需求人数 职位数"
    ),
    GRADUATES: names("graduates graduations supply 毕业生 毕业生数 毕业生人数 专业毕业生数 毕业人数"),
    "position": names("position positioncode occupation job title 岗位 职位 岗位名称 职业 职业名称"),
    "region": names("region area province city place 地区 区域 省份 城市"),
    "period": names(
        "period year time month quarter 年份 年度 统计年度 毕业年份 毕业年度 月份 季度 届别 时期 时间 年 期间"
    ),
    "from": names("from start begin begins since startdate 起 开始 起始 开始日期 起始日期"),
    "to": names("to end ends until enddate 止 结束 截止 结束日期 截止日期"),
    "citation": names("citation source reference 来源 出处 资料来源 数据来源 引用"),
}
_FIELDS = {alias: name for name, aliases in ALIASES.items() for alias in aliases}
_KIND_WORDS = {alias: kind for kind in KINDS for alias in (kind, *ALIASES[kind])}
_NUMBER = re.compile(r"^(\d{1,3}(?:[,，\s]\d{3})+|\d+(?:\.\d+)?)\s*(万)?\s*(?:人|个|名|persons?|people)?$")
_UNIT_OF_ALL = re.compile(
    r"[(（\[][^)）\]]{0,10}?(万|千|thousands?|1[,.]?000|000s?|millions?)[^)）\]]{0,10}[)）\]]", re.IGNORECASE
)
_UNITS = {"万": 10_000, "m": 1_000_000}  # of others: a thousand
_LARGEST = 10**12
_LONGEST_CITATION, _LONGEST_REGION = 300, 200
_UNREADABLE_ROW = gettext_lazy("The row cannot be read.")
_MESSAGES = {
    "bad_json": _UNREADABLE_ROW,
    "not_an_object": _UNREADABLE_ROW,
    "no_figure": gettext_lazy("The row has a period and no figure."),
    "unknown_kind": gettext_lazy("Say openings or graduates."),
    "unreadable_number": gettext_lazy("Write a whole number that is not negative."),
    "no_period": gettext_lazy("The row says no period."),
    "ends_before_it_begins": gettext_lazy("The period ends before it begins."),
    "unreadable_period": gettext_lazy(
        "No period can be read here; write 2025, 2025-03, 2025 Q1 or the columns from and to."
    ),
    "unknown_position": gettext_lazy(
        "The framework has no position of this code or title; leave it empty for the whole field."
    ),
    "stated_twice": gettext_lazy("Row %(first)s states another number for the same; leave one of the two."),
    "no_citation": gettext_lazy(
        "Some figures name no source of their own; readers will see the source of the file only."
    ),
}


@dataclass(frozen=True)
class FigureRow:
    row: int
    kind: str  # openings or graduates
    position: str  # code of the position; "" for the whole field
    region: str
    first: date
    last: date
    number: int
    citation: str

    @property
    def key(self) -> tuple[str, str, str, date, date]:
        return self.kind, self.position, self.region, self.first, self.last


@dataclass(frozen=True)
class ParsedFigures(Parsed):
    rows: tuple[FigureRow, ...] = ()
    duplicates: int = 0  # rows that repeat another one


def read_figures(
    source: Source,
    *,
    name: str,
    positions: Mapping[str, str],
    max_bytes: int | None = None,
    choices: Choices = NO_CHOICES,
) -> ParsedFigures:
    """All figures of a file. `positions` gives the code for a signless code or title.

    Raises UnreadableFile where no column can be a figure; what is wrong in a row is a refusal.
    """
    choices.expect_meanings(ALIASES)
    look = Look(choices)
    reader = _Reader(positions, look)
    try:
        for record in read_records(source, name=name, recognise=_recognised, max_bytes=max_bytes, look=look):
            if any(map(str.strip, record.cells)):
                reader.take(record)
    except NoHeader as error:
        message = _(
            "No columns for a period (period, or from and to) and a figure (openings, graduates, or kind and number) "
            "were found. Found: %(found)s."
        )
        raise missing_columns(message, error.found, error.recognised) from error
    if not reader.rows_read:
        raise no_rows()
    return reader.parsed()


def _places(cells: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):
        if known := _FIELDS.get(column_key(cell)):
            places.setdefault(known, place)
    return places


def _recognised(cells: Cells) -> int:
    """How many columns a row names; 0 where it names no period or no figure."""
    places = _places(cells)
    dated = "period" in places or {"from", "to"} <= places.keys()
    counted = {"kind", "number"} <= places.keys() or any(kind in places for kind in KINDS)
    return len(places) if dated and counted else 0


def _kind(word: str) -> str:
    return _KIND_WORDS.get(column_key(word), "")


class _Refused(Exception):
    """A row that cannot be taken: the code of its problem, and what is told beside it."""

    def __init__(self, code: str, **told: Any) -> None:
        super().__init__(code)
        self.code, self.told = code, told


class _Reader:
    def __init__(self, positions: Mapping[str, str], look: Look) -> None:
        self.positions, self.look = positions, look
        self.header: tuple[str, ...] = ()
        self.places: dict[str, int] = {}
        self.rows_read = self.duplicates = 0
        self.found: dict[tuple[str, str, str, date, date], FigureRow] = {}
        self.problems = Problems(_MESSAGES, show=masked)

    def take(self, record: Record) -> None:
        if not self.header:
            self.header, self.places = record.header, _places(record.names)
        self.rows_read += 1
        try:
            for row in list(self._rows(record)):
                self._keep(row)
        except _Refused as refused:
            self.problems.refuse(refused.code, row=record.row, **refused.told)

    def _rows(self, record: Record) -> Iterator[FigureRow]:
        if record.problem:
            raise _Refused(record.problem)
        span, position = self._period(record), self._position(record)
        region = mask_personal_data(self._cell(record, "region"))[:_LONGEST_REGION]
        citation = mask_personal_data(self._cell(record, "citation"))[:_LONGEST_CITATION]
        figures = list(self._figures(record))
        if not figures:
            raise _Refused("no_figure")
        for kind, number in figures:
            yield FigureRow(record.row, kind, position, region, span.first, span.last, number, citation)

    def _figures(self, record: Record) -> Iterator[tuple[str, int]]:
        for kind in KINDS:
            if kind in self.places and self._cell(record, kind):
                yield kind, self._number(record, kind)
        if {"kind", "number"} <= self.places.keys() and self._cell(record, "number"):
            kind = _kind(self.look.word("kind", self._cell(record, "kind"), read=_kind))
            if not kind:
                raise self._refused(record, "kind", "unknown_kind")
            yield kind, self._number(record, "number")

    def _number(self, record: Record, name: str) -> int:
        match = _NUMBER.match(self._cell(record, name))
        of_all = _UNIT_OF_ALL.search(self.header[self.places[name]])
        amount = float(re.sub(r"[,，\s]", "", match[1])) * (10_000 if match[2] else 1) if match else -1.0
        if of_all and match and not match[2]:
            amount *= _UNITS.get(of_all[1][0].lower(), 1_000)
        if not 0 <= amount <= _LARGEST or round(amount, 6) != round(amount):
            raise self._refused(record, name, "unreadable_number")
        return round(amount)

    def _period(self, record: Record) -> Period:
        if "period" in self.places and (cell := self._cell(record, "period")):
            return self._span(record, "period", cell)
        first, last = (self._cell(record, name) for name in ("from", "to"))
        if not (first and last):
            raise _Refused("no_period")
        begins, ends = self._span(record, "from", first).first, self._span(record, "to", last).last
        if begins > ends:
            raise self._refused(record, "to", "ends_before_it_begins")
        return Period(begins, ends)

    def _span(self, record: Record, name: str, cell: str) -> Period:
        try:
            return period(cell)
        except UnreadablePeriod:
            raise self._refused(record, name, "unreadable_period") from None

    def _position(self, record: Record) -> str:
        named = self._cell(record, "position")
        code = self.positions.get(signless(named), "")
        if named and not code:
            raise self._refused(record, "position", "unknown_position")
        return code

    def _cell(self, record: Record, name: str) -> str:
        place = self.places.get(name, len(record.cells))
        return plain_line(record.cells[place]) if place < len(record.cells) else ""

    def _refused(self, record: Record, name: str, code: str) -> _Refused:
        return _Refused(code, column=self.header[self.places[name]], value=self._cell(record, name))

    def _keep(self, row: FigureRow) -> None:
        before = self.found.setdefault(row.key, row)
        if before is row:
            return
        if before.number != row.number:
            raise _Refused("stated_twice", value=row.number, first=before.row)
        self.duplicates += 1

    def parsed(self) -> ParsedFigures:
        if any(not row.citation for row in self.found.values()):
            self.problems.warn("no_citation", column="citation")
        return ParsedFigures(
            rows=tuple(self.found.values()),
            rows_read=self.rows_read,
            duplicates=self.duplicates,
            warnings=(*self.problems.warnings, *self.look.failed),
            refusals=tuple(self.problems.refusals),
            recognised=self.look.recognised({place: name for name, place in self.places.items()}),
        )
