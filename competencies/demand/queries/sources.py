from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Aggregate,
    Count,
    F,
    IntegerField,
    Max,
    Min,
    Model,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from competencies.analysis.demand import wilson_interval
from competencies.demand.presenters.near_duplicates import Repetition, reason_of
from competencies.matching.searched import searched_text
from competencies.models import Ability, DemandSource, Framework, OfficialFigure, Posting, PostingMention, SurveyAnswer

SORTS = {
    "title": F("title").asc(),
    "employer": F("employer").asc(),
    "region": F("region").asc(),
    "published": F("published").asc(nulls_last=True),
    "-published": F("published").desc(nulls_last=True),
    "-mentions": F("mention_count").desc(),
}


@dataclass(frozen=True)
class DemandSummary:
    """A source and how far it reaches."""

    source: DemandSource
    postings: int
    undated: int
    employers: int
    copies: int  # identical rows set aside
    near_duplicates: int  # postings that nearly repeat another one that is counted
    first: date | None
    last: date | None
    mentions: int
    with_position: int
    without_mention: int
    former_vocabulary: int  # postings that were searched with former terms
    respondents: int  # of a survey
    figures: int  # official ones


@dataclass(frozen=True)
class AskedAbility:
    """How many postings of a source mention an ability, with the 95 % interval of the rate."""

    ability: Ability
    mentions: int
    postings: int

    @property
    def rate(self) -> float:
        return self.mentions / self.postings

    @property
    def interval(self) -> tuple[float, float]:
        return wilson_interval(self.mentions, self.postings)


