"""Text of one cell → credits or hours, in all the ways that plans write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from curricula.fields.texts import BadValue, figure_word, number, within
from curricula.limits import MOST_CREDITS

_CREDIT_UNIT = re.compile(r"(credit\s*hours?|credits?|hours?|hrs?|units?|points?|ects|学分|分|cr)\.?$")
_HOUR_UNIT = re.compile(r"(学时|课时|小时|节|hours?|hrs?|h)\.?$")
_WEEKS = re.compile(r"\+?\s*([\d.]+)\s*(?:个?教学周|周|weeks?|wks?|w)")
_NAMED_WEEKS = re.compile(r"([一二两三四五六七八九])\s*个?周")
_EXTRA_WEEKS = re.compile(r"\+\s*([\d.]+)")
_RANGE = re.compile(r"\s*(?:\bto\b|\bor\b|~|至|或|(?<=\d)\s*[-–—/]\s*(?=[\d.]))\s*")
_NUMERALS = {"两": 2.0} | {word: float(number) for number, word in enumerate("一二三四五六七八九", start=1)}
_BRACKET = re.compile(r"\s*\([^)]*\)$")


@dataclass(frozen=True)
class Amount:
    """A figure with what had to be assumed to read it."""

    value: float = 0.0
    highest: float | None = None
    weeks: float = 0.0
    assumed: str = ""  # code of the warning


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
