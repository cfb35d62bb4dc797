"""How the mapping of one curriculum was made: do its raters agree, and does it tell courses and abilities apart?"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from competencies.analysis import UndefinedMeasure

from .agreement import TENTATIVE, alpha_interval, krippendorff_alpha
from .codes import notice
from .credibility import PlanCredibility, mapping_credibility
from .frames import LEVELS, Agreement, CurriculumFrames

NOT_MAPPED: Final = 0  # below every level, the unstated one too


def rater_agreement(ratings: pd.DataFrame, *, draws: int, seed: int) -> Agreement:
    """Krippendorff's alpha, ordinal, over the cells that at least one rater mapped, with its bootstrap interval.

    A cell that another rater left empty is that rater's judgement "not mapped". With one rater agreement is
    unknown; where the ratings, or too many resamples of the cells, do not vary, it is undefined: full agreement
    cannot be told from a lack of variation. Either is said in `reason`. `unstable.levels` gives each rater's
    level in the order of their names, "–" for not mapped and "?" for mapped with no level stated.
    """
    raters = ratings["rater"].nunique()
    if raters < 2:
        return Agreement(raters, None, None, None, _unstable(None), notice("agreement_unknown", raters=raters))
    cells = _cells(ratings)
    try:
        alpha = krippendorff_alpha(cells, level="ordinal")
        low, high = alpha_interval(cells, level="ordinal", draws=draws, seed=seed)
    except UndefinedMeasure:
        reason = notice("agreement_undefined", raters=raters, cells=cells.shape[1])
        return Agreement(raters, None, None, None, _unstable(cells), reason)
    return Agreement(raters, alpha, low, high, _unstable(cells))


def is_provisional(agreement: Agreement) -> bool:
    """Several raters whose alpha may lie below Krippendorff's bound for tentative conclusions."""
    return agreement.low is not None and agreement.low < TENTATIVE


def plan_credibility(frames: CurriculumFrames) -> PlanCredibility | None:
    """The counts of a curriculum's mapping, over all its courses and the framework's leaf abilities.

    A cell without a level is nobody's decision between levels: it counts as mapped, and in nothing that reads
    levels. None where there is no course or no ability.
    """
    shape = (len(frames.courses), len(frames.abilities))
    if not all(shape):
        return None
    rows = frames.courses.index.get_indexer(pd.Index(frames.mappings["course"]))
    columns = frames.abilities.index.get_indexer(pd.Index(frames.mappings["ability"]))
    mapped, levelled = np.zeros(shape), np.zeros(shape)
    mapped[rows, columns] = 1
    levelled[rows, columns] = frames.mappings["level"].map(LEVELS.index)
    steps = range(1, len(LEVELS))
    return PlanCredibility(mapping_credibility(mapped, scale=[1]), mapping_credibility(levelled, scale=[*steps]))


def _cells(ratings: pd.DataFrame) -> pd.DataFrame:
    """Raters × (course, ability), a number each: 0 not mapped, then the places of LEVELS."""
    ranks = ratings["level"].map(LEVELS.index).astype(int) + NOT_MAPPED + 1
    return ratings.assign(rank=ranks).pivot_table(
        index="rater", columns=["course", "ability"], values="rank", aggfunc="max", fill_value=NOT_MAPPED
    )


def _unstable(cells: pd.DataFrame | None) -> pd.DataFrame:
    columns = ["course", "ability", "levels"]
    if cells is None:
        return pd.DataFrame({column: pd.Series(dtype=str) for column in columns})
    words = ("–", *(level or "?" for level in LEVELS))
    differing = cells.loc[:, (cells != cells.iloc[0]).any()]
    levels = [" ".join(words[rank] for rank in ranks) for ranks in differing.to_numpy().T]
    rows = [(*cell, level) for cell, level in zip(differing.columns, levels, strict=True)]
    return pd.DataFrame(rows, columns=columns)
