"""What attainment says of each ability beside its gap label, and where one set of marks stands behind several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from curricula.analysis.attainment import Evidence, attainment_finding, distinct_evidence, is_saturated

from .attained import Pooled, Shown, ability_attainment, evidence_of


@dataclass(frozen=True)
class AttainedAbility:
    ability: str
    shown: Shown
    finding: str  # of METHOD.md; no_target where none is stated, "" where nothing is said
    courses: tuple[str, ...]
    group: tuple[str, ...]  # the other abilities that the same marks stand behind


@dataclass(frozen=True)
class AttainmentReading:
    abilities: tuple[AttainedAbility, ...]  # with evidence
    without: tuple[str, ...]  # wanted and taught, and no evidence
    evidence: Evidence
    saturated: bool


def attainment_reading(
    parts: Iterable[Pooled], names: Mapping[str, str], cells: pd.DataFrame, abilities: pd.DataFrame, *, judged: bool
) -> AttainmentReading:
    """Every ability with what its students showed.

    `parts` are those of direct evidence; `names` gives the ability that an indicator stands for. `cells` holds
    course, ability, share and exposed (hours); `abilities`, by code, wanted, exposure_hours, exposure_status and
    practice_status. Where the plan is not `judged`, because its mapping is not finished, no finding is said.
    """
    served = cells[cells["share"] > 0]
    serves = {str(course): [str(each) for each in rows] for course, rows in served.groupby("course")["ability"]}
    columns = (served["ability"].map(str), served["course"].map(str), served["exposed"].astype(float))
    hours = {(ability, course): exposed for ability, course, exposed in zip(*columns, strict=True)}
    behind = {ability: by for ability, by in evidence_of(parts, names, serves).items() if ability in abilities.index}
    evidence = distinct_evidence(
        {ability: [part.keys for rows in by.values() for part in rows] for ability, by in behind.items()}
    )
    groups = {ability: group for group in evidence.shared for ability in group}
    found = tuple(
        _ability(ability, behind[ability], hours, abilities, groups.get(ability, ()), judged=judged)
        for ability in map(str, abilities.index)
        if ability in behind
    )
    wanted = abilities["wanted"].astype(bool) & (abilities["exposure_hours"] > 0)
    without = tuple(str(code) for code in abilities.index[wanted] if code not in behind) if judged else ()
    verdicts = [each.shown.verdict for each in found if each.shown.verdict]
    return AttainmentReading(found, without, evidence, is_saturated(verdicts, []))


def _ability(
    ability: str,
    by_course: Mapping[str, Sequence[Pooled]],
    hours: Mapping[tuple[str, str], float],
    abilities: pd.DataFrame,
    group: Sequence[str],
    *,
    judged: bool,
) -> AttainedAbility:
    shown = ability_attainment(by_course, lambda course: hours.get((ability, course), 0.0))
    return AttainedAbility(
        ability=ability,
        shown=shown,
        finding=_finding(abilities.loc[[ability]].iloc[0], shown) if judged and shown.value is not None else "",
        courses=tuple(dict.fromkeys(part.course for part in shown.parts)),
        group=tuple(other for other in group if other != ability),
    )


def _finding(row: pd.Series, shown: Shown) -> str:
    if shown.value is None:
        return ""
    if shown.target is None and row["exposure_hours"] > 0:
        return "no_target"
    return attainment_finding(
        wanted=bool(row["wanted"]),
        exposure_hours=float(row["exposure_hours"]),
        exposure_status=str(row["exposure_status"]),
        practice_status=str(row["practice_status"]),
        attainment=(shown.value.value, shown.value.low, shown.value.high),
        target=shown.target or 0.0,
    )
