"""The plan of these tests, with hours worked out by hand:

course  theory demo simulation (experiment) operation assessment total   module
A         20    4       8          6            0         –        32    trade
B         10    –       –          –           20         2        32    trade
C         16    –       –          –            –         –        24    tech     8 hours in no stage
D          –    –       –          –            –         –         –    ""       says nothing
sums      46    4       8          6           20         2         –    8 unsplit
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from curricula.analysis.frames import MODES
from curricula.analysis.training.stages import ability_stages, profiles_by, stage_profile, stage_table

NONE = np.nan
HOURS = pd.DataFrame(
    [[20, 4, 8, 0, NONE], [10, NONE, NONE, 20, 2], [16, NONE, NONE, NONE, NONE], [NONE] * 5],
    index=list("ABCD"),
    columns=list(MODES),
)
TOTALS = pd.Series({"A": 32.0, "B": 32.0, "C": 24.0, "D": NONE})
EXPERIMENT = pd.Series({"A": 6.0, "B": NONE, "C": NONE, "D": NONE})
TABLE = stage_table(HOURS, TOTALS, EXPERIMENT)


def cells(*rows):
    return pd.DataFrame(rows, columns=["course", "ability", "share", "level"])


def test_a_plan_s_profile_adds_what_its_courses_state():
    profile = stage_profile(TABLE)
    assert profile.hours == {"theory": 46, "demonstration": 4, "simulation": 8, "operation": 20, "assessment": 2}
    assert (profile.unsplit, profile.total) == (8, 88)
    assert (profile.courses, profile.silent) == (4, ("D",))
    assert profile.part("operation") == 20 / 88


def test_experiment_stands_apart_from_practice_and_simulation_from_operation():
    profile = stage_profile(TABLE)
    assert (profile.theory, profile.experiment, profile.practice) == (50, 6, 22)  # 8 − 6 simulated, and 20 carried out


def test_practice_is_undefined_where_nobody_says_which_simulation_is_experiment():
    profile = stage_profile(stage_table(HOURS, TOTALS, EXPERIMENT * NONE))
    assert (profile.experiment, profile.unnamed, profile.practice) == (None, 8, None)


def test_a_stage_that_no_course_states_is_unknown_and_one_that_some_state_is_0_elsewhere():
    silent = stage_table(HOURS.assign(demonstration=NONE), TOTALS, EXPERIMENT)
    assert stage_profile(silent).hours["demonstration"] is None
    assert stage_profile(silent).part("demonstration") is None
    assert stage_profile(TABLE.loc[["C"]], within=TABLE).hours["demonstration"] == 0


def test_modules_add_up_to_the_plan_and_courses_without_one_come_last():
    found = profiles_by(TABLE, {"A": "trade", "B": "trade", "C": "tech"})
    assert list(found) == ["trade", "tech", ""]
    assert [each.hours["theory"] for each in found.values()] == [30, 16, 0]
    assert sum(each.total for each in found.values()) == stage_profile(TABLE).total


@pytest.mark.parametrize(
    ("rows", "stop"),
    [
        ([("B", "a", 0.5, "")], "complete"),
        ([("A", "a", 0.5, "")], "simulation"),
        ([("C", "a", 1.0, "")], "unknown"),  # 8 hours of it lie in no stage
        ([], "untaught"),
        ([("D", "a", 1.0, "")], "unknown"),  # its course states no hours: nobody said that they are 0
        ([("B", "a", 0.0, "")], "untaught"),
    ],
)
def test_an_ability_stops_at_its_furthest_stage(rows, stop):
    (found,) = ability_stages(TABLE, cells(*rows), ["a"])
    assert found.stop == stop


def test_an_ability_gets_the_share_that_its_courses_hand_to_it():
    (found,) = ability_stages(TABLE, cells(("A", "a", 0.5, ""), ("B", "a", 0.25, ""), ("B", "b", 0.5, "")), ["a"])
    assert found.profile.hours == {
        "theory": 12.5,  # 20 × ½ + 10 × ¼
        "demonstration": 2,
        "simulation": 4,
        "operation": 5,
        "assessment": 0.5,
    }
    assert (found.profile.experiment, found.courses) == (3, ("A", "B"))


def test_operation_that_is_never_assessed_stops_before_assessment_unless_a_course_reaches_the_level_a():
    table = stage_table(HOURS.assign(assessment=0.0), TOTALS - 2, EXPERIMENT)
    rows = ("B", "a", 1.0, "D"), ("B", "b", 1.0, "A")
    stops = [each.stop for each in ability_stages(table, cells(*rows), ["a", "b"])]
    assert stops == ["before_assessment", "complete"]
    silent = stage_table(HOURS.assign(assessment=NONE), TOTALS - 2, EXPERIMENT)
    stops = [each.stop for each in ability_stages(silent, cells(*rows), ["a", "b"])]
    assert stops == ["assessment_open", "complete"]  # the level of another ability says nothing of this one


def test_theory_is_a_stop_only_where_every_stage_is_known():
    hours = pd.DataFrame([[32, NONE, NONE, NONE, NONE]], index=["C"], columns=list(MODES))
    whole, unknown = (
        ability_stages(stage_table(hours, pd.Series({"C": total}), EXPERIMENT), cells(("C", "a", 1.0, "")), ["a"])
        for total in (32.0, NONE)
    )
    assert (whole[0].stop, unknown[0].stop) == ("theory", "unknown")