@dataclass(frozen=True)
class Passage:
    """A piece of a posting's text; the abilities that its words were taken for, if any."""

    text: str
    abilities: tuple[Ability, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(ability.code for ability in self.abilities)

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(ability.title for ability in self.abilities)


@dataclass(frozen=True)
class PostingPage:
    posting: Posting
    title: list[Passage]
    text: list[Passage]
    mentions: list[PostingMention]
    near: list[Repetition]


def demand_sources_summary(framework: Framework | None = None, *, slug: str = "") -> list[DemandSummary]:
    """The sources, of one framework or all, with what there is to know before relying on them."""
    sources = DemandSource.objects.select_related("framework")
    if framework is not None:
        sources = sources.filter(framework=framework)
    if slug:
        sources = sources.filter(slug=slug)
    near = Q(postings__near_group__gt="")
    counted: Any = sources.annotate(
        posting_count=Count("postings"),
        undated=Count("postings", filter=Q(postings__published__isnull=True)),
        employers=Count("postings__employer", filter=Q(postings__employer__gt=""), distinct=True),
        copies=Coalesce(Sum("postings__copies"), 0),
        in_near_groups=Count("postings", filter=near),
        near_groups=Count("postings__near_group", filter=near, distinct=True),
        first=Min("postings__published"),
        last=Max("postings__published"),
        with_position=Count("postings", filter=Q(postings__position__isnull=False)),
        mention_count=_of_source(PostingMention, "posting__source", Count("pk")),
        mentioning=_of_source(PostingMention, "posting__source", Count("posting", distinct=True)),
        former=Count("postings", filter=Q(postings__vocabulary_version__lt=F("framework__vocabulary_version"))),
        respondents=_of_source(SurveyAnswer, "source", Count("respondent", distinct=True)),
        figure_count=_of_source(OfficialFigure, "source", Count("pk")),
    )
    return [_summary(source) for source in counted.order_by("slug")]


def _of_source(model: type[Model], path: str, count: Aggregate) -> Coalesce:
    rows = model._default_manager.filter(**{path: OuterRef("pk")}).order_by().values(path)
    return Coalesce(Subquery(rows.annotate(n=count).values("n"), output_field=IntegerField()), 0)


def _summary(source: Any) -> DemandSummary:
    return DemandSummary(
        source=source,
        postings=source.posting_count,
        undated=source.undated,
        employers=source.employers,
        copies=source.copies,
        near_duplicates=source.in_near_groups - source.near_groups,
        first=source.first,
        last=source.last,
        mentions=source.mention_count,
        with_position=source.with_position,
        without_mention=source.posting_count - source.mentioning,
        former_vocabulary=source.former,
        respondents=source.respondents,
        figures=source.figure_count,
    )


def abilities_asked(source: DemandSource, *, most: int = 15) -> list[AskedAbility]:
    """What the source's postings mention most, the most first."""
    postings = source.postings.count()
    rows = (
        PostingMention.objects.filter(posting__source=source)
        .order_by()
        .values("ability")
        .annotate(mentions=Count("pk"))
        .order_by("-mentions", "ability")[:most]
    )
    counts = {row["ability"]: row["mentions"] for row in rows}
    abilities = Ability.objects.select_related("framework").in_bulk(list(counts))
    return [AskedAbility(abilities[pk], mentions, postings) for pk, mentions in counts.items()]


def postings_of(
    source: DemandSource, *, words: str = "", ability: str = "", position: str = "", sort: str = "-published"
) -> QuerySet[Posting]:
    """The postings of a source: those with all the words, of the ability and of the position asked for."""
    postings = source.postings.annotate(mention_count=Count("mentions")).select_related("position__framework")
    for word in words.split():
        postings = postings.filter(Q(title__icontains=word) | Q(text__icontains=word) | Q(employer__icontains=word))
    if ability:
        mentioning = PostingMention.objects.filter(ability__code=ability, posting__source=source)
        postings = postings.filter(pk__in=mentioning.values("posting"))
    if position == "none":
        postings = postings.filter(position__isnull=True)
    elif position:
        postings = postings.filter(position__code=position)
    return postings.order_by(SORTS.get(sort, SORTS["-published"]), "pk")


def posting_page(pk: int) -> PostingPage | None:
    """One posting with the words that were found in it."""
    mentions = PostingMention.objects.select_related("ability__framework").order_by("start", "pk")
    postings = Posting.objects.select_related("source__framework", "position__framework")
    posting = postings.prefetch_related(Prefetch("mentions", mentions)).filter(pk=pk).first()
    if posting is None:
        return None
    found = list(posting.mentions.all())
    text = searched_text(title=posting.title, text=posting.text)
    border = len(text) - len(posting.text)
    return PostingPage(
        posting=posting,
        title=passages(text, found, start=0, end=len(posting.title)),
        text=passages(text, found, start=border, end=len(text)),
        mentions=found,
        near=_near(posting),
    )


def _near(posting: Posting) -> list[Repetition]:
    if not posting.near_group:
        return []
    same = Posting.objects.filter(source=posting.source_id, near_group=posting.near_group)
    others = same.exclude(pk=posting.pk).order_by("pk")[:20]
    return [Repetition(other, reason_of(other, first=posting)) for other in others]


def passages(text: str, mentions: Iterable[PostingMention], *, start: int, end: int) -> list[Passage]:
    """`text[start:end]` cut where the words of a mention begin and end.

    "use SQL daily", SQL found at 4   gives   "use ", "SQL" (its abilities), " daily"
    """
    found: list[Passage] = []
    at = start
    for (begin, length), abilities in _places(mentions, text).items():
        if begin < at or begin + length > end:
            continue
        found += [Passage(text[at:begin])] if begin > at else []
        found.append(Passage(text[begin : begin + length], tuple(abilities)))
        at = begin + length
    return [*found, Passage(text[at:end])] if at < end else found


def _places(mentions: Iterable[PostingMention], text: str) -> dict[tuple[int, int], list[Ability]]:
    """Where words were found; a mention whose words no longer stand there is not marked."""
    places: dict[tuple[int, int], list[Ability]] = {}
    for mention in mentions:
        if mention.term and text.startswith(mention.term, mention.start):
            places.setdefault((mention.start, len(mention.term)), []).append(mention.ability)
    return places
