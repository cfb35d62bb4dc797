"""“A or (B and C)”, “two of A, B, C”, “A、B、C中任选两门” → clauses: one of each is enough, and all of them bind.

“/” binds most closely, then “and”, then “or”, then “;”. What people write without brackets can leave open what was
meant: it is read as the answer to its doubt says, and the doubt is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from curricula.fields.clauses import Clauses, TooManyClauses, all_of, one_of, some_of

from .course_index import CourseIndex, holds_a_code
from .requisite_parts import (
    NOT_OR,
    Joint,
    Level,
    NotUnderstood,
    Operand,
    Part,
    apart_at_commas,
    between_listed,
    edge_of_choice,
    merged,
    name_in,
    parts_of,
    with_lists,
)

KIND = re.compile(r"^\s*(pre|co|strict-co)\s*[:：]\s*", re.IGNORECASE)
_ZH = "一二两三四五六1-6"
_EN = "one|two|three|four|five|six|[1-6]"
_NUMBERS = {word: n for n, words in enumerate(("1一", "2二两", "3三", "4四", "5五", "6六"), start=1) for word in words}
_NUMBERS |= {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_CHOICE = re.compile(
    rf"\bor\b|或|/|\b(?:{_EN}|any|some)\s(?:\w+\s)?(?:of|from)\b|\beither\b|\b(?:any|choose|select)\s(?:{_EN})\b"
    rf"|任选?其?[{_ZH}]|之一|[中里至少其]选?修?[{_ZH}]\s?门|[2-9{_ZH}]选[{_ZH}]|[{_ZH}]\s?门(?:课程)?[:：]",
    re.IGNORECASE,
)
_NO_CHOICE = re.compile(NOT_OR, re.IGNORECASE)
_FROM = re.compile(r"从(?=[^:：从]{1,300}[中里]?[任选])")
BEFORE = re.compile(
    rf"(?:\b(?:(?:at least |any |choose |select |take ){{0,3}}(?P<en>{_EN})\s(?:\w+\s)?(?:of|from)|any of|either)\b"
    rf"(?: the following\b)?(?: courses\b)?|任?选?修?(?P<zh>[{_ZH}])\s?门(?:课程)?\s?[:：]|之一[:：])"
    r"\s{0,9}[:：]?\s{0,9}",
    re.IGNORECASE,
)
BEHIND = re.compile(
    rf"[(（]?\s{{0,9}}(?:[中里等]|其中)?(?:(?:任|至少)?选?修?其?(?P<zh>[{_ZH}])\s?门(?:课程)?|任选?其?(?P<bare>[{_ZH}])"
    rf"|[2-9{_ZH}]选(?P<of>[{_ZH}])门?|之一|\bone of (?:these|them|the above)"
    rf"|\b(?:any|choose|select)\s(?P<en>{_EN}))\s{{0,9}}[)）]?$",
    re.IGNORECASE,
)
LONGEST_JOIN: Final = 6  # a title may itself hold separators; no title holds more than this
DOUBTS: Final = {  # code → its answers, the first is taken without one
    "and_or_mixed": ("and_first", "or_first"),  # “A and B or C”
    "comma_after_or": ("and", "or"),  # “A or B, C”
    "and_in_choice": ("list", "beside"),  # “one of A, B and C”
}


class Named(NamedTuple):
    """One requisite of a cell: a course's code or title, or words that are kept as they are."""

    kind: str
    name: str
    told: str = ""  # code of the warning


def offers_a_choice(text: str, index: CourseIndex) -> bool:
    """“A or B”, “one of A, B”; neither “A with a grade of C or better” nor a title with “or” in it."""
    return bool(_CHOICE.search(_NO_CHOICE.sub(" ", text))) and not index.matches(KIND.sub("", text, count=1))


