"""Prerequisites as people write them → pairs of courses; what is not in the file is kept as external."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest
from typing import Any, NamedTuple

from curricula.fields.clauses import in_words, without_implied
from curricula.fields.texts import is_blank

from .course_index import CourseIndex
from .parsed import PrerequisiteRow
from .problems import Problems
from .requisite_choices import BEFORE, BEHIND, DOUBTS, KIND, LONGEST_JOIN, Named, Reading, offers_a_choice

_STRONG = re.compile(r"([;；,，、\n|]+)")
_WEAK = re.compile(r"\s*(?:和|与|及|\band\b|&|\+|\s)\s*", re.IGNORECASE)
ONE_OF = "One of: "  # as our own files say it, with a bar between alternatives
_DEPTH = {"(": 1, "（": 1, "[": 1, ")": -1, "）": -1, "]": -1}
_BRACKETS = re.compile(r"[(（]")
_STOPS = re.compile(r"[()（）\[\];；\n]")
_LITERAL = re.compile(r"[\[{(]\s*(['\"][^\[\]{}]{1,1900}['\"])\s*[\]})]")
_PREFIXED = re.compile(r"(?:^|\s)(?=(?:pre|co|strict-co):\S+(?:\s|$))", re.IGNORECASE)
_SPOKEN_KIND = re.compile(
    r"(?:^|(?<=[\s.;；。,，]))(?:(?:(pre)|co)-?req(?:uisite)?s?|(先修)课?程?|(?:同修|并修)课?程?)\.?\s{0,9}[:：]",
    re.IGNORECASE,
)
_SEMICOLON_OR = re.compile(r"\s{0,9}[;；]\s{0,9}(?=or\b|或)", re.IGNORECASE)
_JOINED = re.compile(r"[,，、/]|\b(?:or|and)\b|[或和]", re.IGNORECASE)

Clause = tuple[Named, ...]  # of its requisites one is enough


class Doubtful(NamedTuple):
    """Words that can be read in two ways."""

    code: str
    words: str
    readings: tuple[str, ...]  # in the order of their answers


def requisite_clauses(
    text: str, index: CourseIndex, *, answers: Mapping[str, str], doubts: list[Doubtful]
) -> Iterator[Clause]:
    """“数据结构、算法与分析” stays whole where a course is called so; “A or B” are alternatives where one is known."""
    ours, text = _choices_of_ours(text)
    yield from ours
    for kind, said in _by_spoken_kind(_without_bars(_list_literal(text))):
        for piece in _PREFIXED.split(said):
            for words in _pieces(piece, index):
                for clause in _of_words(words, index, answers, doubts):
                    yield tuple(each._replace(kind=each.kind or kind) for each in clause)


def _by_spoken_kind(text: str) -> Iterator[tuple[str, str]]:
    """“Prerequisite: A. Corequisites: B, C” says of each what it is."""
    named = list(_SPOKEN_KIND.finditer(text))
    yield "", text[: named[0].start() if named else len(text)]
    for each, following in zip_longest(named, named[1:]):
        end = following.start() if following else len(text)
        yield "pre" if each[1] or each[2] else "co", text[each.end() : end].strip(" .;；。,，\n")


def _without_bars(text: str) -> str:
    """“A & (B | C)”: beside “&” a bar is “or”."""
    return re.sub(r"\|{1,2}", " or ", re.sub("&{1,2}", " and ", text)) if "&" in text and "|" in text else text


def _of_words(text: str, index: CourseIndex, answers: Mapping[str, str], doubts: list[Doubtful]) -> Iterator[Clause]:
    if not offers_a_choice(text, index) and not _BRACKETS.search(text):
        yield from _alone(text, index)
        return
    yield from _read(text, index, answers)
    doubts += _doubts_of(text, index, answers)


def _read(text: str, index: CourseIndex, answers: Mapping[str, str]) -> Iterator[Clause]:
    for words, clauses in Reading(text, index, answers).conjuncts():
        if not offers_a_choice(words, index):
            yield from _alone(words, index)
        elif clauses is None:
            yield (Named("", _without_brackets(words), "alternative_prerequisites"),)
        else:
            yield from clauses


def _doubts_of(text: str, index: CourseIndex, answers: Mapping[str, str]) -> Iterator[Doubtful]:
    reading = Reading(text, index, answers)
    understood = any(clauses for _words, clauses in reading.conjuncts())
    for code in dict.fromkeys(reading.doubts) if understood else ():
        ways = [list(_read(text, index, {**answers, code: answer})) for answer in DOUBTS[code]]
        readings = tuple(in_words([each.name for each in clause] for clause in way) for way in ways)
        if len(set(readings)) > 1:
            yield Doubtful(code, text, readings)


def _choices_of_ours(text: str) -> tuple[list[Clause], str]:
    """The alternatives that our own files wrote, and what stands beside them."""
    pieces = text.split(";") if ONE_OF in text else []
    chosen = [piece.strip() for piece in pieces if piece.strip().startswith(ONE_OF) and "|" in piece]
    listed = (piece.removeprefix(ONE_OF).split("|") for piece in chosen)
    found = [tuple(each for part in parts for each in _prefixed(part)) for parts in listed]
    return found, ";".join(piece for piece in pieces if piece.strip() not in chosen) if chosen else text


def _prefixed(part: str) -> Iterator[Named]:
    prefix = KIND.match(part)
    name = KIND.sub("", part, count=1).strip()
    if not is_blank(name):
        yield Named(prefix[1].casefold() if prefix else "", name)


def _alone(text: str, index: CourseIndex) -> Iterator[Clause]:
    """Each is required by itself."""
    for name in _names(text, index):
        for each in _prefixed(name):
            inside = [] if index.matches(each.name) else index.codes_inside(each.name)
            told = "bar_as_and" if "|" in text else ""
            found = [Named(each.kind, code, "words_beside_prerequisite") for code in inside]
            yield from ((named,) for named in found or [each._replace(told=told)])


def _list_literal(text: str) -> str:
    """“['CS101', 'CS102']” as “CS101; CS102”."""
    inner = _LITERAL.fullmatch(text.strip())
    return "; ".join(part.strip(" '\"") for part in inner[1].split(",")) if inner else text


def _pieces(text: str, index: CourseIndex) -> list[str]:
    """Parted at semicolons outside brackets, where a choice is among the parts."""
    if not offers_a_choice(text, index):
        return [text]
    text = _SEMICOLON_OR.sub(", ", text)
    parts: list[str] = []
    depth = start = 0
    for stop in _STOPS.finditer(text):
        step = _DEPTH.get(stop[0], 0)
        depth += step
        if depth == 0 and not step:
            parts.append(text[start : stop.start()])
            start = stop.end()
    return _with_their_lists([bare for part in (*parts, text[start:]) if (bare := part.strip(" ,，"))])


def _with_their_lists(parts: list[str]) -> list[str]:
    """“2 of A; B; C” and “A; B (one of these)”: semicolons part what a rule about one name alone can only list."""
    for place, part in enumerate(parts):
        before, behind = BEFORE.match(part), BEHIND.search(part)
        if before and not behind and not _JOINED.search(part[before.end() :]):
            return [*parts[:place], ", ".join(parts[place:])]
        if behind and place and not before and not _JOINED.search(part[: behind.start()]):
            return [", ".join(parts[: place + 1]), *parts[place + 1 :]]
    return parts


def _without_brackets(text: str) -> str:
    return text[1:-1].strip() if text[:1] in "(（[" and text[-1:] in ")）]" else text


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
        if index.matches(KIND.sub("", "".join(parts[place:end]), count=1)):
            return end
    return place


def _weak_names(text: str, index: CourseIndex) -> list[str]:
    """“A and B” are two courses only when the file knows both."""
    pieces = [piece for piece in _WEAK.split(text) if piece]
    if len(pieces) > 1 and all(index.matches(piece) for piece in pieces):
        return pieces
    return [text] if text else []


class Requisites:
    """Gathers the prerequisites of a file; what another one implies is kept once."""

    def __init__(self, index: CourseIndex, problems: Problems) -> None:
        self.index = index
        self.problems = problems
        self._found: dict[str, list[tuple[PrerequisiteRow, ...]]] = defaultdict(list)  # course → clauses
        self._doubts: dict[str, list[tuple[Doubtful, dict[str, Any]]]] = defaultdict(list)

    def add(self, *, row: int, course: str, text: str, kind: str, column: str) -> None:
        doubts: list[Doubtful] = []
        for clause in requisite_clauses(text, self.index, answers=self.problems.answers, doubts=doubts):
            rows = [self._row(each, row=row, course=course, kind=kind) for each in clause]
            own = course in (each.requires for each in rows)
            if len(clause) == 1:
                place: dict[str, Any] = {"row": row, "column": column, "value": clause[0].name}
                self._tell(clause[0], place, text, own=own)
            else:
                self._tell_ambiguous(clause, row)
            if not own:
                self._found[course].append(tuple(rows))
        for doubt in doubts:
            self._doubts[doubt.code].append((doubt, {"row": row, "column": column, "value": doubt.words}))

    def _row(self, named: Named, *, row: int, course: str, kind: str) -> PrerequisiteRow:
        """With the code of the course, or the words as they are where there is none or where several are called so."""
        codes = self._codes(named)
        requires = next(iter(codes)) if len(codes) == 1 else named.name
        return PrerequisiteRow(row, course, requires, named.kind or kind, external=len(codes) != 1)

    def _codes(self, named: Named) -> set[str]:
        return set() if named.told == "alternative_prerequisites" else self.index.matches(named.name)

    def _tell(self, named: Named, place: dict[str, Any], text: str, *, own: bool) -> None:
        codes = self._codes(named)
        if own:
            self.problems.refuse("self_prerequisite", **place)
        elif named.told == "alternative_prerequisites":
            self.problems.warn(named.told, **place)
        elif len(codes) != 1:
            self.problems.warn("ambiguous_prerequisite" if codes else "external_prerequisite", **place)
        elif named.told:
            self.problems.warn_once(named.told, **place | {"value": text})

    def _tell_ambiguous(self, clause: Clause, row: int) -> None:
        for each in clause:
            if len(self.index.matches(each.name)) > 1:
                self.problems.warn_once("ambiguous_prerequisite", about=f"{row} {each.name}", row=row, value=each.name)

    def rows(self) -> tuple[PrerequisiteRow, ...]:
        """What is required by itself first, then the choices, numbered for each course."""
        self._ask()
        return tuple(row for clauses in self._found.values() for row in _numbered(clauses))

    def _ask(self) -> None:
        for code, found in self._doubts.items():
            doubt, place = found[0]
            options = tuple(zip(DOUBTS[code], doubt.readings, strict=True))
            read = dict(options)[self.problems.answers.get(code) or DOUBTS[code][0]]
            self.problems.ask(code, options, read=read, count=len(found), **place)


def _numbered(clauses: Sequence[tuple[PrerequisiteRow, ...]]) -> Iterator[PrerequisiteRow]:
    kept = without_implied(clauses, key=lambda row: row.requires)
    yield from (clause[0] for clause in kept if len(clause) == 1)
    choices = (clause for clause in kept if len(clause) > 1)
    for number, clause in enumerate(choices, start=1):
        yield from (replace(row, alternative=number) for row in clause)


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
