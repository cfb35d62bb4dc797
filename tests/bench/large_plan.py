"""A curriculum larger than any school's: 200 courses, 300 abilities and 20,000 postings over two years."""

from __future__ import annotations

import numpy as np
import pandas as pd

from curricula.analysis.frames import LEVELS, MODES, CurriculumFrames, DemandFrames
from tests.gap_universe import NEWEST

COURSES, ABILITIES, POSTINGS, EMPLOYERS, POSITIONS = 200, 300, 20_000, 4_000, 10
SERVED = 6  # abilities a course
Rng = np.random.Generator


def large_plan(*, seed: int = 0) -> CurriculumFrames:
    rng = np.random.default_rng(seed)
    courses, abilities = _codes("c", COURSES), _codes("a", ABILITIES)
    empty = pd.DataFrame({"rater": [], "course": [], "ability": [], "level": [], "share": []}).astype({"rater": "str"})
    return CurriculumFrames(
        abilities=pd.DataFrame({"area": [f"area {number % 12}" for number in range(ABILITIES)]}, index=abilities),
        courses=pd.DataFrame(
            {"title": courses, "credits": 2.0, "term": np.arange(COURSES) // 25 + 1.0, "required": True}, index=courses
        ),
        hours=pd.DataFrame(
            rng.integers(0, 40, (COURSES, len(MODES))), index=courses, columns=list(MODES), dtype=float
        ),
        mappings=_mappings(rng, courses, abilities),
        ratings=empty,
        prerequisites=_prerequisites(rng, courses),
        requirements=_requirements(rng, abilities),
        positions=tuple(_codes("p", POSITIONS)),
        certification_courses=pd.DataFrame({"certification": [], "direction": [], "reference_course": []}, dtype=str),
        offered=pd.DataFrame({"reference_course": [], "course": []}, dtype=str),
        reference_abilities=pd.DataFrame({"reference_course": [], "ability": []}, dtype=str),
        demand=_demand(rng, abilities),
    )


def _codes(letter: str, number: int) -> list[str]:
    return [f"{letter}{place}" for place in range(number)]


def _mappings(rng: Rng, courses: list[str], abilities: list[str]) -> pd.DataFrame:
    served = np.concatenate([rng.choice(ABILITIES, SERVED, replace=False) for _ in courses])
    size = len(served)
    return pd.DataFrame(
        {
            "course": np.repeat(courses, SERVED),
            "ability": np.array(abilities)[served],
            "level": rng.choice(LEVELS, size),
            "share": rng.choice([np.nan, 0.1], size),
        }
    )


def _prerequisites(rng: Rng, courses: list[str]) -> pd.DataFrame:
    drawn = {(int(first), int(then)) for first, then in rng.integers(0, COURSES, (150, 2)) if first < then}
    return pd.DataFrame(
        [(courses[first], courses[then]) for first, then in sorted(drawn)], columns=["requires", "course"]
    )


def _requirements(rng: Rng, abilities: list[str]) -> pd.DataFrame:
    asked = rng.choice(ABILITIES, 200, replace=False)
    return pd.DataFrame(
        {
            "position": rng.choice(_codes("p", POSITIONS), 200),
            "ability": np.array(abilities)[asked],
            "weight": 1.0,
            "level": rng.choice(["D", "A"], 200),
        }
    )


def _demand(rng: Rng, abilities: list[str]) -> DemandFrames:
    names = pd.Index(_codes("q", POSTINGS))
    postings = pd.DataFrame(
        {
            "employer": rng.choice(_codes("e", EMPLOYERS), POSTINGS),
            "counted_on": NEWEST - pd.to_timedelta(rng.integers(0, 720, POSTINGS), unit="D"),
            "dated": True,
            "position": rng.choice(_codes("p", POSITIONS), POSTINGS),
            "source": "board",
        },
        index=names,
    ).astype({"employer": "str", "position": "str", "source": "str"})
    rates = rng.beta(0.5, 12, ABILITIES)
    rows, columns = np.nonzero(rng.random((POSTINGS, ABILITIES)) < rates)
    mentions = pd.DataFrame({"posting": names[rows], "ability": np.array(abilities)[columns]})
    return DemandFrames(postings, mentions, frozenset(abilities))
