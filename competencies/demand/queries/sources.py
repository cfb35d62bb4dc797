from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Min, Model, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from competencies.demand.presenters.near_duplicates import Repetition, reason_of
from competencies.demand.queries.posting_frames import counted_once
from competencies.demand.queries.postings_chosen import with_words
from competencies.matching.terms import searched_text
from competencies.models import (
    Ability,
    DemandSource,
    OfficialFigure,
    Posting,
    PostingCorrection,
    PostingMention,
    SurveyAnswer,
)

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
    postings: int = 0
    undated: int = 0
    employers: int = 0
    copies: int = 0  # identical rows set aside
    near_duplicates: int = 0  # postings that nearly repeat another one that is counted
    first: date | None = None
    last: date | None = None
    mentions: int = 0
    mentioning: int = 0  # postings in which a term was found
    with_position: int = 0
    former_vocabulary: int = 0  # postings that were searched with former terms
    respondents: int = 0  # of a survey
    figures: int = 0  # official ones

    @property
    def without_mention(self) -> int:
        return self.postings - self.mentioning


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


def demand_sources_summary(user: Any, *, slug: str = "") -> list[DemandSummary]:
    """The sources that the user may read, or one of them, with what there is to know before relying on them.

    Each kind of record is counted over its own table: joined to one another they would multiply.
    """
    sources = DemandSource.objects.readable_by(user).select_related("framework").order_by("slug")
    if slug:
        sources = sources.filter(slug=slug)
    answers = counts_by(SurveyAnswer, "source", respondents=Count("respondent", distinct=True))
    figures = counts_by(OfficialFigure, "source", figures=Count("pk"))
    tables = (*counted_once("sources", _counts_of_postings), answers, figures)
    return [DemandSummary(each, **ChainMap(*(table.get(each.pk, {}) for table in tables))) for each in sources]


Counts = dict[int, dict[str, Any]]  # by number


def _counts_of_postings() -> tuple[Counts, Counts]:
    """Of the postings and of the mentions of every source: the only counts that take long."""
    near = Q(near_group__gt="")
    postings = counts_by(
        Posting,
        "source",
        postings=Count("pk"),
        undated=Count("pk", filter=Q(published=None)),
        employers=Count("employer", filter=Q(employer__gt=""), distinct=True),
        copies=Sum("copies"),
        near_duplicates=Count("pk", filter=near) - Count("near_group", filter=near, distinct=True),
        first=Min("published"),
        last=Max("published"),
        with_position=Count("position"),
        former_vocabulary=Count("pk", filter=Q(vocabulary_version__lt=F("source__framework__vocabulary_version"))),
    )
    mentioned = Count("posting", distinct=True)
    return postings, counts_by(PostingMention, "posting__source", mentions=Count("pk"), mentioning=mentioned)


def counts_by(model: type[Model], path: str, **counts: Any) -> Counts:
    """Of what each record at the end of the path has so many, by its number."""
    rows = model._default_manager.order_by().values(path)
    return {row.pop(path): row for row in rows.annotate(**counts)}


def postings_of(
    source: DemandSource, *, words: str = "", ability: str = "", position: str = "", sort: str = "-published"
) -> QuerySet[Posting]:
    """The postings of a source: those with all the words, of the ability and of the position asked for."""
    mentions = PostingMention.objects.filter(posting=OuterRef("pk")).order_by().values("posting")
    # Counted for the rows of a page only, unless they are sorted by it: joined, all texts would be grouped first.
    counted = Coalesce(Subquery(mentions.annotate(n=Count("pk")).values("n")), 0)
    postings = source.postings.annotate(mention_count=counted).select_related("position__framework")
    postings = with_words(postings, words)
    if ability:
        mentioning = PostingMention.objects.filter(ability__code=ability, posting__source=source)
        postings = postings.filter(pk__in=mentioning.values("posting"))
    if position == "none":
        postings = postings.filter(position__isnull=True)
    elif position:
        postings = postings.filter(position__code=position)
    return postings.order_by(SORTS.get(sort, SORTS["-published"]), "pk")


def readable_postings(user: Any) -> QuerySet[Posting]:
    readable = Posting.objects.filter(source__in=DemandSource.objects.readable_by(user))
    return readable.select_related("source__framework", "source__owner")


def posting_page(user: Any, pk: int) -> PostingPage | None:
    """One posting with the words that were found in it, where the user may read it."""
    mentions = PostingMention.objects.select_related("ability__framework").order_by("start", "pk")
    postings = readable_postings(user).select_related("position__framework")
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


def corrections_of(source: DemandSource) -> QuerySet[PostingCorrection]:
    """Who gave which of its postings another position, newest first."""
    found = PostingCorrection.objects.filter(posting__source=source)
    return found.select_related("posting", "before", "after", "user").order_by("-made", "-pk")
