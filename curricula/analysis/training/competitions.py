"""Courses joined with competitions (003 §3, §4.2–4.4): who is prepared, takes part and guides, and what counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

LEVELS: Final = ("school", "municipal", "provincial", "national", "international")  # rising
EVERY, SOME, NOBODY, OPEN = "every", "some", "nobody", "open"
BOTH, SCHOOL, ENTERPRISE, NEITHER = "both", "school", "enterprise", "neither"


@dataclass(frozen=True)
class Entry:
    """One entry or award in one competition, people by code."""

    key: int
    title: str
    year: str
    level: str  # one of LEVELS, "" where it is not stated
    listed: bool | None
    students: int | None
    codes: frozenset[str]  # of students
    by_school: int  # mentors
    by_enterprise: int
    courses: tuple[str, ...]
    credits: float | None
    counts: bool | None  # in the grade of a course


@dataclass(frozen=True)
class Joined:
    """One competition over all its entries."""

    title: str
    years: tuple[str, ...]
    entries: tuple[int, ...]  # their keys
    level: str  # the highest that an entry states
    listed: bool | None  # True where one entry says so, None where none says anything
    courses: tuple[str, ...]  # of the plan, that prepare for it
    elsewhere: tuple[str, ...]  # named, and not in the plan
    access: str  # every: a course that everybody takes prepares for it; some; nobody; open: not stated who takes it
    guided: dict[str, int]  # entries by BOTH, SCHOOL, ENTERPRISE, NEITHER
    counted: int  # entries that count in a grade
    uncounted: int  # that are said not to
    unsaid: int  # of which nobody says
    credited: int  # entries with innovation credits
    abilities: tuple[str, ...]  # that its courses of the plan serve


@dataclass(frozen=True)
class Participation:
    """Who entered in one year. `share` is None where `reason` says why."""

    year: str
    entries: int
    places: int | None  # of students in entries, one student in two counting twice; None where no entry states any
    students: int | None  # different ones; None where an entry names no codes
    of: int | None
    share: float | None
    reason: str  # "", no_codes, no_students, more_than_all


def joined(
    entries: Iterable[Entry], required: Mapping[str, bool | None], serves: Mapping[str, Iterable[str]]
) -> list[Joined]:
    """Every competition with what prepares for it, best prepared by level.

    `required` holds each course of the plan: whether everybody takes it, None where nobody says. `serves` gives
    the abilities of a course. Sorted by level from the highest, then by the number of entries.
    """
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.title].append(entry)
    found = [_joined(title, group, required, serves) for title, group in groups.items()]
    return sorted(found, key=lambda each: (-_rank(each.level), -len(each.entries), each.title))


def _joined(
    title: str, entries: list[Entry], required: Mapping[str, bool | None], serves: Mapping[str, Iterable[str]]
) -> Joined:
    named = tuple(dict.fromkeys(code for entry in entries for code in entry.courses))
    own = tuple(code for code in named if code in required)
    said = [entry.listed for entry in entries if entry.listed is not None]
    return Joined(
        title=title,
        years=tuple(sorted({entry.year for entry in entries if entry.year})),
        entries=tuple(entry.key for entry in entries),
        level=max((entry.level for entry in entries), key=_rank),
        listed=any(said) if said else None,
        courses=own,
        elsewhere=tuple(code for code in named if code not in required),
        access=_access([required[code] for code in own]),
        guided=_counts(_guides(entry) for entry in entries),
        counted=sum(entry.counts is True for entry in entries),
        uncounted=sum(entry.counts is False for entry in entries),
        unsaid=sum(entry.counts is None for entry in entries),
        credited=sum(bool(entry.credits) for entry in entries),
        abilities=tuple(dict.fromkeys(ability for code in own for ability in serves.get(code, ()))),
    )


def _access(taken: list[bool | None]) -> str:
    """By whether everybody takes the courses that prepare for it.

    >>> _access([False, True]), _access([False]), _access([None, False]), _access([])
    ('every', 'some', 'open', 'nobody')
    """
    if any(taken):
        return EVERY
    if not taken:
        return NOBODY
    return OPEN if None in taken else SOME


def _guides(entry: Entry) -> str:
    if entry.by_school and entry.by_enterprise:
        return BOTH
    return SCHOOL if entry.by_school else ENTERPRISE if entry.by_enterprise else NEITHER


def _counts(codes: Iterable[str]) -> dict[str, int]:
    found = dict.fromkeys((BOTH, SCHOOL, ENTERPRISE, NEITHER), 0)
    for code in codes:
        found[code] += 1
    return found


def _rank(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else -1


def participation(entries: Iterable[Entry], students: Mapping[str, int | None]) -> list[Participation]:
    """By year, newest first: the part of the students that entered a competition.

    `students` holds how many the program has in each year, by the year's first four figures. A student in several
    entries is one: only entries that name codes can tell, so `share` is undefined where one does not, or where the
    number of students is not recorded or is less than entered.

    >>> entry = Entry(1, "cup", "2025", "", None, 2, frozenset("pq"), 0, 0, (), None, None)
    >>> participation([entry], {"2025": 40})[0].share
    0.05
    """
    years: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        years[entry.year].append(entry)
    return [_participation(year, years[year], students.get(year[:4])) for year in sorted(years, reverse=True)]


def _participation(year: str, entries: list[Entry], of: int | None) -> Participation:
    stated = [entry.students if entry.students is not None else len(entry.codes) or None for entry in entries]
    told = [number for number in stated if number is not None]
    complete = all(entry.codes and len(entry.codes) >= (entry.students or 0) for entry in entries)
    different = len(frozenset().union(*(entry.codes for entry in entries))) if complete else None
    reason = "no_codes" if different is None else "no_students" if not of else ""
    if different is not None and of and different > of:
        reason = "more_than_all"
    share = different / of if different is not None and of and not reason else None
    return Participation(year, len(entries), sum(told) if told else None, different, of, share, reason)


def without_competition(practised: Mapping[str, float], entries: Iterable[Entry]) -> tuple[str, ...]:
    """The courses with hours of practice for which no competition is recorded, most hours first."""
    prepared = {code for entry in entries for code in entry.courses}
    left = [code for code, hours in practised.items() if hours > 0 and code not in prepared]
    return tuple(sorted(left, key=lambda code: -practised[code]))
