"""What the cells of a posting say: labels, dates, salaries."""

from __future__ import annotations

import ast
import datetime
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from competencies.tabular.column_names import names
from competencies.tabular.plain_text import SAYS_NOTHING, plain_line

_LONGEST_SKILL = 100  # characters; a longer label is a sentence that strayed into the column

# Labels

_SEPARATORS = re.compile(r"[;；,，、|\n]")


@lru_cache(maxsize=4096)
def labels(cell: str) -> tuple[str, ...]:
    """ "['SQL', '数据库']", "SQL;数据库" and "SQL、数据库" are all ("SQL", "数据库")."""
    parts = _literal(cell) if cell.lstrip()[:1] in ("[", "(", "{") else None
    lines = map(plain_line, _SEPARATORS.split(cell) if parts is None else parts)
    return tuple(dict.fromkeys(line[:_LONGEST_SKILL] for line in lines if line))


def _literal(cell: str) -> list[str] | None:
    try:
        value = ast.literal_eval(cell.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None
    return list(map(str, value)) if isinstance(value, list | tuple | set) else None


# Dates

_MONTHS = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10}
_MONTHS |= {"nov": 11, "dec": 12}
_YMD = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)(?!\d)")
_DMY_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)(?!\d)")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)\d\d)(?!\d)")
_FLOAT = re.compile(r"\d{1,16}(?:\.\d{1,6})?(?:e\+?\d{1,2})?")  # “1.7134E+12”, as spreadsheets write milliseconds
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?[\s-]{1,9})?([a-z]{3})[a-z]{0,9}\.?[\s-]{1,9}"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?,?[\s-]{1,9})?((?:19|20)\d\d)"
)
_MONTH_DAY = re.compile(
    r"(?<!\d)(\d{1,2})\s*月\s*(\d{1,2})\s*日?|^(\d{1,2})[-./](\d{1,2})\s*(?:发布|更新|刷新)|^(\d{1,2})-(\d{1,2})$"
)
_AGO = re.compile(
    r"(?:(\d{1,4})|\b(an?)\b)\s*(?:个)?\s*(minute|hour|day|week|month|year|min|hr|分钟|小时|天|日|周|星期|月|年)s?\s*(?:ago|以?前)"
)
_DAYS = {"day": 1, "天": 1, "日": 1, "week": 7, "周": 7, "星期": 7, "month": 30, "月": 30, "year": 365, "年": 365}
_NAMED_DAYS = (("前天", 2), ("昨", 1), ("yesterday", 1), ("today", 0), ("just", 0), ("今", 0), ("刚", 0))
_CLOCK = re.compile(r"^\d{1,2}:\d{2}(?::\d{2})?\s*(?:发布|更新)?$")
_SERIAL_ZERO = datetime.date(1899, 12, 30)
_SERIALS = range(36_526, 73_051)  # 2000 to 2099 in a spreadsheet's days
_FIRST_SECOND, _LAST_SECOND = 946_684_800, 4_102_444_800  # the same span in Unix time


class UnreadableCell(ValueError):
    """A cell cannot be taken for what its column says; the argument is a stable code."""


@lru_cache(maxsize=4096)
def day(cell: str, *, today: datetime.date) -> datetime.date | None:
    """The day that a cell names, counted from `today` where it says "3 days ago"; None where it is empty."""
    text = " ".join(cell.lower().split())
    if text in SAYS_NOTHING:
        return None
    try:
        found = _absolute(text) or _relative(text, today=today)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise UnreadableCell("ambiguous_date" if _SLASHED.search(text) else "unreadable_date")
    if found > today + datetime.timedelta(days=1):  # one day, for time zones
        raise UnreadableCell("future_date")
    return found


def order_of(cells: Iterable[str]) -> str:
    """ "dmy" or "mdy", as some of the cells of a column tell for all; "" where none does, or they disagree."""
    parts = [tuple(map(int, match.groups()[:2])) for cell in cells if (match := _SLASHED.search(cell))]
    found = {"dmy" if first > 12 else "mdy" for first, second in parts if (first > 12) != (second > 12)}
    return found.pop() if len(found) == 1 else ""


