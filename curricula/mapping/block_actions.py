"""Many cells of the matrix at once, as they are pasted, filled or taken back: all of them or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from competencies.saving.bulk import remove_all
from curricula.models import Course, Curriculum, Mapping
from curricula.records.editing import editing
from curricula.records.room import expect_room
from curricula.records.saving import SHARE_TOLERANCE
from curricula.records.versions import touch

from .actions import Cell, CellRefused, cell_of, same

Place = tuple[int, int]  # course and ability
FIELDS = ("level", "share", "strength", "provenance", "evidence", "state")


@dataclass(frozen=True)
class Edit:
    """What one cell shall hold, and what the writer last saw there; None is an empty cell."""

    place: Place
    cell: Cell | None
    known: Cell | None
    strength: str = ""  # no level, so not part of a cell
    known_strength: str = ""


class BlockChanged(ValueError):
    """Somebody else wrote into some of the cells after the writer last saw them; nothing was saved."""

    def __init__(self, current: dict[Place, Mapping | None]) -> None:
        super().__init__(_("Somebody else changed some of these cells meanwhile. Nothing was saved yet."))
        self.current = current


def set_block(curriculum: Curriculum, edits: Collection[Edit], *, rater: str = "") -> int:
    """Write these cells in a constant number of queries; how many changed.

    Raises BlockChanged, CellRefused where the shares of a course would pass 1, PlanFull, and ApprovedCurriculum.
    """
    with editing(curriculum):
        courses = {edit.place[0] for edit in edits}
        rows = {
            (row.course_id, row.ability_id): row for row in Mapping.objects.filter(course__in=courses, rater=rater)
        }
        wanted = [edit for edit in edits if not _holds(rows.get(edit.place), edit)]
        _expect_known(wanted, rows)
        made, changed, gone = _sorted(wanted, rows, rater)
        _refuse_overfull(curriculum, [*rows.values(), *made], gone, {edit.place[0] for edit in wanted})
        bulk_create_with_history(made, Mapping, batch_size=500)
        bulk_update_with_history(changed, Mapping, FIELDS, batch_size=500)
        remove_all(Mapping, gone)
        if made:
            expect_room(curriculum)
        if wanted:
            touch(curriculum)
    return len(wanted)


def _holds(row: Mapping | None, edit: Edit) -> bool:
    """Whether the cell is as it shall be, and accepted."""
    if row is None or edit.cell is None:
        return row is None and edit.cell is None
    accepted = row.state == Mapping.State.ACCEPTED
    return accepted and same(cell_of(row), edit.cell) and row.strength == edit.strength


def _expect_known(edits: Sequence[Edit], rows: dict[Place, Mapping]) -> None:
    others = {edit.place: rows.get(edit.place) for edit in edits if not _as_known(rows.get(edit.place), edit)}
    if others:
        raise BlockChanged(others)


def _as_known(row: Mapping | None, edit: Edit) -> bool:
    """Whether the cell is as the writer last saw it."""
    return same(cell_of(row), edit.known) and (row is None or row.strength == edit.known_strength)


def _sorted(
    edits: Sequence[Edit], rows: dict[Place, Mapping], rater: str
) -> tuple[list[Mapping], list[Mapping], list[Mapping]]:
    """The rows to make, to change and to delete."""
    made: list[Mapping] = []
    changed: list[Mapping] = []
    gone: list[Mapping] = []
    for edit in edits:
        row = rows.get(edit.place)
        if edit.cell is None:
            gone.append(rows[edit.place])
            continue
        target = row or Mapping(course_id=edit.place[0], ability_id=edit.place[1], rater=rater)
        target.level, target.share, target.strength = edit.cell.level, edit.cell.share, edit.strength
        target.provenance, target.evidence = edit.cell.provenance, edit.cell.evidence
        target.state = Mapping.State.ACCEPTED
        (changed if row else made).append(target)
    return made, changed, gone


def _refuse_overfull(
    curriculum: Curriculum, rows: Sequence[Mapping], gone: Sequence[Mapping], courses: Collection[int]
) -> None:
    left = {id(row) for row in gone}
    totals: defaultdict[int, float] = defaultdict(float)
    for row in rows:
        if id(row) not in left and row.course_id in courses:
            totals[row.course_id] += row.share or 0
    over = [course for course, total in totals.items() if total > 1 + SHARE_TOLERANCE]
    if over:
        first = Course.objects.get(curriculum=curriculum, pk=over[0])
        message = _("The shares of %(course)s would add up to %(total)s %%. Nothing was saved.")
        raise CellRefused(message % {"course": first.code, "total": f"{100 * totals[over[0]]:.4g}"})
