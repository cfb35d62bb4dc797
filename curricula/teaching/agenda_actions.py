"""Cells that somebody disputes, and what a meeting decides on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from competencies.models import Ability
from curricula.mapping.actions import Cell, CellRefused, cell_of, mark_disputed, set_cell
from curricula.models import CellDecision, CellQuestion, Course, Curriculum, Mapping
from curricula.records.editing import editing


class NotThere(ValueError):
    """The message says so."""

    def __init__(self) -> None:
        super().__init__(_("The course is not mapped to this ability any more; nothing was changed."))


@dataclass(frozen=True)
class Meeting:
    met_on: date
    present: Sequence[str]  # codes


@dataclass(frozen=True)
class Decided:
    """What the meeting wants a cell to hold; None is not mapped."""

    course: Course
    ability: Ability
    cell: Cell | None
    reason: str = ""


class DecisionRefused(ValueError):
    """One of the decisions cannot be written, and so none was."""

    def __init__(self, decided: Decided, why: str) -> None:
        super().__init__(f"{decided.course.code} × {decided.ability.title}: {why}")
        self.decided = decided


def dispute(course: Course, ability: Ability, *, note: str, by: Any) -> CellQuestion:
    """The cell counts for nothing until a meeting decided. Raises NotThere and ApprovedCurriculum."""
    curriculum = course.curriculum
    with editing(curriculum):
        if not mark_disputed(curriculum, course=course, ability=ability):
            raise NotThere
        return CellQuestion.objects.create(
            curriculum=curriculum, course=course.code, ability=ability, note=note, raised_by=by
        )


@transaction.atomic
def settle(curriculum: Curriculum, decisions: Sequence[Decided], *, meeting: Meeting, by: Any) -> None:
    """Write what was decided into the plan's own cells, with a record of each; all of them or none.

    Raises DecisionRefused and ApprovedCurriculum.
    """
    emptied = [each for each in decisions if each.cell is None]
    for each in (*emptied, *(each for each in decisions if each.cell is not None)):  # what is emptied makes room first
        _write(curriculum, each)
        cell = each.cell
        CellDecision.objects.create(
            curriculum=curriculum,
            course=each.course.code,
            ability=each.ability,
            mapped=cell is not None,
            level="" if cell is None else cell.level,
            share=None if cell is None else cell.share,
            reason=each.reason,
            met_on=meeting.met_on,
            present=list(meeting.present),
            recorded_by=by,
        )


def _write(curriculum: Curriculum, decided: Decided) -> None:
    stored = cell_of(Mapping.objects.filter(course=decided.course, ability=decided.ability, rater="").first())
    wanted = decided.cell
    if wanted is not None and stored is not None:  # how it is known stays, a meeting decides how far it goes
        wanted = Cell(wanted.level, wanted.share, stored.provenance, stored.evidence)
    try:
        set_cell(curriculum, course=decided.course, ability=decided.ability, cell=wanted)
    except CellRefused as refusal:
        raise DecisionRefused(decided, str(refusal)) from refusal
