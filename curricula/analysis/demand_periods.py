"""From postings to demand (METHOD.md): which postings count, in which twelve months, and what they mention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from competencies.analysis.changes import OPEN, TOO_FEW, UNKNOWN, demand_change, no_change_because
from competencies.analysis.effective import LEAST_EMPLOYERS, EffectiveCounts, effective_counts, unknown_demand
from competencies.analysis.frames import YEAR
from competencies.analysis.periods import periods

from .codes import notice
from .frames import CurriculumFrames, DemandEvidence, DemandFrames, Notice, Policy

COLUMNS_OF_CHANGE: Final = {
    "after": "dated_mentions",
    "before": "mentions_before",
    "rate_after": "dated_rate",
    "rate_before": "rate_before",
    "difference": "change",
    "low": "change_low",
    "high": "change_high",
    "adjusted": "p_change",
}


@dataclass(frozen=True)
class Demand:
    """Counts behind every demand number; the searchable abilities are the columns of all of them.

    table: index every ability; searchable (bool) and, nan where not searchable, the columns of
    `EffectiveCounts.table`, of the labels' twelve months.
    label: the labels' postings. now: the dated ones of them, before: those of the twelve months before; a trend
    compares the two.
    matrix: postings of the labels × searchable abilities, 0 or 1; employers: one a row of it, nan unknown.
    """

    table: pd.DataFrame
    label: EffectiveCounts
    now: EffectiveCounts
    before: EffectiveCounts
    matrix: sparse.csr_array[Any]
    employers: npt.NDArray[np.object_]
    evidence: DemandEvidence | None

    @property
    def postings(self) -> int:
        return self.label.postings

    @property
    def dated(self) -> int:
        return self.now.postings

    @property
    def postings_before(self) -> int:
        return self.before.postings

    @property
    def mentions(self) -> int:
        """Σk over the searchable abilities."""
        return int(self.label.mentions.sum())

    @property
    def effective_mentions(self) -> float:
        """Σk·n*/n: what a ceiling is drawn with."""
        return float(self.label.effective_mentions.sum())

    def unknown(self, policy: Policy) -> str:
        """Why these postings do not tell what employers ask for: too_few_postings, too_few_employers or ""."""
        return unknown_demand(self.label, min_postings=policy.min_postings)

    def unknown_because(self, policy: Policy) -> Notice | None:
        """The same with its numbers; None where demand is known."""
        reason = self.unknown(policy)
        if reason == "too_few_postings":
            return notice(reason, postings=self.postings, needed=policy.min_postings)
        return too_few_employers(self) if reason else None

    def no_trend(self, policy: Policy) -> str:
        """Why no change can be told, "" where it can: the codes of `no_change_because`."""
        return no_change_because(self.before, self.now, min_postings=policy.min_postings)


def too_few_employers(demand: Demand) -> Notice:
    """Why demand is unknown although there are postings enough."""
    employers = round(demand.label.effective_employers, 1)
    return notice("too_few_employers", postings=demand.postings, employers=employers, needed=LEAST_EMPLOYERS)


def demand_vectors(frames: CurriculumFrames) -> Demand:
    """What the postings for the positions prepared for say; a demand without postings where there is no source.

    The labels read the twelve months up to the newest posting of the sources, whatever its position, so that
    two curricula judged by the same sources are judged over the same period. Undated postings count on the day
    they were collected, and in no trend.
    """
    searchable = searchable_abilities(frames)
    label, now, before = _chosen(frames, frames.prepares_for, "label", "now", "before")
    counts = effective_counts(label.matrix, label.employers)
    abilities = frames.abilities.index
    return Demand(
        table=counts.table(searchable).reindex(abilities).assign(searchable=abilities.isin(searchable)),
        label=counts,
        now=effective_counts(now.matrix, now.employers),
        before=effective_counts(before.matrix, before.employers),
        matrix=label.matrix,
        employers=label.employers,
        evidence=_evidence(frames, counts),
    )


def changed_demand(demand: Demand, policy: Policy) -> pd.DataFrame:
    """Every ability's change against the twelve months before, by the rule that the page of trends follows too.

    Columns dated_mentions, mentions_before (nan without postings before), dated_rate, rate_before, change,
    change_low, change_high, p_change (BH) and trend: rising, falling, steady (no change shown) or unknown. The
    family is every searchable ability with 5 mentions, taught or not: a plan cannot change what employers ask for.
    """
    found = demand_change(demand.before, demand.now, min_postings=policy.min_postings, fdr=policy.fdr)
    searchable = demand.table.index[demand.table["searchable"]]
    table = found.set_axis(searchable).rename(columns=COLUMNS_OF_CHANGE)[list(COLUMNS_OF_CHANGE.values())]
    table["trend"] = found["trend"].replace({OPEN: "steady", TOO_FEW: UNKNOWN}).to_numpy()
    if not demand.postings_before:
        table["mentions_before"] = np.nan
    return table.reindex(demand.table.index).fillna({"trend": UNKNOWN})


@dataclass(frozen=True)
class Period:
    """The postings of one period: postings × searchable abilities, 0 or 1, and their employers and positions."""

    matrix: sparse.csr_array[Any]
    employers: npt.NDArray[np.object_]  # nan unknown
    positions: npt.NDArray[np.object_]  # nan where the title names none


def searchable_abilities(frames: CurriculumFrames) -> pd.Index:
    """The columns of every matrix of postings."""
    codes = frames.demand.searchable if frames.demand else ()
    return frames.abilities.index[frames.abilities.index.isin(codes)]


def label_period(frames: CurriculumFrames, *, positions: tuple[str, ...] = ()) -> Period:
    """The postings of the labels' twelve months for these positions; for all of them, where none is named."""
    return _chosen(frames, positions, "label")[0]


