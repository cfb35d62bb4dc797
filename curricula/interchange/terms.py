"""When a course runs: from “3”, “第3学期”, “大二上”, “大一上~大四下”, “Year 2 Term 1” to numbered terms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from curricula.fields.texts import BadValue, compact, plain
from curricula.limits import MOST_TERM

LONGEST_TERM = 40  # characters; what is longer is a remark
TERMS_PER_YEAR = 2

OPEN = ("season_ignored", "other_terms", "unreadable_term")  # told, and the course has no term

_CHINESE_NUMBERS = {word: number for number, word in enumerate("一二三四五六七八九十", start=1)} | {
    "十一": 11,
    "十二": 12,
}
_ROMAN_NUMBERS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN = {word: number for number, word in enumerate(_ROMAN_NUMBERS, start=1)}
_HALVES = {
    "上": 1,
    "秋": 1,
    "下": 2,
    "春": 2,
    "夏": 2,
    "短": 2,
    "小": 2,
    "fall": 1,
    "autumn": 1,
    "spring": 2,
    "summer": 2,
}
_ENGLISH_YEARS = {
    "freshman": 1,
    "sophomore": 2,
    "junior": 3,
    "senior": 4,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
}
_N = r"(\d{1,2}|十[一二]?|[一二三四五六七八九])"
_YEAR_HALF = re.compile(rf"第?大?{_N}(?:学年|年级|年)?第?([上下秋春夏短小])(?:季|学)?(?:学期|期)?")
_YEAR_TERM = re.compile(rf"第?大?{_N}(?:学年|年级|年)[第/,.、-]?{_N}(?:学期)?")
_YEAR_TERM_EN = re.compile(r"(?:year|y)(\d)[,/.-]?(?:term|semester|sem|s|t)(\d)")
_SEASON_EN = re.compile(
    r"(?:year)?(\d|freshman|sophomore|junior|senior|first|second|third|fourth)(?:st|nd|rd|th)?(?:year)?[,/-]?"
    r"(fall|autumn|spring|summer)(?:semester|term)?"
)
_PLAIN_TERM = re.compile(
    rf"第?{_N}(?:学期|期)?|(?:term|semester|sem|s|t)\.?(\d{{1,2}})|(\d{{1,2}})(?:st|nd|rd|th)(?:semester|term)?"
)
_SEASON = re.compile(
    r"[春秋夏冬上下短小季/、,，和~-]+(?:季|学期|季学期)*|[暑寒][期假]|[每各全]个?学?期|不限|任意|(?:fall|spring|autumn|summer|winter)[a-z0-9/,&-]*|any|all|both|varies|每学年|春季.*|秋季.*"
)
_RANGE = re.compile(r"[~\-–—至到]|to")
_LIST = re.compile(r"[、,，;；/&和与+]")
_EITHER = re.compile(r"或|or")
_DATE = re.compile(r"\d{4}-(\d{2})-(\d{2})(?: 00:00:00)?")
_PAIR = re.compile(r"(\d)[-–—/.]([123])")
_SHORT = re.compile(rf"第?大?{_N}(?:学年|年级|年)?第?[短小]学?期")  # behind the two terms of a year
_OTHER_TERMS = re.compile(
    r"(?:(?:year|y)\s?\w{1,6}|\w{1,9} year)?[\s,:/–-]{0,3}"
    r"(?:(?:\w{1,8}\s)?(?:trimester|quarter)s?\s?(?:\d{1,2}|i{1,3}|iv)?"
    r"|tri\.?\s?\d|t(?:erm)?\s?\d\s?of\s?[34])(?:\s(?:of )?\d{1,4})?"
)
_SCHOOL_YEAR = re.compile(r"(\d{4})-\d{4}(?:学年)?-?第?([12一二])(?:学期)?")


@dataclass(frozen=True)
class Terms:
    first: int
    last: int | None = None
    assumed: str = ""  # code of the warning


@dataclass(frozen=True)
class TermStyle:
    """How the cells of one column are meant; one cell alone cannot say whether “1-2” is a range."""

    year_and_term: bool = False
    first_school_year: int = 0


def term_style(cells: Iterable[str]) -> TermStyle:
    words = [_squeezed(cell) for cell in cells if 0 < len(cell) <= LONGEST_TERM]
    school_years = [int(match[1]) for word in words if (match := _SCHOOL_YEAR.fullmatch(word))]
    pairs = [_PAIR.fullmatch(word) for word in words]
    numbers = [(int(pair[1]), int(pair[2])) for pair in pairs if pair]
    falls = any(year >= term for year, term in numbers)
    return TermStyle(
        year_and_term=falls,
        first_school_year=min(school_years, default=0),
    )


@lru_cache(maxsize=4096)  # a column repeats few terms
def parse_terms(text: str, style: TermStyle = TermStyle()) -> Terms:
    """Raises `BadValue("season_ignored")`, `("other_terms")`, `("unreadable_term")` or `("term_out_of_range")`."""
    if len(text) > LONGEST_TERM:
        raise BadValue("unreadable_term")
    word = _squeezed(text)
    if style.first_school_year and (match := _SCHOOL_YEAR.fullmatch(word)):
        year = int(match[1]) - style.first_school_year + 1
        return Terms(_term_in_year(year, _numeral(match[2])), assumed="year_and_term")
    if style.year_and_term and (match := _PAIR.fullmatch(word)):
        return Terms(_term_in_year(int(match[1]), int(match[2])), assumed="year_and_term")
    if match := _DATE.fullmatch(plain(text)):
        return _span([int(match[1]), int(match[2])], assumed="date_as_term")
    if counts_other_terms(text) and not _SEASON.fullmatch(word):
        raise BadValue("other_terms")
    found = _parse_words(word)
    return replace(found, assumed="short_term") if _SHORT.fullmatch(word) else found


def counts_other_terms(text: str) -> bool:
    """“Trimester 2”, “T2 of 3”: a year has three or four of them, and that of a plan has two."""
    return len(text) <= LONGEST_TERM and bool(_OTHER_TERMS.fullmatch(plain(text)))


def term_in_year(year: str, term: str) -> str:
    """A year column and a term column said as one: “2” and “1” → “第2学年第1学期”; otherwise the term as it is."""
    if len(term) > LONGEST_TERM:
        return term
    match = re.search(_N, plain(year))
    half = _HALVES.get(_squeezed(term).removesuffix("学期").removesuffix("季"))
    number = half or single_term(term)
    if match is None or number is None or number > TERMS_PER_YEAR:
        return term
    return f"第{match[1]}学年第{number}学期"


def single_term(text: str) -> int | None:
    """One term, or None where the text is anything else."""
    return _single(_squeezed(text)) if len(text) <= LONGEST_TERM else None


def _squeezed(text: str) -> str:
    word = re.sub(r"^(\d+)\.0*$", r"\1", compact(text))  # figures saved as 2.0
    return (
        re.sub(r"\((?:[春秋夏][季学期]*|[^)]{0,40}周|建议|fall|spring)\)", "", word).replace("(", "").replace(")", "")
    )


def _parse_words(word: str) -> Terms:
    if (term := _single(word)) is not None:
        return _span([term])
    if _SEASON.fullmatch(word):
        raise BadValue("season_ignored")
    first = _EITHER.split(word)[0]
    if first != word:
        return _parse_words(first)
    inner = word.removeprefix("第").removesuffix("学期")
    for separator in (_LIST, _RANGE):
        parts = [part for part in separator.split(inner) if part]
        if len(parts) > 1:
            return _joined([_parse_words(part) for part in parts])
    raise BadValue("term_out_of_range" if re.fullmatch(r"[+-]?\d+(\.\d+)?|nan|-?inf", word) else "unreadable_term")


def _joined(spans: list[Terms]) -> Terms:
    return _span([term for span in spans for term in (span.first, span.last or span.first)])


def _span(terms: list[int], assumed: str = "") -> Terms:
    first, last = min(terms), max(terms)
    if not 1 <= first <= last <= MOST_TERM:
        raise BadValue("term_out_of_range")
    return Terms(first=first, last=last if last > first else None, assumed=assumed)


def _single(word: str) -> int | None:
    if match := _YEAR_HALF.fullmatch(word):
        return _term_in_year(_numeral(match[1]), _HALVES[match[2]])
    if match := _YEAR_TERM.fullmatch(word):
        return _term_in_year(_numeral(match[1]), _numeral(match[2]))
    if match := _YEAR_TERM_EN.fullmatch(word):
        return _term_in_year(int(match[1]), int(match[2]))
    if match := _SEASON_EN.fullmatch(word):
        return _term_in_year(_ENGLISH_YEARS.get(match[1]) or int(match[1]), _HALVES[match[2]])
    if match := _PLAIN_TERM.fullmatch(word):
        return _numeral(match[1] or match[2] or match[3])
    return _ROMAN.get(word)


def _term_in_year(year: int, term: int) -> int:
    """“第二学年第4学期” counts through the years, “第二学年第1学期” within one."""
    return term if term > TERMS_PER_YEAR else (year - 1) * TERMS_PER_YEAR + term


def _numeral(word: str) -> int:
    return _CHINESE_NUMBERS[word] if word in _CHINESE_NUMBERS else int(word)
