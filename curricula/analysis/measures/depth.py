"""What lies behind a curriculum's levels and its demand: Webb's criteria, level chains, vintage, specificity."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from competencies.analysis import UndefinedMeasure
from competencies.analysis.effective import effective_counts
from competencies.analysis.specificity import specificity_of
from curricula.analysis.alignment import vintage_interval, vintage_ratio
from curricula.analysis.codes import notice
from curricula.analysis.demand_periods import dated_periods, label_period, searchable_abilities, unknown_because
from curricula.analysis.frames import CurriculumFrames, Notice, Policy
from curricula.analysis.known import known_count
from curricula.analysis.levels import WebbCriteria, level_chain, webb_criteria
from curricula.analysis.teaching_hours import required_vectors, teaching_vectors


@dataclass(frozen=True)
class WebbProfile:
    """Webb's criteria over required abilities whose level is stated; `criteria` is None with a reason."""

    area: str  # "" for the whole curriculum
    objectives: int  # required abilities with a stated level
    objectives_without_level: int  # beside them, required with no level
    hits_without_level: int  # mapped cells of the objectives that state no level
    criteria: WebbCriteria | None
    reason: Notice | None = None


@dataclass(frozen=True)
class Vintage:
    """Is the curriculum nearer to old demand than to new? `ratio` is None with a reason.

    Above 1: nearer to the twelve months before. `verdict` is `dated` or `ahead` only where the 95 % interval leaves
    out 1, else `neither`.
    """

    ratio: float | None
    low: float | None
    high: float | None
    verdict: str | None
    postings: int
    postings_before: int
    abilities: int  # that can be searched for
    reason: Notice | None = None


@dataclass(frozen=True)
class Specificity:
    """Revealed comparative advantage of each ability in each position's postings; empty with a reason.

    ratios: positions × abilities that anybody mentions; above 1 specific to the position. mentions: the counts behind
    them, same shape. sure: whether the ratio differs from 1 by more than chance, on effective postings. postings: by
    position.
    """

    ratios: pd.DataFrame
    mentions: pd.DataFrame
    sure: pd.DataFrame
    postings: pd.Series
    reason: Notice | None = None


def webb_profiles(frames: CurriculumFrames) -> tuple[WebbProfile, ...]:
    """Webb's four criteria of the whole curriculum, then of each area that requires something.

    Objectives are the abilities required in the positions prepared for, at the level required; hits are the mapped
    course–ability cells at their level. What states no level is counted beside.
    """
    required = required_vectors(frames).table
    required = required[required["weight"] > 0]
    cells = frames.mappings[frames.mappings["ability"].isin(required.index)]
    areas = frames.abilities["area"]
    named = [(str(area), areas.index[areas == area]) for area in dict.fromkeys(areas[required.index])]
    return tuple(
        _webb(area, required[required.index.isin(members)], cells[cells["ability"].isin(members)])
        for area, members in (("", areas.index), *named)
    )


def _webb(area: str, required: pd.DataFrame, cells: pd.DataFrame) -> WebbProfile:
    objectives = required.index[required["level"] != ""]
    ours = cells[cells["ability"].isin(objectives)]
    levelled = ours[ours["level"] != ""]
    counts = (area, len(objectives), len(required) - len(objectives), len(ours) - len(levelled))
    if not len(objectives):
        return WebbProfile(*counts, None, notice("no_required_levels", abilities=len(required)))
    if levelled.empty:
        return WebbProfile(*counts, None, notice("no_levelled_cells", objectives=len(objectives)))
    hits = zip(objectives.get_indexer(pd.Index(levelled["ability"])).tolist(), levelled["level"], strict=True)
    return WebbProfile(*counts, webb_criteria(required.loc[objectives, "level"].tolist(), hits))


def chains(frames: CurriculumFrames) -> pd.DataFrame:
    """The level chain of each mapped ability, course by course in term order.

    Index ability; columns introduced, developed, assessed (counts of courses), complete (bool), in_order (True,
    False, or None with a reason: no course states a level, or one that does has no term), steps (tuple of (term or
    None, course, level) for the courses that state a level, in term order, unknown terms last), reason.
    """
    mapped = frames.abilities.index[frames.abilities.index.isin(frames.mappings["ability"])]
    cells = frames.mappings.assign(term=frames.mappings["course"].map(frames.courses["term"].astype(float)))
    levelled = cells[cells["level"] != ""].sort_values(["term", "course"], kind="stable", na_position="last")
    found = level_chain(*_levels_in_term_order(frames, mapped))
    steps, reasons = {}, {}
    for ability in mapped:
        ours = levelled[levelled["ability"] == ability]
        steps[ability] = tuple(zip(map(known_count, ours["term"]), ours["course"], ours["level"], strict=True))
        reasons[ability] = _unordered(ours, mapped_by=int((cells["ability"] == ability).sum()))
    reason = pd.Series(reasons, index=mapped, dtype=object)
    return found.assign(
        in_order=found["in_order"].astype(object).where(reason.isna(), None),
        steps=pd.Series(steps, index=mapped, dtype=object),
        reason=reason,
    )


