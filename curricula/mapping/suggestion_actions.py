"""What a person decides on the abilities proposed for a course: a mapping, or none; the decision is stored."""

from __future__ import annotations

from django.utils.translation import gettext as _

from competencies.matching.suggestions import Suggestion
from competencies.models import Ability
from curricula.models import Course, Mapping, SuggestionDecision
from curricula.records.editing import editing
from curricula.records.versions import touch

from .actions import Cell, CellChanged, cell_of, set_cell

Decision = SuggestionDecision.Decision


class AlreadyUndone(ValueError):
    """The message says so to the reader."""

    def __init__(self) -> None:
        super().__init__(_("This decision was undone before."))


def decide(
    course: Course, ability: Ability, *, found: Suggestion, taken: str | None, who: str, syllabus: str = ""
) -> SuggestionDecision:
    """Take the ability at a level, stated or "", as a mapping; or reject it with None.

    The mapping is of the syllabus where one of the words that led there stands in it, else declared. Raises
    CellChanged where somebody mapped the course to the ability meanwhile, and ApprovedCurriculum.
    """
    with editing(course.curriculum):
        if taken is not None:
            cell = _cell(found, level=taken, syllabus=syllabus)
            set_cell(course.curriculum, course=course, ability=ability, cell=cell, known=None)
        decision = SuggestionDecision.objects.create(
            course=course,
            ability=ability,
            score=found.score,
            tier=found.tier,
            words=list(found.words),
            level_proposed=found.level,
            level_taken=taken or "",
            decision=_outcome(found, taken),
            who=who,
        )
        touch(course.curriculum)
    return decision


def undo(decision: SuggestionDecision) -> None:
    """Take a decision back, with the mapping that it made.

    Raises CellChanged where the mapping is not as it was made, AlreadyUndone, and ApprovedCurriculum.
    """
    curriculum = decision.course.curriculum
    with editing(curriculum):
        if not SuggestionDecision.objects.filter(pk=decision.pk, undone=False).update(undone=True):
            raise AlreadyUndone
        if decision.decision != Decision.REJECTED:
            _unmap(decision)
        touch(curriculum)


def _unmap(decision: SuggestionDecision) -> None:
    course, ability = decision.course, decision.ability
    current = cell_of(Mapping.objects.filter(course=course, ability=ability, rater="").first())
    if current is None:
        return
    made = Cell(decision.level_taken, None, current.provenance, _evidence(decision.words))
    if not made.same_as(current):
        raise CellChanged(current)
    set_cell(course.curriculum, course=course, ability=ability, cell=None)


def _cell(found: Suggestion, *, level: str, syllabus: str) -> Cell:
    stands_there = any(word in syllabus for word in found.words)
    provenance = Mapping.Provenance.SYLLABUS if stands_there else Mapping.Provenance.DECLARED
    return Cell(level=level, provenance=provenance, evidence=_evidence(found.words))


def _evidence(words: tuple[str, ...] | list[str]) -> str:
    return "; ".join(words)


def _outcome(found: Suggestion, taken: str | None) -> str:
    if taken is None:
        return Decision.REJECTED
    return Decision.ACCEPTED if taken == found.level else Decision.CHANGED
