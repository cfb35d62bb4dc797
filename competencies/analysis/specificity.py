"""Which abilities are asked for in one position more than elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from .checks import Floats
from .demand import adjusted_p_values, effective_use
from .effective import EffectiveCounts, counted, unknown_demand
from .frames import FDR, PostingFrames, chosen
from .rates import binomial_midp


@dataclass(frozen=True)
class Specificity:
    """Positions × abilities, in the orders given.

    ratios: revealed comparative advantage; 0 not asked for there, 1 as everywhere, above 1 specific; nan undefined.
    mentions: how many postings of the position mention the ability. sure: whether the ratio differs from 1 by more
    than chance (binomial mid-p of the mentions against the ability's share in all positions, BH over all cells).
    postings: by position. unknown: too_few_employers (or too_few_postings: none) where nothing is sure of a position,
    else "". positions_undefined and abilities_undefined: why a whole row or column has no ratio.
    """

    ratios: pd.DataFrame
    mentions: pd.DataFrame
    sure: pd.DataFrame
    postings: pd.Series
    unknown: dict[str, str]
    positions_undefined: dict[str, str]  # no_postings or no_mentions
    abilities_undefined: dict[str, str]  # never_mentioned

    @property
    def defined(self) -> bool:
        return bool(self.ratios.notna().any(axis=None))


def specificity(frames: PostingFrames, positions: Sequence[str], *, fdr: float = FDR) -> Specificity:
    """How specific each ability is to each position, over the postings whose position is known.

    The test is exact and so needs no least number of postings, but employers enough to know how they differ.

    Source: Balassa 1965; Alabdulkareem et al. 2018, Science Advances 4, eaao6030, equation 1.
    """
    named = frames.postings["position"]
    sides = {code: counted(chosen(frames, named == code)) for code in positions}
    return specificity_of(sides, frames.abilities, fdr=fdr)


def specificity_of(
    sides: Mapping[str, EffectiveCounts], abilities: Sequence[str] | pd.Index, *, fdr: float = FDR
) -> Specificity:
    """The same from what the postings of each position say in effect, of abilities in this order."""
    mentions = _table({code: side.mentions for code, side in sides.items()}, abilities)
    unknown = {code: unknown_demand(side, min_postings=1) for code, side in sides.items()}
    by_position, by_ability = mentions.sum(axis=1), mentions.sum(axis=0)
    empty = pd.DataFrame(np.nan, index=mentions.index, columns=mentions.columns)
    some = bool(mentions.to_numpy().sum())
    worth = {code: side.effective_postings / (side.postings or np.nan) for code, side in sides.items()}
    known = mentions.index.map(unknown) == ""
    return Specificity(
        ratios=pd.DataFrame(effective_use(mentions), mentions.index, mentions.columns) if some else empty,
        mentions=mentions,
        sure=_sure(mentions, _table(worth, abilities), known, fdr) if some else empty.notna(),
        postings=pd.Series({code: side.postings for code, side in sides.items()}),
        unknown=unknown,
        positions_undefined={
            code: "no_mentions" if sides[code].postings else "no_postings" for code in mentions.index[by_position == 0]
        },
        abilities_undefined=dict.fromkeys(mentions.columns[by_ability == 0], "never_mentioned"),
    )


def _table(rows: Mapping[str, Floats], abilities: Sequence[str] | pd.Index) -> pd.DataFrame:
    cells = np.array(list(rows.values()), dtype=float).reshape(len(rows), len(abilities))
    return pd.DataFrame(cells, index=list(rows), columns=list(abilities))


def _sure(mentions: pd.DataFrame, weights: pd.DataFrame, known: npt.NDArray[np.bool_], fdr: float) -> pd.DataFrame:
    """Cells that hold more or fewer of the position's mentions than the ability's share of all mentions would give.

    `weights`: what a posting of the position is worth for the ability, n*/n; positions that are not `known` are not
    tested.
    """
    counts = mentions.to_numpy()
    totals = np.broadcast_to(counts.sum(axis=1, keepdims=True), counts.shape)
    shares = np.broadcast_to(counts.sum(axis=0) / counts.sum(), counts.shape)
    possible = (totals > 0) & (shares > 0) & known[:, None]
    sure = np.zeros(counts.shape, dtype=bool)
    worth = weights.to_numpy()[possible]
    p = binomial_midp(counts[possible] * worth, totals[possible] * worth, shares[possible])
    sure[possible] = adjusted_p_values(np.minimum(p, 1.0)) <= fdr
    return pd.DataFrame(sure, mentions.index, mentions.columns)
