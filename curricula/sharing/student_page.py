"""An approved plan for students: what they learn to do, in which course and term. No finding, no demand, no person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from curricula.analysis.frames import LEVELS, CurriculumFrames
from curricula.evaluation.reports import frames_of, words_of
from curricula.models import Curriculum
from curricula.wording import formats, phrases
from curricula.wording.names import Names


@dataclass(frozen=True)
class LearntIn:
    course: str
    term: str  # "" where the plan states none
    level: str  # in words, "" where none is stated


@dataclass(frozen=True)
class LearntAbility:
    title: str
    courses: tuple[LearntIn, ...]


@dataclass(frozen=True)
class LearntArea:
    title: str
    abilities: tuple[LearntAbility, ...]


@dataclass(frozen=True)
class StudentPage:
    school: str
    program: str
    year: int
    areas: tuple[LearntArea, ...]
    courses: int
    abilities: int
    sample: bool


def student_page(plan: Curriculum) -> StudentPage:
    """As it was approved: the abilities that some course serves, by area, with their courses by term."""
    frames, words = frames_of(plan), words_of(plan)
    areas = tuple(_areas(frames, words.names))
    return StudentPage(
        school=words.subject.school,
        program=words.subject.program,
        year=plan.year,
        areas=areas,
        courses=frames.mappings["course"].nunique(),
        abilities=sum(len(area.abilities) for area in areas),
        sample=words.subject.sample,
    )


def _areas(frames: CurriculumFrames, names: Names) -> Iterator[LearntArea]:
    learnt = _learnt(frames, names)
    by_area: dict[str, list[LearntAbility]] = defaultdict(list)
    for code, area in frames.abilities["area"].items():
        if courses := learnt.get(str(code)):
            by_area[str(area)].append(LearntAbility(names.abilities.get(str(code), str(code)), tuple(courses)))
    for area, abilities in by_area.items():
        yield LearntArea(names.abilities.get(area, ""), tuple(abilities))


def _learnt(frames: CurriculumFrames, names: Names) -> dict[str, list[LearntIn]]:
    """By ability: its courses in the order of their terms, those without a term last."""
    terms = frames.courses["term"].astype(float)
    rows = frames.mappings.assign(term=frames.mappings["course"].map(terms)).sort_values("term", kind="stable")
    found: dict[str, list[LearntIn]] = defaultdict(list)
    for course, ability, level, term in rows[["course", "ability", "level", "term"]].itertuples(index=False):
        stated = level if level in LEVELS and level else ""
        found[str(ability)].append(
            LearntIn(
                course=names.courses.get(str(course), str(course)),
                term="" if pd.isna(term) else formats.number(float(term)),
                level=phrases.level_text(stated) if stated else "",
            )
        )
    return found
