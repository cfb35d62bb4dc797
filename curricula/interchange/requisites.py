"""Prerequisites as people write them → pairs of courses; what is not in the file is kept as external."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from curricula.fields.texts import compact, is_blank

from .parsed import CourseRow, PrerequisiteRow
from .problems import Problems

_STRONG = re.compile(r"([;；,，、\n|]+)")
_WEAK = re.compile(r"\s*(?:和|与|及|\band\b|&|\+|\s)\s*", re.IGNORECASE)
_OR = re.compile(r"\bor\b|或|任[一选]|之一|/|\b(?:one|any|either|two|some)\s(?:\w+\s)?of\b|\beither\b", re.IGNORECASE)
_NO_CHOICE = re.compile(
    r"\bor\s+(?:better|higher|above|greater|more|equivalent|consent|permission|approval|instructor|by|the equivalent"
    r"|department|graduate|junior|senior|sophomore)\b|或(?:同等|以上|相当|等同)|n/a",
    re.IGNORECASE,
)
ONE_OF = "One of: "  # as our own files say it, with a bar between alternatives
_SEVERAL = re.compile(r"\b(?:two|three|four|some|[2-9])\s(?:\w+\s)?(?:of|from)\b|任选?[二两三四2-9]", re.IGNORECASE)
_ONE_OF = re.compile(
    r"^\W*(?:(?:at least |any )?one\s(?:\w+\s)?(?:of|from)|any of|either)\b(?: the following\b)?\s*:?"
    r"|(?:中|等|、|，)?\s{0,9}(?:任选?其?[一1]\s?门?|之一|其中[一1]门)\s*$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s{0,9}(?:[,，、]\s{0,9})?(?:\bor\b|或者?|/)\s{0,9}|\s{0,9}[,，、]\s{0,9}", re.IGNORECASE)
_AND = re.compile(r"\band\b|并且|且|&|\+|和|与|及", re.IGNORECASE)
_DEPTH = {"(": 1, "（": 1, "[": 1, ")": -1, "）": -1, "]": -1}
_STOPS = re.compile(r"[()（）\[\];；\n]")
_JOINTS = re.compile(r"[()（）\[\]]|\band\b|并且|且|&", re.IGNORECASE)
_LITERAL = re.compile(r"[\[{(]\s*(['\"][^\[\]{}]{1,1900}['\"])\s*[\]})]")
_CODE = re.compile(r"[A-Za-z]{1,8}[-_. ]{0,2}\d[\w.\-]{0,10}")
_CODE_IN_PROSE = re.compile(r"(?<!\w)(?:[A-Za-z]{1,8}[-_. ]{0,2}\d{1,8}[A-Za-z]{0,3}|\d{4,14})(?![A-Za-z0-9])")
_CODES_APART = re.compile(r"\s{0,9}[/=|]\s{0,9}|\s{0,9}[(（]|[)）]")
_LAST_NUMBER = re.compile(r"\d{1,6}[A-Za-z]{0,3}$")
LONGEST_CODES = 60  # characters of codes that name one course
LONGEST_PROSE = 400
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
        courses = list(courses)
        self._codes.update({key(course.code): course.code for course in reversed(courses)})
        for course in courses:
            for code in (course.code, *cross_listed(course.code)):
                self._codes.setdefault(key(code), course.code)
            for title in (course.title_en, course.title_zh):
                if title:
                    self._titles[key(title)].add(course.code)

    def matches(self, text: str) -> set[str]:
        word = key(text)
        return {self._codes[word]} if word in self._codes else self._titles.get(word, set())


def cross_listed(code: str) -> list[str]:
    """The codes in “CS 330 / INFO 330”, “CS/INFO 330” and “CS 330 (INFO 330)”; none where there is one only."""
    if len(code) > LONGEST_CODES:
        return []
    parts = [part.strip() for part in _CODES_APART.split(code) if part.strip()]
    number = _LAST_NUMBER.search(parts[-1]) if len(parts) > 1 else None
    if number is None:
        return []
    whole = [part if _LAST_NUMBER.search(part) else f"{part} {number[0]}" for part in parts]
    return whole if all(map(_CODE.fullmatch, whole)) else []


class Named(NamedTuple):
    """One requisite of a cell: a course's code or title, or words that name several courses to choose from."""

    kind: str
    name: str
    told: str = ""  # code of the warning
    choice: int = 0  # those of a cell with the same number above 0 are alternatives


