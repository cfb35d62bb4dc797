"""Changes of demand between two periods, on effective postings: one test for labels and for the page of trends."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from .demand import adjusted_p_values
from .effective import LEAST_MENTIONS, EffectiveCounts
from .rates import (
    binomial_distance,
    counts,
    expect_postings,
    rate_change_bounds,
    two_proportion_score_p,
)

Counted = tuple[npt.ArrayLike, npt.ArrayLike]  # mentions, postings


def rate_changes(
    before: EffectiveCounts, after: EffectiveCounts, *, asked: npt.NDArray[np.bool_] | None = None
) -> pd.DataFrame:
    """The change of every ability's rate, its interval and its test, in one family.

    Both periods hold the same abilities in the same order; `asked` leaves some of them out of the family.
    Returns one row an ability: rate_before, rate_after, difference (after − before, in [-1, 1]), low and high
    (95 %, Newcombe), p (pooled score test), adjusted (BH) and tested. Abilities with fewer than 5 mentions in
    both periods together are not tested: p and adjusted are nan. Without postings, or with one employer, in
    either period all is nan and nothing is tested.
    Source: Rao and Scott 1992, Biometrics 48, 577-585; Newcombe 1998, Stat. Med. 17, 873-890, method 10.

    >>> from competencies.analysis.effective import effective_counts
    >>> old, new = (effective_counts([[1]] * k + [[0]] * (20 - k), None) for k in (2, 12))
    >>> rate_changes(old, new)[["difference", "tested"]].values.tolist()
    [[0.5, True]]
    """
    table = pd.DataFrame({"rate_before": before.rates, "rate_after": after.rates})
    table[["difference", "low", "high", "p", "adjusted"]] = np.nan
    table["tested"] = False
    old, new = ((side.effective_mentions, side.effective_postings) for side in (before, after))
    if not len(table) or not ((old[1] > 0) & (new[1] > 0)).all():
        return table
    for column, values in zip(("difference", "low", "high"), rate_change_bounds(old, new), strict=True):
        table[column] = values
    enough = before.mentions + after.mentions >= LEAST_MENTIONS
    table["tested"] = enough if asked is None else enough & asked
    p = two_proportion_score_p(*old, *new)[table["tested"]]
    table.loc[table["tested"], "p"] = p
    table.loc[table["tested"], "adjusted"] = adjusted_p_values(p)
    return table


def skill_change_floor(before: Counted, after: Counted) -> float:
    """The total of `skill_change` to be expected from sampling alone, had nothing changed: E Σ|X₁/n₁ − X₀/n₀|.

    Each side is (mentions, postings), one element an ability, effective ones where employers repeat
    themselves; their number is rounded to whole postings, at least 1. Returns a sum of rates: 0 where every
    rate is 0 or 1, at most half the abilities and reached with single postings. A total at or below it shows
    no change. Raises UndefinedMeasure where a side has no postings.
    Source: exact binomial with the pooled rates; E|A − B| = ∫ F(1 − G) + G(1 − F).

    >>> skill_change_floor(([1], [1]), ([0], [1]))  # two coins: half of the time they differ
    0.5
    """
    (k1, n1), (k2, n2) = counts(*before), counts(*after)
    expect_postings(n1, n2)
    pooled = (k1 + k2) / (n1 + n2)
    n1, n2 = (np.maximum(n.round(), 1).astype(int) for n in (n1, n2))
    return float(sum(map(binomial_distance, n1.tolist(), n2.tolist(), pooled.tolist())))
