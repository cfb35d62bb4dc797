"""The only writers of decisions, snapshots and actions."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from curricula.evaluation.snapshots import frozen
from curricula.models import Action, Curriculum, Decision, Snapshot
from curricula.records.editing import held
from curricula.records.versions import touch

from .queries import may_decide_alone, round_of, steps_left

State = Curriculum.State
Kind = Decision.Kind
FROM: Final = {Kind.SENT: State.DRAFT, Kind.PASSED: State.IN_REVIEW, Kind.RETURNED: State.IN_REVIEW}
FROM_REVIEW: Final = State.IN_REVIEW


class WrongStep(ValueError):
    """What was decided does not follow from where the plan stands; the message says so."""

    def __init__(self, plan: Curriculum) -> None:
        said = _("That does not follow: by now the plan is “%(state)s”.")
        super().__init__(said % {"state": plan.get_state_display()})


class SamePerson(ValueError):
    """Who sent a plan to review does not decide on it; the message says so."""

    def __init__(self) -> None:
        super().__init__(_("You sent this plan to review: somebody else who directs the school decides on it."))


@transaction.atomic
def decide(curriculum: Curriculum, decision: Decision, *, by: Any) -> Decision:
    """Send a plan to review, pass or return it, or take it back; the last step approves it and freezes its report.

    Raises WrongStep and SamePerson.
    """
    plan = held(curriculum)
    if plan.state != FROM.get(Kind(decision.kind), FROM_REVIEW):
        raise WrongStep(plan)
    decision.curriculum, decision.by = plan, by
    if decision.kind in (Kind.PASSED, Kind.RETURNED):
        _expect_another(plan, decision)
        decision.step = steps_left(plan)[0]
    decision.save()
    _set_state(curriculum, plan, _state_after(plan, decision))
    if plan.state == State.APPROVED:
        take_snapshot(curriculum, kind=Snapshot.Kind.APPROVAL, by=by, created=decision.created)
    return decision


def _expect_another(plan: Curriculum, decision: Decision) -> None:
    """The one exception is said openly in the record: a school that has one director only."""
    if round_of(plan)[0].by_id == decision.by.pk:
        if not may_decide_alone(plan, decision.by):
            raise SamePerson
        decision.alone = True


def _state_after(plan: Curriculum, decision: Decision) -> str:
    if decision.kind in (Kind.RETURNED, Kind.WITHDRAWN):
        return State.DRAFT
    return State.IN_REVIEW if decision.kind == Kind.SENT or steps_left(plan) else State.APPROVED


def _set_state(curriculum: Curriculum, plan: Curriculum, state: str) -> None:
    plan.state = curriculum.state = state
    plan.save()
    touch(curriculum)


def take_snapshot(
    curriculum: Curriculum, *, by: Any, note: str = "", kind: str = Snapshot.Kind.BY_HAND, **facts: Any
) -> Snapshot:
    """Freeze what the analysis says of a plan by now."""
    snapshot = frozen(curriculum, kind=kind, note=note, made_by=by, **facts)
    snapshot.save()
    return snapshot


def save_action(action: Action) -> Action:
    """An action, new or not; what is done or dropped without a day was so today."""
    if not action.closed:
        action.closed_on = None
    elif action.closed_on is None:
        action.closed_on = timezone.localdate()
    action.save()
    return action
