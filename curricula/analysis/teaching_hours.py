"""From records to vectors (METHOD.md): what is taught, practised and required of each ability."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from .electives import chosen_parts
from .exposure import completed_shares, emphases, exposure, stated_practice
from .frames import EVIDENCE, LEVELS, MODES, CurriculumFrames, Policy

MOST_OPEN: Final = 0.5  # of the exposure in courses with open practice, above which practice is not compared


@dataclass(frozen=True)
class Teaching:
    """What the hours do. Hours are conserved: by_mode and unmapped together are the hours of the courses, of those
    in an elective group the part that is chosen.

    cells: one row an accepted course–ability cell; columns course, ability, level, share, assumed (bool: the
    share was not stated), provenance, and taught, practised, exposed, assessed, the hours that the course gives to it.
    by_mode: abilities × TAUGHT_MODES, hours. by_kind: abilities × taught, practised, exposed, assessed, hours.
    unmapped: index TAUGHT_MODES, hours. by_course: hours of theory, practice and what is not split.
    lacking: codes of courses that state no hours at all, which count as 0.
    unsplit: codes of courses whose total leaves hours that no mode takes. open_practice: codes of courses whose
    practice has no upper end, because neither it nor a total is stated.
    """

    cells: pd.DataFrame
    by_mode: pd.DataFrame
    by_kind: pd.DataFrame
    unmapped: pd.Series
    by_course: pd.Series
    lacking: pd.Index
    unsplit: pd.Index
    open_practice: pd.Index

    @property
    def unmapped_part(self) -> float | None:
        """Hours that no ability gets, as a part of all but the assessment hours; None where there are none."""
        left = float(self.unmapped.drop("assessment").sum())
        total = left + float(self.by_kind["exposed"].sum())
        return left / total if total else None

    @property
    def without_practice(self) -> pd.Index:
        """Codes of the courses that do not say how many of their hours are practice."""
        return self.open_practice.union(self.unsplit, sort=False)

    def part_of(self, courses: pd.Index) -> float:
        """The part of the exposure that some courses hold; 0 where there is none."""
        exposed = self.cells["exposed"]
        held = float(exposed[self.cells["course"].isin(courses)].sum())
        return held / float(exposed.sum()) if held else 0.0

    @property
    def practice_stated(self) -> bool:
        """Whether the plan's practice can be compared: not where it is open for most hours, or nowhere stated."""
        if self.by_kind["practised"].sum() > 0:
            return self.part_of(self.open_practice) <= MOST_OPEN
        serving = self.cells.loc[self.cells["share"] > 0, "course"]
        return not serving.isin(self.without_practice).any()


@dataclass(frozen=True)
class Required:
    """What the framework asks for in the positions prepared for.

    table: index ability; columns weight (0 where not required), items (requirement rows behind it), positions
    (how many ask), level (the highest asked for, "" unknown), level_stated (the highest
    that a source states), level_assumed (bool: of level). items_assumed: how many
    of all items have a level that the source does not state.
    """

    table: pd.DataFrame
    items_assumed: int


def assessment_stated(frames: CurriculumFrames) -> bool:
    """Whether any course says how many of its hours are assessment."""
    return bool(frames.hours.get("assessment", pd.Series(dtype=float)).notna().any())


def teaching_vectors(frames: CurriculumFrames, policy: Policy) -> Teaching:
    """Hours of the courses handed to the abilities by the shares of the mapping, the rest to `unmapped`."""
    parts = chosen_parts(frames, policy)
    stated = frames.hours.reindex(index=frames.courses.index, columns=list(MODES)).astype(float).mul(parts, axis=0)
    totals = _totals(frames) * parts
    practice = stated_practice(stated, totals)
    hours = stated.fillna(0.0).assign(unsplit=practice["unsplit"].fillna(0.0))
    rows = hours.index.get_indexer(pd.Index(frames.mappings["course"]))
    columns = frames.abilities.index.get_indexer(pd.Index(frames.mappings["ability"]))
    completed = completed_shares(frames.mappings.reset_index(drop=True))
    share = completed["share"].to_numpy()
    given = np.zeros((len(hours), len(frames.abilities)))
    given[rows, columns] = share
    exposed = exposure(hours, pd.DataFrame(given, index=hours.index, columns=frames.abilities.index))
    by_mode = exposed.iloc[:-1]
    by_course = emphases(hours, demonstration_is_practice=policy.demonstration_is_practice)
    cells = frames.mappings.reindex(columns=["course", "ability", "level", "provenance"]).reset_index(drop=True)
    return Teaching(
        cells=cells.assign(
            provenance=cells["provenance"].astype(object).fillna(EVIDENCE[0]),
            **completed,
            **{str(kind): hours.to_numpy()[rows] * share for kind, hours in by_course.items()},
        ),
        by_mode=by_mode,
        by_kind=emphases(by_mode, demonstration_is_practice=policy.demonstration_is_practice),
        unmapped=exposed.iloc[-1],
        by_course=by_course["exposed"],
        lacking=stated.index[stated.isna().all(axis=1) & totals.isna()],
        unsplit=hours.index[hours["unsplit"] > 0],
        open_practice=practice.index[practice["practice_high"].isna()],
    )


def _totals(frames: CurriculumFrames) -> pd.Series:
    courses = frames.courses
    return courses["total_hours"].astype(float) if "total_hours" in courses else pd.Series(np.nan, courses.index)


def required_vectors(frames: CurriculumFrames) -> Required:
    """Requirement weights summed over the positions prepared for; over all, when the curriculum names none."""
    rows = frames.requirements
    if frames.prepares_for:
        rows = rows[rows["position"].isin(frames.prepares_for)]
    rows = rows.assign(rank=rows["level"].map(LEVELS.index).astype(int), assumed=_level_assumed(rows))
    by_ability = rows.groupby("ability")
    rank = by_ability["rank"].max()
    stated = rows[~rows["assumed"]].groupby("ability")["rank"].max()
    # assumed only where no source states the level that counts
    decisive = rows[rows["rank"] == rows["ability"].map(rank)]
    abilities = frames.abilities.index
    table = pd.DataFrame(
        {
            "weight": by_ability["weight"].sum().reindex(abilities, fill_value=0.0).astype(float),
            "items": by_ability.size().reindex(abilities, fill_value=0),
            "positions": by_ability["position"].nunique().reindex(abilities, fill_value=0),
            "level": rank.reindex(abilities, fill_value=0).map(dict(enumerate(LEVELS))),
            "level_stated": stated.reindex(abilities, fill_value=0).map(dict(enumerate(LEVELS))),
            "level_assumed": decisive.groupby("ability")["assumed"].all().reindex(abilities, fill_value=False),
        }
    )
    return Required(table=table, items_assumed=int(rows["assumed"].sum()))


def _level_assumed(rows: pd.DataFrame) -> pd.Series:
    if "level_assumed" in rows:
        return rows["level_assumed"].eq(True)
    return pd.Series(False, index=rows.index)


def shares_of(values: pd.Series) -> pd.Series:
    """Each value as a part of their sum; nan throughout where the sum is 0, because nothing is there to share.

    >>> shares_of(pd.Series([30.0, 10.0])).tolist()
    [0.75, 0.25]
    """
    total = values.sum()
    return values / total if total > 0 else pd.Series(np.nan, index=values.index, dtype=float)
