"""What the pages beside the report read: dear to compute, and kept for as long as no record changes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

import pandas as pd
from django.db.models import Q

from competencies.kept import kept
from competencies.models import Ability, Crosswalk, Framework
from curricula.analysis.measures.comparison import FrameworkComparison, compare_frameworks
from curricula.analysis.measures.crosswalk import OtherFramework
from curricula.analysis.measures.depth import (
    Specificity,
    Vintage,
    WebbProfile,
    chains,
    specificity,
    vintage,
    webb_profiles,
)
from curricula.analysis.measures.robustness import Robustness, robustness
from curricula.models import Curriculum, Mapping

from .frames import tree_frame
from .reports import POLICY, data_stamp, frames_of, prepared_with_postings


@dataclass(frozen=True)
class Depth:
    webb: tuple[WebbProfile, ...]
    chains: pd.DataFrame
    vintage: Vintage
    specificity: Specificity


def depth_for(curriculum: Curriculum) -> Depth:
    """Webb's criteria, level chains, vintage and specificity of a curriculum."""
    return kept(f"depth-{data_stamp(curriculum)}", lambda: _depth(curriculum))


def _depth(curriculum: Curriculum) -> Depth:
    frames = frames_of(curriculum)
    return Depth(webb_profiles(frames), chains(frames), vintage(frames, POLICY), specificity(frames))


def robustness_for(curriculum: Curriculum) -> Robustness:
    """What becomes of the largest gaps of a curriculum under other choices, other frameworks among them."""
    tied = _tied(curriculum)
    stamp = "-".join(f"{framework.pk}.{framework.changed.timestamp()}" for framework in tied)
    return kept(f"robustness-{data_stamp(curriculum)}-{stamp}", lambda: _robustness(curriculum, tied))


def _robustness(curriculum: Curriculum, tied: list[Framework]) -> Robustness:
    return robustness(prepared_with_postings(curriculum), frameworks=other_frameworks(curriculum.framework, tied))


def _tied(curriculum: Curriculum) -> list[Framework]:
    """The frameworks that a crosswalk ties to that of the plan, as far as its school may use them."""
    framework = curriculum.framework
    linked = Q(abilities__crosswalks__counterpart__framework=framework) | Q(
        abilities__crosswalked_from__ability__framework=framework
    )
    return list(
        Framework.objects.open_to(curriculum.school)
        .filter(linked)
        .exclude(pk=framework.pk)
        .distinct()
        .order_by("slug")
    )


def other_frameworks(framework: Framework, others: list[Framework]) -> dict[str, OtherFramework]:
    """The other frameworks by slug, as the analysis reads a framework through its crosswalk.

    Counterparts of every relation lead there, those that are only related too: the kindest reading of a crosswalk
    leaves the most to compare. Links to or from an area are left out, because no course serves an area.
    """
    rows = Ability.objects.filter(framework__in=[framework, *others]).order_by("framework", "order", "code")
    fields = rows.values_list("framework__slug", "pk", "parent_id", "code", "kind")
    frames = {slug: tree_frame(row[1:] for row in own) for slug, own in groupby(fields, key=lambda row: row[0])}
    counterparts: dict[str, dict[str, list[str]]] = {other.slug: defaultdict(list) for other in others}
    for slug, own, code in _links(framework, others):
        if own in frames[framework.slug].index and code in frames[slug].index:
            counterparts[slug][own].append(code)
    return {slug: OtherFramework(dict(found), frames[slug]) for slug, found in counterparts.items() if found}


def _links(framework: Framework, others: list[Framework]) -> list[tuple[str, str, str]]:
    """The other framework's slug, the ability here and the ability there, entered from either side."""
    links = Crosswalk.objects.order_by("ability__order", "counterpart__order")
    there = links.filter(ability__framework=framework, counterpart__framework__in=others).values_list(
        "counterpart__framework__slug", "ability__code", "counterpart__code"
    )
    here = links.filter(counterpart__framework=framework, ability__framework__in=others).values_list(
        "ability__framework__slug", "counterpart__code", "ability__code"
    )
    return [*there, *here]


@dataclass(frozen=True)
class MatrixKeys:
    """How the matrix page names its rows, columns and raters."""

    courses: dict[str, int]  # code -> key
    abilities: dict[str, int]
    raters: tuple[str, ...]  # in the order of their names


def matrix_keys(curriculum: Curriculum) -> MatrixKeys:
    raters = Mapping.objects.of(curriculum).exclude(rater="").order_by("rater")
    return MatrixKeys(
        courses=dict(curriculum.courses.values_list("code", "pk")),
        abilities=dict(curriculum.framework.abilities.values_list("code", "pk")),
        raters=tuple(raters.values_list("rater", flat=True).distinct()),
    )


def framework_comparison_for(curriculum: Curriculum, other: Framework) -> FrameworkComparison | None:
    """A curriculum on its own framework and on another; None where no crosswalk leads there."""
    key = f"two-frameworks-{data_stamp(curriculum)}-{other.pk}.{other.changed.timestamp()}"
    return kept(key, lambda: _framework_comparison(curriculum, other))


def _framework_comparison(curriculum: Curriculum, other: Framework) -> FrameworkComparison | None:
    found = other_frameworks(curriculum.framework, [other])
    if other.slug not in found:
        return None
    return compare_frameworks(prepared_with_postings(curriculum), found[other.slug])
