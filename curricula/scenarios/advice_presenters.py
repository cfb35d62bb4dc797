"""Recommendations with what stands behind each, and as edits where they say enough for that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd
from django.utils.translation import gettext as _

from curricula.analysis.advice import blocking_factors
from curricula.analysis.exposure import emphases
from curricula.analysis.frames import CurriculumFrames, GapAnalysis, Recommendation
from curricula.analysis.scenarios.applied_edits import RefusedEdit, apply_edits
from curricula.analysis.scenarios.edits import AddCourse, Edit
from curricula.analysis.scenarios.edits_from_advice import Derived, Underivable, derived_edits
from curricula.evaluation.reports import gap_analysis_for, gap_report_for, names_for
from curricula.evaluation.scenarios import prepared_for
from curricula.models import Curriculum
from curricula.reports.gap_report import (
    AbilityLine,
    RecommendationLine,
)
from curricula.wording import phrases
from curricula.wording.edit_sentences import edit_words, left_words, names_with, refusal_words, underived_words
from curricula.wording.names import (
    Names,
)

WORTH_MOST: Final = 5
MOST_CARRIERS: Final = 5


def first_recommendations(curriculum: Curriculum) -> tuple[Recommendation, ...]:
    """Those that the overview names."""
    _frames, analysis = gap_analysis_for(curriculum)
    return analysis.recommendations[:WORTH_MOST]


def recommendation_for(curriculum: Curriculum, ability: str) -> Recommendation | None:
    _frames, analysis = gap_analysis_for(curriculum)
    return next((each for each in analysis.recommendations if each.ability == ability), None)


@dataclass(frozen=True)
class Advised:
    edits: tuple[Edit, ...]
    notes: tuple[str, ...]  # what no edit could be made of, and what the edits leave undone


def advised_edits(curriculum: Curriculum, advice: Iterable[Recommendation], *, after: Iterable[Edit] = ()) -> Advised:
    """The edits of recommendations one after another, each on the plan that the ones before leave, and the rest.

    Raises RefusedEdit where the plan cannot take the edits that come `after` it.
    """
    names = names_for(curriculum)
    made: list[Edit] = []
    notes: list[str] = []
    frames = apply_edits(prepared_for(curriculum).frames, after)
    for each in advice:
        derived, ability = _derived(each, frames, names), names.abilities.get(each.ability, each.ability)
        try:
            frames = apply_edits(frames, derived.edits) if isinstance(derived, Derived) else frames
        except RefusedEdit as refused:
            notes.append(phrases.headed(ability, refusal_words(refused, names)))
            continue
        made += derived.edits if isinstance(derived, Derived) else ()
        notes += _notes(derived, ability)
    return Advised(tuple(made), tuple(notes))


def _notes(derived: Derived | Underivable, ability: str) -> Iterator[str]:
    if isinstance(derived, Underivable):
        values = {"what": ability, "why": underived_words(derived)}
        yield _("Not turned into an edit: %(what)s – %(why)s.") % values
    elif derived.left:
        yield phrases.headed(ability, left_words(derived.left))


@dataclass(frozen=True)
class Carrier:
    """A course that could carry the change, and what an hour more of it would do."""

    code: str
    title: str
    share: float  # of an hour added to the course, the part that reaches the ability; 0: not mapped to it
    closes: float  # share of exposure that one credit more of the course would add or, to retire, one less frees
    credits: float | None
    requires: int  # courses that it requires
    waiting: int | None  # courses that wait for it, None where prerequisites run in a circle


@dataclass(frozen=True)
class AdviceLine:
    line: RecommendationLine
    ability: AbilityLine | None
    carriers: tuple[Carrier, ...]  # best first by what they would close per hour
    edits: tuple[str, ...]
    left: str  # what the edits leave undone
    underived: str  # why there are no edits

    @property
    def effect(self) -> str:
        """What the change of one credit does."""
        return _("Frees") if self.line.kind == "retire" else _("Closes")


def advice_page(curriculum: Curriculum) -> tuple[AdviceLine, ...]:
    """Every recommendation, those with most at stake first."""
    frames, analysis = gap_analysis_for(curriculum)
    report = gap_report_for(curriculum)
    names, abilities = names_for(curriculum), {line.code: line for line in report.abilities}
    courses = _Courses(frames, analysis, names, prepared_for(curriculum).judged.teaching.cells)
    return tuple(
        AdviceLine(
            line=line,
            ability=abilities.get(line.ability),
            carriers=tuple(courses.carriers(advice)),
            **_as_edits(advice, frames, names),
        )
        for line, advice in zip(report.recommendations, analysis.recommendations, strict=True)
    )


def _as_edits(advice: Recommendation, frames: CurriculumFrames, names: Names) -> dict[str, Any]:
    derived = _derived(advice, frames, names)
    if isinstance(derived, Underivable):
        return {"edits": (), "left": "", "underived": underived_words(derived)}
    titled = names_with(names, derived.edits)
    lines = tuple(edit_words(edit, titled) for edit in derived.edits)
    return {"edits": lines, "left": left_words(derived.left) if derived.left else "", "underived": ""}


def _derived(advice: Recommendation, frames: CurriculumFrames, names: Names) -> Derived | Underivable:
    """The edits, a course that offers a reference course under that one's title."""
    derived = derived_edits(advice, frames)
    if isinstance(derived, Underivable):
        return derived
    return replace(derived, edits=tuple(_titled(edit, names) for edit in derived.edits))


def _titled(edit: Edit, names: Names) -> Edit:
    if not isinstance(edit, AddCourse):
        return edit
    return replace(edit, title=names.reference_courses.get(edit.title, edit.title))


class _Courses:
    """What the courses of a plan would bring to an ability."""

    def __init__(self, frames: CurriculumFrames, analysis: GapAnalysis, names: Names, cells: pd.DataFrame) -> None:
        self.frames, self.names, self.cells = frames, names, cells
        self.hours = float(emphases(analysis.areas)["exposed"].sum())
        self.least = analysis.policy.least_hours
        self.waiting, _cycles = blocking_factors(frames)
        self.requires = frames.prerequisites["course"].value_counts()

    def carriers(self, advice: Recommendation) -> Iterator[Carrier]:
        mine = self.cells[self.cells["ability"] == advice.ability].set_index("course")["share"]
        named = [code for code in (advice.course, *advice.candidates) if code is not None]
        wanted = dict.fromkeys([*mine.sort_values(ascending=False, kind="stable").index, *named])
        for code in list(wanted)[:MOST_CARRIERS]:
            yield self._carrier(str(code), float(mine.get(code, 0.0)), retire=advice.kind == "retire")

    def _carrier(self, code: str, share: float, *, retire: bool) -> Carrier:
        credits_ = self.frames.courses["credits"].astype(float)[code]
        return Carrier(
            code=code,
            title=self.names.courses.get(code, code),
            share=share,
            closes=-share * self.least / self.hours if retire else share * self.least / (self.hours + self.least),
            credits=None if pd.isna(credits_) else float(credits_),
            requires=int(self.requires.get(code, 0)),
            waiting=None if self.waiting is None else self.waiting.get(code, 0),
        )
