"""Finds the courses of a file by what people call them: a code, one of several codes, or a title."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from curricula.fields.texts import compact

from .parsed import CourseRow

CODE = re.compile(r"[A-Za-z]{1,8}[-_. ]{0,2}\d[\w.\-]{0,10}")
_CODE_IN_PROSE = re.compile(r"(?<!\w)(?:[A-Za-z]{1,8}[-_. ]{0,2}\d{1,8}[A-Za-z]{0,3}|\d{4,14})(?![A-Za-z0-9])")
_CODES_APART = re.compile(
    r"\s{0,9}(?:[/=|&;；,，、]|\bor\b|\balso\b|\bsame as\b|\bcross-?listed(?: with| as)?\b|或)\s{0,9}"
    r"|\s{0,9}[(（\[]|[)）\]]",
    re.IGNORECASE,
)
_LAST_NUMBER = re.compile(r"\d{1,6}[A-Za-z]{0,3}$")
LONGEST_CODES = 60  # characters of codes that name one course
LONGEST_PROSE = 400


_TITLE_MARKS = str.maketrans("", "", "《》")
_PARTED_CODE = re.compile(r"(?<=[a-z])[-_.](?=\d)")


def key(text: str) -> str:
    """A code or title as two people would still call it the same."""
    return compact(text).translate(_TITLE_MARKS)


class CourseIndex:
    """Finds the courses of a file by code, or by title."""

    def __init__(self, courses: Iterable[CourseRow], other_codes: Mapping[str, Iterable[str]] | None = None) -> None:
        """`other_codes` are those by which a course is listed elsewhere; one that is a course here stays itself."""
        self._codes: dict[str, str] = {}
        self._titles: dict[str, set[str]] = defaultdict(set)
        courses = list(courses)
        self._codes.update({key(course.code): course.code for course in reversed(courses)})
        for course in courses:
            for code in (course.code, *cross_listed(course.code), *(other_codes or {}).get(course.code, ())):
                self._codes.setdefault(key(code), course.code)
            for title in (course.title_en, course.title_zh):
                if title:
                    self._titles[key(title)].add(course.code)
        for word, code in list(self._codes.items()):
            self._codes.setdefault(_PARTED_CODE.sub("", word), code)

    def matches(self, text: str) -> set[str]:
        """By code or title as they are; else a code as “EE-101” for “EE101”."""
        word = key(text)
        if word not in self._codes and word in self._titles:
            return self._titles[word]
        code = self._codes.get(word) or self._codes.get(_PARTED_CODE.sub("", word))
        return {code} if code else set()

    def codes_inside(self, text: str) -> list[str]:
        """The courses whose codes stand in prose, such as “CS101 (Programming)”."""
        found = (self.matches(match[0]) for match in _CODE_IN_PROSE.finditer(text[:LONGEST_PROSE]))
        return list(dict.fromkeys(code for codes in found for code in codes if len(codes) == 1))


def holds_a_code(text: str) -> bool:
    """Whether something in it looks like a code, known or not."""
    return bool(_CODE_IN_PROSE.search(text[:LONGEST_PROSE]))


def codes_listed(text: str) -> tuple[str, ...]:
    """The codes in “INFO 330, STAT 330”."""
    return tuple(part for part in _CODES_APART.split(text[:LONGEST_PROSE]) if _CODE_IN_PROSE.fullmatch(part))


def cross_listed(code: str) -> list[str]:
    """The codes in “CS 330 / INFO 330”, “CS/INFO 330” and “CS 330 (INFO 330)”; none where there is one only."""
    if len(code) > LONGEST_CODES:
        return []
    parts = [part.strip() for part in _CODES_APART.split(code) if part.strip()]
    number = _LAST_NUMBER.search(parts[-1]) if len(parts) > 1 else None
    if number is None:
        return []
    whole = [part if _LAST_NUMBER.search(part) else f"{part} {number[0]}" for part in parts]
    return whole if all(map(CODE.fullmatch, whole)) else []
