"""Checks of counts against thresholds where part of what is counted may not be stated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import Literal

Verdict = Literal["met", "not_met", "open"]
Light = Literal["green", "amber", "red", "grey"]
_ROUNDING = 1e-9  # 0.3 · 10 is not to ask for a fourth


@dataclass(frozen=True)
class PartCheck:
    """Of `total` things `holds` surely hold and `unknown` may: at least the part `least` should.

    `verdict` is "met" where even without the unknown ones enough hold, "not_met" where even with all of them too few
    do, else "open". `short` is how many more are surely needed for "met", 0 where it is met.
    """

    holds: int
    unknown: int
    total: int
    least: float

    @property
    def needed(self) -> int:
        return ceil(self.least * self.total - _ROUNDING)

    @property
    def verdict(self) -> Verdict:
        if self.holds >= self.needed:
            return "met"
        return "open" if self.holds + self.unknown >= self.needed else "not_met"

    @property
    def short(self) -> int:
        return max(0, self.needed - self.holds)


def part_check(facts: Iterable[bool | None], *, least: float) -> PartCheck:
    """Of yes, no and not stated (None): at least the part `least` (0 to 1) should be yes.

    Two of five hold, one is not stated, half should hold: three are needed, and the one not stated may be the third.

    >>> check = part_check([True, True, None, False, False], least=0.5)
    >>> check.needed, check.verdict, check.short
    (3, 'open', 1)
    """
    found = list(facts)
    return PartCheck(sum(fact is True for fact in found), sum(fact is None for fact in found), len(found), least)


@dataclass(frozen=True)
class RatioCheck:
    """So much of something for so many people, against the least a head."""

    amount: float
    people: int
    least: float

    @property
    def value(self) -> float:
        return self.amount / self.people

    @property
    def verdict(self) -> Verdict:
        return "met" if self.value >= self.least - _ROUNDING else "not_met"

    @property
    def short(self) -> int:
        """How much more, in whole things."""
        return max(0, ceil(self.least * self.people - self.amount - _ROUNDING))


@dataclass(frozen=True)
class MostCheck:
    """A count that should not be above `most`."""

    count: float
    most: float

    @property
    def verdict(self) -> Verdict:
        return "met" if self.count <= self.most else "not_met"

    @property
    def short(self) -> int:
        return max(0, ceil(self.count - self.most - _ROUNDING))


def light(verdicts: Iterable[Verdict | None]) -> Light:
    """One colour for several checks; None is a check that has no evidence.

    Green where every check with evidence is met, red where none of them is, amber between; grey without evidence, and
    where all that can be said is "open".

    >>> light(["met", None]), light(["met", "not_met"]), light(["not_met", "not_met"]), light([None, "open"])
    ('green', 'amber', 'red', 'grey')
    """
    told = {verdict for verdict in verdicts if verdict is not None}
    if not told or told == {"open"}:
        return "grey"
    if told == {"met"}:
        return "green"
    return "red" if "met" not in told and "open" not in told else "amber"
