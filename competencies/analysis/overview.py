"""What postings ask for: how many mention each ability, how sure its rate is, and who stands behind it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from . import UndefinedMeasure
from .frames import PostingFrames
from .rates import design_effect, wilson_bounds


@dataclass(frozen=True)
class Evidence:
    """What stands behind a set of postings."""

    postings: int
    employers: int  # that are named
    unnamed: int  # postings that name no employer
    undated: int
    repeating: int  # postings that nearly repeat another one; counted, because they were advertised
    first: pd.Timestamp
    last: pd.Timestamp


@dataclass(frozen=True)
class Overview:
    """table: index ability code, the most mentioned first; columns mentions, rate, low, high (95 %), effect (design
    effect of the employers, 1 or more), effective (n ÷ effect), wide_low, wide_high (95 % with effective postings),
    employers (that ask for it), first and last (days of the mentions; NaT where there are none)."""

    table: pd.DataFrame
    evidence: Evidence

    @property
    def effective(self) -> float:
        """What the postings are worth where the middle ability is asked about."""
        asked = self.table[self.table["mentions"] > 0]
        return float(asked["effective"].median()) if len(asked) else float(self.evidence.postings)


def evidence_of(frames: PostingFrames) -> Evidence:
    """Postings, employers and days behind a figure. Raises UndefinedMeasure where there are no postings."""
    postings = frames.postings
    if postings.empty:
        raise UndefinedMeasure("No posting fits, so nothing is known of demand.")
    named, groups = postings["employer"][postings["employer"] != ""], postings["near_group"]
    return Evidence(
        postings=len(postings),
        employers=named.nunique(),
        unnamed=len(postings) - len(named),
        undated=int(postings["published"].isna().sum()),
        repeating=int(groups[groups != ""].duplicated().sum()),
        first=postings["counted_on"].min(),
        last=postings["counted_on"].max(),
    )


def demand_overview(frames: PostingFrames) -> Overview:
    """What is asked for, with the interval of each rate as it stands and as wide as the employers make it.

    Wilson's interval takes every posting for a voice of its own. Where employers advertise again and again, the
    design effect says how many postings one voice has, and the wide interval is that of n ÷ effect postings.
    Lowest: no posting mentions it; highest: all do. Raises UndefinedMeasure where there are no postings.
    Sources: Wilson 1927; Kish 1965; Korn and Graubard 1998, Survey Methodology 24, 193-201.

    >>> day = pd.Timestamp("2026-03-01")
    >>> rows = [dict(employer=e, region="", published=day, counted_on=day, position="", source="s", vocabulary=1,
    ...              near_group="") for e in "aabc"]
    >>> mentions = pd.DataFrame({"posting": [0, 1], "ability": ["sql", "sql"]})
    >>> seen = demand_overview(PostingFrames(pd.DataFrame(rows), mentions, ("sql", "excel")))
    >>> seen.table["mentions"].tolist(), seen.evidence.employers
    ([2.0, 0.0], 3)
    """
    evidence, matrix = evidence_of(frames), frames.presence()
    k = np.asarray(matrix.sum(axis=0), dtype=float).ravel()
    n, effect = frames.n, design_effect(matrix, frames.clusters())
    low, high = wilson_bounds(k, n)
    wide_low, wide_high = wilson_bounds(k / effect, n / effect)
    table = pd.DataFrame(
        {
            "mentions": k,
            "rate": k / n,
            "low": low,
            "high": high,
            "effect": effect,
            "effective": n / effect,
            "wide_low": wide_low,
            "wide_high": wide_high,
        },
        index=pd.Index(frames.abilities, name="ability"),
    )
    table = table.join(_voices(frames))
    table["employers"] = table["employers"].fillna(0).astype(int)
    return Overview(table.sort_values("mentions", ascending=False, kind="stable"), evidence)


def _voices(frames: PostingFrames) -> pd.DataFrame:
    """For each ability: how many named employers mention it, and from when to when."""
    rows = frames.mentions.join(frames.postings[["employer", "counted_on"]], on="posting")
    rows["employer"] = rows["employer"].where(rows["employer"] != "", None)
    grouped = rows.groupby("ability")
    return pd.DataFrame(
        {
            "employers": grouped["employer"].nunique(),
            "first": grouped["counted_on"].min(),
            "last": grouped["counted_on"].max(),
        }
    )
