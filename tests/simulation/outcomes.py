"""What the analysis says of a program, held against the truth: how often each word was said, wrongly or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from competencies.analysis import UndefinedMeasure
from competencies.analysis.checks import Floats
from curricula.analysis.ability_stats import excess_margin, short_margin
from curricula.analysis.alignment import porter_index, porter_permutation_null, vintage_interval
from curricula.analysis.frames import GapAnalysis, Policy
from curricula.analysis.gap import analyse

from .programs import Program

Flags = npt.NDArray[np.bool_]

DRAWS: Final = 200  # bootstrap resamples; coverage needs fewer than a page does
EXCHANGES: Final = 2_000
UNDER: Final = ("under_taught_and_practised", "under_taught", "under_practised")
ANY_UNDER: Final = "under"  # the three together


@dataclass(frozen=True)
class Outcome:
    """`hits` of the `cases` in which something could have happened, in one program."""

    what: str
    hits: int
    cases: int


def outcomes(program: Program, policy: Policy | None = None) -> Iterator[Outcome]:
    """Everything that one program tells."""
    analysis = analyse(program.frames, policy or Policy(), draws=DRAWS)
    yield from _labels(program, analysis)
    yield from _trends(program, analysis)
    yield from _coverage(program, analysis)
    yield from _chance(program, analysis)
    yield from _age(program)


def claims(program: Program, policy: Policy) -> dict[str, Flags]:
    """Where each label would be true had everybody's demand been counted without error, in the order of the rules."""
    rate, demand = program.rate, program.rate / program.rate.sum()
    exposed = program.theory + program.practice
    size, practised = exposed / exposed.sum(), program.practice / program.practice.sum()
    short, too_much = _beyond(size, demand, exposed.sum(), policy)
    short_practice, too_much_practice = _beyond(practised, demand, program.practice.sum(), policy)
    absent, wanted = exposed == 0, program.required | (rate > policy.demand_floor)
    weights = program.frames.requirements.groupby("ability")["weight"].sum()
    required = weights.reindex(program.frames.abilities.index, fill_value=0.0).to_numpy() / weights.sum()
    fading = (rate < policy.demand_floor) & (rate <= program.rate_before / 2)
    more_than_required = size - required >= policy.least_hours / exposed.sum()
    return {
        "untaught_emerging": absent & (rate >= 2 * program.rate_before) & (rate > 0.01),
        "untaught": absent & wanted,
        "outside": absent & ~wanted,
        "theory_without_practice": (program.theory > 0) & (program.practice == 0) & wanted,
        "obsolete_candidate": ~absent & ~program.required & fading,
        "under_taught_and_practised": ~absent & short & short_practice,
        "under_taught": ~absent & short,
        "under_practised": ~absent & short_practice,
        "over_taught": ~absent & too_much & more_than_required & (rate <= 1 / 2),
        "aligned": ~absent & ~(short | too_much | short_practice | too_much_practice),
    }


def _beyond(size: Floats, demand: Floats, hours: float, policy: Policy) -> tuple[Flags, Flags]:
    short = demand - size >= short_margin(demand, hours, policy)
    return short, size - demand >= excess_margin(demand, hours, policy)


def _labels(program: Program, analysis: GapAnalysis) -> Iterator[Outcome]:
    said = analysis.abilities["label"].to_numpy()
    true = claims(program, analysis.policy)
    rightly = np.select(list(true.values()), list(true), default="")
    for label, holds in true.items():
        yield Outcome(f"{label}:false", int(((said == label) & ~holds).sum()), int((said == label).sum()))
        yield from _missed(label, said == label, rightly == label, said)
    any_said, any_true = np.isin(said, UNDER), np.isin(rightly, UNDER)
    some = true["under_taught"] | true["under_practised"]
    yield Outcome(f"{ANY_UNDER}:false", int((any_said & ~some).sum()), int(any_said.sum()))
    yield from _missed(ANY_UNDER, any_said, any_true, said)
    yield Outcome(f"{ANY_UNDER}:wrong_sign", int(_wrong_sign(program, said).sum()), int(any_said.sum()))
    unknown = analysis.abilities["demand_unknown"].to_numpy()
    yield Outcome("demand_unknown", int(unknown.all()), 1)
    yield Outcome("under:missed_unknown", int((any_true & unknown).sum()), int(any_true.sum()))


