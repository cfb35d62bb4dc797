"""What the strata of a framework's positions are: echelons of work, or layers of managers and specialists."""

from __future__ import annotations

from typing import Final

import pandas as pd

from competencies.models import Position
from curricula.analysis.teaching_hours import assessment_stated

from .gathered import Gathered

RISING: Final = {
    "echelon": ("basic", "professional", "senior"),  # 001 §4.3, in its order
    "layer": (Position.Layer.SPECIALIST.value, Position.Layer.MANAGER.value),
}


def stratum_of_positions(gathered: Gathered, field: str) -> dict[str, str]:
    """Code of each position → its stratum, "" where the framework states none."""
    if field not in RISING:
        raise ValueError(field)
    return dict(gathered.curriculum.framework.positions.values_list("code", field))


def in_order(found: set[str], field: str) -> list[str]:
    """Those that the papers name in their order, then others as they are called."""
    known = [each for each in RISING[field] if each in found]
    return known + sorted(found - set(known))


def stratum_weights(gathered: Gathered, field: str) -> pd.DataFrame:
    """Every ability × strata: summed requirement weights of the positions that the plan prepares for, or of all."""
    named = stratum_of_positions(gathered, field)
    frames = gathered.frames
    required = frames.requirements
    if frames.prepares_for:
        required = required[required["position"].isin(frames.prepares_for)]
    stratum = required["position"].map(named).fillna("")
    known = required.assign(stratum=stratum)[stratum != ""]
    table = known.pivot_table(index="ability", columns="stratum", values="weight", aggfunc="sum", fill_value=0.0)
    columns = in_order({str(each) for each in table.columns}, field)
    return table.reindex(index=gathered.analysis.abilities.index, columns=columns, fill_value=0.0)


def stratum_hours(gathered: Gathered, field: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Hours taught, practised, exposed and assessed, and the weights, of the same abilities.

    Assessed are, as everywhere, those with hours of it or the level A, which then stands for an hour: only whether
    there are any is counted.
    """
    found = gathered.analysis.abilities
    names = {"taught_hours": "taught", "practised_hours": "practised", "exposure_hours": "exposed"}
    assessed = found["assessed_hours"].where(found["level_reached"] != "A", found["assessed_hours"].clip(lower=1.0))
    return found[list(names)].rename(columns=names).assign(assessed=assessed), stratum_weights(gathered, field)


def as_stated(gathered: Gathered, table: pd.DataFrame) -> pd.DataFrame:
    """What the plan does not state at all is unknown in each stratum, and not 0."""
    found, stated = gathered.analysis.abilities, table.astype(float)
    unknown = []
    if not found["exposure_hours"].any():
        unknown += ["hours", "hours_share", "taught", "practised", "practised_share"]
    if found["practised_share"].isna().all() and found["practised_high"].ne(0).any():
        unknown += ["practised", "practised_share"]
    if not assessment_stated(gathered.frames) and not stated["assessed"].any():
        unknown += ["assessed"]
    return stated.assign(**{name: float("nan") for name in unknown if name in stated})
