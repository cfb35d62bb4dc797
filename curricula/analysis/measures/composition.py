"""What a plan is made of: credits and hours by module, by nature and by term, and how much of it is practice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from curricula.analysis.electives import chosen_parts
from curricula.analysis.frames import CurriculumFrames, Policy
from curricula.analysis.known import known

from .sequence import term_parts

NATURES: Final = ("required", "elective", "")  # "" is not stated


@dataclass(frozen=True)
class Share:
    """The courses of one module, or of one nature, or all of them; what a student takes of them.

    credits, hours, practice: None where no course states any. credits_part, hours_part: of the whole plan's, 0…1.
    practice_part: its hours of practice by the hours of the courses that say how many are practice, 0…1; None where
    none says so. without_credits, without_hours, without_practice: courses that state none, which count as nothing.
    """

    name: str
    courses: int
    credits: float | None
    credits_part: float | None
    hours: float | None
    hours_part: float | None
    practice: float | None
    practice_part: float | None
    without_credits: int
    without_hours: int
    without_practice: int


@dataclass(frozen=True)
class Composition:
    """`cross` is the credits by module and nature: {(module, nature): credits}, None where no course states any."""

    modules: tuple[Share, ...]  # in the plan's order
    natures: tuple[Share, ...]
    whole: Share
    cross: dict[tuple[str, str], float | None]


@dataclass(frozen=True)
class TermLoad:
    """`weekly` are its hours by the weeks of teaching in a term; None where no course states hours."""

    term: int
    courses: int
    credits: float | None
    hours: float | None
    weekly: float | None
    without_hours: int


def course_amounts(frames: CurriculumFrames, policy: Policy) -> pd.DataFrame:
    """What a student takes of each course: index course; columns credits, hours, practice, known, nature.

    Hours are the stated total, else the sum of the stated modes; practice is simulation and operation, nan where the
    plan states neither; known are the hours of the courses whose practice is stated. Courses of an elective group
    count with the part that is chosen.
    """
    parts = chosen_parts(frames, policy)
    stated = frames.hours.astype(float)
    by_mode = stated.sum(axis=1, min_count=1)
    total = frames.courses["total_hours"].astype(float) if "total_hours" in frames.courses else by_mode
    practice = stated[["simulation", "operation"]].sum(axis=1, min_count=1)
    hours = total.fillna(by_mode)
    natures = [_nature(required) for required in frames.courses["required"]]
    return pd.DataFrame(
        {
            "credits": frames.courses["credits"].astype(float) * parts,
            "hours": hours * parts,
            "practice": practice * parts,
            "known": hours.where(practice.notna()) * parts,
            "nature": pd.Series(natures, index=frames.courses.index, dtype=object),
        },
        index=frames.courses.index,
    )


def _nature(required: object) -> str:
    return "" if required is None or pd.isna(required) else ("required" if required else "elective")  # type: ignore[call-overload]


def composition(frames: CurriculumFrames, policy: Policy, *, modules: dict[str, str]) -> Composition:
    """Credits and hours by module and by nature, with their parts of the whole; `modules` names each course's.

    Two courses of 3 and 1 credits, one of them required: that nature has 3 credits, a part of 0.75. A plan without
    courses has parts that are None. Source: plain sums.
    """
    amounts = course_amounts(frames, policy)
    named = pd.Series([modules.get(str(code), "") for code in amounts.index], index=amounts.index, dtype=object)
    whole = _share("", amounts, amounts)
    ordered = [*dict.fromkeys(name for name in named if name), *(["" for _each in named[named == ""][:1]])]
    natures = [nature for nature in NATURES if (amounts["nature"] == nature).any()]
    cross = {
        (module, nature): _sum(amounts.loc[(named == module) & (amounts["nature"] == nature), "credits"])
        for module in ordered
        for nature in natures
    }
    return Composition(
        modules=tuple(_share(module, amounts[named == module], amounts) for module in ordered),
        natures=tuple(_share(nature, amounts[amounts["nature"] == nature], amounts) for nature in natures),
        whole=whole,
        cross=cross,
    )


def _share(name: str, some: pd.DataFrame, everything: pd.DataFrame) -> Share:
    practice = _sum(some["practice"])
    return Share(
        name=name,
        courses=len(some),
        credits=_sum(some["credits"]),
        credits_part=_part(_sum(some["credits"]), _sum(everything["credits"])),
        hours=_sum(some["hours"]),
        hours_part=_part(_sum(some["hours"]), _sum(everything["hours"])),
        practice=practice,
        practice_part=_part(practice, _sum(some["known"])),
        without_credits=int(some["credits"].isna().sum()),
        without_hours=int(some["hours"].isna().sum()),
        without_practice=int(some["practice"].isna().sum()),
    )


def _sum(values: pd.Series) -> float | None:
    """None where nothing is stated, which is not 0."""
    return known(values.sum(min_count=1))


def _part(some: float | None, everything: float | None) -> float | None:
    return some / everything if some is not None and everything else None


def term_loads(frames: CurriculumFrames, policy: Policy, *, weeks: int) -> tuple[TermLoad, ...]:
    """Courses, credits, hours and weekly hours of each term, in order; `weeks` of teaching are in a term, above 0.

    A course over several terms counts in each with an equal part. 32 hours in a term of 16 weeks are 2 a week.
    Raises ValueError where a term has no weeks. Source: plain sums.
    """
    if weeks <= 0:
        raise ValueError("A term has at least one week of teaching.")
    amounts, parts = course_amounts(frames, policy), term_parts(frames.courses)
    taken = amounts.loc[parts.index, ["credits", "hours"]].mul(parts["part"], axis=0)
    return tuple(_loads(taken, parts["term"].to_numpy(), weeks))


def _loads(taken: pd.DataFrame, terms: np.ndarray, weeks: int) -> Iterator[TermLoad]:
    for term in sorted(set(terms.tolist())):
        some = taken[terms == term]
        hours = _sum(some["hours"])
        yield TermLoad(
            term=int(term),
            courses=len(some),
            credits=_sum(some["credits"]),
            hours=hours,
            weekly=None if hours is None else hours / weeks,
            without_hours=int(some["hours"].isna().sum()),
        )
