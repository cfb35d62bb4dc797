"""Whole hours moved between courses and modes, written as a mixed integer linear program.

A share is hours of the ability over hours of all, and both move. Every condition on a share is multiplied by the
total, which makes it linear in the hours without holding the total still: x ≥ d − margin becomes
hours ≥ (d − margin) · total. The margin is the larger of a ratio and one credit's worth, so the condition holds in
one of two ways; a switch, 0 or 1, says in which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.optimize import LinearConstraint

from competencies.analysis.checks import Floats
from curricula.analysis.ability_stats import excess_margin, short_margin
from curricula.analysis.frames import Policy

Ints = npt.NDArray[np.intp]
CLEAR: Final = 0.01  # hours by which a condition must hold, above what a solver takes for equal


@dataclass(frozen=True)
class Hours:
    """The hours of the courses that can change, in the two kinds that shares are made of.

    Variables are four blocks of one place a course: hours of theory gained, of practice gained, of theory lost, of
    practice lost, "theory" being all that counts as taught. shares: courses × abilities.
    """

    courses: pd.Index
    taught: Floats  # hours of each course
    practised: Floats
    shares: Floats
    room: float  # the most that all courses together may gain

    @property
    def size(self) -> int:
        return 4 * len(self.courses)

    @property
    def most_lost(self) -> Floats:
        return np.floor(np.concatenate([self.taught, self.practised]))

    def amounts(self, kind: str) -> tuple[Floats, Floats]:
        """Hours of each ability as (coefficients: abilities × variables, constants); kind is exposed or practised."""
        rows, none = self.shares.T, np.zeros_like(self.shares.T)
        gained = [rows, rows] if kind == "exposed" else [none, rows]
        coefficients = np.hstack([*gained, *(-part for part in gained)])
        hours = self.practised + self.taught if kind == "exposed" else self.practised
        return coefficients, rows @ hours

    def changes(self, solution: Floats) -> Floats:
        """2 × courses: whole hours of theory and of practice gained (lost where negative)."""
        gained, lost = np.rint(solution[: self.size]).reshape(2, 2, -1)
        return gained - lost


@dataclass(frozen=True)
class Rows:
    """low ≤ hours · x + switches · z ≤ high; of: which target each row belongs to."""

    hours: Floats
    switches: sparse.csr_array[Any]
    low: Floats
    high: Floats
    of: Ints

    def constraint(self, *, beside: int = 0) -> LinearConstraint:
        """The rows as the solver takes them, with `beside` further variables that they do not touch."""
        parts = [sparse.csr_array(self.hours), self.switches, sparse.csr_array((len(self.low), beside))]
        return LinearConstraint(sparse.hstack(parts, format="csr"), self.low, self.high)


def target_rows(hours: Hours, table: pd.DataFrame, places: Sequence[int], policy: Policy) -> Rows:
    """What makes each target's exposure and practice *within* at both ends of demand's interval, and present.

    `table` has the sizes of all abilities, `places` says which of them are the targets. The lower end of demand
    decides what is too much and the upper end what is too little, because both limits rise with demand.
    """
    blocks: list[_Block] = []
    for kind in ("exposed", "practised"):
        coefficients, constants = hours.amounts(kind)
        total = coefficients.sum(axis=0), float(constants.sum())
        own = coefficients[list(places)], constants[list(places)]
        demand = (table[column].to_numpy()[list(places)] for column in ("demand_high_90", "demand_low_90"))
        for side, ends in zip(("short", "excess"), demand, strict=True):
            blocks += _either_of_two(own, total, ends, side, room=float(total[1]) + hours.room, policy=policy)
        present = np.ones(len(places), dtype=bool) if kind == "exposed" else table["wanted"].to_numpy()[list(places)]
        blocks.append(_present(own, present))
        blocks.append(_present((total[0][None], np.array([total[1]])), np.array([True])))
    return _stacked(blocks, targets=len(places))


@dataclass(frozen=True)
class _Block:
    hours: Floats
    low: Floats
    switch: Floats  # what the row's own switch adds, 0 where it has none
    switches: bool  # has the block switches of its own? Two blocks in a row share them.
    of: Ints


def _either_of_two(
    own: tuple[Floats, Floats],
    total: tuple[Floats, float],
    ends: Floats,
    side: str,
    *,
    room: float,
    policy: Policy,
) -> list[_Block]:
    """Own hours within one credit of demand's, or within the ratio: two blocks that share their switches.

    For "short": own ≥ d · total − credit, or own ≥ (d − margin) · total; for "excess" the same turned round. With
    the switch at 0 the first holds and the second is loosened just so much that it says nothing; at 1 the reverse.
    """
    sign = 1.0 if side == "short" else -1.0
    margin = (short_margin if side == "short" else excess_margin)(ends, np.inf, policy)
    loose = np.maximum(0.0, margin * room - policy.least_hours), np.full(len(ends), policy.least_hours)
    blocks = []
    for way, (limit, spare) in enumerate(((ends, policy.least_hours), (ends - sign * margin, 0.0))):
        coefficients = sign * (own[0] - limit[:, None] * total[0])
        constants = sign * (own[1] - limit * total[1]) + spare
        low = CLEAR - constants - (loose[1] if way else 0.0)
        blocks.append(_Block(coefficients, low, -loose[1] if way else loose[0], way == 0, np.arange(len(ends))))
    return blocks


def _present(own: tuple[Floats, Floats], asked: npt.NDArray[np.bool_]) -> _Block:
    """More than no hours at all, where that is asked."""
    low = CLEAR - own[1][asked]
    return _Block(own[0][asked], low, np.zeros(len(low)), False, np.flatnonzero(asked))


def _stacked(blocks: list[_Block], *, targets: int) -> Rows:
    """All rows, and a column for each switch: a block of its own opens new ones, the next shares them."""
    of = np.concatenate([block.of for block in blocks])
    opened = np.repeat(np.cumsum([block.switches for block in blocks]) - 1, [len(block.of) for block in blocks])
    switch, low = (np.concatenate([getattr(block, name) for block in blocks]) for name in ("switch", "low"))
    switches = sparse.coo_array((switch, (np.arange(len(of)), opened * targets + of)), shape=(len(of), 4 * targets))
    return Rows(
        hours=np.vstack([block.hours for block in blocks]),
        switches=switches.tocsr(),
        low=low,
        high=np.full(len(low), np.inf),
        of=of,
    )
