"""One plan on two frameworks: what becomes of its findings there, and what that framework has no place for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _

from competencies.models import Framework
from curricula.analysis.known import known
from curricula.analysis.measures.comparison import FrameworkComparison
from curricula.evaluation.further import framework_comparison_for
from curricula.evaluation.reports import titles_of
from curricula.links import Linked, PlanLinks, links_of
from curricula.models import Curriculum
from curricula.wording import formats, phrases


@dataclass(frozen=True)
class AbilityThere:
    title: str
    own: tuple[tuple[str, phrases.LabelTag], ...]  # the plan's abilities that lead there, with their findings here
    hours: float
    share: float | None
    demand: float | None  # share; None where unknown
    label: phrases.LabelTag


@dataclass(frozen=True)
class AbilityWithout(Linked):
    """An ability of the plan for which the other framework has no place."""

    hours: float
    label: phrases.LabelTag


@dataclass(frozen=True)
class PlanThere:
    curriculum: Curriculum
    other: Framework
    sentence: str
    rows: tuple[AbilityThere, ...]
    without: tuple[AbilityWithout, ...]  # the most hours first


def plan_there(curriculum: Curriculum, other: Framework) -> PlanThere | None:
    """The plan as it looks on the other framework; None where no crosswalk leads there."""
    found = framework_comparison_for(curriculum, other)
    if found is None:
        return None
    links, there = links_of(curriculum), titles_of(other.abilities)
    without = found.without.sort_values("exposure_hours", ascending=False, kind="stable")
    return PlanThere(
        curriculum=curriculum,
        other=other,
        sentence=_sentence(found, other),
        rows=tuple(_there(row, links, there) for row in _records(found.abilities)),
        without=tuple(
            AbilityWithout(*links.ability(row.Index), float(row.exposure_hours), phrases.label_tag(row.label))
            for row in _records(without)
            if row.exposure_hours > 0
        ),
    )


def _records(frame: pd.DataFrame) -> Iterator[Any]:
    return frame.itertuples()


def _there(row: Any, links: PlanLinks, there: Mapping[str, str]) -> AbilityThere:
    own = zip(row.own, row.labels_here, strict=True)
    return AbilityThere(
        title=there.get(row.Index, row.Index),
        own=tuple((links.ability(code)[0], phrases.label_tag(label)) for code, label in own),
        hours=float(row.exposure_hours),
        share=known(row.exposure_share),
        demand=known(row.demand_share),
        label=phrases.label_tag(row.label),
    )


def _sentence(found: FrameworkComparison, other: Framework) -> str:
    hours, lost = float(found.here.abilities["exposure_hours"].sum()), float(found.without["exposure_hours"].sum())
    if not hours:
        return _("No hours of the plan reach an ability, so nothing can be carried over.")
    return _(
        "Of the plan's %(hours)s hours that serve an ability, %(lost)s (%(part)s) have no place in “%(other)s”."
    ) % {
        "hours": formats.hours(hours),
        "lost": formats.hours(lost),
        "part": formats.share(lost / hours),
        "other": other.title,
    }
