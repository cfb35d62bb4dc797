"""Recommendations with what stands behind each, and as edits where hours or a course can carry them out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from curricula.analysis.advice import blocking_factors
from curricula.analysis.frames import CurriculumFrames, Recommendation
from curricula.analysis.scenarios.edits import AddCourse, Edit
from curricula.analysis.scenarios.edits_from_advice import Underivable, derived_edits
from curricula.evaluation.reports import gap_analysis_for, gap_report_for, hours_plan_for, names_for
from curricula.evaluation.scenarios import prepared_to_try
from curricula.models import Curriculum
from curricula.reports.advice_lines import RecommendationLine
from curricula.reports.gap_report import AbilityLine
from curricula.wording.edit_sentences import edit_words, names_with, underived_words
from curricula.wording.names import Names
from curricula.wording.optimise import left_words

MOST_CARRIERS: Final = 5


def advised_edits(curriculum: Curriculum, advice: Recommendation) -> tuple[Edit, ...] | Underivable:
    """The edits of a recommendation, a course that offers a reference course under that one's title."""
    frames, _analysis = gap_analysis_for(curriculum)
    derived = derived_edits(advice, frames, hours_plan_for(curriculum))
    if isinstance(derived, Underivable):
        return derived
    return tuple(_titled(edit, names_for(curriculum)) for edit in derived)


def recommendation_for(curriculum: Curriculum, ability: str) -> Recommendation | None:
    _frames, analysis = gap_analysis_for(curriculum)
    return next((each for each in analysis.recommendations if each.ability == ability), None)


def _titled(edit: Edit, names: Names) -> Edit:
    if not isinstance(edit, AddCourse):
        return edit
    return replace(edit, title=names.reference_courses.get(edit.title, edit.title))


@dataclass(frozen=True)
class Carrier:
    """A course that serves the ability already, or could."""

    code: str
    title: str
    share: float  # of an hour of the course, the part that reaches the ability; 0: not mapped to it
    credits: float | None
    requires: int  # courses that it requires
    waiting: int | None  # courses that wait for it, None where prerequisites run in a circle


@dataclass(frozen=True)
class AdviceLine:
    line: RecommendationLine
    ability: AbilityLine | None
    carriers: tuple[Carrier, ...]  # those with the largest share first, then those named
    edits: tuple[str, ...]
    left: str  # what hours alone leave undone
    underived: str  # why there are no edits


def advice_page(curriculum: Curriculum) -> tuple[AdviceLine, ...]:
    """Every recommendation, in the order of the report."""
    frames, analysis = gap_analysis_for(curriculum)
    report, plan, names = gap_report_for(curriculum), hours_plan_for(curriculum), names_for(curriculum)
    abilities = {line.code: line for line in report.abilities}
    left = {each.ability: left_words(each, names) for each in plan.left}
    courses = _Courses(frames, names, prepared_to_try(curriculum).judged.teaching.cells)
    lines = []
    for line, advice in zip(report.recommendations, analysis.recommendations, strict=True):
        derived = derived_edits(advice, frames, plan)
        edits = () if isinstance(derived, Underivable) else tuple(_titled(edit, names) for edit in derived)
        titled = names_with(names, edits)
        lines.append(
            AdviceLine(
                line=line,
                ability=abilities.get(line.ability),
                carriers=tuple(courses.carriers(advice)),
                edits=tuple(edit_words(edit, titled) for edit in edits),
                left=left.get(line.ability, ""),
                underived=underived_words(derived) if isinstance(derived, Underivable) else "",
            )
        )
    return tuple(lines)


class _Courses:
    """What the courses of a plan give to an ability."""

    def __init__(self, frames: CurriculumFrames, names: Names, cells: pd.DataFrame) -> None:
        self.frames, self.names, self.cells = frames, names, cells
        self.waiting, _cycles = blocking_factors(frames)
        self.requires = frames.prerequisites["course"].value_counts()

    def carriers(self, advice: Recommendation) -> Iterator[Carrier]:
        mine = self.cells[self.cells["ability"] == advice.ability].set_index("course")["share"]
        named = [code for code in (advice.course, *advice.candidates) if code is not None]
        wanted = dict.fromkeys([*mine.sort_values(ascending=False, kind="stable").index, *named])
        for code in list(wanted)[:MOST_CARRIERS]:
            yield self._carrier(str(code), float(mine.get(code, 0.0)))

    def _carrier(self, code: str, share: float) -> Carrier:
        credits_ = self.frames.courses["credits"].astype(float)[code]
        return Carrier(
            code=code,
            title=self.names.courses.get(code, code),
            share=share,
            credits=None if pd.isna(credits_) else float(credits_),
            requires=int(self.requires.get(code, 0)),
            waiting=None if self.waiting is None else self.waiting.get(code, 0),
        )
