"""What the analysis of postings reads, stated once and checked at this border."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy import sparse

MIN_POSTINGS: Final = 93  # ±10 points of a rate; pragmatic
YEAR: Final = pd.DateOffset(months=12)
FDR: Final = 0.10  # Benjamini and Hochberg's q; pragmatic
COLUMNS: Final = ("employer", "region", "published", "counted_on", "position", "source", "vocabulary", "near_group")


@dataclass(frozen=True)
class PostingFrames:
    """Postings and what they mention.

    postings: index id; employer, region, position, source, near_group (text, "" unknown or none), published (day,
    NaT where undated), counted_on (day: of publication, else of collection), vocabulary (whole number: the version
    of the terms that it was searched with).
    mentions: columns posting (id) and ability (code), each pair once.
    abilities: codes of the abilities that postings can be searched for, in the framework's order.
    """

    postings: pd.DataFrame
    mentions: pd.DataFrame
    abilities: tuple[str, ...]

    def __post_init__(self) -> None:
        missing = [name for name in COLUMNS if name not in self.postings]
        if missing:
            raise ValueError(f"postings have no column {missing[0]!r}")
        _refuse(self.postings.index, self.postings.index.duplicated(), "posting {!r} stands twice")
        undated = self.postings["counted_on"].isna().to_numpy()
        _refuse(self.postings.index, undated, "posting {!r} has no day on which it counts")
        strange = ~self.mentions["posting"].isin(self.postings.index).to_numpy()
        _refuse(self.mentions["posting"], strange, "mentions: posting {!r} is not known")

    @property
    def n(self) -> int:
        return len(self.postings)

    def presence(self) -> sparse.csr_array[Any]:
        """Postings × abilities, 0 or 1; mentions of what the vocabulary cannot be searched for are left out."""
        rows = self.postings.index.get_indexer(pd.Index(self.mentions["posting"]))
        columns = pd.Index(self.abilities).get_indexer(pd.Index(self.mentions["ability"]))
        known = columns >= 0
        matrix: sparse.csr_array[Any] = sparse.csr_array(
            (np.ones(known.sum()), (rows[known], columns[known])), shape=(self.n, len(self.abilities))
        )
        matrix.sum_duplicates()
        matrix.data[:] = 1.0
        return matrix

    def employers(self) -> pd.Series:
        """Who speaks; None where nobody is named: such a posting stands alone."""
        return self.postings["employer"].astype(object).replace("", None)


def _refuse(labels: Iterable[object], wrong: Any, message: str) -> None:
    if wrong.any():
        raise ValueError(message.format(list(labels)[int(np.argmax(wrong))]))


def chosen(frames: PostingFrames, kept: pd.Series) -> PostingFrames:
    """The postings for which `kept` is true, with their mentions."""
    postings = frames.postings[kept]
    mentions = frames.mentions[frames.mentions["posting"].isin(postings.index)]
    return replace(frames, postings=postings, mentions=mentions)


def selected(
    frames: PostingFrames,
    *,
    position: str = "",
    region: str = "",
    source: str = "",
    first: date | None = None,
    last: date | None = None,
    **more: str,
) -> PostingFrames:
    """The postings of a position, a region, a source and a period, both days included; what is empty selects all.

    An undated posting counts on the day on which it was collected. `more` names further columns of text.
    """
    postings = frames.postings
    kept = pd.Series(True, index=postings.index)
    for column, value in {"position": position, "region": region, "source": source, **more}.items():
        if value:
            kept &= postings[column] == value
    if first is not None:
        kept &= postings["counted_on"] >= pd.Timestamp(first)
    if last is not None:
        kept &= postings["counted_on"] <= pd.Timestamp(last)
    return frames if kept.all() else chosen(frames, kept)
