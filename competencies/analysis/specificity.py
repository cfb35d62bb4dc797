"""Which abilities are asked for in one position more than elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .demand import adjusted_p_values, effective_use
from .frames import FDR, PostingFrames
from .rates import binomial_midp


@dataclass(frozen=True)
class Specificity:
    """Positions × abilities, in the orders given.

    ratios: revealed comparative advantage; 0 not asked for there, 1 as everywhere, above 1 specific; nan undefined.
    mentions: how many postings of the position mention the ability. sure: whether the ratio differs from 1 by more
    than chance (binomial mid-p of the mentions against the ability's share in all positions, BH over all cells).
    postings: by position. positions_undefined and abilities_undefined: why a whole row or column has no ratio.
    """

    ratios: pd.DataFrame
    mentions: pd.DataFrame
    sure: pd.DataFrame
    postings: pd.Series
    positions_undefined: dict[str, str]  # no_postings or no_mentions
    abilities_undefined: dict[str, str]  # never_mentioned

    @property
    def defined(self) -> bool:
        return bool(self.ratios.notna().any(axis=None))


def specificity(frames: PostingFrames, positions: Sequence[str], *, fdr: float = FDR) -> Specificity:
    """How specific each ability is to each position, over the postings whose position is known.

    Source: Balassa 1965; Alabdulkareem et al. 2018, Science Advances 4, eaao6030, equation 1.
    """
    named = frames.postings["position"]
    postings = named.value_counts().reindex(list(positions), fill_value=0)
    rows = frames.mentions.assign(position=frames.mentions["posting"].map(named))
    counted = pd.crosstab(rows["position"], rows["ability"])
    mentions = counted.reindex(index=list(positions), columns=list(frames.abilities), fill_value=0)
    by_position, by_ability = mentions.sum(axis=1), mentions.sum(axis=0)
    empty = pd.DataFrame(np.nan, index=mentions.index, columns=mentions.columns)
    some = bool(mentions.to_numpy().sum())
    ratios = pd.DataFrame(effective_use(mentions), mentions.index, mentions.columns) if some else empty
    return Specificity(
        ratios=ratios,
        mentions=mentions,
        sure=_sure(mentions, fdr) if some else empty.notna(),
        postings=postings,
        positions_undefined={
            code: "no_postings" if not postings[code] else "no_mentions" for code in mentions.index[by_position == 0]
        },
        abilities_undefined=dict.fromkeys(mentions.columns[by_ability == 0], "never_mentioned"),
    )


def _sure(mentions: pd.DataFrame, fdr: float) -> pd.DataFrame:
    """Cells that hold more or fewer of the position's mentions than the ability's share of all mentions would give."""
    counts = mentions.to_numpy(dtype=float)
    totals = np.broadcast_to(counts.sum(axis=1, keepdims=True), counts.shape)
    shares = np.broadcast_to(counts.sum(axis=0) / counts.sum(), counts.shape)
    possible = (totals > 0) & (shares > 0)
    sure = np.zeros(counts.shape, dtype=bool)
    p = binomial_midp(counts[possible], totals[possible], shares[possible])
    sure[possible] = adjusted_p_values(np.minimum(p, 1.0)) <= fdr
    return pd.DataFrame(sure, mentions.index, mentions.columns)
