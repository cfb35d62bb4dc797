"""Prerequisites as people write them → pairs of courses; what is not in the file is kept as external."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from curricula.fields.texts import compact, is_blank

from .parsed import CourseRow, PrerequisiteRow
from .problems import Problems

_STRONG = re.compile(r"([;；,，、\n]+)")
_WEAK = re.compile(r"\s*(?:/|和|与|及|或|\band\b|\bor\b|&|\+|\s)\s*", re.IGNORECASE)
_KIND = re.compile(r"^\s*(pre|co|strict-co)\s*[:：]\s*", re.IGNORECASE)
_PREFIXED = re.compile(r"(?:^|\s)(?=(?:pre|co|strict-co):\S+(?:\s|$))", re.IGNORECASE)
LONGEST_JOIN = 6  # a title may itself hold separators; no title holds more than this


def key(text: str) -> str:
    """A code or title as two people would still call it the same."""
    return compact(text)


class CourseIndex:
    """Finds the courses of a file by code, or by title."""

    def __init__(self, courses: Iterable[CourseRow]) -> None:
        self._codes: dict[str, str] = {}
        self._titles: dict[str, set[str]] = defaultdict(set)
        for course in courses:
            self._codes.setdefault(key(course.code), course.code)
            for title in (course.title_en, course.title_zh):
                if title:
                    self._titles[key(title)].add(course.code)

    def matches(self, text: str) -> set[str]:
        word = key(text)
        return {self._codes[word]} if word in self._codes else self._titles.get(word, set())


def split_requisites(text: str, index: CourseIndex) -> Iterator[tuple[str, str]]:
    """(kind or nothing, name); “数据结构、算法与分析” stays whole where a course is called so."""
    for piece in _PREFIXED.split(text):
        for name in _names(piece, index):
            prefix = _KIND.match(name)
            rest = name[prefix.end() :] if prefix else name
            if not is_blank(rest):
                yield (prefix[1].casefold() if prefix else "", rest.strip())


def _names(text: str, index: CourseIndex) -> Iterator[str]:
    parts = _STRONG.split(text)  # names at even places, separators between them
    place = 0
    while place < len(parts):
        end = _longest_known(parts, place, index)
        if end > place:
            yield "".join(parts[place:end]).strip()
            place = end + 1
            continue
        yield from _weak_names(parts[place].strip(), index)
        place += 2


def _longest_known(parts: list[str], place: int, index: CourseIndex) -> int:
    for end in range(min(place + 2 * LONGEST_JOIN - 1, len(parts)), place, -2):
        if index.matches(_KIND.sub("", "".join(parts[place:end]), count=1)):
            return end
    return place


def _weak_names(text: str, index: CourseIndex) -> list[str]:
    """“A and B” are two courses only when the file knows both."""
    pieces = [piece for piece in _WEAK.split(text) if piece]
    if len(pieces) > 1 and all(index.matches(piece) for piece in pieces):
        return pieces
    return [text] if text else []


class Requisites:
    """Gathers the prerequisites of a file; the same pair is kept once."""

    def __init__(self, index: CourseIndex, problems: Problems) -> None:
        self.index = index
        self.problems = problems
        self._found: dict[tuple[str, str], PrerequisiteRow] = {}

    def add(self, *, row: int, course: str, text: str, kind: str, column: str) -> None:
        for own_kind, name in split_requisites(text, self.index):
            codes = self.index.matches(name)
            place: dict[str, Any] = {"row": row, "column": column, "value": name}
            if codes == {course}:
                self.problems.refuse("self_prerequisite", **place)
                continue
            if len(codes) != 1:
                self.problems.warn("ambiguous_prerequisite" if codes else "external_prerequisite", **place)
            required = next(iter(codes)) if len(codes) == 1 else name
            found = PrerequisiteRow(
                row=row, course=course, requires=required, kind=own_kind or kind, external=len(codes) != 1
            )
            self._found.setdefault((course, required), found)

    def rows(self) -> tuple[PrerequisiteRow, ...]:
        return tuple(self._found.values())


def refuse_cycles(prerequisites: Iterable[PrerequisiteRow], problems: Problems) -> None:
    """Every circle is named once, as A → B → A."""
    required: dict[str, list[str]] = defaultdict(list)
    rows = {}
    for requisite in prerequisites:
        if not requisite.external:
            required[requisite.course].append(requisite.requires)
            rows[requisite.course] = requisite.row
    for cycle in cycles(required):
        names = " → ".join(cycle)
        problems.refuse("prerequisite_cycle", row=rows[cycle[0]], value=names, cycle=names)


def cycles(required: Mapping[str, list[str]]) -> list[list[str]]:
    """Circles met on one walk through the graph, each as A, B, …, A; none means that there is none at all."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in list(required):
        if start not in done:
            _walk(start, required, done, found)
    return found


def _walk(start: str, required: Mapping[str, list[str]], done: set[str], found: list[list[str]]) -> None:
    """By hand rather than by recursion: a catalogue's chain can be longer than Python's stack."""
    path, place = [start], {start: 0}
    branches = [iter(required.get(start, ()))]
    while branches:
        follower = next(branches[-1], None)
        if follower is None:
            branches.pop()
            done.add(path[-1])
            place.pop(path.pop())
        elif follower in place:
            found.append([*path[place[follower] :], follower])
        elif follower not in done:
            place[follower] = len(path)
            path.append(follower)
            branches.append(iter(required.get(follower, ())))
