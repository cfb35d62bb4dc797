"""Asks the solver: the smallest change, any change at all, or the targets that cannot be met together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from competencies.analysis.checks import Floats

from .constraints import Limit
from .model import CLEAR, Hours, Rows

SOLVED, OUT_OF_TIME, INFEASIBLE = 0, 1, 2  # the solver's own words


@dataclass(frozen=True)
class Search:
    hours: Hours
    rows: Rows
    limits: tuple[Limit, ...]
    seconds: float  # for one question
    until: float = np.inf  # monotonic clock: the end of all questions together
    nodes: int | None = None  # that the solver may branch into: a bound that no busy machine moves

    @property
    def seconds_left(self) -> float:
        """For the next question; none where the time for all of them is over."""
        return min(self.seconds, self.until - monotonic())

    @property
    def fixed_size(self) -> int:
        """Variables that every question has: the hours and the switches."""
        return self.hours.size + self.rows.switches.shape[1]


@dataclass(frozen=True)
class Answer:
    """x: None where there is no solution, or none was found in time; then `in_time` tells which.

    least: what the cost of any solution is at least, as far as the solver came.
    """

    x: Floats | None
    in_time: bool
    least: float

    @property
    def impossible(self) -> bool:
        """Proven that there is no solution."""
        return self.x is None and self.in_time


@dataclass(frozen=True)
class Smallest:
    """Fewest hours moved, and of the changes with so many the one with fewest courses."""

    x: Floats
    least_hours: float  # no change moves fewer, as far as the solver came
    fewest_courses: bool  # proven


def smallest(search: Search) -> Smallest | Answer:
    """The smallest change, or the answer that there is none."""
    hours = np.r_[np.ones(search.hours.size), np.zeros(search.rows.switches.shape[1])]
    constraints = [search.rows.constraint(), *_limited(search), _room(search)]
    first = _ask(search, hours, constraints)
    if first.x is None:
        return _any(search, first)
    second = _fewest_courses(search, float(np.rint(first.x[: search.hours.size]).sum()))
    x = first.x if second.x is None else second.x[: search.fixed_size]
    return Smallest(x, float(np.ceil(first.least - CLEAR)), fewest_courses=first.in_time and second.in_time)


def _any(search: Search, first: Answer) -> Smallest | Answer:
    """Where the search for the smallest change ended with none, any change is better than no answer."""
    found = first if first.impossible else feasible(search)
    return found if found.x is None else Smallest(found.x, float(np.ceil(first.least - CLEAR)), fewest_courses=False)


def feasible(search: Search) -> Answer:
    """Any change at all that keeps the bounds, however large: much sooner told than the smallest one."""
    return _ask(search, np.zeros(search.fixed_size), [search.rows.constraint(), *_limited(search), _room(search)])


def conflict(search: Search, *, targets: int) -> tuple[int, ...]:
    """The fewest targets (by place) without which the others can be met, with no bounds but the room to grow."""
    rows = search.rows
    loose = np.abs(rows.hours).sum(axis=1).max() * search.hours.room + np.abs(rows.low).max() + CLEAR
    entries = (np.full(len(rows.of), loose), (np.arange(len(rows.of)), rows.of))
    given_up = sparse.csr_array(entries, shape=(len(rows.of), targets))
    relaxed = LinearConstraint(sparse.hstack([sparse.csr_array(rows.hours), rows.switches, given_up]), lb=rows.low)
    cost = np.r_[np.zeros(search.fixed_size), np.ones(targets)]
    answer = _ask(search, cost, [relaxed, _room(search, beside=targets)], extra=_extra([(1.0, 1)] * targets))
    return () if answer.x is None else tuple(np.flatnonzero(np.rint(answer.x[search.fixed_size :])).tolist())


def _fewest_courses(search: Search, total: float) -> Answer:
    """No more hours than these, on as few courses as can be."""
    courses = len(search.hours.courses)
    ours = sparse.hstack([sparse.eye_array(courses)] * 4)
    none = sparse.csr_array((courses, search.rows.switches.shape[1]))
    all_hours = np.r_[np.ones(search.hours.size), np.zeros(search.fixed_size - search.hours.size + courses)]
    constraints = [
        search.rows.constraint(beside=courses),
        *_limited(search, beside=courses),
        _room(search, beside=courses),
        LinearConstraint(all_hours[None], ub=total),
        LinearConstraint(sparse.hstack([ours, none, -total * sparse.eye_array(courses)]), ub=0.0),
    ]
    cost = np.r_[np.zeros(search.fixed_size), np.ones(courses)]
    return _ask(search, cost, constraints, extra=_extra([(1.0, 1)] * courses))


def _limit_matrix(search: Search) -> tuple[sparse.csr_array[Any], Floats]:
    rows = [sparse.csr_array(limit.coefficients[None]) for limit in search.limits]
    return sparse.vstack(rows, format="csr"), np.array([limit.most for limit in search.limits])


def _limited(search: Search, *, beside: int = 0) -> list[LinearConstraint]:
    if not search.limits:
        return []
    coefficients, spare = _limit_matrix(search)
    others = sparse.csr_array((len(search.limits), search.rows.switches.shape[1] + beside))
    return [LinearConstraint(sparse.hstack([coefficients, others]), ub=spare)]


def _room(search: Search, *, beside: int = 0) -> LinearConstraint:
    """Hours gained by all courses together, which the looseness of the switches counts on."""
    gained = np.arange(search.fixed_size + beside) < search.hours.size / 2
    return LinearConstraint(gained.astype(float)[None], ub=search.hours.room)


def _extra(variables: Sequence[tuple[float, int]]) -> tuple[Floats, Floats]:
    """Upper bounds and integrality of the variables that one question adds."""
    most, whole = zip(*variables, strict=True)
    return np.array(most), np.array(whole)


def _ask(
    search: Search,
    cost: Floats,
    constraints: list[LinearConstraint],
    *,
    extra: tuple[Floats, Floats] = (np.array([]), np.array([])),
) -> Answer:
    seconds = search.seconds_left
    if seconds <= 0:
        return Answer(None, in_time=False, least=0.0)
    switches = search.rows.switches.shape[1]
    gained = np.full(search.hours.size // 2, search.hours.room)
    most = np.r_[gained, search.hours.most_lost, np.ones(switches), extra[0]]
    whole = np.r_[np.ones(search.fixed_size), extra[1]]
    options: Any = {"time_limit": seconds, "mip_rel_gap": 0.0}
    found = milp(
        cost,
        integrality=whole,
        bounds=Bounds(0.0, most),
        constraints=constraints,
        options=options if search.nodes is None else options | {"node_limit": search.nodes},
    )
    least = 0.0 if found.mip_dual_bound is None else float(found.mip_dual_bound)
    return Answer(found.x, found.status in (SOLVED, INFEASIBLE), least)