def dated_periods(frames: CurriculumFrames) -> tuple[Period, Period]:
    """The dated postings for the positions prepared for: those of the twelve months before, and the labels'."""
    before, now = _chosen(frames, frames.prepares_for, "before", "now")
    return before, now


def yearly_periods(frames: CurriculumFrames) -> tuple[dict[int, Period], pd.Index]:
    """Every twelve months back from the newest posting, by the year in which they end, and their columns.

    Dated postings for the positions prepared for, that were searched with the terms of today: others would bring a
    change of words for a change of demand.
    """
    searchable = searchable_abilities(frames)
    if frames.demand is None or frames.demand.postings.empty:
        return {}, searchable
    postings, presence = frames.demand.postings, _presence(frames.demand, searchable)
    comparable = postings["dated"].astype(bool) & postings.get("same_terms", True)
    if frames.prepares_for:
        comparable &= postings["position"].isin(frames.prepares_for)
    newest, found = postings["counted_on"].max(), {}
    end = newest
    while (postings["counted_on"] <= end).any():
        chosen = comparable & (postings["counted_on"] <= end) & (postings["counted_on"] > end - YEAR)
        found[int(end.year)] = _period(postings, presence, chosen)
        end = end - YEAR
    return found, searchable


def _chosen(frames: CurriculumFrames, positions: tuple[str, ...], *names: str) -> tuple[Period, ...]:
    searchable = searchable_abilities(frames)
    if frames.demand is None or frames.demand.postings.empty:
        nobody = np.array([], dtype=object)
        return (Period(sparse.csr_array((0, len(searchable))), nobody, nobody),) * len(names)
    postings, presence = frames.demand.postings, _presence(frames.demand, searchable)
    found = _periods(postings, positions)
    return tuple(_period(postings, presence, found[name]) for name in names)


def _period(postings: pd.DataFrame, presence: sparse.csr_array[Any], chosen: pd.Series) -> Period:
    rows = np.flatnonzero(chosen)
    employers, named = (postings[column].to_numpy(dtype=object)[rows] for column in ("employer", "position"))
    return Period(presence[rows], employers, named)


def _periods(postings: pd.DataFrame, prepares_for: tuple[str, ...]) -> pd.DataFrame:
    """For each posting: is it for the positions, and of them in which of the `periods`?"""
    comparable = postings["dated"].astype(bool) & postings.get("same_terms", True)
    relevant = postings["position"].isin(prepares_for) if prepares_for else pd.Series(True, index=postings.index)
    found = periods(postings["counted_on"], comparable)
    return found.where(relevant, other=False).assign(relevant=relevant)


def _presence(demand: DemandFrames, searchable: pd.Index) -> sparse.csr_array[Any]:
    """Every posting × every searchable ability; mentions of anything else are no evidence here."""
    rows = demand.postings.index.get_indexer(pd.Index(demand.mentions["posting"]))
    columns = searchable.get_indexer(pd.Index(demand.mentions["ability"]))
    kept = columns >= 0
    shape = (len(demand.postings), len(searchable))
    matrix = sparse.csr_array((np.ones(kept.sum()), (rows[kept], columns[kept])), shape=shape)
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    return matrix


def _evidence(frames: CurriculumFrames, counts: EffectiveCounts) -> DemandEvidence | None:
    if frames.demand is None or frames.demand.postings.empty:
        return None
    postings = frames.demand.postings
    found = _periods(postings, frames.prepares_for)
    label = postings[found["label"]]
    days = (label if len(label) else postings)["counted_on"]
    effects = counts.design_effect
    return DemandEvidence(
        sources=tuple(sorted(postings["source"].dropna().unique())),
        first=days.min(),
        last=days.max(),
        postings=len(label),
        postings_before=int(found["before"].sum()),
        undated=int((~label["dated"].astype(bool)).sum()),
        employers=label["employer"].nunique() or None,
        employer_unknown=int(label["employer"].isna().sum()),
        other_positions=int((~found["relevant"]).sum()),
        older=int((found["relevant"] & ~found["label"] & ~found["before"]).sum()),
        duplicates_removed=frames.demand.duplicates_removed,
        design_effect_max=float(effects.max()) if len(effects) else 1.0,
        mentions=int(counts.mentions.sum()),
        repetition=counts.repetition,
    )


def unknown_because(period: Period, policy: Policy) -> Notice | None:
    """Why the postings of a period do not tell what employers ask for; None where they do."""
    counts = effective_counts(period.matrix, period.employers)
    reason = unknown_demand(counts, min_postings=policy.min_postings)
    if reason == "too_few_postings":
        return notice(reason, postings=counts.postings, needed=policy.min_postings)
    employers = round(counts.effective_employers, 1)
    return notice(reason, postings=counts.postings, employers=employers, needed=LEAST_EMPLOYERS) if reason else None
