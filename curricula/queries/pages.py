"""What the pages list; the same number of queries for any number of rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce, TruncDate

from competencies.models import Ability, Posting, PostingMention, Requirement
from curricula.analysis.frames import MODES
from curricula.models import Course, CourseEquivalence, Curriculum, Mapping, Prerequisite, School
from curricula.reports.gap_report import DemandLine

NEWEST: Final = 8
NO_HOURS: Final = Q(**dict.fromkeys((f"{mode}__isnull" for mode in MODES), True))


def curriculum_by_key(key: str) -> Curriculum:
    """The newest version of `school/program/year`. Raises Curriculum.DoesNotExist."""
    try:
        school, program, year = key.split("/")
        found = Curriculum.objects.filter(program__school__slug=school, program__slug=program, year=int(year))
    except ValueError as error:
        raise Curriculum.DoesNotExist(key) from error
    return found.select_related("program__school", "framework").latest("version")


def newest_versions(curricula: QuerySet[Curriculum]) -> QuerySet[Curriculum]:
    newer = Curriculum.objects.filter(
        program=OuterRef("program"), year=OuterRef("year"), version__gt=OuterRef("version")
    )
    return curricula.filter(~Exists(newer))


def curricula_of(user: Any) -> QuerySet[Curriculum]:
    """The newest version of every curriculum of the user's schools, with counts of what each holds."""
    mapped = Q(courses__mappings__rater="", courses__mappings__state=Mapping.State.ACCEPTED)
    return (
        newest_versions(Curriculum.objects.filter(program__school__memberships__user=user))
        .annotate(
            course_count=Count("courses", distinct=True),
            mapped_count=Count("courses", filter=mapped, distinct=True),
        )
        .select_related("program__school", "framework")
        .order_by("program__school__slug", "program__slug", "-year")
    )


def courses_with_mappings(curriculum: Curriculum) -> QuerySet[Any]:
    """Courses as the courses page lists them: mapped abilities and prerequisites at hand."""
    accepted = Q(mappings__rater="", mappings__state=Mapping.State.ACCEPTED)
    return curriculum.courses.annotate(
        mapping_count=Count("mappings", filter=accepted, distinct=True),
        hours_stated=ExpressionWrapper(~NO_HOURS, output_field=BooleanField()),
    ).prefetch_related("prerequisites__requires")


@dataclass(frozen=True)
class FirstStep:
    """What a curriculum needs before it can be judged, with what it holds already."""

    needs: str  # "courses" or "mappings"
    courses: int = 0
    without_hours: int = 0
    without_term: int = 0
    prerequisites: int = 0
    outside: int = 0  # prerequisites that name a course outside the plan


def first_step_of(curriculum: Curriculum) -> FirstStep | None:
    """None once courses are mapped; before that, what to enter first."""
    if Mapping.objects.filter(course__curriculum=curriculum, rater="", state=Mapping.State.ACCEPTED).exists():
        return None
    counts = curriculum.courses.aggregate(
        courses=Count("pk"),
        without_hours=Count("pk", filter=NO_HOURS),
        without_term=Count("pk", filter=Q(term__isnull=True)),
    )
    required = Prerequisite.objects.filter(course__curriculum=curriculum).aggregate(
        prerequisites=Count("pk"), outside=Count("pk", filter=Q(requires__isnull=True))
    )
    return FirstStep(needs="mappings" if counts["courses"] else "courses", **counts, **required)


@dataclass(frozen=True)
class Change:
    """What one person did to one curriculum's mapping on one day."""

    curriculum: Curriculum
    day: date
    who: str  # "" for an import from the command line
    mappings: int


@dataclass(frozen=True)
class HomePage:
    schools: list[School]
    curricula: list[Curriculum]
    changes: list[Change]


def home_page_for(user: Any) -> HomePage:
    """My curricula, each with what it waits for, and what changed in them."""
    curricula = list(curricula_of(user))
    return HomePage(
        schools=list(School.objects.filter(memberships__user=user).order_by("slug")),
        curricula=curricula,
        changes=_newest_changes({curriculum.pk: curriculum for curriculum in curricula}),
    )


def _newest_changes(mine: dict[int, Curriculum]) -> list[Change]:
    days = (
        Mapping.history.filter(course__curriculum__in=mine)
        .order_by()
        .annotate(day=TruncDate("history_date"))
        .values("course__curriculum", "day", "history_user__username")
        .annotate(mappings=Count("id", distinct=True))
        .order_by("-day", "course__curriculum", "history_user__username")[:NEWEST]
    )
    return [
        Change(
            curriculum=mine[row["course__curriculum"]],
            day=row["day"],
            who=row["history_user__username"] or "",
            mappings=row["mappings"],
        )
        for row in days
    ]


def mappings_of(curriculum: Curriculum, ability: Ability) -> QuerySet[Mapping]:
    """Every row that maps a course to the ability, with what its course states of shares in all."""
    same = Mapping.objects.filter(course=OuterRef("course"), rater=OuterRef("rater"), state=Mapping.State.ACCEPTED)
    one_group = same.order_by().values("course")
    return (
        Mapping.objects.filter(course__curriculum=curriculum, ability=ability, state=Mapping.State.ACCEPTED)
        .annotate(
            stated_total=Subquery(one_group.annotate(total=Sum("share")).values("total")),
            unstated=Subquery(one_group.filter(share__isnull=True).annotate(total=Count("pk")).values("total")),
        )
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


def postings_behind(curriculum: Curriculum, demand: DemandLine | None, *, ability: str = "") -> QuerySet[Posting]:
    """The postings that the demand figures count, newest first, undated last; with `ability` those that mention it."""
    if demand is None:
        return Posting.objects.none()
    found = (
        Posting.objects.filter(source__curricula=curriculum)
        .annotate(counted_on=Coalesce("published", "collected"))
        .filter(counted_on__gte=demand.first, counted_on__lte=demand.last)
        .select_related("source", "position")
        .order_by(F("published").desc(nulls_last=True), "pk")
    )
    if curriculum.prepares_for.exists():
        found = found.filter(position__curricula=curriculum)
    mentions = PostingMention.objects.select_related("ability").order_by("start")
    if ability:
        found = found.filter(mentions__ability__framework=curriculum.framework, mentions__ability__code=ability)
        mentions = mentions.filter(ability__code=ability)
    return found.prefetch_related(Prefetch("mentions", queryset=mentions))


@dataclass(frozen=True)
class CourseParts:
    course: Course
    mappings: list[Mapping]
    prerequisites: list[Prerequisite]
    required_by: list[Prerequisite]
    equivalences: list[CourseEquivalence]


def course_parts(course: Course) -> CourseParts:
    """A course with the abilities it serves and its prerequisites both ways."""
    accepted = course.mappings.filter(rater="", state=Mapping.State.ACCEPTED)
    return CourseParts(
        course=course,
        mappings=list(accepted.select_related("ability").order_by("ability__order")),
        prerequisites=list(course.prerequisites.select_related("requires__curriculum__program__school")),
        required_by=list(course.required_by.select_related("course__curriculum__program__school")),
        equivalences=list(course.equivalences.select_related("reference_course")),
    )
