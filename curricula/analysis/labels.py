"""Labels and flags: what the sizes of an ability amount to, by the first rule of METHOD.md that applies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from .ability_stats import ROUNDING
from .frames import LEVELS, CurriculumFrames, Policy
from .teaching_hours import assessment_stated

LEAST_EMERGING: Final = 0.01  # Wilson low that an emerging ability must exceed
LEAST_GROWTH: Final = 2.0  # times the rate before
MOST_FADING: Final = 0.5  # times the rate before
BY_PRESENCE: Final = ("social", "methodological")  # kinds judged by presence, level and assessment
MOST_OVER_TAUGHT: Final = 0.5  # what more than half of the postings ask for is never too much


def with_labels(
    sizes: pd.DataFrame, frames: CurriculumFrames, *, policy: Policy, provisional: bool, unfinished: bool
) -> pd.DataFrame:
    """The sizes with the level chain, wanted, label and the flags beside them.

    An ability that is mapped only to courses without stated hours is neither exposed nor absent: its 0 is
    nobody's statement, so `untaught` and `outside` are not said of it. Of an `unfinished` mapping nothing is said
    but what is missing in it: what seems absent, short or never assessed may lie in the courses not mapped yet.
    Where no course states hours of assessment, it is open whether an ability without the level A is assessed.
    """
    table = sizes.join(_chains(frames))
    exposed, told = table["exposure_hours"] > 0, not unfinished
    levels = table[["introduced", "developed", "assessed"]] > 0
    table["wanted"] = ((table["required_weight"] > 0) & bool(frames.prepares_for)) | _demanded(table, policy)
    table["demand_unknown"] = ~table["known"]
    table["chain_incomplete"] = exposed & levels.any(axis=1) & ~levels.all(axis=1) & told
    stated = assessment_stated(frames)
    table["assessment_open"] = exposed & (not stated) & told
    table["never_assessed"] = exposed & (table["assessed_hours"] == 0) & ~levels["assessed"] & stated & told
    table["provisional"] = provisional
    # A level counts where a position which the plan chose asks for it by a source's own words.
    table["level_asked"] = table["level_stated_required"] if frames.prepares_for else ""
    table["level_met"] = _rank(table["level_reached"]) >= _rank(table["level_asked"])
    rules = label_rules(table, policy, signed_off=frames.signed_off, unfinished=unfinished)
    table["label"] = np.select(list(rules.values()), list(rules), default="no_finding").astype(object)
    return table


def label_rules(
    table: pd.DataFrame, policy: Policy, *, signed_off: bool, unfinished: bool = False
) -> dict[str, pd.Series]:
    """Each label with the abilities that its rule holds for, in the order of METHOD.md; the first one counts.

    A level counts as below the framework's only where both are stated and a chosen position asks for it: "mapped,
    level not stated" is unknown, so it never makes a gap, and never lets an ability be called aligned or covered.
    """
    exposed = table["exposure_hours"] > 0
    absent = ~exposed & ~table["hours_unstated"]
    wanted, required, met = table["wanted"], table["required_weight"] > 0, table["level_met"]
    by_size = _judged_by_size(table, policy)
    too_little, too_little_practice = (
        exposed & by_size & (table[status] == "below") for status in ("exposure_status", "practice_status")
    )
    within = (table["exposure_status"] == "within") & (table["practice_status"] == "within")
    missing = {"mapping_missing": wanted & ~table["mapped"] & (not signed_off)}
    if unfinished:
        return missing
    no_practice = (table["taught_hours"] > 0) & wanted & (table["practised_hours"] == 0)
    return missing | {
        "untaught_emerging": absent & _emerging(table),
        "untaught": absent & wanted,
        "outside": absent & ~wanted & _seldom_demanded(table, policy),
        "theory_without_practice": no_practice & (table["practised_high"] == 0),
        "practice_unstated": no_practice,
        "obsolete_candidate": exposed & ~required & _seldom_demanded(table, policy) & _fading(table),
        "under_taught_and_practised": too_little & too_little_practice,
        "under_taught": too_little,
        "under_practised": too_little_practice,
        "level_below": exposed & ~met & (table["level_reached"] != ""),
        "over_taught": exposed & by_size & _over_taught(table, policy),
        "aligned": exposed & by_size & within & met & ~table["shares_assumed"],
        "covered": exposed & met & (~by_size | (~table["known"] & required)),
        "inconclusive": (exposed & by_size & _sizes_unsure(table)) | (absent & _postings_could_tell(table)),
    }


def _judged_by_size(table: pd.DataFrame, policy: Policy) -> pd.Series:
    """Social and methodological abilities are learnt inside other hours, and their mentions measure no hours."""
    return ~table["kind"].isin(BY_PRESENCE) | policy.social_by_size


def _postings_could_tell(table: pd.DataFrame) -> pd.Series:
    """Where there is no source yet, one may be found that can be searched."""
    return table["searchable"] | (not table["searchable"].any())


def _sizes_unsure(table: pd.DataFrame) -> pd.Series:
    """Whether more postings, stated shares or stated practice could tell."""
    unsure = (table["exposure_status"] == "unsure") | (table["practice_status"] == "unsure")
    unsplit = (table["practice_status"] == "unknown") & (table["practice_open"] | (table["unsplit_hours"] > 0))
    return (table["known"] & (unsure | unsplit | table["shares_assumed"])) | (
        ~table["known"] & _postings_could_tell(table)
    )


def _demanded(table: pd.DataFrame, policy: Policy) -> pd.Series:
    return table["known"] & (table["demand_low"] > policy.demand_floor)


def _seldom_demanded(table: pd.DataFrame, policy: Policy) -> pd.Series:
    return table["known"] & (table["demand_high"] < policy.demand_floor)


def _emerging(table: pd.DataFrame) -> pd.Series:
    doubled = table["dated_rate"] >= LEAST_GROWTH * table["rate_before"] - ROUNDING
    return table["known"] & (table["trend"] == "rising") & doubled & (table["demand_low"] > LEAST_EMERGING)


def _fading(table: pd.DataFrame) -> pd.Series:
    halved = table["dated_rate"] <= MOST_FADING * table["rate_before"] + ROUNDING
    return (table["trend"] == "falling") & halved


def _over_taught(table: pd.DataFrame, policy: Policy) -> pd.Series:
    """More than a credit's worth above the part of the requirements too."""
    least = policy.least_hours / (table["exposure_hours"].sum() or np.inf)
    more_than_required = table["exposure_share"] - table["required_share"].fillna(0.0) >= least - ROUNDING
    seldom_enough = table["demand_rate"] <= MOST_OVER_TAUGHT
    return (table["exposure_status"] == "above") & more_than_required & seldom_enough


def _rank(levels: pd.Series) -> pd.Series:
    return levels.map(LEVELS.index).astype(int)


def _chains(frames: CurriculumFrames) -> pd.DataFrame:
    """How many courses introduce, develop and assess each ability; their order is no rule."""
    counts = np.zeros((len(frames.abilities), len(LEVELS)), dtype=int)
    rows = frames.abilities.index.get_indexer(pd.Index(frames.mappings["ability"]))
    np.add.at(counts, (rows, pd.Index(LEVELS).get_indexer(pd.Index(frames.mappings["level"]))), 1)
    return pd.DataFrame(counts[:, 1:], index=frames.abilities.index, columns=["introduced", "developed", "assessed"])


def assessment_unknown(row: Mapping[Any, Any]) -> bool:
    """Whether nothing tells if an ability is ever assessed: no course states hours of it, and it has no level A."""
    return bool(row["assessment_open"]) and row["level_reached"] != "A"
