"""What home lists; the same number of queries for one plan and for thousands."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from curricula.models import Action, Course, Curriculum, Decision, Mapping, PlanFigures, cells_in
from curricula.queries import plans_open_to

NEWEST: Final = 8  # of each kind of change
UNFINISHED: Final = (Action.State.OPEN, Action.State.UNDER_WAY)


def plans_of(user: Any) -> QuerySet[Curriculum]:
    """The newest version of every plan that the user reads."""
    return plans_open_to(user).order_by("program__school__slug", "program__slug", "-year")


def with_figures(plans: Any) -> QuerySet[Curriculum]:
    """With all that a row shows of each: names, and what was last found of it."""
    return cast("QuerySet[Curriculum]", plans.select_related("program__school", "framework", "figures"))


def these(keys: Iterable[int]) -> list[Curriculum]:
    """The plans of a page in its order: thousands are sorted by their keys alone, not with all that rows show."""
    found = with_figures(Curriculum.objects).in_bulk(keys := list(keys))
    return [found[key] for key in keys if key in found]


def course_counts(plans: Collection[Curriculum]) -> dict[int, tuple[int, int]]:
    """By plan, how many courses it has and how many of them are mapped, as the records stand."""
    rows = (
        Course.objects.filter(curriculum__in=plans)
        .order_by()
        .values_list("curriculum")
        .annotate(courses=Count("pk", distinct=True), mapped=Count("pk", filter=cells_in("mappings"), distinct=True))
    )
    return {plan: (courses, mapped) for plan, courses, mapped in rows}


@dataclass(frozen=True)
class OpenActions:
    """Of one program: those not done yet, and how many of them are past their day."""

    unfinished: int = 0
    overdue: int = 0


def open_actions(plans: Collection[Curriculum]) -> dict[int, OpenActions]:
    """By program."""
    rows = (
        Action.objects.filter(program__in={plan.program_id for plan in plans}, state__in=UNFINISHED)
        .order_by()
        .values_list("program")
        .annotate(unfinished=Count("pk"), overdue=Count("pk", filter=Q(due__lt=timezone.localdate())))
    )
    return {program: OpenActions(unfinished, overdue) for program, unfinished, overdue in rows}


def newest_years(plans: Collection[Curriculum]) -> dict[int, int]:
    """By program, the year of its newest plan."""
    rows = Curriculum.objects.filter(program__in={plan.program_id for plan in plans}).order_by().values_list("program")
    return dict(rows.annotate(newest=Max("year")))


def last_decisions(plans: Collection[Curriculum]) -> dict[int, Decision]:
    """By plan."""
    return {each.curriculum_id: each for each in Decision.objects.filter(curriculum__in=plans)}  # the last one stays


def mappings_since(plans: QuerySet[Curriculum], moment: datetime, *, but: Any) -> list[dict[str, Any]]:
    """What others wrote into matrices, by plan and person, the newest first."""
    history: Any = Mapping.history
    return list(
        history.filter(history_date__gt=moment, course__curriculum__in=plans.values("pk"))
        .exclude(history_user=but)
        .order_by()
        .values("course__curriculum", "history_user__username", "history_user__first_name")
        .annotate(cells=Count("id", distinct=True), last=Max("history_date"))
        .order_by("-last")[:NEWEST]
    )


def decisions_since(plans: QuerySet[Curriculum], moment: datetime, *, but: Any) -> list[Decision]:
    found = Decision.objects.filter(_one_of(plans), created__gt=moment).exclude(by=but)
    return list(found.select_related("by").order_by("-created")[:NEWEST])


def gap_changes_since(plans: QuerySet[Curriculum], moment: datetime) -> list[PlanFigures]:
    found = PlanFigures.objects.filter(_one_of(plans), gaps_changed__gt=moment)
    return list(found.order_by("-gaps_changed")[:NEWEST])


def _one_of(plans: QuerySet[Curriculum]) -> Exists:
    """Asked of each of the few newest rows; `curriculum__in` would list thousands of plans first."""
    return Exists(plans.order_by().filter(pk=OuterRef("curriculum")))


def computable(plans: QuerySet[Curriculum]) -> list[Curriculum]:
    """Those that have something to analyse."""
    return list(plans.filter(Exists(Mapping.objects.cells().filter(course__curriculum=OuterRef("pk")))))
