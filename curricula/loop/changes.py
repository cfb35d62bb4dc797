"""What changed between two plans of a program, as its page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404

from competencies.request_numbers import key_of
from curricula.evaluation.version_changes import Changes, changes_between
from curricula.models import Curriculum

from .tables import plan_words


@dataclass(frozen=True)
class ChangePage:
    plans: tuple[tuple[int, str], ...]  # all of the program, by key
    changes: Changes | None  # None where there is nothing to compare with


def change_page(curriculum: Curriculum, stated_before: str, stated_after: str) -> ChangePage:
    """Raises Http404 for a plan that is not one of the program."""
    plans = Curriculum.objects.filter(program=curriculum.program_id).select_related("program__school", "framework")
    known = {plan.pk: plan for plan in plans.order_by("year", "version")}
    after = _chosen(known, stated_after) or known[curriculum.pk]
    before = _chosen(known, stated_before) or _earlier(after, list(known.values()))
    listed = tuple((pk, _named(plan)) for pk, plan in known.items())
    return ChangePage(listed, changes_between(before, after) if before and before != after else None)


def _named(plan: Curriculum) -> str:
    return " · ".join((plan_words(plan), str(plan.get_state_display())))


def _chosen(known: dict[int, Curriculum], stated: str) -> Curriculum | None:
    if not stated:
        return None
    key = key_of(stated)
    if key not in known:
        raise Http404
    return known[key]


def _earlier(plan: Curriculum, plans: Sequence[Curriculum]) -> Curriculum | None:
    """The one that it revises, else the one before it."""
    if revised := next((each for each in plans if each.pk == plan.revises_id), None):
        return revised
    place = plans.index(plan)
    return plans[place - 1] if place else None
