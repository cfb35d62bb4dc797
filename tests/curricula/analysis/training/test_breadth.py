from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from curricula.analysis.training.breadth import breadth, forward_look, tilt


def abilities(hours: list[float], weights: list[float], areas: str = "AABC") -> pd.DataFrame:
    return pd.DataFrame(
        {"area": list(areas), "exposure_hours": hours, "required_weight": weights},
        index=[f"a{number}" for number in range(len(areas))],
    )


def test_breadth_is_the_exponential_of_the_entropy_by_area():
    found = breadth(abilities([10, 20, 30, 0], [1, 0, 1, 2]))
    # by area A 30, B 30, C 0: two areas alike; required A 1, B 1, C 2: exp(½·ln 4·½ …) = exp(1.5·ln 2)
    assert found.effective.value == pytest.approx(2.0)
    assert found.required_effective.value == pytest.approx(math.exp(1.5 * math.log(2)))
    assert (found.reached, found.areas) == (2, 3)
    assert found.missed == ["C"]
    assert found.table.loc["A", ["abilities", "taught"]].tolist() == [2, 2]
    # shares ½ ½ 0 against ¼ ¼ ½
    assert found.index.value == pytest.approx(0.5)
    assert found.table["difference"].tolist() == [0.25, 0.25, -0.5]


def test_breadth_without_hours_is_undefined_and_not_0():
    found = breadth(abilities([0, 0, 0, 0], [1, 1, 1, 1]))
    assert found.effective.value is None
    assert found.effective.undefined.code == "no_hours_of_abilities"
    assert found.index.undefined.code == "no_hours_of_abilities"
    assert found.reached == 0


def test_tilt_names_the_area_with_the_largest_surplus_and_the_largest_lack():
    technical, trade = abilities([40, 0, 10, 0], [1, 1, 1, 1]), abilities([0, 0, 10, 30], [1, 1, 1, 1])
    first, second = tilt({"t-2026": ("International trade", trade), "e-2026": ("E-commerce", technical)})
    # E-commerce: A .8 − .5, B .2 − .25, C 0 − .25
    assert (first.plan, first.towards, first.away_from) == ("e-2026", "A", "C")
    # trade: A 0 − .5, B .25 − .25, C .75 − .25
    assert (second.plan, second.towards, second.away_from) == ("t-2026", "C", "A")


def test_plans_without_a_host_major_come_last_and_one_without_hours_tilts_nowhere():
    empty = abilities([0, 0, 0, 0], [1, 1, 1, 1])
    first, last = tilt({"x": ("", empty), "y": ("Trade", empty)})
    assert (first.plan, last.plan) == ("y", "x")
    assert (last.towards, last.away_from) == ("", "")


def looked_at() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "exposure_hours": [30.0, 0.0, 10.0],
            "demand_mentions": [60.0, 30.0, 10.0],
            "rate_before": [0.1, 0.1, 0.2],
            "change": [0.1, 0.3, 0.0],
            "trend": ["rising", "rising", "steady"],
        },
        index=["core1", "new1", "new2"],
    )


def test_the_forward_look_counts_growth_that_the_plan_does_not_touch():
    found = forward_look(looked_at(), {"new1": "emerging", "new2": "emerging"})
    assert found.growth.share == pytest.approx(0.75)  # 0.3 of 0.1 + 0.3
    assert (found.growth.rising, found.growth.untaught) == (2, 1)
    assert found.rising == ("new1", "core1")
    assert found.emerging_untaught == ("new1",)
    emerging = found.table.loc["emerging"]
    assert (emerging["abilities"], emerging["taught"], emerging["hours"]) == (2, 1, 10)
    assert (emerging["hours_share"], emerging["mentions_share"]) == (0.25, 0.4)


def test_growth_is_undefined_where_nothing_rises_and_where_no_trend_can_be_told():
    steady = looked_at().assign(trend="steady")
    assert forward_look(steady, {}).growth_undefined.code == "nothing_rises"
    assert forward_look(looked_at(), {}, trend_unknown="no_trend").growth_undefined.code == "no_trend"


def test_unknown_demand_is_no_share_of_mentions():
    unknown = looked_at().assign(demand_mentions=np.nan, trend="unknown")
    assert forward_look(unknown, {}).table["mentions_share"].isna().all()
