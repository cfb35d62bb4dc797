from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, count
from typing import Any

from django.db.models import Count, F, Model, Prefetch, Q, QuerySet

from competencies.demand.queries.readable import readable_demand
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
    areas: int
    abilities: int
    positions: int
    certifications: int
    sources: int


def framework_summaries(user: Any) -> list[FrameworkSummary]:
    in_areas = Count("pk", filter=Q(parent__isnull=False, children__isnull=True))
    # Distinct, because an area is joined with each of its children.
    areas = Count("pk", filter=Q(parent__isnull=True), distinct=True)
    trees = _by_framework(Ability, areas=areas, abilities=in_areas)
    parts = {
        name: _by_framework(model, count=Count("pk"))
        for name, model in (("positions", Position), ("certifications", Certification))
    }
    readable = Q(demand_sources__in=DemandSource.objects.readable_by(user).values("pk"))
    frameworks = Framework.objects.readable_by(user).annotate(source_count=Count("demand_sources", filter=readable))
    return [
        _summary(framework, trees.get(framework.pk, {}), {name: parts[name].get(framework.pk, {}) for name in parts})
        for framework in frameworks
    ]


def _by_framework(model: type[Model], **counts: Count) -> dict[int, dict[str, int]]:
    rows = model._default_manager.order_by().values("framework").annotate(**counts)
    return {row["framework"]: row for row in rows}


def _summary(framework: Any, tree: Mapping[str, int], parts: Mapping[str, Mapping[str, int]]) -> FrameworkSummary:
    areas, abilities = tree.get("areas", 0), tree.get("abilities", 0)
    flat = not abilities
    return FrameworkSummary(
        framework=framework,
        areas=0 if flat else areas,
        abilities=areas if flat else abilities,
        positions=parts["positions"].get("count", 0),
        certifications=parts["certifications"].get("count", 0),
        sources=framework.source_count,
    )


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
