"""What the missing courses of a certificate would change: which abilities the plan reaches with them, and for whom.

An ability is reached where the plan gives it any hours. How many hours a course would bring nobody has said yet, so
that nothing is said of sizes here; a what-if with the hours of the course says it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Coverage:
    """Of so many abilities the number that is reached now, and with the courses."""

    asked: int
    now: int
    then: int

    @property
    def changes(self) -> bool:
        return self.then > self.now


@dataclass(frozen=True)
class CertificateEffect:
    wanted: Coverage
    reached: tuple[str, ...]  # wanted abilities that the plan reaches only with the courses
    positions: dict[str, Coverage]  # of the positions that the plan prepares for


def certificate_effect(
    served: Collection[str], abilities: pd.DataFrame, required: Mapping[str, Collection[str]]
) -> CertificateEffect:
    """`served` are the abilities that the courses serve; `required` gives those of each position.

    `abilities`: index code; exposure_hours, wanted (bool). The lowest result is no change at all: every ability that
    the courses serve has hours already, or nobody wants it.

    >>> table = pd.DataFrame({"exposure_hours": [8.0, 0.0, 0.0], "wanted": [True, True, False]}, index=list("abc"))
    >>> found = certificate_effect({"b", "c"}, table, {"seller": ["a", "b"]})
    >>> found.wanted, found.reached
    (Coverage(asked=2, now=1, then=2), ('b',))
    >>> found.positions
    {'seller': Coverage(asked=2, now=1, then=2)}
    """
    now = {str(code) for code in abilities.index[abilities["exposure_hours"] > 0]}
    then = now | set(served)
    wanted = [str(code) for code in abilities.index[abilities["wanted"].astype(bool)]]
    return CertificateEffect(
        _coverage(wanted, now, then),
        tuple(code for code in wanted if code in then - now),
        {position: _coverage(asked, now, then) for position, asked in required.items()},
    )


def _coverage(asked: Collection[str], now: Collection[str], then: Collection[str]) -> Coverage:
    codes = set(asked)
    return Coverage(len(codes), len(codes.intersection(now)), len(codes.intersection(then)))
