"""What every measure asks of its input, with messages that name the offending row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]


def numbers(
    values: npt.ArrayLike, *, name: str, missing: bool = False, highest: float = np.inf, lowest: float = 0.0
) -> Floats:
    """`values` as floats, each finite and between `lowest` and `highest`; nan passes only where `missing`.

    Raises ValueError that names the first offending element by its label (a frame's) or its position.
    """
    array = np.asarray(values, dtype=float)
    wrong = ~np.isfinite(array) | (array < lowest) | (array > highest)
    if missing:
        wrong &= ~np.isnan(array)
    if wrong.any():
        position = tuple(int(i) for i in np.argwhere(wrong)[0])
        raise ValueError(
            f"{name} must be {_range(lowest, highest)}, but {_place(values, position)} is {array[position]:g}"
        )
    return array


def whole(value: float, *, name: str, lowest: int = 0) -> int:
    """`value` as an int; raises ValueError where it is not a whole number of at least `lowest`."""
    if not np.isfinite(value) or value != int(value) or value < lowest:
        raise ValueError(f"{name} must be a whole number of at least {lowest}, but is {value}")
    return int(value)


def part_of(part: float, total: float, *, part_name: str, total_name: str) -> tuple[int, int]:
    """Both as whole numbers; raises ValueError where the part is larger than its total."""
    part, total = whole(part, name=part_name), whole(total, name=total_name)
    if part > total:
        raise ValueError(f"{part_name} ({part}) cannot be more than {total_name} ({total})")
    return part, total


def same_labels(left: npt.ArrayLike, right: npt.ArrayLike) -> npt.ArrayLike:
    """`right`, put in the order of `left` where both are labelled.

    Raises ValueError where one label is on one side only: it would be compared with something else.
    """
    if isinstance(left, pd.DataFrame) and isinstance(right, pd.DataFrame):
        _expect_same(left.index, right.index)
        _expect_same(left.columns, right.columns)
        return right.reindex(index=left.index, columns=left.columns)
    if isinstance(left, pd.Series) and isinstance(right, pd.Series):
        _expect_same(left.index, right.index)
        return right.reindex(left.index)
    return right


def same_shape(left: npt.NDArray[Any], right: npt.NDArray[Any], *, names: Sequence[str]) -> None:
    """Raises ValueError where the shapes differ."""
    if left.shape != right.shape:
        raise ValueError(f"{names[0]} and {names[1]} must have one shape, but are {left.shape} and {right.shape}")


def unique(labels: pd.Index, *, name: str) -> None:
    """Raises ValueError that names the first label that stands twice."""
    if not labels.is_unique:
        raise ValueError(f"{name} {labels[labels.duplicated()][0]!r} stands twice")


def _expect_same(left: pd.Index, right: pd.Index) -> None:
    unique(left, name="label")
    unique(right, name="label")
    odd = left.symmetric_difference(right, sort=False)
    if len(odd):
        raise ValueError(f"label {odd[0]!r} is on one side only")


def _range(lowest: float, highest: float) -> str:
    if lowest == 0 and highest == np.inf:
        return "finite and not negative"
    if lowest == -np.inf:
        return "finite"
    return f"between {lowest:g} and {highest:g}"


def _place(values: npt.ArrayLike, position: tuple[int, ...]) -> str:
    if isinstance(values, pd.DataFrame):
        return f"row {values.index[position[0]]!r}, column {values.columns[position[1]]!r}"
    if isinstance(values, pd.Series):
        return f"{values.index[position[0]]!r}"
    if not position:
        return "the value"
    return f"element {position[0] if len(position) == 1 else position}"
