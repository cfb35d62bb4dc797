from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Avg, Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from competencies.ability_tree import (
    with_counts,
)
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
    SurveyAnswer,
)

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
        surveys=list(_survey_means(ability)),
        mentions=list(_latest_mentions(ability, [count.source.pk for count in counts])),
        contents=list(with_counts(ability.children.select_related("framework"))),
    )


def _source_counts(ability: Ability, ids: list[int]) -> Iterable[SourceCount]:
    sources = DemandSource.objects.filter(pk__in=ids, kind=DemandSource.Kind.POSTINGS).annotate(
        n=Count("postings", distinct=True),
        k=Count("postings", filter=Q(postings__mentions__ability=ability), distinct=True),
    )
    return (SourceCount(source, mentions=source.k, postings=source.n) for source in sources)


def _survey_means(ability: Ability) -> Iterator[SurveyMeans]:
    rated = SurveyAnswer.objects.filter(ability=ability, importance__isnull=False, competence__isnull=False)
    means = (
        rated.order_by()
        .values("source")
        .annotate(answers=Count("pk"), mean_importance=Avg("importance"), mean_competence=Avg("competence"))
    )
    by_source = {row["source"]: row for row in means}
    for source in DemandSource.objects.filter(pk__in=by_source):
        row = by_source[source.pk]
        yield SurveyMeans(source, row["answers"], row["mean_importance"], row["mean_competence"])


def _requirements(ability: Ability) -> QuerySet[Requirement]:
    return ability.requirements.select_related("position__framework").order_by("position__order", "item")


def _latest_mentions(ability: Ability, sources: list[int]) -> QuerySet[PostingMention]:
    mentions = ability.mentions.filter(posting__source__in=sources).select_related("posting__source")
    return mentions.order_by(F("posting__published").desc(nulls_last=True), "-posting_id")[:LATEST]
