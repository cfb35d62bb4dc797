"""Advice by hours in words: what is reached, each number before and after, and what is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from curricula.analysis.gap import Prepared
from curricula.analysis.optimise.optimiser import HoursPlan, Line
from curricula.analysis.scenarios.edits import SetHours
from curricula.analysis.scenarios.effects import Change
from curricula.analysis.scenarios.evaluate import what_if
from curricula.wording import phrases
from curricula.wording.edit_sentences import course_words
from curricula.wording.names import Names
from curricula.wording.optimise import left_words, purpose_words, size_words, summary_words

from .presenters import EffectView, Row, effect_view


@dataclass(frozen=True)
class Moved:
    """What a course does for an ability, and the plan as a whole, before and after."""

    code: str
    title: str
    line: Line
    plan: str  # what the plan as a whole gives it, and what is asked for
    label: Change[phrases.LabelTag]
    purpose: str  # what more hours are for


@dataclass(frozen=True)
class CourseChange:
    code: str
    title: str
    modes: tuple[Row[float], ...]  # where theory becomes practice
    given: float  # hours that go to other content
    shifted: float  # hours of theory that become practice
    rows: tuple[Moved, ...]


@dataclass(frozen=True)
class LeftLine:
    code: str
    title: str
    words: str


@dataclass(frozen=True)
class Locked:
    code: str
    title: str


@dataclass(frozen=True)
class HoursView:
    summary: str
    courses: tuple[CourseChange, ...]
    left: tuple[LeftLine, ...]
    locked: tuple[Locked, ...]
    proven: bool
    effect: EffectView | None  # None where nothing changes


def hours_view(plan: HoursPlan, prepared: Prepared, names: Names) -> HoursView:
    return HoursView(
        summary=summary_words(plan),
        courses=tuple(_courses(plan, prepared, names)),
        left=tuple(
            LeftLine(left.ability, names.abilities.get(left.ability, left.ability), left_words(left, names))
            for left in plan.left
        ),
        locked=tuple(Locked(code, course_words(code, names)) for code in plan.locked),
        proven=plan.proven,
        effect=effect_view(what_if(prepared, plan.edits), names) if plan.edits else None,
    )


def _courses(plan: HoursPlan, prepared: Prepared, names: Names) -> Iterator[CourseChange]:
    for code, found in groupby(plan.lines, key=lambda line: line.course):
        lines, modes = tuple(found), tuple(_modes(code, plan, prepared))
        shifted = sum(max(row.after - row.before, 0.0) for row in modes)
        yield CourseChange(
            code=code,
            title=course_words(code, names),
            modes=modes,
            given=plan.moved[code] - shifted,
            shifted=shifted,
            rows=tuple(_moved(line, names, purpose_words(plan, line)) for line in lines),
        )


def _modes(code: str, plan: HoursPlan, prepared: Prepared) -> Iterator[Row[float]]:
    for edit in plan.edits:
        if isinstance(edit, SetHours) and edit.course == code:
            now = prepared.frames.hours.fillna(0.0).loc[code].to_dict()
            for mode, after in edit.hours.items():
                yield Row(phrases.mode_text(mode), now[mode], after or 0.0)


def _moved(line: Line, names: Names, purpose: str) -> Moved:
    return Moved(
        code=line.ability,
        title=names.abilities.get(line.ability, line.ability),
        line=line,
        plan=size_words(line),
        label=Change(phrases.label_tag(line.label.before), phrases.label_tag(line.label.after)),
        purpose=purpose,
    )