def day_in_order(cell: str, *, order: str, today: datetime.date) -> datetime.date | None:
    """The day of a cell such as 03/04/2026, where somebody or the other rows say which is the month."""
    match = _SLASHED.search(cell)
    if not match or not order:
        raise UnreadableCell("ambiguous_date")
    first, second, year = match.groups()
    month, of_month = (second, first) if order == "dmy" else (first, second)
    return day(f"{year}-{int(month):02}-{int(of_month):02}", today=today)


def _absolute(text: str) -> datetime.date | None:
    for pattern, order in ((_YMD, (1, 2, 3)), (_COMPACT, (1, 2, 3)), (_DMY_DOTTED, (3, 2, 1))):
        match = pattern.search(text)
        if match:
            return datetime.date(*(int(match[place]) for place in order))
    if _FLOAT.fullmatch(text):
        return _numbered(int(float(text)))
    return _slashed(text) or _with_a_month_name(text)


def _numbered(number: int) -> datetime.date | None:
    if number in _SERIALS:
        return _SERIAL_ZERO + datetime.timedelta(days=number)
    seconds = number // 1000 if number > _LAST_SECOND else number
    if _FIRST_SECOND <= seconds <= _LAST_SECOND:
        return datetime.datetime.fromtimestamp(seconds, tz=datetime.UTC).date()
    return None


def _slashed(text: str) -> datetime.date | None:
    """Only where one number is no month: "13/02/2026" says which is which, "03/02/2026" does not."""
    match = _SLASHED.search(text)
    if not match:
        return None
    first, second, year = map(int, match.groups())
    if first == second or second > 12:
        return datetime.date(year, first, second)
    return datetime.date(year, second, first) if first > 12 else None


def _with_a_month_name(text: str) -> datetime.date | None:
    match = _NAMED.search(text)
    if not match or match[2] not in _MONTHS or not (match[1] or match[3]):
        return None
    return datetime.date(int(match[4]), _MONTHS[match[2]], int(match[1] or match[3]))


def _relative(text: str, *, today: datetime.date) -> datetime.date | None:
    ago = _AGO.search(text)
    if ago:
        count = int(ago[1]) if ago[1] else 1
        return today - datetime.timedelta(days=count * _DAYS.get(ago[3], 0))
    for word, days in _NAMED_DAYS:
        if word in text:
            return today - datetime.timedelta(days=days)
    if _CLOCK.match(text):
        return today
    return _latest_month_day(text, today=today)


def _latest_month_day(text: str, *, today: datetime.date) -> datetime.date | None:
    match = _MONTH_DAY.search(text)
    if not match:
        return None
    month, day_of_month = (int(part) for part in match.groups() if part)
    this_year = datetime.date(today.year, month, day_of_month)
    return this_year if this_year <= today else this_year.replace(year=today.year - 1)


# Places

