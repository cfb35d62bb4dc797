"""What is asked for, and what rises and falls, in the postings that a reader chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from competencies.analysis.changes import FALLING, OPEN, RISING, TOO_FEW
from competencies.analysis.frames import MIN_POSTINGS, selected
from competencies.analysis.overview import Evidence, Overview, demand_overview
from competencies.analysis.trends import NEW, Trends, demand_trends
from competencies.demand.queries.posting_frames import (
    DemandChoice,
    chosen_frames,
    computed_once,
    posting_frames,
    source_overviews,
)
from competencies.demand.queries.readable import ReadableDemand
from competencies.models import DemandSource, Framework
from competencies.wording import TREND_STATES, TREND_TONES, cost_of_repetition, unknown_demand_text

from .filters import DemandHead, ability_titles, demand_head, postings_address, rows_of


@dataclass(frozen=True)
class AskedLine:
    """One ability: how many postings mention it, how sure that is, and where to read them."""

    code: str
    title: str
    href: str
    mentions: int
    rate: float
    low: float
    high: float
    effective: int | None  # None with one employer
    employers: int
    first: Any
    last: Any


@dataclass(frozen=True)
class OverviewPage:
    head: DemandHead
    evidence: Evidence | None  # None where no posting fits
    unknown: str  # why these postings do not tell what employers ask for; "" where they do
    lines: list[AskedLine]  # abilities that are mentioned
    unasked: int  # abilities that could be found and were not
    unsearchable: int  # abilities without terms

    @property
    def unknown_text(self) -> str:
        """Why demand is unknown, in a sentence; "" where it is known or nothing fits."""
        if not self.evidence:
            return ""
        return unknown_demand_text(self.unknown, self.evidence.repetition, needed=MIN_POSTINGS)

    @property
    def cost_of_repetition(self) -> str:
        return cost_of_repetition(self.evidence.repetition) if self.evidence else ""


@dataclass(frozen=True)
class TrendLine:
    code: str
    title: str
    href: str
    state: str
    before: int
    after: int
    rate_before: float
    rate_after: float
    difference: float
    low: float
    high: float

    @property
    def state_text(self) -> str:
        return str(TREND_STATES[self.state])

    @property
    def tone(self) -> str:
        return TREND_TONES[self.state]


@dataclass(frozen=True)
class TrendsPage:
    head: DemandHead
    trends: Trends
    moved: list[TrendLine]  # rising, new and falling
    risen: int
    fallen: int
    others: list[TrendLine]  # whose change is open or could not be tested

    @property
    def growth_points(self) -> float | None:
        """By how many points all rates that rose did so together; None where no ability could be compared."""
        return 100 * self.trends.total.growth if self.trends.total else None

    @property
    def decline_points(self) -> float | None:
        return 100 * self.trends.total.decline if self.trends.total else None

    @property
    def floor_points(self) -> float | None:
        """By how many points chance alone would have moved them."""
        return None if self.trends.floor is None else 100 * self.trends.floor


_ASKED = ("rate", "low", "high", "employers", "first", "last")
_MOVED = ("state", "rate_before", "rate_after", "difference", "low", "high")


def overview_page(demand: ReadableDemand, choice: DemandChoice) -> OverviewPage:
    """What is asked for in the postings chosen, with everything that stands behind each figure."""

    def compute() -> tuple[Overview | None, int]:
        frames = chosen_frames(demand, choice)
        return (demand_overview(frames) if frames.n else None), len(frames.abilities)

    overview, searchable = computed_once(demand, "overview", choice, compute)
    framework = demand.framework
    lines = _asked_lines(overview.table, framework, choice) if overview else []
    return OverviewPage(
        head=demand_head(demand, choice),
        evidence=overview.evidence if overview else None,
        unknown=overview.unknown if overview else "",
        lines=lines,
        unasked=searchable - len(lines),
        unsearchable=framework.abilities.leaves().count() - searchable,
    )


def lines_of_source(source: DemandSource) -> list[AskedLine]:
    """What the source's postings mention, the most first."""
    seen = source_overviews(ReadableDemand(source.framework, (source,))).get(source.slug)
    return _asked_lines(seen.table, source.framework, DemandChoice(source=source.slug)) if seen else []


def _asked_lines(table: pd.DataFrame, framework: Framework, choice: DemandChoice) -> list[AskedLine]:
    titles = ability_titles(framework)
    return [
        AskedLine(
            code=code,
            title=titles[code],
            href=postings_address(framework, choice, ability=code),
            mentions=int(row["mentions"]),
            effective=None if pd.isna(row["effective_postings"]) else round(row["effective_postings"]),
            **{name: row[name] for name in _ASKED},
        )
        for code, row in rows_of(table[table["mentions"] > 0])
    ]


def trends_page(demand: ReadableDemand, choice: DemandChoice) -> TrendsPage:
    """What rises, falls and is new in the postings chosen, those searched with the terms of today."""
    framework = demand.framework

    def compute() -> Trends:
        frames = posting_frames(demand)
        source = selected(frames, source=choice.source, first=choice.first, last=choice.last)
        return demand_trends(
            selected(source, **{**choice.named, "source": ""}, first=None, last=None),
            vocabulary=framework.vocabulary_version,
            newest=source.postings["counted_on"].max(),  # as labels do, whatever the position
        )

    trends = computed_once(demand, "trends", choice, compute)
    titles = ability_titles(framework)
    moved = trends.of(RISING, NEW, FALLING).sort_values("difference", ascending=False)
    others = trends.of(OPEN, TOO_FEW).sort_values("after", ascending=False)
    return TrendsPage(
        head=demand_head(demand, choice),
        trends=trends,
        moved=_trend_lines(moved, titles, framework, choice),
        risen=len(trends.of(RISING, NEW)),
        fallen=len(trends.of(FALLING)),
        others=_trend_lines(others, titles, framework, choice),
    )


def _trend_lines(
    table: pd.DataFrame, titles: Mapping[str, str], framework: Framework, choice: DemandChoice
) -> list[TrendLine]:
    return [
        TrendLine(
            code=code,
            title=titles[code],
            href=postings_address(framework, choice, ability=code),
            before=int(row["before"]),
            after=int(row["after"]),
            **{name: row[name] for name in _MOVED},
        )
        for code, row in rows_of(table)
    ]
