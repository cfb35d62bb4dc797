"""Whose evidence a page may count: everything on demand begins here, so that nothing of others is counted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet

from competencies.models import DemandSource, Framework, Posting, PostingMention


@dataclass(frozen=True)
class ReadableDemand:
    """The sources of a framework that one reader may read."""

    framework: Framework
    sources: tuple[DemandSource, ...]

    @property
    def ids(self) -> list[int]:
        return [source.pk for source in self.sources]

    @property
    def postings(self) -> QuerySet[Posting]:
        return Posting.objects.filter(source__in=self.ids)

    @property
    def mentions(self) -> QuerySet[PostingMention]:
        return PostingMention.objects.filter(posting__source__in=self.ids)

    def of(self, kind: str) -> list[DemandSource]:
        return [source for source in self.sources if source.kind == kind]

    def source(self, slug: str) -> DemandSource | None:
        return next((source for source in self.sources if source.slug == slug), None)

    @cached_property
    def stamp(self) -> str:
        """Names these sources as they stand: another one or a change of one gives another, as does one of terms."""
        parts = (self.framework.pk, self.framework.changed, *((each.pk, each.changed) for each in self.sources))
        return sha256(repr(parts).encode()).hexdigest()


def readable_demand(framework: Framework, user: Any) -> ReadableDemand:
    return ReadableDemand(framework, tuple(framework.demand_sources.readable_by(user)))
