"""Text of one cell → figure, or a `BadValue` that says what is wrong with it."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

from curricula.limits import MOST_CREDITS

LONGEST_FIGURE = 60  # characters

_EMPTY = frozenset({"", "-", "--", "—", "——", "–", "/", "\\", "无", "n/a", "na", "none", "null", "nil", "…", "*"})
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d{1,2}")
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?")
_CREDIT_UNIT = re.compile(r"(credit\s*hours?|credits?|hours?|hrs?|units?|points?|ects|学分|分|cr)\.?$")
_HOUR_UNIT = re.compile(r"(学时|课时|小时|节|hours?|hrs?|h)\.?$")
_WEEKS = re.compile(r"\+?\s*([\d.]+)\s*(?:个?教学周|周|weeks?|wks?|w)")
_NAMED_WEEKS = re.compile(r"([一二两三四五六七八九])\s*个?周")
_EXTRA_WEEKS = re.compile(r"\+\s*([\d.]+)")
_RANGE = re.compile(r"\s*(?:\bto\b|\bor\b|~|至|或|(?<=\d)\s*[-–—/]\s*(?=[\d.]))\s*")
_NUMERALS = {"两": 2.0} | {word: float(number) for number, word in enumerate("一二三四五六七八九", start=1)}
_BRACKET = re.compile(r"\s*\([^)]*\)$")
_YES = frozenset(
    {
        "yes",
        "y",
        "true",
        "t",
        "1",
        "是",
        "√",
        "✓",
        "✔",
        "x",
        "required",
        "compulsory",
        "mandatory",
        "core",
        "必",
        "r",
        "m",
    }
)
_NO = frozenset({"no", "n", "false", "f", "0", "否", "elective", "optional", "选", "任意", "e", "o"})


class BadValue(ValueError):
    """What the cell holds cannot be taken; `code` is the code of the problem."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Amount:
    """A figure with what had to be assumed to read it."""

    value: float = 0.0
    highest: float | None = None
    weeks: float = 0.0
    assumed: str = ""  # code of the warning


def figure_word(text: str) -> str:
    """The text in plain letters; prose is refused before a pattern meets it."""
    if len(text) > LONGEST_FIGURE:
        raise BadValue("unreadable_number")
    return plain(text)


def plain(text: str) -> str:
    """Without case, width of letters and space around it."""
    return unicodedata.normalize("NFKC", text).replace("−", "-").strip().casefold()


def compact(text: str) -> str:
    """The same without any space."""
    return re.sub(r"\s+", "", plain(text))


def is_blank(text: str) -> bool:
    return plain(text) in _EMPTY


def number(text: str) -> float:
    """A finite number ≥ 0."""
    word = figure_word(text)
    if _THOUSANDS.fullmatch(word):
        word = word.replace(",", "")
    elif _DECIMAL_COMMA.fullmatch(word):
        word = word.replace(",", ".")
    value = _parsed(word)
    if math.isinf(value):
        raise BadValue("infinite")
    if value < 0:
        raise BadValue("negative_number")
    return value + 0.0


def _parsed(word: str) -> float:
    if word in ("nan", "+nan", "-nan"):
        raise BadValue("nan")
    if word.lstrip("+-") in ("inf", "infinity", "∞"):
        return math.inf
    if not _PLAIN.fullmatch(word):
        raise BadValue("unreadable_number")
    return float(word)


def within(value: float, limit: float, code: str) -> float:
    if value > limit:
        raise BadValue(code)
    return value


def credit_amount(text: str) -> Amount:
    """“3”, “3 hours.”, “3 OR 4 hours.”, “1 TO 4”, “2+1”, “3(1)”; the highest only where two ends are given."""
    word = figure_word(text)
    assumed = ""
    if _BRACKET.search(word):
        word, assumed = _BRACKET.sub("", word), "bracket_ignored"
    word = _CREDIT_UNIT.sub("", word).strip()
    if "+" in word[1:]:
        return Amount(value=sum(number(part) for part in word.split("+")), assumed="sum_assumed")
    ends = [number(_CREDIT_UNIT.sub("", part).strip()) for part in _RANGE.split(word)]
    if len(ends) > 2:
        raise BadValue("unreadable_number")
    for end in ends:
        within(end, MOST_CREDITS, "absurd_credits")
    return Amount(value=min(ends), highest=max(ends) if len(ends) == 2 else None, assumed=assumed)


def hour_amount(text: str) -> Amount:
    """“48”, “48学时”, “2周”, “两周”, “2W”, “+3” (weeks), “32+16”, “48(16)”."""
    word = re.sub(r"^\((.+)\)$", r"\1", figure_word(text))
    if named := _NAMED_WEEKS.fullmatch(word):
        return Amount(weeks=_NUMERALS[named[1]])
    if extra := _EXTRA_WEEKS.fullmatch(word):
        return Amount(weeks=number(extra[1]))
    if "+" in word[1:]:
        parts = [hour_amount(part) for part in word.split("+")]
        total = sum(part.value for part in parts)
        return Amount(value=total, weeks=sum(part.weeks for part in parts), assumed="sum_assumed")
    if weeks := _WEEKS.fullmatch(word):
        return Amount(weeks=number(weeks[1]))
    if _BRACKET.search(word):
        return Amount(value=number(_HOUR_UNIT.sub("", _BRACKET.sub("", word)).strip()), assumed="bracket_ignored")
    return Amount(value=number(_HOUR_UNIT.sub("", word).strip()))


def required_flag(text: str) -> bool | None:
    """Must a course be taken: yes, 必修, 公必, core → True; no, 选修, 限选 → False; anything else → None."""
    word = plain(text)
    if word in _YES or word in _NO:
        return word in _YES
    must = "必" in word or "required" in word or "compulsory" in word or "core" in word.split()
    may = "选" in word or "elective" in word or "optional" in word
    return None if must == may else must


def is_yes_or_no(text: str) -> bool:
    """A bare answer, that says nothing about the type of a course."""
    word = plain(text)
    return len(word) <= 5 and (word in _YES or word in _NO)


def yes(text: str) -> bool:
    return plain(text) in _YES
