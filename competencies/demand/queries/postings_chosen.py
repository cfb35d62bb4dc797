"""What stands behind a figure: the postings themselves, how many, from whom and from when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Max, Min, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from competencies.models import Posting, PostingMention

from .posting_frames import DemandChoice
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
    found = Posting.objects.filter(source__in=demand.ids).annotate(counted_on=Coalesce("published", "collected"))
    fits = {
        "position__code": choice.position,
        "region": choice.region,
        "source__slug": choice.source,
        "counted_on__gte": choice.first,
        "counted_on__lte": choice.last,
    }
    found = found.filter(**{name: value for name, value in fits.items() if value})
    mentions = PostingMention.objects.select_related("ability").order_by("start")
    if ability:
        mentioning = PostingMention.objects.filter(ability__framework=demand.framework, ability__code=ability)
        found = found.filter(pk__in=mentioning.values("posting"))
        mentions = mentions.filter(ability__code=ability)
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(text__icontains=word) | Q(employer__icontains=word))
    ordered = found.select_related("source", "position").order_by(F("published").desc(nulls_last=True), "pk")
    return ordered.prefetch_related(Prefetch("mentions", mentions))


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
