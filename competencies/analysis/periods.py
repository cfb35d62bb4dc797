"""Which postings count when: the twelve months up to the newest, and the twelve before."""

from __future__ import annotations

import pandas as pd

from .frames import YEAR


def periods(counted_on: pd.Series, comparable: pd.Series, *, newest: pd.Timestamp | None = None) -> pd.DataFrame:
    """Three columns of True and False, one row a posting: label, now and before.

    label: counted in the twelve months up to `newest` (by default the newest of these postings). A posting on the
    very day twelve months earlier belongs to the twelve before. now: those of the label's that are `comparable`,
    which is: dated, and searched with the terms of today; else a change of words would look like a change of
    demand. before: the comparable ones of the twelve months before.

    >>> days = pd.Series(pd.to_datetime(["2026-06-30", "2025-06-30", "2026-01-01"]))
    >>> periods(days, pd.Series([True, True, False])).astype(int).values.tolist()
    [[1, 1, 0], [0, 0, 1], [1, 0, 0]]
    """
    newest = counted_on.max() if newest is None else newest
    label = (counted_on > newest - YEAR) & (counted_on <= newest)
    before = (counted_on > newest - YEAR - YEAR) & (counted_on <= newest - YEAR)
    return pd.DataFrame({"label": label, "now": label & comparable, "before": before & comparable})
