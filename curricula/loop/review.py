"""The review of a plan as its page shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from competencies.citations import plain_word
from curricula.models import Curriculum, Decision

from .queries import may_decide_alone, round_of, steps_of

State = Curriculum.State
Kind = Decision.Kind


@dataclass(frozen=True)
class Step:
    name: str
    decision: Decision | None
    current: bool


@dataclass(frozen=True)
class Review:
    """Where a plan stands, what was decided on it, and what the reader may decide."""

    curriculum: Curriculum
    steps: tuple[Step, ...]
    decisions: tuple[Decision, ...]  # the newest first
    choices: tuple[tuple[str, str], ...]  # what the reader may decide now
    alone: bool  # they sent it, and nobody else can decide
    waits_for_others: bool  # they sent it, and somebody else decides


def review_of(curriculum: Curriculum, user: Any, *, may_edit: bool) -> Review:
    decisions = tuple(reversed(curriculum.decisions.select_related("by")))
    current = round_of(curriculum) if curriculum.state != State.DRAFT else []
    sent = bool(current) and current[0].by_id == user.pk
    alone = sent and may_edit and curriculum.editable and may_decide_alone(curriculum, user)
    return Review(
        curriculum=curriculum,
        steps=tuple(_steps(curriculum, current)),
        decisions=decisions,
        choices=tuple(_choices(curriculum, sent=sent, alone=alone)) if may_edit else (),
        alone=alone,
        waits_for_others=sent and not alone and curriculum.state == State.IN_REVIEW,
    )


def step_name(step: str) -> str:
    """A school that names no steps has one, which is called so."""
    return plain_word(step) or _("Approval")


def _steps(curriculum: Curriculum, current: list[Decision]) -> Iterator[Step]:
    passed = {each.step: each for each in current if each.kind == Kind.PASSED}
    waiting = curriculum.state == State.IN_REVIEW
    for step in steps_of(curriculum):
        yield Step(step_name(step), passed.get(step), waiting and step not in passed)
        waiting &= step in passed


def _choices(curriculum: Curriculum, *, sent: bool, alone: bool) -> Iterator[tuple[str, str]]:
    if curriculum.state == State.DRAFT:
        yield Kind.SENT, _("Send to review")
    elif curriculum.state == State.IN_REVIEW:
        if alone or not sent:
            yield Kind.PASSED, _("Pass")
            yield Kind.RETURNED, _("Return with reason")
        if sent:
            yield Kind.WITHDRAWN, _("Take back")
