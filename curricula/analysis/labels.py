"""Labels and flags: what the sizes of an ability amount to, by the first rule of METHOD.md that applies."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from .ability_stats import ROUNDING
from .frames import LEVELS, CurriculumFrames, Policy

LEAST_EMERGING: Final = 0.01  # Wilson low that an emerging ability must exceed
LEAST_GROWTH: Final = 2.0  # times the rate before
MOST_FADING: Final = 0.5  # times the rate before
MOST_OVER_TAUGHT: Final = 0.5  # what more than half of the postings ask for is never too much


def with_labels(sizes: pd.DataFrame, frames: CurriculumFrames, *, policy: Policy, provisional: bool) -> pd.DataFrame:
    """The sizes with the level chain, wanted, label and the three flags beside them.

    An ability that is mapped only to courses without stated hours is neither exposed nor absent: its 0 is
    nobody's statement, so `untaught` and `outside` are not said of it.
    """
    table = sizes.join(_chains(frames))
    table["wanted"] = (table["required_weight"] > 0) | _demanded(table, policy)
    table["demand_unknown"] = ~table["known"]
    table["never_assessed"] = (
        (table["exposure_hours"] > 0) & (table["assessed_hours"] == 0) & (table["level_reached"] != "A")
    )
    table["provisional"] = provisional
    rules = label_rules(table, policy, signed_off=frames.signed_off)
    table["label"] = np.select(list(rules.values()), list(rules), default="inconclusive").astype(object)
    return table


def label_rules(table: pd.DataFrame, policy: Policy, *, signed_off: bool) -> dict[str, pd.Series]:
    """Each label with the abilities that its rule holds for, in the order of METHOD.md; the first one counts.

    A level counts as below the framework's only where both are stated: "mapped, level not stated" is unknown,
    so it never makes a gap, and never lets an ability be called aligned or covered against a stated level.
    Where the level alone is too low the label is `under_taught`: it says how far teaching gets, not how long
    it is practised.
    """
    exposed = table["exposure_hours"] > 0
    absent = ~exposed & ~table["hours_unstated"]
    wanted, required = table["wanted"], table["required_weight"] > 0
    level_met = _rank(table["level_reached"]) >= _rank(table["level_required"])
    level_below = exposed & ~level_met & (table["level_reached"] != "")
    too_little = exposed & (table["exposure_status"] == "below")
    too_little_practice = exposed & (table["practice_status"] == "below")
    within = (table["exposure_status"] == "within") & (table["practice_status"] == "within")
    return {
        "mapping_missing": wanted & ~table["mapped"] & (not signed_off),
        "untaught_emerging": absent & _emerging(table),
        "untaught": absent & wanted,
        "outside": absent & ~wanted & _seldom_demanded(table, policy),
        "theory_without_practice": (table["taught_hours"] > 0) & (table["practised_hours"] == 0) & wanted,
        "obsolete_candidate": exposed & ~required & _seldom_demanded(table, policy) & _fading(table),
        "under_taught_and_practised": too_little & too_little_practice,
        "under_taught": too_little | (level_below & ~too_little_practice),
        "under_practised": too_little_practice,
        "over_taught": exposed & _over_taught(table),
        "aligned": exposed & within & level_met & table["chain_complete"],
        "covered": exposed & ~table["known"] & required & level_met,
    }


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


def _over_taught(table: pd.DataFrame) -> pd.Series:
    more_than_required = table["exposure_share"] > table["required_share"].fillna(0.0)
    seldom_enough = table["demand_rate"] <= MOST_OVER_TAUGHT
    return (table["exposure_status"] == "above") & more_than_required & seldom_enough


def _rank(levels: pd.Series) -> pd.Series:
    return levels.map(LEVELS.index).astype(int)


def _chains(frames: CurriculumFrames) -> pd.DataFrame:
    """Courses that introduce, develop and assess each ability, and whether all three occur; their order is no rule."""
    counts = np.zeros((len(frames.abilities), len(LEVELS)), dtype=int)
    rows = frames.abilities.index.get_indexer(pd.Index(frames.mappings["ability"]))
    np.add.at(counts, (rows, pd.Index(LEVELS).get_indexer(pd.Index(frames.mappings["level"]))), 1)
    chain = pd.DataFrame(counts[:, 1:], index=frames.abilities.index, columns=["introduced", "developed", "assessed"])
    return chain.assign(chain_complete=chain.gt(0).all(axis=1))
