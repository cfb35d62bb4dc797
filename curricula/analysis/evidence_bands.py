"""What the hours of a plan rest on: what was declared, read from a syllabus, assessed, or shown by students' work."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from .exposure import completed_shares
from .frames import EVIDENCE, CurriculumFrames


def resting_on(frames: CurriculumFrames, least: str) -> CurriculumFrames:
    """The plan without the mappings that are known from less than `least`, one of EVIDENCE.

    Their hours reach no ability then: the others keep the shares that they have beside them, and get no more.
    """
    told = frames.mappings
    if least == EVIDENCE[0] or "provenance" not in told:
        return frames
    enough = told["provenance"].astype(object).fillna(EVIDENCE[0]).map(EVIDENCE.index) >= EVIDENCE.index(least)
    kept = told.assign(**completed_shares(told))
    return replace(frames, mappings=kept[enough].reset_index(drop=True), left_out=tuple(kept.loc[~enough, "ability"]))


def hours_by_evidence(cells: pd.DataFrame, abilities: pd.Index) -> pd.DataFrame:
    """Exposure hours, abilities × `evidence_<band>`: each row sums to the exposure of the ability."""
    bands = pd.Categorical(cells["provenance"], categories=EVIDENCE)
    hours = cells.assign(band=bands).pivot_table(
        index="ability", columns="band", values="exposed", aggfunc="sum", observed=False, fill_value=0.0
    )
    return hours.reindex(index=abilities, columns=list(EVIDENCE), fill_value=0.0).add_prefix("evidence_")
