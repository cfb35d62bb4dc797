"""Postings drawn in a line each, for the tests of what they ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from competencies.analysis.frames import PostingFrames

DEFAULTS: dict[str, Any] = {
    "employer": "",
    "region": "",
    "published": "2026-06-01",
    "position": "",
    "source": "s",
    "vocabulary": 1,
    "near_group": "",
    "says": "",
}


def frames(rows: Iterable[dict[str, Any]], abilities: Sequence[str] = ("sql", "excel")) -> PostingFrames:
    """Each row: what differs from the defaults; `says` names the abilities that it mentions."""
    drawn = [DEFAULTS | row for row in rows]
    table = pd.DataFrame(drawn, columns=[*DEFAULTS]).drop(columns="says")
    table["published"] = pd.to_datetime(table["published"])
    table["counted_on"] = table["published"].fillna(pd.Timestamp("2026-06-30"))
    mentions = [(number, ability) for number, row in enumerate(drawn) for ability in row["says"].split()]
    return PostingFrames(table, pd.DataFrame(mentions, columns=["posting", "ability"]), tuple(abilities))


def several(count: int, **row: Any) -> list[dict[str, Any]]:
    return [dict(row) for _ in range(count)]
