from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from competencies.analysis.demand import wilson_interval
from competencies.models import (
    Ability,
    AbilityTerm,
    CertificationCourse,
    Crosswalk,
    DemandSource,
    PostingMention,
    ReferenceCourse,
    Requirement,
)

from .frameworks import with_counts

LATEST = 12
LANGUAGES = {"en": _("English"), "zh": _("Chinese")}


@dataclass(frozen=True)
class SourceCount:
    """How many postings of a source mention an ability, with the 95 % interval of the rate."""

    source: DemandSource
    mentions: int
    postings: int

    @property
    def rate(self) -> float | None:
        return self.mentions / self.postings if self.postings else None

    @property
    def interval(self) -> tuple[float, float]:
        return wilson_interval(self.mentions, self.postings)


@dataclass(frozen=True)
class AbilityEvidence:
    """Everything that a framework and its demand sources say of one ability."""

    ability: Ability
    terms: list[AbilityTerm]
    requirements: list[Requirement]
    reference_courses: list[ReferenceCourse]
    certification_courses: list[CertificationCourse]
    crosswalks: list[Crosswalk]
    crosswalked_from: list[Crosswalk]
    sources: list[SourceCount]
    mentions: list[PostingMention]
    contents: list[Ability]

    @property
    def terms_by_language(self) -> list[tuple[str, list[AbilityTerm]]]:
        """The terms under the name of their language."""
        groups = groupby(self.terms, key=lambda term: term.language)
        return [(str(LANGUAGES.get(language, language)), list(terms)) for language, terms in groups]


def ability_evidence(ability: Ability, sources: Iterable[DemandSource] | None = None) -> AbilityEvidence:
    """What is known of one ability; `sources` are all of its framework's where none are given."""
    chosen = ability.framework.demand_sources.all() if sources is None else sources
    counts = list(_source_counts(ability, [source.pk for source in chosen]))
    crosswalks = Crosswalk.objects.select_related("ability__framework", "counterpart__framework")
    courses = CertificationCourse.objects.filter(course__abilities=ability).select_related("certification", "course")
    return AbilityEvidence(
        ability=ability,
        terms=list(ability.terms.all()),
        requirements=list(_requirements(ability)),
        reference_courses=list(ability.reference_courses.all()),
        certification_courses=list(courses),
        crosswalks=list(crosswalks.filter(ability=ability)),
        crosswalked_from=list(crosswalks.filter(counterpart=ability)),
        sources=counts,
        mentions=list(_latest_mentions(ability, [count.source.pk for count in counts])),
        contents=list(with_counts(ability.children.select_related("framework"))),
    )


def _source_counts(ability: Ability, ids: list[int]) -> Iterable[SourceCount]:
    sources = DemandSource.objects.filter(pk__in=ids).annotate(
        n=Count("postings", distinct=True),
        k=Count("postings", filter=Q(postings__mentions__ability=ability), distinct=True),
    )
    return (SourceCount(source, mentions=source.k, postings=source.n) for source in sources)


def _requirements(ability: Ability) -> QuerySet[Requirement]:
    return ability.requirements.select_related("position__framework").order_by("position__order", "item")


def _latest_mentions(ability: Ability, sources: list[int]) -> QuerySet[PostingMention]:
    mentions = ability.mentions.filter(posting__source__in=sources).select_related("posting__source")
    return mentions.order_by(F("posting__published").desc(nulls_last=True), "-posting_id")[:LATEST]
