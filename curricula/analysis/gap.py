"""The gap analysis of one curriculum, from its frames to every number, label, warning and recommendation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from . import warnings
from .advice import blocking_factors, recommendations
from .frames import MODES, PAIRS, CurriculumFrames, GapAnalysis, Notice, PairAlignment, Policy
from .judgement import Asked, Judged, asked_of, judge
from .pairs import pair_alignments, signed_terms, with_chance_bands
from .raters import rater_agreement
from .readiness import certification_readiness, position_readiness
from .reasons import with_reasons
from .validation import check

PRAGMATIC: Final = Policy()
ABILITY_COLUMNS: Final = (
    *("area", "counted", "searchable", *MODES),
    *("taught_hours", "practised_hours", "exposure_hours", "assessed_hours"),
    *("taught_share", "practised_share", "exposure_share", "required_weight", "required_share"),
    *("demand_mentions", "demand_rate", "demand_low", "demand_high"),
    *("demand_share", "demand_share_low", "demand_share_high"),
    *("mentions_before", "rate_before", "change", "change_low", "change_high", "p_change"),
    *("level_reached", "level_required", "level_assumed_required"),
    *("exposure_status", "theory_status", "practice_status", "trend", "label", "wanted"),
    *("demand_unknown", "never_assessed", "provisional", "reasons", "courses", "gap"),
    *(f"gap_{pair}" for pair in PAIRS),
)


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
    asked = asked_of(frames, policy, draws=draws, seed=seed)
    judged = judge(frames, asked, policy, agreement=rater_agreement(frames.ratings, draws=draws, seed=seed))
    indices = pair_alignments(judged.sides, drawn=asked.drawn, postings=asked.demand.postings)
    alignment = with_chance_bands(indices, judged.sides, seed=seed)
    analysis = reported(frames, asked, judged, policy=policy, alignment=alignment)
    return Prepared(frames, policy, draws, seed, asked, judged, analysis)


def reported(
    frames: CurriculumFrames, asked: Asked, judged: Judged, *, policy: Policy, alignment: dict[str, PairAlignment]
) -> GapAnalysis:
    """What was judged with its reasons, its advice and what a reader must know before the numbers."""
    teaching, demand = judged.teaching, asked.demand
    table = with_reasons(judged.table, teaching=teaching, demand=demand, policy=policy)
    blocking, cycles = blocking_factors(frames)
    return GapAnalysis(
        policy=policy,
        abilities=table.join(signed_terms(judged.sides))[list(ABILITY_COLUMNS)],
        areas=teaching.by_mode.groupby(frames.abilities["area"], sort=False).sum(),
        cells=teaching.cells,
        unmapped=teaching.unmapped,
        unmapped_part=warnings.unmapped_part(teaching),
        assumed_shares=int(teaching.cells["assumed"].sum()),
        alignment=alignment,
        positions=position_readiness(table, frames),
        certifications=certification_readiness(frames),
        recommendations=recommendations(
            table, frames, teaching=teaching, demand=demand, policy=policy, blocking=blocking
        ),
        warnings=(
            *_warnings(frames, asked, judged, policy),
            *warnings.undefined_cautions(alignment),
            *warnings.single_ability_cautions(alignment),
            *cycles,
        ),
        agreement=judged.agreement,
        evidence=demand.evidence,
    )


def _warnings(frames: CurriculumFrames, asked: Asked, judged: Judged, policy: Policy) -> Iterator[Notice]:
    yield from warnings.demand_cautions(frames, asked.demand, policy)
    yield from warnings.vocabulary_cautions(judged.table, frames)
    yield from warnings.requirement_cautions(frames, asked.required)
    yield from warnings.curriculum_cautions(frames, judged.teaching)
    yield from warnings.agreement_cautions(judged.agreement)
    yield from warnings.finding_cautions(judged.table)
