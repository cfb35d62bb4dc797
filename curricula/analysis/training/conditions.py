"""The four difficulties of paper 003 §2 as counts: teachers, equipment, practice, currency of the curriculum."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from .checks import RatioCheck, Verdict

YEAR: Final = timedelta(days=365)
REAL: Final = ("account", "trade")


@dataclass(frozen=True)
class ResourceFacts:
    """A room, a platform or a community; None is not stated."""

    seats: float | None = None
    accounts: float | None = None  # real shop accounts
    reality: str = ""  # software, account, trade; "" is not stated
    courses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Amount:
    """A sum of what is stated, and how many records do not state it."""

    total: float
    stated: int
    silent: int

    def a_head(self, people: int | None, *, least: float) -> tuple[RatioCheck | None, Verdict | None]:
        """The check against the least a head; None without evidence, and open while records are silent."""
        if not people or not self.stated:
            return None, None
        check = RatioCheck(self.total, people, least)
        return check, "open" if check.verdict == "not_met" and self.silent else check.verdict


def amount(values: Iterable[float | None]) -> Amount:
    """
    >>> amount([30, None, 24])
    Amount(total=54.0, stated=2, silent=1)
    """
    found = list(values)
    stated = [value for value in found if value is not None]
    return Amount(float(sum(stated)), len(stated), len(found) - len(stated))


def real_accounts(resource: ResourceFacts) -> float | None:
    """How many students at a time work on something real: the stated accounts, else the seats of a real resource.

    A resource that is stated to be software has none; what states neither is not known.
    """
    if resource.accounts is not None:
        return resource.accounts
    if resource.reality in REAL:
        return resource.seats
    return 0.0 if resource.reality == "software" else None


def courses_with_room(practised: Iterable[str], resources: Iterable[ResourceFacts]) -> dict[str, bool | None]:
    """Of each practised course: whether a resource serves it; not known while a resource names no course at all."""
    found = list(resources)
    served = {code for resource in found for code in resource.courses}
    otherwise = None if any(not resource.courses for resource in found) else False
    return {code: True if code in served else otherwise for code in practised}


@dataclass(frozen=True)
class PlacementFacts:
    student: str
    kind: str = ""  # orientation, professional, graduation, project; "" is not stated
    day: date | None = None  # its last day, else its first


def students_placed(placements: Iterable[PlacementFacts]) -> tuple[frozenset[str], date | None]:
    """The students in more than an orientation in the twelve months up to the newest day, and that day.

    A placement without a day counts in no year; without any day nobody counts and the day is None.
    """
    found = [each for each in placements if each.kind != "orientation" and each.day is not None]
    newest = max((each.day for each in found if each.day), default=None)
    if newest is None:
        return frozenset(), None
    return frozenset(each.student for each in found if each.day and newest - each.day < YEAR), newest


def emerging_left_out(
    emerging: Collection[str], *, exposure: Mapping[str, float], asked_for: Mapping[str, bool]
) -> list[str]:
    """The emerging abilities that somebody asks for and that no hour of the plan touches (paper 003 §2.4)."""
    return [code for code in emerging if asked_for.get(code) and exposure.get(code, 0.0) == 0]
