"""Can the plan be taught in its order? Prerequisites that are missed, rings, and what each term holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from curricula.analysis.electives import chosen_parts
from curricula.analysis.frames import CurriculumFrames, Policy, last_terms
from curricula.analysis.known import known_count
from curricula.analysis.prerequisites import Requirement, find_cycle, pairs_and_choices, required_rows

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
    term. Nothing is said of a course whose term is unknown, nor of alternatives as long as one of them is in time.
    """
    return tuple(dict.fromkeys(_broken(frames)))  # once, also where two choices name it


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
    broken &= ~_spared(required_rows(frames), broken)
    for place in np.flatnonzero(broken):
        row = pairs.iloc[place]
        reason = "not_together" if kinds[place] == "strict-co" else "not_before"
        yield BrokenPrerequisite(row["requires"], row["course"], reason, int(first[place]), int(then[place]))


def _spared(rows: Sequence[Requirement], broken: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Alternatives of which another one is in time."""
    kept = {(row.course, row.alternative) for row, breaks in zip(rows, broken, strict=True) if not breaks}
    return np.array([row.alternative > 0 and (row.course, row.alternative) in kept for row in rows], dtype=bool)


def dropped_prerequisites(before: CurriculumFrames, after: CurriculumFrames) -> tuple[BrokenPrerequisite, ...]:
    """Courses that stay in the plan while a course that they require has left it, and every alternative to it too."""
    rows, terms = required_rows(after), after.courses["term"].astype(float)
    kept = {(row.requires, row.course) for row in rows}
    open_to = {(row.course, row.alternative) for row in rows if row.alternative}
    missed = (
        (str(row.requires), str(row.course))
        for row in required_rows(before)
        if row.course in terms.index
        and (row.requires, row.course) not in kept
        and (row.course, row.alternative) not in open_to
    )
    return tuple(
        BrokenPrerequisite(requires, course, "dropped", None, known_count(float(terms[course])))
        for requires, course in dict.fromkeys(missed)
    )


def prerequisite_ring(frames: CurriculumFrames) -> tuple[str, ...]:
    """One ring of courses that require each other, () without one."""
    ring = find_cycle(list(frames.courses.index), *pairs_and_choices(required_rows(frames)))
    return tuple(str(course) for course in ring)


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
