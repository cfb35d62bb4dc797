"""The part of the analysis that a what-if repeats, apart from the part that no edit of a plan can touch."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from .ability_stats import ability_sizes
from .demand_periods import Demand, demand_vectors
from .frames import Agreement, CurriculumFrames, Policy
from .labels import with_labels
from .pairs import Sides, drawn_demand, pair_sides
from .raters import is_provisional
from .teaching_hours import Required, Teaching, required_vectors, teaching_vectors


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
    teaching = teaching_vectors(frames, policy)
    sizes = ability_sizes(frames, teaching=teaching, required=asked.required, demand=asked.demand, policy=policy)
    table = with_labels(sizes, frames, policy=policy, provisional=is_provisional(agreement))
    postings = asked.demand.postings
    sides = pair_sides(table, teaching=teaching, required=asked.required, policy=policy, postings=postings)
    return Judged(teaching, table, sides, agreement)
