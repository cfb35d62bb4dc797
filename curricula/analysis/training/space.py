"""The creating space of paper 002 §IV.D: resources by its four elements, with their capacity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

ELEMENTS: Final = ("open_resources", "creative_practice", "communities", "cooperation_space")


@dataclass(frozen=True)
class Element:
    """Resources of one element; `seats` adds what is stated, `silent` resources state none."""

    name: str  # one of ELEMENTS, "" for resources whose element is not stated
    resources: int
    seats: float
    silent: int


def by_element(resources: Iterable[tuple[str, float | None]]) -> list[Element]:
    """A line for each of the four elements, and one for resources without an element where there are any.

    Pairs of element and seats (None where not stated).

    >>> [(e.name, e.resources, e.seats, e.silent) for e in by_element([("communities", 12), ("communities", None)])][2]
    ('communities', 2, 12.0, 1)
    """
    held: dict[str, list[float | None]] = {name: [] for name in (*ELEMENTS, "")}
    for name, seats in resources:
        held[name if name in held else ""].append(seats)
    lines = [
        Element(name, len(found), float(sum(each or 0 for each in found)), found.count(None))
        for name, found in held.items()
    ]
    return [line for line in lines if line.name or line.resources]
