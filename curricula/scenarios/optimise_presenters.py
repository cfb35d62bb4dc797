"""The smallest change of hours in words: what it changes, what it reaches, or what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from curricula.analysis.optimise.constraints import Bounds
from curricula.analysis.optimise.optimiser import Impossible, Plan, labelled, smallest_change
from curricula.analysis.scenarios.edits import Edit
from curricula.evaluation.reports import names_for
from curricula.evaluation.scenarios import prepared_for
from curricula.models import Curriculum
from curricula.wording import formats, phrases
from curricula.wording.messages import sentence
from curricula.wording.names import (
    Names,
)
from curricula.wording.optimise import blame_words, conflict_words, reason_words, several_words

from .presenters import EditLine, EffectView, edit_lines, effect_view

SECONDS: Final = 5.0  # of each search: a reader waits for it
TOO_LITTLE: Final = ("theory_without_practice", "under_taught_and_practised", "under_taught", "under_practised")


@dataclass(frozen=True)
class Reached:
    code: str
    title: str
    label: phrases.LabelTag | None  # None where nothing was changed
    why: tuple[str, ...]  # what no hours can cure


@dataclass(frozen=True)
class Blamed:
    """What stands in the way together."""

    lines: tuple[str, ...]
    said: str = ""  # of them together


@dataclass(frozen=True)
class Optimised:
    """Either a plan with edits, or the reason why there is none and who is to blame."""

    reached: tuple[Reached, ...]
    edits: tuple[Edit, ...] = ()
    lines: tuple[EditLine, ...] = ()
    hours: float = 0.0
    cut: str = ""  # said where the search ran out of time
    effect: EffectView | None = None
    reason: str = ""
    several: str = ""  # said where there is more than one thing to blame
    blamed: tuple[Blamed, ...] = ()


def targets_of(curriculum: Curriculum, *, labels: Iterable[str], abilities: Iterable[str]) -> tuple[str, ...]:
    """The abilities that have one of the labels, and those that are named."""
    prepared = prepared_for(curriculum)
    known = [code for code in abilities if code in prepared.frames.abilities.index]
    return tuple(dict.fromkeys((*labelled(prepared, tuple(labels)), *known)))


def optimised(
    curriculum: Curriculum, targets: Iterable[str], *, bounds: Bounds, keep_aligned: bool = False
) -> Optimised:
    """The smallest change that brings the hours of the targets into line, in words."""
    found = smallest_change(
        prepared_for(curriculum), targets, bounds=bounds, keep_aligned=keep_aligned, seconds=SECONDS
    )
    names = names_for(curriculum)
    return _plan(found, names) if isinstance(found, Plan) else _impossible(found, names)


def _plan(plan: Plan, names: Names) -> Optimised:
    return Optimised(
        reached=tuple(
            Reached(
                code,
                names.abilities.get(code, code),
                phrases.label_tag(label),
                _reasons(plan.beyond.get(code, ()), names),
            )
            for code, label in plan.reached.items()
        ),
        edits=plan.edits,
        lines=edit_lines(plan.edits, names),
        hours=plan.hours,
        cut=_cut(plan),
        effect=effect_view(plan.effect, names),
    )


def _cut(plan: Plan) -> str:
    if plan.least_hours < plan.hours - 0.5:
        values = {"hours": formats.hours(plan.hours), "least": formats.hours(plan.least_hours)}
        return (
            _(
                "The search was cut short: this moves %(hours)s hours, and all that is proven is that fewer than "
                "%(least)s cannot do."
            )
            % values
        )
    if not plan.fewest_courses:
        return _("No change moves fewer hours; whether fewer courses could carry them was not settled in time.")
    return ""


def _impossible(found: Impossible, names: Names) -> Optimised:
    beyond = tuple(
        Reached(code, names.abilities.get(code, code), None, _reasons(notices, names))
        for code, notices in found.beyond.items()
    )
    return Optimised(
        reached=beyond,
        reason=reason_words(found.reason),
        several=several_words(len(found.conflicts)),
        blamed=tuple(_blamed(found, names)),
    )


def _blamed(found: Impossible, names: Names) -> Iterator[Blamed]:
    for conflict in found.conflicts:
        yield Blamed(tuple(blame_words(each) for each in conflict.bounds), conflict_words(conflict))
    if found.targets:
        yield Blamed(tuple(names.abilities.get(code, code) for code in found.targets))


def _reasons(notices: Iterable[Any], names: Names) -> tuple[str, ...]:
    return tuple(sentence(notice, names) for notice in notices)
