"""What to change: at most one recommendation an ability, of three kinds, those with most at stake first."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from .ability_stats import short_margin
from .codes import notice
from .demand_periods import Demand
from .frames import CurriculumFrames, Notice, Policy, Recommendation
from .prerequisites import PrerequisiteCycle, complexity, pairs_and_choices, required_rows
from .teaching_hours import Teaching

Row = Mapping[Any, Any]
LACKS_PRACTICE: Final = ("theory_without_practice", "under_practised", "under_taught_and_practised")
NO_HOURS: Final = ("raise_level", "assess")  # what is advised in words moves none
MOST_CANDIDATES: Final = 4  # beside the course named first


@dataclass(frozen=True)
class _Plan:
    """What the advice looks up, each best first: courses by ability and by area, and what else serves it."""

    policy: Policy
    hours: dict[str, float]  # practised and exposed, over all abilities
    dated: int  # postings that a trend may use, in the labels' period and in the one before
    postings_before: int
    by_ability: dict[str, pd.DataFrame]  # the cells of an ability
    by_area: dict[str, tuple[str, ...]]  # those with most hours first
    references: dict[str, tuple[str, ...]]
    certifications: dict[str, tuple[str, ...]]  # by reference course
    blocking: dict[str, int] | None
    likeness: dict[str, dict[str, float]]  # by ability, then course


def recommendations(
    table: pd.DataFrame,
    frames: CurriculumFrames,
    *,
    teaching: Teaching,
    demand: Demand,
    policy: Policy,
    blocking: dict[str, int] | None,
) -> tuple[Recommendation, ...]:
    """Add what is untaught, strengthen what falls short, retire what is sought no longer or taught too much.

    Worth is the share at stake, by which the report names the largest shortfall too. The target is the demanded
    share; where demand is unknown nothing has a size, and so no worth, and one credit is a start. To add and to
    strengthen: how far the exposure share lies below the target, or the practice share where that is what lacks; to
    retire: how far the exposure share lies above the larger of demanded and required share. What to retire comes
    after all else, what no course waits for first. Too low a level or a missing assessment alone moves no hours, so
    it has no worth. Ties stand in the framework's order.
    Wanted abilities that nobody has mapped get a warning instead: whether they are taught is not known.
    Hours to add, to give or to shift are those with which it is no longer short; a credit's worth where it is not
    short, but nothing of it is taught or practised.
    """
    plan = _plan(frames, teaching, demand, policy, blocking)
    rows = table.assign(code=table.index).to_dict("records")
    found = [advise(row, plan) for row in rows if (advise := _adviser(row))]
    return tuple(sorted(found, key=_order))


def _order(advice: Recommendation) -> tuple[bool, float, float]:
    waiting = math.inf if advice.blocking is None else advice.blocking
    retires = advice.kind == "retire"
    return retires, waiting if retires else 0.0, -round(advice.worth, 12)


def blocking_factors(frames: CurriculumFrames) -> tuple[dict[str, int] | None, tuple[Notice, ...]]:
    """How many courses wait for each course; None and a warning where the prerequisites run in a circle."""
    try:
        blocking = complexity(list(frames.courses.index), *pairs_and_choices(required_rows(frames)))["blocking"]
    except PrerequisiteCycle as cycle:
        return None, (notice("prerequisite_cycle", cycle="\n".join(map(str, cycle.courses))),)
    return {str(course): int(count) for course, count in blocking.items()}, ()


def _adviser(row: Row) -> Callable[[Row, _Plan], Recommendation] | None:
    """Which advice the ability calls for, if any; never assessed counts where nothing else is said."""
    label = row["label"]
    if label in BY_LABEL:
        return BY_LABEL[label]
    return _assess if row["never_assessed"] and row["wanted"] else None


def _add(row: Row, plan: _Plan) -> Recommendation:
    """A course that already maps to it, with no hours yet, then those of its area whose text is most like it."""
    mapped, like = row["courses"], plan.likeness.get(row["code"], {})
    others = [course for course in plan.by_area.get(row["area"], ()) if course not in mapped]
    others.sort(key=lambda course: -like.get(course, 0.0))  # those that are alike stay in the order of their hours
    size = {"target_share": _target(row), "hours": _missing(row, 0.0, "exposed", plan)}
    if not row["known"]:
        reason = notice("add_required", hours=plan.policy.least_hours, positions=row["required_positions"])
    elif row["label"] == "untaught_emerging":
        reason = notice("add_emerging", **size, **_counts(row, plan))
    else:
        reason = notice("add_untaught", **size)
    return _recommendation("add", row, plan, (*mapped, *others), reason)


def _shift_to_practice(row: Row, plan: _Plan) -> Recommendation:
    """The course with most hours on it gives up theory, as far as it has any."""
    theory, share = _given(row, plan, "taught"), _number(row["practised_share"])
    if not row["known"]:
        hours = min(plan.policy.least_hours, theory)
        return _strengthen(row, plan, notice("practise_required", hours=hours, course_theory_hours=theory))
    reason = notice(
        "shift_to_practice",
        target_share=_target(row),
        share=share,
        hours=min(_missing(row, share, "practised", plan), theory),
        course_theory_hours=theory,
        course_practice_hours=_given(row, plan, "practised"),
    )
    return _strengthen(row, plan, reason)


def _give_more_hours(row: Row, plan: _Plan) -> Recommendation:
    share, course_hours = row["exposure_share"], _given(row, plan, "exposed")
    size = {"target_share": _target(row), "share": share, "hours": _missing(row, share, "exposed", plan)}
    return _strengthen(row, plan, notice("give_more_hours", **size, course_hours=course_hours))


def _raise_level(row: Row, plan: _Plan) -> Recommendation:
    levels = {"reached": row["level_reached"], "required": row["level_required"]}
    return _strengthen(row, plan, notice("raise_level", **levels, course_hours=_given(row, plan, "exposed")))


def _assess(row: Row, plan: _Plan) -> Recommendation:
    return _strengthen(row, plan, notice("assess", course_hours=_given(row, plan, "exposed")))


def _strengthen(row: Row, plan: _Plan, reason: Notice) -> Recommendation:
    return _recommendation("strengthen", row, plan, plan.by_ability[row["code"]]["course"], reason)


def _given(row: Row, plan: _Plan, kind: str) -> float:
    """Hours that the course with most on the ability gives to it."""
    return float(plan.by_ability[row["code"]][kind].iloc[0])


def _retire(row: Row, plan: _Plan) -> Recommendation:
    """The course with most hours on it, and how many courses wait for it."""
    share, course_hours = row["exposure_share"], _given(row, plan, "exposed")
    if row["label"] == "obsolete_candidate":
        size = {"share": share, "hours": row["exposure_hours"], "course_hours": course_hours}
        reason = notice("retire_obsolete", **size, **_counts(row, plan))
    else:
        hours = (share - _most(row)) * plan.hours["exposed"]
        size = {"target_share": _most(row), "share": share, "hours": hours, "course_hours": course_hours}
        reason = notice("retire_excess", **size)
    return _recommendation("retire", row, plan, plan.by_ability[row["code"]]["course"], reason)


def _target(row: Row) -> float:
    """What to come up to; requirements say what, not how much."""
    return _number(row["demand_share"])


def _most(row: Row) -> float:
    """What to come down to: not below what is required."""
    return max(_target(row), _number(row["required_share"]))


def _number(share: float) -> float:
    return 0.0 if pd.isna(share) else float(share)


def _missing(row: Row, share: float, kind: str, plan: _Plan) -> float:
    """Hours of the kind that lead from a share to where it is no longer short."""
    target, total = _target(row), plan.hours[kind]
    if total <= 0:
        return plan.policy.least_hours
    missing = (target - float(short_margin(target, total, plan.policy)) - share) * total
    return missing if missing > 0 else plan.policy.least_hours


def _counts(row: Row, plan: _Plan) -> dict[str, int]:
    return {
        "mentions": int(row["dated_mentions"]),
        "postings": plan.dated,
        "mentions_before": int(row["mentions_before"]),
        "postings_before": plan.postings_before,
    }


def _worth(kind: str, row: Row, reason: str) -> float:
    if not row["known"] or reason in NO_HOURS:
        return 0.0
    exposure, practice = _number(row["exposure_share"]), _number(row["practised_share"])
    if kind == "retire":
        return max(0.0, exposure - _most(row))
    reached = min(exposure, practice) if row["label"] in LACKS_PRACTICE else exposure
    return max(0.0, _target(row) - reached)


def _recommendation(kind: str, row: Row, plan: _Plan, courses: Iterable[str], reason: Notice) -> Recommendation:
    carriers = tuple(courses)
    course = carriers[0] if carriers else None
    references = () if kind == "retire" else plan.references.get(row["code"], ())
    certificates = (each for course in references for each in plan.certifications.get(course, ()))
    return Recommendation(
        kind=kind,
        ability=row["code"],
        course=course,
        reason=reason,
        worth=_worth(kind, row, reason.code),
        candidates=carriers[1 : 1 + MOST_CANDIDATES],
        reference_courses=references,
        certifications=tuple(dict.fromkeys(certificates)),
        blocking=plan.blocking.get(course or "") if kind == "retire" and plan.blocking else None,
    )


def _plan(
    frames: CurriculumFrames, teaching: Teaching, demand: Demand, policy: Policy, blocking: dict[str, int] | None
) -> _Plan:
    cells = teaching.cells[teaching.cells["exposed"] > 0]
    cells = cells.sort_values(["exposed", "course"], ascending=[False, True])
    area = cells["ability"].map(frames.abilities["area"])
    by_area = cells.groupby([area, "course"])["exposed"].sum().reset_index()
    by_area = by_area.sort_values(["exposed", "course"], ascending=[False, True])
    return _Plan(
        policy=policy,
        hours={kind: float(teaching.by_kind[kind].sum()) for kind in ("practised", "exposed")},
        dated=demand.dated,
        postings_before=demand.postings_before,
        by_ability={str(ability): rows for ability, rows in cells.groupby("ability")},
        by_area=_listed(by_area, "ability", "course"),
        references=_listed(frames.reference_abilities, "ability", "reference_course"),
        certifications=_listed(frames.certification_courses, "reference_course", "certification"),
        blocking=blocking,
        likeness={
            str(ability): dict(zip(rows["course"], rows["score"], strict=True))
            for ability, rows in frames.likeness.groupby("ability")
        },
    )


def _listed(rows: pd.DataFrame, key: str, value: str) -> dict[str, tuple[str, ...]]:
    """Each key with its distinct values, in the order of the rows."""
    return {str(name): tuple(dict.fromkeys(values)) for name, values in rows.groupby(key)[value]}


BY_LABEL: Final[dict[str, Callable[[Row, _Plan], Recommendation]]] = {
    "untaught": _add,
    "untaught_emerging": _add,
    "theory_without_practice": _shift_to_practice,
    "under_taught_and_practised": _give_more_hours,
    "under_taught": _give_more_hours,
    "under_practised": _shift_to_practice,
    "level_below": _raise_level,
    "obsolete_candidate": _retire,
    "over_taught": _retire,
}
