"""Where the review of a plan stands, and what was recorded of a program's loop."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from curricula.models import Action, Curriculum, Decision, Membership, Program, Snapshot
from curricula.rules import IMPORTING

Kind = Decision.Kind
ONE_STEP = ""  # a school that names no steps has one


def steps_of(curriculum: Curriculum) -> list[str]:
    """The steps of review that the school has named, in their order."""
    return list(curriculum.school.review_steps) or [ONE_STEP]


def round_of(curriculum: Curriculum) -> list[Decision]:
    """The decisions since a plan was last sent to review, that one first; none before it was."""
    decisions = list(curriculum.decisions.select_related("by"))
    starts = [number for number, each in enumerate(decisions) if each.kind == Kind.SENT]
    return decisions[starts[-1] :] if starts else []


def steps_left(curriculum: Curriculum) -> list[str]:
    """The steps that a plan in review has not passed yet, the next one first."""
    passed = {each.step for each in round_of(curriculum) if each.kind == Kind.PASSED}
    return [step for step in steps_of(curriculum) if step not in passed]


def may_decide_alone(curriculum: Curriculum, user: Any) -> bool:
    """Whether nobody else in the school could decide."""
    others = Membership.objects.filter(school=curriculum.school, role__in=IMPORTING, user__is_active=True)
    return not others.exclude(user=user).exists()


def snapshots_of(program: Program) -> QuerySet[Snapshot]:
    """Every snapshot of a program's plans, the newest first, without what is frozen."""
    present = Snapshot.objects.light().filter(curriculum__program=program, curriculum__removed_at=None)
    return present.select_related("curriculum__program__school", "made_by")


def actions_of(program: Program) -> QuerySet[Action]:
    return Action.objects.filter(program=program).select_related("owner", "scenario")
