"""Levels: is there enough evidence for each objective, and is it introduced, developed, then assessed?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from competencies.analysis import UndefinedMeasure
from competencies.analysis.checks import unique, whole

LEVELS = ("I", "D", "A")
Level = str | float

# Acceptable from, weak from: Webb 1999 and 2007, known here only as others quote them.
WEBB_THRESHOLDS: Mapping[str, tuple[float, float]] = {
    "categorical_concurrence": (6, 6),
    "depth_of_knowledge": (0.5, 0.4),
    "range": (0.5, 0.4),
    "balance": (0.7, 0.6),
}


@dataclass(frozen=True)
class WebbCriteria:
    categorical_concurrence: int  # hits
    depth_of_knowledge: float  # part of the hits at or above the objective's level
    range: float  # part of the objectives that are hit
    balance: float  # evenness of the hits over the objectives hit

    @property
    def verdicts(self) -> dict[str, str]:
        """Each criterion as `acceptable`, `weak` or `not_met`, by `WEBB_THRESHOLDS`."""
        return {name: _verdict(getattr(self, name), *bounds) for name, bounds in WEBB_THRESHOLDS.items()}


def webb_criteria(required_levels: Sequence[Level], hits: Iterable[tuple[int, Level]]) -> WebbCriteria:
    """Webb's four criteria of alignment between objectives and the evidence that hits them.

    `required_levels` has one level an objective, all numbers or all letters I < D < A; `hits` are pairs
    (index of the objective, level of the evidence). Concurrence counts hits (0 and up, 6 asked for); depth,
    range and balance lie in [0, 1]: depth 0 every hit too shallow, ½ the least asked for, 1 none; range 0 no
    objective hit, 1 all; balance near 0 nearly all hits on one of many objectives, 1 the same number on each
    that is hit. Raises UndefinedMeasure without hits, ValueError that names a hit on no objective.
    Source: Webb 1997, NISE monograph 6; Webb 2007, Applied Measurement in Education 20, 7-25.

    >>> webb_criteria([2, 1], [(0, 2), (0, 1)])
    WebbCriteria(categorical_concurrence=2, depth_of_knowledge=0.5, range=0.5, balance=1.0)
    """
    pairs = list(hits)
    if not pairs:
        raise UndefinedMeasure("No evidence hits any objective, so depth, range and balance have no value.")
    objectives = [_objective(index, len(required_levels), place) for place, (index, _) in enumerate(pairs)]
    ranks = _ranks([*required_levels, *(level for _, level in pairs)])
    required, reached = ranks[: len(required_levels)], ranks[len(required_levels) :]
    counts = np.bincount(objectives, minlength=len(required_levels))
    hit = counts[counts > 0]
    return WebbCriteria(
        categorical_concurrence=len(pairs),
        depth_of_knowledge=float((reached >= required[objectives]).mean()),
        range=len(hit) / len(required_levels),
        balance=float(1 - np.abs(1 / len(hit) - hit / len(pairs)).sum() / 2),
    )


def level_chain(mapping: pd.DataFrame, order: Sequence[str | Sequence[str]]) -> pd.DataFrame:
    """Is each ability introduced, then developed, then assessed?

    `mapping` is courses × abilities of "", I, D or A (missing counts as ""); `order` has the course codes in
    term order, a list inside it being courses of one term. Returns abilities × `introduced`, `developed`,
    `assessed` (counts of courses), `in_order` (of the levels that occur, none first occurs in an earlier term
    than the level before it; true where none occurs) and `complete` (all three occur). All 0: not in the
    curriculum; one of three missing: a broken chain; complete and in order: the chain that is wanted.
    Raises ValueError that names an unknown level, or a course without a place in the order or with two.
    Source: the curriculum map of Cal Poly Academic Programs, adapted from Allen 2002.

    >>> level_chain(pd.DataFrame({"sourcing": ["D", "I"]}, index=["C2", "C1"]), ["C1", "C2"]).values.tolist()
    [[1, 1, 0, True, False]]
    """
    unique(mapping.index, name="course")
    ranks = _level_ranks(mapping)
    terms = _terms(mapping.index, order)
    present = [ranks == rank for rank in range(1, len(LEVELS) + 1)]
    counts = [courses.sum(axis=0) for courses in present]
    first = [_first(courses, terms) for courses in present]
    table = dict(zip(("introduced", "developed", "assessed"), counts, strict=True))
    in_order = np.all([_not_before(first[i], first[j]) for i, j in ((0, 1), (1, 2), (0, 2))], axis=0)
    complete = np.all([count > 0 for count in counts], axis=0)
    return pd.DataFrame({**table, "in_order": in_order, "complete": complete}, index=mapping.columns)


def _verdict(value: float, acceptable: float, weak: float) -> str:
    if value >= acceptable:
        return "acceptable"
    return "weak" if value >= weak else "not_met"


def _objective(index: int, objectives: int, place: int) -> int:
    index = whole(index, name=f"the objective of hit {place}")
    if index >= objectives:
        raise ValueError(f"hit {place} names objective {index}, but there are {objectives}, counted from 0")
    return index


def _ranks(levels: Sequence[Level]) -> np.ndarray:
    if all(level in LEVELS for level in levels):
        return np.array([LEVELS.index(str(level)) for level in levels])
    for place, level in enumerate(levels):
        if isinstance(level, str) or not np.isfinite(level):
            raise ValueError(f"levels must be all numbers or all of I, D, A, but number {place} is {level!r}")
    return np.array(levels, dtype=float)


def _level_ranks(mapping: pd.DataFrame) -> np.ndarray:
    """0 for no level, then the places of LEVELS from 1; numbers, because comparing texts takes far longer."""
    levels = mapping.to_numpy(dtype=object).ravel()
    ranks = pd.Index(["", *LEVELS]).get_indexer(pd.Index(levels, dtype=object))
    ranks[pd.isna(levels)] = 0
    if (ranks < 0).any():
        row, column = divmod(int(np.argmax(ranks < 0)), mapping.shape[1])
        raise ValueError(
            f"levels must be I, D, A or empty, but course {mapping.index[row]!r}, "
            f"ability {mapping.columns[column]!r} has {mapping.iloc[row, column]!r}"
        )
    return ranks.reshape(mapping.shape)


def _terms(courses: pd.Index, order: Sequence[str | Sequence[str]]) -> np.ndarray:
    """The place of each course in the order."""
    places: dict[str, int] = {}
    for term, entry in enumerate(order):
        for course in [entry] if isinstance(entry, str) else entry:
            if course in places:
                raise ValueError(f"course {course!r} stands twice in the order")
            places[course] = term
    for course in courses:
        if course not in places:
            raise ValueError(f"course {course!r} has levels but no place in the order")
    return np.array([places[course] for course in courses], dtype=float)


def _first(present: np.ndarray, terms: np.ndarray) -> np.ndarray:
    """Earliest place at which each column is true; nan where it never is."""
    earliest = np.where(present, terms[:, None], np.inf).min(axis=0, initial=np.inf)
    return np.where(np.isfinite(earliest), earliest, np.nan)


def _not_before(earlier: np.ndarray, later: np.ndarray) -> np.ndarray:
    return ~(later < earlier)
