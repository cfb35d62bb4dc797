"""The courses of a plan, filtered, sorted and in pages."""

from __future__ import annotations

from collections.abc import Mapping as Wishes
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet

from curricula.models import HOUR_FIELDS, Curriculum
from curricula.queries import courses_with_mappings

COURSE_SORTS = {
    "code": ("code",),
    "title": ("title_en", "title_zh"),
    "credits": ("-credits", "code"),
    "term": ("term", "order"),
    "mappings": ("-mapping_count", "code"),
}
COURSES_ON_PAGE = 100


@dataclass(frozen=True)
class CourseList:
    page: Any  # a page of courses
    found: int
    total: int
    missing: dict[str, int]  # what is not stated -> how many courses
    modes: tuple[str, ...]
    chosen: dict[str, str]


def course_list(curriculum: Curriculum, wishes: Wishes[str, str]) -> CourseList:
    """The plan's courses that match `q` and `only` (unmapped, no_hours), in the order of `sort`."""
    chosen = {name: wishes.get(name, "").strip() for name in ("q", "only", "sort")}
    everything = courses_with_mappings(curriculum)
    found = _wanted_courses(everything, chosen).order_by(*COURSE_SORTS.get(chosen["sort"], ("order", "code")))
    pages = Paginator(found, COURSES_ON_PAGE)
    return CourseList(
        page=pages.get_page(wishes.get("page")),
        found=pages.count,
        total=everything.count(),
        missing={
            "hours": everything.filter(hours_stated=False).count(),
            "mappings": everything.filter(mapping_count=0).count(),
            "term": everything.filter(term__isnull=True).count(),
        },
        modes=HOUR_FIELDS,
        chosen=chosen,
    )


def _wanted_courses(courses: QuerySet[Any], chosen: dict[str, str]) -> QuerySet[Any]:
    if chosen["q"]:
        words = chosen["q"]
        courses = courses.filter(
            Q(code__icontains=words) | Q(title_en__icontains=words) | Q(title_zh__icontains=words)
        )
    if chosen["only"] == "unmapped":
        return courses.filter(mapping_count=0)
    return courses.filter(hours_stated=False) if chosen["only"] == "no_hours" else courses
