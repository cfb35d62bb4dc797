"""The agenda of a meeting: cells that raters see differently or that somebody disputes, and what was decided."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import pandas as pd

from competencies.models import Ability
from curricula.analysis.agreement import reliability
from curricula.analysis.frames import Agreement
from curricula.analysis.raters import NOT_MAPPED, rater_agreement
from curricula.evaluation.frames import mappings_frame, part_rated_frame
from curricula.evaluation.unsettled import Cell, judged_by_raters, unsettled_cells
from curricula.mapping.actions import cell_of
from curricula.mapping.forms import LEVELS, NO_LEVEL, written
from curricula.mapping.forms import NOT_MAPPED as EMPTY
from curricula.models import CellDecision, CellQuestion, Course, Curriculum, Mapping
from curricula.wording import formats

from .people import Codes

DRAWS: Final = 2000
ORDER: Final = ("", NO_LEVEL, "I", "D", "A")  # by the ranks of a judgement


@dataclass(frozen=True)
class Said:
    """One rater's judgement of a cell."""

    who: str
    level: str  # as a sentence names it


@dataclass(frozen=True)
class Question:
    who: str
    note: str
    raised: datetime


@dataclass(frozen=True)
class Item:
    """One cell to be settled."""

    course: Course
    ability: Ability
    said: list[Said]
    questions: list[Question]
    now: str  # what the plan's own cell holds
    share: str
    disputed: bool

    @property
    def key(self) -> str:
        return f"{self.course.pk}-{self.ability.pk}"


@dataclass(frozen=True)
class Settled:
    decision: CellDecision
    course: str
    what: str
    present: list[str]


@dataclass(frozen=True)
class Agenda:
    items: list[Item]
    settled: list[Settled]
    agreement: Agreement

    @property
    def verdict(self) -> str:
        return "" if self.agreement.low is None else reliability(self.agreement.low)


def agenda_of(curriculum: Curriculum) -> Agenda:
    _accepted, ratings = mappings_frame(curriculum)
    return Agenda(
        items=_items(curriculum, judged_by_raters(curriculum)),
        settled=_settled(curriculum),
        agreement=rater_agreement(ratings, part_rated=part_rated_frame(curriculum), draws=DRAWS, seed=0),
    )


def _items(curriculum: Curriculum, judged: pd.DataFrame) -> list[Item]:
    """In the order of the plan's courses and the framework's abilities."""
    courses = {course.code: course for course in curriculum.courses.all()}
    abilities = {ability.code: ability for ability in curriculum.framework.abilities.all()}
    own = {(each.course.code, each.ability.code): each for each in _own(curriculum)}
    questions = _questions(curriculum, Codes(curriculum.school))
    wanted = unsettled_cells(curriculum, judged)
    return [
        Item(
            course=courses[course],
            ability=abilities[ability],
            said=_said(judged, (course, ability)),
            questions=questions.get((course, ability), []),
            disputed=_disputed(own.get((course, ability))),
            **_now(own.get((course, ability))),
        )
        for course in courses
        for ability in abilities
        if (course, ability) in wanted
    ]


def _own(curriculum: Curriculum) -> Any:
    return Mapping.objects.of(curriculum).own().select_related("course", "ability")


def _disputed(mapping: Mapping | None) -> bool:
    return mapping is not None and mapping.state == Mapping.State.DISPUTED


def _questions(curriculum: Curriculum, codes: Codes) -> dict[Cell, list[Question]]:
    found: dict[Cell, list[Question]] = defaultdict(list)
    for each in CellQuestion.objects.of_plan(curriculum).select_related("ability", "raised_by"):
        found[each.course, each.ability.code].append(Question(codes.of_user(each.raised_by), each.note, each.raised))
    return dict(found)


def _said(judged: pd.DataFrame, cell: Cell) -> list[Said]:
    if not len(judged) or cell not in judged.columns:
        return []
    return [Said(str(rater), _word(rank)) for rater, rank in judged[cell].dropna().items()]


def _word(rank: float) -> str:
    return str(dict(LEVELS)[EMPTY if rank == NOT_MAPPED else ORDER[int(rank)]])


def _now(mapping: Mapping | None) -> dict[str, str]:
    held = written(cell_of(mapping)) or {"level": EMPTY, "share": None}
    return {
        "now": str(dict(LEVELS)[held["level"]]),
        "share": "" if held["share"] is None else f"{held['share']:g}",
    }


def _settled(curriculum: Curriculum) -> list[Settled]:
    codes = Codes(curriculum.school)
    titles = {course.code: course.title for course in curriculum.courses.all()}
    rows = CellDecision.objects.of_plan(curriculum).select_related("ability")
    return [
        Settled(
            decision=each,
            course=f"{each.course} {titles.get(each.course, '')}".strip(),
            what=_decided(each),
            present=[codes.name(code) for code in each.present],
        )
        for each in rows
    ]


def _decided(decision: CellDecision) -> str:
    level = (decision.level or NO_LEVEL) if decision.mapped else EMPTY
    share = "" if decision.share is None else formats.share(decision.share)
    return " · ".join(filter(None, (str(dict(LEVELS)[level]), share)))
