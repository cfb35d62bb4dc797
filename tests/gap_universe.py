"""A small universe to think in: frames from readable parameters, and one ability, `x`, whose fate is asked about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import numpy as np
import pandas as pd

from curricula.analysis.ability_stats import ability_sizes
from curricula.analysis.demand_periods import demand_vectors
from curricula.analysis.frames import MODES, CurriculumFrames, DemandFrames, GapAnalysis, Policy
from curricula.analysis.gap import Prepared, asked_of, judge
from curricula.analysis.labels import with_labels
from curricula.analysis.raters import rater_agreement
from curricula.analysis.reasons import with_reasons
from curricula.analysis.teaching_hours import required_vectors, teaching_vectors
from curricula.analysis.warnings import mapping_unfinished

NEWEST = pd.Timestamp("2026-06-30")
YEAR = pd.DateOffset(months=12)
STANDARD = Policy()


@dataclass
class Postings:
    """`mentions` of each ability among `count` postings, all counted on one day."""

    count: int
    mentions: Mapping[str, int] = field(default_factory=dict)
    day: pd.Timestamp = NEWEST
    dated: bool = True
    position: str | None = None
    employers: Sequence[str | None] | None = None  # repeated from its start until every posting has one
    source: str = "board"


def demand(*batches: Postings, searchable: Iterable[str], duplicates_removed: int = 0) -> DemandFrames:
    """Mentions start one posting later for each ability, so that they overlap as little as counts allow."""
    rows, mentions = [], []
    for number, batch in enumerate(batches):
        names = [f"p{number}.{place}" for place in range(batch.count)]
        employers = batch.employers or [None]
        for place, name in enumerate(names):
            employer = employers[place % len(employers)]
            rows.append((name, employer, batch.day, batch.dated, batch.position, batch.source))
        for shift, (ability, count) in enumerate(batch.mentions.items()):
            mentions += [(names[(place + shift) % batch.count], ability) for place in range(count)]
    columns = ["posting", "employer", "counted_on", "dated", "position", "source"]
    postings = pd.DataFrame(rows, columns=columns).set_index("posting")
    typed = postings.astype({"employer": "str", "position": "str", "source": "str"})
    typed["counted_on"] = pd.to_datetime(typed["counted_on"])
    return DemandFrames(
        postings=typed,
        mentions=pd.DataFrame(mentions, columns=["posting", "ability"]),
        searchable=frozenset(searchable),
        duplicates_removed=duplicates_removed,
    )


def curriculum(
    *,
    abilities: Mapping[str, str] | Sequence[str],
    hours: Mapping[str, Mapping[str, float]] | None = None,
    mappings: Iterable[tuple[str, str, str, float]] = (),
    ratings: Iterable[tuple[str, str, str, str]] = (),
    requirements: Iterable[tuple[str, str, float, str]] = (),
    positions: Sequence[str] | None = None,
    prerequisites: Iterable[tuple[str, str]] = (),
    certification_courses: Iterable[tuple[str, str, str]] = (),
    offered: Iterable[tuple[str, str]] = (),
    reference_abilities: Iterable[tuple[str, str]] = (),
    prepares_for: tuple[str, ...] = (),
    signed_off: bool = False,
    demand: DemandFrames | None = None,
    areas: str = "area",
) -> CurriculumFrames:
    """Frames whose courses are the keys of `hours`, one a term; abilities are in one area unless a mapping says."""
    hours = hours or {}
    area = abilities if isinstance(abilities, Mapping) else dict.fromkeys(abilities, areas)
    asked = pd.DataFrame(requirements, columns=["position", "ability", "weight", "level"])
    return CurriculumFrames(
        abilities=pd.DataFrame({"area": pd.Series(area, dtype=object)}, index=list(area)),
        courses=_courses(list(hours)),
        hours=_hours(hours),
        mappings=pd.DataFrame(mappings, columns=["course", "ability", "level", "share"]),
        ratings=pd.DataFrame(ratings, columns=["rater", "course", "ability", "level"]).assign(share=np.nan),
        prerequisites=pd.DataFrame(prerequisites, columns=["requires", "course"]),
        requirements=asked,
        positions=tuple(positions if positions is not None else dict.fromkeys(asked["position"])),
        certification_courses=pd.DataFrame(
            certification_courses, columns=["certification", "direction", "reference_course"]
        ),
        offered=pd.DataFrame(offered, columns=["reference_course", "course"]),
        reference_abilities=pd.DataFrame(reference_abilities, columns=["reference_course", "ability"]),
        prepares_for=prepares_for,
        signed_off=signed_off,
        demand=demand,
    )


def _courses(titles: list[str]) -> pd.DataFrame:
    terms = np.arange(1.0, len(titles) + 1)
    return pd.DataFrame({"title": titles, "credits": 2.0, "term": terms, "required": True}, index=titles)


def _hours(hours: Mapping[str, Mapping[str, float]]) -> pd.DataFrame:
    rows = [[row.get(mode, 0.0) for mode in MODES] for row in hours.values()]
    return pd.DataFrame(rows, index=list(hours), columns=list(MODES), dtype=float)


FILLERS = tuple(f"f{number}" for number in range(9))


def about_x(
    *,
    theory: float = 0.0,
    practice: float = 0.0,
    assessment: float = 0.0,
    levels: Sequence[str] | None = ("I", "D", "A"),
    required: str | None = None,
    mentions: int = 0,
    mentions_before: int = 0,
    postings: int = 400,
    postings_before: int = 400,
    asked_of_fillers: int = 100,
    searchable: bool = True,
    signed_off: bool = False,
    filler_hours: float = 100.0,
    employers: Sequence[str | None] | None = None,
    chosen: bool = True,
    kind: str = "professional",
) -> CurriculumFrames:
    """Nine abilities in balance, each with `filler_hours` of theory, as many of practice, and equal demand; and `x`.

    `x` has its own courses, one a level of `levels`, over which its hours are split; None: nothing maps to it. The
    plan prepares for the one position, `buyer`, where `chosen`.
    """
    rows = {"mentions": mentions, "before": mentions_before}
    hours, mappings = {}, []
    for filler in FILLERS:
        for level in ("I", "D", "A"):
            course = f"{filler}.{level}"
            hours[course] = {"theory": filler_hours / 3, "operation": filler_hours / 3}
            mappings.append((course, filler, level, 1.0))
    for level in levels or ():
        course = f"x.{level or 'unstated'}"
        parts = {"theory": theory, "operation": practice, "assessment": assessment}
        hours[course] = {mode: value / len(levels or ()) for mode, value in parts.items()}
        mappings.append((course, "x", level, 1.0))
    fillers = dict.fromkeys(FILLERS, asked_of_fillers)
    batches = [
        Postings(postings, {**fillers, "x": rows["mentions"]}, employers=employers, position="buyer"),
        Postings(
            postings_before,
            {**fillers, "x": rows["before"]},
            day=NEWEST - YEAR,
            employers=employers,
            position="buyer",
        ),
    ]
    terms = (*FILLERS, "x") if searchable else FILLERS
    found = curriculum(
        abilities=(*FILLERS, "x"),
        hours=hours,
        mappings=mappings,
        requirements=[] if required is None else [("buyer", "x", 1.0, required)],
        positions=("buyer",),
        prepares_for=("buyer",) if chosen else (),
        signed_off=signed_off,
        demand=demand(*batches, searchable=terms),
    )
    return replace(found, abilities=found.abilities.assign(kind=[*["professional"] * len(FILLERS), kind]))


def judged_only(frames: CurriculumFrames, policy: Policy = STANDARD, *, draws: int = 20) -> Prepared:
    """A plan prepared for what-ifs without indices, reasons and advice, which cost most; its analysis is not there."""
    asked = asked_of(frames, policy, draws=draws, seed=0)
    judged = judge(frames, asked, policy, agreement=rater_agreement(frames.ratings, draws=draws, seed=0))
    return Prepared(frames, policy, draws, 0, asked, judged, cast(GapAnalysis, None))


def labelled(frames: CurriculumFrames, policy: Policy = STANDARD) -> pd.DataFrame:
    """Sizes, labels and reasons of every ability, without the indices, which cost most."""
    teaching, demanded = teaching_vectors(frames, policy), demand_vectors(frames)
    sizes = ability_sizes(frames, teaching=teaching, required=required_vectors(frames), demand=demanded, policy=policy)
    unfinished = mapping_unfinished(teaching.unmapped_part, signed_off=frames.signed_off)
    found = with_labels(sizes, frames, policy=policy, provisional=False, unfinished=unfinished)
    return with_reasons(found, teaching=teaching, demand=demanded, policy=policy, unfinished=unfinished)
