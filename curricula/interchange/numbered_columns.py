"""Columns headed by numerals alone: “一 二 三 … 八”, “1 2 3 …”, “Ⅰ Ⅱ Ⅲ …” are terms where their shape says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from curricula.fields.texts import is_blank

from .aliases import MODE_FIELDS
from .terms import TERMS_PER_YEAR, single_term

if TYPE_CHECKING:
    from .columns import Column

FEWEST_TERMS = 4  # in order from the first, so that it is no chance
_CHINESE = re.compile(r"[一二三四五六七八九]|十[一二]?")
_NUMERAL = re.compile(
    r"[1-9]|1[0-2]|[一二三四五六七八九]|十[一二]?|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ]|x?(?:i{1,3}|i?vi{0,3}|ix)|x", re.IGNORECASE
)
_WITH_WEEKS = re.compile(r"([^\W\d]{1,3})\s{0,3}[/／]\s{0,3}\d{1,2}(?:周|w)?", re.IGNORECASE)  # “一/16”
_OF_TERMS = re.compile(r"学期|学年|周学时|进程|开课|开设|semester|term|year", re.IGNORECASE)
_OF_ABILITIES = re.compile(
    r"要求|能力|指标|目标|支撑|outcome|abilit|competenc|objective|requirement|\bplo", re.IGNORECASE
)
_LASTING = re.compile(r"[√✓✔☑●○★▲xX*]|[+＋]?\d.{0,11}|\d*[周wW].{0,11}")  # a tick, hours or weeks
_FIGURE = re.compile(r"[+＋]?\d.{0,11}")
_OF_PLANS = frozenset({"credits", "total_hours", "weeks", "term", *MODE_FIELDS})
_HALVES = {"上": 1, "秋": 1, "下": 2, "春": 2}


def numbered_terms(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[Column]:
    """Runs of them read as terms; what a year stands over is counted through the years."""
    planned = any(column.field in _OF_PLANS for column in columns)
    found = dict[int, int]()
    for run in _runs(columns):
        if _may_be_terms(run, rows, planned=planned):
            found |= {column.index: term for column, term in zip(run, _terms(run), strict=False)}
    return [
        replace(column, field="weekly_term", term=found[column.index]) if column.index in found else column
        for column in columns
    ]


def _runs(columns: Sequence[Column]) -> Iterator[list[Column]]:
    """Columns beside each other of which nobody knows more than that a numeral stands above them."""
    run: list[Column] = []
    for column in columns:
        if _is_numbered(column) and (not run or column.index == run[-1].index + 1):
            run.append(column)
            continue
        if run:
            yield run
        run = [column] if _is_numbered(column) else []
    if run:
        yield run


def _is_numbered(column: Column) -> bool:
    return column.field in ("", "weekly_term") and not column.chosen and any(map(_numeral, column.parts))


def _may_be_terms(run: Sequence[Column], rows: Sequence[Sequence[str]], *, planned: bool) -> bool:
    """A word of terms above them, or figures below them in a plan; a tick under “一” alone could be anything."""
    above = [[part for part in column.parts if not _numeral(part)] for column in run]
    if any(_OF_ABILITIES.search(part) for parts in above for part in parts):
        return False
    texts = [text for row in rows for column in run if (text := _at(row, column.index)) and not is_blank(text)]
    if all(any(_OF_TERMS.search(part) for part in parts) for parts in above):
        return all(map(_LASTING.fullmatch, texts))
    chinese = any(_CHINESE.fullmatch(column.label) for column in run)
    return planned and all(map((_FIGURE if chinese else _LASTING).fullmatch, texts))


def _terms(run: Sequence[Column]) -> list[int]:
    """Of each column its term, where they count from the first in order; nothing where they do not."""
    levels = zip(*([_numeral(part) for part in reversed(column.parts)] for column in run), strict=False)
    in_order = list(range(1, len(run) + 1))
    counted = in_order in map(list, levels) or [_year_and_half(column) for column in run] == _halves_of_years(len(run))
    return in_order if len(run) >= FEWEST_TERMS and counted else []


def _year_and_half(column: Column) -> list[int]:
    """“一 / 下” is [1, 2]; of “一 / 一” a header holds one, as it does of merged cells."""
    numbers = [number for part in column.parts if (number := _HALVES.get(part.strip()) or _numeral(part))]
    return (numbers * 2)[-2:] if len(numbers) == 1 else numbers[-2:]


def _halves_of_years(count: int) -> list[list[int]]:
    return [[place // TERMS_PER_YEAR + 1, place % TERMS_PER_YEAR + 1] for place in range(count)]


def _at(row: Sequence[str], index: int) -> str:
    return row[index].strip() if index < len(row) else ""


def _numeral(label: str) -> int | None:
    word = label.strip()
    if match := _WITH_WEEKS.fullmatch(word):
        word = match[1]
    return single_term(word) if _NUMERAL.fullmatch(word) else None
