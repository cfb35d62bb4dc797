"""What stands around a table says when its courses run: its title, a heading between its rows, its sheet's name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from curricula.fields.texts import compact, plain

from .terms import TERMS_PER_YEAR, counts_other_terms, single_term, term_in_year

LONGEST_HEADING = 40  # characters; what is longer is prose
_N = r"(?<!\d)(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"
_TERM = re.compile(
    rf"第?{_N}(?:学年|年级)第?(?:{_N}|[上下秋春])(?:季|学)?(?:学期|期)?|大[一二三四五][上下]|第{_N}学期"
    r"|year\d,?(?:term|semester)\d|(?:term|semester)\d{1,2}|\d(?:st|nd|rd|th)(?:term|semester)"
)
_YEAR = re.compile(rf"大([一二三四五])|第?({_N})(?:学年|年级)|year(\d)|(\d)(?:st|nd|rd|th)year")
_HALF = re.compile(r"(fall|autumn|spring)(?:term|semester)?")
_ORDINALS = {"first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th"}
_ORDINALS |= {
    "seventh": "7th",
    "eighth": "8th",
    "freshman": "1st",
    "sophomore": "2nd",
    "junior": "3rd",
    "senior": "4th",
}
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)})\b(?=[\s-]*(?:year|term|semester|fall|autumn|spring))")
_NUMBERS = dict(zip(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii"), range(1, 9), strict=True))
_NUMBERS |= dict(zip(("one", "two", "three", "four", "five", "six"), range(1, 7), strict=True))
_COUNTED = re.compile(rf"\b(year|term|sem(?:ester)?)\b[\s.:–—-]{{0,4}}({'|'.join(_NUMBERS)}|\d{{1,2}})\b")
_JOINT = re.compile(
    r"(year\s?\d?|(?:fall|autumn|spring|term|semester)\s?\d?)\s{0,3}[-–—:,|/]\s{0,3}(?=[a-z]|\d(?:st|nd|rd|th))"
)
_SAID_SHORT = re.compile(r"\by(?:r|ear)?\s?(\d)[\s,/.-]{0,3}s(?:em(?:ester)?)?\s?(\d)\b")
_SEMESTER = re.compile(r"\bsem\b\.?")
_SHORT_YEAR = re.compile(r"\by(\d)\b")
_HALF_OF_YEAR = re.compile(r"\b(fall|autumn|spring)\s(\d)\b")
_POINTS = re.compile(
    r"[\s\-–—:：,，(（]{0,4}\d{1,3}(?:\.\d)?\s?(?:credits?|credit hours?|units?|ects|hours?|cr|学分|学时)[)）]?$"
)
_HALF_IN_BRACKETS = re.compile(r"[(（]([上下])[)）]")
_COUNTED_BEFORE = re.compile(rf"\b({'|'.join(_NUMBERS)}|\d(?=\.))\.?\s(year|term|semester)\b")
_ORDINAL_HALF = re.compile(r"(\d(?:st|nd|rd|th))\s(?=fall|autumn|spring)")
_LEVEL = re.compile(r"\blevel\s([456])\b")  # of higher education in Britain, where the first year is level 4
_LIST_NUMBER = re.compile(r"^[(（]?[一二三四五六七八九十]{1,2}[)）、.．]\s?(?=[第大])")
_FILLING = re.compile(r"[\s\-–—:：,，.()（）/|·]|credits?|hours?|units?|courses?|学分|课程|必修|选修|安排|开设")
_COUNT = re.compile(r"(?<!\d)\d{1,3}(?:\.\d+)?(?!\d)")
_SEVERAL = re.compile(r"[至到~—–\-、和及每各&]")  # “第一至第四学期” names no one term


@dataclass(frozen=True)
class When:
    """The year and the term that a text names; empty where it names none, or several."""

    year: str = ""
    term: int | None = None
    words: str = ""  # the text that says so
    half: int | None = None  # “Fall”: a term of the year that stands further out

    def __bool__(self) -> bool:
        return bool(self.year or self.term or self.half)


NEVER = When()


def when_named(text: str) -> When:
    if len(text) > LONGEST_HEADING:
        return NEVER
    word = _counted(text)
    if _SEVERAL.search(word):
        return NEVER
    named = _TERM.findall(word)
    years = {next(filter(None, year)) for year in _YEAR.findall(word)}
    if len(named) > 1 or len(years) > 1:
        return NEVER
    year, half = next(iter(years), ""), _half(word) if not named else None
    term = half if year and half else single_term(named[0]) if named else None
    if term is not None and year and not _YEAR.search("".join(named)):
        term = single_term(term_in_year(year, str(term)))
    return When(year=year, term=term, words=text, half=None if year else half)


def names_only_a_time(text: str) -> bool:
    """“Semester 1” and “Third Year – 1st Term (15 credits)”, but not “Second Year Project”."""
    if counts_other_terms(text):
        return True
    return bool(when_named(text)) and not _COUNT.sub("", _besides_time(_counted(text)))


def _besides_time(word: str) -> str:
    return _FILLING.sub("", _HALF.sub("", _YEAR.sub("", _TERM.sub("", word))))


def _half(word: str) -> int | None:
    """“Fall” where the text says nothing else; “Fall 2026” and “Spring Framework” are no terms of a plan."""
    match = _HALF.search(word)
    return (2 if match[1] == "spring" else 1) if match and not _besides_time(word) else None


def _counted(text: str) -> str:
    """“Third Year, Semester II” as “3rdyearsemester2”."""
    word = plain(text)
    for pattern, written in _REWRITTEN:
        word = pattern.sub(written, word)
    return compact(word)


def _numbered(match: re.Match[str]) -> str:
    unit = "semester" if match[1].startswith("sem") else match[1]
    return f"{unit}{_NUMBERS.get(match[2], match[2])}"


# In this order: what stands beside the term goes, ordinals and short forms are written out, then numbers are joined.
_REWRITTEN: Final[tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]] = (
    (_SEMESTER, "semester"),
    (_POINTS, ""),
    (_HALF_IN_BRACKETS, r"\1"),
    (_LIST_NUMBER, ""),
    (_ORDINAL, lambda match: _ORDINALS[match[1]]),
    (_SAID_SHORT, r"year \1 semester \2"),
    (_SHORT_YEAR, r"year \1"),
    (_HALF_OF_YEAR, r"year \2 \1"),
    (_LEVEL, lambda match: f"year {int(match[1]) - 3}"),
    (_ORDINAL_HALF, r"\1 year "),
    (_COUNTED_BEFORE, r"\2 \1"),
    (_COUNTED, _numbered),
    (_JOINT, r"\1 "),
)


def nearest(texts: Iterable[str]) -> When:
    """What the texts say together; they come from the outermost to the one next to the courses."""
    when = NEVER
    for text in texts:
        when = within(when, when_named(text))
    return when


def within(outer: When, inner: When) -> When:
    """“第一学期” under “第二学年” is the third term."""
    if not inner or (inner.half and not outer.year):
        return outer
    if inner.half:
        return When(year=outer.year, term=single_term(term_in_year(outer.year, str(inner.half))), words=inner.words)
    if inner.year or not outer.year or not inner.term or inner.term > TERMS_PER_YEAR:
        return inner
    return When(year=outer.year, term=single_term(term_in_year(outer.year, str(inner.term))), words=inner.words)
