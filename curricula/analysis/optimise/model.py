"""Hours re-purposed inside courses, written as a mixed integer linear program.

The hours of every course are held, so sizes are linear in what changes: a course gives hours of one ability to another
that it serves already, in its own mix of theory and practice, and turns theory of the whole course into practice.
Where it does both, their product is written out over the binary digits of the hours that become practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from time import monotonic
from typing import Any, Final

import numpy as np
import pandas as pd
import scipy
from scipy.sparse import csr_matrix, diags, eye, hstack

from competencies.analysis.checks import Floats
from curricula.analysis.ability_stats import excess_margin, short_margin
from curricula.analysis.frames import Policy

KINDS: Final = ("exposed", "practised")
CLEAR: Final = 1e-3  # hours by which a size must be better than short, above what a solver takes for equal
SOLVED: Final = 0  # the solver's own word


@dataclass(frozen=True)
class Hours:
    """What may change, and how far.

    courses: those that may change; columns exposed, practised (hours), mapped (sum of the shares), given (whole hours
    that may go to other content) and shifted (whole hours of theory that may become practice).
    cells: what these courses serve; columns course, ability (places in `courses` and `sizes`), share, and loses (whole
    hours that it may lose).
    sizes: abilities with hours and known demand; columns exposed, practised (hours, of the whole plan), demand (its
    share) and target (bool).
    totals: hours of all abilities by kind.
    """

    courses: pd.DataFrame
    cells: pd.DataFrame
    sizes: pd.DataFrame
    totals: dict[str, float]
    policy: Policy


@dataclass(frozen=True)
class Moves:
    """gained: whole hours by cell, negative where lost. shifted: whole hours of theory to practice, by course."""

    gained: Floats
    shifted: Floats
    proven: bool  # nothing leaves less, or as little with fewer hours, or with as few in fewer courses


def least_left(hours: Hours, *, seconds: float) -> Moves:
    """The change that leaves least short; of those the one of fewest hours, of these the one in fewest courses.

    Method: mixed integer linear programming, scipy's milp (HiGHS, Huangfu and Hall 2018, Math. Prog. Comp. 10,
    119-142), once for what is left short and once for hours and courses. To change nothing is always possible.
    """
    if not hours.sizes["target"].any():  # what changes nothing leaves least
        return Moves(np.zeros(len(hours.cells)), np.zeros(len(hours.courses)), proven=True)
    program = _Program(hours)
    constraints, x, proven = program.constraints(), np.zeros(program.size), True
    until = monotonic() + seconds
    for cost in program.aims():
        options: Any = {"time_limit": max(until - monotonic(), 0.1), "mip_rel_gap": 0.0}
        found = scipy.optimize.milp(
            cost,
            integrality=program.whole,
            bounds=scipy.optimize.Bounds(0.0, program.most),
            constraints=constraints,
            options=options,
        )
        proven = proven and found.status == SOLVED
        x = x if found.x is None else found.x
        constraints.append(scipy.optimize.LinearConstraint(cost[None], ub=float(cost @ x) + CLEAR / 10))
    gained, lost, shifted = (np.rint(x[program.columns[name]]) for name in ("gained", "lost", "shifted"))
    return Moves(gained - lost, shifted, proven)


class _Program:
    """Variables: hours gained and lost by cell and shifted by course, a switch a course, hours left short, and the
    binary digits of shifted hours, each with its product with what a cell gains or loses. Nearly all coefficients
    are 0, and written out those of a catalogue of 8,589 courses took 17 GB.
    """

    def __init__(self, hours: Hours) -> None:
        self.hours = hours
        self.targets = np.flatnonzero(hours.sizes["target"])
        self.digits = _digits(hours.courses)
        self.products = _products(hours, self.digits)
        cells, courses, digits = len(hours.cells), len(hours.courses), len(self.digits)
        left = {f"{kind}_left": len(self.targets) for kind in KINDS}
        lengths = {"gained": cells, "lost": cells, "shifted": courses, "touched": courses, **left}
        lengths |= {"digit": digits, "more": len(self.products), "less": len(self.products)}
        ends = np.cumsum([0, *lengths.values()])
        self.columns = {name: slice(*pair) for name, pair in zip(lengths, pairwise(ends), strict=True)}
        self.size = int(ends[-1])
        self.of_course = _belongs(hours.cells["course"], courses)
        self.of_ability = _belongs(hours.cells["ability"], len(hours.sizes))
        self.of_target = _belongs(pd.Series(self.targets), len(hours.sizes))
        self.most = self._row(
            gained=hours.courses["given"].to_numpy()[hours.cells["course"]],
            lost=hours.cells["loses"].to_numpy(),
            shifted=hours.courses["shifted"].to_numpy(),
            touched=1.0,
            **{f"{kind}_left": self._missing(kind)[self.targets] for kind in KINDS},
            digit=1.0,
            more=self.products["most"].to_numpy(),
            less=self.products["most"].to_numpy(),
        )
        self.whole = self._row(gained=1, lost=1, shifted=1, touched=1, digit=1).astype(int)

    def aims(self) -> tuple[Floats, ...]:
        """What is to be least, one after another: hours left short, then hours moved and of these the courses.

        Hours are whole, so that all courses together count for less than one of them.
        """
        left = self._row(**{f"{kind}_left": 1.0 for kind in KINDS})
        return left, self._row(gained=1.0, shifted=1.0, touched=1.0 / (len(self.hours.courses) + 1))

    def constraints(self) -> list[scipy.optimize.LinearConstraint]:
        courses = self.hours.courses
        each = eye(len(courses), format="csr")
        given, shifted = (diags(courses[name].to_numpy(), format="csr") for name in ("given", "shifted"))
        digits = _belongs(self.digits["course"], len(courses)).multiply(self.digits["weight"].to_numpy()).tocsr()
        return [
            scipy.optimize.LinearConstraint(self._rows(gained=self.of_course, lost=-self.of_course), 0.0, 0.0),
            scipy.optimize.LinearConstraint(self._rows(gained=self.of_course, touched=-given), ub=0.0),
            scipy.optimize.LinearConstraint(self._rows(shifted=each, touched=-shifted), ub=0.0),
            scipy.optimize.LinearConstraint(self._rows(shifted=each, digit=-digits), 0.0, 0.0),
            *self._products(),
            *(limit for kind in KINDS for limit in self._sizes(kind)),
        ]

    def _products(self) -> Iterator[scipy.optimize.LinearConstraint]:
        """more = gained · digit and less = lost · digit, exact because a digit is 0 or 1 (McCormick 1976)."""
        each = eye(len(self.products), format="csr")
        cell = _belongs(self.products["cell"], len(self.hours.cells)).T
        most = self.products["most"].to_numpy()
        digit = diags(most, format="csr") @ _belongs(self.products["digit"], len(self.digits)).T
        for name, moved in (("more", "gained"), ("less", "lost")):
            yield scipy.optimize.LinearConstraint(self._rows(**{name: each, "digit": -digit}), ub=0.0)
            yield scipy.optimize.LinearConstraint(self._rows(**{name: each, moved: -cell}), ub=0.0)
            yield scipy.optimize.LinearConstraint(self._rows(**{name: -each, moved: cell, "digit": digit}), ub=most)

    def _missing(self, kind: str) -> Floats:
        """Hours by which each ability is short now: no target is left with more."""
        demand, spare = _edge(self.hours, kind, short_margin, -1.0)
        room = self.hours.sizes[kind].to_numpy() - demand * self.hours.totals[kind] + spare - CLEAR
        return np.maximum(-room, 0.0)

    def _sizes(self, kind: str) -> tuple[scipy.optimize.LinearConstraint, scipy.optimize.LinearConstraint]:
        """Targets short by no more than what is left; nothing else becomes short or shorter, nor goes into excess."""
        sizes = self.hours.sizes
        own, total = self._changed(kind)
        now, hours, target = sizes[kind].to_numpy(), self.hours.totals[kind], sizes["target"].to_numpy()
        demand, spare = _edge(self.hours, kind, short_margin, -1.0)
        room = now - demand * hours + spare - CLEAR  # above what is short, negative where it is
        rows = own - _column(demand * np.where(room >= 0, 1.0, target)) @ total
        rows += self._rows(**{f"{kind}_left": self.of_target})
        low = scipy.optimize.LinearConstraint(rows, lb=np.where(target, -room, -np.maximum(room, 0.0)))
        demand, spare = _edge(self.hours, kind, excess_margin, 1.0)
        room = demand * hours + spare - CLEAR - now
        rows = own - _column(demand * (room >= 0)) @ total
        return low, scipy.optimize.LinearConstraint(rows, ub=np.where(target, np.inf, np.maximum(room, 0.0)))

    def _changed(self, kind: str) -> tuple[Any, Any]:
        """By how many hours each ability and all of them together change: abilities × variables, and one row."""
        cells, courses = self.hours.cells, self.hours.courses
        if kind == "exposed":
            return self._rows(gained=self.of_ability, lost=-self.of_ability), csr_matrix((1, self.size))
        part = (courses["practised"] / courses["exposed"]).to_numpy()[cells["course"]]
        moved = self.of_ability.multiply(part).tocsr()
        shared = self.of_ability.multiply(cells["share"].to_numpy()) @ self.of_course.T
        both = (
            self.of_ability[:, self.products["cell"].to_numpy()].multiply(self.products["weight"].to_numpy()).tocsr()
        )
        own = self._rows(gained=moved, lost=-moved, shifted=shared, more=both, less=-both)
        return own, csr_matrix(self._row(shifted=courses["mapped"].to_numpy()))

    def _rows(self, **blocks: Any) -> Any:
        height = next(iter(blocks.values())).shape[0]
        empty = ((name, csr_matrix((height, place.stop - place.start))) for name, place in self.columns.items())
        return hstack([blocks.get(name, block) for name, block in empty], format="csr")

    def _row(self, **parts: Any) -> Floats:
        row = np.zeros(self.size)
        for name, part in parts.items():
            row[self.columns[name]] = part
        return row


def _belongs(places: pd.Series, count: int) -> Any:
    """1 where a thing has its place: places × things."""
    return csr_matrix((np.ones(len(places)), (places, np.arange(len(places)))), shape=(count, len(places)))


def _column(values: Floats) -> Any:
    return csr_matrix(values[:, None])


def _digits(courses: pd.DataFrame) -> pd.DataFrame:
    """Binary digits whose weights add up to any whole number of hours that a course may shift, and to no more."""
    rows = []
    for place, most in enumerate(courses["shifted"].astype(int)):
        while most > 0:
            weight = (most + 1) // 2
            rows.append((place, float(weight)))
            most -= weight
    return pd.DataFrame(rows, columns=["course", "weight"]).astype({"course": int, "weight": float})


def _products(hours: Hours, digits: pd.DataFrame) -> pd.DataFrame:
    """Each cell with each digit of its course: cell and digit (places), most (hours that the cell may gain or lose),
    and weight, the hours of practice that an hour of the one brings where the other is 1.
    """
    given, exposed = hours.courses["given"].to_numpy(), hours.courses["exposed"].to_numpy()
    pairs = hours.cells.reset_index(names="cell").merge(digits.reset_index(names="digit"), on="course")
    most, weight = given[pairs["course"]], pairs["weight"] / exposed[pairs["course"]]
    return pairs.assign(most=most, weight=weight).loc[most > 0, ["cell", "digit", "most", "weight"]]


def _edge(hours: Hours, kind: str, margin: Any, sign: float) -> tuple[Floats, Floats]:
    """The share and the hours beside it where a size begins to be short or in excess.

    The margin is the larger of a ratio and one credit's hours; the one that is larger today is taken, which is never
    too generous, because hours of practice only grow.
    """
    demand, total, policy = hours.sizes["demand"].to_numpy(), hours.totals[kind], hours.policy
    ratio = margin(demand, np.inf, policy)
    by_ratio = ratio * total >= policy.least_hours
    return np.where(by_ratio, demand + sign * ratio, demand), np.where(by_ratio, 0.0, policy.least_hours)
