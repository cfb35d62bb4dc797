"""The marks of a matrix: ticks, level letters, shares; the marks of a whole file decide how each is meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from curricula.fields.texts import BadValue, number, plain

LONGEST_MARK = 12  # characters
LONGEST_MARKS = 80  # of several in one cell
TICKS = frozenset("√✓✔☑✅x×*●■▲○◎◉□△★☆◆◇y是有+") | {"yes", "true", "[x]", "支撑"}
DENIALS = frozenset("n否✘✗❌") | {"no", "false", "[ ]", "不支撑"}
REPEATED = re.compile(r"([★☆●▲*+√✓✔])\1{1,2}")  # “★★★”, where “★” is the least
STRENGTHS = "H/M/L"  # how strongly a course serves an ability: no level, unless the school says so
LEVEL_SETS: Mapping[str, Mapping[str, str]] = {
    "I/D/A": {"i": "I", "d": "D", "a": "A"},
    "I/D/M": {"i": "I", "d": "D", "m": "A"},
    "I/R/M": {"i": "I", "r": "D", "m": "A"},
    STRENGTHS: {"h": "H", "m": "M", "l": "L"},
    "P/S": {"p": "A", "s": "D"},
    "I/R/M/A": {"i": "I", "r": "D", "m": "A", "a": "A"},
    "I/D/M/A": {"i": "I", "d": "D", "m": "A", "a": "A"},
}
_WORDS = {
    "introduced": "i",
    "introduce": "i",
    "introductory": "i",
    "developed": "d",
    "developing": "d",
    "develop": "d",
    "assessed": "a",
    "advanced": "a",
    "mastered": "m",
    "mastery": "m",
    "reinforced": "r",
    "reinforce": "r",
    "high": "h",
    "medium": "m",
    "low": "l",
    "strong": "h",
    "moderate": "m",
    "weak": "l",
    **{f"{word}支撑": letter for word, letter in zip(("高", "强", "高度", "中", "低", "弱"), "hhhmll", strict=True)},
    "高": "h",
    "强": "h",
    "中": "m",
    "低": "l",
    "弱": "l",
    "primary": "p",
    "secondary": "s",
}
_ORDER = {"": 0, "I": 1, "D": 2, "A": 3, "L": 1, "M": 2, "H": 3}
_LETTERS = re.compile(r"[a-z](?:[\s,/+、&]*[a-z]){0,3}")
_WEIGHTED = re.compile(r"([a-z]|[高中低强弱])(?:[\s/:(]+(?=\d)|(?=0?\.)|(?=\d+%))(\d*\.?\d+%?)\)?")
_LETTER, _INDICATOR = (
    r"([a-z]|[高中低强弱])",
    r"([1-9]\d?(?:[.-][1-9]\d?){1,2})",
)  # “1.1” is no share, and “0.3” is one
_OF_INDICATOR = re.compile(rf"{_LETTER}\s?\({_INDICATOR}\)|{_INDICATOR}\s?[(:]?\s?{_LETTER}\)?")
_BETWEEN = re.compile(r"[\s,;、+/]+")
_FIGURE = re.compile(r"\d*\.?\d+\s*%?")
_STRENGTHS = {1.0: "L", 2.0: "M", 3.0: "H"}
_TOLERANCE = 1e-6


@dataclass(frozen=True)
class Mark:
    """One mark as written: its level letters, or a figure, or neither for a tick."""

    letters: frozenset[str] = frozenset()
    figure: float | None = None
    percent: bool = False
    tick: bool = False


@dataclass(frozen=True)
class Reading:
    """How the marks of one file are meant, and the codes of the warnings that say so."""

    levels: Mapping[str, str]
    figures: str  # "none", "ticks", "shares", "percent", "strengths", "column_weights"
    letters: str = ""
    problem: str = ""


def indicator_marks(text: str) -> list[tuple[str, str]]:
    """“H(1.1) M(1.2)” is (1.1, H) and (1.2, M): of which indicator each letter is; else nothing."""
    found = [_OF_INDICATOR.fullmatch(piece) for piece in _pieces(text)]
    return [(each[2] or each[3], each[1] or each[4]) for each in found if each] if all(found) else []


def holds_several(text: str) -> bool:
    """“H(0.3) M(0.2)”: letters with a share each, of which nobody can tell what they are of."""
    pieces = _pieces(text)
    return len(pieces) > 1 and all(map(_WEIGHTED.fullmatch, pieces))


def _pieces(text: str) -> list[str]:
    return _BETWEEN.split(plain(text)) if len(text) <= LONGEST_MARKS else []


def is_mark(text: str) -> bool:
    if indicator_marks(text) or holds_several(text):
        return True
    word = plain(text) if len(text) <= LONGEST_MARK else ""
    return (
        word in TICKS
        or word in DENIALS
        or bool(_FIGURE.fullmatch(word) or REPEATED.fullmatch(word) or _marked_letters(word))
    )


def mostly_marks(texts: Sequence[str]) -> bool:
    return bool(texts) and sum(map(is_mark, texts)) * 2 > len(texts)


@lru_cache(maxsize=1 << 12)
def _marked_letters(word: str) -> frozenset[str]:
    if word in _WORDS:
        return frozenset(_WORDS[word])
    if match := _WEIGHTED.fullmatch(word):
        word = _WORDS.get(match[1], match[1])
    known = {letter for letters in LEVEL_SETS.values() for letter in letters}
    letters = frozenset(re.findall("[a-z]", word)) if _LETTERS.fullmatch(word) else frozenset()
    return letters if letters <= known else frozenset()


def parse_mark(text: str, *, letters: Collection[str]) -> Mark:
    """Raises `BadValue("unknown_level")` or `("several_marks")`; `letters` are those that may occur."""
    if holds_several(text):
        raise BadValue("several_marks")
    if len(text) > LONGEST_MARK:
        raise BadValue("unknown_level")
    word = plain(text)
    if word in TICKS and word not in letters:
        return Mark(tick=True)
    if word in _WORDS:
        return Mark(letters=_checked(frozenset(_WORDS[word]), letters))
    if match := _WEIGHTED.fullmatch(word):
        letter = _WORDS.get(match[1], match[1])
        return _with_figure(match[2], letters=_checked(frozenset(letter), letters))
    if _LETTERS.fullmatch(word):
        return Mark(letters=_checked(frozenset(re.findall("[a-z]", word)), letters))
    return _with_figure(word, letters=frozenset())


def _checked(found: frozenset[str], letters: Collection[str]) -> frozenset[str]:
    if not found <= set(letters):
        raise BadValue("unknown_level")
    return found


def _with_figure(word: str, *, letters: frozenset[str]) -> Mark:
    try:
        figure = number(word.rstrip("% "))
    except BadValue as error:
        raise BadValue("unknown_level" if error.code == "unreadable_number" else error.code) from error
    percent = word.endswith("%")
    return Mark(letters=letters, figure=figure / 100 if percent else figure, percent=percent)


def known_letters(override: Mapping[str, str] | None) -> frozenset[str]:
    if override:
        return frozenset(letter.casefold() for letter in override)
    return frozenset(letter for letters in LEVEL_SETS.values() for letter in letters)


def level_reading(marks: Collection[Mark], override: Mapping[str, str] | None) -> tuple[Mapping[str, str], str, str]:
    """(letter → level, the letters found, code of a problem); one set of letters must explain them all."""
    found = frozenset().union(*(mark.letters for mark in marks))
    shown = "/".join(sorted(letter.upper() for letter in found))
    if override:
        return {letter.casefold(): level for letter, level in override.items()}, shown, ""
    for name in _sets_by_likelihood(found):
        if found <= LEVEL_SETS[name].keys():
            return LEVEL_SETS[name], shown, ""
    return {}, shown, "ambiguous_levels"


def _sets_by_likelihood(found: frozenset[str]) -> Iterable[str]:
    """M alone is taken for the weaker claim, medium, rather than for mastered."""
    return (STRENGTHS, *LEVEL_SETS) if found == {"m"} else LEVEL_SETS


def highest_level(mark: Mark, levels: Mapping[str, str]) -> str:
    return max((levels[letter] for letter in mark.letters), key=_ORDER.__getitem__, default="")


def strength_of(figure: float) -> str:
    return _STRENGTHS[figure]


def figure_reading(figures: Collection[float], *, by_course: Iterable[float], by_ability: Iterable[float]) -> str:
    """What plain figures mean: shares where no course exceeds 1, else strengths 1–3, percent, or column weights."""
    if not figures or set(figures) <= {0.0, 1.0}:
        return "ticks"
    course_sums, ability_sums = [s for s in by_course if s], [s for s in by_ability if s]
    in_columns = len(ability_sums) > 1 and all(abs(total - 1) <= 0.02 for total in ability_sums)
    if in_columns and any(abs(total - 1) > 0.02 for total in course_sums):
        return "column_weights"
    if all(total <= 1 + _TOLERANCE for total in course_sums):
        return "shares"
    if set(figures) <= {0.0, *_STRENGTHS}:
        return "strengths"
    if all(abs(total - 100) <= 1 for total in course_sums):
        return "percent"
    return "column_weights" if in_columns else "shares"
