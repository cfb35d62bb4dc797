"""What students showed, read from the sheets of aggregates that schools keep (达成情况): by course, then by ability.

Attainment stands beside hours and demand and is averaged with neither. Direct and indirect evidence stay apart, marks
and shares of students too. Groups of fewer than the least number of students are left out and counted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from curricula.analysis.attainment import (
    LEAST_STUDENTS,
    Attainment,
    WeakestPoint,
    attainment_ratio,
    combined_attainment,
    combined_ratios,
    is_tuned,
    verdict,
    weakest_point,
)

MARKS, SHARE = "marks", "share"  # what is counted: part of the marks, or of the students that reached a threshold
_TERM: Final = re.compile(r"(\d{4})(?:\D{1,3}(\d{4}))?(?:\D{0,9}?([12一二上下春秋])\D{0,9}|\D{0,9})")
_AUTUMN: Final = ("1", "一", "上", "秋")


@dataclass(frozen=True)
class Sheet:
    """One row of a sheet: what one class showed in one part of one course's assessment."""

    key: int
    course: str
    term: str
    group: str
    objective: str
    indicator: str
    part: str
    weight: float | None
    full: float | None
    mean: float | None
    spread: float | None  # standard deviation of the marks
    attained: float | None  # part of the marks, where only that is written down
    expected: float | None  # the target
    reached: int | None  # students at the threshold or above
    students: int | None
    indirect: bool
    set_on: date | None  # the day on which target and threshold were set

    @property
    def ratio(self) -> float | None:
        """The part of the marks: as written down where there are no marks."""
        if self.full and self.mean is not None:
            return self.mean / self.full
        return self.attained


@dataclass(frozen=True)
class SortedOut:
    shown: tuple[Sheet, ...]
    hidden: tuple[int, ...]  # keys of rows with too few students to be shown
    unusable: dict[int, str]  # key → no_students, no_result, above_full, more_than_all


@dataclass(frozen=True)
class Pooled:
    """One part over the classes of the course's newest term; weighted by their students."""

    course: str
    part: str
    objective: str
    indicator: str
    weight: float | None
    full: float | None
    ratio: float | None
    spread: float | None  # of the ratio; None where a class does not state it
    reached: int | None
    students: int
    expected: float | None
    keys: tuple[int, ...]
    tuned: bool


@dataclass(frozen=True)
class Shown:
    """An attainment with what it is made of. `value` is None where `reason` says why."""

    scale: str  # MARKS or SHARE
    value: Attainment | None
    target: float | None
    parts: tuple[Pooled, ...]
    students: int  # the fewest behind a part
    by_full_marks: bool  # no weights are stated: each part counts by its marks
    reason: str = ""  # no_weights, some_weights, no_parts

    @property
    def attained(self) -> float | None:
        return self.value.value if self.value else None

    @property
    def verdict(self) -> str:
        """met, not_met or open; "" where there is no value or no target."""
        if self.value is None or self.target is None:
            return ""
        return verdict(self.value.low, self.value.high, self.target)

    @property
    def spread_known(self) -> bool:
        return all(part.spread is not None for part in self.parts)

    @property
    def tuned(self) -> bool:
        return any(part.tuned for part in self.parts)

    @property
    def keys(self) -> tuple[int, ...]:
        return tuple(key for part in self.parts for key in part.keys)


NOTHING: Final = Shown(MARKS, None, None, (), 0, by_full_marks=False, reason="no_parts")


def sorted_out(sheets: Iterable[Sheet], *, fewest: int = LEAST_STUDENTS) -> SortedOut:
    """The rows that may be shown; those with fewer than `fewest` students are only counted."""
    shown: list[Sheet] = []
    hidden: list[int] = []
    unusable: dict[int, str] = {}
    for sheet in sheets:
        if doubt := _doubt(sheet):
            unusable[sheet.key] = doubt
        elif (sheet.students or 0) < fewest:
            hidden.append(sheet.key)
        else:
            shown.append(sheet)
    return SortedOut(tuple(shown), tuple(hidden), unusable)


