"""Hours re-purposed inside courses, written as a mixed integer linear program.

The hours of every course are held, so sizes are linear in what changes: a course either gives hours of one ability to
another that it serves already, in its own mix of theory and practice, or turns theory of the whole course into
practice; never both, because their product is not linear.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from time import monotonic
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

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
    sizes: abilities with hours and known demand; columns exposed, practised (hours, of the whole plan), short_at,
    excess_at (the demanded share by which too little and too much are told) and target (bool).
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
    119-142), once for each of the three aims. To change nothing is always possible.
    """
    program = _Program(hours)
    if not program.size:  # no course serves anything yet
        return Moves(np.zeros(0), np.zeros(0), proven=True)
    constraints, x, proven = program.constraints(), np.zeros(program.size), True
    until = monotonic() + seconds
    for cost in program.aims() if program.size else ():  # no hours that could move
        options: Any = {"time_limit": max(until - monotonic(), 0.1), "mip_rel_gap": 0.0}
        found = milp(
            cost, integrality=program.whole, bounds=Bounds(0.0, program.most), constraints=constraints, options=options
        )
        proven = proven and found.status == SOLVED
        x = x if found.x is None else found.x
        constraints.append(LinearConstraint(cost[None], ub=float(cost @ x) + CLEAR / 10))
    gained, lost, shifted = (np.rint(x[program.columns[name]]) for name in ("gained", "lost", "shifted"))
    return Moves(gained - lost, shifted, proven)


class _Program:
    """Variables: hours gained and lost by cell and shifted by course, two switches a course, hours left short."""

    def __init__(self, hours: Hours) -> None:
        self.hours = hours
        self.targets = np.flatnonzero(hours.sizes["target"])
        cells, courses = len(hours.cells), len(hours.courses)
        left = {f"{kind}_left": len(self.targets) for kind in KINDS}
        lengths = {"gained": cells, "lost": cells, "shifted": courses, "gives": courses, "shifts": courses, **left}
        ends = np.cumsum([0, *lengths.values()])
        self.columns = {name: slice(*pair) for name, pair in zip(lengths, pairwise(ends), strict=True)}
        self.size = int(ends[-1])
        self.of_course = np.arange(courses)[:, None] == hours.cells["course"].to_numpy()
        self.of_ability = np.arange(len(hours.sizes))[:, None] == hours.cells["ability"].to_numpy()
        self.most = self._row(
            gained=hours.courses["given"].to_numpy()[hours.cells["course"]],
            lost=hours.cells["loses"].to_numpy(),
            shifted=hours.courses["shifted"].to_numpy(),
            gives=1.0,
            shifts=1.0,
            **dict.fromkeys(left, np.inf),
        )
        self.whole = (self._row(**dict.fromkeys(left, 1.0)) == 0).astype(int)

    def aims(self) -> tuple[Floats, ...]:
        """What is to be least, one after another."""
        left = self._row(**{f"{kind}_left": 1.0 for kind in KINDS})
        return left, self._row(gained=1.0, shifted=1.0), self._row(gives=1.0, shifts=1.0)

    def constraints(self) -> list[LinearConstraint]:
        courses = self.hours.courses
        each = np.eye(len(courses))
        given, shifted = (np.diag(courses[name].to_numpy()) for name in ("given", "shifted"))
        return [
            LinearConstraint(self._rows(gained=self.of_course, lost=-self.of_course.astype(float)), 0.0, 0.0),
            LinearConstraint(self._rows(gained=self.of_course, gives=-given), ub=0.0),
            LinearConstraint(self._rows(shifted=each, shifts=-shifted), ub=0.0),
            LinearConstraint(self._rows(gives=each, shifts=each), ub=1.0),
            *(limit for kind in KINDS for limit in self._sizes(kind)),
        ]

    def _sizes(self, kind: str) -> tuple[LinearConstraint, LinearConstraint]:
        """Targets short by no more than what is left; nothing else becomes short, and nothing goes into excess."""
        sizes, policy = self.hours.sizes, self.hours.policy
        own, total = self._changed(kind)
        now, hours = sizes[kind].to_numpy(), self.hours.totals[kind]
        demand, spare = _edge(sizes["short_at"].to_numpy(), short_margin, -1.0, hours, policy)
        room = now - demand * hours + spare - CLEAR  # above what is short, negative where it is
        rows = own - demand[:, None] * np.where(room >= 0, 1.0, sizes["target"])[:, None] * total
        rows[self.targets, self.columns[f"{kind}_left"]] = np.eye(len(self.targets))
        low = LinearConstraint(rows, lb=np.where(sizes["target"], -room, -np.maximum(room, 0.0)))
        demand, spare = _edge(sizes["excess_at"].to_numpy(), excess_margin, 1.0, hours, policy)
        room = demand * hours + spare - CLEAR - now
        rows = own - demand[:, None] * (room >= 0)[:, None] * total
        return low, LinearConstraint(rows, ub=np.maximum(room, 0.0))

    def _changed(self, kind: str) -> tuple[Floats, Floats]:
        """By how many hours each ability and all of them together change: abilities × variables, and one row."""
        cells, courses = self.hours.cells, self.hours.courses
        if kind == "exposed":
            return self._rows(gained=self.of_ability, lost=-self.of_ability.astype(float)), np.zeros(self.size)
        part = (courses["practised"] / courses["exposed"]).to_numpy()[cells["course"]]
        moved = self.of_ability * part
        shared = (self.of_ability * cells["share"].to_numpy()) @ self.of_course.T
        own = self._rows(gained=moved, lost=-moved, shifted=shared)
        return own, self._row(shifted=courses["mapped"].to_numpy())

    def _rows(self, **blocks: npt.NDArray[Any]) -> Floats:
        rows = np.zeros((len(next(iter(blocks.values()))), self.size))
        for name, block in blocks.items():
            rows[:, self.columns[name]] = block
        return rows

    def _row(self, **parts: Any) -> Floats:
        row = np.zeros(self.size)
        for name, part in parts.items():
            row[self.columns[name]] = part
        return row


def _edge(demand: Floats, margin: Any, sign: float, hours: float, policy: Policy) -> tuple[Floats, Floats]:
    """The share and the hours beside it where a size begins to be short or in excess.

    The margin is the larger of a ratio and one credit's hours; the one that is larger today is taken, which is never
    too generous, because hours of practice only grow.
    """
    ratio = margin(demand, np.inf, policy)
    by_ratio = ratio * hours >= policy.least_hours
    return np.where(by_ratio, demand + sign * ratio, demand), np.where(by_ratio, 0.0, policy.least_hours)