def split_requisites(text: str, index: CourseIndex) -> Iterator[Named]:
    """“数据结构、算法与分析” stays whole where a course is called so; “A or B” are alternatives where one is known.

    Other choices, as among several at once, stay in their words.
    """
    ours, text = _choices_of_ours(text)
    choices = max((each.choice for each in ours), default=0)
    yield from ours
    for piece in _PREFIXED.split(_list_literal(text)):
        for clause in _clauses(piece, index):
            told = "alternative_prerequisites" if _offers_a_choice(clause, index) else ""
            if told and (alternatives := _alternatives(clause, index)):
                choices += 1
                yield from (each._replace(choice=choices) for each in alternatives)
                continue
            for name in [clause] if told else _names(clause, index):
                yield from _named(name, told or ("bar_as_and" if "|" in clause else ""), index)


def _choices_of_ours(text: str) -> tuple[list[Named], str]:
    """The alternatives that our own files wrote, and what stands beside them."""
    pieces = text.split(";") if ONE_OF in text else []
    chosen = [piece.strip() for piece in pieces if piece.strip().startswith(ONE_OF) and "|" in piece]
    found = [
        each._replace(choice=number)
        for number, piece in enumerate(chosen, start=1)
        for part in piece.removeprefix(ONE_OF).split("|")
        for each in _prefixed(part)
    ]
    return found, ";".join(piece for piece in pieces if piece.strip() not in chosen) if chosen else text


def _prefixed(part: str) -> Iterator[Named]:
    prefix = _KIND.match(part)
    name = (part[prefix.end() :] if prefix else part).strip()
    if not is_blank(name):
        yield Named(prefix[1].casefold() if prefix else "", name)


def _alternatives(clause: str, index: CourseIndex) -> list[Named]:
    """“A or B”, “one of A, B”, “A、B任选一门”; nothing where no course is known, or a part holds several."""
    text = _NO_CHOICE.sub(" ", clause)
    if _SEVERAL.search(text):
        return []
    found = [_alternative(part.strip(), index) for part in _BETWEEN.split(_ONE_OF.sub("", text)) if part.strip()]
    alternatives = [each for each in dict.fromkeys(found) if each]
    known = any(index.matches(each.name) for each in alternatives)
    return alternatives if known and None not in found and len(alternatives) > 1 else []


def _alternative(part: str, index: CourseIndex) -> Named | None:
    prefix = _KIND.match(part)
    kind, name = (prefix[1].casefold() if prefix else ""), _without_brackets(_KIND.sub("", part, count=1).strip())
    if len(index.matches(name)) == 1:
        return Named(kind, name)
    inside = _codes_inside(name, index)
    if len(inside) > 1 or _AND.search(name):
        return None
    return Named(kind, inside[0] if inside else name)


def _named(name: str, told: str, index: CourseIndex) -> Iterator[Named]:
    prefix = _KIND.match(name)
    rest = (name[prefix.end() :] if prefix else name).strip()
    kind = prefix[1].casefold() if prefix else ""
    if is_blank(rest):
        return
    inside = [] if told == "alternative_prerequisites" or index.matches(rest) else _codes_inside(rest, index)
    if inside:
        yield from (Named(kind, code, "words_beside_prerequisite") for code in inside)
    else:
        yield Named(kind, rest, told)


def _list_literal(text: str) -> str:
    """“['CS101', 'CS102']” as “CS101; CS102”."""
    inner = _LITERAL.fullmatch(text.strip())
    return "; ".join(part.strip(" '\"") for part in inner[1].split(",")) if inner else text


def _clauses(text: str, index: CourseIndex) -> list[str]:
    """Parted at semicolons and at “and” outside brackets, where a choice is among the parts."""
    if not _OR.search(text):
        return [text]
    pieces = [bare for piece in _parted(text, _STOPS) if (bare := piece.strip(" ,，"))]
    known = [bool(index.matches(_KIND.sub("", piece, count=1))) for piece in pieces]
    return [
        _without_brackets(clause.strip(" ,，"))
        for piece, whole in zip(pieces, known, strict=True)
        for clause in ([piece] if whole or not _OR.search(piece) else _parted(piece, _JOINTS))
        if clause.strip(" ,，")
    ]


def _parted(text: str, joints: re.Pattern[str]) -> list[str]:
    parts, depth, start = [], 0, 0
    for match in joints.finditer(text):
        step = _DEPTH.get(match[0], 0)
        depth += step
        if depth == 0 and not step:
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]


def _without_brackets(text: str) -> str:
    return text[1:-1].strip() if text[:1] in "(（[" and text[-1:] in ")）]" else text


