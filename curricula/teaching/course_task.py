"""One course as who maps it sees it: its text, what is chosen and proposed, and what it does in the plan."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from competencies.models import Ability
from competencies.request_numbers import key_of
from curricula.analysis.exposure import stated_practice
from curricula.analysis.measures.carriers import Carriers, carriers_of
from curricula.evaluation.frames import courses_frame, mappings_frame
from curricula.mapping.actions import cell_of
from curricula.mapping.forms import CellForm, written
from curricula.mapping.presenters import CourseToDecide, course_to_decide
from curricula.mapping.queries import term_text
from curricula.models import AssignedCourse, CellQuestion, Course, Curriculum, Mapping
from curricula.rater_codes import member_code

from .agenda_forms import DisputeForm
from .carrier_words import said_of

Refused = CellForm | DisputeForm


@dataclass(frozen=True)
class ChosenLine:
    """An ability that the course is mapped to, and the form that changes it."""

    ability: Ability
    state: str
    state_text: str
    level: str
    share: str
    provenance: str
    evidence: str
    opened: str  # what the form was opened with, as CellForm reads it
    place: str  # what the course does for the ability beside the other courses; "" for who rates alone
    refusal: str = ""
    disputing: str = ""  # the note that was typed and refused
    notes: list[str] = field(default_factory=list)  # why it is disputed


@dataclass(frozen=True)
class AreaChoice:
    """Abilities that can be added, of one area."""

    title: str
    abilities: list[Ability]


@dataclass(frozen=True)
class CourseTask:
    course: Course
    term: str
    line: AssignedCourse | None
    alone: bool
    shown: CourseToDecide
    chosen: list[ChosenLine]
    choices: list[AreaChoice]
    place: int
    of: int
    refused: Refused | None

    @property
    def refused_in_line(self) -> bool:
        """Whether the refusal stands beside an ability that is chosen already."""
        return any(line.refusal for line in self.chosen)

    @property
    def refused_ability(self) -> int | None:
        return key_of(self.refused.data.get("ability")) if self.refused is not None else None

    @property
    def may_undo(self) -> bool:
        last = self.shown.last
        return not self.alone and last is not None and last.course_id == self.course.pk

    @property
    def shares(self) -> float:
        """What the stated shares add up to, in percent."""
        return sum(float(line.share) for line in self.chosen if line.share)


def rater_of(user: Any, line: AssignedCourse | None) -> str:
    """Under which code somebody writes the cells of a course: "" are the plan's own."""
    if line is None or not line.assignment.second:
        return ""
    return member_code(line.assignment.curriculum.school, user)


def course_task(
    curriculum: Curriculum, course: Course, *, user: Any, line: AssignedCourse | None, refused: Refused | None = None
) -> CourseTask:
    rater = rater_of(user, line)
    who = user.get_username()
    shown = course_to_decide(curriculum, [course], who=who, course=course.pk, rater=rater)
    assert shown is not None  # there is one course  # noqa: S101
    mappings = Mapping.objects.filter(course=course, rater=rater).select_related("ability").order_by("ability__order")
    places = {} if rater else _places(curriculum, course)
    notes = {} if rater else _notes(curriculum, course)
    chosen = [
        _line(mapping, places.get(mapping.ability.code), refused, notes.get(mapping.ability_id, []))
        for mapping in mappings
    ]
    siblings = [] if line is None else list(line.assignment.courses.values_list("pk", flat=True))
    return CourseTask(
        course=course,
        term=term_text(course),
        line=line,
        alone=bool(rater),
        shown=shown,
        chosen=chosen,
        choices=_choices(curriculum, {each.ability.pk for each in chosen}),
        place=siblings.index(line.pk) + 1 if line is not None else 0,
        of=len(siblings),
        refused=refused,
    )


def _line(mapping: Mapping, carriers: Carriers | None, refused: Refused | None, notes: list[str]) -> ChosenLine:
    held = written(cell_of(mapping)) or {}
    share = "" if held["share"] is None else f"{held['share']:g}"
    stated = held | {"share": share, "opened": _opened(mapping, held), "refusal": ""}
    if refused is not None and refused.data.get("ability") == str(mapping.ability_id):
        typed = ("level", "share", "opened") if isinstance(refused, CellForm) else ("disputing",)
        stated |= {name: refused.data.get(name, "") for name in typed} | {"refusal": refused.sentence()}
    return ChosenLine(
        ability=mapping.ability,
        state=mapping.state,
        state_text=str(mapping.get_state_display()),
        place=said_of(carriers) if carriers is not None else "",
        notes=notes if mapping.state == Mapping.State.DISPUTED else [],
        **stated,
    )


def _notes(curriculum: Curriculum, course: Course) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    questions = CellQuestion.objects.of_plan(curriculum).filter(course=course.code)
    for ability, note in questions.values_list("ability_id", "note"):
        found.setdefault(ability, []).append(note)
    return found


def _opened(mapping: Mapping, held: dict[str, Any]) -> str:
    return json.dumps({"place": [mapping.course_id, mapping.ability_id], **held})


def _places(curriculum: Curriculum, course: Course) -> dict[str, Carriers]:
    courses, hours = courses_frame(curriculum)
    cells, _ratings = mappings_frame(curriculum)
    practice = stated_practice(hours, courses["total_hours"])
    return carriers_of(cells[["course", "ability"]], practice, course=course.code)


def _choices(curriculum: Curriculum, chosen: set[int]) -> list[AreaChoice]:
    areas: dict[int | None, AreaChoice] = {}
    for ability in _leaves(curriculum).exclude(pk__in=chosen).select_related("parent"):
        title = ability.parent.title if ability.parent else ""
        areas.setdefault(ability.parent_id, AreaChoice(title, [])).abilities.append(ability)
    return list(areas.values())


def _leaves(curriculum: Curriculum) -> QuerySet[Ability]:
    return curriculum.framework.abilities.leaves().order_by("parent__order", "order", "code")
