"""Postings of a source that say nearly the same, group by group, each with where it differs from the first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Min, Sum

from competencies.demand.readers.near_duplicates import Advertisement, difference
from competencies.models import DemandSource, Posting

GROUPS_ON_PAGE = 15
SHOWN_OF_A_GROUP = 12
COPIES_SHOWN = 100


@dataclass(frozen=True)
class Repetition:
    posting: Posting
    reason: str  # undated, another_day, another_place, another_employer, another_title, same_words, small_edits


@dataclass(frozen=True)
class NearGroup:
    first: Posting
    others: list[Repetition]  # at most SHOWN_OF_A_GROUP
    left_out: int


@dataclass(frozen=True)
class NearPage:
    page: Page[Any]  # its objects are rows of group names and sizes
    groups: list[NearGroup]
    repeating: int  # postings beyond the first of each group
    copies: list[Posting]  # the first of those of which the file held identical rows, the most first
    copied: int  # how many of those there are
    identical: int  # rows that were set aside

    @property
    def copies_left_out(self) -> int:
        return self.copied - len(self.copies)


def near_page(source: DemandSource, *, number: str | None) -> NearPage:
    grouped = source.postings.exclude(near_group="").order_by().values("near_group")
    sizes = grouped.annotate(size=Count("pk"), oldest=Min("pk")).order_by("-size", "oldest")
    page = Paginator(sizes, GROUPS_ON_PAGE).get_page(number)
    copied = source.postings.filter(copies__gt=0)
    totals = copied.aggregate(copied=Count("pk"), identical=Sum("copies"))
    return NearPage(
        page=page,
        groups=_groups(source, [row["near_group"] for row in page]),
        repeating=grouped.count() - page.paginator.count if page.paginator.count else 0,
        copies=list(copied.order_by("-copies", "pk")[:COPIES_SHOWN]),
        copied=totals["copied"],
        identical=totals["identical"] or 0,
    )


def _groups(source: DemandSource, names: list[str]) -> list[NearGroup]:
    postings = source.postings.filter(near_group__in=names).order_by("near_group", "pk")
    found = {name: list(members) for name, members in groupby(postings, key=lambda posting: posting.near_group)}
    return [_group(found[name]) for name in names]


def _group(postings: list[Posting]) -> NearGroup:
    first, *others = postings
    shown = others[:SHOWN_OF_A_GROUP]
    return NearGroup(
        first=first,
        others=[Repetition(other, reason_of(other, first=first)) for other in shown],
        left_out=len(others) - len(shown),
    )


def reason_of(posting: Posting, *, first: Posting) -> str:
    """Where a posting differs from the first of its group."""
    return difference(Advertisement.of(posting), first=Advertisement.of(first))
