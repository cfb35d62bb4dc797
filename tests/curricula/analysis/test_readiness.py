"""Positions and certificates: what of that which they ask for is there."""

from dataclasses import replace
from typing import Any

import pandas as pd

from curricula.analysis.frames import CertificationReadiness
from curricula.analysis.gap import analyse
from tests.gap_universe import curriculum

PLAN: dict[str, Any] = {
    "abilities": ("taught", "practised", "assessed", "mastered", "absent"),
    "hours": {"T": {"theory": 9}, "P": {"operation": 9}, "E": {"assessment": 2}, "M": {"theory": 9, "simulation": 9}},
    "mappings": [
        ("T", "taught", "D", 1.0), ("P", "practised", "I", 1.0),
        ("E", "assessed", "D", 1.0), ("M", "mastered", "A", 1.0),
    ],
    "requirements": [
        ("buyer", "taught", 1.0, "D"),
        ("buyer", "taught", 2.0, "A"),  # two items, one ability
        ("buyer", "assessed", 1.0, ""),
        ("buyer", "absent", 1.0, "D"),
        ("seller", "practised", 1.0, "D"),
        ("seller", "mastered", 1.0, "A"),
    ],
    "positions": ("clerk", "buyer", "seller"),
}  # fmt: skip


def readiness(**changes):
    return analyse(curriculum(**PLAN | changes), draws=20).positions


def test_positions_count_distinct_abilities_by_evidence():
    expected = {
        "required": {"clerk": 0, "buyer": 3, "seller": 2},
        "taught": {"clerk": 0, "buyer": 1, "seller": 1},
        "practised": {"clerk": 0, "buyer": 0, "seller": 2},
        "unstated": {"clerk": 0, "buyer": 0, "seller": 0},
        "assessed": {"clerk": 0, "buyer": 1, "seller": 1},
        "prepared": {"clerk": True, "buyer": True, "seller": True},
    }
    assert readiness().to_dict() == expected


def test_positions_that_the_plan_does_not_name_are_shown_too():
    found = readiness(prepares_for=("seller",))
    assert found["prepared"].to_dict() == {"clerk": False, "buyer": False, "seller": True}
    assert found["required"].to_dict() == {"clerk": 0, "buyer": 3, "seller": 2}


def test_only_the_positions_named_make_an_ability_required():
    table = analyse(curriculum(**PLAN, prepares_for=("seller",)), draws=20).abilities
    assert table["required_weight"].tolist() == [0, 1, 0, 1, 0]
    both = analyse(curriculum(**PLAN), draws=20).abilities
    assert both["required_weight"].tolist() == [3, 1, 1, 1, 1]
    assert both["level_required"].tolist() == ["A", "D", "", "A", "D"]


def test_a_level_is_assumed_only_where_no_source_states_the_one_that_counts():
    frames = curriculum(**PLAN)
    assumed = pd.Series([False, True, False, False, True, False])
    found = analyse(replace(frames, requirements=frames.requirements.assign(level_assumed=assumed)), draws=20)
    assert found.abilities["level_assumed_required"].tolist() == [True, True, False, False, False]
    assert {"requirements": 2, "of": 6} in [w.values for w in found.warnings if w.code == "requirement_levels_assumed"]


def test_certificates_stand_as_a_whole_and_by_direction():
    found = analyse(
        curriculum(
            abilities=("a",),
            certification_courses=[
                ("gold", "data", "R1"),
                ("gold", "data", "R2"),
                ("gold", "operation", "R2"),
                ("gold", "operation", "R3"),
                ("silver", "", "R1"),
                ("silver", "data", "R4"),
            ],
            hours={"C1": {}, "C2": {}},
            offered=[("R2", "C1"), ("R2", "C2"), ("R9", "C1")],
        ),
        draws=20,
    ).certifications
    assert found == (
        CertificationReadiness("gold", "", ("R1", "R2", "R3"), ("R2",), ("R1", "R3")),
        CertificationReadiness("gold", "data", ("R1", "R2"), ("R2",), ("R1",)),
        CertificationReadiness("gold", "operation", ("R2", "R3"), ("R2",), ("R3",)),
        CertificationReadiness("silver", "", ("R1", "R4"), (), ("R1", "R4")),
        CertificationReadiness("silver", "data", ("R1", "R4"), (), ("R1", "R4")),
    )
