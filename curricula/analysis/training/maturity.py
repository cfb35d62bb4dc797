"""How mature the training system is, as the counts that paper 001 §3.2 speaks of; no score is made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .teachers import KINDS, ThreeNo


@dataclass(frozen=True)
class OfThree:
    """Of `total` teachers: how many surely have, surely lack, or do not state one of the three."""

    has: int
    lacks: int
    silent: int

    @property
    def total(self) -> int:
        return self.has + self.lacks + self.silent


def of_three(found: Iterable[ThreeNo]) -> dict[str, OfThree]:
    """By kind of the three.

    >>> of_three([ThreeNo(True, False, None), ThreeNo(True, None, None)])["experience"]
    OfThree(has=0, lacks=1, silent=1)
    """
    held = list(found)
    return {
        kind: OfThree(*(sum(getattr(f, kind) is said for f in held) for said in (True, False, None))) for kind in KINDS
    }


def surely_three_no(found: Iterable[ThreeNo]) -> int:
    """How many teachers surely lack all of the three."""
    return sum(each.lacks == len(KINDS) for each in found)


def a_head(count: float, people: int | None) -> float | None:
    """So much a student; None where their number is not stated or 0."""
    return count / people if people else None


def areas_reached(hours: Mapping[str, float]) -> int:
    """How many areas of the framework get any hour: 0 for none, at most as many as there are.

    >>> areas_reached({"MK": 120.0, "DA": 0.0, "RD": 1.5})
    2
    """
    return sum(value > 0 for value in hours.values())
