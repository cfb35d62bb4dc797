from __future__ import annotations

from collections import ChainMap
from dataclasses import dataclass
from itertools import chain, count
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet

from competencies.demand.queries.readable import readable_demand
from competencies.demand.queries.sources import counts_by
from competencies.models import (
    Ability,
    Certification,
    CertificationCourse,
    DemandSource,
    Framework,
    Position,
    Requirement,
)

from .rows import ParsedFramework


@dataclass(frozen=True)
class FrameworkSummary:
    """A framework and how much it holds."""

    framework: Framework
    sources: int
    areas: int = 0
    abilities: int = 0
    positions: int = 0
    certifications: int = 0


def framework_summaries(user: Any) -> list[FrameworkSummary]:
    in_areas = Count("pk", filter=Q(parent__isnull=False, children__isnull=True))
    # Distinct, because an area is joined with each of its children.
    areas = Count("pk", filter=Q(parent__isnull=True), distinct=True)
    tables = (
        counts_by(Ability, "framework", areas=areas, abilities=in_areas),
        counts_by(Position, "framework", positions=Count("pk")),
        counts_by(Certification, "framework", certifications=Count("pk")),
    )
    readable = Q(demand_sources__in=DemandSource.objects.readable_by(user).values("pk"))
    frameworks = Framework.objects.readable_by(user).annotate(source_count=Count("demand_sources", filter=readable))
    return [_summary(each, dict(ChainMap(*(table.get(each.pk, {}) for table in tables)))) for each in frameworks]


def _summary(framework: Any, counts: dict[str, int]) -> FrameworkSummary:
    if not counts.get("abilities"):  # flat: what stands on top is no area
        counts |= {"areas": 0, "abilities": counts.get("areas", 0)}
    return FrameworkSummary(framework, framework.source_count, **counts)


def as_read_by(user: Any, rows: ParsedFramework) -> ParsedFramework:
    """Without what ties a framework to drafts of others."""
    readable = set(Framework.objects.readable_by(user).values_list("slug", flat=True))
    return rows.model_copy(update={"crosswalks": [row for row in rows.crosswalks if row.framework in readable]})


def free_slug(base: str, *, owner: str, among: QuerySet[Any] | None = None) -> str:
    """With the owner's name behind it where the base is taken, and then with a number."""
    base, among = base[:80] or "framework", Framework.objects.all() if among is None else among
    taken = set(among.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in count(2))
    return next(slug for slug in chain([base], [f"{base}-{owner}"[:100]] * bool(owner), numbered) if slug not in taken)


def position_requirements(framework: Framework, user: Any) -> QuerySet[Position]:
    """The positions with what each asks for, its career entries and how many postings that one may read name it."""
    readable = Q(postings__source__in=readable_demand(framework, user).ids)
    requirements = Requirement.objects.select_related("ability__framework").order_by("item")
    return (
        framework.positions.annotate(posting_count=Count("postings", filter=readable))
        .select_related("framework")
        .prefetch_related(Prefetch("requirements", requirements), "career_entries")
    )


def certification_table(framework: Framework) -> QuerySet[Certification]:
    """The certificates with the courses that each names, by direction, and the abilities of those courses."""
    courses = CertificationCourse.objects.select_related("course").prefetch_related("course__abilities__framework")
    return framework.certifications.prefetch_related(Prefetch("courses", courses.order_by(F("direction"), "id")))
