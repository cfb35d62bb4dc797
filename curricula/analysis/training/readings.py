"""What every reading of the conditions of training gives back: a number, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from curricula.analysis.frames import Notice

CENSUS: Final = "counted_whole"  # of a register or of hours: no sample, no interval
FEWEST_SHOWN: Final = 10  # people: a cell of fewer could name one


@dataclass(frozen=True)
class Reading:
    """A number with its interval, or with the reason for having none of either."""

    value: float | None
    low: float | None = None
    high: float | None = None
    no_interval: str = ""  # a code; "" where there is an interval
    undefined: Notice | None = None


def because(code: str, **values: float | str) -> Notice:
    """A reason by its code, with what its sentence needs."""
    return Notice(code, dict(values))


def months_between(earlier: date, later: date) -> int:
    """Whole months from one day to another, 0 where it is not later.

    >>> months_between(date(2025, 11, 30), date(2026, 11, 29)), months_between(date(2025, 1, 1), date(2026, 1, 1))
    (11, 12)
    """
    months = (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)
    return max(months, 0)