def _levels_in_term_order(frames: CurriculumFrames, mapped: pd.Index) -> tuple[pd.DataFrame, list[list[str]]]:
    courses = frames.courses.index
    levels = np.full((len(courses), len(mapped)), "", dtype=object)
    rows = courses.get_indexer(pd.Index(frames.mappings["course"]))
    levels[rows, mapped.get_indexer(pd.Index(frames.mappings["ability"]))] = frames.mappings["level"]
    term = frames.courses["term"].astype(float).fillna(np.inf)
    order = [list(codes) for codes in term.groupby(term).groups.values()]
    return pd.DataFrame(levels, index=courses, columns=mapped, dtype=object), order


def _unordered(levelled: pd.DataFrame, *, mapped_by: int) -> Notice | None:
    if levelled.empty:
        return notice("no_levels", courses=mapped_by)
    unknown = int(levelled["term"].isna().sum())
    return notice("chain_terms_unknown", courses=unknown) if unknown else None


def vintage(frames: CurriculumFrames, policy: Policy, *, draws: int = 2000, seed: int = 0) -> Vintage:
    """The vintage ratio of the exposure hours against both demand periods, with its bootstrap interval.

    Runs over the abilities that the postings can be searched for; both periods are of dated postings for the
    positions prepared for, resampled by employer where known.
    """
    before, now = dated_periods(frames)
    abilities = searchable_abilities(frames)
    counts = {"postings": now.matrix.shape[0], "postings_before": before.matrix.shape[0]}
    none = Vintage(None, None, None, None, counts["postings"], counts["postings_before"], len(abilities))
    exposed = teaching_vectors(frames, policy).by_kind["exposed"].reindex(abilities).to_numpy(dtype=float)
    if not min(counts.values()):
        return replace(none, reason=notice("no_dated_postings", **counts))
    if not exposed.sum() > 0:
        return replace(none, reason=notice("no_exposure_searchable", abilities=len(abilities)))
    if reason := unknown_because(before, policy) or unknown_because(now, policy):
        return replace(none, reason=reason)
    try:
        ratio = vintage_ratio(exposed, *(np.asarray(period.matrix.sum(axis=0)).ravel() for period in (before, now)))
    except UndefinedMeasure:
        return replace(none, reason=notice("nothing_in_common", **counts))
    try:
        employers = (before.employers, now.employers)
        low, high = vintage_interval(exposed, before.matrix, now.matrix, employers, draws=draws, seed=seed)
    except UndefinedMeasure:
        return replace(none, ratio=ratio, verdict="neither", reason=notice("too_thin_to_resample", **counts))
    return replace(none, ratio=ratio, low=low, high=high, verdict=_verdict(low, high))


def _verdict(low: float, high: float) -> str:
    if low > 1:
        return "dated"
    return "ahead" if high < 1 else "neither"


def specificity(frames: CurriculumFrames) -> Specificity:
    """Which abilities are specific to which positions, by the titled postings of the labels' twelve months.

    All positions of the postings are compared, whatever the curriculum prepares for: specific means more than
    elsewhere. Abilities that nobody mentions have no ratio and are left out.
    """
    period, abilities = label_period(frames), searchable_abilities(frames)
    titled = pd.Series(period.positions).dropna()
    postings = titled.value_counts().reindex([each for each in frames.positions if each in set(titled)])
    rows = {position: np.flatnonzero(period.positions == position) for position in postings.index}
    sides = {position: effective_counts(period.matrix[at], period.employers[at]) for position, at in rows.items()}
    found = specificity_of(sides, abilities)
    mentions = found.mentions.loc[found.mentions.sum(axis=1) > 0, found.mentions.sum() > 0]
    if mentions.empty:
        reason = notice("no_titled_postings", postings=period.matrix.shape[0])
        return Specificity(mentions, mentions, mentions.astype(bool), postings, reason)
    shown = mentions.index, mentions.columns
    if len(mentions) == 1:
        only = str(mentions.index[0])
        reason = notice("one_position", position=only, postings=int(postings[only]))
        return Specificity(mentions.iloc[:0], mentions, mentions.astype(bool).iloc[:0], postings, reason)
    return Specificity(found.ratios.loc[shown], mentions, found.sure.loc[shown], postings)
