"""Elective groups: the part of each course that a student takes, where some of several are chosen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pandas as pd

from .codes import notice
from .frames import MODES, CurriculumFrames, Notice, Policy

RULES: Final = ("courses", "credits", "hours")  # what a rule counts; the first that is stated and can be told counts


def group_parts(courses: pd.DataFrame, hours: pd.DataFrame, groups: pd.DataFrame) -> pd.Series:
    """What is chosen of each group as a part of what it lists, above 0 and at most 1.

    Takes the frames of these names (frames.py).
    2 of 5 courses: 0.4; 4 of 6 credits: 2/3. Each listed course is as likely to be chosen as another. nan where the
    group has no rule or no courses, or where a listed course does not say what the rule counts. Source: a rule of
    this method.
    """
    listed = _listed(courses, hours, groups)
    sums = listed.groupby("group")[list(RULES)].agg(_known_sum)
    parts = groups[list(RULES)].astype(float) / sums.reindex(groups.index)
    return parts.bfill(axis=1)["courses"].clip(upper=1.0)


def _known_sum(values: pd.Series) -> float:
    """nan where one of them is not known."""
    return float(values.sum(skipna=False))


def _listed(courses: pd.DataFrame, hours: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """The courses that belong to a group; columns group and RULES, nan where a course does not say."""
    if "group" not in courses:
        return pd.DataFrame(columns=["group", *RULES], dtype=float)
    by_mode = hours.reindex(index=courses.index, columns=list(MODES)).astype(float).sum(axis=1, min_count=1)
    totals = courses["total_hours"].astype(float) if "total_hours" in courses else by_mode
    table = {
        "group": courses["group"],
        "courses": 1.0,
        "credits": courses["credits"].astype(float),
        "hours": totals.fillna(by_mode),
    }
    return pd.DataFrame(table)[courses["group"].isin(groups.index)]


def chosen_parts(frames: CurriculumFrames, policy: Policy) -> pd.Series:
    """By course: the part of it that counts; 1 outside of groups, where the part is unknown, and under the switch."""
    whole = pd.Series(1.0, index=frames.courses.index)
    if policy.all_electives or frames.groups.empty or "group" not in frames.courses:
        return whole
    parts = group_parts(frames.courses, frames.hours, frames.groups)
    return frames.courses["group"].map(parts).astype(float).fillna(whole)


def elective_cautions(frames: CurriculumFrames, policy: Policy) -> Iterator[Notice]:
    """How the courses of elective groups are counted."""
    if frames.groups.empty:
        return
    tables = frames.courses, frames.hours, frames.groups
    listed, parts = _listed(*tables), group_parts(*tables)
    partial = listed["group"].map(parts).lt(1)
    counts = {"groups": int(listed.loc[partial, "group"].nunique()), "courses": int(partial.sum())}
    if policy.all_electives and counts["courses"]:
        yield notice("electives_counted_whole", **counts)
    elif counts["courses"]:
        hours = listed.loc[partial, "hours"].fillna(0.0)
        taken = float((hours * listed.loc[partial, "group"].map(parts)).sum())
        yield notice("electives_by_part", **counts, taken_hours=taken, listed_hours=float(hours.sum()))
    if unknown := int(parts.isna().sum()):
        yield notice("electives_open", groups=unknown, of=len(parts))
