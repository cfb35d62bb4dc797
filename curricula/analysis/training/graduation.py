"""The double certificate (paper 002 §IV.C): credits, practice certified by school and enterprise, a qualification.

An audit of what a plan lets its students meet. Whether one student has met it, no record here says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from curricula.analysis.frames import CertificationReadiness

MET, PARTLY, MISSING, UNKNOWN = "met", "partly", "missing", "unknown"
CLOSABLE: Final = frozenset(  # labels of abilities that a course more would bear on
    (
        *("untaught_emerging", "untaught", "theory_without_practice"),
        *("under_taught_and_practised", "under_taught", "under_practised", "level_below"),
    )
)


@dataclass(frozen=True)
class CreditClause:
    state: str  # met: every credit that counts is known; partly: of some courses it is not; unknown: of none
    required: float  # of courses that everybody takes
    chosen: float  # of elective groups, as far as their rules say how much is taken
    offered: float  # electives outside of a rule: how many of them are taken nobody says
    without: tuple[str, ...]  # courses that everybody takes and that state no credits
    open_groups: tuple[str, ...]  # elective groups whose rule does not tell
    unstated: tuple[str, ...]  # courses of which nobody says whether they are required

    @property
    def counted(self) -> float:
        return self.required + self.chosen


@dataclass(frozen=True)
class Certified:
    """One placement or project of one student, by code, and who evaluated it."""

    student: str
    by_school: bool
    by_enterprise: bool


@dataclass(frozen=True)
class PracticeClause:
    state: str  # met: every student placed was evaluated by both; partly: some; missing: none; unknown: no record
    students: int
    both: int  # students with a placement that school and enterprise evaluated
    school_only: int
    enterprise_only: int
    neither: int
    placements: int


@dataclass(frozen=True)
class Closes:
    """What one certificate, or one direction of it, asks for and would change."""

    certification: str
    direction: str  # "" for the certificate as a whole
    prepared: bool  # the plan says that it prepares for it
    required: tuple[str, ...]  # reference courses
    offered: tuple[str, ...]
    missing: tuple[str, ...]
    gaps: dict[str, tuple[str, ...]]  # ability with a gap → missing courses that serve it

    @property
    def state(self) -> str:
        if not self.required:
            return UNKNOWN
        if not self.missing:
            return MET
        return PARTLY if self.offered else MISSING


@dataclass(frozen=True)
class QualificationClause:
    state: str  # of the direction that is nearest; unknown where the plan names no certificate
    nearest: Closes | None
    prepared: int  # certificates that the plan says it prepares for
    closes: tuple[Closes, ...]  # by certificate and direction


@dataclass(frozen=True)
class GraduationAudit:
    credits: CreditClause
    practice: PracticeClause
    qualification: QualificationClause

    @property
    def states(self) -> tuple[str, str, str]:
        return self.credits.state, self.practice.state, self.qualification.state


def credit_clause(courses: pd.DataFrame, parts: Mapping[str, float | None]) -> CreditClause:
    """What the courses say of credits. `courses`: index code; credits (nan unknown), required (bool or None), group.

    `parts` tells of each elective group the part that is chosen, None where its rule does not tell. A course of a
    group counts by that part, whatever it says of being required; one outside of groups counts where it is required.

    >>> table = pd.DataFrame({"credits": [3.0, 2.0], "required": [True, None], "group": ["", "g"]}, index=["A", "B"])
    >>> credit_clause(table, {"g": 0.5}).counted
    4.0
    """
    grouped = courses["group"].astype(bool)
    part = courses["group"].map(lambda group: parts.get(group))
    required = ~grouped & courses["required"].map(lambda said: said is True or said == 1).astype(bool)
    unsaid = ~grouped & courses["required"].isna()
    credit = courses["credits"].astype(float)
    without = courses.index[(required | grouped) & credit.isna()]
    open_groups = tuple(str(group) for group in courses["group"].unique() if group and parts.get(group) is None)
    complete = not len(without) and not open_groups and not unsaid.any()
    known = bool((required | grouped).any()) and bool(credit[required | grouped].notna().any())
    chosen = (credit * part.astype(float))[grouped]
    return CreditClause(
        state=UNKNOWN if not known else MET if complete else PARTLY,
        required=float(credit[required].sum()),
        chosen=float(chosen.sum()),
        offered=float(credit[~required & ~grouped & ~unsaid].sum()),
        without=tuple(map(str, without)),
        open_groups=open_groups,
        unstated=tuple(map(str, courses.index[unsaid])),
    )


def practice_clause(certified: Iterable[Certified]) -> PracticeClause:
    """Of the students placed, by whom their practice was evaluated; the best of each student's placements counts.

    >>> practice_clause([Certified("p", True, False), Certified("p", True, True), Certified("q", False, True)]).state
    'partly'
    """
    best: dict[str, tuple[bool, bool]] = {}
    placements = 0
    for each in certified:
        placements += 1
        told = (each.by_school, each.by_enterprise)
        best[each.student] = max(best.get(each.student, (False, False)), told, key=lambda pair: (sum(pair), pair[0]))
    found = list(best.values())
    both = found.count((True, True))
    state = UNKNOWN if not found else MET if both == len(found) else PARTLY if both else MISSING
    return PracticeClause(
        state=state,
        students=len(found),
        both=both,
        school_only=found.count((True, False)),
        enterprise_only=found.count((False, True)),
        neither=found.count((False, False)),
        placements=placements,
    )


def qualification_clause(
    readiness: Sequence[CertificationReadiness],
    prepared: Iterable[str],
    serves: Mapping[str, Iterable[str]],
    labels: Mapping[str, str] | pd.Series,
) -> QualificationClause:
    """Which certificates' courses the plan offers, what is missing, and which gaps the missing ones bear on.

    `serves` gives the abilities of each reference course, `labels` the gap label of each ability. The clause can
    be met by one direction of one certificate that the plan prepares for: the nearest has the fewest courses
    missing, then the most offered.
    """
    chosen = set(prepared)
    closes = tuple(_closes(each, chosen, serves, labels) for each in readiness)
    directions = [each for each in closes if each.prepared and (each.direction or not _parted(each, closes))]
    nearest = min(directions, key=lambda each: (len(each.missing), -len(each.offered)), default=None)
    state = nearest.state if nearest else UNKNOWN
    return QualificationClause(state, nearest, len(chosen), closes)


def _parted(each: Closes, closes: Iterable[Closes]) -> bool:
    """Whether the certificate has directions, of which a student takes one."""
    return any(other.certification == each.certification and other.direction for other in closes)


def _closes(
    readiness: CertificationReadiness,
    prepared: set[str],
    serves: Mapping[str, Iterable[str]],
    labels: Mapping[str, str] | pd.Series,
) -> Closes:
    gaps: dict[str, tuple[str, ...]] = {}
    for course in readiness.missing:
        for ability in serves.get(course, ()):
            if labels.get(ability) in CLOSABLE:
                gaps[ability] = (*gaps.get(ability, ()), course)
    return Closes(
        certification=readiness.certification,
        direction=readiness.direction,
        prepared=readiness.certification in prepared,
        required=readiness.required,
        offered=readiness.offered,
        missing=readiness.missing,
        gaps=gaps,
    )