def _offers_a_choice(text: str, index: CourseIndex) -> bool:
    """“A or B”, “one of A, B”; neither “A with a grade of C or better” nor a title with “or” in it."""
    return bool(_OR.search(_NO_CHOICE.sub(" ", text))) and not index.matches(_KIND.sub("", text, count=1))


def _codes_inside(text: str, index: CourseIndex) -> list[str]:
    """The courses whose codes stand in prose, such as “CS101 (Programming)”."""
    found = (index.matches(match[0]) for match in _CODE_IN_PROSE.finditer(text[:LONGEST_PROSE]))
    return list(dict.fromkeys(code for codes in found for code in codes if len(codes) == 1))


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
        self._found: dict[str, dict[str, PrerequisiteRow]] = defaultdict(dict)  # course → what it requires

    def add(self, *, row: int, course: str, text: str, kind: str, column: str) -> None:
        named = list(split_requisites(text, self.index))
        for own_kind, name, told, _choice in (each for each in named if not each.choice):
            codes = set() if told == "alternative_prerequisites" else self.index.matches(name)
            place: dict[str, Any] = {"row": row, "column": column, "value": name}
            if codes == {course}:
                self.problems.refuse("self_prerequisite", **place)
                continue
            self._tell(told, codes, place, text)
            required = next(iter(codes)) if len(codes) == 1 else name
            self._require(PrerequisiteRow(row, course, required, own_kind or kind, external=len(codes) != 1))
        for choice in {each.choice: None for each in named if each.choice}:
            self._choose(row, course, kind, [each for each in named if each.choice == choice])

    def _require(self, found: PrerequisiteRow) -> None:
        """What is required by itself is no choice any more."""
        mine = self._found[found.course]
        known = mine.setdefault(found.requires, found)
        if known.alternative:
            for name in [name for name, row in mine.items() if row.alternative == known.alternative]:
                del mine[name]
            mine[found.requires] = found

    def _choose(self, row: int, course: str, kind: str, alternatives: list[Named]) -> None:
        """One of several is enough; nothing is left to choose where one is required anyway or is the course itself."""
        mine = self._found[course]
        names = {each: self._named(each.name, row) for each in alternatives}
        held = [found for name in names.values() if (found := mine.get(name))]
        if course in names.values() or any(not found.alternative for found in held):
            return
        if held:  # a course cannot stand in two choices
            words = phrase_of(alternatives)
            mine.setdefault(words, PrerequisiteRow(row, course, words, kind, external=True))
            self.problems.warn("alternative_prerequisites", row=row, value=words)
            return
        number = 1 + max((found.alternative for found in mine.values()), default=0)
        for each, name in names.items():
            outside = len(self.index.matches(each.name)) != 1
            found = PrerequisiteRow(row, course, name, each.kind or kind, external=outside, alternative=number)
            mine.setdefault(name, found)

    def _named(self, name: str, row: int) -> str:
        """The code of the course; the words as they are where there is none, or where several are called so."""
        codes = self.index.matches(name)
        if len(codes) > 1:
            self.problems.warn("ambiguous_prerequisite", row=row, value=name)
        return next(iter(codes)) if len(codes) == 1 else name

    def _tell(self, told: str, codes: set[str], place: dict[str, Any], text: str) -> None:
        if told == "alternative_prerequisites":
            self.problems.warn(told, **place)
        elif len(codes) != 1:
            self.problems.warn("ambiguous_prerequisite" if codes else "external_prerequisite", **place)
        elif told:
            self.problems.warn_once(told, **place | {"value": text})

    def rows(self) -> tuple[PrerequisiteRow, ...]:
        return tuple(row for mine in self._found.values() for row in mine.values())


def phrase_of(alternatives: Iterable[Named]) -> str:
    return " or ".join(each.name for each in alternatives)


def refuse_cycles(prerequisites: Iterable[PrerequisiteRow], problems: Problems) -> None:
    """Every circle is named once, as A → B → A; courses that are only taken together are no circle.

    What alternatives avoid is seen where the file is saved.
    """
    required: dict[str, list[str]] = defaultdict(list)
    rows, before = {}, set()
    for requisite in prerequisites:
        if not requisite.external and not requisite.alternative:
            required[requisite.course].append(requisite.requires)
            rows[requisite.course] = requisite.row
            if requisite.kind == "pre":
                before.add((requisite.course, requisite.requires))
    for cycle in cycles(required):
        if before.intersection(pairwise(cycle)):
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
