"""The labels of a plan and the page of trends read the same postings, so they must say the same of their change."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from competencies.analysis.frames import PostingFrames
from competencies.analysis.trends import demand_trends
from curricula.analysis.frames import DemandFrames
from tests.competencies.analysis.posting_frames import frames
from tests.gap_universe import curriculum, labelled

ABILITIES = ("sql", "excel", "r", "fax", "gone")
SAME = {"rising": "rising", "new": "rising", "falling": "falling", "open": "steady", "too_few": "unknown"}


def year(day: str, n: int, employers: int, **mentions: int) -> list[dict[str, Any]]:
    """`n` postings of so many employers, who each repeat themselves; 0: nobody is named."""
    rows: list[dict[str, Any]] = [{"published": day, "says": ""} for _ in range(n)]
    for place, row in enumerate(rows):
        row["employer"] = f"e{place * employers // n}" if employers else ""
        row["says"] = " ".join(ability for ability, count in mentions.items() if place < count)
    return rows


def as_labels_read(drawn: PostingFrames) -> DemandFrames:
    postings = drawn.postings.assign(
        employer=drawn.postings["employer"].replace("", None),
        dated=drawn.postings["published"].notna(),
        same_terms=drawn.postings["vocabulary"] == 1,
    )
    return DemandFrames(postings=postings, mentions=drawn.mentions, searchable=frozenset(drawn.abilities))


EARLIER = {"sql": 40, "excel": 60, "fax": 30, "gone": 9}
LATER = {"sql": 70, "excel": 58, "r": 4, "fax": 2}
UNIVERSES = {
    "nobody is named": year("2025-03-01", 150, 0, **EARLIER) + year("2026-03-01", 160, 0, **LATER),
    "employers repeat themselves": year("2025-03-01", 150, 15, **EARLIER) + year("2026-03-01", 160, 16, **LATER),
    "a few more postings than employers": year("2025-03-01", 150, 99, **EARLIER)
    + year("2026-03-01", 160, 120, **LATER),
    "postings of nobody repeat each other": [
        row | {"near_group": row["says"]}
        for row in year("2025-03-01", 150, 0, **EARLIER) + year("2026-03-01", 160, 0, **LATER)
    ],
    "an undated posting was collected last": year("2025-03-01", 150, 30, **EARLIER)
    + year("2025-06-20", 150, 30, **LATER)
    + year("2026-03-01", 160, 32, **LATER)
    + [{"published": None, "says": "sql"}],
    "some were searched with former terms": year("2025-03-01", 150, 30, **EARLIER)
    + [row | {"vocabulary": 0} for row in year("2026-06-01", 150, 30, fax=150)]
    + year("2026-03-01", 160, 32, **LATER),
    "too few before": year("2025-03-01", 92, 0, **EARLIER) + year("2026-03-01", 160, 0, **LATER),
    "seven employers": year("2025-03-01", 150, 7, **EARLIER) + year("2026-03-01", 160, 32, **LATER),
}


@pytest.mark.parametrize("rows", UNIVERSES.values(), ids=UNIVERSES)
def test_labels_and_the_page_of_trends_say_the_same_of_the_same_postings(rows):
    drawn = frames(rows, ABILITIES)
    page = demand_trends(drawn, vocabulary=1)
    labels = labelled(curriculum(abilities=ABILITIES, demand=as_labels_read(drawn)))
    if page.reason:
        assert labels["trend"].tolist() == ["unknown"] * len(ABILITIES)
        assert labels["change"].isna().all()
        return
    shown = page.table.reindex(ABILITIES)
    assert [SAME[state] for state in shown["state"]] == labels["trend"].tolist()
    for ours, theirs in {"difference": "change", "low": "change_low", "high": "change_high"}.items():
        np.testing.assert_allclose(shown[ours], labels[theirs], rtol=1e-12)
    np.testing.assert_allclose(shown["adjusted"], labels["p_change"], rtol=1e-12)


def test_the_universes_hold_what_the_two_could_disagree_on():
    """Else the comparison above would pass on nothing."""
    found = {name: demand_trends(frames(rows, ABILITIES), vocabulary=1) for name, rows in UNIVERSES.items()}
    assert [name for name, page in found.items() if page.reason] == ["too few before", "seven employers"]
    assert {state for page in found.values() for state in page.table["state"]} >= {"rising", "falling", "open"}
    assert pd.isna(found["nobody is named"].table.loc["r", "adjusted"])
