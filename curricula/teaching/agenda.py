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
from curricula.analysis.raters import NOT_MAPPED, differing, judgements, rater_agreement
from curricula.evaluation.frames import mappings_frame, part_rated_frame
from curricula.mapping.actions import cell_of
from curricula.mapping.forms import LEVELS, NO_LEVEL, written
from curricula.mapping.forms import NOT_MAPPED as EMPTY
from curricula.models import CellDecision, CellQuestion, Course, Curriculum, Mapping, Rating
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


Cell = tuple[str, str]  # codes of course and ability


def agenda_of(curriculum: Curriculum) -> Agenda:
    _accepted, ratings = mappings_frame(curriculum)
    part_rated = part_rated_frame(curriculum)
    judged = judgements(ratings, part_rated=part_rated) if len(ratings) else pd.DataFrame()
    return Agenda(
        items=_items(curriculum, judged),
        settled=_settled(curriculum),
        agreement=rater_agreement(ratings, part_rated=part_rated, draws=DRAWS, seed=0),
    )


def _items(curriculum: Curriculum, judged: pd.DataFrame) -> list[Item]:
    """In the order of the plan's courses and the framework's abilities."""
    courses = {course.code: course for course in curriculum.courses.all()}
    abilities = {ability.code: ability for ability in curriculum.framework.abilities.all()}
    own = {(each.course.code, each.ability.code): each for each in _own(curriculum)}
    questions = _questions(curriculum, Codes(curriculum.school))
    wanted = _open(curriculum, _apart(judged), own, questions)
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


def _apart(judged: pd.DataFrame) -> set[Cell]:
    return {(str(cell[0]), str(cell[1])) for cell in differing(judged).columns.tolist()} if len(judged) else set()


def _open(
    curriculum: Curriculum, apart: set[Cell], own: dict[Cell, Mapping], questions: dict[Cell, list[Question]]
) -> set[Cell]:
    settled, handed_in = _last_settled(curriculum), _handed_in(curriculum)
    named = apart | set(questions) | {cell for cell, each in own.items() if _disputed(each)}
    return {
        cell
        for cell in named
        if _is_open(own.get(cell), settled.get(cell), questions.get(cell, []), handed_in.get(cell[0]))
    }


def _own(curriculum: Curriculum) -> Any:
    return Mapping.objects.of(curriculum).own().select_related("course", "ability")


def _disputed(mapping: Mapping | None) -> bool:
    return mapping is not None and mapping.state == Mapping.State.DISPUTED


def _is_open(
    own: Mapping | None, settled: datetime | None, questions: list[Question], handed_in: datetime | None
) -> bool:
    """Until a decision that came after all that was said of it."""
    if settled is None or _disputed(own):
        return True
    return any(
        moment > settled for moment in (*(each.raised for each in questions), *([handed_in] if handed_in else ()))
    )


def _questions(curriculum: Curriculum, codes: Codes) -> dict[Cell, list[Question]]:
    found: dict[Cell, list[Question]] = defaultdict(list)
    for each in CellQuestion.objects.of_plan(curriculum).select_related("ability", "raised_by"):
        found[each.course, each.ability.code].append(Question(codes.of_user(each.raised_by), each.note, each.raised))
    return dict(found)


def _last_settled(curriculum: Curriculum) -> dict[Cell, datetime]:
    rows = CellDecision.objects.of_plan(curriculum).order_by("recorded")
    return {(course, ability): moment for course, ability, moment in rows.values_list(*_PLACE, "recorded")}


_PLACE: Final = ("course", "ability__code")


def _handed_in(curriculum: Curriculum) -> dict[str, datetime]:
    """By the code of a course, when the last rating of it came in."""
    rows = Rating.objects.filter(course__curriculum=curriculum, handed_in__isnull=False).order_by("handed_in")
    return {course: moment for course, moment in rows.values_list("course__code", "handed_in") if moment}


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
