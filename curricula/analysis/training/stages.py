"""How far training goes: the five-in-one stages of a plan, of its parts and of each ability (paper 002 §IV.A).

Simulation is not operation (004 §3.3) and experiment is not practice (003 §4.1): they are added nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from curricula.analysis.exposure import stated_practice
from curricula.analysis.frames import MODES

TAUGHT_BY: Final = MODES[:-1]  # the stages that hours teach by; the last is how they end
LEAST: Final = 1e-9  # hours below are what adding floats leaves over
STOPS: Final = (
    *("theory", "demonstration", "simulation"),  # it goes no further
    "before_assessment",  # carried out, and never assessed
    "assessment_open",  # carried out; no course states hours of assessment
    "complete",
    "unknown",  # hours that nobody split into stages may go further
    "untaught",
)


@dataclass(frozen=True)
class StageProfile:
    """Hours by stage, of any set of courses. None is not stated anywhere in the plan; 0 is stated as none."""

    hours: dict[str, float | None]
    unsplit: float  # of stated totals, in no stage
    experiment: float | None  # the part of simulation that the plan calls experiment; None where no course says
    unnamed: float  # simulation of courses that do not say whether it is experiment
    courses: int
    silent: tuple[str, ...]  # codes of those that state no hours at all

    @property
    def total(self) -> float:
        return sum(hours or 0.0 for hours in self.hours.values()) + self.unsplit

    @property
    def theory(self) -> float | None:
        """Theory and demonstration: the first of the three parts of paper 003."""
        return _sum(self.hours["theory"], self.hours["demonstration"])

    @property
    def practice(self) -> float | None:
        """Simulation that is no experiment, and operation; None where it is not said which part is experiment."""
        if self.unnamed > LEAST:
            return None
        simulation = self.hours["simulation"]
        apart = simulation - (self.experiment or 0.0) if simulation is not None else None
        return _sum(apart, self.hours["operation"])

    def part(self, stage: str) -> float | None:
        """Of all hours; None where the stage is not stated or there are none."""
        hours = self.hours[stage]
        return hours / self.total if hours is not None and self.total > 0 else None


@dataclass(frozen=True)
class AbilityStages:
    ability: str
    profile: StageProfile
    stop: str  # one of STOPS
    assessed: bool  # by hours of assessment, or by the level A of a course
    courses: tuple[str, ...]


def stage_table(hours: pd.DataFrame, totals: pd.Series, experiment: pd.Series) -> pd.DataFrame:
    """What each course gives to each stage, and what is left open.

    Takes hours (courses × the five stages, nan where not stated), the stated totals and hours of experiment (nan
    where not stated). Returns the stages, unsplit (total − stated stages, ≥ 0), experiment, and open (bool: hours
    of the course may lie in a stage that nobody stated). A blank of a stage that some course of the plan states
    is 0 (METHOD 8); one that no course states is unknown.

    >>> hours = pd.DataFrame([[16, None, None, None, 2]], index=["C"], columns=list(MODES))
    >>> table = stage_table(hours, pd.Series({"C": 32.0}), pd.Series({"C": None}))
    >>> float(table.loc["C", "unsplit"]), bool(table.loc["C", "open"])
    (14.0, True)
    """
    stages = hours.reindex(columns=list(MODES)).astype(float)
    total = totals.reindex(stages.index).astype(float)
    unsplit = stated_practice(stages, total)["unsplit"].fillna(0.0)
    unstated = stages[["simulation", "operation"]].isna().all().any()  # by the whole plan
    opened = (unsplit > LEAST) | (total.isna() & (bool(unstated) | stages.isna().all(axis=1)))
    known = experiment.reindex(stages.index).astype(float)
    return stages.assign(unsplit=unsplit, experiment=known, open=opened)


def stage_profile(table: pd.DataFrame, *, within: pd.DataFrame | None = None) -> StageProfile:
    """The hours by stage of the courses in a `stage_table`, or of some rows of it `within` the whole.

    Whether a stage is stated is asked of the whole plan, because a blank beside stated ones is a 0.
    """
    stated = (table if within is None else within)[list(MODES)].notna().any()
    sums = table[list(MODES)].sum()
    simulated = table["simulation"].fillna(0.0)
    named = table["experiment"].notna()
    return StageProfile(
        hours={mode: float(sums[mode]) if stated[mode] else None for mode in MODES},
        unsplit=float(table["unsplit"].sum()),
        experiment=float(table["experiment"].sum()) if named.any() else None,
        unnamed=float(simulated[~named].sum()),
        courses=len(table),
        silent=tuple(map(str, table.index[table[list(MODES)].isna().all(axis=1) & (table["unsplit"] <= LEAST)])),
    )


def profiles_by(table: pd.DataFrame, groups: Mapping[str, str]) -> dict[str, StageProfile]:
    """The profile of each group of courses, such as a module or a type, in the order of the courses.

    Courses without a group come last, under "". Each course is in one group, so the groups add up to the plan.
    """
    named = pd.Series({code: groups.get(str(code), "") for code in table.index}, dtype=object)
    order = sorted(dict.fromkeys(named), key=lambda name: name == "")
    return {name: stage_profile(table[(named == name).to_numpy()], within=table) for name in order}


def ability_stages(table: pd.DataFrame, cells: pd.DataFrame, abilities: Iterable[str]) -> list[AbilityStages]:
    """Each ability with the hours that courses hand to it, and the stage at which it stops.

    `cells` holds one row a course and ability: course, ability, share (of the course, 0 to 1), level. The stop is
    the furthest stage with stated hours; where operation is reached, whether assessment follows. A stage that is
    passed over is told, and is no stop: few plans write down demonstration. Where hours of a course may lie in a
    stage that nobody stated, and none is stated further on, the stop is unknown. `assessment_open` is said where no
    course states hours of assessment, of what no course serves at the level A.
    """
    served = cells[cells["share"] > 0]
    by_ability = dict(tuple(served.groupby("ability", sort=False)))
    told = bool(table["assessment"].notna().any())
    return [_ability(ability, table, by_ability.get(ability, served.iloc[:0]), told=told) for ability in abilities]


def _ability(ability: str, table: pd.DataFrame, cells: pd.DataFrame, *, told: bool) -> AbilityStages:
    share = cells.groupby("course", sort=False)["share"].sum()
    courses = table.reindex(share.index)
    amounts = [*MODES, "unsplit", "experiment"]
    given = courses.assign(**{name: courses[name] * share for name in amounts})
    profile = stage_profile(given, within=table)
    reached = [stage for stage in TAUGHT_BY if (profile.hours[stage] or 0.0) > LEAST]
    furthest = reached[-1] if reached else ""  # the last one before assessment
    assessed = (profile.hours["assessment"] or 0.0) > LEAST or bool((cells["level"] == "A").any())
    return AbilityStages(
        ability=ability,
        profile=profile,
        stop=_stop(furthest, assessed=assessed, told=told, opened=bool(courses["open"].astype(bool).any())),
        assessed=assessed,
        courses=tuple(map(str, share.index)),
    )


def _stop(furthest: str, *, assessed: bool, told: bool, opened: bool) -> str:
    """`told`: some course states hours of assessment."""
    if furthest == "operation":
        return "complete" if assessed else "before_assessment" if told else "assessment_open"
    if opened:
        return "unknown"
    return furthest or "untaught"


def _sum(*parts: float | None) -> float | None:
    """Of what is stated; None where nothing is."""
    stated = [part for part in parts if part is not None]
    return float(sum(stated)) if stated else None