_PROVINCES = frozenset(
    names(
        """河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃
        青海 台湾 内蒙古 广西 西藏 宁夏 新疆 中国"""
    )
)
_PROVINCE = re.compile(r"^(?:中国)?(?:[\u4e00-\u9fff]{2,3}省|[\u4e00-\u9fff]{2,8}?自治区)(?=.)")
_CITY = re.compile(r"^([\u4e00-\u9fff]{2,8}?)市")
_PLACES_APART = re.compile(r"[\s·•・,，、/|>_\-—–]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@lru_cache(maxsize=4096)
def place_of_work(text: str) -> str:
    """The city of a Chinese address: 杭州·余杭区·未来科技城, 浙江省杭州市余杭区 and 杭州 are one place."""
    if not _HAN.match(text) or len(text) > _LONGEST_SKILL:
        return text
    parts = [part for part in _PLACES_APART.split(text) if part]
    while len(parts) > 1 and parts[0].removesuffix("省") in _PROVINCES:
        parts.pop(0)
    first = _PROVINCE.sub("", parts[0]) if parts else text
    province = next((each for each in _PROVINCES if first.startswith(each)), "")
    first = first[len(province) :] if len(first) > len(province) + 1 else first
    city = _CITY.match(first)
    return city[1] if city else first


# Salaries


class Salary(NamedTuple):
    """Money a month where a period is named, else as it stands; an open end is None.

    In Chinese files pay without a period is a month's.
    """

    low: float | None = None
    high: float | None = None
    a_month: bool = False


_AMOUNT = re.compile(r"(\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)\s*(k(?![a-z])|千|万|w(?![a-z])|lakh|m(?![a-z]))?")
_UNITS = {"": 1, "k": 1_000, "千": 1_000, "万": 10_000, "w": 10_000, "lakh": 100_000, "m": 1_000_000}
_PAYS = re.compile(r"[·*×x,，\s]{0,9}\d{1,2}(?:\s{0,9}[-~]\s{0,9}\d{1,2})?\s{0,9}薪")
_A_MONTH = re.compile(r"/\s{0,3}个?月|每月|月薪|/\s{0,3}mo(?:nth)?\b|\b(?:a|per) month|monthly")
_PERIODS = (
    (
        re.compile(r"年薪|/\s*年|每年|/\s*(?:y|yr|year|annum)\b|\b(?:a|per) (?:year|annum)|annual|yearly|p\.a\."),
        1 / 12,
    ),
    (re.compile(r"/\s*周|每周|/\s*week|\b(?:a|per) week|weekly"), 52 / 12),
    (re.compile(r"/\s*[天日]|每[天日]|日薪|/\s*day|\b(?:a|per) day|daily"), 21.75),  # China's paid days a month
    (re.compile(r"/\s*(?:小?时|h|hr|hour)|每小?时|时薪|\b(?:an|per) hour|hourly"), 21.75 * 8),
    (_A_MONTH, 1.0),
)
_OPEN_ABOVE = re.compile(r"以上|起|\bfrom\b|at least|\+\s*$|minimum")
_OPEN_BELOW = re.compile(r"以下|以内|\bup to\b|at most|maximum|不超过")
_NEGOTIABLE = re.compile(
    r"面议|面谈|协商|negotiable|competitive|\bdoe\b|tbd|保密|undisclosed|not disclosed|attractive"
)
_HIGHEST = 100_000_000


@lru_cache(maxsize=4096)
def salary(cell: str, period: str = "") -> Salary:
    """What a month pays; `period` is what a column of its own or its name says, where the cell does not."""
    text = _PAYS.sub("", cell.lower().replace("，", ",").replace("￥", "").replace("¥", ""))
    amounts = _amounts(text)
    if not amounts:
        if text.strip() in SAYS_NOTHING or _NEGOTIABLE.search(text):
            return Salary()
        raise UnreadableCell("unreadable_salary")
    told = (text, f"per {period.lower()} {period.lower()}") if period else (text,)
    factors = [factor for words in told for pattern, factor in _PERIODS if pattern.search(words)]
    factor = factors[0] if factors else 1.0
    low, high = (round(amount * factor, 2) for amount in (min(amounts), max(amounts)))
    if high > _HIGHEST:
        raise UnreadableCell("unreadable_salary")
    known = bool(factors) or bool(_HAN.search(f"{cell}{period}"))
    if len(amounts) == 1 and _OPEN_ABOVE.search(text):
        return Salary(low, None, known)
    return Salary(None, high, known) if len(amounts) == 1 and _OPEN_BELOW.search(text) else Salary(low, high, known)


def _amounts(text: str) -> list[float]:
    """The first two numbers; in "5-8k" and "20-30万" the unit of the second is the first's too."""
    found = [(_number(number), unit) for number, unit in _AMOUNT.findall(text)][:2]
    if len(found) == 2 and found[1][1] and not found[0][1] and found[0][0] < 1_000:
        found[0] = (found[0][0], found[1][1])
    return [number * _UNITS[unit] for number, unit in found]


def _number(text: str) -> float:
    return float(text.replace(",", "") if re.search(r",\d{3}(?!\d)", text) else text.replace(",", "."))
