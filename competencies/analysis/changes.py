"""Changes of demand between two periods, on effective postings: one rule for labels and for the page of trends."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from .demand import adjusted_p_values
from .effective import LEAST_MENTIONS, EffectiveCounts, unknown_demand
from .frames import FDR, MIN_POSTINGS
from .rates import binomial_distance, counts, expect_postings, rate_change_bounds, two_proportion_score_p

Counted = tuple[npt.ArrayLike, npt.ArrayLike]  # mentions, postings
RISING, FALLING, OPEN, TOO_FEW, UNKNOWN = "rising", "falling", "open", "too_few", "unknown"
MEASURES: Final = ("difference", "low", "high", "p", "adjusted")


def no_change_because(before: EffectiveCounts, after: EffectiveCounts, *, min_postings: int = MIN_POSTINGS) -> str:
    """Why these periods cannot be compared, "" where they can: demand is unknown in one of them.

    The earlier one is asked first: too_few_postings_before, too_few_employers_before, …_after.
    """
    for name, side in (("before", before), ("after", after)):
        if reason := unknown_demand(side, min_postings=min_postings):
            return f"{reason}_{name}"
    return ""


def demand_change(
    before: EffectiveCounts, after: EffectiveCounts, *, min_postings: int = MIN_POSTINGS, fdr: float = FDR
) -> pd.DataFrame:
    """The change of every ability's rate, its interval, its test and what follows, in one family.

    Both periods hold the same abilities in the same order. Returns one row an ability: before, after (mentions),
    rate_before, rate_after, difference (after − before, in [-1, 1]), low and high (95 %, Newcombe, unadjusted), p
    (pooled score test), adjusted (BH) and trend: rising or falling where adjusted ≤ `fdr`, else open, which means
    that no change was shown, not that there was none. Abilities with fewer than 5 mentions in both periods together
    are too_few: not tested, p and adjusted nan. Where demand is unknown in either period every trend is unknown and
    everything from difference on nan.
    Source: Rao and Scott 1992, Biometrics 48, 577-585; Newcombe 1998, Stat. Med. 17, 873-890, method 10;
    Benjamini and Hochberg 1995, JRSS B 57, 289-300.

    >>> from competencies.analysis.effective import effective_counts
    >>> old, new = (effective_counts([[1]] * k + [[0]] * (20 - k), None) for k in (2, 12))
    >>> demand_change(old, new, min_postings=20)[["difference", "trend"]].values.tolist()
    [[0.5, 'rising']]
    """
    sides = {"before": before.mentions, "after": after.mentions}
    table = pd.DataFrame(sides | {"rate_before": before.rates, "rate_after": after.rates})
    table[list(MEASURES)] = np.nan
    if not len(table) or no_change_because(before, after, min_postings=min_postings):
        return table.assign(trend=UNKNOWN)
    old, new = ((side.effective_mentions, side.effective_postings) for side in (before, after))
    table["difference"], table["low"], table["high"] = rate_change_bounds(old, new)
    tested = table["before"] + table["after"] >= LEAST_MENTIONS
    p = two_proportion_score_p(*old, *new)[tested]
    table.loc[tested, "p"], table.loc[tested, "adjusted"] = p, adjusted_p_values(p)
    sure = table["adjusted"] <= fdr
    rules = {TOO_FEW: ~tested, RISING: sure & (table["difference"] > 0), FALLING: sure & (table["difference"] < 0)}
    return table.assign(trend=np.select(list(rules.values()), list(rules), default=OPEN))


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
