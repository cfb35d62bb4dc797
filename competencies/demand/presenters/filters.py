"""What all pages on a framework's demand share: what was chosen, what may be chosen, and whose figures they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd
from django.db.models import Count, QuerySet
from django.urls import reverse

from competencies.demand.queries.posting_frames import DemandChoice
from competencies.demand.queries.readable import ReadableDemand
from competencies.models import DemandSource, Framework, Posting, in_reader_language
from competencies.wording import TERMS_PRECISION, TERMS_UNMEASURED

REGIONS_OFFERED = 40


@dataclass(frozen=True)
class Option:
    """One value of a filter, with how many postings have it."""

    value: str
    title: str
    postings: int


@dataclass(frozen=True)
class DemandHead:
    demand: ReadableDemand
    choice: DemandChoice
    positions: list[Option]
    regions: list[Option]
    sources: list[Option]
    notes: list[DemandSource]  # the sources that the figures come from

    @property
    def terms_precision(self) -> str:
        """How often the framework's search words find what they mean, as far as it was measured."""
        return str(TERMS_PRECISION.get(self.demand.framework.slug, TERMS_UNMEASURED))

    @property
    def sample(self) -> bool:
        return any(source.sample for source in self.notes)


def demand_head(demand: ReadableDemand, choice: DemandChoice) -> DemandHead:
    sources = demand.of(DemandSource.Kind.POSTINGS)
    postings: QuerySet[Any] = Posting.objects.filter(source__in=demand.ids).order_by()
    by_source, by_position = (
        dict(postings.values_list(name).annotate(n=Count("pk"))) for name in ("source", "position")
    )
    positions = demand.framework.positions.order_by("order", "code")
    return DemandHead(
        demand=demand,
        choice=choice,
        positions=[Option(each.code, each.title, by_position.get(each.pk, 0)) for each in positions],
        regions=_regions(postings, choice.region),
        sources=[Option(source.slug, str(source), by_source.get(source.pk, 0)) for source in sources],
        notes=[source for source in sources if choice.source in ("", source.slug)],
    )


def _regions(postings: QuerySet[Any], chosen: str) -> list[Option]:
    """The regions that most postings name; the chosen one is among them however rare it is."""
    counted = postings.exclude(region="").values("region").annotate(n=Count("pk")).order_by("-n", "region")
    rows = list(counted[:REGIONS_OFFERED])
    if chosen and chosen not in {row["region"] for row in rows}:
        rows += counted.filter(region=chosen)
    return [Option(row["region"], row["region"], row["n"]) for row in rows]


def ability_titles(framework: Framework) -> dict[str, str]:
    rows = framework.abilities.values_list("code", "title_en", "title_zh")
    return {code: in_reader_language(en, zh) or code for code, en, zh in rows}


def postings_address(framework: Framework, choice: DemandChoice, **more: str) -> str:
    """Where the postings behind a figure are listed."""
    return reverse("demand-postings", args=[framework.slug]) + choice.query(**more)


def rows_of(table: pd.DataFrame) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each ability's code with its columns, in the order of the table."""
    return iter(cast("dict[str, dict[str, Any]]", table.to_dict("index")).items())
