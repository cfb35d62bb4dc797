"""What the pages of one curriculum list; the same number of queries for any number of rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.text import capfirst

from competencies.demand.queries.own_words import own_mentions
from competencies.demand.queries.readable import ReadableDemand
from competencies.models import Ability, Posting, PostingMention, Requirement
from competencies.saving.archive import goes_with
from curricula.fields.clauses import Choice
from curricula.fields.course import COURSE
from curricula.models import Course, CourseEquivalence, Curriculum, Mapping, Prerequisite
from curricula.plans.plan_records import choices_among
from curricula.reports.gap_report import DemandLine
from curricula.wording.electives import rule_words
from curricula.wording.facts import Fact, page_facts


def mappings_of(curriculum: Curriculum, ability: Ability) -> QuerySet[Mapping]:
    """Every row that maps a course to the ability."""
    return (
        Mapping.objects.of(curriculum)
        .accepted()
        .filter(ability=ability)
        .select_related("course__curriculum__program__school")
        .order_by("course__term", "course__code")
    )


def requirements_of(curriculum: Curriculum, ability: Ability) -> QuerySet[Requirement]:
    prepared = curriculum.prepares_for.filter(pk=OuterRef("position"))
    return (
        Requirement.objects.filter(ability=ability)
        .annotate(prepared=Exists(prepared))
        .select_related("position__framework")
        .order_by("position__order", "item")
    )


def counted_postings(curriculum: Curriculum, demand: DemandLine | None, *, ability: str = "") -> QuerySet[Posting]:
    """The postings that the demand figures count, newest first, undated last; with `ability` those that mention it."""
    if demand is None:
        return Posting.objects.none()
    found = (
        Posting.objects.filter(source__in=curriculum.open_sources)
        .annotate(counted_on=Coalesce("published", "collected"))
        .filter(counted_on__gte=demand.first, counted_on__lte=demand.last)
        .select_related("source", "position")
        .order_by(F("published").desc(nulls_last=True), "pk")
    )
    if curriculum.prepares_for.exists():
        found = found.filter(position__curricula=curriculum)
    mentions = PostingMention.objects.select_related("ability").order_by("start")
    if ability:
        found = found.filter(_mentioning(curriculum, ability))
        mentions = mentions.filter(ability__code=ability)
    return found.prefetch_related(Prefetch("mentions", queryset=mentions))


def found_by_own_words(curriculum: Curriculum, *, ability: str = "") -> dict[int, list[str]]:
    """By posting the words of the plan's own school that are found there and that no term of the framework finds."""
    demand = ReadableDemand(curriculum.framework, tuple(curriculum.open_posting_sources))
    words: defaultdict[int, list[str]] = defaultdict(list)
    for found in own_mentions(curriculum.school, demand):
        if ability in ("", found.ability) and found.term not in words[found.posting]:
            words[found.posting].append(found.term)
    return words


def _mentioning(curriculum: Curriculum, ability: str) -> Q:
    """By the terms of the framework, or by the words of the plan's own school."""
    own = list(found_by_own_words(curriculum, ability=ability))
    by_terms = PostingMention.objects.filter(ability__framework=curriculum.framework, ability__code=ability)
    return Q(pk__in=by_terms.values("posting")) | Q(pk__in=own)


def what_is_missing(courses: QuerySet[Any]) -> dict[str, int]:
    """How many of these courses there are, and how many lack mappings, hours or a term."""
    return courses.aggregate(
        total=Count("pk"),
        mappings=Count("pk", filter=Q(mapping_count=0)),
        hours=Count("pk", filter=Q(hours_stated=False)),
        term=Count("pk", filter=Q(term__isnull=True)),
    )


def what_hangs_on(course: Course) -> list[tuple[str, int]]:
    """What would go with a course: what it is called, and how many."""
    found = Counter(type(record) for record in goes_with(course) if record != course)
    return [(capfirst(str(model._meta.verbose_name_plural)), n) for model, n in found.items()]


@dataclass(frozen=True)
class GroupLine:
    pk: int
    title: str
    rule: str


def groups_of(curriculum: Curriculum) -> list[GroupLine]:
    """The elective groups with their rules in words."""
    found = curriculum.elective_groups.annotate(listed=Count("courses"))
    return [GroupLine(group.pk, group.title, rule_words(group, group.listed)) for group in found]


@dataclass(frozen=True)
class CourseParts:
    course: Course
    facts: list[Fact]
    mappings: list[Mapping]
    prerequisites: list[Choice[Prerequisite]]
    required_by: list[Prerequisite]
    equivalences: list[CourseEquivalence]


def course_parts(course: Course) -> CourseParts:
    """A course with the abilities it serves and its prerequisites both ways."""
    accepted = Mapping.objects.filter(course=course).cells()
    return CourseParts(
        course=course,
        facts=page_facts(COURSE, course),
        mappings=list(accepted.select_related("ability").order_by("ability__order")),
        prerequisites=choices_among(course.prerequisites.select_related("requires__curriculum__program__school")),
        required_by=list(course.required_by.select_related("course__curriculum__program__school")),
        equivalences=list(course.equivalences.select_related("reference_course")),
    )
