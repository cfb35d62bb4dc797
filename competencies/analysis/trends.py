"""What rises, what falls and what is new: the last twelve months against the twelve before, in one vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from .changes import RISING, demand_change, no_change_because, skill_change_floor
from .demand import SkillChange, skill_change
from .effective import EffectiveCounts, counted
from .frames import FDR, MIN_POSTINGS, PostingFrames, chosen
from .periods import periods

NEW_FROM: Final = 0.01  # least Wilson low of a rate that is called new
NEW: Final = "new"


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
    """reason: "" where changes are computed; else no_dated or what `no_change_because` says.

    table: index ability; the columns of `demand_change`, and state: its trend, or `new`. Empty where there is a
    reason. floor: the total to be expected had nothing changed.
    """

    reason: str
    before: Period | None
    after: Period | None
    left_out: LeftOut
    table: pd.DataFrame
    total: SkillChange | None
    floor: float | None

    @property
    def moved(self) -> bool:
        """Whether all abilities together moved further than chance would move them."""
        return self.total is not None and self.floor is not None and self.total.total > self.floor

    def of(self, *states: str) -> pd.DataFrame:
        return self.table[self.table["state"].isin(states)]


def demand_trends(
    frames: PostingFrames,
    *,
    vocabulary: int,
    newest: pd.Timestamp | None = None,
    min_postings: int = MIN_POSTINGS,
    fdr: float = FDR,
) -> Trends:
    """What rises and falls between the periods of `periods`, by the rule of `demand_change`.

    Only dated postings that were searched with the terms of today are compared. `newest` is the day on which the
    later period ends, where other postings than these set it. `new` is what rises, was mentioned by nobody before,
    and has a Wilson low above 0.01.
    """
    postings = frames.postings
    dated, same = postings["published"].notna(), postings["vocabulary"] == vocabulary
    when = periods(postings["counted_on"], dated & same, newest=newest)
    before, after = (chosen(frames, when[name]) for name in ("before", "now"))
    sides = counted(before), counted(after)
    reason = no_change_because(*sides, min_postings=min_postings) if after.n else "no_dated"
    table = _changes(*sides, abilities=frames.abilities, min_postings=min_postings, fdr=fdr)
    some = not reason and len(table) > 0
    return Trends(
        reason=reason,
        before=_described(before),
        after=_described(after),
        left_out=LeftOut(
            undated=int((~dated).sum()),
            other_vocabulary=int((dated & ~same).sum()),
            older=int((dated & same).sum()) - after.n - before.n,
        ),
        table=table.iloc[:0] if reason else table,
        total=skill_change(table["rate_before"], table["rate_after"]) if some else None,
        floor=skill_change_floor(*((side.effective_mentions, side.effective_postings) for side in sides))
        if some
        else None,
    )


def _described(frames: PostingFrames) -> Period | None:
    days, employers = frames.postings["published"], frames.postings["employer"]
    if days.empty:
        return None
    return Period(days.min(), days.max(), frames.n, employers[employers != ""].nunique())


def _changes(
    before: EffectiveCounts, after: EffectiveCounts, *, abilities: tuple[str, ...], min_postings: int, fdr: float
) -> pd.DataFrame:
    table = demand_change(before, after, min_postings=min_postings, fdr=fdr)
    fresh = (table["trend"] == RISING) & (table["before"] == 0) & (after.bounds()[0] > NEW_FROM)
    return table.assign(state=table["trend"].mask(fresh, NEW)).set_axis(pd.Index(abilities, name="ability"))
