"""Whether a mapping tells courses and abilities apart, before an index is read from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from competencies.analysis import UndefinedMeasure
from competencies.analysis.checks import Floats, numbers

from .alignment import porter_index

MOST_ABILITIES: Final = 0.8  # of the abilities; a course mapped to so many is said to serve everything


@dataclass(frozen=True)
class MappingCredibility:
    cells: int  # mapped
    possible: int  # courses × abilities
    density: float  # cells ÷ possible
    top_level: int  # cells at the highest level of the scale
    top_share: float | None  # of the cells; None without cells
    courses_mapped: int
    courses_to_four_fifths: int  # mapped to 4/5 of the abilities or more
    row_variation: list[float | None]  # of each course, None where it is not mapped
    straight_rows: int  # courses with two cells or more, all alike


def mapping_credibility(levels: npt.ArrayLike, *, scale: tuple[float, ...] | list[float]) -> MappingCredibility:
    """Plain counts of a mapping that show whether people decided cell by cell.

    Takes courses × abilities of levels, 0 where a cell is not mapped, and the levels of the scale, rising. A
    row's variation is 1 − Σp² over the levels of its mapped cells: 0 all alike, at most 1 − 1/levels. A density
    near 1, a top share near 1 and many straight rows say that everything was ticked. Raises UndefinedMeasure
    without a course or without an ability, ValueError for a level that is not on the scale.
    Source: plain counts; scale-point variation, Kim et al. 2019, Soc. Sci. Comput. Rev. 37, 214-233.

    >>> found = mapping_credibility([[3, 3], [1, 3], [0, 0]], scale=[1, 2, 3])
    >>> found.cells, found.top_level, found.straight_rows, found.row_variation
    (4, 3, 1, [0.0, 0.5, None])
    """
    table = numbers(levels, name="levels")
    if table.ndim != 2 or not table.size:
        raise UndefinedMeasure("There are no courses or no abilities, so no cell could be mapped.")
    steps = numbers(scale, name="scale")
    if not np.isin(table, [0, *steps]).all():
        raise ValueError("a level is not on the scale")
    mapped, top = table > 0, int((table == steps.max()).sum())
    served, cells = mapped.sum(axis=1), int(mapped.sum())
    straight = [len(set(row[row > 0])) == 1 for row in table]
    return MappingCredibility(
        cells=cells,
        possible=table.size,
        density=cells / table.size,
        top_level=top,
        top_share=top / cells if cells else None,
        courses_mapped=int((served > 0).sum()),
        courses_to_four_fifths=int((served >= MOST_ABILITIES * table.shape[1] - 1e-9).sum()),
        row_variation=[_variation(row[row > 0]) for row in table],
        straight_rows=int((straight & (served > 1)).sum()),
    )


@dataclass(frozen=True)
class PlanCredibility:
    mapped: MappingCredibility  # every accepted cell alike, whatever it states
    levelled: MappingCredibility  # of the cells that state a level


def flat_plan_index(other_side: npt.ArrayLike) -> float:
    """The index that a plan would have which served everything alike, against this side of demand or requirement.

    Takes values ≥ 0, one a cell. An index no better than this one measures the mapping, not the curriculum. From
    1/K where the side is one cell alone to 1 where it is even itself. Raises UndefinedMeasure where it sums to 0.

    >>> flat_plan_index([3, 1])
    0.75
    """
    side = numbers(other_side, name="side")
    return porter_index(np.ones_like(side), side)


def _variation(row: Floats) -> float | None:
    if not len(row):
        return None
    shares = np.unique(row, return_counts=True)[1] / len(row)
    return float(1 - (shares**2).sum())
