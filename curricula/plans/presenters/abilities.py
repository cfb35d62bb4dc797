"""The abilities that the overview draws, and one ability with the records that its numbers come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from competencies.demand.queries.postings_chosen import PostingFacts, facts_of
from competencies.models import Ability, Posting, Requirement
from curricula.models import HOUR_FIELDS, Curriculum, Mapping
from curricula.plans.queries import counted_postings, found_by_own_words, mappings_of, requirements_of
from curricula.reports.evidence import rests_on_words
from curricula.reports.gap_report import AbilityLine, GapReport
from curricula.reports.svg_marks import Scale, share_scale

POSTINGS_SHOWN = 8


def first_lines(report: GapReport, most: int) -> tuple[AbilityLine, ...]:
    """The abilities to draw, in the report's order; where nothing could be drawn of them, those that have a share."""
    first = report.abilities[:most]
    if any(map(_has_a_share, first)):
        return first
    return tuple(sorted(report.abilities, key=lambda line: not _has_a_share(line)))[:most]


def _has_a_share(line: AbilityLine) -> bool:
    return any((line.drawn_hours, line.practised_share, line.demand_share))


def scale_of(lines: Sequence[AbilityLine]) -> Scale:
    """The scale on which the share rows of all these abilities are drawn."""
    return share_scale([s for line in lines for s in (line.drawn_hours, line.practised_share, line.demand_share_high)])


@dataclass(frozen=True)
class CourseShare:
    """What one course gives to the ability: its share, and that share of its hours."""

    mapping: Mapping
    share: float
    assumed: bool
    hours: dict[str, float]


@dataclass(frozen=True)
class PostingFound:
    posting: Posting
    word: str
    own: bool


@dataclass(frozen=True)
class AbilityPage:
    line: AbilityLine | None  # None where nothing counts for it: not taught, not required, not asked for
    ability: Ability
    courses: list[CourseShare]
    totals: dict[str, float]
    ratings: list[Mapping]
    requirements: list[Requirement]
    postings: list[PostingFound]
    facts: PostingFacts  # of all postings counted that mention it
    rests_on: str  # what its hours are known from; "" without hours
    modes: tuple[str, ...] = HOUR_FIELDS


def ability_page(curriculum: Curriculum, report: GapReport, code: str) -> AbilityPage | None:
    """The records that the numbers of one ability come from; None when the framework has no such ability."""
    ability = Ability.objects.filter(framework=curriculum.framework, code=code).select_related("parent").first()
    if ability is None:
        return None
    line = next((line for line in report.abilities if line.code == code), None)
    mappings = list(mappings_of(curriculum, ability))
    cells = report.analysis.cells[report.analysis.cells["ability"] == code]
    given = {cell["course"]: (cell["share"], cell["assumed"]) for cell in cells.to_dict("records")}
    courses = [_course_share(mapping, given) for mapping in mappings if not mapping.rater]
    counted = counted_postings(curriculum, report.demand, ability=code)
    return AbilityPage(
        line=line,
        ability=ability,
        courses=courses,
        totals={mode: sum(course.hours[mode] for course in courses) for mode in HOUR_FIELDS},
        ratings=[mapping for mapping in mappings if mapping.rater],
        requirements=list(requirements_of(curriculum, ability)),
        postings=list(_postings_found(curriculum, counted, code)),
        facts=facts_of(counted),
        rests_on=rests_on_words([line]) if line else "",
    )


def _postings_found(curriculum: Curriculum, counted: QuerySet[Posting], code: str) -> Iterator[PostingFound]:
    """The first of them with the word that was found first, and whether it is one of the school's own."""
    shown = list(counted[:POSTINGS_SHOWN])
    own = found_by_own_words(curriculum, ability=code) if shown else {}
    for posting in shown:
        words = own.get(posting.pk, ())
        yield PostingFound(posting, word=next(iter([*posting.terms_found, *words]), ""), own=bool(words))


def _course_share(mapping: Mapping, given: dict[str, tuple[float, bool]]) -> CourseShare:
    """What the analysis says that the course gives; nothing where the ability has got parts of its own since."""
    share, assumed = given.get(mapping.course.code, (0.0, False))
    hours = {mode: share * (getattr(mapping.course, mode) or 0) for mode in HOUR_FIELDS}
    return CourseShare(mapping=mapping, share=share, assumed=assumed, hours=hours)
