from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from curricula.analysis.training.attained import Sheet, newest, pooled, sorted_out
from curricula.analysis.training.attained_abilities import attainment_reading

SHEET = Sheet(
    key=1, course="C1", term="2025-2026-1", group="1", objective="CO1", indicator="", part="exam", weight=None,
    full=100, mean=48, spread=10, attained=None, expected=0.7, reached=None, students=40, indirect=False, set_on=None,
)  # fmt: skip
CELLS = pd.DataFrame(
    [("C1", "a", 0.5, 30.0), ("C1", "b", 0.5, 30.0), ("C2", "c", 1.0, 8.0), ("C3", "d", 1.0, 20.0)],
    columns=["course", "ability", "share", "exposed"],
)
ABILITIES = pd.DataFrame(
    [
        (True, 30.0, "within", "within"),
        (False, 30.0, "within", "within"),
        (True, 8.0, "below", "below"),
        (True, 20.0, "within", "within"),
        (True, 0.0, "below", "below"),
    ],
    index=list("abcde"),
    columns=["wanted", "exposure_hours", "exposure_status", "practice_status"],
)


def read(*sheets, names=None, judged=True):
    parts = pooled(newest(sorted_out(sheets).shown))
    return attainment_reading(parts, names or {}, CELLS, ABILITIES, judged=judged)


def test_findings_stand_beside_the_gap_labels():
    found = read(SHEET, replace(SHEET, key=2, course="C2", mean=90), replace(SHEET, key=3, course="C9", indicator="E"),
                 names={"E": "e"})  # fmt: skip
    assert {each.ability: each.finding for each in found.abilities} == {
        "a": "practised_not_attained",  # wanted, enough hours, .48 (.45–.51) below .70
        "b": "",  # not wanted, so nothing is said of it
        "c": "attained_though_short",
        "e": "evidence_without_teaching",
    }
    assert found.without == ("d",)


def test_abilities_behind_which_the_same_marks_stand_are_one_group():
    found = read(SHEET, replace(SHEET, key=2, course="C2"))
    assert [(each.ability, each.group) for each in found.abilities] == [("a", ("b",)), ("b", ("a",)), ("c", ())]
    assert (found.evidence.abilities, found.evidence.distinct_sets, found.evidence.shared) == (3, 2, [["a", "b"]])


def test_a_target_that_is_not_stated_is_no_finding():
    assert {each.finding for each in read(replace(SHEET, expected=None)).abilities} == {"no_target"}


def test_of_an_unfinished_mapping_nothing_is_said_but_the_numbers():
    found = read(SHEET, judged=False)
    assert {each.finding for each in found.abilities} == {""}
    assert found.without == ()
    assert found.abilities[0].shown.value.value == pytest.approx(0.48)


def test_evidence_that_tells_nothing_apart_is_saturated():
    assert read(replace(SHEET, mean=95)).saturated
    assert not read(SHEET).saturated
