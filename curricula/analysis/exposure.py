"""From course hours to hours of exposure: what each ability is taught, practised and assessed."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from competencies.analysis import UndefinedMeasure
from competencies.analysis.checks import Floats, numbers, unique

UNMAPPED = "unmapped"
SHARE_TOLERANCE = 1e-6
STRENGTHS: Final = {"H": 3, "M": 2, "L": 1}  # of support, where no share is stated; pragmatic


def exposure(hours: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """Hours that each ability gets in each mode: E(a, m) = Σc s(c, a) · h(c, m).

    `hours` is courses × modes, in hours ≥ 0; `shares` is courses × abilities, the part of the course that
    serves the ability, each row summing to at most 1. Returns abilities and a last row `unmapped` × modes, in
    hours; every column sums to the hours that went in. 0 hours: no course time reaches the ability; the most
    an ability can get is all of them. A course without a row in `shares` is wholly unmapped.
    Raises ValueError that names the course whose shares are missing, exceed 1, have no hours, or stand twice.

    >>> hours = pd.DataFrame({"theory": [32.0], "operation": [16.0]}, index=["C1"])
    >>> exposure(hours, pd.DataFrame({"sourcing": [0.25]}, index=["C1"])).values.tolist()
    [[8.0, 4.0], [24.0, 12.0]]
    """
    for index, name in ((hours.index, "course"), (shares.index, "course"), (shares.columns, "ability")):
        unique(index, name=name)
    _expect_known(hours.index, shares.index)
    if UNMAPPED in shares.columns:
        raise ValueError(f"an ability cannot be called {UNMAPPED!r}: that row holds what no ability takes")
    served = _row_shares(shares.reindex(hours.index, fill_value=0.0))
    spent = numbers(hours, name="hours")
    left = 1 - served.sum(axis=1, keepdims=True)
    left[left < SHARE_TOLERANCE] = 0.0  # three thirds leave nothing, whatever their sum is in binary
    rows = pd.Index([*shares.columns, UNMAPPED])
    return pd.DataFrame(np.hstack([served, left]).T @ spent, index=rows, columns=hours.columns)


def completed_shares(mappings: pd.DataFrame) -> pd.DataFrame:
    """What each cell of a mapping takes of its course: the stated share, or a part of what the course has left.

    `mappings` has one row a cell: course, share (0 to 1, nan where it is not stated) and, where it is known,
    strength (H, M or L; anything else counts as M) and assumed (bool: of a share that this rule made before). Cells
    without a share split what the stated ones leave equally, or as 3 : 2 : 1 by strength. Returns the same rows:
    share (of the course, nothing missing) and assumed (bool). Raises ValueError that names a course whose stated
    shares exceed 1. Source: a rule of this method.

    >>> cells = pd.DataFrame({"course": ["C"] * 3, "share": [0.5, np.nan, np.nan], "strength": ["", "H", "M"]})
    >>> completed_shares(cells)["share"].tolist()
    [0.5, 0.3, 0.2]
    """
    stated, course = mappings["share"].astype(float), mappings["course"]
    assumed = stated.isna()
    strength = mappings["strength"] if "strength" in mappings else pd.Series("", index=mappings.index)
    weight = strength.map(STRENGTHS).fillna(STRENGTHS["M"]).astype(float).where(assumed, 0.0)
    totals = stated.fillna(0.0).groupby(course).transform("sum")
    if (totals > 1 + SHARE_TOLERANCE).any():
        raise ValueError(_above_one(course.iloc[int(totals.argmax())], totals.max()))
    portion = (1 - totals).clip(lower=0.0) * weight / weight.groupby(course).transform("sum")
    before = mappings["assumed"].eq(True) if "assumed" in mappings else False
    return pd.DataFrame({"share": stated.where(~assumed, portion), "assumed": assumed | before})


def emphases(exposed: pd.DataFrame, *, demonstration_is_practice: bool = False) -> pd.DataFrame:
    """Hours taught, practised, exposed and assessed, one row an ability.

    Takes what `exposure` returns, in the five modes and `unsplit`; one that is absent counts as 0 hours. Taught is
    theory and demonstration, practised is simulation and operation, exposed is both and what is not split into
    them; assessment is kept apart as evidence. `demonstration_is_practice` is the other grouping, to see what
    hangs on it.

    >>> emphases(pd.DataFrame({"theory": [8.0], "operation": [4.0]}, index=["sourcing"])).values.tolist()
    [[8.0, 4.0, 12.0, 0.0]]
    """
    theory, demonstration, simulation, operation, assessment, unsplit = (
        exposed[mode] if mode in exposed else pd.Series(0.0, index=exposed.index)
        for mode in ("theory", "demonstration", "simulation", "operation", "assessment", "unsplit")
    )
    shown, done = theory + demonstration, simulation + operation
    if demonstration_is_practice:
        shown, done = theory, done + demonstration
    columns = {"taught": shown, "practised": done, "exposed": shown + done + unsplit, "assessed": assessment}
    return pd.DataFrame(columns)


def stated_practice(hours: pd.DataFrame, totals: pd.Series) -> pd.DataFrame:
    """What a plan says of practice, course by course: what is not stated is unknown, not 0.

    `hours` is courses × the five modes, nan where a mode is not stated; `totals` the courses' stated hours, nan
    where none is. Returns hours by course: taught and practice_low (both as stated), unsplit (total − stated
    modes) and practice_high = practice_low + unsplit. Unsplit and practice_high are nan, without an upper end,
    where a course states neither practice nor a total and no course of the plan states any practice; where
    another one does, a blank is a 0. Raises ValueError for hours below 0. Source: a rule of this method.

    >>> hours = pd.DataFrame({"theory": [32.0, 32.0], "operation": [np.nan, np.nan]}, index=["B", "C"])
    >>> stated_practice(hours, pd.Series({"B": 48.0, "C": np.nan}))["practice_high"].tolist()
    [16.0, nan]
    """
    stated = numbers(hours, name="hours", missing=True)
    total = numbers(totals.reindex(hours.index), name="totals", missing=True)
    spent = emphases(hours.fillna(0.0))
    practical = hours.reindex(columns=["simulation", "operation"]).notna().any(axis=1).to_numpy()
    unsplit = np.clip(total - np.nansum(stated, axis=1), 0.0, None)
    open_ended = np.isnan(total) & ~practical.any()
    unsplit = np.where(np.isnan(total) & ~open_ended, 0.0, unsplit)
    low = spent["practised"]
    columns = {"taught": spent["taught"], "practice_low": low, "practice_high": low + unsplit, "unsplit": unsplit}
    return pd.DataFrame(columns, index=hours.index)


def effective_number(hours: npt.ArrayLike) -> float:
    """How many areas of equal size would be as broad as these: exp of the entropy of their shares.

    Takes hours (or mentions) ≥ 0, one an area; their unit does not matter. 1: all in one area; K: K areas alike.
    Compared only at one granularity. Raises UndefinedMeasure where they sum to 0.
    Source: Hill 1973, Ecology 54, 427-432; Jost 2006, Oikos 113, 363-375.

    >>> round(effective_number([10, 10, 0]), 9)
    2.0
    """
    values = numbers(hours, name="hours")
    if not values.sum():
        raise UndefinedMeasure("There are no hours, so they have no breadth.")
    parts = values.ravel() / values.max()
    return float(np.exp(special.entr(parts / parts.sum()).sum()))


def _row_shares(shares: pd.DataFrame) -> Floats:
    values = numbers(shares, name="shares", highest=1 + SHARE_TOLERANCE)
    sums = values.sum(axis=1)
    if (sums > 1 + SHARE_TOLERANCE).any():
        place = int(np.argmax(sums > 1 + SHARE_TOLERANCE))
        raise ValueError(_above_one(shares.index[place], sums[place]))
    return values


def _above_one(course: object, total: float) -> str:
    return f"the shares of course {course!r} sum to {total:g}, and cannot be more than 1"


def _expect_known(courses: pd.Index, mapped: pd.Index) -> None:
    unknown = mapped.difference(courses, sort=False)
    if len(unknown):
        raise ValueError(f"course {unknown[0]!r} has shares but no hours")
