"""What rises, what falls and what is new: the last twelve months against the twelve before, in one vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from .demand import SkillChange, adjusted_p_values, skill_change
from .frames import FDR, MIN_POSTINGS, YEAR, PostingFrames, chosen
from .rates import design_effect, rate_change_bounds, two_proportion_score_p, wilson_bounds

LEAST_MENTIONS: Final = 5  # in both periods together; below, no change could be shown
NEW_FROM: Final = 0.01  # least Wilson low of a rate that is called new
RISING, FALLING, NEW, OPEN, TOO_FEW = "rising", "falling", "new", "open", "too_few"


@dataclass(frozen=True)
class LeftOut:
    """Postings that no trend may use, by the reason."""

    undated: int
    other_vocabulary: int  # searched with former terms
    older: int  # from before the earlier period


@dataclass(frozen=True)
class Period:
    first: pd.Timestamp
    last: pd.Timestamp
    postings: int
    employers: int


@dataclass(frozen=True)
class Trends:
    """reason: "" where changes are computed; else no_dated, too_few_before or too_few_after.

    table: index ability; columns before, after (mentions), rate_before, rate_after, difference, low, high (95 %
    Newcombe, unadjusted), p (score test on mentions ÷ design effect), adjusted (BH, one family over all abilities
    tested) and state. Empty where there is a reason.
    """

    reason: str
    before: Period | None
    after: Period | None
    left_out: LeftOut
    table: pd.DataFrame
    total: SkillChange | None

    def of(self, *states: str) -> pd.DataFrame:
        return self.table[self.table["state"].isin(states)]


def demand_trends(
    frames: PostingFrames, *, vocabulary: int, min_postings: int = MIN_POSTINGS, fdr: float = FDR
) -> Trends:
    """The change of every ability's rate, where two periods of dated postings were searched with the same terms.

    The later period is the twelve months up to the newest dated posting; a posting on the very day twelve months
    earlier belongs to the earlier one. `open` means that no change was shown, not that there was none. `new` is what
    rises, was mentioned by nobody before, and has a Wilson low above 0.01.
    Sources: Newcombe 1998, Stat. Med. 17, 873-890; Benjamini and Hochberg 1995.
    """
    postings = frames.postings
    dated, same = postings["published"].notna(), postings["vocabulary"] == vocabulary
    day = postings["published"].where(dated & same)
    after = chosen(frames, day > day.max() - YEAR)
    before = chosen(frames, (day <= day.max() - YEAR) & (day > day.max() - YEAR - YEAR))
    reason = _reason(before.n, after.n, min_postings)
    table = _empty() if reason else _changes(before, after, fdr=fdr)
    return Trends(
        reason=reason,
        before=_described(before),
        after=_described(after),
        left_out=LeftOut(
            undated=int((~dated).sum()),
            other_vocabulary=int((dated & ~same).sum()),
            older=int(day.notna().sum()) - after.n - before.n,
        ),
        table=table,
        total=skill_change(table["rate_before"], table["rate_after"]) if len(table) else None,
    )


def _reason(before: int, after: int, least: int) -> str:
    if not after:
        return "no_dated"
    return "too_few_before" if before < least else "too_few_after" if after < least else ""


def _described(frames: PostingFrames) -> Period | None:
    days, employers = frames.postings["published"], frames.postings["employer"]
    if days.empty:
        return None
    return Period(days.min(), days.max(), frames.n, employers[employers != ""].nunique())


def _changes(before: PostingFrames, after: PostingFrames, *, fdr: float) -> pd.DataFrame:
    k1, k2 = (np.asarray(side.presence().sum(axis=0), dtype=float).ravel() for side in (before, after))
    e1, e2 = (design_effect(side.presence(), side.clusters()) for side in (before, after))
    n1, n2 = before.n, after.n
    difference, low, high = rate_change_bounds((k1, n1), (k2, n2))
    table = pd.DataFrame(
        {
            "before": k1,
            "after": k2,
            "rate_before": k1 / n1,
            "rate_after": k2 / n2,
            "difference": difference,
            "low": low,
            "high": high,
            "p": two_proportion_score_p(k1 / e1, n1 / e1, k2 / e2, n2 / e2),
        },
        index=pd.Index(before.abilities, name="ability"),
    )
    tested = table["before"] + table["after"] >= LEAST_MENTIONS
    table["adjusted"] = np.nan
    table.loc[tested, "adjusted"] = adjusted_p_values(table.loc[tested, "p"])
    table["state"] = _states(table, tested, postings=n2, fdr=fdr)
    return table


def _states(table: pd.DataFrame, tested: pd.Series, *, postings: int, fdr: float) -> list[str]:
    sure, rises = table["adjusted"] <= fdr, table["difference"] > 0
    fresh = (table["before"] == 0) & (wilson_bounds(table["after"], postings)[0] > NEW_FROM)
    rules = {TOO_FEW: ~tested, NEW: sure & rises & fresh, RISING: sure & rises, FALLING: sure & ~rises}
    return np.select(list(rules.values()), list(rules), default=OPEN).tolist()


def _empty() -> pd.DataFrame:
    columns = ["before", "after", "rate_before", "rate_after", "difference", "low", "high", "p", "adjusted", "state"]
    return pd.DataFrame(columns=columns)
