"""Placements and projects: in which mode, how real, for how many, and who evaluated them (papers 003 §2.3, 004 §4.4).

Three degrees of reality are counted apart and never added: software, an enterprise's account, real trade.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

MODES: Final = ("apprenticeship", "teaching_factory", "entrepreneurial", "")  # "" is not stated, here and below
REALITIES: Final = ("software", "account", "trade", "")


@dataclass(frozen=True)
class Place:
    """One student in one placement or project, by code."""

    key: int
    student: str
    mode: str
    reality: str
    weeks: float | None
    by_school: bool  # evaluated
    by_enterprise: bool
    relevant: bool | None
    courses: tuple[str, ...]


@dataclass(frozen=True)
class Seats:
    """A room, platform or set of accounts for practice."""

    key: int
    reality: str
    seats: float | None  # workstations, or accounts where it is made of them


@dataclass(frozen=True)
class Evaluated:
    """Placements by who evaluated them; each is counted once."""

    both: int
    school: int  # the school alone
    enterprise: int
    neither: int

    @property
    def placements(self) -> int:
        return self.both + self.school + self.enterprise + self.neither

    @property
    def share(self) -> float | None:
        """Of the placements those that both evaluated; None without a placement."""
        return self.both / self.placements if self.placements else None


@dataclass(frozen=True)
class Kind:
    """The placements of one mode or one reality."""

    code: str
    placements: int
    students: int  # different ones
    weeks: float | None  # the mean of those that state weeks; None where none does
    evaluated: Evaluated


@dataclass(frozen=True)
class RealSeats:
    reality: str
    resources: int
    seats: float | None  # of those that state them; None where none does
    a_student: float | None  # seats ÷ students; None without either


@dataclass(frozen=True)
class PlacedAbility:
    """An ability and the placements whose courses serve it."""

    ability: str
    courses: tuple[str, ...]
    placements: int
    students: int
    evaluated: Evaluated
    real: int  # of the placements those on an enterprise's account or in real trade


@dataclass(frozen=True)
class PlacementReading:
    placements: int
    students: int
    a_student: float | None  # placements ÷ students of the program; None where these are not recorded
    modes: tuple[Kind, ...]
    realities: tuple[Kind, ...]
    cross: dict[tuple[str, str], int]  # (mode, reality) → placements
    evaluated: Evaluated
    relevant: int
    irrelevant: int  # said not to fit the program
    seats: tuple[RealSeats, ...]


def placement_reading(places: Sequence[Place], seats: Iterable[Seats], students: int | None) -> PlacementReading:
    """Counts of placements by mode and by reality, each with its evaluations, and what there is for one student.

    `students` is how many the program has, None where it is not recorded. Every placement stands in one mode and
    one reality, "" where that is not stated, so each of the two adds up to all.

    >>> place = Place(1, "p", "apprenticeship", "trade", 12, True, True, None, ())
    >>> placement_reading([place], [], 4).a_student
    0.25
    """
    cross: defaultdict[tuple[str, str], int] = defaultdict(int)
    for place in places:
        cross[place.mode, place.reality] += 1
    fits = [place.relevant for place in places]
    return PlacementReading(
        placements=len(places),
        students=len({place.student for place in places}),
        a_student=len(places) / students if students else None,
        modes=tuple(_kind(code, [each for each in places if each.mode == code]) for code in MODES),
        realities=tuple(_kind(code, [each for each in places if each.reality == code]) for code in REALITIES),
        cross=dict(cross),
        evaluated=evaluated(places),
        relevant=fits.count(True),
        irrelevant=fits.count(False),
        seats=tuple(_seats(code, list(seats_of), students) for code, seats_of in _by_reality(seats).items()),
    )


def evaluated(places: Iterable[Place]) -> Evaluated:
    told = [(place.by_school, place.by_enterprise) for place in places]
    return Evaluated(
        told.count((True, True)), told.count((True, False)), told.count((False, True)), told.count((False, False))
    )


def _kind(code: str, places: Sequence[Place]) -> Kind:
    weeks = [place.weeks for place in places if place.weeks is not None]
    return Kind(
        code=code,
        placements=len(places),
        students=len({place.student for place in places}),
        weeks=sum(weeks) / len(weeks) if weeks else None,
        evaluated=evaluated(places),
    )


def _by_reality(seats: Iterable[Seats]) -> dict[str, list[Seats]]:
    found: dict[str, list[Seats]] = {code: [] for code in REALITIES}
    for each in seats:
        found[each.reality].append(each)
    return found


def _seats(reality: str, resources: Sequence[Seats], students: int | None) -> RealSeats:
    stated = [each.seats for each in resources if each.seats is not None]
    total = sum(stated) if stated else None
    return RealSeats(
        reality=reality,
        resources=len(resources),
        seats=total,
        a_student=total / students if total is not None and students else None,
    )


def placed_abilities(
    places: Iterable[Place], served_by: Mapping[str, Sequence[str]], *, real: Iterable[str] = ("account", "trade")
) -> list[PlacedAbility]:
    """Each ability with the placements whose courses serve it, most placements first.

    `served_by` gives the courses of each ability. A placement counts for every ability that one of its courses
    serves: the counts of abilities overlap, and are never added. That a placement belongs to a course says where
    the ability could be practised, not that it was.
    """
    by_course: defaultdict[str, list[Place]] = defaultdict(list)
    for place in places:
        for course in place.courses:
            by_course[course].append(place)
    real_ones = frozenset(real)
    found = [_placed(ability, courses, by_course, real_ones) for ability, courses in served_by.items()]
    return sorted(found, key=lambda each: -each.placements)


def _placed(
    ability: str, courses: Sequence[str], by_course: Mapping[str, list[Place]], real: frozenset[str]
) -> PlacedAbility:
    used = tuple(course for course in courses if course in by_course)
    places = {place.key: place for course in used for place in by_course[course]}.values()
    return PlacedAbility(
        ability=ability,
        courses=used,
        placements=len(places),
        students=len({place.student for place in places}),
        evaluated=evaluated(places),
        real=sum(place.reality in real for place in places),
    )
