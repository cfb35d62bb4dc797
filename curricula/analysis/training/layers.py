"""Managers and specialists (paper 000 §IV.B), and the echelon in three stages (001 §4.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from competencies.analysis import UndefinedMeasure
from curricula.analysis.exposure import effective_number
from curricula.analysis.measures.echelons import by_echelon

TERMS_A_YEAR: Final = 2
FIRST_MONTH: Final = 9  # of a school year; its second term begins in February
SECOND_MONTH: Final = 2


@dataclass(frozen=True)
class LayerReading:
    """table: index layer; hours, required, taught, practised, assessed, areas, breadth, depth, practised_share.

    areas: those that its hours reach; breadth: effective number of areas of its hours (nan undefined); depth: hours
    for each of its abilities that is taught (nan without one); practised_share: of its hours (nan without hours).
    """

    table: pd.DataFrame
    unrequired_hours: float


def layers(abilities: pd.DataFrame, weights: pd.DataFrame) -> LayerReading:
    """Readiness by layer, breadth against depth: managers need the one, specialists the other.

    `abilities` is indexed by ability: area and taught, practised, exposed, assessed (hours); `weights` the same
    abilities × layers, summed requirement weights. Hours of an ability are split by where its weight lies. Source:
    000 §IV.B ("managers … macro-control …, but lower requirements on professional depth"); breadth after Hill 1973.
    """
    hours = abilities[["taught", "practised", "exposed", "assessed"]]
    found = by_echelon(hours, weights)
    parts = weights.div(weights.sum(axis=1).replace(0, np.nan), axis=0).fillna(0.0)
    split = parts.mul(hours["exposed"].reindex(parts.index), axis=0)
    done = parts.mul(hours["practised"].reindex(parts.index), axis=0).sum()
    by_area = split.groupby(abilities["area"].reindex(split.index)).sum()
    table = found.table.copy()
    table["areas"] = (by_area > 0).sum()
    table["breadth"] = [_breadth(by_area[layer]) for layer in table.index]
    table["depth"] = table["hours"] / table["taught"].where(table["taught"] > 0)
    table["practised_share"] = done / table["hours"].where(table["hours"] > 0)
    return LayerReading(table, found.unrequired_hours)


def _breadth(hours: pd.Series) -> float:
    try:
        return effective_number(hours)
    except UndefinedMeasure:
        return float("nan")


def terms_begun(entry: int, today: date) -> int:
    """How many terms those who entered in September of a year have begun.

    >>> [terms_begun(2025, day) for day in (date(2025, 8, 31), date(2025, 9, 1), date(2026, 2, 1), date(2026, 9, 1))]
    [0, 1, 2, 3]
    """
    years = today.year - entry
    if today.month >= FIRST_MONTH:
        return max(TERMS_A_YEAR * years + 1, 0)
    return max(TERMS_A_YEAR * years - (today.month < SECOND_MONTH), 0)


@dataclass(frozen=True)
class Standing:
    """Where one year of entry stands: table has index stage; required, begun (abilities), hours, of_hours."""

    entry: int
    terms: int  # begun
    last_term: int  # of the plan
    table: pd.DataFrame
    without_term: float  # hours of courses whose term is not stated, counted in no stage

    @property
    def is_over(self) -> bool:
        return self.terms > self.last_term > 0


def standing(entry: int, cells: pd.DataFrame, stages: Mapping[str, Mapping[str, float]], *, today: date) -> Standing:
    """What of each stage a year of entry has had by the terms that it has begun.

    `cells` has one row a course–ability cell: ability, term, term_last (nan unknown), exposed (hours); `stages`
    gives stage → ability → weight, basic first. Hours of a course over several terms are spread evenly. A stage
    is a part of the plan, not a level that a person reached: nobody's ability is claimed. Source: 001 §4.3.

    >>> cells = pd.DataFrame({"ability": ["a"], "term": [1.0], "term_last": [2.0], "exposed": [32.0]})
    >>> standing(2026, cells, {"basic": {"a": 1.0}}, today=date(2026, 10, 1)).table.loc["basic", "hours"].item()
    16.0
    """
    terms = terms_begun(entry, today)
    first = cells["term"].astype(float)
    last = cells["term_last"].astype(float).fillna(first).clip(lower=first)
    part = ((terms - first + 1) / (last - first + 1)).clip(0.0, 1.0)
    known = first.notna()
    had = (cells["exposed"] * part.fillna(0.0)).groupby(cells["ability"]).sum()
    planned = cells["exposed"].where(known, 0.0).groupby(cells["ability"]).sum()
    weights = pd.DataFrame(stages).fillna(0.0)
    shares = weights.div(weights.sum(axis=1).replace(0, np.nan), axis=0).fillna(0.0)
    had, planned = had.reindex(weights.index).fillna(0.0), planned.reindex(weights.index).fillna(0.0)
    needed = weights > 0
    table = pd.DataFrame(
        {
            "required": needed.sum(),
            "begun": needed.mul(had > 0, axis=0).sum(),
            "hours": shares.mul(had, axis=0).sum(),
            "of_hours": shares.mul(planned, axis=0).sum(),
        }
    )
    longest = last.max()
    without = float(cells["exposed"][~known].sum())
    return Standing(entry, terms, 0 if np.isnan(longest) else int(longest), table, without)
