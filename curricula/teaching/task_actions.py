"""What the person who maps a course decides on its page, through the actions of the matrix and of the suggestions."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from competencies.models import Level
from curricula.mapping.actions import Cell, set_cell
from curricula.mapping.decisions import last_decision
from curricula.mapping.forms import CellForm
from curricula.mapping.presenters import proposed_for
from curricula.mapping.suggestion_actions import AlreadyUndone, decide, undo
from curricula.models import Course


class NotProposed(ValueError):
    def __init__(self) -> None:
        super().__init__(_("This ability is not proposed for the course any more; nothing was changed."))


def write_cell(course: Course, form: CellForm, *, rater: str) -> None:
    """What a valid form says of one ability. Raises what `set_cell` does."""
    set_cell(
        course.curriculum,
        course=course,
        ability=form.cleaned_data["ability"],
        cell=form.cell(),
        rater=rater,
        known=form.known_cell(),
    )


def take(course: Course, ability: int, *, level: str | None, by: Any, rater: str) -> str:
    """Take a proposal at a level, or reject it with None; what was done, in words. Raises NotProposed.

    A second rater takes it as a row of his or her own, and nothing of the decision is told to others.
    """
    proposed = proposed_for(course, ability, rater=rater)
    if proposed is None:
        raise NotProposed
    if level is not None and level not in ("", *Level.values):
        raise NotProposed
    if rater:
        cell = None if level is None else Cell(level=level, evidence="; ".join(proposed.found.words))
        set_cell(course.curriculum, course=course, ability=proposed.ability, cell=cell, rater=rater, known=None)
        return _("%(ability)s: saved.") % {"ability": proposed.ability.title}
    who = by.get_username()
    decided = decide(course, proposed.ability, found=proposed.found, taken=level, who=who)
    words = {"ability": proposed.ability.title, "decision": decided.get_decision_display()}
    return _("%(ability)s: %(decision)s.") % words


def take_back(course: Course, decision: int, *, by: Any) -> str:
    """Undo what this person decided last. Raises AlreadyUndone and what `undo` does."""
    last = last_decision(course.curriculum, who=by.get_username())
    if last is None or last.pk != decision or last.course_id != course.pk:
        raise AlreadyUndone
    undo(last)
    return _("Undone: %(ability)s is proposed again.") % {"ability": last.ability.title}
