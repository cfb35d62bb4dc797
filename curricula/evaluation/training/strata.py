"""What the strata of a framework's positions are: echelons of work, or layers of managers and specialists."""

from __future__ import annotations

from typing import Final

import pandas as pd

from competencies.models import Position

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
    """Hours taught, practised, exposed and assessed, and the weights, of the same abilities."""
    found = gathered.analysis.abilities
    names = {"taught_hours": "taught", "practised_hours": "practised", "exposure_hours": "exposed"}
    hours = found[[*names, "assessed_hours"]].rename(columns={**names, "assessed_hours": "assessed"})
    return hours, stratum_weights(gathered, field)
