"""The first and the last day of a period, as statistics name it: a year, a month, a quarter, half a year, from–to."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from typing import NamedTuple

_YEAR = r"((?:19|20)\d\d)"
_MONTH = re.compile(rf"^{_YEAR}\s*[-/.年]\s*(\d{{1,2}})\s*月?$")
_DAY = re.compile(rf"^{_YEAR}\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})\s*日?(?:\s+00:00:00)?$")
_QUARTER = re.compile(rf"^{_YEAR}\s*年?\s*[-/ ]?\s*(?:q|第)\s*([1-4一二三四])\s*(?:季度)?$")
_HALF = re.compile(rf"^{_YEAR}\s*年?\s*[-/ ]?\s*(?:h\s*([12])|([上下])半年)$")
_DAY_FIRST = re.compile(rf"^(\d{{1,2}})\.(\d{{1,2}})\.{_YEAR}$")
_ONE_YEAR = re.compile(rf"^{_YEAR}\s*(?:年度?|届)?(?:\.0)?$")
_RANGE = re.compile(r"\s{0,9}(?:–|—|~|～|至|到|\bto\b|\s-\s)\s{0,9}")
_YEARS = re.compile(rf"^{_YEAR}\s*年?\s*-\s*{_YEAR}\s*年?$")
_NUMERALS = {numeral: number for number, numeral in enumerate("一二三四", start=1)}


class Period(NamedTuple):
    first: datetime.date
    last: datetime.date


class UnreadablePeriod(ValueError):
    """No period can be read, or it ends before it begins."""


def period(text: str) -> Period:
    """ "2025", "2025年3月", "2025 Q2", "2025上半年", "2025-03-31", "2024-09 – 2025-08"; both ends belong to it."""
    plain = " ".join(text.lower().split())
    years = _YEARS.match(plain)
    ends = list(years.groups()) if years else _RANGE.split(plain)
    try:
        parts = [_simple(end) for end in ends]
    except ValueError as error:
        raise UnreadablePeriod(text) from error
    if len(parts) > 2 or parts[0].first > parts[-1].last:
        raise UnreadablePeriod(text)
    return Period(parts[0].first, parts[-1].last)


def _simple(text: str) -> Period:
    if match := _ONE_YEAR.match(text):
        return _months(int(match[1]), 1, 12)
    if match := _QUARTER.match(text):
        quarter = _NUMERALS.get(match[2]) or int(match[2])
        return _months(int(match[1]), 3 * quarter - 2, 3 * quarter)
    if match := _HALF.match(text):
        second = match[2] == "2" or match[3] == "下"
        return _months(int(match[1]), 7 if second else 1, 12 if second else 6)
    if match := _MONTH.match(text):
        return _months(int(match[1]), int(match[2]), int(match[2]))
    turned = _DAY_FIRST.sub(r"\3-\2-\1", text)
    if match := _DAY.match(turned):
        day = datetime.date(int(match[1]), int(match[2]), int(match[3]))
        return Period(day, day)
    raise ValueError(text)


def _months(year: int, first: int, last: int) -> Period:
    return Period(datetime.date(year, first, 1), datetime.date(year, last, monthrange(year, last)[1]))
