"""What the pages list; the same number of queries for any number of rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import BooleanField, Count, ExpressionWrapper, Min, Q, QuerySet
from django.utils import timezone

from competencies.listing import holding
from curricula.fields.course import MODES

from .models import AssignedCourse, Course, Curriculum, Mapping, Membership, Prerequisite, School, cells_in
from .rules import once_for_user, programs_rated_alone, roles_of

NO_HOURS: Final = Q(**dict.fromkeys((f"{mode}__isnull" for mode in MODES), True))


def curriculum_by_key(key: str) -> Curriculum:
    """The newest version of `school/program/year`. Raises Curriculum.DoesNotExist."""
    try:
        school, program, year = key.split("/")
        found = Curriculum.objects.newest_version(school=school, program=program, year=int(year))
    except ValueError as error:
        raise Curriculum.DoesNotExist(key) from error
    if found is None:
        raise Curriculum.DoesNotExist(key)
    return found


def curricula_of(user: Any) -> QuerySet[Curriculum]:
    """The newest version of every curriculum of the user's schools, with counts of what each holds."""
    return (
        Curriculum.objects.filter(program__school__in=School.objects.with_member(user))
        .newest()
        .annotate(
            course_count=Count("courses", distinct=True),
            mapped_count=Count("courses", filter=cells_in("courses__mappings"), distinct=True),
        )
        .select_related("program__school", "framework")
        .order_by("program__school__slug", "program__slug", "-year")
    )


@once_for_user
def schools_read_by(user: Any) -> list[int]:
    """As a list, because PostgreSQL takes a subquery of them for one that holds two plans."""
    return list(School.objects.with_member(user).values_list("pk", flat=True))


def plans_open_to(user: Any) -> QuerySet[Curriculum]:
    """The newest version of every plan whose pages the user opens, which a second rater does not before handing in."""
    plans = Curriculum.objects.filter(program__school__in=schools_read_by(user)).newest()
    alone = programs_rated_alone(user)
    if not alone:
        return plans
    rates = [school for school, role in roles_of(user).items() if role == Membership.Role.FACULTY]
    return plans.exclude(program__in=alone, program__school__in=rates)


def courses_with_mappings(curriculum: Curriculum) -> QuerySet[Any]:
    """Courses as the courses page lists them: mapped abilities and prerequisites at hand."""
    return curriculum.courses.annotate(
        mapping_count=Count("mappings", filter=cells_in("mappings"), distinct=True),
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
    if Mapping.objects.of(curriculum).cells().exists():
        return None
    counts = curriculum.courses.aggregate(
        courses=Count("pk"),
        without_hours=Count("pk", filter=NO_HOURS),
        without_term=Count("pk", filter=Q(term__isnull=True)),
    )
    required = Prerequisite.objects.of(curriculum).aggregate(
        prerequisites=Count("pk"), outside=Count("pk", filter=Q(requires__isnull=True))
    )
    return FirstStep(needs="mappings" if counts["courses"] else "courses", **counts, **required)


@dataclass(frozen=True)
class AskedOfMe:
    """The courses that somebody is asked to map and has not done."""

    courses: int
    due: date  # of the first of them

    @property
    def late(self) -> bool:
        return self.due < timezone.localdate()


def asked_of_me(user: Any) -> AskedOfMe | None:
    """None where nothing waits."""
    waiting = AssignedCourse.objects.open().asked_of(user).filter(done=None)
    counted = waiting.aggregate(courses=Count("pk"), due=Min("assignment__due"))
    return AskedOfMe(**counted) if counted["courses"] else None


def courses_called(courses: QuerySet[Course], words: str) -> QuerySet[Course]:
    """Those whose code or title, in any language, holds the words; all where there are none."""
    return courses.filter(holding(words, "code", "title_en", "title_zh"))
