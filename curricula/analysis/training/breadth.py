"""How broad a plan is, how its host major tilts it, and how far it looks ahead (papers 000 §IV.A, §IV.C; 004 §3.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from competencies.analysis import UndefinedMeasure
from curricula.analysis.alignment import porter_index
from curricula.analysis.exposure import effective_number
from curricula.analysis.frames import Notice
from curricula.analysis.measures.growth import UntouchedGrowth, growth_untouched

from .readings import CENSUS, Reading, because


@dataclass(frozen=True)
class Breadth:
    """table: index area; hours, abilities, taught (counts), required_weight and, of 1, hours_share,
    required_share and difference."""

    table: pd.DataFrame
    reached: int  # areas with any hour
    effective: Reading  # exp of entropy of hours by area
    required_effective: Reading
    index: Reading  # Porter, hours against required weight by area

    @property
    def areas(self) -> int:
        return len(self.table)

    @property
    def missed(self) -> list[str]:
        """Areas that are required and have no hour."""
        needed = self.table["required_weight"] > 0
        return self.table.index[needed & (self.table["hours"] == 0)].tolist()


def breadth(abilities: pd.DataFrame) -> Breadth:
    """How many areas of ability a plan reaches, and how evenly.

    `abilities` is indexed by ability: area, exposure_hours, required_weight. Areas stay in the order of the frame;
    an area with neither hours nor weight is counted among the areas, not reached. The effective number is
    exp(entropy) (Hill 1973, Jost 2006): 1 where all hours lie in one area, K where K areas are alike. Hours are a
    census, so there is no interval. Source: 000 §IV.A ("diversity").

    >>> frame = pd.DataFrame({"area": ["A", "A", "B"], "exposure_hours": [8.0, 8, 16], "required_weight": [1.0, 0, 0]})
    >>> found = breadth(frame)
    >>> found.reached, round(found.effective.value, 9), found.required_effective.value, found.index.value
    (2, 2.0, 1.0, 0.5)
    """
    by_area = abilities.groupby("area", sort=False)
    table = pd.DataFrame(
        {
            "hours": by_area["exposure_hours"].sum(),
            "abilities": by_area.size(),
            "taught": by_area["exposure_hours"].agg(lambda hours: int((hours > 0).sum())),
            "required_weight": by_area["required_weight"].sum(),
        }
    )
    table["hours_share"], table["required_share"] = _share(table["hours"]), _share(table["required_weight"])
    table["difference"] = table["hours_share"] - table["required_share"]
    return Breadth(
        table=table,
        reached=int((table["hours"] > 0).sum()),
        effective=_effective(table["hours"], "no_hours_of_abilities"),
        required_effective=_effective(table["required_weight"], "nothing_required"),
        index=_index(table["hours"], table["required_weight"]),
    )


def _share(values: pd.Series) -> pd.Series:
    total = float(values.sum())
    return values / total if total else values * np.nan


def _effective(values: pd.Series, code: str) -> Reading:
    try:
        return Reading(effective_number(values), no_interval=CENSUS)
    except UndefinedMeasure:
        return Reading(None, undefined=because(code))


def _index(hours: pd.Series, weights: pd.Series) -> Reading:
    try:
        return Reading(porter_index(hours, weights), no_interval=CENSUS)
    except UndefinedMeasure:
        return Reading(None, undefined=because("nothing_required" if hours.sum() else "no_hours_of_abilities"))


@dataclass(frozen=True)
class Tilted:
    """One plan in its host major, by area: the share of its hours less the share of what its positions require."""

    plan: str
    host_major: str  # "" where it is not recorded
    breadth: Breadth

    @property
    def towards(self) -> str:
        """The area with the largest surplus; "" where nothing is defined."""
        difference = self.breadth.table["difference"].dropna()
        return str(difference.idxmax()) if len(difference) and difference.max() > 0 else ""

    @property
    def away_from(self) -> str:
        difference = self.breadth.table["difference"].dropna()
        return str(difference.idxmin()) if len(difference) and difference.min() < 0 else ""


def tilt(plans: Mapping[str, tuple[str, pd.DataFrame]]) -> tuple[Tilted, ...]:
    """Plans by host major, each against the required profile of its own positions.

    Takes plan → (host major, abilities as `breadth` reads them). Two plans of one school are no sample of their
    majors: nothing is said of majors as such. Source: 004 §3.1 (technical under e-commerce, managerial under trade).
    """
    found = (Tilted(plan, major, breadth(abilities)) for plan, (major, abilities) in plans.items())
    return tuple(sorted(found, key=lambda each: (each.host_major == "", each.host_major, each.plan)))


@dataclass(frozen=True)
class ForwardLook:
    """Emerging abilities beside core ones, and what of the growth of demand the plan does not touch."""

    table: pd.DataFrame  # index horizon; abilities, taught, hours, hours_share, mentions, mentions_share
    emerging_untaught: tuple[str, ...]
    growth: UntouchedGrowth | None
    rising: tuple[str, ...]  # abilities that surely rise, most growth first
    growth_undefined: Notice | None = None


def forward_look(abilities: pd.DataFrame, horizons: Mapping[str, str], *, trend_unknown: str = "") -> ForwardLook:
    """How much of a plan looks ahead.

    `abilities` is indexed by ability: exposure_hours, demand_mentions (nan unknown), rate_before, change,
    trend; `horizons` says of each core or emerging. `trend_unknown`: why no change can be told. The part of growth
    is undefined where nothing surely rises. Source: 000 §IV.C; growth after Deming and Noray 2020.
    """
    horizon = pd.Series(horizons).reindex(abilities.index).fillna("core")
    grouped = abilities.groupby(horizon.to_numpy())
    table = pd.DataFrame(
        {
            "abilities": grouped.size(),
            "taught": grouped["exposure_hours"].agg(lambda hours: int((hours > 0).sum())),
            "hours": grouped["exposure_hours"].sum(),
            "mentions": grouped["demand_mentions"].sum(),
        }
    ).reindex(["core", "emerging"], fill_value=0)
    table["hours_share"], table["mentions_share"] = _share(table["hours"]), _share(table["mentions"])
    untaught = abilities.index[(horizon == "emerging") & (abilities["exposure_hours"] == 0)]
    rising = abilities[(abilities["trend"] == "rising") & abilities["rate_before"].notna()]
    gained = rising["change"].sort_values(ascending=False, kind="stable")
    growth, why = _growth(rising, trend_unknown)
    return ForwardLook(table, tuple(untaught), growth, tuple(gained.index), why)


def _growth(rising: pd.DataFrame, trend_unknown: str) -> tuple[UntouchedGrowth | None, Notice | None]:
    if trend_unknown:
        return None, because(trend_unknown)
    before = rising["rate_before"].to_numpy(dtype=float)
    after = np.clip(before + rising["change"].to_numpy(dtype=float), 0.0, 1.0)
    try:
        return growth_untouched(before, after, np.ones(len(rising), dtype=bool), rising["exposure_hours"]), None
    except UndefinedMeasure:
        return None, because("nothing_rises")
