"""How far a source of postings can be trusted, and what to collect next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from scipy import special

from .effective import counted, unknown_demand
from .frames import MIN_POSTINGS, PostingFrames, chosen
from .periods import periods

OLD_AFTER: Final = 365  # days; demand is read over twelve months
ONE_EMPLOYER: Final = 0.25  # of the postings; above, one employer's habits would be taken for the market's
MANY: Final = 0.25  # of the postings without a day, without a mention, or repeating another


@dataclass(frozen=True)
class Quality:
    """Plain counts of one source. Shares lie in [0, 1]; None where there is nothing to divide by."""

    postings: int
    age: int | None  # days since the newest posting was published, else collected
    months: int  # from the first dated month to the last
    empty_months: int  # of them, those without a posting
    copies: int  # identical rows set aside
    repeating: int  # postings that nearly repeat another one
    undated: int
    employers: int
    largest_employer_share: float | None
    mentions_per_posting: float | None
    without_mention: int
    without_position: int
    former_vocabulary: int  # postings that were searched with former terms
    concerns: tuple[str, ...]  # codes, the most serious first

    @property
    def duplicates_share(self) -> float | None:
        """Of all rows, those set aside."""
        return _share(self.copies, self.postings + self.copies)

    @property
    def repeating_share(self) -> float | None:
        return _share(self.repeating, self.postings)

    @property
    def undated_share(self) -> float | None:
        return _share(self.undated, self.postings)

    @property
    def without_mention_share(self) -> float | None:
        return _share(self.without_mention, self.postings)

    @property
    def without_position_share(self) -> float | None:
        return _share(self.without_position, self.postings)


@dataclass(frozen=True)
class Wanted:
    """Postings of a position that there are, and that are lacking for ±10 points, now and in the year before."""

    position: str
    postings: int  # in the twelve months up to the newest posting
    employers: float  # effective ones behind them
    unknown: str  # why they do not tell what employers ask for; "" where they do
    before: int  # dated, in the twelve months before
    lacking: int
    lacking_before: int
    margin: float  # half the widest 95 % interval that `postings` give


def postings_for(margin: float, level: float = 0.95) -> int:
    """How many postings give an interval of ± `margin` where it is widest, at a rate of one half.

    Source: the Wilson interval at k = n/2 has half the width z/(2√(n + z²)).

    >>> postings_for(0.10)
    93
    """
    z = float(special.ndtri((1 + level) / 2))
    return max(0, int(np.ceil(z**2 / (4 * margin**2) - z**2)))


def margin_of(postings: int, level: float = 0.95) -> float:
    """Half the widest interval that so many postings give; without postings it is a half: nothing is known.

    >>> round(margin_of(93), 2)
    0.1
    """
    z = float(special.ndtri((1 + level) / 2))
    return float(z / (2 * np.sqrt(postings + z**2)))


def source_quality(frames: PostingFrames, *, copies: int, vocabulary: int, today: date) -> Quality:
    """What there is to know of one source's postings before relying on them; `today` is the reader's day."""
    postings, n = frames.postings, frames.n
    named = postings["employer"][postings["employer"] != ""]
    groups = postings["near_group"]
    months = postings["published"].dropna().dt.to_period("M")
    span = (months.max() - months.min()).n + 1 if len(months) else 0
    quality = Quality(
        postings=n,
        age=(pd.Timestamp(today) - postings["counted_on"].max()).days if n else None,
        months=span,
        empty_months=span - months.nunique(),
        copies=copies,
        repeating=int(groups[groups != ""].duplicated().sum()),
        undated=int(postings["published"].isna().sum()),
        employers=named.nunique(),
        largest_employer_share=_share(named.value_counts().max(), n) if len(named) else None,
        mentions_per_posting=_share(len(frames.mentions), n),
        without_mention=n - frames.mentions["posting"].nunique(),
        without_position=int((postings["position"] == "").sum()),
        former_vocabulary=int((postings["vocabulary"] != vocabulary).sum()),
        concerns=(),
    )
    return replace(quality, concerns=tuple(code for code, holds in _CONCERNS.items() if holds(quality)))


def _share(part: int, whole: int) -> float | None:
    return float(part / whole) if whole else None


# What makes figures of a source unsure, the most serious first.
_CONCERNS: Final[Mapping[str, Callable[[Quality], bool]]] = {
    "no_postings": lambda q: not q.postings,
    "too_few": lambda q: 0 < q.postings < MIN_POSTINGS,
    "former_vocabulary": lambda q: q.former_vocabulary > 0,
    "old": lambda q: (q.age or 0) > OLD_AFTER,
    "no_employers": lambda q: bool(q.postings) and not q.employers,
    "one_employer": lambda q: (q.largest_employer_share or 0) > ONE_EMPLOYER,
    "undated": lambda q: (q.undated_share or 0) > MANY,
    "repeating": lambda q: (q.repeating_share or 0) > MANY,
    "without_mention": lambda q: (q.without_mention_share or 0) > MANY,
    "gaps": lambda q: q.empty_months > 0,
}


def what_to_collect(
    frames: PostingFrames, positions: Sequence[str], *, min_postings: int = MIN_POSTINGS
) -> list[Wanted]:
    """For each position how many postings are lacking, those that lack the most first; over all sources together."""
    postings = frames.postings
    when = periods(postings["counted_on"], postings["published"].notna())
    found = []
    for position in positions:
        here = postings["position"] == position
        now, before = counted(chosen(frames, here & when["label"])), int((here & when["before"]).sum())
        found.append(
            Wanted(
                position=position,
                postings=now.postings,
                employers=now.effective_employers,
                unknown=unknown_demand(now, min_postings=min_postings),
                before=before,
                lacking=max(0, min_postings - now.postings),
                lacking_before=max(0, min_postings - before),
                margin=margin_of(now.postings),
            )
        )
    return sorted(found, key=lambda wanted: (-wanted.lacking, -wanted.lacking_before))
