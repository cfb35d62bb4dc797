"""A plan seen through another framework: everything that is said of an ability, said of its counterparts there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from curricula.analysis.frames import LEVELS, CurriculumFrames, DemandFrames, Policy
from curricula.analysis.teaching_hours import teaching_vectors

Counterparts = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class OtherFramework:
    counterparts: Counterparts  # own ability → abilities of the other framework
    abilities: pd.DataFrame  # that framework's frame: index code, column area


@dataclass(frozen=True)
class Crossed:
    frames: CurriculumFrames  # the same plan and demand over the other framework's abilities
    without: tuple[str, ...]  # own abilities with no counterpart; their hours count as unmapped
    unreached: tuple[str, ...]  # abilities of the other framework that no own ability leads to


def through_crosswalk(frames: CurriculumFrames, other: OtherFramework) -> Crossed:
    """The frames of the plan on another framework.

    An ability with several counterparts gives each an equal part of its hours and of its
    requirement weights, so that both are conserved; a posting mentions a counterpart when it mentions any ability
    that leads there, once. A counterpart can be searched for when all abilities that lead to it can. Of several
    levels the highest stands. Raises ValueError for an ability that is in neither framework.
    """
    pairs, abilities = _pairs(frames, other), other.abilities
    own = frames.abilities.index
    return Crossed(
        frames=replace(
            frames,
            abilities=abilities,
            mappings=_mappings(frames, pairs),
            ratings=_highest(_through(frames.ratings, pairs), ["rater", "course", "ability"]),
            requirements=_requirements(frames.requirements, pairs),
            reference_abilities=_through(frames.reference_abilities, pairs).drop(columns="part").drop_duplicates(),
            demand=None if frames.demand is None else _demand(frames.demand, pairs),
        ),
        without=tuple(own[~own.isin(pairs["ability"])]),
        unreached=tuple(abilities.index[~abilities.index.isin(pairs["counterpart"])]),
    )


def _pairs(frames: CurriculumFrames, other: OtherFramework) -> pd.DataFrame:
    """One row an ability and counterpart, with the part of the ability that goes there."""
    crossing = ((ability, set(found)) for ability, found in other.counterparts.items())
    rows = [(ability, counterpart, 1 / len(found)) for ability, found in crossing for counterpart in found]
    pairs = pd.DataFrame(sorted(rows), columns=["ability", "counterpart", "part"])
    for side, known in (("ability", frames.abilities.index), ("counterpart", other.abilities.index)):
        unknown = pairs.loc[~pairs[side].isin(known), side]
        if len(unknown):
            raise ValueError(f"crosswalk: {side} {unknown.iloc[0]!r} is not in its framework")
    return pairs


def _through(rows: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """The rows with each ability replaced by its counterparts, a row each, and the part that goes there."""
    crossed = rows.merge(pairs, on="ability")
    return crossed.assign(ability=crossed.pop("counterpart"))


def _mappings(frames: CurriculumFrames, pairs: pd.DataFrame) -> pd.DataFrame:
    # shares that nobody stated are filled in first: what they are worth hangs on the cells of the own framework
    cells = teaching_vectors(frames, Policy()).cells[["course", "ability", "level", "share"]]
    crossed = _through(cells, pairs)
    crossed["share"] = crossed["share"] * crossed["part"]
    shares = crossed.groupby(["course", "ability"])["share"].sum().clip(upper=1.0)
    levels = _highest(crossed, ["course", "ability"])
    return levels.drop(columns="share").merge(shares.reset_index(), on=["course", "ability"])[list(cells)]


def _highest(rows: pd.DataFrame, cell: list[str]) -> pd.DataFrame:
    """One row a cell, with the highest level that any of its rows has; its share is not stated."""
    ranked = rows.assign(rank=rows["level"].map(LEVELS.index).astype(int)).sort_values("rank", kind="stable")
    kept = ranked.drop_duplicates(cell, keep="last").sort_index()
    return kept.drop(columns=["rank", "part"], errors="ignore").assign(share=float("nan")).reset_index(drop=True)


def _requirements(rows: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    crossed = _through(rows, pairs)
    return crossed.assign(weight=crossed["weight"] * crossed.pop("part"))


def _demand(demand: DemandFrames, pairs: pd.DataFrame) -> DemandFrames:
    searchable = pairs["ability"].isin(demand.searchable).groupby(pairs["counterpart"]).all()
    mentions = _through(demand.mentions[demand.mentions["ability"].isin(demand.searchable)], pairs)
    return replace(
        demand,
        mentions=mentions[["posting", "ability"]].drop_duplicates(ignore_index=True),
        searchable=frozenset(searchable.index[searchable]),
    )
