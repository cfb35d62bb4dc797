"""The gap analysis of one curriculum, from its frames to every number, label, warning and recommendation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pandas as pd

from . import warnings
from .ability_stats import ability_sizes
from .advice import blocking_factors, recommendations
from .demand_periods import Demand, demand_vectors
from .electives import elective_cautions
from .evidence_bands import resting_on
from .frames import (
    EVIDENCE,
    PAIRS,
    TAUGHT_MODES,
    Agreement,
    CurriculumFrames,
    GapAnalysis,
    Notice,
    PairAlignment,
    Policy,
)
from .labels import with_labels
from .pairs import Sides, drawn_demand, pair_alignments, pair_sides, signed_terms, with_chance_bands, withheld_sides
from .raters import is_provisional, plan_agreement, plan_credibility
from .readiness import certification_readiness, position_readiness
from .reasons import with_reasons
from .teaching_hours import Required, Teaching, required_vectors, teaching_vectors
from .validation import check

PRAGMATIC: Final = Policy()
ABILITY_COLUMNS: Final = (
    *("area", "counted", "searchable", *TAUGHT_MODES),
    *("taught_hours", "practised_hours", "exposure_hours", "assessed_hours", "unsplit_hours"),
    *(f"evidence_{band}" for band in EVIDENCE),
    *("practised_low", "practised_high", "taught_share", "practised_share", "exposure_share"),
    *("practised_share_low", "practised_share_high", "required_weight", "required_share"),
    *("demand_mentions", "effective_postings", "demand_rate", "demand_low", "demand_high"),
    *("demand_share", "demand_share_low", "demand_share_high"),
    *("mentions_before", "rate_before", "change", "change_low", "change_high", "p_change"),
    *("level_reached", "level_required", "level_assumed_required"),
    *("exposure_status", "theory_status", "practice_status", "trend", "label", "wanted"),
    *("demand_unknown", "chain_incomplete", "shares_assumed", "never_assessed", "assessment_open"),
    "provisional",
    *("reasons", "courses", "gap", *(f"gap_{pair}" for pair in PAIRS)),
)


@dataclass(frozen=True)
class Asked:
    """What is asked of the curriculum: it stays the same whatever the plan does.

    drawn: demand weights in each resample of the postings, None without mentions.
    """

    required: Required
    demand: Demand
    drawn: pd.DataFrame | None


@dataclass(frozen=True)
class Judged:
    """What the plan amounts to. table: sizes, labels and flags of every ability, without reasons."""

    teaching: Teaching
    table: pd.DataFrame
    sides: Sides
    agreement: Agreement
    unfinished: bool  # the mapping: nothing is judged but what is missing in it


def asked_of(frames: CurriculumFrames, policy: Policy, *, draws: int, seed: int) -> Asked:
    """Requirements, demand and its resamples; nearly all the time that an analysis takes."""
    demand = demand_vectors(frames)
    return Asked(
        required=required_vectors(frames),
        demand=demand,
        drawn=drawn_demand(demand, policy, draws=draws, seed=seed),
    )


def judge(frames: CurriculumFrames, asked: Asked, policy: Policy, *, agreement: Agreement) -> Judged:
    """Hours against what is asked: the size, statuses and label of every ability, and the sides of the pairs."""
    teaching, demand, required = teaching_vectors(frames, policy), asked.demand, asked.required
    unfinished = warnings.mapping_unfinished(teaching.unmapped_part, signed_off=frames.signed_off)
    sizes = ability_sizes(frames, teaching=teaching, required=required, demand=demand, policy=policy)
    provisional = is_provisional(agreement)
    table = with_labels(sizes, frames, policy=policy, provisional=provisional, unfinished=unfinished)
    withheld = withheld_sides(teaching, demand, policy=policy, unfinished=unfinished)
    return Judged(teaching, table, pair_sides(table, demand, policy=policy, withheld=withheld), agreement, unfinished)


@dataclass(frozen=True)
class Prepared:
    """A plan analysed once, with all that its edits cannot touch: for those who ask what would be if."""

    frames: CurriculumFrames
    policy: Policy
    draws: int
    seed: int
    asked: Asked
    judged: Judged
    analysis: GapAnalysis


def analyse(frames: CurriculumFrames, policy: Policy = PRAGMATIC, *, draws: int = 2000, seed: int = 0) -> GapAnalysis:
    """One curriculum against its framework and its demand, by METHOD.md.

    `draws` is the number of bootstrap resamples of postings and of rated cells, `seed` makes them repeatable:
    the same frames, policy, draws and seed give the same result. The frames are not changed. Raises
    ValueError that names the first row which breaks the contract of frames.py.
    """
    return prepare(frames, policy, draws=draws, seed=seed).analysis


def prepare(frames: CurriculumFrames, policy: Policy = PRAGMATIC, *, draws: int = 2000, seed: int = 0) -> Prepared:
    """The same analysis, kept together with what it was made of."""
    check(frames)
    frames = resting_on(frames, policy.least_evidence)
    asked = asked_of(frames, policy, draws=draws, seed=seed)
    judged = judge(frames, asked, policy, agreement=plan_agreement(frames, draws=draws, seed=seed))
    alignment = with_chance_bands(pair_alignments(judged.sides, drawn=asked.drawn), judged.sides, seed=seed)
    analysis = reported(frames, asked, judged, policy=policy, alignment=alignment)
    return Prepared(frames, policy, draws, seed, asked, judged, analysis)


def reported(
    frames: CurriculumFrames, asked: Asked, judged: Judged, *, policy: Policy, alignment: dict[str, PairAlignment]
) -> GapAnalysis:
    """What was judged with its reasons, its advice and what a reader must know before the numbers."""
    teaching, demand = judged.teaching, asked.demand
    table = with_reasons(judged.table, teaching=teaching, demand=demand, policy=policy, unfinished=judged.unfinished)
    blocking, cycles = blocking_factors(frames)
    advice = recommendations(table, frames, teaching=teaching, demand=demand, policy=policy, blocking=blocking)
    return GapAnalysis(
        policy=policy,
        abilities=table.join(signed_terms(judged.sides))[list(ABILITY_COLUMNS)],
        areas=teaching.by_mode.groupby(frames.abilities["area"], sort=False).sum(),
        cells=teaching.cells,
        unmapped=teaching.unmapped,
        unmapped_part=teaching.unmapped_part,
        assumed_shares=int(teaching.cells["assumed"].sum()),
        alignment=alignment,
        positions=position_readiness(table, frames),
        certifications=certification_readiness(frames),
        # What only seems to lack under better evidence alone is declared in some course, and not to be added again.
        recommendations=() if judged.unfinished or policy.least_evidence != EVIDENCE[0] else advice,
        warnings=(
            *_warnings(frames, asked, judged, policy),
            *warnings.undefined_cautions(alignment),
            *warnings.single_ability_cautions(alignment),
            *cycles,
        ),
        agreement=judged.agreement,
        evidence=demand.evidence,
        demand_unknown=demand.unknown(policy),
        unfinished=judged.unfinished,
        credibility=plan_credibility(frames),
    )


def _warnings(frames: CurriculumFrames, asked: Asked, judged: Judged, policy: Policy) -> Iterator[Notice]:
    yield from warnings.evidence_cautions(frames, policy)
    yield from warnings.first_cautions(frames, judged.teaching, unfinished=judged.unfinished)
    yield from warnings.demand_cautions(frames, asked.demand, policy)
    yield from warnings.vocabulary_cautions(judged.table, frames)
    yield from warnings.requirement_cautions(asked.required)
    yield from warnings.curriculum_cautions(frames, judged.teaching)
    yield from elective_cautions(frames, policy)
    yield from warnings.agreement_cautions(judged.agreement)
    yield from warnings.finding_cautions(judged.table)
