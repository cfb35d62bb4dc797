"""Judging by some of the mappings only: the others give their hours to nobody, and change no other share."""

from __future__ import annotations

import pandas as pd
import pytest

from curricula.analysis.evidence_bands import hours_by_evidence, resting_on
from curricula.analysis.frames import EVIDENCE, Notice, Policy
from curricula.analysis.gap import analyse
from tests.gap_universe import curriculum

CELLS = [("C", "a", "A", 0.5), ("C", "b", "I", float("nan")), ("C", "c", "", float("nan"))]
KNOWN_FROM = ["declared", "syllabus", "artefact"]


@pytest.fixture
def plan():
    frames = curriculum(abilities="abc", hours={"C": {"theory": 60.0, "operation": 20.0}}, mappings=CELLS)
    return analysed_from(frames)


def analysed_from(frames):
    frames.mappings["provenance"] = KNOWN_FROM
    return frames


def exposed(frames, least):
    return analyse(frames, Policy(least_evidence=least), draws=20).abilities["exposure_hours"].to_dict()


@pytest.mark.parametrize(
    ("least", "hours"),
    [
        ("declared", {"a": 40, "b": 20, "c": 20}),
        ("syllabus", {"a": 0, "b": 20, "c": 20}),
        ("assessed", {"a": 0, "b": 0, "c": 20}),
        ("artefact", {"a": 0, "b": 0, "c": 20}),
    ],
)
def test_what_is_left_out_gives_its_hours_to_nobody(plan, least, hours):
    assert exposed(plan, least) == pytest.approx(hours)
    found = analyse(plan, Policy(least_evidence=least), draws=20)
    assert sum(hours.values()) + found.unmapped.drop("assessment").sum() == pytest.approx(80)


def test_a_share_that_was_assumed_stays_so(plan):
    cells = analyse(plan, Policy(least_evidence="syllabus"), draws=20).cells
    assert cells["assumed"].tolist() == [True, True]
    assert cells["share"].tolist() == pytest.approx([0.25, 0.25])


def test_a_reader_is_told_how_many_mappings_do_not_count(plan):
    codes = {notice.code: notice for notice in analyse(plan, Policy(least_evidence="assessed"), draws=20).warnings}
    assert codes["least_evidence"] == Notice("least_evidence", {"evidence": "assessed", "cells": 2, "of": 3})
    assert "least_evidence" not in {notice.code for notice in analyse(plan, draws=20).warnings}


def test_each_ability_says_what_its_hours_are_known_from(plan):
    table = analyse(plan, draws=20).abilities
    bands = table[[f"evidence_{band}" for band in EVIDENCE]]
    assert bands.sum(axis=1).tolist() == pytest.approx(table["exposure_hours"].tolist())
    assert bands.loc["c"].tolist() == pytest.approx([0, 0, 0, 20])


def test_a_mapping_that_says_nothing_of_it_is_declared(plan):
    silent = curriculum(abilities="a", hours={"C": {"theory": 8.0}}, mappings=[("C", "a", "", 1.0)])
    assert analyse(silent, draws=20).abilities.loc["a", "evidence_declared"] == 8
    assert resting_on(silent, "artefact") is silent


def test_without_cells_no_hours_are_known_from_anything():
    cells = pd.DataFrame(columns=["ability", "provenance", "exposed"])
    assert hours_by_evidence(cells, pd.Index(["a"])).to_numpy().tolist() == [[0, 0, 0, 0]]
