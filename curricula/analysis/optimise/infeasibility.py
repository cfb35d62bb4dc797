"""Which of the bounds that were stated forbids a change of hours, and what would do in its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import combinations
from time import monotonic
from typing import Final

import numpy as np

from competencies.analysis.checks import Floats

from .constraints import Limit
from .solver import Answer, Search, feasible

NODES: Final = 100  # for each step towards the least bound
CLOSE: Final = 0.01  # of the number itself
ROUNDING: Final = 1e-6  # hours
PATIENCE: Final = 1.5  # of one search's time, for all steps towards a least bound


@dataclass(frozen=True)
class Blame:
    """A stated bound that stands in the way.

    kind: the name of the field of Bounds. needed: what would do in its place, with every bound of no other conflict
    as it stands; the least such number to the hour, or to a hundredth of it, as far as the solver came in time. None
    where no value of this bound alone would do, or where that was not `settled` in time.
    """

    kind: str
    bound: float
    needed: float | None
    settled: bool = True


@dataclass(frozen=True)
class Conflict:
    """Bounds that no change of hours keeps together; without any one of them some change keeps the others.

    Those come first that another number would do for, then in the order of the fields of Bounds.
    smallest: proven that no fewer of them are to blame, which is so unless the solver ran out of time.
    """

    bounds: tuple[Blame, ...]
    smallest: bool


@dataclass
class Questions:
    """Can some change keep these kinds of bounds? Each set is asked about once."""

    search: Search
    known: dict[frozenset[str], Answer] = field(default_factory=dict)

    def answer(self, kinds: Iterable[str]) -> Answer:
        asked = frozenset(kinds)
        if asked not in self.known:
            limits = tuple(limit for limit in self.search.limits if limit.kind in asked)
            self.known[asked] = feasible(replace(self.search, limits=limits))
        return self.known[asked]

    def forbidden(self, kinds: Iterable[str]) -> bool:
        """Proven: no change keeps them."""
        return self.answer(kinds).impossible


def conflicts(search: Search) -> tuple[Conflict, ...]:
    """Smallest sets of the bounds to blame where a search has no answer, though it would have one without bounds.

    All bounds of one kind were stated with one number, so a kind is blamed as a whole. Sets are tried by size, so
    that every part of the set that is named was found possible: it is irreducible (Chinneck and Dravnieks 1991,
    ORSA J. Comput. 3, 157-168), and none is smaller. What is left without it is searched in the same way, because
    loosening one set is in vain where another forbids it too; no bound stands in two sets.
    """
    left = tuple(dict.fromkeys(limit.kind for limit in search.limits))
    some = Answer(np.zeros(0), in_time=True, least=0.0)  # that there is one, not which
    ask = Questions(search, {frozenset(): some, frozenset(left): Answer(None, in_time=True, least=0.0)})
    found: list[tuple[str, ...]] = []
    while left and ask.forbidden(left):
        found.append(_smallest_set(ask, left))
        left = tuple(kind for kind in left if kind not in found[-1])
    return tuple(_conflict(ask, kinds, found) for kinds in found)


def _smallest_set(ask: Questions, kinds: tuple[str, ...]) -> tuple[str, ...]:
    sets = (each for size in range(1, len(kinds) + 1) for each in combinations(kinds, size))
    return next(each for each in sets if ask.forbidden(each))


def _conflict(ask: Questions, kinds: tuple[str, ...], found: list[tuple[str, ...]]) -> Conflict:
    """What each would have to be is asked with the bounds of the other sets out of the way."""
    others = {kind for each in found if each != kinds for kind in each}
    standing = [limit for limit in ask.search.limits if limit.kind not in others]
    parts = combinations(kinds, len(kinds) - 1)
    blamed = [_blame(replace(ask.search, limits=tuple(standing)), kind) for kind in kinds]
    return Conflict(
        bounds=tuple(sorted(blamed, key=lambda each: each.needed is None)),
        smallest=all(ask.answer(part).x is not None for part in parts),
    )


def _blame(search: Search, kind: str) -> Blame:
    bound = next(limit.bound for limit in search.limits if limit.kind == kind)
    free = feasible(_with_bound(search, kind, np.inf))
    needed = None if free.x is None else _least(search, kind, bound, _held(search, kind, free.x))
    return Blame(kind, bound, needed, settled=free.x is not None or free.in_time)


def _least(search: Search, kind: str, too_tight: float, enough: float) -> float:
    """Halves the room between the bound and what is known to do, while there is time."""
    step = min(float(np.abs(limit.coefficients).max()) for limit in search.limits if limit.kind == kind)
    hurried, until = replace(search, nodes=NODES), monotonic() + PATIENCE * search.seconds
    while enough - too_tight > max(step, CLOSE * enough) and monotonic() < min(until, search.until):
        tried = (too_tight + enough) / 2
        found = feasible(_with_bound(hurried, kind, tried))
        if found.x is None:
            too_tight = tried
        else:
            enough = min(tried, _held(search, kind, found.x))
    return enough


def _with_bound(search: Search, kind: str, bound: float) -> Search:
    """The same search with another number in one kind of bounds; what is held already may stay."""
    return replace(
        search,
        limits=tuple(
            replace(limit, most=max(bound - _already(limit), 0.0)) if limit.kind == kind else limit
            for limit in search.limits
        ),
    )


def _already(limit: Limit) -> float:
    return limit.allowed - limit.most


def _held(search: Search, kind: str, x: Floats) -> float:
    """The least number of this kind of bounds that these hours keep."""
    hours = np.rint(x[: search.hours.size])
    amounts = [
        (_already(limit) + float(limit.coefficients @ hours), limit.allowed)
        for limit in search.limits
        if limit.kind == kind
    ]
    return max(amount for amount, allowed in amounts if amount > allowed + ROUNDING)
