"""Text of one cell → credits or hours, in all the ways that plans write them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from curricula.fields.texts import BadValue, figure_word, number, within
from curricula.limits import MOST_CREDITS

_CREDIT_UNIT = re.compile(r"(credit\s*hours?|credits?|hours?|hrs?|units?|points?|ects|学分|分|cr)\.?$")
_HOUR_UNIT = re.compile(r"(学时|课时|小时|节|hours?|hrs?|h)\.?$")
_WEEKS = re.compile(r"\+?\s*([\d.]+)\s*(?:个?教学周|周|weeks?|wks?|w|k)")
_EACH_TERM = re.compile(r"每学?期\s*([\d.]{1,6})\s*(?:学时|课时|节)?|([\d.]{1,6})\s*(?:学时|课时|节)?\s*/\s*学?期")
_FRACTION = re.compile(r"(\d{0,3})\s?(\d)⁄(\d)")  # “½” and “1½” in plain letters
_PRODUCT = re.compile(r"(\d{1,4}(?:\.\d)?)\s?[×x*]\s?(\d{1,3})")
_NOT_COUNTED = frozenset(
    {"不计学分", "不计", "无学分", "非学分", "不占学分", "non-credit", "noncredit", "no credit", "nc"}
)
_MARKS_BEHIND = re.compile(r"(?<=[\d)])\s?[*★▲△#※]{1,3}$")
SPREAD = frozenset({"分散", "分散进行", "分散安排", "集中", "另行安排", "课外", "假期", "寒暑假"})  # no figure at all
_NAMED_WEEKS = re.compile(r"([一二两三四五六七八九])\s*个?周")
_EXTRA_WEEKS = re.compile(r"\+\s*([\d.]+)")
_RANGE = re.compile(r"\s{0,9}(?:\bto\b|\bor\b|~|至|或|(?<=\d)\s{0,9}[-–—/]\s{0,9}(?=[\d.]))\s{0,9}")
_NUMERALS = {"两": 2.0} | {word: float(number) for number, word in enumerate("一二三四五六七八九", start=1)}
_HOURS_INSIDE = re.compile(r"\((?:共|计)?\s?([\d.]{1,6})\s?(?:学时|课时|小时|hours?|hrs?|h)\)$")
_INNER = re.compile(r"^\(([^()]+)\)$")
_BRACKET = re.compile(r"\s{0,9}\([^)]{0,200}\)$")


@dataclass(frozen=True)
class Amount:
    """A figure with what had to be assumed to read it."""

    value: float = 0.0
    highest: float | None = None
    weeks: float = 0.0
    each_term: bool = False  # the value is that of one term
    assumed: str = ""  # code of the warning


def _usual(word: str) -> str:
    """Without marks behind the figure; “½” as 0.5."""
    word = _MARKS_BEHIND.sub("", word)
    if product := _PRODUCT.fullmatch(word):
        return f"{number(product[1]) * number(product[2]):g}"
    if (match := _FRACTION.fullmatch(word)) and match[3] != "0":
        return f"{int(match[1] or 0) + int(match[2]) / int(match[3]):g}"
    return word


@lru_cache(maxsize=4096)  # a column repeats few figures
def credit_amount(text: str) -> Amount:
    """“3”, “3 hours.”, “3 OR 4 hours.”, “1 TO 4”, “2+1”, “3(1)”; the highest only where two ends are given."""
    word = _usual(figure_word(text))
    assumed = ""
    if word in _NOT_COUNTED:
        return Amount(assumed="not_counted")
    if inner := _INNER.fullmatch(word):
        word, assumed = inner[1].strip(), "not_counted"
    elif _BRACKET.search(word):
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


@lru_cache(maxsize=4096)
def hour_amount(text: str) -> Amount:
    """“48”, “48学时”, “2周”, “两周”, “2W”, “+3” (weeks), “32+16”, “48(16)”."""
    word = _INNER.sub(r"\1", _usual(figure_word(text)))
    if word in SPREAD:
        return Amount(assumed="no_figure")
    if each := _EACH_TERM.fullmatch(word):
        return Amount(value=number(each[1] or each[2]), each_term=True)
    if "/" in word:
        return replace(hour_amount(word.split("/")[0].strip()), assumed="first_taken")
    if named := _NAMED_WEEKS.fullmatch(word):
        return Amount(weeks=_NUMERALS[named[1]])
    if extra := _EXTRA_WEEKS.fullmatch(word):
        return Amount(weeks=number(extra[1]))
    if "+" in _BRACKET.sub("", word)[1:]:
        parts = [hour_amount(part) for part in word.split("+")]
        total = sum(part.value for part in parts)
        return Amount(value=total, weeks=sum(part.weeks for part in parts), assumed="sum_assumed")
    if weeks := _WEEKS.fullmatch(word):
        return Amount(weeks=number(weeks[1]))
    if _BRACKET.search(word):
        return _before_bracket(word)
    return Amount(value=number(_HOUR_UNIT.sub("", word).strip()))


def _before_bracket(word: str) -> Amount:
    """“48(16)” is 48; “1周(20学时)” says itself how many hours the week has."""
    bare = _BRACKET.sub("", word).strip()
    weeks, inside = _WEEKS.fullmatch(bare), _HOURS_INSIDE.search(word)
    if weeks and inside:
        return Amount(value=number(inside[1]))
    if weeks:
        return Amount(weeks=number(weeks[1]), assumed="bracket_ignored")
    return Amount(value=number(_HOUR_UNIT.sub("", bare).strip()), assumed="bracket_ignored")
