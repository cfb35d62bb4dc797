from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Avg, Count, F, QuerySet
from django.utils.translation import gettext_lazy as _

from competencies.ability_tree import with_counts
from competencies.analysis.frames import MIN_POSTINGS
from competencies.models import (
    Ability,
    AbilityTerm,
    CertificationCourse,
    Crosswalk,
    DemandSource,
    Framework,
    PostingMention,
    ReferenceCourse,
    Requirement,
    SurveyAnswer,
)
from competencies.wording import unknown_demand_text

from .posting_frames import source_overviews
from .readable import ReadableDemand

LATEST = 12
LANGUAGES = {"en": _("English"), "zh": _("Chinese")}


@dataclass(frozen=True)
class SourceCount:
    """How many postings of a source mention an ability, and how sure its rate is; nan where it has no interval."""

    source: DemandSource
    mentions: int
    postings: int
    rate: float | None  # None where the source has no postings or cannot be searched for the ability
    low: float = math.nan
    high: float = math.nan
    effective: float = math.nan  # effective postings
    unknown: str = ""  # why demand is unknown, in a sentence


@dataclass(frozen=True)
class SurveyMeans:
    """What the respondents who rated both said on an ability, on the scale of their survey."""

    source: DemandSource
    answers: int
    importance: float
    competence: float


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
    sources: list[SourceCount]  # those of postings
    surveys: list[SurveyMeans]
    mentions: list[PostingMention]
    contents: list[Ability]

    @property
    def sample(self) -> bool:
        shown = [each.source for each in self.sources] + [each.source for each in self.surveys]
        return any(source.sample for source in shown)

    @property
    def terms_by_language(self) -> list[tuple[str, list[AbilityTerm]]]:
        """The terms under the name of their language."""
        groups = groupby(self.terms, key=lambda term: term.language)
        return [(str(LANGUAGES.get(language, language)), list(terms)) for language, terms in groups]


def ability_evidence(ability: Ability, demand: ReadableDemand, *, user: Any) -> AbilityEvidence:
    """What is known of one ability, as far as the reader may read it."""
    counts = list(_source_counts(ability, demand))
    open_ones = Framework.objects.readable_by(user).values("pk")
    crosswalks = Crosswalk.objects.select_related("ability__framework", "counterpart__framework").filter(
        ability__framework__in=open_ones, counterpart__framework__in=open_ones
    )
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
        surveys=list(_survey_means(ability, demand)),
        mentions=list(_latest_mentions(ability, [count.source.pk for count in counts])),
        contents=list(with_counts(ability.children.select_related("framework"), sources=demand.ids)),
    )


def _source_counts(ability: Ability, demand: ReadableDemand) -> Iterator[SourceCount]:
    overviews = source_overviews(demand)
    for source in demand.of(DemandSource.Kind.POSTINGS):
        seen = overviews.get(source.slug)
        if seen is None or ability.code not in seen.table.index:
            yield SourceCount(source, 0, seen.evidence.postings if seen else 0, None)
            continue
        row = seen.table.loc[[ability.code]].iloc[0].to_dict()
        yield SourceCount(
            source,
            int(row["mentions"]),
            seen.evidence.postings,
            **{name: float(row[name]) for name in ("rate", "low", "high")},
            effective=float(row["effective_postings"]),
            unknown=unknown_demand_text(seen.unknown, seen.evidence.repetition, needed=MIN_POSTINGS),
        )


def _survey_means(ability: Ability, demand: ReadableDemand) -> Iterator[SurveyMeans]:
    rated = SurveyAnswer.objects.filter(ability=ability, importance__isnull=False, competence__isnull=False)
    means = (
        rated.filter(source__in=demand.ids)
        .order_by()
        .values("source")
        .annotate(answers=Count("pk"), mean_importance=Avg("importance"), mean_competence=Avg("competence"))
    )
    by_source = {row["source"]: row for row in means}
    for source in demand.sources:
        if row := by_source.get(source.pk):
            yield SurveyMeans(source, row["answers"], row["mean_importance"], row["mean_competence"])


def _requirements(ability: Ability) -> QuerySet[Requirement]:
    return ability.requirements.select_related("position__framework").order_by("position__order", "item")


def _latest_mentions(ability: Ability, sources: list[int]) -> QuerySet[PostingMention]:
    mentions = ability.mentions.filter(posting__source__in=sources).select_related("posting__source")
    return mentions.order_by(F("posting__published").desc(nulls_last=True), "-posting_id")[:LATEST]