@dataclass
class Reading:
    """One text, read with these answers; `doubts` are those whose answer mattered."""

    text: str
    index: CourseIndex
    answers: Mapping[str, str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    chosen: bool = False

    def __post_init__(self) -> None:
        self.text = _FROM.sub("", self.text)

    def conjuncts(self) -> list[tuple[str, Clauses[Named] | None]]:
        """What binds apart, each with its words; no clauses where they say no choice that is understood."""
        try:
            levels = list(self._apart(self._level(parts_of(self.text))))
        except NotUnderstood:
            return [(self.text, None)]
        return [
            (self.text[each.operands[0].first : each.operands[-1].last], self._understood(each)) for each in levels
        ]

    def _apart(self, level: Level) -> Iterator[Level]:
        operation, parts = self._split(level)
        operand = level.operands[0]
        if operation is all_of:
            for part in parts:
                yield from self._apart(part)
        elif not level.joints and not operand.needed and [part.kind for part in operand.parts] == ["group"]:
            yield from self._apart(self._level(operand.parts[0].inner))
        else:
            yield level

    def _understood(self, level: Level) -> Clauses[Named] | None:
        self.chosen = False
        try:
            clauses = self._value(level)
        except (NotUnderstood, TooManyClauses):
            return None
        known = any(self.index.matches(item.name) for clause in clauses for item in clause)
        return clauses if known and self.chosen else None

    def _value(self, level: Level) -> Clauses[Named]:
        if len(level.operands) == 1:
            operand = level.operands[0]
            needed = operand.needed or operand.closing
            return self._several(needed, operand) if needed else self._operand(operand)
        operation, parts = self._split(level)
        self.chosen |= operation is not all_of
        return operation([self._value(part) for part in parts])

    # Operands

    def _operand(self, operand: Operand) -> Clauses[Named]:
        raw = self._raw(operand)
        groups = [part for part in operand.parts if part.kind == "group"]
        if len(groups) != 1 or self._known(raw):
            return ((self._named(raw),),)
        before, behind = self.text[operand.start : groups[0].start], self.text[groups[0].end : operand.end]
        if (before + behind).strip() and not self._names_a_course(groups[0]):
            return ((self._named(raw),),)
        if holds_a_code(before + behind):
            return self._continued(operand.parts, groups[0])
        kind = KIND.match(before)
        clauses = self._value(self._level(groups[0].inner))
        return _with_kind(clauses, kind[1].casefold()) if kind else clauses

    def _continued(self, parts: Sequence[Part], group: Part) -> Clauses[Named]:
        """“A (or B)”."""
        if not group.inner[0].joins or parts[-1] is not group:
            raise NotUnderstood
        return self._value(self._level((*parts[:-1], *group.inner)))

    def _several(self, needed: int, operand: Operand) -> Clauses[Named]:
        """“Two of (A, B, C)”."""
        if [part.kind for part in operand.parts] != ["group"]:
            raise NotUnderstood
        level = self._level(operand.parts[0].inner)
        self.chosen = True
        return some_of(needed, [self._value(part) for part in level.cut(between_listed(level))])

    def _names_a_course(self, group: Part) -> bool:
        names = (part for part in group.inner if not part.joins)
        return any(
            self._names_a_course(part) if part.inner else bool(self.index.codes_inside(raw)) or self._known(raw)
            for part in names
            for raw in (self.text[part.start : part.end],)
        )

    def _named(self, raw: str) -> Named:
        prefix = KIND.match(raw)
        kind, name = (prefix[1].casefold() if prefix else ""), KIND.sub("", raw, count=1).strip()
        if not name:
            raise NotUnderstood
        if len(self.index.matches(name)) == 1:
            return Named(kind, name)
        inside = self.index.codes_inside(name)
        if len(inside) > 1:
            raise NotUnderstood
        return Named(kind, inside[0] if inside else name)

    def _raw(self, operand: Operand) -> str:
        return self.text[operand.start : operand.end]

    def _known(self, raw: str) -> bool:
        return bool(self.index.matches(KIND.sub("", raw, count=1)))

    # Operands and joints of one level

    def _level(self, parts: Sequence[Part]) -> Level:
        operands: list[Operand] = []
        joints: list[Joint] = []
        run: list[Part] = []
        for part in (*apart_at_commas(parts, self.text), Part("end", 0, 0)):
            if not part.joins:
                run.append(part)
                continue
            if run:
                self._add(operands, joints, run)
                run = []
                joints.append(Joint(part.kind))
            elif joints:
                joints[-1] = merged(joints[-1], part.kind)
            else:
                raise NotUnderstood
        if not operands or joints.pop().kind not in ("end", "comma", "semi"):
            raise NotUnderstood
        return self._with_titles(Level(tuple(operands), tuple(joints)))

    def _add(self, operands: list[Operand], joints: list[Joint], run: Sequence[Part]) -> None:
        """An operand without the words that say how many are needed; these words alone belong to the one before."""
        first, last = run[0].start, run[-1].end
        run, needed = self._without_before(run)
        run, closing = self._without_behind(run)
        if run:
            operands.append(Operand(tuple(run), first, last, needed, closing))
        elif closing and operands:
            operands[-1] = replace(operands[-1], last=last, closing=closing)
            joints.pop()
        else:
            raise NotUnderstood

    def _without_before(self, run: Sequence[Part]) -> tuple[Sequence[Part], int]:
        first = run[0]
        found = BEFORE.search(self.text, first.start, first.end) if first.kind == "name" else None
        if not found or self._known(self.text[first.start : run[-1].end]):
            return run, 0
        if self._solid(self.text[first.start : found.start()]):
            raise NotUnderstood
        rest = [replace(first, start=found.end())] if found.end() < first.end else []
        return [*rest, *run[1:]], _number(found)

    def _without_behind(self, run: Sequence[Part]) -> tuple[Sequence[Part], int]:
        if not run or self._known(self.text[run[0].start : run[-1].end]):
            return run, 0
        last = run[-1]
        found = BEHIND.search(self.text[last.start : last.end])
        if not found or (last.kind == "group" and found.start() > 0):
            return run, 0
        rest = list(name_in(self.text, last.start, last.start + found.start()))
        return [*run[:-1], *rest], _number(found)

    def _with_titles(self, level: Level) -> Level:
        """Joints within the title of a course, or between words of which none names a course, are none."""
        operands: list[Operand] = []
        joints: list[Joint] = []
        place = 0
        while place < len(level.operands):
            end = self._end_of_title(level, place)
            joined = level.operands[place : end + 1]
            parts = (Part("name", joined[0].start, joined[-1].end),) if len(joined) > 1 else joined[0].parts
            operands.append(replace(joined[0], parts=parts, last=joined[-1].last, closing=joined[-1].closing))
            joints += level.joints[end : end + 1]
            place = end + 1
        return Level(tuple(operands), tuple(joints))

    def _end_of_title(self, level: Level, place: int) -> int:
        start = level.operands[place].start
        for end in range(min(place + LONGEST_JOIN, len(level.operands)) - 1, place, -1):
            if self._known(self.text[start : level.operands[end].end]):
                return end
        end = place
        while end < len(level.joints) and level.joints[end].kind in ("and", "soft"):
            sides = [self._solid(self._raw(side)) for side in level.operands[end : end + 2]]
            if not any(sides):
                end += 1
                continue
            if level.joints[end].kind == "soft" and not all(sides):
                raise NotUnderstood
            break
        return end

    def _solid(self, raw: str) -> bool:
        """It names a course, or ends in brackets that may."""
        return raw.endswith((")", "）", "]")) or self._known(raw) or holds_a_code(raw)

    # Which joint binds least

    def _split(self, level: Level) -> tuple[Callable[[Sequence[Clauses[Named]]], Clauses[Named]], list[Level]]:
        if not level.joints:
            return one_of, [level]
        if semi := level.places("semi"):
            return all_of, level.cut(semi)
        if (place := edge_of_choice(level)) is not None:
            return _by(level, place)
        ands, ors = level.places("and", "soft"), level.places("or")
        if needed := level.operands[0].needed or level.operands[-1].closing:
            return self._split_choice(level, needed, ands)
        if not ors:
            lists = level.places("comma", "and", "soft")
            return (all_of, level.cut(lists)) if lists else (one_of, level.cut(level.places("slash")))
        late = [place for place in level.places("comma") if place > ors[0]]
        if late and self._answer("comma_after_or") == "and":
            return all_of, level.cut(late)
        return self._split_mixed(with_lists(level))

    def _split_choice(
        self, level: Level, needed: int, ands: list[int]
    ) -> tuple[Callable[[Sequence[Clauses[Named]]], Clauses[Named]], list[Level]]:
        bare = replace(level, operands=tuple(replace(each, needed=0, closing=0) for each in level.operands))
        in_list = not level.operands[0].needed and ands[-1:] == [len(level.joints) - 1]
        if ands and level.has("or"):
            return all_of, level.cut(ands)
        if ands and needed == 1 and len(level.joints) > 1 and not in_list and self._answer("and_in_choice") != "list":
            return all_of, level.cut(ands[-1:])
        return lambda parts: some_of(needed, parts), bare.cut(between_listed(level))

    def _split_mixed(self, level: Level) -> tuple[Callable[[Sequence[Clauses[Named]]], Clauses[Named]], list[Level]]:
        ands, ors = level.places("and", "soft"), level.places("or")
        if not ands:
            return one_of, level.cut(ors)
        apart_and, apart_or = ({level.joints[place].comma for place in places} for places in (ands, ors))
        if apart_and == {True} and apart_or == {False}:
            return all_of, level.cut(ands)
        if apart_or == {True} and apart_and == {False}:
            return one_of, level.cut(ors)
        if self._answer("and_or_mixed") == "or_first":
            return all_of, level.cut(ands)
        return one_of, level.cut(ors)

    def _answer(self, code: str) -> str:
        self.doubts.append(code)
        return self.answers.get(code) or DOUBTS[code][0]


def _by(level: Level, place: int) -> tuple[Callable[[Sequence[Clauses[Named]]], Clauses[Named]], list[Level]]:
    left, right = level.cut([place])
    if level.joints[place].kind not in ("or", "slash"):
        return all_of, [left, right]
    if not left.has("and", "soft", "or"):
        left = left.with_joints("or", left.places("comma"))
    return one_of, [left, right]


def _number(found: re.Match[str]) -> int:
    return _NUMBERS[next(filter(None, found.groupdict().values()), "1").casefold()]


def _with_kind(clauses: Clauses[Named], kind: str) -> Clauses[Named]:
    return tuple(tuple(item._replace(kind=item.kind or kind) for item in clause) for clause in clauses)
