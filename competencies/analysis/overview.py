"""What postings ask for: how many mention each ability, how sure its rate is, and who stands behind it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from . import UndefinedMeasure
from .effective import EffectiveCounts, Repetition, counted, unknown_demand
from .frames import MIN_POSTINGS, PostingFrames


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
    repetition: Repetition


@dataclass(frozen=True)
class Overview:
    """table: index ability code, the most mentioned first; the columns of `EffectiveCounts.table`, and employers
    (that are named and ask for it), first and last (days of the mentions; NaT where there are none).
    unknown: why these postings do not tell what employers ask for; "" where they do."""

    table: pd.DataFrame
    evidence: Evidence
    unknown: str


def evidence_of(frames: PostingFrames, counts: EffectiveCounts) -> Evidence:
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
        repetition=counts.repetition,
    )


def demand_overview(frames: PostingFrames, *, min_postings: int = MIN_POSTINGS) -> Overview:
    """What is asked for, with the interval of each rate on effective postings.

    Lowest: no posting mentions it; highest: all do. Raises UndefinedMeasure where there are no postings.

    >>> day = pd.Timestamp("2026-03-01")
    >>> rows = [dict(employer=e, region="", published=day, counted_on=day, position="", source="s", vocabulary=1,
    ...              near_group="") for e in "aabc"]
    >>> mentions = pd.DataFrame({"posting": [0, 1], "ability": ["sql", "sql"]})
    >>> seen = demand_overview(PostingFrames(pd.DataFrame(rows), mentions, ("sql", "excel")))
    >>> seen.table["mentions"].tolist(), seen.evidence.employers, seen.unknown
    ([2.0, 0.0], 3, 'too_few_postings')
    """
    counts = counted(frames)
    evidence = evidence_of(frames, counts)
    table = counts.table(pd.Index(frames.abilities, name="ability")).join(_voices(frames))
    table["employers"] = table["employers"].fillna(0).astype(int)
    ordered = table.sort_values("mentions", ascending=False, kind="stable")
    return Overview(ordered, evidence, unknown_demand(counts, min_postings=min_postings))


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
