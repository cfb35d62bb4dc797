"""Can the plan be taught in its order? Prerequisites that are missed, rings, and what each term holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from curricula.analysis.electives import chosen_parts
from curricula.analysis.frames import CurriculumFrames, Policy, last_terms
from curricula.analysis.prerequisites import find_cycle

BREAKS: Final[dict[str, Any]] = {  # what the terms (required course, course) must not do, by kind of prerequisite
    "pre": np.greater_equal,
    "co": np.greater,
    "strict-co": np.not_equal,
}


@dataclass(frozen=True)
class BrokenPrerequisite:
    requires: str
    course: str
    reason: str  # dropped, not_before, not_together
    requires_term: int | None  # None: unknown, or dropped
    course_term: int | None


def broken_prerequisites(frames: CurriculumFrames) -> tuple[BrokenPrerequisite, ...]:
    """The prerequisites that the terms of the plan do not keep, in the order of the rows.

    A prerequisite must lie in an earlier term than its course, a co-requisite not later, a strict one in the same
    term. Nothing is said of a course whose term is unknown.
    """
    return tuple(_broken(frames))


def _broken(frames: CurriculumFrames) -> Iterator[BrokenPrerequisite]:
    pairs = frames.prerequisites
    terms = frames.courses["term"].astype(float)
    first, then = (terms.reindex(pairs[side]).to_numpy(dtype=float) for side in ("requires", "course"))
    kinds = (
        pairs["kind"].fillna("pre").to_numpy(dtype=object)
        if "kind" in pairs
        else np.full(len(pairs), "pre", dtype=object)
    )
    broken = np.zeros(len(pairs), dtype=bool)
    for kind, breaks in BREAKS.items():
        broken |= (kinds == kind) & breaks(first, then)
    broken &= ~np.isnan(first) & ~np.isnan(then)
    for place in np.flatnonzero(broken):
        row = pairs.iloc[place]
        reason = "not_together" if kinds[place] == "strict-co" else "not_before"
        yield BrokenPrerequisite(row["requires"], row["course"], reason, int(first[place]), int(then[place]))


def dropped_prerequisites(before: CurriculumFrames, after: CurriculumFrames) -> tuple[BrokenPrerequisite, ...]:
    """Courses that stay in the plan while a course that they require has left it."""
    kept, terms = set(_pairs(after)), after.courses["term"].astype(float)
    return tuple(
        BrokenPrerequisite(requires, course, "dropped", None, _whole(terms[course]))
        for requires, course in _pairs(before)
        if course in terms.index and (requires, course) not in kept
    )


def prerequisite_ring(frames: CurriculumFrames) -> tuple[str, ...]:
    """One ring of courses that require each other, () without one."""
    return tuple(str(course) for course in find_cycle(list(frames.courses.index), _pairs(frames)))


def term_credits(frames: CurriculumFrames, policy: Policy) -> pd.DataFrame:
    """Credits of each term: index term (whole, rising); columns credits, courses, unknown (courses without credits).

    A course over several terms counts in each of them, with an equal part of its credits: how it is divided is not
    recorded, and all of it in the first term would overfill that one. A course of an elective group counts with the
    part that is chosen. Courses without a term are left out;
    `course_terms_unknown` warns of them.
    """
    parts = term_parts(frames.courses)
    taken = frames.courses["credits"].astype(float) * chosen_parts(frames, policy)
    each = taken.loc[parts.index] * parts["part"]
    found = each.groupby(parts["term"]).agg(["sum", "size", "count"])
    unknown = found["size"] - found["count"]
    return pd.DataFrame({"credits": found["sum"], "courses": found["size"], "unknown": unknown})


def term_parts(courses: pd.DataFrame) -> pd.DataFrame:
    """A row for each term that a course runs in: index course; columns term (whole), part (of the course, 0…1)."""
    first = courses["term"].astype(float).dropna()
    lengths = (last_terms(courses).loc[first.index] - first + 1).astype(int)
    parts = pd.DataFrame({"term": first.astype(int), "part": 1.0 / lengths}).loc[first.index.repeat(lengths)]
    return parts.assign(term=parts["term"] + parts.groupby(level=0, sort=False).cumcount())


def _pairs(frames: CurriculumFrames) -> list[tuple[str, str]]:
    return list(frames.prerequisites[["requires", "course"]].itertuples(index=False, name=None))


def _whole(term: float) -> int | None:
    return None if np.isnan(term) else int(term)
