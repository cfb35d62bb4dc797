"""Is what comes in what frames.py states? Refused here, with the offending row, so that no measure sees it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

import numpy as np
import pandas as pd

from .frames import EVIDENCE, LEVELS, MODES, CurriculumFrames, DemandFrames

ROUNDING = 1e-6  # shares entered as 33.33 % thrice, or summed in floats


def check(frames: CurriculumFrames) -> None:
    """Raises ValueError that names the first row which breaks the contract of frames.py."""
    _unique(frames.abilities.index, "ability")
    _unique(frames.courses.index, "course")
    _check_hours(frames.hours, frames.courses.index)
    _check_mappings(frames)
    _check_requirements(frames)
    _known(frames.prepares_for, frames.positions, "prepares_for")
    if frames.demand is not None:
        _check_demand(frames.demand)


def _check_hours(hours: pd.DataFrame, courses: pd.Index) -> None:
    _unique(hours.index, "hours of course")
    _known(hours.index, courses, "hours")
    for mode in MODES:
        stated = hours[mode].astype(float)
        wrong = (stated < 0) | np.isinf(stated)
        if wrong.any():
            place = int(np.argmax(wrong))
            raise ValueError(f"hours: course {hours.index[place]!r} has {stated.iloc[place]:g} hours of {mode}")


def _check_mappings(frames: CurriculumFrames) -> None:
    mappings = frames.mappings
    _known(mappings["course"], frames.courses.index, "mappings")
    _known(mappings["ability"], frames.abilities.index, "mappings")
    _known(mappings["level"], LEVELS, "mappings")
    if "provenance" in mappings:
        _known(mappings["provenance"], EVIDENCE, "mappings")
    twice = mappings.duplicated(["course", "ability"])
    _refuse(mappings, twice, "mappings: {course!r} and {ability!r} stand twice")
    share = mappings["share"].astype(float)
    _refuse(mappings, ~share.fillna(0.0).between(0, 1), "mappings: {course!r} has the share {share}")
    totals = share.groupby(mappings["course"]).sum()
    if (totals > 1 + ROUNDING).any():
        raise ValueError(f"mappings: the shares of course {totals.idxmax()!r} sum to {totals.max():g}, above 1")


def _check_requirements(frames: CurriculumFrames) -> None:
    requirements = frames.requirements
    _known(requirements["ability"], frames.abilities.index, "requirements")
    _known(requirements["position"], frames.positions, "requirements")
    _known(requirements["level"], LEVELS, "requirements")
    weight = requirements["weight"].astype(float)  # a frame without rows has no types yet
    wrong = ~(weight > 0) | np.isinf(weight)
    _refuse(requirements, wrong, "requirements: {position!r}, {ability!r} has the weight {weight}")


def _check_demand(demand: DemandFrames) -> None:
    postings = demand.postings
    _unique(postings.index, "posting")
    undated = postings["counted_on"].isna()
    if undated.any():
        raise ValueError(f"postings: {undated.idxmax()!r} has no day on which it counts")
    _known(demand.mentions["posting"], postings.index, "mentions")


def _unique(labels: pd.Index, name: str) -> None:
    if not labels.is_unique:
        raise ValueError(f"{name} {labels[labels.duplicated()][0]!r} stands twice")


def _known(found: Iterable[Hashable], known: Iterable[Hashable], name: str) -> None:
    codes = set(known)
    different = found.unique() if isinstance(found, pd.Series | pd.Index) else dict.fromkeys(found)
    for code in different:
        if code not in codes:
            raise ValueError(f"{name}: {code!r} is not known")


def _refuse(rows: pd.DataFrame, wrong: pd.Series, message: str) -> None:
    if wrong.any():
        row = rows.iloc[int(np.argmax(wrong))]
        raise ValueError(message.format(**{str(column): value for column, value in row.items()}))
