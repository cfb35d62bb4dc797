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


def plan_agreement(frames: CurriculumFrames, *, draws: int, seed: int) -> Agreement:
    """Of the raters of one plan, those of a part of it among them."""
    return rater_agreement(frames.ratings, part_rated=frames.part_rated, draws=draws, seed=seed)


def rater_agreement(
    ratings: pd.DataFrame, *, draws: int, seed: int, part_rated: pd.DataFrame | None = None
) -> Agreement:
    """Krippendorff's alpha, ordinal, over the cells that at least one rater mapped, with its bootstrap interval.

    A cell that another rater left empty is that rater's judgement "not mapped"; in a course that a rater of
    `part_rated` (rater, course) was not asked for it is no judgement. With one rater, or where no course was rated
    by two, agreement is unknown; where the ratings, or too many resamples of the cells, do not vary, it is
    undefined: full agreement cannot be told from a lack of variation. Either is said in `reason`.
    `unstable.levels` gives each rater's level in the order of their names, "–" for not mapped, "?" for mapped with
    no level stated and "·" for not rated.
    """
    raters = ratings["rater"].nunique()
    if raters < 2 or (judgements(ratings, part_rated=part_rated).notna().sum() < 2).all():
        return Agreement(raters, None, None, None, _unstable(None), notice("agreement_unknown", raters=raters))
    cells = judgements(ratings, part_rated=part_rated)
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


def judgements(ratings: pd.DataFrame, *, part_rated: pd.DataFrame | None = None) -> pd.DataFrame:
    """Raters × (course, ability), a number each: 0 not mapped, then the places of LEVELS; nan where not rated.

    Only cells that somebody mapped are among them. Rows of a rater of `part_rated` in another course are left out.
    """
    ranks = ratings["level"].map(LEVELS.index).astype(int) + NOT_MAPPED + 1
    cells = ratings.assign(rank=ranks).pivot_table(
        index="rater", columns=["course", "ability"], values="rank", aggfunc="max", fill_value=NOT_MAPPED
    )
    if part_rated is None or part_rated.empty:
        return cells
    rated = set(zip(part_rated["rater"], part_rated["course"], strict=True))
    of_a_part = set(part_rated["rater"])
    courses = cells.columns.get_level_values(0)
    judged = [[rater not in of_a_part or (rater, course) in rated for course in courses] for rater in cells.index]
    cells = cells.where(np.array(judged, dtype=bool).reshape(cells.shape))
    return cells.loc[:, (cells.fillna(NOT_MAPPED) > NOT_MAPPED).any()]


def differing(judged: pd.DataFrame) -> pd.DataFrame:
    """Of `judgements` the cells that two raters see differently."""
    return judged.loc[:, judged.min() < judged.max()]


def _unstable(cells: pd.DataFrame | None) -> pd.DataFrame:
    columns = ["course", "ability", "levels"]
    if cells is None:
        return pd.DataFrame({column: pd.Series(dtype=str) for column in columns})
    apart = differing(cells)
    levels = [" ".join(map(level_word, ranks)) for ranks in apart.to_numpy().T]
    rows = [(*cell, level) for cell, level in zip(apart.columns, levels, strict=True)]
    return pd.DataFrame(rows, columns=columns)


def level_word(rank: float) -> str:
    """One judgement as tables write it.

    >>> [level_word(rank) for rank in (float("nan"), 0, 1, 2)]
    ['·', '–', '?', 'I']
    """
    if np.isnan(rank):
        return "·"
    return "–" if rank == NOT_MAPPED else LEVELS[int(rank) - NOT_MAPPED - 1] or "?"
