"""Curricula side by side on one framework, and one curriculum on two frameworks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from math import log, sqrt
from typing import Final

import pandas as pd
from scipy import special

from competencies.analysis.checks import Floats
from curricula.analysis.alignment import emphasis, porter_index
from curricula.analysis.codes import notice
from curricula.analysis.frames import PAIRS, GapAnalysis, Notice, PairAlignment
from curricula.analysis.gap import Prepared, analyse

from .crosswalk import OtherFramework, through_crosswalk

FEWEST, MOST = 2, 6  # more cannot be read side by side
SHARES: Final = ("taught_share", "practised_share", "exposure_share")


@dataclass(frozen=True)
class Comparison:
    """Two to six curricula on one framework, under the names that they were given.

    shares: for each of SHARES a frame abilities × curricula, over the abilities that count in any of them; nan where
    a curriculum has no hours of the kind. labels: abilities × curricula, where labels differ. alignment: for each of
    PAIRS, each curriculum's index. distances: one row a pair of curricula; columns left, right, jensen_shannon
    (square root of the divergence to base 2), porter_distance (1 − Porter index), both of the exposure shares, 0 the
    same emphasis, 1 nothing in common, nan with a reason (Notice, else None), and years_apart (Int64).
    cautions: why numbers that stand side by side may not be comparable.
    """

    shares: dict[str, pd.DataFrame]
    labels: pd.DataFrame
    alignment: dict[str, dict[str, PairAlignment]]
    distances: pd.DataFrame
    cautions: tuple[Notice, ...]


@dataclass(frozen=True)
class FrameworkComparison:
    """One curriculum here, on its own framework, and there, through the crosswalk.

    abilities: index ability there; columns own (tuple: the abilities that lead to it), labels_here (tuple), label,
    taught_hours, practised_hours, exposure_hours, exposure_share, demand_mentions, demand_share, required_share.
    without: own abilities with no counterpart; columns exposure_hours, exposure_share, demand_mentions,
    required_weight, label, all as they stand here. unreached: abilities there that nothing leads to.
    """

    here: GapAnalysis
    there: GapAnalysis
    abilities: pd.DataFrame
    without: pd.DataFrame
    unreached: tuple[str, ...]


def compare(curricula: Mapping[str, GapAnalysis], *, years: Mapping[str, int] | None = None) -> Comparison:
    """Curricula side by side; `years` are their years of entry, by the same names.

    Raises ValueError for fewer than two or more than six, for different frameworks, and for different policies:
    labels under other thresholds are other labels. Sources: Lin 1991, IEEE Trans. Inf. Theory 37, 145-151 (the
    distance is its square root, Endres and Schindelin 2003); Porter 2002.
    """
    _expect_comparable(curricula)
    order = next(iter(curricula.values())).abilities.index
    tables = {name: analysis.abilities.loc[order] for name, analysis in curricula.items()}
    counted = pd.DataFrame({name: table["counted"] for name, table in tables.items()}).any(axis=1)
    labels = pd.DataFrame({name: table["label"] for name, table in tables.items()})
    return Comparison(
        shares={
            column: pd.DataFrame({name: table[column] for name, table in tables.items()})[counted] for column in SHARES
        },
        labels=labels[labels.ne(labels.iloc[:, 0], axis=0).any(axis=1)],
        alignment={pair: {name: each.alignment[pair] for name, each in curricula.items()} for pair in PAIRS},
        distances=pd.DataFrame(_distances(tables, years or {})).astype({"years_apart": "Int64", "reason": object}),
        cautions=tuple(_cautions(curricula)),
    )


def compare_frameworks(prepared: Prepared, other: OtherFramework) -> FrameworkComparison:
    """The curriculum as it looks on another framework, and what that framework has no place for."""
    crossed = through_crosswalk(prepared.frames, other)
    here = prepared.analysis
    there = analyse(crossed.frames, prepared.policy, draws=prepared.draws, seed=prepared.seed)
    leading = {
        code: tuple(own for own, found in other.counterparts.items() if code in found)
        for code in there.abilities.index
    }
    own_labels = here.abilities["label"]
    columns = ["label", "taught_hours", "practised_hours", "exposure_hours", "exposure_share"]
    abilities = there.abilities[[*columns, "demand_mentions", "demand_share", "required_share"]].assign(
        own=pd.Series(leading),
        labels_here=pd.Series({code: tuple(own_labels[list(own)]) for code, own in leading.items()}),
    )
    lost = ["exposure_hours", "exposure_share", "demand_mentions", "required_weight", "label"]
    return FrameworkComparison(
        here, there, abilities, here.abilities.loc[list(crossed.without), lost], crossed.unreached
    )


def _expect_comparable(curricula: Mapping[str, GapAnalysis]) -> None:
    if not FEWEST <= len(curricula) <= MOST:
        raise ValueError(f"{FEWEST} to {MOST} curricula can be compared, but there are {len(curricula)}")
    first, *others = curricula
    for name in others:
        if set(curricula[name].abilities.index) != set(curricula[first].abilities.index):
            raise ValueError(f"{name!r} and {first!r} are on different frameworks")
        if curricula[name].policy != curricula[first].policy:
            raise ValueError(f"{name!r} and {first!r} were analysed under different policies")


def _distances(tables: dict[str, pd.DataFrame], years: Mapping[str, int]) -> Iterator[dict[str, object]]:
    for left, right in combinations(tables, 2):
        row: dict[str, object] = {
            "left": left,
            "right": right,
            "jensen_shannon": None,
            "porter_distance": None,
            "reason": None,
        }
        apart = abs(years[left] - years[right]) if left in years and right in years else pd.NA
        hours = [tables[left]["exposure_hours"], tables[right]["exposure_hours"]]
        empty = [name for name, values in zip((left, right), hours, strict=True) if not values.sum() > 0]
        if empty:
            row["reason"] = notice("no_exposure_hours", curriculum=empty[0])
        else:
            row |= {
                "jensen_shannon": _jensen_shannon(*(emphasis(values) for values in hours)),
                "porter_distance": 1 - porter_index(*hours),
            }
        yield row | {"years_apart": apart}


def _jensen_shannon(left: Floats, right: Floats) -> float:
    """The root of the divergence in bits: 0 for the same emphasis, 1 for nothing in common. Source: Lin 1991."""
    middle = (left + right) / 2
    nats = (special.rel_entr(left, middle) + special.rel_entr(right, middle)).sum() / 2
    return sqrt(max(nats, 0.0) / log(2))


def _cautions(curricula: Mapping[str, GapAnalysis]) -> Iterator[Notice]:
    evidence = [replace(each.evidence, other_positions=0) if each.evidence else None for each in curricula.values()]
    if any(each != evidence[0] for each in evidence):
        yield notice("demand_differs")
    for pair in PAIRS:
        cells = {
            each.alignment[pair].abilities for each in curricula.values() if each.alignment[pair].index is not None
        }
        if len(cells) > 1:
            yield notice("cells_differ", pair=pair)
