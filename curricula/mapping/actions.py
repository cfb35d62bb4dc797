"""One cell of the matrix at a time: what the plan, or one rater, says of a course and an ability."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import isclose

from django.db.models import Sum
from django.utils.translation import gettext as _

from competencies.models import Ability
from curricula.models import Course, Curriculum, Mapping
from curricula.records.editing import editing
from curricula.records.room import expect_room
from curricula.records.saving import SHARE_TOLERANCE
from curricula.records.versions import touch


class Unknown(Enum):
    """Stands for a cell of which the writer does not say what it held before."""

    UNKNOWN = "unknown"


UNKNOWN = Unknown.UNKNOWN


@dataclass(frozen=True)
class Cell:
    """A course serves an ability: how far, with which part of its hours, and how that is known."""

    level: str = ""
    share: float | None = None  # 0…1; None is not stated
    provenance: str = Mapping.Provenance.DECLARED
    evidence: str = ""

    def same_as(self, other: Cell | None) -> bool:
        return other is not None and self._words() == other._words() and _same_share(self.share, other.share)

    def _words(self) -> tuple[str, str, str]:
        return self.level, str(self.provenance), self.evidence


class CellRefused(ValueError):
    """The cell cannot hold that; the message says what to do first."""


class CellChanged(ValueError):
    """Somebody else wrote the cell after the writer last saw it."""

    def __init__(self, current: Cell | None) -> None:
        super().__init__(_("Somebody else changed this cell meanwhile; what it holds now is shown. Change it again?"))
        self.current = current


def cell_of(mapping: Mapping | None) -> Cell | None:
    if mapping is None:
        return None
    return Cell(mapping.level, mapping.share, mapping.provenance, mapping.evidence)


def set_cell(
    curriculum: Curriculum,
    *,
    course: Course,
    ability: Ability,
    cell: Cell | None,
    rater: str = "",
    known: Cell | Unknown | None = UNKNOWN,
) -> bool:
    """Write a cell, or empty it with None; True when anything changed.

    `known` is what the writer last saw there: when the cell holds neither that nor what is wanted, CellChanged is
    raised. Raises CellRefused where the shares of the course would pass 1, PlanFull, and ApprovedCurriculum.
    """
    with editing(curriculum):
        mapping = Mapping.objects.filter(course=course, ability=ability, rater=rater).first()
        current = cell_of(mapping)
        if same(current, cell) and _accepted(mapping):
            return False
        if not isinstance(known, Unknown) and not same(current, known):
            raise CellChanged(current)
        _write(mapping or Mapping(course=course, ability=ability, rater=rater), cell)
        if mapping is None:
            expect_room(curriculum)
        touch(curriculum)
    return True


def _write(mapping: Mapping, cell: Cell | None) -> None:
    if cell is None:
        mapping.delete()
        return
    _refuse_overfull(mapping, cell.share)
    mapping.level, mapping.share = cell.level, cell.share
    mapping.provenance, mapping.evidence = cell.provenance, cell.evidence
    mapping.state = Mapping.State.ACCEPTED
    mapping.save()


def _refuse_overfull(mapping: Mapping, share: float | None) -> None:
    if share is None:
        return
    others = Mapping.objects.filter(course=mapping.course, rater=mapping.rater).exclude(pk=mapping.pk)
    total = share + (others.aggregate(total=Sum("share"))["total"] or 0)
    if total > 1 + SHARE_TOLERANCE:
        message = _("The shares of this course would add up to %(total)s %%: lower another first.")
        raise CellRefused(message % {"total": f"{100 * total:.4g}"})


def _accepted(mapping: Mapping | None) -> bool:
    return mapping is None or mapping.state == Mapping.State.ACCEPTED


def same(left: Cell | None, right: Cell | None) -> bool:
    return right is None if left is None else left.same_as(right)


def _same_share(left: float | None, right: float | None) -> bool:
    """Percent and back may cost the last digits."""
    if left is None or right is None:
        return left is right
    return isclose(left, right, abs_tol=1e-9)


def mark_disputed(curriculum: Curriculum, *, course: Course, ability: Ability) -> bool:
    """The plan's own cell counts for nothing until it is written again; False where there is none.

    Raises ApprovedCurriculum.
    """
    with editing(curriculum):
        mapping = Mapping.objects.filter(course=course, ability=ability, rater="").first()
        if mapping is None:
            return False
        mapping.state = Mapping.State.DISPUTED
        mapping.save()
        touch(curriculum)
    return True
