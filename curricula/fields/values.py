"""The kinds of values that cells hold: text of a cell → value, or a `BadValue`; value → what our own files say."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from django.utils.translation import gettext_lazy as _

from .texts import BadValue, compact, figure_word, number, plain, truth, within

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Written = str | float | None
Words: TypeAlias = "str | _StrPromise"  # said in the reader's language when it is shown

_UNITS = re.compile(r"\s{0,9}(个月|平方米|学时|人次|人|月|年|周|㎡|m2|台套|台|套|件|名|个|次|门|%)$")
_MONEY = re.compile(r"([a-z¥￥$€£]*)\s*([\d.,]+)\s*(亿|万|千)?\s*([^\d\s]*)")
_FACTORS = {"亿": 1e8, "万": 1e4, "千": 1e3, None: 1.0}
_CURRENCIES = {
    **dict.fromkeys(("", "元", "人民币", "元人民币", "rmb", "cny", "¥", "￥", "yuan"), "CNY"),
    **dict.fromkeys(("usd", "$", "us$", "美元", "美金"), "USD"),
    **dict.fromkeys(("eur", "€", "欧元"), "EUR"),
    **dict.fromkeys(("gbp", "£", "英镑"), "GBP"),
    **dict.fromkeys(("hkd", "hk$", "港元", "港币"), "HKD"),
    **dict.fromkeys(("jpy", "日元"), "JPY"),
}
_DAY = re.compile(
    r"(\d{4})(?:\s*[-./年]\s*(\d{1,2})(?!\d)(?:\s*[-./月]\s*(\d{1,2})(?!\d)日?)?月?)?年?(?:\s*00:00:00)?"
)
_UNTIL = re.compile(r"\s*(?:[-~–—至到起]+|to\b)\s*")
_MONTH_ALONE = re.compile(r"(\d{1,2})\s*月?")
_SCHOOL_YEAR = re.compile(r"((?:19|20)\d\d)年?(?:[-–—~/至到]((?:20)?\d\d)年?)?(?:学年度?|年度|级|届)?")
_OPEN_END = frozenset(("", "今", "长期", "present", "now"))
_STRONG_SEPARATORS = re.compile(r"[;；、\n|]")
_WEAK_SEPARATORS = re.compile(r"[,，/]")


PROBLEMS: dict[str, Words] = {
    "negative_number": _("“%(value)s” is negative; write a figure of 0 or more."),
    "nan": _("“%(value)s” is not a number; write a figure, or leave the cell empty."),
    "infinite": _("“%(value)s” is infinite; write a figure, or leave the cell empty."),
    "unreadable_number": _("“%(value)s” cannot be read as a number; write a figure such as %(example)s."),
    "too_high": _("“%(value)s” is more than can be; correct the figure."),
    "unreadable_truth": _("“%(value)s” is neither yes nor no; write yes or no, or leave the cell empty."),
    "unknown_choice": _("“%(value)s” is none of the words that can stand here; choose one on the form."),
    "unreadable_amount": _("“%(value)s” cannot be read as an amount; write it like 12.5万元 or USD 2,000."),
    "unreadable_date": _("“%(value)s” cannot be read as a date; write it like 2025-03-01."),
    "unreadable_year": _("“%(value)s” cannot be read as a year; write it like 2025 or 2024-2025."),
    "unreadable_period": _("“%(value)s” cannot be read as a period; write it like 2025.03–2025.08."),
    "period_ends_early": _("“%(value)s” ends before it begins; correct one of the dates."),
}


@dataclass(frozen=True)
class Text:
    """Text as it stands; `lines` is the height of its place in a form, more than one where it may be long."""

    lines: int = 1
    blank: Any = ""

    def read(self, text: str) -> Any:
        return text

    def write(self, value: Any) -> Written:
        return value


@dataclass(frozen=True)
class Number:
    """A figure ≥ 0 with or without its unit: “48”, “120㎡”, “6个月”."""

    most: float | None = None
    least: float = 0
    whole: bool = False
    blank: Any = None

    def read(self, text: str) -> float:
        value = within(number(_UNITS.sub("", figure_word(text))), self.most or float("inf"), "too_high")
        if value < self.least or (self.whole and value % 1):
            raise BadValue("unreadable_number")
        return int(value) if self.whole else value

    def write(self, value: float | None) -> Written:
        return value


@dataclass(frozen=True)
class Truth:
    """“是”, “√”, “Y” or “否”, “N”; our own files say yes and no."""

    blank: Any = None

    def read(self, text: str) -> bool:
        return truth(text)

    def write(self, value: bool | None) -> Written:
        return None if value is None else "yes" if value else "no"


@dataclass(frozen=True)
class Choice:
    """One of a few codes, each with its label and the words that stand for it in files."""

    known: Mapping[str, tuple[Words, str]]  # code → label, words without spaces
    blank: Any = ""

    @property
    def choices(self) -> list[tuple[str, Words]]:
        return [(code, label) for code, (label, _words) in self.known.items()]

    @property
    def _words(self) -> dict[str, str]:
        return {word: code for code, (_label, words) in self.known.items() for word in (code, *words.split())}

    def knows(self, text: str) -> bool:
        """Is it one of the words, even one that stands for an empty cell elsewhere, such as “none”?"""
        return compact(text) in self._words

    def read(self, text: str) -> str:
        """A longer text is known by the Chinese word that it holds, if it holds words of one code only.

        A word inside a longer one that it holds says nothing: 行业协会 is no 协会 of any kind.
        """
        said, words = compact(text), self._words
        found = [word for word in words if not word.isascii() and word in said]
        held = {words[word] for word in found if not any(word != other and word in other for other in found)}
        if said not in words and len(held) != 1:
            raise BadValue("unknown_choice")
        return words.get(said) or held.pop()

    def write(self, value: str) -> Written:
        return value or None


@dataclass(frozen=True)
class Money:
    """“12.5万元”, “3,000 元”, “USD 2,000” → (amount, currency); where no currency is said it is the yuan."""

    blank: Any = (None, "")

    def read(self, text: str) -> tuple[float, str]:
        match = _MONEY.fullmatch(re.sub(r"(?<=\d),(?=\d{3})", "", figure_word(text)))
        names = {name for name in (match[1], match[4]) if name} if match else set()
        if match is None or len(names) > 1:
            raise BadValue("unreadable_amount")
        return round(number(match[2]) * _FACTORS[match[3]], 2), self.currency(next(iter(names), ""))

    def currency(self, name: str) -> str:
        """Its code, whichever of its names is written."""
        if (code := _CURRENCIES.get(plain(name))) is None:
            raise BadValue("unreadable_amount")
        return code

    def write(self, value: tuple[float | None, str]) -> Written:
        return None if value[0] is None else f"{value[1]} {value[0]:.15g}"


@dataclass(frozen=True)
class Day:
    """“2025-03-01”, “2025年3月1日”; of a month or a year alone its first day, or its last where it ends something."""

    last: bool = False
    blank: Any = None

    def read(self, text: str) -> date:
        match = _DAY.fullmatch(figure_word(text))
        if match is None:
            raise BadValue("unreadable_date")
        year, month, day = (int(part) if part else None for part in match.groups())
        month = month or (12 if self.last else 1)
        try:
            day = day or (calendar.monthrange(year or 0, month)[1] if self.last else 1)
            return date(year or 0, month, day)
        except (ValueError, calendar.IllegalMonthError) as error:
            raise BadValue("unreadable_date") from error

    def write(self, value: date | None) -> Written:
        return value.isoformat() if value else None


@dataclass(frozen=True)
class Period:
    """“2025.03–2025.08”, “2025年3月至8月”, “2024-09-01 至今” → (first day, last day or None)."""

    blank: Any = (None, None)

    def read(self, text: str) -> tuple[date, date | None]:
        word = figure_word(text)
        start = _DAY.match(word)
        until = _UNTIL.match(word, start.end()) if start else None
        if start is None or until is None:
            raise BadValue("unreadable_period")
        first, rest = Day().read(start[0]), word[until.end() :]
        if rest in _OPEN_END:
            return first, None
        end = f"{first.year}-{month[1]}" if (month := _MONTH_ALONE.fullmatch(rest)) else rest
        last = Day(last=True).read(end)
        if last < first:
            raise BadValue("period_ends_early")
        return first, last

    def write(self, value: tuple[date | None, date | None]) -> Written:
        return " – ".join(day.isoformat() if day else "" for day in value) if any(value) else None


@dataclass(frozen=True)
class NameList:
    """One or several names or codes: “张三、李四”, “T01; T02”. With `courses`, each is a course, by code or title."""

    courses: bool = False
    blank: Any = ()

    def read(self, text: str) -> list[str]:
        """A comma parts only where nothing stronger does, so that “Smith, John; Doe, Jane” are two."""
        separators = _STRONG_SEPARATORS if _STRONG_SEPARATORS.search(text) else _WEAK_SEPARATORS
        return list(dict.fromkeys(" ".join(part.split()) for part in separators.split(text) if part.strip()))

    def write(self, value: Iterable[str]) -> Written:
        names = list(value)
        closed = ";" if len(names) == 1 and _WEAK_SEPARATORS.search(names[0]) else ""
        return "; ".join(names) + closed or None


@dataclass(frozen=True)
class Part:
    """A part of a whole, 0 to 1: “40%”, “40” and “0.4” are the same; 1 is the whole."""

    blank: Any = None

    def read(self, text: str) -> float:
        word = figure_word(text)
        value = number(word.rstrip("%").rstrip())
        hundredths = word.endswith("%") or value > 1
        return within(round(value / 100, 12) if hundredths else value, 1, "too_high")

    def write(self, value: float | None) -> Written:
        return value


@dataclass(frozen=True)
class SchoolYear:
    """“2024”, “2024年”, “2024-2025学年” → “2024” or “2024-2025”."""

    blank: Any = ""

    def read(self, text: str) -> str:
        match = _SCHOOL_YEAR.fullmatch(compact(text))
        if match is None:
            raise BadValue("unreadable_year")
        first, last = match[1], match[2]
        return first if last is None else f"{first}-{first[: 4 - len(last)]}{last}"

    def write(self, value: str) -> Written:
        return value or None


@dataclass(frozen=True)
class CourseCode:
    """One course, by its code or title."""

    courses: bool = True
    blank: Any = ""

    def read(self, text: str) -> str:
        return " ".join(text.split())

    def write(self, value: str) -> Written:
        return value or None


ValueKind = Text | Number | Truth | Choice | Money | Day | Period | NameList | Part | SchoolYear | CourseCode
