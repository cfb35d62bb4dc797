"""The postings of a framework's sources as frames, and what was computed of them, kept until a record changes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

import pandas as pd
from django.db.models import Count, Max, QuerySet, Sum

from competencies.analysis.frames import PostingFrames, selected
from competencies.analysis.overview import Overview, demand_overview
from competencies.demand.places import place_of
from competencies.kept import Computed, kept
from competencies.models import DemandSource, Framework

from .readable import ReadableDemand

_FIELDS: Final = {
    "pk": "id",
    "employer": "employer",
    "region": "region",
    "published": "published",
    "collected": "collected",
    "position__code": "position",
    "source__slug": "source",
    "vocabulary_version": "vocabulary",
    "near_group": "near_group",
    "education": "education",
    "years_low": "experience",
    "salary_low": "pay",
}
NAMED: Final = ("position", "region", "source", "education", "experience", "pay")
# Bands by their key in an address: from, below.
EXPERIENCE: Final[Mapping[str, tuple[float, float]]] = {"0": (0, 1), "1": (1, 3), "3": (3, 5), "5": (5, math.inf)}
PAY: Final[Mapping[str, tuple[float, float]]] = {
    "0": (0, 5_000),
    "5000": (5_000, 8_000),
    "8000": (8_000, 12_000),
    "12000": (12_000, 20_000),
    "20000": (20_000, math.inf),
}


@dataclass(frozen=True)
class DemandChoice:
    """Which postings a page is about: of a position, a region, what they ask and pay; what is empty chooses all."""

    position: str = ""
    region: str = ""
    source: str = ""
    education: str = ""
    experience: str = ""  # least years, a key of EXPERIENCE
    pay: str = ""  # lowest pay a month, a key of PAY
    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, wishes: Mapping[str, str]) -> DemandChoice:
        """As an address states it; a day that is none chooses nothing."""
        named = {name: wishes.get(name, "").strip() for name in NAMED}
        named["region"] = place_of(named["region"])
        return cls(**named, first=_day(wishes.get("from", "")), last=_day(wishes.get("to", "")))

    @property
    def named(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in NAMED}

    @property
    def parameters(self) -> dict[str, str]:
        """The same as an address states it."""
        days = {"from": self.first and self.first.isoformat(), "to": self.last and self.last.isoformat()}
        stated = {**self.named, **days}
        return {name: value for name, value in stated.items() if value}

    def query(self, **more: str) -> str:
        """The choice and more as the query of an address, its question mark included; "" where all is chosen."""
        parameters = {**self.parameters, **{name: value for name, value in more.items() if value}}
        return f"?{urlencode(parameters)}" if parameters else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def posting_frames(demand: ReadableDemand) -> PostingFrames:
    """Every posting of these sources and what it mentions, in a constant number of queries."""
    postings = demand.postings.order_by("pk")  # the same order on every database
    frame = pd.DataFrame(list(postings.values_list(*_FIELDS)), columns=list(_FIELDS.values())).set_index("id")
    text = ["employer", "region", "source", "near_group"]
    frame = frame.astype(dict.fromkeys(text, "str")).astype({"vocabulary": "int64"})
    frame["position"] = frame["position"].fillna("").astype("str")
    frame["region"] = frame["region"].map(place_of).astype("str")
    for column, bands in (("experience", EXPERIENCE), ("pay", PAY)):
        edges = [low for low, _high in bands.values()] + [math.inf]
        banded = pd.cut(frame[column].astype("float64"), edges, right=False, labels=list(bands))
        frame[column] = banded.astype("object").fillna("").astype("str")
    frame["published"] = pd.to_datetime(frame["published"])
    frame["counted_on"] = frame["published"].fillna(pd.to_datetime(frame.pop("collected")))
    mentions = list(demand.mentions.values_list("posting_id", "ability__code"))
    return PostingFrames(
        postings=frame,
        mentions=pd.DataFrame(mentions, columns=["posting", "ability"]),
        abilities=tuple(_searchable(demand.framework)),
    )


def _searchable(framework: Framework) -> list[str]:
    """Codes of the leaves that have terms, in the framework's order."""
    with_terms = set(framework.abilities.leaves().filter(terms__isnull=False).values_list("pk", flat=True))
    leaves = framework.abilities.leaves().order_by("parent__order", "order", "code").values_list("pk", "code")
    return [code for pk, code in leaves if pk in with_terms]


def chosen_frames(demand: ReadableDemand, choice: DemandChoice) -> PostingFrames:
    return selected(posting_frames(demand), **choice.named, first=choice.first, last=choice.last)


def source_overviews(demand: ReadableDemand) -> dict[str, Overview]:
    """What the postings of each source ask for, by its slug; a source without postings asks for nothing."""

    def compute() -> dict[str, Overview]:
        frames = posting_frames(demand)
        return {slug: demand_overview(selected(frames, source=slug)) for slug in frames.postings["source"].unique()}

    return computed_once(demand, "sources", DemandChoice(), compute)


def _newest(records: QuerySet[Any]) -> tuple[Any, int]:
    found = records.aggregate(latest=Max("changed"), count=Count("pk"))
    return found["latest"], found["count"]


def computed_once(
    demand: ReadableDemand, what: str, choice: DemandChoice, compute: Callable[[], Computed]
) -> Computed:
    """What was computed of these sources before, as long as no record changed since; every writer moves its date."""
    return kept(f"demand-{what}-{demand.stamp}-{hash(choice)}", compute)


def counted_once(what: str, compute: Callable[[], Computed]) -> Computed:
    """The same of the postings of all frameworks and owners: to be told source by source, never added up."""
    versions = Framework.objects.aggregate(sum=Sum("vocabulary_version"))["sum"]
    parts = (*_newest(DemandSource.objects.all()), *_newest(Framework.objects.all()), versions)
    return kept("-".join(["demand", what, *map(str, parts)]).replace(" ", "_"), compute)
