"""How far a curriculum serves each position, and which courses of each certificate it offers."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from .frames import CertificationReadiness, CurriculumFrames


def position_readiness(abilities: pd.DataFrame, frames: CurriculumFrames) -> pd.DataFrame:
    """For every position: how many of its distinct required abilities are taught, practised and assessed.

    Index position in the framework's order; columns required, taught, practised, unstated (practice that the plan
    does not state), assessed (counts) and prepared (bool: the curriculum says that it prepares for it, or names
    no position and so means all).
    Taught and practised ask for any hours of the kind, assessed for assessment hours or the level A; none of
    them asks whether the hours are enough, which the labels do.
    """
    required = frames.requirements[["position", "ability"]].drop_duplicates()
    served = pd.DataFrame(
        {
            "required": True,
            "taught": abilities["taught_hours"] > 0,
            "practised": abilities["practised_hours"] > 0,
            "unstated": (abilities["practised_hours"] == 0) & (abilities["practised_high"] != 0),
            "assessed": (abilities["assessed_hours"] > 0) | (abilities["level_reached"] == "A"),
        },
        index=abilities.index,
    )
    counts = served.loc[required["ability"]].astype(int).groupby(required["position"].to_numpy()).sum()
    positions = pd.Index(frames.positions, name="position", dtype=object)
    readiness = counts.reindex(positions, fill_value=0)
    return readiness.assign(prepared=positions.isin(frames.prepares_for or frames.positions))


def certification_readiness(frames: CurriculumFrames) -> tuple[CertificationReadiness, ...]:
    """For every certificate as a whole, then for each of its directions: courses required, offered, missing.

    Courses that a certificate asks for without naming a direction count in each of its directions.
    """
    rows = frames.certification_courses.assign(direction=frames.certification_courses["direction"].fillna(""))
    return tuple(
        _readiness(certification, direction, courses, set(frames.offered["reference_course"]))
        for certification, asked in rows.groupby("certification", sort=False)
        for direction, courses in _by_direction(asked)
    )


def _by_direction(asked: pd.DataFrame) -> Iterator[tuple[str, pd.Series]]:
    yield "", asked["reference_course"]
    for direction in asked["direction"].unique():
        if direction:
            yield direction, asked["reference_course"][asked["direction"].isin(["", direction])]


def _readiness(certification: object, direction: str, courses: pd.Series, offered: set[str]) -> CertificationReadiness:
    required = tuple(dict.fromkeys(courses))
    return CertificationReadiness(
        certification=str(certification),
        direction=direction,
        required=required,
        offered=tuple(course for course in required if course in offered),
        missing=tuple(course for course in required if course not in offered),
    )