def _missed(label: str, said: Flags, rightly: Flags, words: npt.NDArray[np.object_]) -> Iterator[Outcome]:
    undecided = rightly & ~said & np.isin(words, ("inconclusive", "covered"))
    yield Outcome(f"{label}:missed", int((rightly & ~said).sum()), int(rightly.sum()))
    yield Outcome(f"{label}:undecided", int(undecided.sum()), int(rightly.sum()))


def _wrong_sign(program: Program, said: npt.NDArray[np.object_]) -> Flags:
    """Said to be short although it has at least its part of demand."""
    demand, exposed = program.rate / program.rate.sum(), program.theory + program.practice
    enough = exposed / exposed.sum() >= demand
    enough_practice = program.practice / program.practice.sum() >= demand
    taught, practised = np.isin(said, UNDER[:2]), np.isin(said, (UNDER[0], UNDER[2]))
    return (taught & enough) | (practised & enough_practice)


def _trends(program: Program, analysis: GapAnalysis) -> Iterator[Outcome]:
    trend = analysis.abilities["trend"].to_numpy()
    change, known = np.sign(program.rate - program.rate_before), trend != "unknown"
    moved = np.isin(trend, ("rising", "falling"))
    yield Outcome("trend:of_unchanged", int((moved & (change == 0)).sum()), int((known & (change == 0)).sum()))
    said = np.select([trend == "rising", trend == "falling"], [1, -1], default=0)
    yield Outcome("trend:false", int((moved & (said != change)).sum()), int(moved.sum()))
    yield Outcome(
        "trend:missed", int((known & (change != 0) & (said != change)).sum()), int((known & (change != 0)).sum())
    )


def _coverage(program: Program, analysis: GapAnalysis) -> Iterator[Outcome]:
    table = analysis.abilities
    for what, truth, low, high in (
        ("rate", program.found, "demand_low", "demand_high"),
        ("true_rate", program.rate, "demand_low", "demand_high"),
        ("change", program.found - program.found_before, "change_low", "change_high"),
    ):
        ends = table[[low, high]].to_numpy(dtype=float)
        known = ~np.isnan(ends).any(axis=1)
        inside = (ends[:, 0] <= truth) & (truth <= ends[:, 1])
        yield Outcome(f"coverage:{what}", int((inside & known).sum()), int(known.sum()))
    yield _index_covered(program, analysis)


def _index_covered(program: Program, analysis: GapAnalysis) -> Outcome:
    pair = analysis.alignment["practice_demand"]
    if pair.low is None or pair.high is None:
        return Outcome("coverage:index", 0, 0)
    truth = porter_index(program.practice, program.found)
    return Outcome("coverage:index", int(pair.low <= truth <= pair.high), 1)


def _chance(program: Program, analysis: GapAnalysis) -> Iterator[Outcome]:
    """Hours that have nothing to do with demand should leave the band in one of ten cases, half of them below."""
    mentions = program.now.mentions.sum(axis=0)
    below = above = 0
    for hours in program.unrelated:
        index = porter_index(hours, mentions)
        band = porter_permutation_null(hours, mentions, replications=EXCHANGES)
        below, above = below + (index < band.low), above + (index > band.high)
    yield Outcome("band:below", int(below), len(program.unrelated))
    yield Outcome("band:above", int(above), len(program.unrelated))
    pair = analysis.alignment["practice_demand"]
    if pair.index is not None and pair.null_high is not None:
        yield Outcome("band:recognised", int(pair.index > pair.null_high), 1)


def _age(program: Program) -> Iterator[Outcome]:
    """Is a plan called dated, or ahead, although demand has not changed?"""
    sides = program.unchanged, program.now
    names = [[f"{place}.{name}" for name in batch.employers] for place, batch in enumerate(sides)]
    hours = program.theory + program.practice
    try:
        low, high = vintage_interval(hours, *(batch.mentions for batch in sides), tuple(names), draws=DRAWS)
    except UndefinedMeasure:
        return
    yield Outcome("age:false", int(low > 1 or high < 1), 1)
