"""The arithmetic of one analysis in bare numpy: its products and draws, on arrays that are ready made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from curricula.analysis.gap import Prepared

REPLICATIONS = 20_000  # of chance, as porter_permutation_null draws by itself
BLOCK = 2_000_000


@dataclass(frozen=True)
class Arrays:
    shares: Any  # courses × abilities
    hours: Any  # courses × modes
    employers: Any  # employers × abilities, mentions
    distances: list[Any]  # of each pair: half the distance of every left share to every right one


def ready_made(prepared: Prepared) -> Arrays:
    cells, demand, sides = prepared.judged.teaching.cells, prepared.asked.demand, prepared.judged.sides
    shares = cells.pivot_table(index="course", columns="ability", values="share")
    shares = shares.reindex(columns=prepared.frames.abilities.index).fillna(0.0)
    codes = np.unique(demand.employers.astype(str), return_inverse=True)[1]
    mentions = np.zeros((codes.max() + 1, demand.matrix.shape[1]))
    np.add.at(mentions, codes, demand.matrix.toarray())
    sums = sides.amounts / sides.amounts.sum()
    pairs = [pair.split("_") for pair in prepared.analysis.alignment]
    return Arrays(
        shares=shares.to_numpy(),
        hours=prepared.frames.hours.loc[shares.index].to_numpy(),
        employers=mentions,
        distances=[np.abs(np.subtract.outer(*sums[pair].to_numpy().T)) / 2 for pair in pairs],
    )


def resampled(arrays: Arrays, *, draws: int) -> tuple[Any, Any]:
    """Hours of every ability, the mentions of every resample, and the index of each with the hours."""
    exposed = arrays.shares.T @ arrays.hours
    fixed = exposed.sum(axis=1) / exposed.sum()
    rng, number = np.random.default_rng(0), len(arrays.employers)
    block = max(1, BLOCK // number)
    indices = []
    for start in range(0, draws, block):
        rows = min(block, draws - start)
        picked = rng.integers(0, number, (rows, number)) + np.arange(rows)[:, None] * number
        weights = np.bincount(picked.ravel(), minlength=rows * number).reshape(rows, number).astype(float)
        mentions = weights @ arrays.employers
        indices.append(1 - np.abs(mentions / mentions.sum(axis=1, keepdims=True) - fixed).sum(axis=1) / 2)
    return exposed, np.quantile(np.concatenate(indices), [0.025, 0.975])


def chance(arrays: Arrays) -> list[Any]:
    """The band of each pair, by numpy's own permutations."""
    bands = []
    for distances in arrays.distances:
        rng, places = np.random.default_rng(0), np.arange(len(distances))
        block = BLOCK // len(distances)
        drawn = [
            1 - distances[places, rng.permuted(np.tile(places, (block, 1)), axis=1)].sum(axis=1)
            for _ in range(-(-REPLICATIONS // block))
        ]
        bands.append(np.quantile(np.concatenate(drawn), [0.05, 0.95]))
    return bands
