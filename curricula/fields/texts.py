"""The text of one cell: is it blank, a figure, a yes or a no; a `BadValue` says what is wrong with it."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache

from competencies.tabular.column_names import simplified

LONGEST_FIGURE = 60  # characters

_EMPTY = frozenset({"", "-", "--", "—", "——", "–", "/", "\\", "无", "n/a", "na", "none", "null", "nil", "…", "*"})
_EMPTY |= {
    "没有",
    "不适用",
    "not applicable",
    "no prerequisite",
    "no prerequisites",
    "none required",
    "not required",
    "none.",
}
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d{1,2}")
_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?")
_TRUE = frozenset(("yes", "y", "true", "t", "1", "是", "√", "✓", "✔", "有"))
_FALSE = frozenset(("no", "n", "false", "f", "0", "否", "×"))
_YES = _TRUE | {"x", "required", "compulsory", "mandatory", "core", "必", "r", "m", "c"}
_NO = _FALSE | {"elective", "optional", "选", "任意", "e", "o"}


class BadValue(ValueError):
    """What the cell holds cannot be taken; `code` is the code of the problem."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def figure_word(text: str) -> str:
    """The text in plain letters; prose is refused before a pattern meets it."""
    if len(text) > LONGEST_FIGURE:
        raise BadValue("unreadable_number")
    return plain(text)


def plain(text: str) -> str:
    """Without case, width of letters and space around it."""
    return _plain_word(text) if len(text) <= LONGEST_FIGURE else _plain(text)


@lru_cache(maxsize=1 << 15)
def _plain_word(text: str) -> str:
    """The same, kept: a column says the same few words again and again."""
    return _plain(text)


def _plain(text: str) -> str:
    return simplified(unicodedata.normalize("NFKC", text).replace("−", "-").strip().casefold())


def compact(text: str) -> str:
    """The same without any space."""
    return re.sub(r"\s+", "", plain(text))


def is_blank(text: str) -> bool:
    return _is_blank_word(text) if len(text) <= LONGEST_FIGURE else not text.strip()


@lru_cache(maxsize=1 << 15)
def _is_blank_word(text: str) -> bool:
    return _plain(text) in _EMPTY


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


def is_number(text: str) -> bool:
    try:
        number(text)
    except BadValue:
        return False
    return True


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


def truth(text: str) -> bool:
    word = plain(text)
    if word not in _TRUE and word not in _FALSE:
        raise BadValue("unreadable_truth")
    return word in _TRUE


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
