"""What stands behind a figure: the postings themselves, how many, from whom and from when."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Min, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from competencies.demand.places import place_of
from competencies.models import Posting, PostingMention

from .posting_frames import EXPERIENCE, PAY, DemandChoice
from .readable import ReadableDemand


@dataclass(frozen=True)
class PostingFacts:
    postings: int
    employers: int  # that are named
    unnamed: int
    undated: int
    first: date | None
    last: date | None


def postings_chosen(
    demand: ReadableDemand, choice: DemandChoice, *, ability: str = "", words: str = ""
) -> QuerySet[Posting]:
    """The postings that the figures of a choice count, newest first, undated last; of an ability those that say it.

    The mentions that stand with each are those of the ability, or all.
    """
    found = demand.postings.annotate(counted_on=Coalesce("published", "collected"))
    fits = {
        "position__code": choice.position,
        "source__slug": choice.source,
        "education": choice.education,
        "counted_on__gte": choice.first,
        "counted_on__lte": choice.last,
    }
    found = found.filter(**{name: value for name, value in fits.items() if value})
    found = found.filter(in_band("years_low", EXPERIENCE, choice.experience), in_band("salary_low", PAY, choice.pay))
    if choice.region:
        found = found.filter(region__in=regions_of(found, choice.region))
    mentions = PostingMention.objects.select_related("ability").order_by("start")
    if ability:
        mentioning = PostingMention.objects.filter(ability__framework=demand.framework, ability__code=ability)
        found = found.filter(pk__in=mentioning.values("posting"))
        mentions = mentions.filter(ability__code=ability)
    found = with_words(found, words).select_related("source", "position")
    return found.order_by(F("published").desc(nulls_last=True), "pk").prefetch_related(Prefetch("mentions", mentions))


def with_words(postings: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Those that hold all the words, in title, text or employer."""
    for word in words.split():
        postings = postings.filter(Q(title__icontains=word) | Q(text__icontains=word) | Q(employer__icontains=word))
    return postings


def in_band(name: str, bands: Mapping[str, tuple[float, float]], chosen: str) -> Q:
    """All where none is chosen; nothing where there is no such band."""
    if not chosen:
        return Q()
    low, high = bands.get(chosen, (math.inf, math.inf))
    if low == math.inf:
        return Q(pk=None)
    return Q(**{f"{name}__gte": low}) & (Q() if high == math.inf else Q(**{f"{name}__lt": high}))


def regions_of(postings: QuerySet[Posting], place: str) -> list[str]:
    """As the files write the place."""
    named = postings.order_by().values_list("region", flat=True).distinct()
    return [region for region in named if place_of(region) == place]


def facts_of(postings: QuerySet[Posting]) -> PostingFacts:
    """How many they are, from how many employers and from when, in one query."""
    day = Coalesce("published", "collected")
    facts = postings.order_by().aggregate(
        postings=Count("pk", distinct=True),
        employers=Count("employer", filter=~Q(employer=""), distinct=True),
        unnamed=Count("pk", filter=Q(employer=""), distinct=True),
        undated=Count("pk", filter=Q(published=None), distinct=True),
        first=Min(day),
        last=Max(day),
    )
    return PostingFacts(**facts)