def _doubt(sheet: Sheet) -> str:
    if not sheet.students:
        return "no_students"
    if sheet.ratio is None and sheet.reached is None:
        return "no_result"
    if sheet.ratio is not None and sheet.ratio > 1:
        return "above_full"
    return "more_than_all" if (sheet.reached or 0) > sheet.students else ""


def newest(sheets: Iterable[Sheet]) -> list[Sheet]:
    """Of each course the rows of its newest term: years are compared, never mixed."""
    rows = list(sheets)
    last: dict[str, str] = {}
    for row in rows:
        last[row.course] = max(last.get(row.course, ""), row.term)
    return [row for row in rows if row.term == last[row.course]]


def pooled(sheets: Iterable[Sheet]) -> list[Pooled]:
    """Each part of each course over its classes: means weighted by students, spreads within and between them."""
    groups: defaultdict[tuple[str, str, str, str], list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        groups[sheet.course, sheet.objective, sheet.indicator, sheet.part].append(sheet)
    return [_pooled(group) for group in groups.values()]


def _pooled(rows: Sequence[Sheet]) -> Pooled:
    first = rows[0]
    n = np.array([row.students for row in rows], dtype=float)
    ratios = [row.ratio for row in rows]
    ratio = None if None in ratios else float(n @ np.array(ratios, dtype=float) / n.sum())
    reached = [row.reached for row in rows]
    return Pooled(
        course=first.course,
        part=first.part,
        objective=first.objective,
        indicator=first.indicator,
        weight=_one([row.weight for row in rows]),
        full=_one([row.full for row in rows]),
        ratio=ratio,
        spread=_spread(rows, n, ratio),
        reached=None if None in reached else sum(each or 0 for each in reached),
        students=int(n.sum()),
        expected=_one([row.expected for row in rows]),
        keys=tuple(row.key for row in rows),
        tuned=any(is_tuned(row.set_on, term_end(row.term)) for row in rows),
    )


def _one(values: Sequence[float | None]) -> float | None:
    """What all classes say alike; None where they differ or one says nothing."""
    return values[0] if len(set(values)) == 1 else None


def _spread(rows: Sequence[Sheet], n: np.ndarray, ratio: float | None) -> float | None:
    spreads = [row.spread / row.full if row.spread is not None and row.full else None for row in rows]
    if ratio is None or None in spreads or n.sum() < 2:
        return None
    within = ((n - 1) * np.array(spreads, dtype=float) ** 2).sum()
    between = (n * (np.array([row.ratio for row in rows], dtype=float) - ratio) ** 2).sum()
    return float(np.sqrt((within + between) / (n.sum() - 1)))


def term_end(term: str) -> date | None:
    """The day by which a term's results are known: 31 January after its autumn, 31 July after its spring.

    >>> term_end("2024-2025-1"), term_end("2024-2025学年第二学期"), term_end("2024")
    (datetime.date(2025, 1, 31), datetime.date(2025, 7, 31), None)
    """
    match = _TERM.fullmatch(term.strip())
    if match is None or match[3] is None:
        return None
    autumn, first = match[3] in _AUTUMN, int(match[1])
    last = int(match[2]) if match[2] else first + autumn
    return date(last, 1, 31) if autumn else date(last, 7, 31)


def shown(parts: Sequence[Pooled], scale: str = MARKS) -> Shown:
    """What the parts of one course come to, on one scale; the same students sat them all."""
    held = tuple(part for part in parts if (part.ratio if scale == MARKS else part.reached) is not None)
    fewest = min((part.students for part in held), default=0)
    weights, by_full, reason = _weights(held)
    if reason:
        return Shown(scale, None, None, held, fewest, by_full_marks=False, reason=reason)
    return Shown(scale, _value(held, weights, scale), _target(held, weights), held, fewest, by_full_marks=by_full)


def _weights(parts: Sequence[Pooled]) -> tuple[list[float], bool, str]:
    """The weight of each part; where none is stated its full mark, as if all marks were one sheet."""
    stated = [part.weight for part in parts if part.weight is not None]
    if not parts:
        return [], False, "no_parts"
    if len(parts) == 1:
        return [1.0], False, ""
    if stated:
        complete = len(stated) == len(parts) and sum(stated) > 0
        return stated, False, "" if complete else "some_weights"
    marks = [part.full for part in parts if part.full]
    return marks, True, "" if len(marks) == len(parts) else "no_weights"


def _value(parts: Sequence[Pooled], weights: Sequence[float], scale: str) -> Attainment:
    if scale == SHARE:
        return combined_attainment([(part.reached or 0, part.students) for part in parts], weights, rho=1)
    frame = {
        "weight": weights,
        "mean": [part.ratio for part in parts],
        "full": 1.0,
        "sd": [np.nan if part.spread is None else part.spread for part in parts],
        "n": [part.students for part in parts],
    }
    return attainment_ratio(pd.DataFrame(frame))


def _target(parts: Sequence[Pooled], weights: Sequence[float]) -> float | None:
    stated = [part.expected for part in parts if part.expected is not None]
    if len(stated) < len(parts):
        return None
    return float(np.average(stated, weights=weights))


def over_courses(found: Sequence[Shown], hours: Sequence[float]) -> Shown:
    """One ability over several courses, weighted with the hours that each gives it; alike where all give none.

    All on one scale. The students are taken to be the same (correlation 1), which is the widest interval. Without a
    value where a course has none.
    """
    if len(found) == 1:
        return found[0]
    weights = list(hours) if sum(hours) > 0 else [1.0] * len(found)
    values = [each.value for each in found if each.value is not None]
    parts = tuple(part for each in found for part in each.parts)
    targets = [each.target for each in found if each.target is not None]
    complete = len(values) == len(found)
    return Shown(
        scale=found[0].scale,
        value=combined_ratios(values, weights, rho=1) if complete else None,
        target=float(np.average(targets, weights=weights)) if len(targets) == len(found) else None,
        parts=parts,
        students=min(each.students for each in found),
        by_full_marks=any(each.by_full_marks for each in found),
        reason="" if complete else next(each.reason for each in found if each.value is None),
    )


def evidence_of(
    parts: Iterable[Pooled], names: Mapping[str, str], serves: Mapping[str, Iterable[str]]
) -> dict[str, dict[str, list[Pooled]]]:
    """Ability → course → the parts that stand behind it.

    `names` gives the ability that an indicator stands for, where it stands for one; `serves` the abilities of each
    course. A course whose rows name abilities speaks for these alone; one that names none speaks as a whole for all
    that it serves, which then share one set of marks.
    """
    by_course: defaultdict[str, list[Pooled]] = defaultdict(list)
    for part in parts:
        by_course[part.course].append(part)
    found: defaultdict[str, dict[str, list[Pooled]]] = defaultdict(dict)
    for course, rows in by_course.items():
        named = [row for row in rows if row.indicator in names]
        for row in named:
            found[names[row.indicator]].setdefault(course, []).append(row)
        for ability in () if named else serves.get(course, ()):
            found[ability][course] = rows
    return dict(found)


def ability_attainment(by_course: Mapping[str, Sequence[Pooled]], hours: Callable[[str], float]) -> Shown:
    """What is shown of one ability; in marks where one course has them, else in shares of students.

    Courses that are on the other scale are left out: the two are never mixed.
    """
    for scale in (MARKS, SHARE):
        found = {course: shown(parts, scale) for course, parts in by_course.items()}
        held = {course: each for course, each in found.items() if each.parts}
        if held:
            return over_courses(list(held.values()), [hours(course) for course in held])
    return NOTHING


def weakest_objective(parts: Iterable[Pooled]) -> WeakestPoint | None:
    """The objective of one course with the lowest attainment, beside the lowest to be expected by chance.

    None where fewer than two objectives have a value.
    """
    groups: defaultdict[str, list[Pooled]] = defaultdict(list)
    for part in parts:
        groups[part.objective].append(part)
    found = {name: shown(rows) for name, rows in groups.items() if name}
    values = {name: each.value.value for name, each in found.items() if each.value is not None}
    if len(values) < 2:
        return None
    return weakest_point(values, min(found[name].students for name in values))
