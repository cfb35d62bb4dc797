"""How much of a framework a rival's crosswalk reaches (paper 002 §II)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Coverage:
    """Of both sides, how many abilities the crosswalk links, and how many of the plan's hours these take."""

    framework: str
    linked: int
    of: int
    theirs_linked: int
    theirs: int
    hours_linked: float
    hours: float
    by_relation: Mapping[str, int]

    @property
    def part(self) -> float | None:
        return self.linked / self.of if self.of else None

    @property
    def hours_part(self) -> float | None:
        return self.hours_linked / self.hours if self.hours else None


def coverage(
    framework: str, links: Sequence[tuple[str, str, str]], hours: Mapping[str, float], theirs: Sequence[str]
) -> Coverage:
    """What a crosswalk leaves out stands beside every finding that it allows.

    `links` are (ability here, ability there, relation); `hours` of every leaf ability here; `theirs` the leaves
    there. A link to or from what is no leaf counts in no number.

    >>> found = coverage("f", [("a", "x", "exact"), ("a", "y", "close")], {"a": 30.0, "b": 10.0}, ["x", "y", "z"])
    >>> found.part, found.hours_part, found.theirs_linked, found.theirs
    (0.5, 0.75, 2, 3)
    """
    there = set(theirs)
    kept = [each for each in links if each[0] in hours and each[1] in there]
    here = {own for own, _other, _relation in kept}
    relations: dict[str, int] = {}
    for _own, _other, relation in kept:
        relations[relation] = relations.get(relation, 0) + 1
    return Coverage(
        framework=framework,
        linked=len(here),
        of=len(hours),
        theirs_linked=len({other for _own, other, _relation in kept}),
        theirs=len(there),
        hours_linked=sum(given for own, given in hours.items() if own in here),
        hours=sum(hours.values()),
        by_relation=relations,
    )
